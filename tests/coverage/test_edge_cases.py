"""The rows of the tables of edge cases and of moves against the number, that need no git."""

from typing import Any

import pytest
from test_pull_coverage import CODE, HOME, RECORD, TOLD, commit, covered, only, record, ways

from onrecord.adapters.files import Content, read_as_records
from onrecord.change import ChangedFile
from onrecord.coverage.model import Gone
from onrecord.coverage.records import know, pulls_named
from onrecord.markdown import parse_document
from onrecord.record.draft_hash import seal
from onrecord.record.read import read_records
from onrecord.record.vocabulary import shipped

LISTED = "implemented-by: ['#7']\n"


def labelled(number: int, *labels: str, **more: Any) -> Any:
    one = commit(number, **more)
    return one._replace(change=one.change._replace(labels=labels))


def test_of_several_records_in_a_file_each_lists_its_own() -> None:
    parts = (
        f"## {n}. Keep {n}\n\nPull request: #{n}0\n\n### Status\n\nAccepted\n\n### Decision\n\nWe keep it.\n"
        for n in (1, 2)
    )
    document = parse_document("# Decisions\n\n" + "\n".join(parts))
    records = read_records(document, "docs/decisions.md", shipped())
    assert [pulls_named(document, record) for record in records] == [(10,), (20,)]


class TestWhoIsAsked:
    def test_a_label_that_a_person_put_asks_for_what_an_automation_opened(self) -> None:
        bumped = labelled(7, "Decide", author="renovate[bot]")
        assert (only(covered(bumped)).excluded, only(covered(bumped)).asked_by[0]) == ("", ("label", "Decide"))
        other = labelled(7, "dependencies", author="renovate[bot]")
        assert only(covered(other)).excluded == "opened by an automation"

    def test_what_an_automation_writes_itself_asks_for_nothing(self) -> None:
        assert only(covered(commit(7, TOLD, author="renovate[bot]"))).excluded == "opened by an automation"

    def test_a_label_asks_for_a_revert_and_a_back_port(self) -> None:
        revert = labelled(8, "decide", title='Revert "Count calls (#7)"')
        assert covered(revert, commit(7)).pulls[0].excluded == ""
        again = labelled(8, "decide")
        assert covered(again, commit(7), patches={f"{7:040x}": "p", f"{8:040x}": "p"}).pulls[0].excluded == ""

    def test_a_stack_counts_as_the_one_that_reaches_the_branch(self) -> None:
        stack = commit(9, "* Count calls (#7)\n\n* Count more calls (#8)\n")
        assert [pull.number for pull in covered(stack).pulls] == [9]


class TestLinks:
    def test_a_trailer_of_a_commit_on_the_merged_branch(self) -> None:
        found = covered(commit(7), records=(record(),), sides={f"{7:040x}": "Decision: ADR-12"})
        assert (only(found).state, ways(only(found))) == ("covered", ["names"])
        assert only(covered(commit(7), records=(record(),), sides={f"{8:040x}": "Decision: ADR-12"})).links == ()

    def test_a_trailer_with_words_and_numbers_names_no_record(self) -> None:
        assert only(covered(commit(7, "Decision: use Redis 12 in v12"), records=(record(),))).links == ()

    def test_a_line_lists_for_the_record_it_stands_in_and_no_other_of_its_file(self) -> None:
        part = "## {}. Keep {}\n\n### Status\n\nAccepted\n\n### Decision\n\nWe keep it, no other was there.\n\n{}\n\n"
        text = f"# Decisions\n\n{part.format(1, 1, 'Implemented by: #7')}{part.format(2, 2, '')}"
        files = read_as_records(Content(text, ()), "docs/decisions.md", "docs/decisions.md", shipped())
        assert [one.names for one in know(files, {})] == [(7,), ()]

    def test_the_name_of_a_record_in_running_text(self) -> None:
        path = "docs/adr/2026-06-18-one-counter/README.md"
        found = covered(commit(7, "Implements the record 2026-06-18-one-counter."), records=(record(path=path),))
        assert ways(only(found)) == ["names"]
        longer = "Unlike 2026-06-18-one-counter-more, and src/2026-06-18-one-counter/a.py."
        assert only(covered(commit(7, longer), records=(record(path=path),))).links == ()

    @pytest.mark.parametrize(
        ("day", "in_time"),
        [("2026-05-15", (7,)), ("2026-05-16", ()), ("", (7,))],
        ids=["two weeks", "late", "at birth"],
    )
    def test_an_old_record_that_lists_it_later_is_late(self, day: str, in_time: tuple[int, ...]) -> None:
        found = covered(commit(7), records=(record(more=LISTED),), added="2020-01-01", listed={(HOME, 7): day})
        assert (found.decision_coverage().part, found.in_time().part) == ((7,), in_time)

    def test_a_back_dated_record_is_as_old_as_git_says(self) -> None:
        back_dated = record(text=RECORD.replace("date: 2026-03-01", "date: 2019-01-01"))
        found = covered(commit(7, "See ADR-12."), records=(back_dated,), added="2026-06-01")
        assert (found.decision_coverage().part, found.in_time().part) == ((7,), ())

    def test_a_record_that_is_named_and_not_there_is_told_where_something_was_asked(self) -> None:
        found = covered(commit(7, "See ADR-12."), resolves=lambda _link: False)
        assert (only(found).state, found.gone) == ("uncovered", (Gone(7, "ADR-12", "names"),))
        unasked = covered(commit(7, "See ADR-12.", files=(ChangedFile("src/a.py"),)), resolves=lambda _link: False)
        assert unasked.gone == ()


