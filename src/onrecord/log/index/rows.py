"""What the rows of a list of records should be: which are missing, gone or outdated, in the order that is there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.log.index.entry import Slot, find_links, is_title, slots_of
from onrecord.log.index.listing import Fault, Kind, Listing, Row, cells_of, write_listing
from onrecord.log.index.match import Change, Placed, match_rows
from onrecord.log.index.names import file_number
from onrecord.log.index.order import marked, merged
from onrecord.log.index.style import Entry, Shape, Style, common_shape, lead_of, learn, shapes_of, wanted, written
from onrecord.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.log.index.entry import Part
    from onrecord.log.index.here import Here
    from onrecord.record import DecisionRecord

Column: TypeAlias = Literal["name", "number", "status", "date", "owner", "author", "predecessor", "successor", "own"]

_COLUMNS: dict[str | None, Column] = {
    "number": "number", "title": "name", "status": "status", "date": "date", "owner": "owner",
    "decision_makers": "owner", "authors": "author", "supersedes": "predecessor", "superseded_by": "successor",
}  # fmt: skip
_HEAD = ("| # | Decision | Status | Owner | Date |", "|---|---|---|---|---|")
_NUMBER, _TITLE, _LINK = (Slot(part, 0, 0) for part in ("number", "title", "link"))
_LINKED: Shape = ("[", _TITLE, "](", _LINK, ")")
_FILE: Shape = ("[", Slot("file", 0, 0), "](", _LINK, ")")
_ADR_LOG: Shape = ("[ADR-", _NUMBER, "](", _LINK, ") - ", _TITLE)
_NOTHING = frozenset(("", "-", "–", "—", "n/a", "tbd", "?"))


class _Plan(NamedTuple):
    """How rows are made: what each column holds, the style, and the shape of a new cell, with and without a status."""

    columns: tuple[Column, ...]
    style: Style
    shapes: tuple[tuple[Shape, Shape], ...]


def revise(
    listing: Listing, here: Here, is_adr_log: bool, most: int | None = None
) -> tuple[list[str] | None, list[Change]]:
    """Return the lines that should stand between the markers, and what differs; nothing differs: they are as they were.

    No lines where more than `most` records are missing.
    """
    listing = _started(listing, here, is_adr_log)
    rows, changes, plan = _compared(listing, here)
    told = sorted(changes, key=lambda change: (change.line or 1_000_000, change.name))
    missing = [change.record for change in changes if change.kind == "missing" and change.record]
    if most is not None and len(missing) > most:
        return None, told
    rows = merged(rows, [Placed(_new(record, plan, here), record) for record in missing])
    changed = listing._replace(rows=tuple(marked(listing, rows)))
    return write_listing(changed), told


def differs(listing: Listing, here: Here, is_adr_log: bool) -> bool:
    """Tell whether anything between the markers differs from what should stand there."""
    return bool(_compared(_started(listing, here, is_adr_log), here)[1])


def _compared(listing: Listing, here: Here) -> tuple[list[Placed], list[Change], _Plan]:
    """Return the rows that stay, as they should be, what differs, and how rows are made."""
    placed, changes = match_rows(listing, here)
    plan = _plan(listing, placed, here)
    rows: list[Placed] = []
    for one in placed:
        row, parts = (one.row, ()) if one.record is None else _updated(one.row, one.record, plan, here)
        if one.record is not None and parts:
            changes.append(Change("outdated", file_number(one.record.path), row.line, one.record, parts))
        rows.append(Placed(row, one.record))
    there = {id(one.record) for one in rows if one.record}
    missing = [record for record in here.records if id(record) not in there]
    if missing and not {"name", "number"} & set(plan.columns):
        raise Fault(len(listing.before) + 1, "no column of this table names the records; one that says Decision would")
    changes += [Change("missing", file_number(record.path), 0, record) for record in missing]
    return rows, changes, plan


def _started(listing: Listing, here: Here, is_adr_log: bool) -> Listing:
    """Give a list that is still empty its beginning: a table of ours, or what adr-log writes."""
    if listing.kind != "empty" or not here.records:
        return listing
    text = "\n".join(listing.before).strip("\n")
    before = ("", *text.split("\n"), "") if text.strip() else ("",)
    kind: Kind = "bullets" if is_adr_log else "table"
    return Listing(kind, before, () if is_adr_log else _HEAD, (), ("",))


def _plan(listing: Listing, placed: Sequence[Placed], here: Here) -> _Plan:
    """Learn from the rows there are what each column holds and how a new one is written."""
    known = [(one.row, one.record) for one in placed if one.record is not None]
    columns = _columns(listing, known, here)
    entries: list[list[Entry]] = [
        [
            (row.cells[i], record, _slots(row.cells[i], column, record, here))
            for row, record in known
            if i < len(row.cells)
        ]
        for i, column in enumerate(columns)
    ]
    named = [entry for i, column in enumerate(columns) if column in ("name", "number") for entry in entries[i]]
    whole = {
        part: [text for i, c in enumerate(columns) if c == part for text, _, _ in entries[i]]
        for part in ("status", "date")
    }
    style = learn(named, whole["status"], whole["date"], here)
    shapes = [_shapes(i, columns, entries[i], listing) for i in range(len(columns))]
    return _Plan(columns, style, tuple(shapes))


def _columns(listing: Listing, known: Sequence[tuple[Row, DecisionRecord]], here: Here) -> tuple[Column, ...]:
    if listing.kind != "table":
        return ("name",)
    found: list[Column] = []
    header = [plain(cell) for cell in cells_of(listing.head[0])]
    roles = [_role(cell, here) for cell in header]
    for i, role in enumerate(roles):
        column = _COLUMNS.get(role, "own")
        cells = [(row.cells[i], record) for row, record in known if i < len(row.cells) and row.cells[i]]
        is_named = 2 * sum(_is_name(cell, record, here) for cell, record in cells) >= max(1, len(cells))
        if column in ("own", "number") and cells:
            column = (column if column == "number" else "name") if is_named else "own"
        elif role == "decision" and "title" not in roles:
            column = "name"
        found.append(column)
    return tuple(found)


def _role(title: str, here: Here) -> str | None:
    return "number" if title.strip() in ("#", "№", "No", "Nr") else here.vocabulary.role(title)


def _is_name(cell: str, record: DecisionRecord, here: Here) -> bool:
    """Tell whether a cell names the record of its row: by a link, its title or its number."""
    if any((one := here.meant_by(link.target)) and one.path == record.path for link in find_links(cell)):
        return True
    return is_title(cell, record) or any(slot.part == "number" for slot in slots_of(cell, record, here))


def _slots(cell: str, column: Column, record: DecisionRecord, here: Here) -> tuple[Slot, ...]:
    """Return the parts of a cell; only names have several, and a cell of a table is no place for notes on its title."""
    if column == "own":
        return ()
    if column == "name" or column == "number":
        found = slots_of(cell, record, here)
        if column == "number" and not re.search(r"[^\W\d]", cell):
            found = tuple(s._replace(part="number") if s.part == "title" else s for s in found)
        return found
    return (Slot(column, 0, len(cell)),)


def _shapes(i: int, columns: Sequence[Column], entries: Sequence[Entry], listing: Listing) -> tuple[Shape, Shape]:
    column = columns[i]
    if column == "own":
        blank = Counter(text for text, _, _ in entries if text.casefold() in _NOTHING).most_common(1)
        return ((blank[0][0],) if blank else ("",),) * 2
    if column != "name" and column != "number":
        return ((Slot(column, 0, 0),),) * 2
    found = shapes_of(entries)
    with_note, without = common_shape(found, True), common_shape(found, False)
    default = _default(i, columns, listing)
    plain_shape = tuple(
        piece for piece in without or default if not (isinstance(piece, Slot) and piece.part == "status")
    )
    return with_note or plain_shape, plain_shape


def _default(i: int, columns: Sequence[Column], listing: Listing) -> Shape:
    if listing.kind == "table":
        return _LINKED if columns[i] == "name" or "name" not in columns else (_NUMBER,)
    return _ADR_LOG if listing.kind == "bullets" and not listing.rows else _LINKED


def _updated(row: Row, record: DecisionRecord, plan: _Plan, here: Here) -> tuple[Row, tuple[tuple[str, str, str], ...]]:
    """Return a row with its outdated parts replaced, and what they are."""
    cells, changed = list(row.cells), []
    cells += [""] * (len(plan.columns) - len(cells))
    for i, column in enumerate(plan.columns):
        text, found = cells[i], _slots(cells[i], column, record, here)
        edits = [
            (slot, new)
            for slot in found
            for new in [wanted(slot, text[slot.start : slot.end], record, plan.style, here)]
            if new is not None
        ]
        if len(plan.columns) == 1 and not any(slot.part == "status" for slot in found) and plan.style.shows(record):
            note = Slot("status", len(text), len(text), *plan.style.note)
            edits.append((note, written(note, record, plan.style, here) or ""))
        elif len(plan.columns) == 1 and plan.style.shown is not None and not plan.style.shows(record):
            edits = [(slot, "" if slot.part == "status" and new is not None else new) for slot, new in edits]
        for slot, new in sorted(edits, key=lambda edit: -edit[0].start):
            changed.append((_said(slot.part), text[slot.start : slot.end], new))
            cells[i] = cells[i][: slot.start] + new + cells[i][slot.end :]
    if not changed:
        return row, ()
    return row._replace(cells=tuple(cells), raw=None), tuple(reversed(changed))


def _said(part: Part) -> str:
    return {"predecessor": "supersedes", "successor": "superseded by", "file": "file name"}.get(part, part)


def _new(record: DecisionRecord, plan: _Plan, here: Here) -> Row:
    cells = tuple(_filled(shapes, record, plan, here) for shapes in plan.shapes)
    return Row(cells)


def _filled(shapes: tuple[Shape, Shape], record: DecisionRecord, plan: _Plan, here: Here) -> str:
    is_list = len(plan.columns) == 1
    noted = is_list and plan.style.shows(record)
    shape = shapes[0] if noted else shapes[1]
    parts = [piece.part for piece in shape if isinstance(piece, Slot)]
    if record.number is None and "number" in parts:
        linked = _LINKED if is_list or "title" in parts else _FILE
        shape, parts = (linked, []) if "link" in parts else ((), [])
    if "lead" in parts and lead_of(record) is None:
        shape = _without_lead(shape)
    if noted and "status" not in parts:
        shape = (*shape, Slot("status", 0, 0, *plan.style.note))
    return "".join(
        piece if isinstance(piece, str) else written(piece, record, plan.style, here) or "" for piece in shape
    ).strip()


def _without_lead(shape: Shape) -> Shape:
    """Return a shape without the date in front of the title, and without what parts them."""
    at = next(i for i, piece in enumerate(shape) if isinstance(piece, Slot) and piece.part == "lead")
    gap, rest = shape[at + 1], shape[at + 2 :]
    return (*shape[:at], *([gap.lstrip(" \t:.,–—_-")] if isinstance(gap, str) else [gap]), *rest)
