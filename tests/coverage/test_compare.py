"""What is different between two reports: each difference from two small reports of the schema's shape."""

from typing import Any

import pytest

from onrecord.coverage.compare import Ground, Parts, Setting, compare, comparison_json

HOME = "docs/adr/0001-calls.md"


def share(ids: list[Any], of: list[Any]) -> dict[str, Any]:
    return {"ids": ids, "of": of, "k": len(ids), "n": len(of)}


def pulls(covered: list[int], open_: list[int], waived: tuple[int, ...] = (), merged: tuple[int, ...] = ()) -> Any:
    asked = sorted([*covered, *open_, *waived], reverse=True)
    left = [number for number in asked if number not in waived]
    return {
        "merged": [{"number": number, "title": f"Change {number}"} for number in merged or asked],
        "asked": asked,
        "states": {"covered": covered, "waived": list(waived), "uncovered": open_, "pending": [], "unconfirmed": []},
        "decision_coverage": share(covered, left),
        "answered": share([*covered, *waived], asked),
        "waiver_rate": share(list(waived), asked),
    }


def source(path: str, *records: str) -> dict[str, Any]:
    return {"path": path, "records": list(records), "areas": [path.rpartition("/")[0]]}


def log(*active: tuple[str, tuple[str, ...]], others: tuple[str, ...] = ()) -> dict[str, Any]:
    records = [{"id": name, "has": list(has), "valid": True, "owner": "author"} for name, has in active]
    minimal = [one["id"] for one in records if "alternatives" in one["has"]]
    ids = [one["id"] for one in records]
    return {"all": [*ids, *others], "active": records, "minimal": share(minimal, ids)}


def side(**more: Any) -> dict[str, Any]:
    areas = {"sources": more.pop("sources", []), "commits": more.pop("commits", {"k": 1, "n": 4}), "stale": {},
             "repository_wide": []} | more.pop("areas", {})  # fmt: skip
    window = {"last_count": 200, "since": "", "until": "", "baseline": ""} | more.pop("window", {})
    config = {"path": "onrecord.yml", "sha256": "a" * 64, "files": {"onrecord.yml": "a" * 64}, "settings": {}}
    found = {
        "tool": "1.0",
        "as_of": {"sha": "f" * 40, "today": "2026-01-01", "branch": "main"},
        "window": window,
        "config": config | more.pop("config", {}),
        "pull_requests": pulls([], []),
        "areas": areas,
        "records": log(),
    }
    return found | more


class TestShares:
    def test_counts_come_with_newcombe(self) -> None:
        found = compare(
            side(pull_requests=pulls(list(range(1, 26)), list(range(26, 51)))),
            side(pull_requests=pulls(list(range(1, 42)), list(range(42, 51)))),
        ).shares["decision_coverage"]
        assert (found.base, found.head) == ((25, 50), (41, 50))
        assert found.change is not None
        assert found.change.is_clear
        assert (round(1000 * found.change.low), round(1000 * found.change.high)) == (135, 477)

    @pytest.mark.parametrize("many", [0, 9])
    def test_below_ten_no_change_is_told(self, many: int) -> None:
        few, enough = pulls([], list(range(1, many + 1))), pulls([1], list(range(2, 21)))
        for base, head in ((few, enough), (enough, few)):
            assert (
                compare(side(pull_requests=base), side(pull_requests=head)).shares["decision_coverage"].change is None
            )

    def test_commits_are_no_sample(self) -> None:
        found = compare(side(), side(commits={"k": 300, "n": 400})).shares["areas"]
        assert found == ((1, 4), (300, 400), None)

    def test_counts_are_those_of_the_ids(self) -> None:
        lying = pulls([1, 1, 99], [2])
        lying["decision_coverage"] = {"ids": [1, 1, 99], "of": [1, 2], "k": 3, "n": 2}
        assert compare(side(pull_requests=lying), side()).shares["decision_coverage"].base == (1, 2)


class TestPullRequests:
    def test_each_goes_where_it_belongs(self) -> None:
        base = pulls([1, 2], [3, 4, 5, 9], waived=(6,))
        head = pulls([2, 3, 7], [1, 8, 9], waived=(4,), merged=(1, 2, 3, 4, 5, 7, 8, 9))
        found = compare(side(pull_requests=base), side(pull_requests=head)).pulls
        assert found.newly_covered == (3, 7)
        assert found.newly_uncovered == (1, 8)
        assert found.newly_asked == (7, 8)
        assert found.no_longer_asked == (5,)
        assert found.out_of_window == (6,)


