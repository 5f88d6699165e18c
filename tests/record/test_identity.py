"""Which record is this: the number in a path or heading, and the words behind it."""

import pytest

from onrecord.record.identity import is_generic, number_in_path, read_heading


@pytest.mark.parametrize(
    ("source", "number", "title"),
    [
        ("1. Use PostgreSQL", "1", "Use PostgreSQL"),
        ("0012 - Use PostgreSQL", "12", "Use PostgreSQL"),
        ("0012 Use PostgreSQL", "12", "Use PostgreSQL"),
        ("0043: Risk fields", "43", "Risk fields"),
        ("5) Use PostgreSQL", "5", "Use PostgreSQL"),
        ("ADR-0012: Use PostgreSQL", "12", "Use PostgreSQL"),
        ("ADR 068: Batch header sync", "68", "Batch header sync"),
        ("ADR #004: Use PostgreSQL", "4", "Use PostgreSQL"),
        ("ADR031: Page the duty engineer", "31", "Page the duty engineer"),
        ("[ADR-7] Use PostgreSQL", "7", "Use PostgreSQL"),
        ("ADR-7 – Use PostgreSQL", "7", "Use PostgreSQL"),
        ("ADR Nr. 002: PostgreSQL verwenden", "2", "PostgreSQL verwenden"),
        ("Nr. 002 PostgreSQL verwenden", "2", "PostgreSQL verwenden"),
        ("Architecture Decision Record 12: Use PostgreSQL", "12", "Use PostgreSQL"),
        ("Decision 3: Use PostgreSQL", "3", "Use PostgreSQL"),
        ("RFC 0043: Risk fields", "43", "Risk fields"),
        ("KEP-117: Drain before restart", "117", "Drain before restart"),
        ("API-011: State store parity", "API-011", "State store parity"),
        ("ADR-L-0016: Plan queries", "L-0016", "Plan queries"),
        ("1.1. Use PostgreSQL", None, "1.1. Use PostgreSQL"),
        ("12.3 Use PostgreSQL", None, "12.3 Use PostgreSQL"),
        ("ADR: Use PostgreSQL", None, "Use PostgreSQL"),
        ("ADR-0005: Keep photos {#adr_0005}", "5", "Keep photos"),
        ("**ADR-0012**: Use `pg_dump`", "12", "Use pg_dump"),
        ("📜 ADR-0012: Use PostgreSQL", "12", "Use PostgreSQL"),
        ("Use PostgreSQL", None, "Use PostgreSQL"),
        ("Use PostgreSQL 16", None, "Use PostgreSQL 16"),
        ("3D models are stored as glTF", None, "3D models are stored as glTF"),
        ("2024 roadmap for storage", None, "2024 roadmap for storage"),
        ("Adrenaline mode for batch jobs", None, "Adrenaline mode for batch jobs"),
        ("HTTP/2 at the edge", None, "HTTP/2 at the edge"),
        ("", None, None),
    ],
)
def test_a_heading_is_split(source: str, number: str | None, title: str | None) -> None:
    assert tuple(read_heading(source)) == (number, title)


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("docs/adr/0012-use-postgresql.md", "12"),
        ("docs/adr/12.md", "12"),
        ("docs/adr/adr-0012.md", "12"),
        ("docs/adr/ADR012-use-postgresql.MD", "12"),
        ("docs/adr/adr_012_use_postgresql.md", "12"),
        ("docs/adr/ADR 12 use postgresql.md", "12"),
        ("docs/adr/0012 Use PostgreSQL.md", "12"),
        ("docs/adr/0000-template.md", "0"),
        ("docs/adr/0007-x.html.md", "7"),
        ("docs/adr/0007-x.v1.md", "7"),
        ("docs/adr/0007.v2.md", "7"),
        ("docs/adr/0007-x.mdx", "7"),
        ("docs/adr/0010-更友好的-cli.md", "10"),
        ("DR007-form-first.MD", "7"),
        ("rfcs/text/1066-stable-timer-ids.md", "1066"),
        ("docs/api/API-011-state-store.md", "API-011"),
        ("docs/adr/LEGAL-001-cookies.md", "LEGAL-001"),
        ("docs/operator/ODH-ADR-Operator-0005-limits.md", "Operator-0005"),
        ("docs/adr/ADR-L-0016-plan-queries.md", "L-0016"),
        ("docs/adr/0012-use-postgresql/README.md", "12"),
        ("docs/adr/0012/index.md", "12"),
        ("docs/adr/2022-08-02_020-handling-time.md", "20"),
        ("docs/adr/20230412-use-vitest.md", None),
        ("docs/adr/20240603162604-mock-calls.md", None),
        ("docs/adr/2024-10-04_retire-agreements/README.md", None),
        ("docs/adr/2024-10-04-retire-agreements.md", None),
        ("docs/adr/retire-agreements-2024-10-04.md", None),
        ("docs/adr/adr-2024-10-04.md", None),
        ("docs/adr/talk_2024_10_04_agreements.md", None),
        ("docs/adr/adr-2024-10-04-012-agreements.md", "12"),
        ("docs/adr/LEGAL-2024-99-99.md", "LEGAL-2024"),
        ("docs/adr/README.md", None),
        ("docs/adr/use-postgresql.md", None),
        ("docs/adr/use-http-2-at-the-edge.md", None),
        ("docs/adr/utf-8-everywhere.md", None),
        ("docs/2024/notes.md", None),
    ],
)
def test_a_path_gives_the_number(path: str, number: str | None) -> None:
    assert number_in_path(path) == number


@pytest.mark.parametrize(
    ("title", "generic"),
    [
        ("Architecture Decision Record", True),
        ("Architecture Decision Record (ADR)", True),
        ("ADR", True),
        ("Title", True),
        ("Titre", True),
        ("Record architecture decisions", False),
        ("Use PostgreSQL", False),
    ],
)
def test_a_title_that_names_only_the_kind_of_page(title: str, generic: bool) -> None:
    assert is_generic(title) is generic
