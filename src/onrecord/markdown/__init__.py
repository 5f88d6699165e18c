"""Text to `Document`: front matter, sections, lists, tables and comments, each with its span; never raises."""

from onrecord.lazily import TYPE_CHECKING, opener
from onrecord.markdown.later import document_later
from onrecord.markdown.model import (
    Block,
    Code,
    Comment,
    Document,
    FrontMatter,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Problem,
    Quote,
    Rule,
    Section,
    Span,
    Table,
)
from onrecord.markdown.plain import plain, visible_text

if TYPE_CHECKING:
    from onrecord.markdown.parse import parse_document, parse_part

__getattr__ = opener(__name__, {"parse_document": "parse", "parse_part": "parse"})

__all__ = [
    "Block",
    "Code",
    "Comment",
    "Document",
    "FrontMatter",
    "Html",
    "Item",
    "ListBlock",
    "Paragraph",
    "Problem",
    "Quote",
    "Rule",
    "Section",
    "Span",
    "Table",
    "document_later",
    "parse_document",
    "parse_part",
    "plain",
    "visible_text",
]
