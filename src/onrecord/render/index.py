"""The list in an index file: what differs, for people, and the file with the list as it should be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.render.safe import for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.log.index.match import Change
    from onrecord.log.index.regions import Revision

_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WIDEST = 60
MOST = 10  # lines about one list


def rewritten(content: bytes, revisions: Sequence[Revision]) -> bytes:
    """Return a file (UTF-8) with the lines between its markers replaced; every other byte stays as it is.

    New lines end as the line of the opening marker does.
    """
    lines = [match[0] for match in _LINES.finditer(content)]
    for region, new, changes, _, is_written in sorted(revisions, key=lambda one: -one.region.start):
        if changes and is_written:
            end = re.search(rb"[\r\n]+\Z", lines[region.start - 1])
            ending = end[0] if end else b"\n"
            lines[region.start : region.end - 1] = [line.encode() + ending for line in new]
    return b"".join(lines)


def describe(path: str, revisions: Iterable[Revision], is_fixed: bool) -> Iterator[str]:
    """Yield a line for each difference between the lists of an index and the records, at most ten for each list.

    With `is_fixed` they are told as what was done.
    """
    tell = _done if is_fixed else _difference
    for revision in revisions:
        for change in revision.changes[:MOST]:
            yield for_terminal(f"{path}:{change.line}: {tell(change)}")
        if more := len(revision.changes[MOST:]):
            yield for_terminal(f"{path}: and {more} more")


def describe_untracked(paths: Sequence[str]) -> str:
    """Return one sentence about records that are not listed because git does not know them; `paths` is not empty."""
    if len(paths) == 1:
        return for_terminal(f"{paths[0]} is not tracked by git yet, so it is not listed")
    return for_terminal(f"{paths[0]} and {len(paths) - 1} more are not tracked by git yet, so they are not listed")


def describe_all(stale: int, fresh: int, is_fixed: bool) -> str:
    """Return one sentence about all lists that were looked at."""
    if not stale:
        return f"{counted(fresh, 'list')} of records up to date."
    if is_fixed:
        return f"{counted(stale, 'list')} of records rewritten{f', {fresh} up to date' if fresh else ''}."
    return f"{counted(stale, 'list')} of records out of date; “onrecord index --fix” rewrites what stands between the markers."


def _difference(change: Change) -> str:
    if change.kind == "missing" and change.record is not None:
        return f"missing {change.name}{_titled(change.record.title)}"
    if change.kind == "outdated":
        return f"outdated {' and '.join(_part(*part) for part in change.parts)} of {change.name}"
    return {"gone": f"gone {change.name}: there is no such record", "twice": f"twice {change.name}"}[change.kind]


def _done(change: Change) -> str:
    if change.kind == "missing" and change.record is not None:
        return f"added {change.name}{_titled(change.record.title)}"
    if change.kind == "outdated":
        return f"corrected {' and '.join(_part(*part) for part in change.parts)} of {change.name}"
    return {
        "gone": f"removed {change.name}: there is no such record",
        "twice": f"removed {change.name}, which is listed twice",
    }[change.kind]


def _part(name: str, old: str, new: str) -> str:
    if not new.strip():
        return f"{name} (“{_short(old)}” needs not be said)"
    return f"{name} (“{_short(old)}”, now “{_short(new)}”)" if old.strip() else f"{name} (now “{_short(new)}”)"


def _titled(title: str | None) -> str:
    return f" ({_short(title)})" if title else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    words = words[1:-1] if words[:1] + words[-1:] == "()" else words
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1].rstrip()}…"
