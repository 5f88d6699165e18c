"""`supersede`, `amend`, `link`: two records name each other, each in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.common import today
from onrecord.cli.deciding import Done, carry_out
from onrecord.log.custom import leads_to, neighbors_of, ways_to_name
from onrecord.log.references import follow
from onrecord.record.edit.legal import why_not
from onrecord.record.edit.page import Refused
from onrecord.record.edit.state import words_for, write_status
from onrecord.record.edit.tie import WORDS, write_tie
from onrecord.record.edit.wording import mention_of

if TYPE_CHECKING:
    import argparse

    from onrecord.cli.deciding import Desk
    from onrecord.record import DecisionRecord
    from onrecord.record.edit.page import Page
    from onrecord.record.edit.tie import Tie

_OPEN = ("proposed", "draft")
_OVER = ("rejected", "superseded", "deprecated")
_SIDES: dict[str, tuple[Tie, Tie]] = {
    "amends": ("amends", "amended_by"),
    "relates_to": ("relates_to", "relates_to"),
}


def supersede(options: argparse.Namespace) -> int:
    """Say in both records that the second replaces the first; return the exit code."""

    def work(desk: Desk, records: list[DecisionRecord]) -> Done:
        old, new = records
        _verify_two(old, new)
        _verify_succession(desk, old, new, options.partly)
        pages, lines = [], []
        fresh, line = _tied(desk, desk.open(new), new, old, "supersedes", options.partly)
        pages.append(fresh)
        lines.append(line)
        if _status(new) in _OPEN:
            hint = f"{_name(new)} is only {_status(new)}: {_name(old)} stays in force, and “onrecord accept {new.path}” completes both sides."
            return Done((fresh,), (line,), (hint,))
        older, line = _retired(desk, desk.open(old), old, new, options.partly, today(options))
        return Done((*pages, older), (*lines, line))

    return carry_out(options, [options.old, options.new], work)


def tie(options: argparse.Namespace, kind: str, first: str, second: str) -> int:
    """Write a tie of this kind into the record `first` and its other side into `second`; return the exit code."""

    def work(desk: Desk, records: list[DecisionRecord]) -> Done:
        _verify_two(*records)
        here, there = _SIDES[kind]
        one, line = _tied(desk, desk.open(records[0]), records[0], records[1], here)
        two, other = _tied(desk, desk.open(records[1]), records[1], records[0], there)
        return Done((one, two), (line, other))

    return carry_out(options, [first, second], work)


def complete(desk: Desk, record: DecisionRecord, page: Page) -> Done:
    """Retire what an accepted record says that it replaces; what cannot be written for certain becomes a hint."""
    pages, lines, hints = [], [], []
    for name in record.supersedes:
        old = follow(name, record, desk.log)
        if isinstance(old, str) or old is record or _status(old) in (*_OPEN, "rejected"):
            continue
        partly = name in record.partly
        if any(follow(one, old, desk.log) is record for one in old.superseded_by):
            continue
        if _status(old) == "superseded" and not partly and (others := _successors(desk, old)):
            hints.append(f"{old.path}: it is already superseded by {others}, so it stays as it is.")
            continue
        try:
            after, line = _retired(desk, desk.open(old), old, record, partly, page.record().date or "")
        except Refused as error:
            hints.append(f"{error}. That {_name(record)} replaces it is still to be said there.")
            continue
        pages.append(after)
        lines.append(line)
    return Done(tuple(pages), tuple(lines), tuple(hints))


def _successors(desk: Desk, old: DecisionRecord) -> str:
    """Return what the record says that it is wholly superseded by; empty when it names nothing."""
    found = [follow(name, old, desk.log) for name in old.superseded_by if name not in old.partly]
    return " and ".join(dict.fromkeys(_name(one) for one in found if not isinstance(one, str)))


def _verify_two(one: DecisionRecord, other: DecisionRecord) -> None:
    if one is other:
        raise Refused(f"{one.path}: both names lead to this one record")
    if one.path == other.path:
        raise Refused(f"{one.path}: it holds both records, and is edited by hand")


def _verify_succession(desk: Desk, old: DecisionRecord, new: DecisionRecord, partly: bool) -> None:
    if _status(new) in _OVER:
        raise Refused(f"{new.path}: it is {_status(new)}, so it cannot take the place of another one")
    if any(follow(name, old, desk.log) is new for name in old.supersedes):
        raise Refused(
            f"{old.path}: it says that it supersedes {_name(new)}; the other way round both would replace each other"
        )
    known = [follow(name, old, desk.log) for name in old.superseded_by if name not in old.partly]
    if new in known:
        return
    if _status(old) == "superseded":
        by = next((_name(one) for one in known if not isinstance(one, str)), "another one")
        raise Refused(f"{old.path}: it is superseded by {by} already; the successor is what would be replaced")
    if why := why_not(old, "superseded"):
        raise Refused(f"{old.path}: {why}")
    if partly and _status(old) == "deprecated":
        raise Refused(f"{old.path}: it is deprecated, so no part of it is left in force")


def _retired(
    desk: Desk, page: Page, old: DecisionRecord, new: DecisionRecord, partly: bool, day: str
) -> tuple[Page, str]:
    """Return the page of a record that names its successor, and a line on it; raises Refused."""
    after, line = _tied(desk, page, old, new, "superseded_by", partly)
    read = after.record()
    if partly or (read.status and read.status.value == "superseded") or after is page:
        return after, line
    words = words_for("superseded", old, neighbors_of(old, desk.log))
    changed = write_status(after, "superseded", words, day)
    if changed is None:
        raise Refused(
            f"{old.path}: its status (“{read.status.text if read.status else ''}”) cannot be changed for certain"
        )
    return changed, line


def _tied(
    desk: Desk, page: Page, source: DecisionRecord, target: DecisionRecord, kind: Tie, partly: bool = False
) -> tuple[Page, str]:
    """Return the page with the tie, and a line on it; raises Refused where there is no certain place for it."""
    words = f"{'partly ' if partly else ''}{WORDS[kind].lower()} {_name(target)}"
    page.draft()
    for way in dict.fromkeys(ways_to_name(source, target, kind, desk.log, desk.documents)):
        if not leads_to(way.reference, source, target, desk.log, page.vocabulary):
            continue
        if _is_stated(desk, page, source, target, kind, way.reference):
            return page, f"{page.path}: {words}, as it says already"
        after = write_tie(page, kind, way.reference, way.words, partly) or (
            write_tie(page, kind, way.reference, "", partly) if way.words else None
        )
        if after:
            return after, f"{page.path}: {words}"
    raise Refused(
        f"{page.path}: there is no certain place for “{WORDS[kind]} {_name(target)}”; its status may say more than a word"
    )


def _is_stated(
    desk: Desk, page: Page, source: DecisionRecord, target: DecisionRecord, kind: Tie, reference: str
) -> bool:
    if kind == "amended_by":
        return any(
            "amended by" in line.lower().replace("-", " ") and reference in line for line in page.text.splitlines()
        )
    return any(follow(name, source, desk.log) is target for name in getattr(source, kind))


def _status(record: DecisionRecord) -> str:
    return record.status.value if record.status else ""


def _name(record: DecisionRecord) -> str:
    return mention_of(record) or record.path
