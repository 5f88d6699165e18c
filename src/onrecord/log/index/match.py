"""Which record each row of a list means, and the rows whose record is gone or listed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.log.index.entry import find_links
from onrecord.log.index.names import file_number
from onrecord.log.references import log_of
from onrecord.markdown import plain
from onrecord.record.identity import number_in_path, read_heading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.log.index.here import Here
    from onrecord.log.index.listing import Listing, Row
    from onrecord.record import DecisionRecord

_NUMBERED = re.compile(r"\W*(?:[A-Za-z]{1,15}[-_ #]*)?(\d{1,9})(?!\w)")
_BEGINNING = re.compile(r"\W*(?:(?:adr|rfc|dr)[-_ #]*)?(\d{1,5})(?![\w.,%])", re.IGNORECASE)


class Change(NamedTuple):
    """One difference between a list and the records: a row that is missing, gone, written twice, or outdated.

    `record` is what it is about, None when that is gone; `name` is what people call it. `parts` are those that are
    outdated: each its name, what stands there, and what should. `line` is 1-based, 0 where there is no row.
    """

    kind: Literal["missing", "gone", "twice", "outdated"]
    name: str
    line: int
    record: DecisionRecord | None = None
    parts: tuple[tuple[str, str, str], ...] = ()


class Placed(NamedTuple):
    """A row and the record it means, None for one that is kept as it is; `was` is what it did not say right."""

    row: Row
    record: DecisionRecord | None


class _Said(NamedTuple):
    """What the first two cells of a row begin with, as numbers and as they are."""

    values: frozenset[int]
    beginnings: tuple[str, ...]


def match_rows(listing: Listing, here: Here) -> tuple[list[Placed], list[Change]]:
    """Find the record of each row; rows whose record is gone, or stands above, are left out."""
    placed: list[Placed] = []
    changes: list[Change] = []
    links = [[link.target for cell in row.cells for link in find_links(cell)] for row in listing.rows]
    free = _free(links, here)
    seen: set[int] = set()
    has_links = any(links) or any(any(find_links(" ".join(row.cells))) for row in listing.rows)
    for row, targets in zip(listing.rows, links, strict=True):
        record = _linked(row, targets[0], here, free, seen) if targets else _named(row, here)
        if record is not None and id(record) in seen:
            changes.append(Change("twice", file_number(record.path), row.line, record))
        elif record is not None:
            seen.add(id(record))
            placed.append(Placed(row, record))
        elif gone := _gone_behind(targets[0], here) if targets else _gone(row, here, has_links):
            changes.append(Change("gone", gone, row.line))
        else:
            placed.append(Placed(row, None))
    return placed, changes


def _free(links: Iterable[list[str]], here: Here) -> dict[tuple[str, str], list[DecisionRecord]]:
    """Return the numbered records that no row links to, by log and number: those may have been renamed since."""
    linked = {one.path for targets in links for target in targets if (one := here.meant_by(target))}
    found: dict[tuple[str, str], list[DecisionRecord]] = {}
    for one in here.records:
        if one.number and one.path not in linked:
            found.setdefault((log_of(one.path), one.number), []).append(one)
    return found


def _linked(
    row: Row, target: str, here: Here, free: Mapping[tuple[str, str], list[DecisionRecord]], seen: set[int]
) -> DecisionRecord | None:
    """Return the record that the first link of a row leads to, or led to before it got another name."""
    meant = here.meant_by(target)
    if meant is not None:
        beside = here.by_path[meant.path]
        if len(beside) == 1:
            return meant
        said, left = _said(row), [one for one in beside if id(one) not in seen]
        return next((one for one in left if _names(said, one)), left[0] if left else beside[0])
    path = here.resolve(target)
    if not path or here.is_there(path):
        return None
    found = free.get((log_of(path), number_in_path(path) or ""), ())
    return found[0] if len(found) == 1 else None


def _named(row: Row, here: Here) -> DecisionRecord | None:
    """Return the one record that a row without a link names, by its number or its title."""
    said = _said(row)
    numbered = [one for value in said.values for one in here.by_value.get(value, ())]
    for length, series in here.by_series.items():
        numbered += [one for text in said.beginnings for one in series.get(text[:length], ())]
    found = list({id(one): one for one in numbered}.values())
    titles = {fold(text) for cell in row.cells for text in (plain(cell), read_heading(cell).title or "") if text}
    if found:
        titled = [one for one in found if one.title and fold(one.title) in titles]
    else:
        titled = [one for title in titles for one in here.by_title.get(title, ())]
    both = titled or found
    return both[0] if len(both) == 1 else None


def _said(row: Row) -> _Said:
    texts = [plain(cell) for cell in row.cells[:2]]
    values = frozenset(int(digits[1]) for text in texts if (digits := _NUMBERED.match(text)))
    return _Said(values, tuple(text.lstrip("[").casefold() for text in texts))


def _names(said: _Said, record: DecisionRecord) -> bool:
    """Tell whether a row says the number of a record at the beginning of a cell."""
    own = record.number or ""
    if own.isdecimal():
        return int(own) in said.values
    return bool(own) and any(text.startswith(own.casefold()) for text in said.beginnings)


def _gone_behind(target: str, here: Here) -> str:
    """Return the name of the record that a link led to and that is no more; empty for a link of another kind."""
    path = here.resolve(target)
    is_gone = bool(path) and not here.is_there(path) and (log_of(path) in here.logs or number_in_path(path))
    return file_number(path) if is_gone else ""


def _gone(row: Row, here: Here, has_links: bool) -> str:
    """Return the number in a row for a record that is no more; empty where others have links, or it says something else."""
    if has_links or not here.records:
        return ""
    number = _BEGINNING.match(plain(" ".join(row.cells)))
    return number[1] if number and int(number[1]) not in here.values else ""