class TestRecords:
    def test_came_went_and_changed(self) -> None:
        base = log(("a", ("decision",)), ("b", ("decision", "date")), ("gone", ()), ("old", ()), others=("draft",))
        head = log(
            ("a", ("decision", "alternatives")), ("b", ("decision",)), ("new", ()), ("draft", ()), others=("old",)
        )
        found = compare(side(records=base), side(records=head)).records
        assert (found.came, found.went) == (("new",), ("gone",))
        assert (found.into_force, found.out_of_force) == (("draft",), ("old",))
        assert found.changed == (Parts("a", ("alternatives",), ()), Parts("b", (), ("date",)))

    def test_a_decider_and_a_passing_schema_are_parts(self) -> None:
        base, head = log(("a", ())), log(("a", ()))
        head["active"][0] |= {"owner": "decider", "valid": False}
        assert compare(side(records=base), side(records=head)).records.changed == (
            Parts("a", ("decider",), ("valid",)),
        )


class TestAreas:
    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"records": log()}, "it is not there"),
            ({"records": log(others=(HOME,))}, "it is not in force"),
            ({"areas": {"stale": {HOME: ["owner-gone"]}}}, "it is not relied on: owner-gone"),
            ({"areas": {"stale": {HOME: ["owner-gone", "scope-dead"]}}}, "it is not relied on: owner-gone, scope-dead"),
            ({"areas": {"repository_wide": [{"id": HOME}]}}, "its scope is too wide to say something of one file"),
            ({}, "its scope does not name them"),
        ],
    )
    def test_why_a_record_governs_no_more(self, more: dict[str, Any], why: str) -> None:
        records = {"records": log((HOME, ()))}
        base = side(sources=[source("api/a.py", HOME), source("api/b.py", HOME), source("lib/c.py")], **records)
        head = side(**{"sources": [source("api/a.py"), source("api/b.py"), source("lib/c.py")], **records, **more})
        found = compare(base, head)
        assert found.lost == (Ground("api", ("api/a.py", "api/b.py"), ((HOME, why),)),)
        assert found.won == ()

    def test_what_was_won(self) -> None:
        base, head = side(sources=[source("api/a.py")]), side(sources=[source("api/a.py", HOME)])
        found = compare(base, head)
        assert (found.lost, [one.files for one in found.won]) == ((), [("api/a.py",)])

    def test_a_file_that_is_gone_lost_nothing(self) -> None:
        assert compare(side(sources=[source("api/a.py", HOME)]), side()).lost == ()

    def test_one_record_in_place_of_another_is_no_loss(self) -> None:
        base, head = side(sources=[source("api/a.py", HOME)]), side(sources=[source("api/a.py", "docs/adr/0002.md")])
        found = compare(base, head)
        assert (found.lost, found.won) == ((), ())


class TestGoalPosts:
    def test_what_was_moved(self) -> None:
        base = side(config={"settings": {"pull-requests.paths": ["api/**"], "schema": "own.json"}})
        head = side(
            config={
                "path": None,
                "files": {"CODEOWNERS": "b" * 64},
                "settings": {"schema": "own.json", "records": ["x"]},
            },
            window={"since": "2026-01-01"},
        )
        assert compare(base, head).settings == (
            Setting("window.since", None, "2026-01-01"),
            Setting("path", "onrecord.yml", None),
            Setting("pull-requests.paths", ["api/**"], None),
            Setting("records", None, ["x"]),
            Setting("CODEOWNERS", None, "b" * 10),
            Setting("onrecord.yml", "a" * 10, None),
        )

    def test_the_same_is_no_change(self) -> None:
        found = compare(side(), side())
        assert not any((found.settings, found.won, found.lost, *found.pulls, *found.records))

    def test_first_and_last_day_of_a_window_are_no_rule(self) -> None:
        base = side(window={"first": "2025-01-01", "last": "2025-12-31"})
        assert compare(base, side()).settings == ()


def test_as_json() -> None:
    base = side(pull_requests=pulls([1], [2]), records=log(("a", ())))
    found = comparison_json(compare(base, side(records=log(("a", ("date",))))), base)
    assert found["pull_requests"]["out_of_window"] == [1, 2]
    assert found["records"]["changed"] == [{"id": "a", "gained": ["date"], "lost": []}]
    assert found["shares"]["decision_coverage"] == {
        "base": {"k": 1, "n": 2, "share": 0.5},
        "head": {"k": 0, "n": 0, "share": None},
        "points": None,
    }
