"""Why a proposal was rejected, or a record retired: below the status, or under More Information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.edit.model import Edit
from onrecord.record.edit.relation import below_status
from onrecord.record.edit.text import edit_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record.edit.page import Page
    from onrecord.record.edit.verify import Draft

_HEADING = "## More Information"


def write_reason(page: Page, text: str, lead: str) -> Page | None:
    """Return the page with one more paragraph that no other part of the record reads as its own; None without a place.

    `lead` ("Rejected because") stands before it where the status does not: "Rejected: slow" would read as an option.
    """
    draft = page.draft()
    return page.first_sound(
        (edit_text(page.text, (edit,)) for edit in _places(draft, text, f"{lead} {text}")),
        (),
        lambda after: after.kind == "record",
    )


def gives_reason(page: Page, lead: str) -> bool:
    """Tell whether the page says why: below its status, or in a sentence with `lead`."""
    outline = page.draft().reading.outline
    sections = [i for i in outline.with_role("status") if not outline.parts[i].inline]
    return lead.casefold() in page.text.casefold() or any(len(outline.parts[i].blocks) > 1 for i in sections)


def _places(draft: Draft, text: str, whole: str) -> Iterator[Edit]:
    outline, path, lines = draft.reading.outline, draft.record.path, draft.document.lines
    sections = [i for i in outline.with_role("status") if not outline.parts[i].inline]
    if len(sections) == 1 and (edit := below_status(draft, sections[0], text)):
        yield edit
    for i in outline.with_role("more_information")[-1:]:
        end = _end_of_text(lines, max(outline.parts[k].end for k in outline.subtree(i)))
        yield Edit(path, Span(end + 1, end), ("", whole))
    end = _end_of_text(lines, len(lines))
    if not outline.with_role("more_information"):
        yield Edit(path, Span(end + 1, end), ("", _HEADING, "", whole))


def _end_of_text(lines: tuple[str, ...] | list[str], end: int) -> int:
    end = min(end, len(lines))
    while end > 1 and not lines[end - 1].strip():
        end -= 1
    return end
