"""index-stale: where it speaks, and that what it suggests is the whole of what is needed."""

from dataclasses import replace

import pytest

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Around, Finding, Policy, ReadFile, check
from onrecord.check.schema import SchemaJudge
from onrecord.record.vocabulary import shipped
from onrecord.rules.index_stale import _MOST_MISSING

INDEX = "docs/adr/README.md"
LIST = "# Decisions\n\n<!-- onrecord:index -->\n{}\n<!-- /onrecord:index -->\n"
RECORD = "# {0}. Keep it {0}\n\n## Status\n\nAccepted\n\n## Context\n\nInvoices.\n\n## Decision\n\nWe keep them.\n"
ROWS = [f"- [Keep it {number}](000{number}-keep.md)" for number in (1, 2, 3)]


def read(path: str, text: str) -> ReadFile:
    return read_as_records(decode(text.encode()), path, path, shipped())[0]


RECORDS = [read(f"docs/adr/000{number}-keep.md", RECORD.format(number)) for number in (1, 2, 3)]


def findings(files: list[ReadFile], others: list[ReadFile], folders: tuple[str, ...] = ("",)) -> list[Finding]:
    policy = Policy(SchemaJudge(schema("decision-record")), select=frozenset(("index-stale",)))
    paths = {file.record.path for file in (*files, *others)}
    around = Around(tuple(others), folders)
    return list(check(files, policy, "2026-06-01", paths.__contains__, around=around).findings)


def index(*rows: str) -> ReadFile:
    return read(INDEX, LIST.format("\n".join(rows)))


@pytest.mark.parametrize(
    "rows", [(), ROWS[:1], ROWS[1:], ROWS[::2], [ROWS[0], "- [Keep it 9](0009-keep.md)", *ROWS[1:]]]
)
def test_a_suggestion_makes_the_list_right(rows: list[str]) -> None:
    stale = index(*rows)
    (found,) = findings([stale, *RECORDS], [])
    assert found.location.path == INDEX
    assert found.suggestion is not None
    mended = read(INDEX, "\n".join(found.suggestion.apply(stale.document.lines)))
    head, end = LIST.split("{}")
    text = "\n".join(mended.document.lines)
    assert text.startswith(head)
    assert text.endswith(end)
    assert len(rows) == 0 or text == LIST.format("\n".join(ROWS))
    assert findings([mended, *RECORDS], []) == []


def test_a_suggestion_is_no_longer_than_what_differs() -> None:
    (found,) = findings([index(ROWS[0], "- [Send all mails](0002-keep.md)", ROWS[2]), *RECORDS], [])
    assert found.suggestion is not None
    assert (found.suggestion.lines, tuple(found.suggestion.span)) == ((ROWS[1],), (5, 5))


def test_it_names_the_first_differences() -> None:
    (found,) = findings([index("- [Send all mails](0001-keep.md)"), *RECORDS], [])
    assert found.message == "the list differs from the records: outdated title of 0001, missing 0002, missing 0003"


def test_a_checked_record_that_is_not_listed_is_told_so() -> None:
    stale = index(*ROWS[:2])
    (found,) = findings([RECORDS[2]], [stale, *RECORDS[:2]])
    assert (found.location.path, found.message) == ("docs/adr/0003-keep.md", f"{INDEX} does not list it")
    assert findings([RECORDS[0]], [stale, *RECORDS[1:]]) == []


@pytest.mark.parametrize("folders", [(), ("docs/adr/old",), ("src",)])
def test_it_is_silent_where_not_all_was_read(folders: tuple[str, ...]) -> None:
    assert findings([index(*ROWS), *RECORDS[:1]], [], folders) == []
    assert findings([index(*ROWS[:1]), *RECORDS], [], folders) == []


def test_markers_that_cannot_be_followed_are_no_finding() -> None:
    assert findings([read(INDEX, "# Decisions\n\n<!-- onrecord:index -->\n"), *RECORDS], []) == []


def test_a_list_that_lacks_thousands_is_told_and_not_written() -> None:
    """Each record it lacks would carry the whole list as its correction; “onrecord index --fix” writes it."""
    many = [
        ReadFile(RECORDS[0].document, replace(RECORDS[0].record, path=f"docs/adr/{n:04}-keep.md", number=str(n)))
        for n in range(1, _MOST_MISSING + 3)
    ]
    for lacking, is_written in ((_MOST_MISSING + 1, False), (_MOST_MISSING, True)):
        (found,) = findings([index(ROWS[0]), *many[: lacking + 1]], [])
        assert f"missing 0002, missing 0003, missing 0004, and {lacking - 3} more" in found.message
        assert (found.suggestion is not None, found.fix is not None) == (
            False,
            is_written,
        )  # a suggestion of that length nobody reads
