"""The lines of a list of records, as rows of cells and back: bullets, numbers or a table, in the style that is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind: TypeAlias = Literal["empty", "bullets", "numbers", "table"]

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<text>\S.*)")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELLS = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


class Fault(Exception):
    """A list that cannot be kept: `line` is 1-based in what was given, `text` is for people."""

    def __init__(self, line: int, text: str) -> None:
        """Keep the place and the sentence."""
        super().__init__(text)
        self.line, self.text = line, text


class Row(NamedTuple):
    """One record's place in a list: its cells (of a list: one), as written and trimmed.

    `mark` is what stands in front ("- ", "3. "), `rest` are lines below that belong to it, such as nested items, and
    `line` is where it begins, 1-based, 0 for a new one. `raw` is its line as it stands, None once a cell has changed.
    """

    cells: tuple[str, ...]
    mark: str = ""
    rest: tuple[str, ...] = ()
    line: int = 0
    raw: str | None = None


class Listing(NamedTuple):
    """The lines between two markers: what stands before and behind the list, its head (of a table) and its rows.

    `loose` tells that an empty line stands between items. `head` are the two lines of a table's head.
    """

    kind: Kind
    before: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    after: tuple[str, ...]
    loose: bool = False


def read_listing(lines: Sequence[str]) -> Listing:
    """Split lines into the one list among them; raises Fault when there are several, or code."""
    fence = next((i for i, line in enumerate(lines) if _FENCE.match(line)), None)
    if fence is not None:
        raise Fault(fence + 1, "code stands between the markers, where a list of records is kept")
    starts = [i for i in range(len(lines)) if _begins(lines, i)]
    if not starts:
        stray = next((i for i, line in enumerate(lines) if line.lstrip().startswith("|")), None)
        if stray is not None:
            raise Fault(stray + 1, "a row of a table stands between the markers without the table's head")
        return Listing("empty", tuple(lines), (), (), ())
    first = starts[0]
    listing, end = _table(lines, first) if _is_table(lines, first) else _list(lines, first)
    another = next((i for i in starts if i >= end), None)
    if another is not None:
        raise Fault(another + 1, "a second list stands between the markers; one list can be kept there")
    return listing


def cells_of(line: str) -> tuple[str, ...]:
    """Return the cells of a table's line, with the spaces around them."""
    body = line.strip()
    body = body[1:] if body.startswith("|") else body
    body = body[:-1] if re.search(r"(?<!\\)\|$", body) else body
    return tuple(_CELLS.split(body))


def write_listing(listing: Listing) -> list[str]:
    """Return the lines of a listing; rows with their `raw` line stay as they are, as far as a table's columns allow."""
    body = _write_table(listing) if listing.kind == "table" else _write_items(listing)
    return [*listing.before, *body, *listing.after]


def _begins(lines: Sequence[str], i: int) -> bool:
    return bool(_ITEM.fullmatch(lines[i])) or _is_table(lines, i)


def _is_table(lines: Sequence[str], i: int) -> bool:
    if i + 1 >= len(lines) or "|" not in lines[i] or "|" not in lines[i + 1]:
        return False
    return bool(_DELIMITER.fullmatch(lines[i + 1].strip())) and len(cells_of(lines[i])) == len(cells_of(lines[i + 1]))


def _table(lines: Sequence[str], first: int) -> tuple[Listing, int]:
    end, rows = first + 2, []
    while end < len(lines) and "|" in lines[end]:
        raw = lines[end]
        rows.append(Row(tuple(cell.strip() for cell in cells_of(raw)), line=end + 1, raw=raw))
        end += 1
    head = tuple(lines[first : first + 2])
    return Listing("table", tuple(lines[:first]), head, tuple(rows), tuple(lines[end:])), end


