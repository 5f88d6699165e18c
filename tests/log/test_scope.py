"""Which accepted records govern a touched file: most specific first, none that is about everything."""

from typing import Any

import pytest

from onrecord.log import governing
from onrecord.record import DecisionRecord, Status


def record(path: str, *scope: str, status: str = "accepted", **more: Any) -> DecisionRecord:
    return DecisionRecord(path=path, scope=list(scope), status=Status(status, status), **more)  # type: ignore[arg-type]


def governors(records: list[DecisionRecord], *paths: str, files: list[str] | None = None) -> list[tuple[str, str, str]]:
    return [(found.record.path, found.path, found.glob) for found in governing(records, paths, files)]


def test_a_record_is_shown_once_with_its_most_specific_glob() -> None:
    one = record("1.md", "src/**", "src/billing/*.py", "docs/**")
    assert governors([one], "src/a.py", "src/billing/b.py", "src/billing/c.py") == [
        ("1.md", "src/billing/b.py", "src/billing/*.py")
    ]


def test_the_most_specific_comes_first() -> None:
    records = [record("1.md", "src/**"), record("2.md", "src/billing/render.py"), record("3.md", "src/billing/**")]
    found = governors(records, "src/billing/render.py")
    assert [path for path, _, _ in found] == ["2.md", "3.md", "1.md"]
    assert governors(records[::-1], "src/billing/render.py") == found


def test_other_files_are_not_governed() -> None:
    assert governors([record("1.md", "src/billing/**")], "src/shop/a.py", "billing/a.py") == []
    assert governors([record("1.md", "src/**")]) == []


@pytest.mark.parametrize("status", ["proposed", "rejected", "deprecated", "superseded", "draft", "unknown"])
def test_only_accepted_records_govern(status: str) -> None:
    assert governors([record("1.md", "src/**", status=status)], "src/a.py") == []


@pytest.mark.parametrize(
    "one",
    [
        record("1.md", "src/**", superseded_by=["0002-x.md"]),
        record("1.md", "src/**", kind="not-a-record"),
        DecisionRecord(path="1.md", scope=["src/**"]),
        record("1.md"),
    ],
)
def test_nor_do_these(one: DecisionRecord) -> None:
    assert governors([one], "src/a.py") == []


@pytest.mark.parametrize(
    "glob", ["**", "*", "**/*", "/src/**", "../src/**", "src/../**", "C:\\src", "https://a.example/src"]
)
def test_scopes_that_say_nothing_or_lead_out(glob: str) -> None:
    assert governors([record("1.md", glob)], "src/a.py") == []
    assert governors([record("1.md", glob, "src/a.py")], "src/a.py") == [("1.md", "src/a.py", "src/a.py")]


class TestBroad:
    FILES = [f"src/a{n}.py" for n in range(50)] + [f"docs/{n}.md" for n in range(50)]

    def test_a_scope_of_more_than_a_fifth_of_the_files_is_left_out(self) -> None:
        assert governors([record("1.md", "src/**")], "src/a1.py", files=self.FILES) == []
        assert governors([record("1.md", "src/a?.py", "src/a1*.py")], "src/a1.py", files=self.FILES)  # 20 of 100

    def test_all_globs_count_together(self) -> None:
        assert governors([record("1.md", "src/a1*.py", "docs/1*.md")], "src/a1.py", files=self.FILES) == []  # 22 of 100
        assert governors([record("1.md", "src/a1*.py")], "src/a1.py", files=self.FILES)

    def test_a_few_files_are_never_too_broad(self) -> None:
        assert governors([record("1.md", "src/**")], "src/a1.py", files=self.FILES[:10])

    def test_without_the_list_nothing_is_too_broad(self) -> None:
        assert governors([record("1.md", "src/**")], "src/a1.py")


def test_a_scope_may_take_files_out_again() -> None:
    one = record("1.md", "src/**", "!src/generated/**")
    assert governors([one], "src/generated/a.py", "src/a.py") == [("1.md", "src/a.py", "src/**")]
    assert governors([one], "src/generated/a.py") == []
    assert governors([record("1.md", "!src/**")], "docs/a.md") == []


def test_what_is_taken_out_again_does_not_make_a_scope_broad() -> None:
    files = [f"src/a/{n}.py" for n in range(11)] + [f"src/b/{n}.py" for n in range(2)]
    assert governors([record("1.md", "src/**")], "src/b/1.py", files=files) == []
    assert governors([record("1.md", "src/**", "!src/a/**")], "src/b/1.py", files=files) != []
