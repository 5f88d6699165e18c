"""Does a change ask for a decision, and is it answered?"""

from __future__ import annotations

from typing import Any, NamedTuple

from onrecord.change.body import Description, read_description
from onrecord.change.exempt import exemption, is_bot
from onrecord.change.model import Asked, Change, Triggers
from onrecord.change.paths import is_test
from onrecord.change.significance import is_hint, read_signs
from onrecord.change.template import template_untouched
from onrecord.record import Vocabulary

_BRINGS = ("added", "renamed", "copied", "modified")


class Judged(NamedTuple):
    """A change with its description and its JSON view (schemas/pull-request.schema.json)."""

    change: Change
    description: Description
    facts: dict[str, Any]


def judge_change(change: Change, triggers: Triggers, vocabulary: Vocabulary) -> Judged:
    """Judge one change under a team's triggers. Pure: same input, same answer."""
    description = read_description(change.title, change.body, vocabulary, triggers.templates, triggers.is_record)
    brought = [f.path for f in change.files or () if f.status in _BRINGS and triggers.is_record(f.path)]
    asked = _asked(change, triggers, description)
    exempt = exemption(change, triggers, bool(asked), bool(brought))
    resolved = [link for link in description.record_links if triggers.resolves(link) is not False]
    covered = bool(_is_complete(description) or brought or resolved)
    answered = covered or bool(description.waived)  # a waiver without its reason leaves the question open
    asks = bool(asked) and exempt is None
    signs = read_signs(change, description.prose)
    hint = not asked and exempt is None and not answered and is_hint(signs, description.prose, triggers.hints)
    facts: dict[str, Any] = {
        "asks": asks,
        "asked_by": [{k: v for k, v in one._asdict().items() if v} for one in asked],
        "hint": hint,
        "signs": list(signs.seen) if hint else [],
        "reasons": [in_words(one) for one in asked],
        "exempt": exempt,
        "waived": description.waived,
        "bot": is_bot(change),
        "template_untouched": template_untouched(change.body, triggers.templates, vocabulary),
        "decision": {k: v for k, v in description.decision._asdict().items() if v} if description.decision else None,
        "decision_from_title": description.from_title,
        "why": description.why,
        "alternatives": [{"title": o.title, "outcome": o.outcome} for o in description.alternatives],
        "owner": _owner(description, change),
        "hidden_from": description.hidden_from,
        "record_links": description.record_links,
        "unresolved_links": [link for link in description.record_links if link not in resolved],
        "records_added": brought,
        "covered": covered,
        "nudge": hint or (asks and not answered),
    }
    if description.no_alternatives_reason:
        facts["no_alternatives_reason"] = description.no_alternatives_reason
    return Judged(change, description, facts)


def in_words(asked: Asked) -> str:
    """Return why a decision is asked for, as the rest of a sentence."""
    if asked.by == "author":
        return "the author states a decision"
    if asked.by == "label":
        return f"the label “{asked.what}” asks for a decision"
    if asked.by == "code-owner":
        return f"it touches {asked.path} (owned by {asked.what})"
    if asked.by == "scope":
        return f"it touches {asked.path} (governed by {asked.what})"
    return f"it touches {asked.path} (team rule {asked.what})"


def _asked(change: Change, triggers: Triggers, description: Description) -> list[Asked]:
    """Return all that asks: first the author's own words, then labels, then paths, each rule once."""
    asked = [Asked("author", "decision")] if description.stated else []
    asked += [Asked("label", label) for label in change.labels if label.casefold() in triggers.labels]
    by_path: dict[tuple[str, str], Asked] = {}
    for file in sorted(change.files or (), key=lambda file: is_test(file.path)):  # name the code, not its test
        if one := triggers.asked_by_path(file.path):
            by_path.setdefault((one.by, one.what), one)
    return [*asked, *by_path.values()]


def _is_complete(description: Description) -> bool:
    """Tell whether the description is a record itself: a decision, and what it was chosen over."""
    return bool(description.decision and (description.alternatives or description.no_alternatives_reason))


def _owner(description: Description, change: Change) -> dict[str, str] | None:
    """Return who decided: whoever is written down, else who approved, else the author; and which of them it is."""
    if description.owner:
        return {"name": description.owner, "source": "explicit"}
    if change.approvers:
        return {"name": change.approvers[0], "source": "approver"}
    return {"name": change.author, "source": "author"} if change.author else None
