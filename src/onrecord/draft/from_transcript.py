"""A proposed record from a meeting: only what was marked on purpose becomes a statement, the rest is evidence below it.

Who decides is never taken from a meeting: that somebody spoke does not say that it was theirs to decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.content import Content
from onrecord.draft.cues import is_open, marked, mentions, names_rival
from onrecord.draft.entered import as_name
from onrecord.draft.evidence import short, terms_of
from onrecord.draft.harmless import harmless
from onrecord.draft.tasks import Assigned, tasks_of
from onrecord.draft.transcript import clock
from onrecord.record.draft_hash import seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.draft.evidence import Window
    from onrecord.draft.transcript import Transcript, Turn

NOTICE = "Draft from transcript, not a decision"
_BECAUSE = re.compile(r"\bbecause\s+(?P<why>\w.*)", re.IGNORECASE)
MOST_MARKS = 20  # that are quoted
NEAR = 12  # turns: what is marked so soon behind a decision belongs to it


class Said(NamedTuple):
    """What stands behind a marker in a turn, verbatim; `kind` is "decision" or "action"."""

    turn: Turn
    kind: str
    text: str


class Drafted(NamedTuple):
    """What a record can be written from. `evidence` is Markdown, `left_open` says for people what is empty, and why."""

    content: Content
    evidence: str
    decision: Said | None
    tasks: tuple[Assigned, ...]
    left_open: tuple[str, ...]


def draft_of(
    title: str, transcript: Transcript, windows: Sequence[Window], source: str, day: str = ""
) -> Drafted | None:
    """Return the draft; None where neither a window nor a marker is about it."""
    said = marks_of(transcript)
    decision, why = _decision(title, said, windows)
    near = {turn.number for window in windows for turn in window.turns}
    if decision:
        near |= set(range(decision.turn.number, decision.turn.number + NEAR + 1))
    about = [one for one in said if one.turn.number in near or mentions(one.text, terms_of(title))]
    if not windows and not about:
        return None
    actions = [(one.turn, one.text) for one in about if one.kind == "action"]
    tasks = tasks_of(actions, [turn for window in windows for turn in window.turns], transcript.participants)
    reason = _BECAUSE.search(decision.text) if decision else None
    content = Content(
        as_name(title), date=day,
        decision=cited(decision.text, decision.turn) if decision else "",
        because=cited(reason["why"], decision.turn) if decision and reason else "",
        tasks=tuple(one.task for one in tasks if one.task),
    )  # fmt: skip
    left_open = ([] if decision else [f"the decision: {why}"]) + [
        f"who does it (turn {one.turn.number}): {one.reason}" for one in tasks if one.reason
    ]
    return Drafted(
        content, evidence_of(title, transcript, windows, said, source), decision, tuple(tasks), tuple(left_open)
    )


def marks_of(transcript: Transcript) -> list[Said]:
    """Return everything that was marked in a meeting, in order."""
    return [Said(turn, one.kind, one.text) for turn in transcript.turns for one in marked(turn.text)]


def _decision(title: str, said: Sequence[Said], windows: Sequence[Window]) -> tuple[Said | None, str]:
    """Return the one marked decision that is about the title, else why there is none."""
    terms = terms_of(title)
    decided = [one for one in said if one.kind == "decision"]
    closed = [one for one in decided if not is_open(one.text)]
    near = {turn.number for window in windows for turn in window.turns}
    named = [one for one in closed if mentions(one.text, terms)]
    found = named or [one for one in closed if one.turn.number in near]
    if len(found) == 1:
        return found[0], ""
    if found:
        turns = ", ".join(str(one.turn.number) for one in found)
        return None, f"several turns mark one ({turns}); which of them is it?"
    if decided and not closed:
        return None, "what is marked as decided asks, or leaves it open"
    return None, "no turn about it is marked with “DECISION:”; the quotes below Evidence may tell"


def cited(text: str, turn: Turn) -> str:
    """Return a quote as Markdown, with who said it, in which turn, and when."""
    return f"“{harmless(text)}” — {whose(turn)}"


def whose(turn: Turn) -> str:
    """Return who said a turn, its number, and its time where that is known."""
    who = harmless(turn.speaker, 60) if turn.speaker else "unknown speaker"
    time = f" ({clock(turn.start)})" if turn.start is not None else ""
    return f"{who}, turn {turn.number}{time}"


def evidence_of(
    title: str, transcript: Transcript, windows: Sequence[Window], said: Sequence[Said], source: str
) -> str:
    """Return the section of short quotes; the transcript itself stays where it is."""
    count = len(transcript.turns)
    lines = [
        "## Evidence",
        "",
        f"From {harmless(source, 120)}, {count} {'turn' if count == 1 else 'turns'}. Quotes are verbatim.",
        "",
    ]
    lines += [f"* Marked as {one.kind}: {_quoted(one.text, one.turn, title)}" for one in said[:MOST_MARKS]]
    shown = {one.turn.number for one in said[:MOST_MARKS]}
    for window in windows:
        first, last = window.turns[0].number, window.turns[-1].number
        lines += [f"* Turns {first} to {last}:", *(f"  * {line}" for line in _window(window, title, shown))]
    return "\n".join(lines) + "\n"


def _window(window: Window, title: str, shown: set[int]) -> Iterator[str]:
    for quote in (one for one in window.quotes if one.turn.number not in shown):
        hint = (
            " (sets one thing against another)"
            if names_rival(quote.text)
            else " (sounds like deciding)"
            if quote.is_cue
            else ""
        )
        yield f"{_quoted(quote.text, quote.turn, title)}{hint}"


def _quoted(text: str, turn: Turn, title: str) -> str:
    piece = short(text, terms_of(title))
    return f"“{harmless(piece)}” — {whose(turn)}"


def finished(text: str, evidence: str, notice: str = NOTICE, questions: Sequence[str] = ()) -> str:
    """Return a record's text as a sealed draft: the notice below its title, the evidence at its end."""
    lines = text.rstrip("\n").split("\n")
    body = next((i + 1 for i, line in enumerate(lines) if i and line == "---"), 0) if lines[0] == "---" else 0
    at = next((i + 1 for i, line in enumerate(lines) if i >= body and line.startswith("# ")), body)
    asked = [line for question in questions for line in ("", f"<!-- {question} -->")]
    whole = [
        *lines[:at],
        "",
        f"> {notice}.",
        *asked,
        *(
            [
                "",
            ]
            if at < len(lines) and lines[at].strip()
            else []
        ),
        *lines[at:],
    ]
    return seal("\n".join(whole).rstrip("\n") + (f"\n\n{evidence}" if evidence else "\n"))