class TestTheRecord:
    def test_a_draft_that_nobody_has_edited_covers_nothing(self) -> None:
        draft = seal(RECORD.format(status="proposed", more=""))
        waved_through = draft.replace("status: proposed", "status: accepted")
        found = covered(commit(7, "See ADR-12."), records=(record(text=waved_through),))
        assert (only(found).state, only(found).lacks) == ("uncovered", f"{HOME}: nobody has edited the draft")
        worked_on = waved_through.replace("in Redis.", "in Redis, where all processes see them.")
        assert only(covered(commit(7, "See ADR-12."), records=(record(text=worked_on),))).state == "covered"

    def test_a_draft_that_is_proposed_waits_for_both(self) -> None:
        draft = seal(RECORD.format(status="proposed", more=""))
        found = only(covered(commit(7, "See ADR-12."), records=(record(text=draft),)))
        told = f"{HOME}: it is proposed, not accepted, and nobody has edited the draft"
        assert (found.state, found.lacks) == ("pending", told)

    @pytest.mark.parametrize(
        ("status", "lacks"), [("blue", "its status was not found"), ("rejected", "it is rejected, not accepted")]
    )
    def test_a_status_that_decides_nothing(self, status: str, lacks: str) -> None:
        text = RECORD.replace("status: {status}", f"status: {status}")
        found = only(covered(commit(7, "See ADR-12."), records=(record(text=text),)))
        assert (found.state, found.lacks) == ("uncovered", f"{HOME}: {lacks}")

    def test_the_words_of_a_template_cover_nothing(self) -> None:
        text = RECORD.replace("We will count calls in Redis.", "{{describe the decision}}")
        found = only(covered(commit(7, "See ADR-12."), records=(record(text=text),)))
        assert (found.state, found.lacks) == ("uncovered", f"{HOME}: it states no decision")
        options = "* {{title of option 1}}\n* {{title of option 2}}"
        text = RECORD.replace("* Redis\n* Sticky sessions, which a busy shop would wear out", options)
        found = only(covered(commit(7, "See ADR-12."), records=(record(text=text),)))
        assert (found.state, found.lacks) == ("uncovered", f"{HOME}: it names no alternative")

    def test_an_approver_stands_in_where_the_record_names_nobody(self) -> None:
        bare = record(text=RECORD.replace("decision-makers: [Ann Example]\n", ""))
        body = "See ADR-12.\n\nOwner: Cy Example\n\nReviewed-by: Bo Example <bo@example.org>"
        found = covered(commit(7, body), records=(bare,))
        assert only(found).owner_source == "approver"
        assert found.owner_sources() == {"explicit": 0, "approver": 1, "author": 0}


class TestAreas:
    def test_by_owner_one_of_two_teams_counts_in_both_and_once_in_all(self) -> None:
        owners = {"api/calls.py": ("@shop/api", "@shop/web")}
        found = covered(commit(8), commit(7, files=(*CODE, ChangedFile("api/b.py"))), areas_of=lambda p: owners.get(p, ("(no owner)",)))  # fmt: skip
        assert found.by_area() == {"@shop/api": ((), (8, 7)), "@shop/web": ((), (8, 7)), "(no owner)": ((), (7,))}
        assert found.decision_coverage().of == (8, 7)
