"""An edit is tried before it is believed: what it was not meant to change has to be as it was."""

import pytest

from onrecord.markdown import Span, parse_document
from onrecord.record import read_record
from onrecord.record.edit.model import Edit
from onrecord.record.edit.page import Page
from onrecord.record.edit.verify import draft_of
from onrecord.record.vocabulary import Vocabulary, shipped

PATH = "docs/adr/0007-keep.md"
TEXT = "# 7. Keep parcels\n\n## Status\n\nProposed\n\n## Decision\n\nWe keep them.\n"
STATUS, TITLE = Edit(PATH, Span(5, 5), ("Accepted",)), Edit(PATH, Span(1, 1), ("# 7. Drop parcels",))
DECISION, NOTHING = Edit(PATH, Span(9, 9), ("We drop them.",)), Edit(PATH, Span(6, 6), ("", ""))
BROKEN = Edit(PATH, Span(1, 1), ("<!-- never closed", "# 7. Keep parcels"))


@pytest.mark.parametrize(
    ("may_change", "kept"),
    [
        (("status",), [STATUS, NOTHING]),
        (("title",), [TITLE, NOTHING]),
        ((), [NOTHING]),
        (("status", "title", "decision"), [STATUS, TITLE, DECISION, NOTHING]),
    ],
)
def test_only_what_may_change_does(may_change: tuple[str, ...], kept: list[Edit]) -> None:
    document = parse_document(TEXT)
    draft = draft_of(read_record(document, PATH, shipped()), document)
    assert draft is not None
    edits = [STATUS, None, TITLE, DECISION, NOTHING, BROKEN]
    tried = list(draft.try_edits(edits, may_change))
    assert [edit for edit, _ in tried] == kept
    for edit, after in tried:
        assert after.title == ("Drop parcels" if edit is TITLE else "Keep parcels")
        assert after.status is not None
        assert after.status.value == ("accepted" if edit is STATUS else "proposed")


def test_a_page_is_edited_in_the_teams_own_words() -> None:
    words = Vocabulary({"terms": {"decision": ["Ruling"]}})
    text = TEXT.replace("## Decision", "## Ruling")
    draft = Page(PATH, text, words).draft()
    assert draft.vocabulary is words
    assert draft.record.decision is not None
    assert draft.record.decision.text == "We keep them."
