"""Facts for the upkeep of records: pure, from texts and a made-up past."""

from datetime import date

import pytest

from onrecord.log.upkeep.facts import Past, Standing, Work, days_between, last_reviewed, standings
from onrecord.log.upkeep.owners import Person, owners_seen
from onrecord.log.upkeep.paths import Gone, named_paths
from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, parse_record

PLACE = "docs/adr/0007-keep.md"
TODAY = "2026-06-01"


def record(text: str = "", scope: str = "", header: str = "date: 2026-01-10\nstatus: accepted") -> str:
    lines = [header, *([f"scope: [{scope}]"] if scope else [])]
    matter = "\n".join(lines)
    return (
        f"---\n{matter}\n---\n\n# 7. Keep invoices\n\n## Context\n\n{text or 'Why.'}\n\n## Decision\n\nWe keep them.\n"
    )


def standing(text: str, past: Past, path: str = PLACE) -> Standing | None:
    found = standings([parse_record(text, path)], {path: parse_document(text)}, past, TODAY)
    return found[0] if found else None


class TestLastReviewed:
    def of(self, header: str, *edits: str) -> tuple[str, str] | None:
        found = last_reviewed(parse_record(record(header=header), PLACE), edits, TODAY)
        return tuple(found) if found else None

    def test_the_latest_of_date_edit_and_mark(self) -> None:
        assert self.of("date: 2026-01-10") == ("2026-01-10", "its date")
        assert self.of("date: 2026-01-10", "2026-01-01", "2026-02-01") == ("2026-02-01", "last edit")
        marked = "date: 2026-01-10\nlast-reviewed: 2026-03-01 by Bo Li"
        assert self.of(marked, "2026-02-01") == ("2026-03-01", "review mark by Bo Li")

    def test_a_day_to_come_is_no_review(self) -> None:
        assert self.of("date: 2027-01-10", "2026-02-01") == ("2026-02-01", "last edit")

    def test_a_month_is_its_first_day(self) -> None:
        assert self.of("date: 2026-01") == ("2026-01-01", "its date")
        assert days_between("2026-01", "2026-02-02") == 32

    def test_days_are_those_of_the_calendar(self) -> None:
        for first, second in (("2024-02-28", "2024-03-01"), ("1999-12-31", "2000-03-01"), ("2026-11-22", "2025-01-01")):
            assert days_between(first, second) == (date.fromisoformat(second) - date.fromisoformat(first)).days

    def test_nothing_known(self) -> None:
        assert self.of("status: accepted") is None


class TestWhoIsOver:
    @pytest.mark.parametrize("status", ["superseded by ADR-9", "rejected", "deprecated"])
    def test_nobody_looks_at_what_is_over(self, status: str) -> None:
        assert standing(record(header=f"status: {status}"), Past()) is None

    @pytest.mark.parametrize("status", ["accepted", "proposed", "draft"])
    def test_the_rest_stays(self, status: str) -> None:
        assert standing(record(header=f"status: {status}"), Past()) is not None


class TestPaths:
    def test_paths_are_read_from_code_spans_alone(self) -> None:
        text = "See `src/a.py:12`, `lib/b/`, `npm run build`, `https://x.org/a/b`, src/c.py and `conf.yml`.\n\n```\n`x/y.py`\n```\n"
        names = [one.path for one in named_paths(parse_record(record(text), PLACE), parse_document(record(text)))]
        assert names == ["src/a.py", "lib/b/", "conf.yml"]

    def test_a_dead_scope_tells_where_most_of_it_went(self) -> None:
        gone = tuple(Gone(f"src/pay/{n}.py", "2026-04-01", f"lib/pay/{n}.py" if n != "c" else "") for n in "abc")
        one = standing(record(scope="'src/pay/**'"), Past(files=("lib/pay/a.py",), gone=gone))
        assert one is not None
        assert [tuple(dead)[:1] + tuple(dead)[2:] for dead in one.dead_scope] == [
            ("src/pay/**", "2026-04-01", "lib/pay")
        ]
        assert one.dead_scope[0].line == 4

    def test_a_scope_that_is_alive_is_not_dead(self) -> None:
        one = standing(record(scope="'src/pay/**'"), Past(files=("src/pay/a.py",), gone=(Gone("src/pay/b.py", TODAY),)))
        assert one is not None
        assert one.dead_scope == ()

    def test_a_word_is_no_path(self) -> None:
        one = standing(record(scope="org"), Past(files=("src/a.py",)))
        assert one is not None
        assert one.dead_scope == ()

    @pytest.mark.parametrize(
        ("text", "gone", "dead"),
        [
            ("It lies in `src/pay/a.py`.", Gone("src/pay/a.py", "2026-04-01"), True),
            ("It lies in `src/pay`.", Gone("src/pay/a.py", "2026-04-01"), True),
            ("It lies in `src/pay/a.py`.", Gone("src/pay/a.py", "2025-04-01"), False),
            ("This replaces `src/pay/a.py`.", Gone("src/pay/a.py", "2026-04-01"), False),
            ("It lies in `src/pay/a.py`.", Gone("src/pay/a.pyx", "2026-04-01"), False),
        ],
        ids=["file", "folder", "gone before it was written", "the line tells", "another file"],
    )
    def test_a_dead_path_in_prose(self, text: str, gone: Gone, dead: bool) -> None:
        one = standing(record(text), Past(files=("src/other.py",), gone=(gone,)))
        assert one is not None
        assert bool(one.dead_prose) is dead

    def test_a_path_of_the_records_own_package_is_alive(self) -> None:
        place = "packages/web/docs/adr/0007-keep.md"
        past = Past(files=("packages/web/src/a.py",), gone=(Gone("src/a.py", "2026-04-01"),))
        one = standing(record("In `src/a.py`."), past, place)
        assert one is not None
        assert one.dead_prose == ()


