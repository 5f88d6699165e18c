"""Whether a text says what it was written from: it is read by our own parser, and compared part by part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from onrecord.markdown import parse_document, plain
from onrecord.record import Vocabulary, read_record

if TYPE_CHECKING:
    from onrecord.draft.content import Content
    from onrecord.record import DecisionRecord

_MARK = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_SAME = (
    "title",
    "date",
    "decision_makers",
    "authors",
    "consulted",
    "informed",
    "decide_by",
    "review_by",
    "scope",
    "supersedes",
    "superseded_by",
    "amends",
    "relates_to",
)


def lost(content: Content, text: str, path: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """Return the names of the parts that a reader of the text would not get back as they were entered."""
    found = of_record(read_record(parse_document(text), path, vocabulary or Vocabulary()))
    wanted = of_content(content)
    return [name for name, value in wanted.items() if found[name] != value]


def of_content(content: Content) -> dict[str, Any]:
    """Return what was entered, part by part, in words that do not depend on the dialect."""
    found: dict[str, Any] = {name: _listed(getattr(content, name)) or None for name in _SAME}
    return found | {
        "status": content.status,
        "context": _words(content.context),
        "decision": _words(content.decision or content.chosen),
        "because": _words(content.because),
        "alternatives": sorted(_words(choice.title) for choice in content.rivals()),
        "no_alternatives": bool(content.no_alternatives),
        "consequences": _words(content.consequences),
        "decision_drivers": _words(content.drivers),
        "confirmation": _words(content.confirmation),
        "tasks": [(task.who or None, task.due or None, task.done) for task in content.tasks],
    }


def of_record(record: DecisionRecord) -> dict[str, Any]:
    """Return the same parts of a record that was read."""
    decision = record.decision
    found: dict[str, Any] = {name: _listed(getattr(record, name)) or None for name in _SAME}
    chosen = decision.chosen_option if decision else None
    return found | {
        "status": record.status.value if record.status else None,
        "context": _words(record.context),
        "decision": _words(chosen or (decision.text if decision else "")),
        "because": _words(decision.justification if decision else ""),
        "alternatives": sorted(
            _words(option.title) for option in record.considered_options if option.outcome != "chosen"
        ),
        "no_alternatives": bool(record.no_alternatives_reason),
        "consequences": _words(record.consequences),
        "decision_drivers": _words(record.decision_drivers),
        "confirmation": _words(record.confirmation),
        "tasks": [(task.who, task.due, task.done) for task in record.follow_ups],
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else value


def _words(text: str | None) -> str:
    """Return a text without its marks and its last stop: what is the same in every dialect."""
    text = _MARK.sub("", text or "")
    return re.sub(r"[.\s]+\Z", "", " ".join(plain(text).split()))
