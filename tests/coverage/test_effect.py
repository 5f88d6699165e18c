"""Does the practice work? Numbers out of a report and what was read beside it."""

from typing import Any

import pytest

from onrecord.adapters.files import Content, read_as_records
from onrecord.change.history import Nudge
from onrecord.coverage.areas import AreaCoverage
from onrecord.coverage.completeness import complete
from onrecord.coverage.effect import Asked, Effect, Seen, chance_of_finding, measure
from onrecord.coverage.effect_lives import Life, Version
from onrecord.coverage.effect_owners import Kept, fewest_for_half, kept
from onrecord.coverage.model import Link, Pull, PullCoverage
from onrecord.coverage.records import Added, know
from onrecord.coverage.report import Report, Window
from onrecord.log.upkeep.owners import Person
from onrecord.record.vocabulary import shipped

RECORD = "---\nstatus: {status}\ndate: 2026-01-01\n{more}---\n\n# Count calls in Redis\n\n## Decision Outcome\n\nWe use Redis.\n"
TODAY = "2026-06-30"


def pull(number: int, state: Any = "uncovered", *links: Link, asked: bool = True, excluded: str = "") -> Pull:
    asked_by = (("label", "decision"),) if asked else ()
    return Pull(number, "", "2026-06-01", "", excluded, asked_by, 0, (), True, state, links, "", "", "")


def report(pulls: tuple[Pull, ...] = (), *records: tuple[str, str]) -> Report:
    """Return a report of records that are told as (status, further front matter), named 1.md, 2.md and so on."""
    files = [
        file
        for number, (status, more) in enumerate(records, 1)
        for file in read_as_records(
            Content(RECORD.format(status=status, more=more), ()),
            f"docs/adr/{number}.md",
            f"docs/adr/{number}.md",
            shipped(),
        )
    ]
    known = know(files, {"docs/adr/1.md": Added("2026-06-05", "Ann Example")})
    return Report(
        "1", "0" * 40, "main", None, None, TODAY, Window(None, "", "", ""), PullCoverage(pulls, (), (), ()),
        AreaCoverage((), (), (), (), ()), complete(known, lambda _record: True), known, "docs/adr", "", (),
    )  # fmt: skip


def effect(pulls: tuple[Pull, ...] = (), *records: tuple[str, str], **seen: Any) -> Effect:
    return measure(report(pulls, *records), Seen(**seen))


class TestNudges:
    def test_without_github_nothing_is_said_of_them(self) -> None:
        found = effect((pull(1),))
        assert (found.nudged, found.answers) == (None, None)

    def test_each_counts_once(self) -> None:
        ours = Nudge(True)
        pulls = (
            pull(1, "covered"), pull(2, "waived"), pull(3, "unconfirmed"), pull(4), pull(5), pull(6), pull(7), pull(8),
            pull(10, "pending"),
        )  # fmt: skip
        nudges = {
            1: ours, 2: ours, 3: ours, 4: ours, 5: Nudge(True, answered=True), 6: Nudge(True, deleted=True),
            7: Nudge(False), 8: Nudge(None), 9: ours, 10: ours,
        }  # fmt: skip
        found = effect(pulls, nudges=nudges)
        assert found.nudged == ((1, 2, 3, 4, 5, 6, 10), (1, 2, 3, 4, 5, 6, 7, 10))
        assert found.answers
        assert {name: share.part for name, share in found.answers.items()} == {
            "recorded": (1, 5, 10), "waived": (2, 3), "ignored": (4,), "removed": (6,)
        }  # fmt: skip


class TestTime:
    def test_lead_time_is_of_asked_ones_alone(self) -> None:
        link = Link("names", "docs/adr/1.md", "")
        pulls = (pull(1, "covered", link), pull(2), pull(3, "waived"), pull(4, asked=False))
        found = effect(pulls, ("accepted", ""), starts={1: "2026-05-30"})
        assert [tuple(wait) for wait in found.lead_time.waits] == [(1, 6, True), (2, 29, False)]
        assert (found.lead_time.days(0.5), found.lead_time.ended()) == (6, 1)

    def test_a_description_that_holds_the_decision_is_there_at_the_merge(self) -> None:
        late = Link("names", "docs/adr/1.md", "", is_late=True)
        pulls = (pull(1, "covered", Link("description", "", ""), late), pull(2, "covered", late))
        found = effect(pulls, ("accepted", ""), starts={1: "2026-05-30"})
        assert [wait.days for wait in found.lead_time.waits] == [2, 4]
        assert found.late == ((2,), (1, 2))

    def test_born_accepted_is_of_those_whose_first_status_was_read(self) -> None:
        lives = tuple(
            Life(name, (Version("2026-01-01", status),), ())
            for name, status in (("a", "accepted"), ("b", "proposed"), ("c", ""), ("d", "superseded"))
        )
        assert effect(lives=lives).born_accepted == (("a", "d"), ("a", "b", "d"))


