"""What the faces of coverage share: rows of a name, a value and a note, and how wide they may be in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.render.columns import pad, width_of, wrap
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

WIDEST, LEAST = 100, 60  # columns
BOLD, DIM, ASK = "1", "2", "33"
_NAME = 34  # columns of the name


class Row(NamedTuple):
    """A number with its name; the note says what it was counted from."""

    name: str
    value: str
    note: str = ""


def row_lines(row: Row, width: int, paint: Callable[[str, str], str]) -> list[str]:
    """Return a row for a terminal; a note that does not fit beside the value goes below it."""
    name = for_terminal(row.name)
    start = f"  {pad(name, _NAME) if width_of(name) < _NAME else name + '  '}{row.value}"
    note = for_terminal(row.note)
    if not note:
        return [start.rstrip()]
    if width_of(start) + 3 + width_of(note) <= width:
        return [f"{start}   {paint(note, DIM)}"]
    return [start, *(f"    {paint(line, DIM)}" for line in wrap(note, width - 4))]
