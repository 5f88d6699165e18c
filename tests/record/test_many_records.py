"""A file with several records is read in one go, however many they are."""

import sys
from types import FrameType
from typing import Any

import pytest

from onrecord.markdown import Span, parse_document
from onrecord.record import read_records
from onrecord.record.vocabulary import shipped

COMPLETE = "# {n}. Keep parcels\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep number {n}.\n\n"
BARE = "# {n}. Keep parcels\n"


def calls_to_read(text: str) -> int:
    """Return how many functions of ours, and of the parser's, are called; of C's, none is counted."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    document = parse_document(text)
    sys.setprofile(count)
    try:
        read_records(document, "docs/decisions.md", shipped())
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("form", [COMPLETE, BARE])
def test_twice_the_records_are_twice_the_work(form: str) -> None:
    few, many = ("".join(form.format(n=n) for n in range(1, size + 1)) for size in (60, 120))
    calls_to_read(few)
    assert calls_to_read(many) <= 2.1 * calls_to_read(few)


def test_each_part_has_its_own_lines_and_the_places_of_the_whole() -> None:
    text = "Decisions so far.\n\n" + COMPLETE.format(n=1) + COMPLETE.format(n=2)
    first, second = read_records(parse_document(text), "docs/decisions.md", shipped())
    assert (first.span, second.span) == (Span(3, 12), Span(13, len(text.split("\n"))))
    assert [one.slots["decision"].span for one in (first, second)] == [Span(11, 12), Span(21, 23)]
    assert second.decision is not None
    assert second.decision.text == "We keep number 2."
