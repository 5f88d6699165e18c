"""The one upkeep issue of a repository: opened, edited in place, closed and opened again, never a second one.

A person's word counts: what somebody closed stays closed until something is left that it did not list, and what is
locked besides stays closed. An issue that was deleted or transferred leaves nothing behind to know it by, so a later run
opens a new one; closing is the way to say no.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from onrecord.adapters.github_faults import GitHubError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.adapters.github import GitHub
    from onrecord.adapters.github_issues import Issue, Issues, Keeper

MARKER = "<!-- onrecord:upkeep:v1"  # begins the first line; what follows in it is a hint
LABEL = "onrecord-upkeep"
TITLE = "Decision records that need a look"
MOST_MARKS = 400
MAX_CHARACTERS = 60_000  # of the text; an issue takes 65,536

Action = Literal["opened", "edited", "unchanged", "closed", "reopened", "left-closed", "none", "deleted", "refused"]

_SPARE = "<!-- onrecord:upkeep-spare -->\nTwo runs met here. This is kept in #{number}.\n"
_DONE = (
    f"{MARKER} -->\nNothing is left: no decision record needs a look now. This issue is opened again once one does.\n"
)
_FOOT = (
    "<sub>There is only this one issue, and each run writes its text anew. It is closed once nothing is left. Closed by a "
    "person, it stays closed until something is found that it does not list; locked besides, it stays closed.</sub>\n"
)
_KNOWN = re.compile(r" known=(?P<marks>[0-9a-f]{8}(?:,[0-9a-f]{8})*) -->")
# What makes another issue show that this one mentions it, besides what is escaped already.
_REFERENCE = re.compile(
    r"\bGH-(?=\d)|(?:https?://|www\.)[^/\s]+/[^/\s]+/[^/\s]+/(?:issues|pull|discussions|commit)/(?=[0-9a-f])",
    re.IGNORECASE,
)


class Upkeep(NamedTuple):
    """What a review found: its text as Markdown, and a mark of 8 hexadecimal digits for each finding.

    `is_whole` tells that everything could be looked at; else nothing counts as done.
    """

    text: str
    marks: frozenset[str]
    is_whole: bool = True


class Kept(NamedTuple):
    """What became of the issue, its number where there is one, and a sentence for the summary where there is one to say."""

    action: Action
    number: int | None
    note: str = ""


def keep_issue(github: GitHub, repository: str, upkeep: Upkeep) -> Kept:
    """Make the issue say what is left, or close it once nothing is. Raises nothing.

    There is one issue at the end, however many runs do this at once: the one with the lowest number is kept.
    """
    issues = github.issues()
    try:
        keeper = issues.keeper(repository, LABEL)
        if not keeper.viewer:
            return Kept("refused", None, "The issue was not written, because GitHub did not say whose the token is.")
        if not keeper.has_issues:
            return Kept("refused", None, "Issues are switched off in this repository, so there is the summary only.")
        ours = _ours(issues, keeper)
    except GitHubError as error:
        return _refused(error)
    if ours:
        _close_spare(issues, keeper, ours[0].number, [one.number for one in ours[1:]])
        return _bring_up_to_date(issues, keeper, ours[0], upkeep, github.pace.settle)
    if not upkeep.marks:
        return Kept("none", None)
    return _open(issues, keeper, _text_of(upkeep, upkeep.marks), github.pace.settle)


def _ours(issues: Issues, keeper: Keeper) -> list[Issue]:
    """Return our issues, oldest first: the marker alone can be written by anybody."""
    for page in issues.written_by(keeper.repository, keeper.viewer):
        ours = [one for one in page if one.author == keeper.viewer and _is_marked(one.body)]
        if ours:
            return sorted(ours, key=lambda one: one.number)
    return []


def _is_marked(text: str) -> bool:
    first = text.splitlines()[0] if text else ""
    return first.startswith(MARKER) and not first[len(MARKER) : len(MARKER) + 1].isdigit()


def _bring_up_to_date(issues: Issues, keeper: Keeper, mine: Issue, upkeep: Upkeep, settle: float) -> Kept:
    """Change what differs, by one request at most."""
    action, fields = _change_of(mine, upkeep)
    if not fields:
        return Kept(action, mine.number, _stays_closed(mine) if action == "left-closed" else "")
    try:
        _update(issues, keeper, mine, fields, settle)
    except GitHubError as error:
        if error.kind == "not-found":
            return Kept("deleted", None, f"The issue #{mine.number} is gone, so nothing was written in this run.")
        return _refused(error)._replace(number=mine.number)
    return Kept(action, mine.number)


def _change_of(mine: Issue, upkeep: Upkeep) -> tuple[Action, dict[str, Any]]:
    """Return what is to become of our issue, and the fields to change, none where all is as it should be."""
    before, is_done = _marks_in(mine.body), _is_same(mine.body, _DONE)
    if is_done and not upkeep.marks:  # if it is open, a person opened it again, and may have a reason
        return "unchanged", {}
    if mine.is_locked and not mine.is_open:
        return ("left-closed" if upkeep.marks else "unchanged"), {}
    if not upkeep.marks and upkeep.is_whole:
        closing = {"state": "closed", "state_reason": "completed"} if mine.is_open else {}
        return ("closed" if mine.is_open else "edited"), {"body": _DONE, **closing}
    text = _text_of(upkeep, upkeep.marks if upkeep.is_whole else upkeep.marks | before)
    edit = {} if _is_same(mine.body, text) else {"body": text}
    if mine.is_open:
        return ("edited" if edit else "unchanged"), edit
    if _has_grown(before, upkeep.marks):
        return "reopened", {**edit, "state": "open", "state_reason": "reopened"}
    return ("left-closed" if upkeep.marks else "unchanged"), {}


def _stays_closed(mine: Issue) -> str:
    why = "it is locked" if mine.is_locked else "somebody closed it, and nothing is left that it does not list"
    return f"The issue #{mine.number} stays closed: {why}."


def _has_grown(before: frozenset[str], now: frozenset[str]) -> bool:
    """Tell whether something is left that was not before; of very many, the lowest marks stand for all."""
    last = max(before) if len(before) >= MOST_MARKS else "g"
    return any(mark not in before and mark <= last for mark in now)


def _marks_in(body: str) -> frozenset[str]:
    found = _KNOWN.search(body.splitlines()[0] if body else "")
    return frozenset(found["marks"].split(",")) if found else frozenset()


def _text_of(upkeep: Upkeep, marks: frozenset[str]) -> str:
    """Return the whole body: the marker with what is left, the findings, and how the issue behaves."""
    known = ",".join(sorted(marks)[:MOST_MARKS])
    text = _REFERENCE.sub(lambda m: f"{m[0]}\u200b", upkeep.text.rstrip("\n"))
    if len(text) > MAX_CHARACTERS:
        text = text[: max(text.rfind("\n", 0, MAX_CHARACTERS), 0)] + "\n\nThe rest did not fit here."
    return f"{MARKER}{f' known={known}' if known else ''} -->\n{text}\n\n{_FOOT}"


def _open(issues: Issues, keeper: Keeper, text: str, settle: float) -> Kept:
    """Open the issue by one request; when nobody knows whether it arrived, look, and never send it again."""
    try:
        number = issues.create(keeper.repository, TITLE, text, [keeper.label] if keeper.label else [])
    except GitHubError as error:
        if error.kind != "unreachable":
            return _refused(error)
        time.sleep(settle)
        ours = _ours_now(issues, keeper)
        if not ours:
            return Kept("refused", None, f"Whether the issue was opened is not known: {error}.")
        return Kept("opened", _settle(issues, keeper, ours, None, text))
    return Kept("opened", _settle(issues, keeper, _ours_now(issues, keeper), number, text))


def _ours_now(issues: Issues, keeper: Keeper) -> list[Issue]:
    try:
        return _ours(issues, keeper)
    except GitHubError:
        return []


def _settle(issues: Issues, keeper: Keeper, ours: list[Issue], mine: int | None, text: str) -> int:
    """Leave the oldest of our issues and return its number.

    A run closes its own; the one that opened the oldest, or that does not know its own, closes all that are too many.
    """
    by_number = {one.number: one.body for one in ours}
    if mine:
        by_number.setdefault(mine, text)  # it may not be listed yet
    oldest, *others = sorted(by_number)
    _close_spare(issues, keeper, oldest, [mine] if mine and mine != oldest else others)
    if not _is_same(by_number[oldest], text):
        with suppress(GitHubError):  # the last one to write is right, as with any edit
            issues.update(keeper.repository, oldest, {"body": text})
    return oldest


def _close_spare(issues: Issues, keeper: Keeper, kept: int, spare: Iterable[int]) -> None:
    """Close issues of ours that are one too many; what does not work now is tried again by the next run."""
    fields = {"body": _SPARE.format(number=kept), "state": "closed", "state_reason": "not_planned"}
    for number in spare:
        with suppress(GitHubError):
            issues.update(keeper.repository, number, fields)


def _update(issues: Issues, keeper: Keeper, mine: Issue, fields: dict[str, Any], settle: float) -> None:
    """Change our issue; doing so twice does no harm, so it is tried twice."""
    try:
        issues.update(keeper.repository, mine.number, fields)
    except GitHubError as error:
        if error.kind != "unreachable":
            raise
        time.sleep(settle)
        issues.update(keeper.repository, mine.number, fields)


def _refused(error: GitHubError) -> Kept:
    hint = " It needs “issues: write”." if error.kind in ("forbidden", "not-found") else ""
    return Kept("refused", None, f"The issue was not written: {error}.{hint}")


def _is_same(text: str, other: str) -> bool:
    """Compare texts: GitHub may store other line ends, and drops blanks at the end."""
    return "\n".join(text.splitlines()).rstrip() == "\n".join(other.splitlines()).rstrip()