class TestChurn:
    FILES = tuple(f"src/pay/{n}.py" for n in "abcd") + tuple(f"web/{n}.ts" for n in range(40))

    def test_only_what_came_after_the_last_review_counts(self) -> None:
        works = (Work("2026-01-10", ("src/pay/a.py",)), Work("2026-01-11", ("src/pay/b.py", "web/1.ts")))
        one = standing(record(scope="'src/pay/**'"), Past(files=self.FILES, since=works))
        assert one is not None
        assert one.churn == (4, 1, 1)

    def test_no_churn_without_a_scope_or_below_one_that_names_nearly_everything(self) -> None:
        works = (Work("2026-01-11", ("src/pay/b.py", "web/1.ts")),)
        for scope in ("", "'web/**'"):
            one = standing(record("`web/1.ts`", scope=scope), Past(files=self.FILES, since=works))
            assert one is not None
            assert one.churn is None

    def test_how_busy_it_is_under_a_record(self) -> None:
        recent = (
            Work(TODAY, ("src/pay/a.py", "src/pay/b.py")),
            Work(TODAY, ("web/1.ts",)),
            Work(TODAY, ("src/pay/d.py",)),
        )
        past = Past(files=self.FILES, recent=recent)
        for text, scope, busy in [
            ("", "'src/pay/**'", 2),
            ("In `src/pay`.", "", 2),
            ("`web/1.ts`", "", 1),
            ("`web`", "", 0),
        ]:
            one = standing(record(text, scope=scope), past)
            assert one is not None
            assert one.recent == busy, (text, scope)


PEOPLE = (
    Person("Ann Example", "ann@example.com", "2024-03-01"),
    Person("Ann Example", "12+annex@users.noreply.github.com", "2026-02-01"),
    Person("bo", "bo.li@example.com", "2023-01-01"),
)


class TestOwners:
    def last(self, owner: str, owners: tuple[str, ...] | None = None) -> tuple[str | None, bool | None]:
        (seen,) = owners_seen(DecisionRecord(PLACE, decision_makers=[owner]), PEOPLE, owners)
        return seen.last, seen.listed

    @pytest.mark.parametrize("owner", ["Ann Example", "ann example (lead)", "@annex", "ann@example.com", "annex"])
    def test_one_person_by_any_name_and_address(self, owner: str) -> None:
        assert self.last(owner)[0] == "2026-02-01"

    @pytest.mark.parametrize("owner", ["Ann", "Ann Other", "@org/team", "Platform team", "@nobody"])
    def test_who_cannot_be_resolved_is_not_known(self, owner: str) -> None:
        assert self.last(owner)[0] is None

    def test_code_owners_are_asked_for_handles(self) -> None:
        assert self.last("@annex", ("@Annex",))[1] is True
        assert self.last("@annex", ("@bo",))[1] is False
        assert self.last("Ann Example", ("@bo",))[1] is None
        assert self.last("@annex")[1] is None

    def test_authors_stand_in_where_nobody_is_named_as_decider(self) -> None:
        assert [one.name for one in owners_seen(DecisionRecord(PLACE, authors=["bo"]), PEOPLE, None)] == ["bo"]