def _list(lines: Sequence[str], first: int) -> tuple[Listing, int]:
    """Read items of one indent; what is indented deeper, or goes on without a break, belongs to the item above."""
    opening = _ITEM.fullmatch(lines[first])
    indent = opening["indent"] if opening else ""
    rows: list[list[str]] = []
    numbers: list[int] = []
    end, gaps, i = first, 0, first
    while i < len(lines):
        line = lines[i]
        item = _ITEM.fullmatch(line)
        if item and len(item["indent"]) <= len(indent):
            gaps += bool(rows and not lines[i - 1].strip())
            rows.append([line])
            numbers.append(i + 1)
        elif not line.strip():
            i += 1
            continue
        elif line.startswith((f"{indent} ", f"{indent}\t")) or lines[i - 1].strip():
            rows[-1] += [*lines[end:i], line]
        else:
            break
        i += 1
        end = i
    loose = gaps * 2 >= len(rows) and gaps > 0
    kind: Kind = "numbers" if opening and opening["mark"][0].isdigit() else "bullets"
    made = tuple(_item(row, number) for row, number in zip(rows, numbers, strict=True))
    return Listing(kind, tuple(lines[:first]), (), made, tuple(lines[end:]), loose), end


def _item(lines: list[str], number: int) -> Row:
    """Make a row of an item; its paragraph may go on in the next lines."""
    match = _ITEM.fullmatch(lines[0])
    mark = lines[0][: match.start("text")] if match else ""
    size = 1
    while size < len(lines) and lines[size].strip() and not _ITEM.fullmatch(lines[size]):
        size += 1
    text = "\n".join([lines[0][len(mark) :], *lines[1:size]])
    return Row((text,), mark, tuple(lines[size:]), number, "\n".join(lines[:size]))


def _write_items(listing: Listing) -> list[str]:
    out: list[str] = []
    for row in listing.rows:
        if listing.loose and out and out[-1].strip():
            out.append("")
        out += f"{row.mark}{row.cells[0]}".split("\n")
        out += row.rest
    return out


def _write_table(listing: Listing) -> list[str]:
    widths = _widths(listing)
    if widths is None:
        edges = (_has_edge(listing.head[0], 0), _has_edge(listing.head[0], -1))
        return [*listing.head, *(row.raw if row.raw is not None else _line(row.cells, edges) for row in listing.rows)]
    header, delimiter = (cells_of(line) for line in listing.head)
    edges = (_has_edge(listing.head[0], 0), _has_edge(listing.head[0], -1))
    grown = [
        max(width, *(len(row.cells[i]) + 2 if i < len(row.cells) else 0 for row in listing.rows))
        for i, width in enumerate(widths)
    ]
    if grown == widths:
        head = list(listing.head)
    else:
        head = [
            _join([cell.ljust(grown[i]) for i, cell in enumerate(header)], edges),
            _join([_stretch(cell, grown[i]) for i, cell in enumerate(delimiter)], edges),
        ]
    rows = [
        row.raw
        if row.raw is not None and grown == widths
        else _join(
            [f" {cell}".ljust(grown[i]) if i < len(grown) else f" {cell} " for i, cell in enumerate(row.cells)], edges
        )
        for row in listing.rows
    ]
    return head + rows


def _widths(listing: Listing) -> list[int] | None:
    """Return the width of each column of a table whose columns line up, with spaces; None when they do not."""
    raws = [row.raw for row in listing.rows if row.raw is not None]
    lines = [cells_of(line) for line in (*listing.head, *raws)]
    sizes = {tuple(len(cell) for cell in line) for line in lines}
    is_padded = all(cell.startswith(" ") for line in (lines[0], *lines[2:]) for cell in line)
    return list(sizes.pop()) if raws and len(sizes) == 1 and is_padded else None


def _stretch(cell: str, width: int) -> str:
    """Return the cell of a delimiter row with more dashes; its colons and spaces stay."""
    dashes = re.search(r"-+", cell)
    return (
        cell
        if dashes is None
        else cell[: dashes.start()] + "-" * (width - len(cell) + len(dashes[0])) + cell[dashes.end() :]
    )


def _has_edge(line: str, at: int) -> bool:
    return line.strip()[at] == "|"


def _line(cells: Sequence[str], edges: tuple[bool, bool]) -> str:
    return _join([f" {cell} " if cell else " " for cell in cells], edges)


def _join(cells: Sequence[str], edges: tuple[bool, bool]) -> str:
    text = "|".join(cells)
    text = f"|{text}" if edges[0] else text.lstrip()
    return f"{text}|" if edges[1] else text.rstrip()
