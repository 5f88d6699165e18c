"""Files that hold several records, one below the other."""

from textwrap import dedent

from onrecord.markdown import Span, parse_document
from onrecord.record.read import read_records
from onrecord.record.vocabulary import shipped

SEVERAL = dedent(
    """\
    # Decisions

    ## ADR-1: Use PostgreSQL

    **Status:** Accepted

    ### Context

    Tables are joined all day.

    ### Decision

    We use PostgreSQL.

    ## ADR-2: Page by cursor

    **Status:** Proposed

    ### Context

    Page 900 takes six seconds.

    ### Decision

    Lists are paged by cursor.
    """
)


def records_of(text: str, path: str = "docs/decisions.md") -> list[tuple[str | None, str | None, str | None]]:
    found = read_records(parse_document(text), path, shipped())
    return [(r.number, r.title, r.status.value if r.status else None) for r in found]


def test_each_numbered_heading_with_a_decision_is_a_record() -> None:
    assert records_of(SEVERAL) == [("1", "Use PostgreSQL", "accepted"), ("2", "Page by cursor", "proposed")]


def test_each_record_knows_its_lines_in_the_whole_file() -> None:
    first, second = read_records(parse_document(SEVERAL), "docs/decisions.md", shipped())
    assert first.span == Span(3, 14)
    assert second.span.start == 15
    decision = second.slots["decision"].span
    assert decision is not None
    assert decision.start == 25
    assert first.decision is not None
    assert first.decision.text == "We use PostgreSQL."
    assert second.decision is not None
    assert second.decision.text == "Lists are paged by cursor."


def test_one_record_with_numbered_sections_is_one_record() -> None:
    text = "# 7. Page by cursor\n\n## 1. Context\n\nSlow.\n\n## 2. Decision\n\nBy cursor.\n\n## 3. Consequences\n\nNone jumps.\n"
    assert records_of(text, "docs/adr/0007-page.md") == [("7", "Page by cursor", None)]


def test_headings_without_a_decision_of_their_own_are_no_records() -> None:
    text = (
        "# 7. Storage\n\n## Decision\n\nWe use S3.\n\n## ADR-1: Older\n\nSee there.\n\n## ADR-2: Newer\n\nSee there.\n"
    )
    assert [number for number, _, _ in records_of(text, "docs/adr/0007-storage.md")] == ["7"]


def test_a_table_of_contents_with_statuses_is_no_set_of_records() -> None:
    entry = "## ADR-{}: Some title\n\n### Status\n\nAccepted\n\n"
    assert len(records_of("# Log\n\n" + entry.format(1) + entry.format(2))) == 1


def test_the_same_number_twice_is_one_text() -> None:
    assert len(records_of(SEVERAL.replace("ADR-2", "ADR-1"))) == 1


def test_line_ends_do_not_matter() -> None:
    assert records_of(SEVERAL.replace("\n", "\r\n")) == records_of(SEVERAL)