class TestRecords:
    def test_orphans_are_in_force_and_nothing_leads_to_them(self) -> None:
        records = [("accepted", "")] * 5 + [
            ("accepted", "scope: ['src/**']\n"),
            ("accepted", "implemented-by: ['#9']\n"),
        ]
        records += [("proposed", "")]
        names = Link("names", "docs/adr/3.md", "")
        alone = Link("touches", "docs/adr/4.md", "")
        pulls = (pull(1, "covered", names), pull(2, "covered", alone, excluded="only decision records"))
        found = effect(pulls, *records, linked=frozenset({"docs/adr/2.md"}))
        assert found.orphans.part == ("docs/adr/1.md", "docs/adr/4.md", "docs/adr/5.md")
        assert len(found.orphans.of) == 7

    def test_stale_ones_by_rule(self) -> None:
        stale = {"docs/adr/1.md": ["scope-dead"], "docs/adr/2.md": ["scope-dead"]}
        found = effect((), ("accepted", ""), ("proposed", ""), ("accepted", ""), stale=stale)
        assert found.stale == (("docs/adr/1.md",), ("docs/adr/1.md", "docs/adr/3.md"))
        assert found.stale_rules == {"scope-dead": ("docs/adr/1.md",)}

    def test_a_reversal_is_a_replacement_within_a_month(self) -> None:
        lives = tuple(
            Life(str(day), (), (Version("2026-01-01", "accepted"), Version(f"2026-01-{day}", "superseded")))
            for day in (30, 31)
        )
        assert [one.id for one in effect(lives=lives).reversals] == ["30"]


class TestOwners:
    PEOPLE = (
        Person("Ann Example", "ann@example.org", "2026-06-01"),
        Person("Bo Li", "bo@example.org", "2025-06-01"),
        Person("Bo Li", "old@example.org", "2020-01-01"),
    )

    def kept(self, *owners: str) -> list[Kept]:
        lines = [("accepted", f"decision-makers: [{names}]\n" if names else "") for names in owners]
        return kept(report((), *lines).known, self.PEOPLE, TODAY)

    def test_away_is_who_has_not_committed_for_a_year(self) -> None:
        found = self.kept("Bo Li", "Bo Li, Ann Example", "Architects", "Bo Li, Architects", "@Bo Li")
        assert [one.is_left for one in found] == [True, False, None, None, True]

    def test_who_committed_it_stands_in(self) -> None:
        assert self.kept("", "")[0] == Kept("docs/adr/1.md", frozenset({"ann example"}), False)
        assert self.kept("", "")[1] == Kept("docs/adr/2.md", frozenset(), None)

    @pytest.mark.parametrize(
        ("groups", "few"),
        [
            (["a", "a", "b", "c"], 1),
            (["a", "b", "c", "d"], 2),
            (["ab", "ac", "d", "e", "f"], 2),
            (["a", "", ""], 1),
            ([""], None),
            ([], None),
        ],
    )
    def test_how_few_stand_for_half(self, groups: list[str], few: int | None) -> None:
        assert fewest_for_half([set(group) for group in groups]) == few


class TestFindability:
    def test_new_and_changed_apart(self) -> None:
        asked = (Asked(1, "", ("a",), True), Asked(2, "", ("a", "b"), True), Asked(3, "", ("a",), False))
        found = effect(asked=asked, hits=frozenset({2}), records_in_search=20)
        assert found.found_new.found == ((2,), (1, 2))
        assert found.found_edited == (((), (3,)), 0.25)
        assert found.found_new.chance == pytest.approx((0.25 + 1 - 15 * 14 / (20 * 19)) / 2)

    @pytest.mark.parametrize(("wanted", "records", "chance"), [(1, 20, 0.25), (1, 5, 1), (1, 3, 1), (16, 20, 1)])
    def test_by_chance(self, wanted: int, records: int, chance: float) -> None:
        assert chance_of_finding(wanted, records) == pytest.approx(chance)
