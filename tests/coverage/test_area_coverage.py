"""Which record speaks of which file, and what is no source file at all."""

from typing import Any

from onrecord.adapters.files import Content, read_as_records
from onrecord.coverage.areas import (
    NO_OWNER,
    AreaCoverage,
    Moved,
    Terrain,
    Wide,
    by_owner,
    commits_of,
    lines_of,
    map_areas,
)
from onrecord.coverage.records import know
from onrecord.record.vocabulary import shipped

FILES: dict[str, int | None] = {f"src/shop/f{n}.py": 80 for n in range(8)} | {
    "src/pay/a.py": 60,
    "src/pay/b.py": 50,
    "src/pay/short.py": 49,
    "tests/test_a.py": 90,
    "docs/a.md": 90,
    "yarn.lock": 900,
    "logo.bin": None,
}
COMMITS = {"src/shop/f0.py": 30, "src/shop/f1.py": 3, "src/pay/a.py": 9, "tests/test_a.py": 50}


def areas(*scopes: str, status: str = "accepted", **more: Any) -> AreaCoverage:
    files = []
    for number, scope in enumerate(scopes, 1):
        text = f"---\nstatus: {status}\nscope: {scope}\n---\n\n# Pay\n\n## Decision\n\nWe pay.\n"
        path = f"docs/adr/{number:04}-pay.md"
        files += read_as_records(Content(text, ()), path, path, shipped())
    return map_areas(know(files, {}), Terrain(FILES, COMMITS, **({"stale": {}} | more)))


def test_what_is_exempt_is_counted() -> None:
    found = areas()
    assert dict(found.exempt) == {"document": 1, "test": 1, "generated": 1, "binary": 1, "short": 1, "configured": 0}
    assert len(found.sources) == 10
    assert commits_of(found.sources) == 42


def test_a_scope_governs_its_files_once_each() -> None:
    found = areas("['src/pay/**']", "['src/pay/a.py']")
    governed = {one.path: one.records for one in found.sources if one.records}
    assert governed["src/pay/a.py"] == ("docs/adr/0001-pay.md", "docs/adr/0002-pay.md")
    assert set(governed) == {"src/pay/a.py", "src/pay/b.py"}
    assert commits_of(found.sources, governed=True) == 9


def test_a_scope_of_more_than_a_fifth_is_repository_wide() -> None:
    found = areas("['src/pay/**', 'src/shop/f0.py']")
    assert found.wide == (Wide("docs/adr/0001-pay.md", ("src/pay/a.py", "src/pay/b.py", "src/shop/f0.py")),)
    assert commits_of(found.sources, governed=True) == 0


def test_a_record_that_does_not_hold_governs_nothing() -> None:
    assert commits_of(areas("['src/pay/**']", status="proposed").sources, governed=True) == 0
    old = areas("['src/pay/**']", stale={"docs/adr/0001-pay.md": ["review-by-passed"]})
    assert commits_of(old.sources, governed=True) == 0
    assert old.stale == (("docs/adr/0001-pay.md", ("review-by-passed",)),)


def test_a_scope_over_nothing_is_told_and_one_over_tests_is_not() -> None:
    assert areas("['lib/**']", "['tests/**']").empty == ("docs/adr/0001-pay.md",)


def test_the_hot_tenth_and_the_silent_areas() -> None:
    found = areas("['src/pay/**']")
    assert [one.path for one in found.hot()] == ["src/shop/f0.py"]
    assert [(area.name, area.commits, area.governed) for area in found.areas()] == [
        ("src/shop", 33, 0),
        ("src/pay", 9, 9),
    ]
    assert [area.name for area in found.silent()] == ["src/shop"]


def test_where_nobody_works_nothing_is_hot() -> None:
    found = map_areas([], Terrain(FILES, {}, {}))
    assert (found.hot(), found.silent()) == ((), [])


def test_no_source_at_all() -> None:
    found = map_areas([], Terrain({"docs/a.md": 90}, {}, {}))
    assert (found.sources, found.hot(), found.areas()) == ((), (), [])


def test_a_scope_may_take_files_out_again() -> None:
    found = areas("['src/pay/**', '!src/pay/b.py']", "['!src/shop/**']")
    assert {one.path for one in found.sources if one.records} == {"src/pay/a.py"}
    narrowed = areas("['src/**', '!src/shop/**']")
    assert (narrowed.wide, commits_of(narrowed.sources, governed=True)) == ((), 9)


def test_two_records_over_one_file_are_listed() -> None:
    both = ("docs/adr/0001-pay.md", "docs/adr/0002-pay.md")
    assert areas("['src/pay/**']", "['src/pay/a.py']").overlaps() == {both: ["src/pay/a.py"]}
    assert lines_of(areas("['src/pay/**']", "['src/pay/a.py']").sources, governed=True) == 110


def test_what_the_team_leaves_out_is_counted_apart() -> None:
    found = areas(exempt=("src/shop/**",))
    assert (dict(found.exempt)["configured"], len(found.sources)) == (8, 2)


def test_areas_are_teams_where_code_owners_say_so() -> None:
    owners = {"src/pay/a.py": ("@shop/pay", "@shop/all"), "src/shop/f0.py": ("@shop/all",)}
    found = areas("['src/pay/**']", areas_of=by_owner(lambda path: owners.get(path, ())))
    assert [(area.name, area.files, area.commits, area.governed) for area in found.areas()] == [
        ("@shop/all", 2, 39, 9),
        ("@shop/pay", 1, 9, 9),
        (NO_OWNER, 8, 3, 0),
    ]
    assert commits_of(found.sources) == 42


def test_where_the_files_of_a_scope_went_is_kept() -> None:
    moved = (Moved("docs/adr/0001-pay.md", "lib/**", "src/pay"),)
    assert areas("['lib/**']", moved=moved).moved == moved
