"""A record's text that is to be edited, and the one rule for all edits: read again, only what was meant reads otherwise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.record.edit.text import edit_text
from onrecord.record.edit.verify import KEPT, compared, draft_of, parsed, read_text
from onrecord.record.read.several import split_records

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from onrecord.markdown import Document
    from onrecord.record.edit.model import Edit
    from onrecord.record.edit.verify import Draft
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary


class Refused(Exception):
    """An edit is not made; the message says why, and what would help, for people."""


class Page(NamedTuple):
    """A record as it stands in its file: path in the repository, text (without a mark of order), the words it is read in."""

    path: str
    text: str
    vocabulary: Vocabulary

    def document(self) -> Document:
        """Return the text as sections and blocks."""
        return parsed(self.text)

    def record(self) -> DecisionRecord:
        """Return what is read from it."""
        return read_text(self.text, self.path, self.vocabulary)

    def draft(self) -> Draft:
        """Return it ready for edits; raises Refused when it cannot be edited for certain."""
        return _draft(self)

    def edited(self, edit: Edit) -> Page:
        """Return the page with one edit in it."""
        return self._replace(text=edit_text(self.text, (edit,)))

    def first_sound(
        self, texts: Iterable[str], may_change: Collection[str], is_meant: Callable[[DecisionRecord], bool]
    ) -> Page | None:
        """Return the page with the first of these texts that reads as is meant, and in all else as it did."""
        before, problems = self._facts(may_change), _problems(self.record())
        for text in texts:
            other = self._replace(text=text)
            record = other.record()
            if is_meant(record) and other._facts(may_change) == before and _problems(record) <= problems:
                return other
        return None

    def _facts(self, without: Collection[str]) -> dict[str, object]:
        return {name: value for name, value in _facts(self).items() if name not in without}


@lru_cache(maxsize=KEPT)
def _facts(page: Page) -> dict[str, object]:
    return compared(page.record())


@lru_cache(maxsize=KEPT)
def _draft(page: Page) -> Draft:
    document, record = page.document(), page.record()
    if several := split_records(document, page.vocabulary):
        raise Refused(f"it holds {len(several)} records, and which of them is meant cannot be told by its name")
    if record.kind != "record":
        raise Refused(f"it is not a record ({record.reason})")
    draft = draft_of(record, document, page.vocabulary, again=record)
    if draft is None:
        raise Refused("its front matter cannot be read for certain; “onrecord check” shows the place")
    return draft


def _problems(record: DecisionRecord) -> set[str]:
    return {problem.code for problem in record.problems}
