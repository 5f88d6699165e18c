"""The next free number is written as the others are."""

import pytest

from onrecord.log import next_number
from onrecord.log.numbering import next_beginning
from onrecord.record import DecisionRecord


@pytest.mark.parametrize(
    ("paths", "taken", "expected"),
    [
        (["docs/adr/0001-a.md", "docs/adr/0012-b.md"], [], "0013"),
        (["docs/adr/0001-a.md"], ["docs/adr/0002-b.md", "docs/adr/0005-c.txt"], "0006"),
        (["docs/adr/0001-a.md"], ["other/adr/0009-b.md", "docs/adr/API-0008-c.md"], "0002"),
        (["adr/ADR-007-a.md", "adr/ADR-008-b.md", "adr/0100-c.md"], [], "009"),
        (["1-a.md", "9-b.md"], [], "10"),
        (["adr/0999-a.md"], [], "1000"),
        (["adr/2026-03-01-a.md", "adr/use-redis.md"], [], None),
        ([], ["adr/0001-a.md"], None),
    ],
)
def test_it_counts_on_in_the_usual_folder_and_series(paths: list[str], taken: list[str], expected: str | None) -> None:
    assert next_number([DecisionRecord(path=path) for path in paths], taken) == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["docs/adr/0001-a.md", "docs/adr/0012-b.md"], "0013"),
        (["docs/adr-001-a.md", "docs/adr-027-b.md", "docs/0100-c.md"], "adr-028"),
        (["adr/ADR-007-a.md", "adr/ADR-008-b.md", "adr/adr-009-c.md"], "ADR-010"),
        (["adr/2026-03-01-a.md", "adr/use-redis.md"], ""),
        ([], ""),
    ],
)
def test_the_next_name_begins_as_the_others_do(paths: list[str], expected: str) -> None:
    assert next_beginning(DecisionRecord(path=path) for path in paths) == expected
