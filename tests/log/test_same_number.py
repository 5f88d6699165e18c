"""Numbers are taken once in a series; variants and translations of one record are one."""

import itertools

import pytest

from onrecord.log import same_number
from onrecord.log.numbering import numbers_beside
from onrecord.record import DecisionRecord


def groups(*paths: str) -> list[list[str]]:
    records = [record(path) for path in paths]
    return [[r.path for r in group] for group in same_number(records)]


def record(path: str, number: str | None = "7", kind: str = "record") -> DecisionRecord:
    return DecisionRecord(path=path, kind=kind, number=number)  # type: ignore[arg-type]


def test_two_records_with_one_number() -> None:
    assert groups("docs/adr/0007-b.md", "docs/adr/0007-a.md") == [["docs/adr/0007-a.md", "docs/adr/0007-b.md"]]


def test_behind_a_date() -> None:
    assert groups("adr/2026-01-02_007-a.md", "adr/2026-03-04_007-b.md", "adr/20260506-007-c.md") == [
        ["adr/2026-01-02_007-a.md", "adr/2026-03-04_007-b.md", "adr/20260506-007-c.md"]
    ]


def test_folders_of_records() -> None:
    assert groups("adr/0007-b/README.md", "adr/0007-a.md", "adr/0008-c/index.md", "adr/0007-d/notes.md") == [
        ["adr/0007-a.md", "adr/0007-b/README.md"]
    ]


def test_three_are_one_group() -> None:
    assert groups("adr/7-c.md", "adr/7-a.md", "adr/7-b.md") == [["adr/7-a.md", "adr/7-b.md", "adr/7-c.md"]]


def test_two_groups() -> None:
    found = groups("adr/0001-a.md", "adr/0001-b.md", "adr/0002-a.md", "adr/0002-b.md", "adr/0003-a.md")
    assert found == [["adr/0001-a.md", "adr/0001-b.md"], ["adr/0002-a.md", "adr/0002-b.md"]]


@pytest.mark.parametrize(
    "paths",
    [
        ("docs/adr/0007-a.md", "web/adr/0007-b.md"),
        ("adr/0007-a.md", "adr/0008-b.md"),
        ("adr/adr-0007-a.md", "adr/rfc-0007-b.md"),
        ("adr/0007-a.md", "adr/007-b.md"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis.de.md"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis.pt-BR.md"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis-old.md"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis-v2.md"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis.mdx"),
        ("adr/0007-use-redis.md", "adr/0007-use-redis/README.md"),
        ("adr/0007-a/README.md", "adr/0008-b/README.md"),
        ("adr/a.md", "adr/b.md"),
        ("adr/2026-01-02_007-a.md", "adr/2026-01-02_008-b.md"),
        ("adr/2026-01-02-a.md", "adr/2026-01-02-b.md"),
        (),
    ],
)
def test_what_is_not_the_same(paths: tuple[str, ...]) -> None:
    assert groups(*paths) == []


@pytest.mark.parametrize(
    "paths",
    [("adr/ADR-0007-a.md", "adr/adr-0007-b.md"), ("adr/0007-a.md", "adr/0007_b.md"), ("adr/0007.md", "adr/0007-b.md")],
)
def test_what_is_the_same(paths: tuple[str, str]) -> None:
    assert groups(*paths) == [sorted(paths)]


def test_two_letters_at_the_end_are_not_always_a_language() -> None:
    assert groups("adr/0007-redis.md", "adr/0007-postgres-db.md") == [["adr/0007-postgres-db.md", "adr/0007-redis.md"]]


def test_what_is_no_record_takes_no_number() -> None:
    records = [record("adr/0007-a.md"), record("adr/0007-b.md", kind="not-a-record"), record("adr/0007-c.md", None)]
    assert same_number(records) == []


def test_the_order_given_does_not_matter() -> None:
    paths = ["adr/0007-a.md", "adr/0007-b.md", "adr/0007-b-old.md", "adr/0008-a.md"]
    found = {str(groups(*order)) for order in itertools.permutations(paths)}
    assert len(found) == 1
    assert "0008" not in found.pop()


@pytest.mark.parametrize("more", [0, 20])
def test_beside_files_by_names_alone(more: int) -> None:
    """What has one number by its name alone; a page of its folder, a translation and another padding have not."""
    also = [f"01{i:02}-c.md" for i in range(more)]  # of many, another way is quicker
    others = {"0007-b.md": True, "0007-a.de.md": False, "7-b.md": False, "00071-b.md": False, "README.md": False}
    for name, expected in others.items():
        assert numbers_beside("adr", ["0007-a.md", *also], [name, "0200-d.md"]) == (
            {"adr/0007-a.md"} if expected else set()
        )
        assert bool(numbers_beside("", ["0007-a.md", *also], [name])) is expected
    assert numbers_beside("adr", ["2026-01-02_007-a.md", *also], ["2026-03-04_007-b.md"])
    assert not numbers_beside("adr", ["2026-01-02_007-a.md", *also], ["2026-01-02_008-b.md"])
    assert not numbers_beside("adr", ["a.md", *also], ["b.md"])
