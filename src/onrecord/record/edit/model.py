"""What a change to files is: other lines for a stretch of one, or another path."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.markdown import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Edit(NamedTuple):
    """Other lines for a stretch of a file: `lines` take the place of all lines of `span`, as in a Suggestion.

    A span that ends before it begins (`Span(7, 6)`) holds no line: the lines go in before line 7.
    """

    path: str
    span: Span
    lines: tuple[str, ...]


class Move(NamedTuple):
    """A file that gets another path, both relative to the repository."""

    path: str
    to: str


class Fix(NamedTuple):
    """A fix that is certain and that no single suggestion can hold: edits of several files, and moves after them."""

    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()


def edited(lines: Sequence[str], edits: Iterable[Edit]) -> list[str]:
    """Return the lines of a text with edits in it that do not overlap, whatever their path."""
    out = list(lines)
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        out[edit.span.start - 1 : edit.span.end] = edit.lines
    return out
