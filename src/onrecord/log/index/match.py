"""Which record each row of a list means, and the rows whose record is gone or listed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.log.index.entry import find_links, meant_by
from onrecord.log.index.names import file_or_folder
from onrecord.log.references import log_of
from onrecord.markdown import plain
from onrecord.record.identity import number_in_path, read_heading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.log.index.entry import Here
    from onrecord.log.index.listing import Listing, Row
    from onrecord.record import DecisionRecord

_NUMBERED = re.compile(r"\W*(?:[A-Za-z]{1,15}[-_ #]*)?(\d{1,9})(?!\w)")


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


def match_rows(listing: Listing, here: Here) -> tuple[list[Placed], list[Change]]:
    """Find the record of each row; rows whose record is gone, or stands above, are left out."""
    placed: list[Placed] = []
    changes: list[Change] = []
    free = _by_link(listing.rows, here)
    seen: set[int] = set()
    has_links = any(list(find_links(" ".join(row.cells))) for row in listing.rows)
    for row in listing.rows:
        record = _record_of(row, here, free, seen)
        if record is not None and id(record) in seen:
            changes.append(Change("twice", file_number(record), row.line, record))
        elif record is not None:
            seen.add(id(record))
            placed.append(Placed(row, record))
        elif gone := _gone(row, here, has_links):
            changes.append(Change("gone", gone, row.line))
        else:
            placed.append(Placed(row, None))
    return placed, changes


def _by_link(rows: Sequence[Row], here: Here) -> list[DecisionRecord]:
    """Return the records that no row links to: those that may have been renamed since."""
    linked = {one.path for row in rows for link in _links(row) if (one := meant_by(link, here))}
    return [record for record in here.records if record.path not in linked]


def _links(row: Row) -> list[str]:
    return [link.target for cell in row.cells for link in find_links(cell)]


def _record_of(row: Row, here: Here, free: Sequence[DecisionRecord], seen: set[int]) -> DecisionRecord | None:
    targets = _links(row)
    if targets:
        meant = next((one for target in targets[:1] if (one := meant_by(target, here))), None)
        if meant is not None:
            beside = [one for one in here.records if one.path == meant.path]
            named = [one for one in beside if id(one) not in seen and _names(row, one)]
            return named[0] if named else next((one for one in beside if id(one) not in seen), beside[0])
        path = here.resolve(targets[0])
        if not path or _is_there(path, here):
            return None
        number = number_in_path(path)
        found = [
            one for one in free if number is not None and one.number == number and log_of(one.path) == log_of(path)
        ]
        return found[0] if len(found) == 1 else None
    found = [one for one in here.records if _names(row, one)]
    titles = {fold(text) for cell in row.cells for text in (plain(cell), read_heading(cell).title or "") if text}
    titled = [one for one in found or here.records if one.title and fold(one.title) in titles]
    both = titled or (found if len(found) == 1 else [])
    return both[0] if len(both) == 1 else None


def _names(row: Row, record: DecisionRecord) -> bool:
    """Tell whether a row says the number of a record at the beginning of a cell."""
    own = record.number or ""
    for text in (plain(cell) for cell in row.cells[:2]):
        digits = _NUMBERED.match(text)
        if own.isdigit() and digits and int(digits[1]) == int(own):
            return True
        if own and not own.isdigit() and text.lstrip("[").casefold().startswith(own.casefold()):
            return True
    return False


def _gone(row: Row, here: Here, has_links: bool) -> str:
    """Return the name of the record that a row was for and that is no more; empty for a row of another kind."""
    targets = _links(row)
    text = " ".join(cell for cell in row.cells)
    if targets:
        path = here.resolve(targets[0])
        is_gone = (
            bool(path)
            and not _is_there(path, here)
            and (log_of(path) in {log_of(r.path) for r in here.records} or number_in_path(path))
        )
        return _number_as_written(path) if is_gone else ""
    number = re.match(r"\W*(?:(?:adr|rfc|dr)[-_ #]*)?(\d{1,5})(?![\w.,%])", plain(text), re.IGNORECASE)
    known = {value_of(record) for record in here.records}
    return number[1] if number and not has_links and here.records and int(number[1]) not in known else ""


def _number_as_written(path: str) -> str:
    digits = re.search(r"\d+$", number_in_path(path) or "")
    name = file_or_folder(path)
    as_written = re.search(rf"0*{digits[0].lstrip('0') or '0'}(?!\d)", name) if digits else None
    return as_written[0] if as_written else name


def _is_there(path: str, here: Here) -> bool:
    return any(here.exists(f"{path}{end}") for end in ("", ".md", ".mdx", ".rst", ".adoc"))


def file_number(record: DecisionRecord) -> str:
    """Return the number in the name of a record's file as it is written there, else the name."""
    return _number_as_written(record.path)


def value_of(record: DecisionRecord) -> int | None:
    """Return the digits of a record's number, behind any prefix."""
    digits = re.search(r"\d+$", record.number or "")
    return int(digits[0]) if digits else None
