"""Whether a text says what it was written from: it is read by our own parser, and compared part by part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.draft.shapes import write
from onrecord.markdown import parse_document, plain
from onrecord.record import Vocabulary, read_record
from onrecord.record.placeholders import pieces
from onrecord.record.relations import read_references
from onrecord.record.vocabulary import shipped, strip_symbols

if TYPE_CHECKING:
    from onrecord.draft.content import Content
    from onrecord.record import DecisionRecord

_SAME = ("date", "decision_makers", "authors", "consulted", "informed", "decide_by", "review_by", "scope")
_REFERENCES = ("supersedes", "superseded_by", "amends", "relates_to")
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]", re.MULTILINE)
_TEXTS = {"context": "context", "consequences": "consequences", "decision_drivers": "drivers", "confirmation": "confirmation"}  # fmt: skip


class Written(NamedTuple):
    """A text, and the names of the parts that its readers would not get back."""

    text: str
    lost: list[str]


def written(content: Content, dialect: str, path: str, vocabulary: Vocabulary | None = None) -> Written:
    """Write a record in the plainest way that gives everything back, else in the one that loses least."""
    tries = (write(content, dialect, careful) for careful in (False, True))
    found = []
    for text in tries:
        found.append(Written(text, lost(content, text, path, vocabulary)))
        if not found[-1].lost:
            break
    return min(found, key=lambda one: len(one.lost))


def lost(content: Content, text: str, path: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """Return the names of the parts that a reader of the text would not get back as they were entered.

    What one part says in passing, such as a decision's "because", may be found in another that was not entered.
    """
    words = vocabulary or shipped()
    record = read_record(parse_document(text), path, words)
    found, wanted = of_record(record), of_content(content, words)
    missing = [name for name, value in wanted.items() if not _is_same(name, found[name], value)]
    told = {name for name in missing if _is_said_in_passing(name, wanted, found)}
    return [name for name in missing if name not in told] + ([] if _is_decided(content, record) else ["decision"])


def given(content: Content, missing: list[str]) -> list[str]:
    """Return those of the lost parts that were entered: what else is read from a form's own words is nobody's answer."""
    entered = of_content(content)
    no_place = {"date"}  # it was not entered: a form without a place for it does without
    return [name for name in missing if (name == "decision" or entered.get(name)) and name not in no_place]


def of_content(content: Content, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    """Return what was entered, part by part, as no dialect changes it, texts as Markdown; the decision itself left out."""
    words = vocabulary or shipped()
    found: dict[str, Any] = {name: _listed(getattr(content, name)) or None for name in _SAME}
    found |= {name: read_references(list(getattr(content, name)), words) for name in _REFERENCES}
    found |= {name: getattr(content, source).strip() for name, source in _TEXTS.items()}
    return found | {
        "title": _line(content.title),
        "status": content.status,
        "because": content.because.strip(),
        "alternatives": sorted(_line(choice.title) for choice in content.rivals()),
        "no_alternatives": bool(content.no_alternatives),
        "tasks": [(task.who or None, task.due or None, task.done) for task in content.tasks],
    }


def of_record(record: DecisionRecord) -> dict[str, Any]:
    """Return the same parts of a record that was read."""
    found: dict[str, Any] = {name: _listed(getattr(record, name)) or None for name in _SAME}
    found |= {name: getattr(record, name) for name in _REFERENCES}
    found |= {name: _ended(getattr(record, name)) for name in _TEXTS}
    return found | {
        "title": _ended(strip_symbols(record.title or "")),
        "status": record.status.value if record.status else None,
        "because": _ended(record.decision.justification if record.decision else ""),
        "alternatives": sorted(_ended(one.title) for one in record.considered_options if one.outcome != "chosen"),
        "no_alternatives": bool(record.no_alternatives_reason),
        "tasks": [(task.who, task.due, task.done) for task in record.follow_ups],
    }


def _is_same(name: str, found: Any, wanted: Any) -> bool:
    return _says(found, wanted) if name in (*_TEXTS, "because") else bool(found == wanted)


def _says(found: str, markdown: str) -> bool:
    """Tell whether what was read is what a reader of some Markdown sees; its words alone tell it where it has no marks."""
    return found == _ended(_BULLET.sub("", markdown)) or found == _words(markdown)


def _is_said_in_passing(name: str, wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    if name in _REFERENCES:
        return bool([one for one in found[name] if one in wanted[name]] == wanted[name])
    if name == "alternatives":
        return not wanted[name] and not wanted["no_alternatives"]
    return name in ("because", "no_alternatives", "context") and not wanted[name]


def _is_decided(content: Content, record: DecisionRecord) -> bool:
    """Tell whether the record says the decision, and the option where one was named."""
    text, name = _ended(record.decision.text if record.decision else ""), _line(content.chosen)
    if not name:
        return _says(text, content.decision)
    told = _words(content.decision)
    if record.decision and record.decision.chosen_option is not None:
        return _ended(record.decision.chosen_option) == name and told in text
    return text in (told or name, f"{name} {told}") and name in text


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else value


def _words(text: str) -> str:
    """Return a text as its readers see it, without marks and its last stop: what is the same in every dialect."""
    sections = parse_document(text).sections
    shown = (word for one in sections for word in (one.title, *(piece for piece, _ in pieces(one.blocks))))
    return _ended(" ".join(plain(word) for word in shown))


def _line(text: str) -> str:
    """Return a name as its readers see it."""
    return _ended(strip_symbols(plain(text)))


def _ended(text: str | None) -> str:
    return " ".join((text or "").split()).rstrip(". ")
