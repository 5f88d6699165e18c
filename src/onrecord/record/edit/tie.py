"""Ties between two records, each side in its own way: replaced wholly or in part, amended, related."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from onrecord.markdown import ListBlock, Span
from onrecord.record.edit.model import Edit
from onrecord.record.edit.relation import add_relation, below_status, beside_status, into_field
from onrecord.record.edit.state import cased, status_places
from onrecord.record.edit.text import edit_text
from onrecord.record.header import Field
from onrecord.record.relations import read_references
from onrecord.record.vocabulary import fold, strip_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record.edit.page import Page
    from onrecord.record.edit.verify import Draft
    from onrecord.record.model import DecisionRecord

Tie: TypeAlias = Literal["supersedes", "superseded_by", "amends", "amended_by", "relates_to"]
WORDS: dict[Tie, str] = {
    "supersedes": "Supersedes",
    "superseded_by": "Superseded by",
    "amends": "Amends",
    "amended_by": "Amended by",
    "relates_to": "Relates to",
}
_PARTLY: dict[str, str] = {"supersedes": "Partly supersedes", "superseded_by": "Partly superseded by"}


def write_tie(page: Page, tie: Tie, reference: str, words: str = "", partly: bool = False) -> Page | None:
    """Return the page with one more tie to a record, named as in `reference`; None without a certain place for it.

    `words` stand before it where the record has no field for it ("Replaced by"). The parser reads no field for
    "amended by": there the reference is written, and nothing else reads otherwise.
    """
    draft = page.draft()
    if partly or tie in ("amended_by", "relates_to"):
        return _write_line(page, draft, tie, reference, partly)
    edit = add_relation(draft.record, draft.document, tie, reference, page.vocabulary, words)  # type: ignore[arg-type]
    if edit and not (tie == "superseded_by" and "accepted" in _left_over(page.edited(edit))):
        return page.edited(edit)
    other = _write_by_place(page, draft, tie, reference, words or WORDS[tie])
    return other or (page.edited(edit) if edit else None)


def _left_over(page: Page) -> list[str]:
    """Return the known status words that still stand in the places of a status."""
    draft = page.draft()
    words = (draft.vocabulary.statuses.get(fold(strip_symbols(line))) for line in draft.reading.status_lines())
    return [word for word in words if word]


def _write_by_place(page: Page, draft: Draft, tie: Tie, reference: str, words: str) -> Page | None:
    """Write into a status that stands in two places, or that has a symbol before its word."""
    places = status_places(draft)
    if tie != "superseded_by":
        return _write_line(page, draft, tie, reference, partly=False)
    names, path = read_references(reference, page.vocabulary), page.path
    before = draft.record.superseded_by
    if not places or draft.record.status is None or draft.record.status.value not in ("accepted", "superseded"):
        return None
    said = next((place for place in places if place.in_section), places[0])
    edits = [
        place.with_text(path, cased(f"{words} {reference}" if place is said else "Superseded", place.text))
        for place in places
    ]

    def is_meant(after: DecisionRecord) -> bool:
        is_over = after.status is not None and after.status.value == "superseded"
        return is_over and after.superseded_by == list(dict.fromkeys((*before, *names)))

    return page.first_sound([edit_text(page.text, edits)], ("status", "superseded_by"), is_meant)


def _write_line(page: Page, draft: Draft, tie: Tie, reference: str, partly: bool) -> Page | None:
    names = read_references(reference, page.vocabulary)
    before = draft.record

    def is_meant(after: DecisionRecord) -> bool:
        if tie == "amended_by":
            return True
        wanted = {*getattr(before, tie), *names}
        return set(getattr(after, tie)) == wanted and (not partly or set(names) <= set(after.partly))

    words = _PARTLY[tie] if partly else WORDS[tie]
    texts = (edit_text(page.text, (edit,)) for edit in _places(draft, tie, words, reference, partly))
    return page.first_sound(texts, (tie, "partly") if partly else (tie,), is_meant)


def _places(draft: Draft, tie: Tie, words: str, reference: str, partly: bool) -> Iterator[Edit]:
    fields = [f for f in draft.reading.values(tie) if f.how in ("front matter", "line", "bullet")]
    if tie == "amended_by":
        fields = list(_amended_by(draft))
    for field in fields if not partly else ():
        yield from into_field(draft, field, reference)
    sections = [i for i in draft.reading.outline.with_role("status") if not draft.reading.outline.parts[i].inline]
    beside = [f for f in draft.reading.values("status") if str(f.value or "").strip()]
    colon = ":" if tie == "relates_to" else ""
    agree = len(status_places(draft)) > 1
    if (
        len(sections) == 1
        and (agree or not beside)
        and (edit := below_status(draft, sections[0], f"{words}{colon} {reference}"))
    ):
        yield edit
    if len(beside) == 1 and not sections and not (partly and beside[0].how == "front matter"):
        yield from beside_status(draft, beside[0], words, reference)
    yield from _into_links(draft, tie, f"{words}{colon} {reference}")
    title = draft.reading.outline.title_index
    if partly and title is not None:
        at = draft.reading.outline.parts[title].span.end
        yield Edit(draft.record.path, Span(at + 1, at), ("", f"*{words} {reference}.*"))


def _amended_by(draft: Draft) -> Iterator[Field]:
    """Give the key of the front matter that names what amends the record; the reader has no field for it."""
    matter, lines = draft.document.front_matter, draft.document.lines
    for number in range(matter.span.start + 1, matter.span.end) if matter and matter.kind == "yaml" else ():
        if found := re.match(r"(amended[-_ ]by)[ \t]*:[ \t]*(.*)", lines[number - 1], re.IGNORECASE):
            is_list = not found[2] and re.match(r"[ \t]*-[ \t]", lines[number])
            yield Field("amended_by", found[1], found[2], Span(number, number + bool(is_list)), "front matter")


def _into_links(draft: Draft, tie: Tie, text: str) -> Iterator[Edit]:
    """Lengthen the list of links at the end of a record."""
    lines, outline = draft.document.lines, draft.reading.outline
    for i in outline.with_role("more_information", "relates_to") if tie == "amended_by" else ():
        block = outline.parts[i].blocks[-1] if outline.parts[i].blocks else None
        marker = (
            re.match(r"\s*[-*+]\s+", lines[block.items[-1].span.start - 1]) if isinstance(block, ListBlock) else None
        )
        if block and marker:
            end = block.span.end
            while end > block.span.start and not lines[end - 1].strip():
                end -= 1
            yield Edit(draft.record.path, Span(end + 1, end), (f"{marker[0]}{text}",))
