"""Which other records a record names: successors, predecessors, and plain links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from onrecord.markdown import Block, Document, ListBlock, Paragraph, Quote, Span, Table, plain
from onrecord.markdown.engine import engine
from onrecord.markdown.simple import simple_links
from onrecord.record.model import Mark
from onrecord.record.nothing import says_none
from onrecord.record.vocabulary import Vocabulary, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)")
_NAME = r"(?:\[[^\]]{0,300}\]\([^)]{0,2000}\)|\[\[[^\]]{1,300}\]\]|(?:ADR|DR|AD|RFC|PDR|KEP)[-_ #]{0,9}(?:\[)?\d+|#?\d{1,4}(?:[-\w.]{1,255}\.md)?|[\w./-]{1,255}\.mdx?)"
_BY = re.compile(
    rf"(?:super[cs]ee?d+ed|replaced|obsoleted|overridden|reverted|ersetzt|abgelöst|remplacée?|reemplazad[oa]|sustituid[oa]|substituíd[oa]|"
    rf"sostituit[oa]|vervangen|zastąpion[eya]|заменен[оаы]?|заменён)\s+(?:by|with|in|durch|par|por|da|door|przez|на)\s*:?\s*(?:the |new |our )*(?P<what>{_NAME}(?:\s*(?:,|and|&)\s*{_NAME})*)",
    re.IGNORECASE,
)
_IN_FAVOR = re.compile(
    rf"(?:deprecated|retired|replaced|withdrawn|rejected|closed)\s+in\s+favou?r\s+of\s+(?P<what>{_NAME})", re.IGNORECASE
)
_OF = re.compile(
    rf"(?<!\bis )\b(?:super[cs]ee?des?|supercedes|replaces|superseding|replacing|obsoletes|ersetzt|remplace|reemplaza a?|substitui|sostituisce|vervangt|zastępuje|заменяет)\s*:?\s*(?:the |our |decision |in )*(?:[\w '-]{{3,60}} (?:described|defined|introduced|specified|decided|proposed) (?:in|by) )?(?P<what>{_NAME}(?:\s*(?:,|and|&)\s*{_NAME})*)",
    re.IGNORECASE,
)
_AMENDS = re.compile(
    rf"\b(?:amends|extends|clarifies)\s*:?\s*(?P<what>{_NAME}(?:\s*(?:,|and|&)\s*{_NAME})*)", re.IGNORECASE
)
_SPLIT = re.compile(rf"{_NAME}", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//|^#", re.IGNORECASE)
_RECORD_NAME = re.compile(r"\b(?:ADR|DR|RFC|AD)[-_ #]*\d|\.mdx?\b|/adrs?/", re.IGNORECASE)


def read_references(value: Any, vocabulary: Vocabulary) -> list[str]:
    """Return the records a field names: link targets, file names, or words such as "ADR-0004"."""
    if isinstance(value, list):
        return [name for item in value for name in read_references(item, vocabulary)]
    if isinstance(value, dict):
        return [name for key, item in value.items() for name in (read_references(item, vocabulary) or [str(key)])]
    text = str(value) if value is not None and not isinstance(value, bool) else ""
    if fold(plain(text)) in vocabulary.absent or fold(plain(text)) in vocabulary.placeholders or "{" in text:
        return []
    found = [_target(match[0]) for match in _SPLIT.finditer(text)]
    if not found and 0 < len(plain(text).split()) <= 12 and not says_none(plain(text), vocabulary):
        found = [plain(text)]
    return [name for name in found if any(ch.isalnum() for ch in name)]


def superseded_by_in(text: str) -> list[str]:
    """Return the successors a text names ("Superseded by [ADR 7](/adr/7)")."""
    matches = [*_BY.finditer(text), *_IN_FAVOR.finditer(text)]
    return [_target(m[0]) for match in matches for m in _SPLIT.finditer(match["what"])]


def supersedes_in(text: str) -> list[str]:
    """Return the predecessors a text names ("Supersedes ADR-0003")."""
    return [_target(m[0]) for match in _OF.finditer(text) for m in _SPLIT.finditer(match["what"])]


def amends_in(text: str) -> list[str]:
    """Return the records a text says it amends."""
    return [_target(m[0]) for match in _AMENDS.finditer(text) for m in _SPLIT.finditer(match["what"])]


def names_a_record(reference: str) -> bool:
    """Tell whether a reference found in prose clearly means a record ("ADR 18", a Markdown file)."""
    return bool(_RECORD_NAME.search(reference))


def _target(text: str) -> str:
    match = _LINK.search(text)
    return match["target"] if match else plain(text).strip(" .[]")


def local_links(document: Document) -> list[Mark]:
    """Return the links to files of the repository, as written but unquoted, with their places."""
    found: list[Mark] = []
    for section in document.sections:
        for block in section.blocks:
            _links_in(block, found)
    return found


def _links_in(block: Block, found: list[Mark]) -> None:
    if isinstance(block, Paragraph):
        _links_of(block.text, block.span, found)
    elif isinstance(block, ListBlock):
        for item in block.items:
            for inner in item.blocks:
                _links_in(inner, found)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            _links_in(inner, found)
    elif isinstance(block, Table):
        for row, span in zip((block.header, *block.rows), block.spans, strict=False):
            for cell in row:
                _links_of(cell, span, found)


def _links_of(source: str, span: Span, found: list[Mark]) -> None:
    if "](" not in source:
        return
    links = simple_links(source)
    for target, before in _parsed_links(source) if links is None else links:
        if target and not _SCHEME.match(target):
            line = min(span.start + before, span.end)
            found.append(Mark(target, Span(line, line)))


def _parsed_links(source: str) -> Iterator[tuple[str, int]]:
    """Yield what `simple_links` returns, of any text."""
    before = 0
    for token in engine().parseInline(source)[0].children or ():
        if token.type in ("softbreak", "hardbreak"):
            before += 1
        elif token.type == "link_open":
            yield unquote(str(token.attrs.get("href", ""))), before
