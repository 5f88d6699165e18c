"""What somebody reads who commits: a nudge after the message is written, a hint before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 3
PART_CHARACTERS = 200


def render_nudge(facts: Mapping[str, Any], again: str | None) -> str:
    """Return what the message leaves open and the three ways to answer.

    `again` is the command that takes up the message when the commit is stopped; None when it goes ahead.
    """
    lines = [f"OnRecord: {_state(facts)}.", *(f"  Why it is asked: {reason}" for reason in _reasons(facts))]
    if _is_incomplete(facts):
        lines.append("  1. add “Instead-of: …” at the end of the message,")
    else:
        lines.append("  1. write it in three sentences, or in three lines at the end of the message:")
        lines += [f"       {name}: …" for name in ("Decision", "Instead-of", "Owner")]
    lines += [
        "  2. or stage the record with the commit, or name it: “Decision: ADR-12”",
        "  3. or, if there is none: “No-decision: because …”",
    ]
    if again is None:
        lines.append("  The commit goes ahead; “git commit --amend” adds to its message.")
    else:
        lines += [
            "  The commit waits for one of them (pull-requests: mode: require). The message is kept; to go on:",
            f"    {for_terminal(again)}",
        ]
    return "\n".join(lines) + "\n"


def render_reminder(facts: Mapping[str, Any]) -> str:
    """Return one line for a branch that was nudged before, for the same reasons."""
    more = len(facts["reasons"]) - 1
    seen = _short(facts["reasons"][0]) + (f" and {more} more" if more else "")
    return f"OnRecord: still open on this branch: {seen}; an answer in one of its commits is enough.\n"


def render_hint(facts: Mapping[str, Any]) -> list[str]:
    """Return the lines of the hint, without comment characters."""
    return [
        "OnRecord: a decision is asked for here, and this is a good moment to write it down:",
        *(f"  {reason}" for reason in _reasons(facts)),
        "Three lines at the end of the message are enough:",
        "  Decision: ...",
        "  Instead-of: ...",
        "  Owner: ...",
        'or "Decision: ADR-12" for a record, or "No-decision: because ..." if there is none.',
    ]


def _is_incomplete(facts: Mapping[str, Any]) -> bool:
    """Tell whether a decision is stated, and all that is left open is what it was chosen over."""
    return bool(facts["decision"]) and not facts["unresolved_links"]


def _state(facts: Mapping[str, Any]) -> str:
    if _is_incomplete(facts):
        return "the message states a decision; what it was chosen over is not written down yet"
    if facts["unresolved_links"]:
        return f"the record that the message names was not found: {_short(facts['unresolved_links'][0])}"
    return "a decision is asked for, and none is written down yet"


def _reasons(facts: Mapping[str, Any]) -> list[str]:
    """Return what asks besides the author, the first few and a count of the rest."""
    pairs = zip(facts["reasons"], facts["asked_by"], strict=True)
    reasons = [_short(reason) for reason, asked in pairs if asked["by"] != "author"]
    more = [f"and {len(reasons) - SHOWN} more"] if len(reasons) > SHOWN else []
    return reasons[:SHOWN] + more


def _short(text: str) -> str:
    shown = for_terminal(text)
    return shown if len(shown) <= PART_CHARACTERS else f"{shown[:PART_CHARACTERS]}…"
