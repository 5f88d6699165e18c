"""Set the status of a record where it stands, in whatever coat it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.edit.model import Edit
from onrecord.record.edit.verify import draft_of
from onrecord.record.status import read_status
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.markdown import Document
    from onrecord.record.edit.verify import Draft
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

BY_STATUS = frozenset(("status", "superseded_by", "supersedes", "amends", "partly"))


def set_status(
    record: DecisionRecord, document: Document, text: str, vocabulary: Vocabulary | None = None
) -> Edit | None:
    """Return the edit after which the status reads `text` (one line of Markdown), and all else what it did.

    None when that is not certain: there is no status, or two, or one that says more than a single known word.
    """
    draft = draft_of(record, document, vocabulary)
    return status_edit(draft, text) if draft else None


def status_edit(draft: Draft, text: str) -> Edit | None:
    """Return the edit of `set_status` for a record that was read already."""
    old, wanted = draft.record.status, read_status(text, draft.vocabulary).status
    if old is None or wanted is None or not is_bare(draft) or "\n" in text:
        return None
    for edit, after in draft.try_edits(_candidates(draft, old.text, text), BY_STATUS):
        kept = all(name in getattr(after, field) for field in BY_RELATION for name in getattr(draft.record, field))
        if after.status == wanted and kept:
            return edit
    return None


BY_RELATION = ("superseded_by", "supersedes", "amends")


def is_bare(draft: Draft) -> bool:
    """Tell whether the record has one status, and that is one known word and nothing else."""
    status, reading = draft.record.status, draft.reading
    if status is None or fold(status.text) not in draft.vocabulary.statuses:
        return False
    sections = [i for i in reading.outline.with_role("status") if not reading.outline.parts[i].inline]
    fields = [field for field in reading.values("status") if str(field.value or "").strip()]
    return len(sections) + len(fields) == 1


def cased_like(text: str, model: str) -> str:
    """Return a text that begins with a small letter where the model does."""
    return text[:1].lower() + text[1:] if model[:1].islower() else text


def _candidates(draft: Draft, old: str, new: str) -> Iterator[Edit]:
    slot, lines = draft.record.slots["status"], draft.document.lines
    if slot.span is None:
        return
    matter = draft.document.front_matter
    for number in range(slot.span.start, min(slot.span.end, len(lines)) + 1):
        line = lines[number - 1]
        in_matter = matter is not None and matter.span.start <= number <= matter.span.end
        begin = line.find(":") + 1 if in_matter else 0
        found = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)").search(line, begin)
        if not found:
            continue
        head, tail = line[: found.start()], line[found.end() :]
        quoted = in_matter and re.search(r"[\"']$", head)
        shown = (new, '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"') if in_matter and not quoted else (new,)
        for one in shown:
            yield Edit(draft.record.path, Span(number, number), (f"{head}{one}{tail}",))
