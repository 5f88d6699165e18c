"""A record taken apart for another dialect: its header as rows, its sections by role, each line of the text in one place.

What stands below a heading is never rewritten: a piece is a list of line numbers, and whoever puts pieces together again
takes those lines as they stand in the file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.apart_head import head_of
from onrecord.markdown import parse_document
from onrecord.record import read_record
from onrecord.record.read.context import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.draft.apart_rows import Head
    from onrecord.record import DecisionRecord, Vocabulary
    from onrecord.record.outline import Part

# Inside of these, a part with a role of its own is read for itself; inside of an option it belongs to the option.
_AROUND = ("context", "decision", "proposal", "rationale")
_INSIDE = frozenset(
    ("context", "decision", "decision_drivers", "considered_options", "alternatives", "consequences", "confirmation",
     "pros_cons", "status", "more_information")
)  # fmt: skip
_UNDERLINE = re.compile(r"=+[ \t]*\Z")


class Piece(NamedTuple):
    """A section with what stays inside of it.

    `role` and `inline` are those of the outline; `head` are the lines of its heading, `body` all others, `sections` the
    indexes of the document's sections in it.
    """

    role: str | None
    title: str
    inline: str
    level: int
    head: tuple[int, ...]
    body: tuple[int, ...]
    sections: tuple[int, ...]


class Apart(NamedTuple):
    """A text in its parts; `before` and `lead` are the lines around the title that are no metadata.

    `raw` are the file's lines with their ends; line numbers are 1-based.
    """

    record: DecisionRecord
    reading: Reading
    raw: tuple[str, ...]
    head: Head
    title: tuple[int, ...]
    before: tuple[int, ...]
    lead: tuple[int, ...]
    pieces: tuple[Piece, ...]

    def line(self, number: int) -> str:
        """Return a line without its end."""
        return self.raw[number - 1].rstrip("\r\n")


@lru_cache(maxsize=16)  # a text is put together in several ways, and taken apart in few
def take_apart(
    text: str,
    path: str,
    vocabulary: Vocabulary,
    moves: bool = True,
    has_status_section: bool = False,
    splits: bool = True,
) -> Apart:
    """Take a text apart; without `moves`, metadata below the title stays where it is, and without `splits` a section whole.

    The status stays in its section where the other dialect has one (`has_status_section`). Raises Unmovable.
    """
    document = parse_document(text)
    reading = Reading(document, vocabulary)
    record = read_record(document, path, vocabulary)
    raw = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text.removeprefix("\ufeff"))
    raw += [""] * (len(document.lines) - len(raw))
    head = head_of(reading, record, moves, has_status_section)
    heads = [part for part in reading.outline.parts if part.level <= 6]
    top = reading.outline.title_index
    title = next((i for i, part in enumerate(heads) if top is not None and part is reading.outline.parts[top]), None)
    apart = Apart(record, reading, tuple(raw), head, (), (), (), ())
    cutter = _Cutter(apart, heads, splits)
    of_title = cutter.head(title) if title is not None else ()
    lead = cutter.own(title) if title is not None else cutter.own(0)
    return apart._replace(
        title=of_title,
        before=cutter.own(0) if title is not None else (),
        lead=lead,
        pieces=tuple(piece for i in cutter.tops(title) for piece in cutter.cut(i)),
    )


class _Cutter:
    """Cuts a document at the headings that open a part of the record."""

    def __init__(self, apart: Apart, heads: list[Part], splits: bool) -> None:
        self.apart, self.heads, self.splits = apart, heads, splits
        self.document = apart.reading.document
        self.sections = self.document.sections
        slots = (apart.record.slots.get(name) for name in ("context", "decision", "considered_options"))
        filled = (slot for slot in slots if slot and slot.state == "filled" and slot.how.startswith('heading "'))
        self.needed = [slot.span.start for slot in filled if slot.span]

    def tops(self, title: int | None) -> list[int]:
        """Return the sections that stand in no other but the title's."""
        return [i for i, one in enumerate(self.sections) if i and i != title and one.parent in (0, title)]

    def cut(self, index: int) -> Iterator[Piece]:
        """Give a section as a piece, and behind it the sections inside of it that are parts of their own."""
        part, kept, others = self.heads[index], [index], []
        for child in self.document.children(index):
            if self._is_apart(part.role, child):
                others.append(child)
            else:
                kept += self.document.subtree(child)
        body = tuple(n for i in kept for n in ((*self.head(i), *self.own(i)) if i != index else self.own(i)))
        yield Piece(part.role, part.title, part.inline, part.level, self.head(index), body, tuple(kept))
        for child in others:
            yield from self.cut(child)

    def _is_apart(self, role: str | None, child: int) -> bool:
        own = self.heads[child].role
        if not self.splits:
            return False
        if role in _AROUND:
            return own in _INSIDE and own != role
        first, last = self.sections[child].span.start, self.sections[child].end
        return role in (None, "title") and any(first <= line <= last for line in self.needed)

    def head(self, index: int) -> tuple[int, ...]:
        """Return the lines of a section's heading, an underline included."""
        span = self.sections[index].span
        if index == 0:
            return ()
        lines = list(range(span.start, span.end + 1))
        behind = self.document.lines[span.end] if span.end < len(self.document.lines) else ""
        if len(lines) == 1 and not self.apart.line(span.start).lstrip().startswith("#") and _UNDERLINE.match(behind):
            lines.append(
                span.end + 1
            )  # "1. Title" above a line of "=" is a list item to CommonMark, and read as one line
        return tuple(lines)

    def own(self, index: int) -> tuple[int, ...]:
        """Return the lines below a heading, up to the next one, without those that are told by the header's rows."""
        matter = self.document.front_matter
        start = (self.head(index)[-1] + 1) if index else (matter.span.end + 1 if matter else 1)
        following = self.sections[index + 1].span.start if index + 1 < len(self.sections) else len(self.apart.raw) + 1
        used = self.apart.head.used
        return tuple(n for n in range(start, following) if n not in used)


def anchored(source: str, name: str) -> str:
    """Return another name for a heading; an anchor of HTML before the old one stays, as links lead to it."""
    anchors = re.match(r"(?:<a\b[^<>]*>\s*</a>\s*)+", source)
    return (anchors[0] if anchors else "") + name


def end_of_line(text: str) -> str:
    """Return how most lines of a text end."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
