"""What the reading steps share."""

from __future__ import annotations

from onrecord.markdown import Document, ListBlock, Paragraph, Span, plain
from onrecord.record.header import Field, read_fields
from onrecord.record.model import DecisionRecord, Slot
from onrecord.record.outline import Outline, Part, read_outline
from onrecord.record.placeholders import pieces
from onrecord.record.vocabulary import Vocabulary
from onrecord.record.y_statement import YStatement


class Reading:
    """A document with its outline and fields, and the record that is being filled from them."""

    def __init__(self, document: Document, vocabulary: Vocabulary, number: str | None = None) -> None:
        """Prepare the reading of `document`; `number` is the record's number where the file holds several."""
        self.document, self.vocabulary, self.number = document, vocabulary, number
        self.outline: Outline = read_outline(document, vocabulary)
        self.fields: list[Field] = read_fields(document, self.outline, vocabulary)
        self.record = DecisionRecord(path="", problems=list(document.problems))
        self.record.span = Span(1, len(document.lines))
        self.y_statement: YStatement | None = None
        self.is_numbered = False  # by its heading

    def values(self, *roles: str) -> list[Field]:
        """Return the fields of these roles, in order of the text."""
        return [f for f in self.fields if f.role in roles]

    def slot(self, name: str, slot: Slot) -> None:
        """Note where a part stands, and in which state."""
        self.record.slots[name] = slot

    def sections_as_fields(self, role: str) -> list[Field]:
        """Return sections of their own ("## Date", "## Deciders") as fields."""
        out = []
        for i in self.outline.with_role(role):
            part = self.outline.parts[i]
            texts = [text for text, _ in pieces(part.blocks)]
            if texts and i != self.outline.title_index:
                out.append(Field(role, plain(part.title), "\n".join(texts), self.outline.span(i), "heading"))
        return out

    def status_lines(self) -> list[str]:
        """Return all lines of the status sections, those in inner parts without a role of their own included."""
        out: list[str] = []
        for i in self.outline.with_role("status"):
            for k in self.outline.subtree(i):
                part = self.outline.parts[k]
                if k == i or part.role is None:
                    out += [part.inline, *lines_of(part)]
        return [line for line in out if line]


def lines_of(part: Part) -> list[str]:
    """Return a part's text line by line: paragraphs, list items, cells; quotes and code never count."""
    lines: list[str] = []
    for block in part.blocks:
        if isinstance(block, Paragraph):
            lines += [line for line in block.text.split("\n") if line.strip()]
        elif isinstance(block, ListBlock):
            lines += [text for item in block.items for text, _ in pieces(item.blocks)]
        else:
            lines += [text for text, _ in pieces([block])]
    return lines


def how_read(part: Part) -> str:
    """Return how a part was recognised, in words."""
    return f'heading "{plain(part.title)}"'


def how_found(found: Field) -> str:
    """Return how a field was recognised, in words."""
    return f"{found.how} `{found.key}`"
