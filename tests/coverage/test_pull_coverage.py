"""Which merged pull requests count, and how each is answered: every edge case of the definition."""

from typing import Any

import pytest

from onrecord.adapters.files import Content, read_as_records
from onrecord.change import Asked, ChangedFile, Triggers
from onrecord.change.history import Commit, Merged, read_commit
from onrecord.coverage.model import Gone, Pull, PullCoverage
from onrecord.coverage.pulls import ONLY_RECORDS, REVERT, SAME_PATCH, Ground, cover
from onrecord.coverage.records import Added, know
from onrecord.coverage.score import HINT
from onrecord.record.globs import matches
from onrecord.record.vocabulary import shipped

RECORD = """\
---
status: {status}
date: 2026-03-01
decision-makers: [Ann Example]
{more}---

# Keep calls in Redis

## Decision

We will count calls in Redis.

## Considered Options

* Redis
* Sticky sessions, which a busy shop would wear out
"""
TOLD = "## Decision\n\nCount calls in Redis, because a shop could exceed its limit.\n"
WHOLE = TOLD + "\n## Considered options\n\n- Redis\n- Sticky sessions, which a busy shop would wear out\n"
WAIVER = "No decision here, because this only renames a local variable."
CODE = (ChangedFile("api/calls.py", "modified", 10, 2),)
HOME = "docs/adr/0012-calls.md"


def record(status: str = "accepted", path: str = HOME, more: str = "", text: str = RECORD) -> Any:
    content = Content(text.format(status=status, more=more), ())
    return read_as_records(content, path, path, shipped())[0]


def commit(
    number: int, body: str = "", files: tuple[ChangedFile, ...] = CODE, title: str = "Count calls", **more: Any
) -> Any:
    day, name = more.pop("day", "2026-05-01"), more.pop("author", "Ann Example")
    one = Commit(f"{number:040x}", ("f" * 40,), day, name, "ann@example.org", f"{title} (#{number})\n\n{body}")
    return read_commit(one, files)[0]


def covered(*changes: Any, records: tuple[Any, ...] = (), **more: Any) -> PullCoverage:
    """Judge some merges, newest first, where a change of `api/` asks, or of another `glob`."""
    glob = more.get("glob", "api/**")

    def asked(path: str) -> Asked | None:
        return Asked("path", glob, path) if matches(path, (glob,)) else None

    triggers = Triggers(
        frozenset(("decide",)),
        asked_by_path=asked,
        is_record=lambda path: path.startswith("docs/adr/"),
        since="2099-01-01",
        resolves=more.get("resolves", lambda _link: None),
    )
    added = {one.record.path: Added(more.get("added", "2026-04-30"), "Ann Example") for one in records}
    files = {one.record.path for one in records} | {"api/calls.py"}
    ground = Ground(know(records, added), files, triggers, shipped(), more.get("patches", {}), "shop/calls")
    ground = ground._replace(**{name: more[name] for name in ("sides", "listed", "areas_of") if name in more})
    return cover(Merged(changes, ("d" * 40,), (), "main", ""), ground)


def only(found: PullCoverage) -> Pull:
    (pull,) = found.pulls
    return pull


def ways(pull: Pull) -> list[str]:
    return [link.way for link in pull.links]


class TestLinks:
    def test_nothing_is_on_record(self) -> None:
        found = covered(commit(7))
        assert (only(found).state, only(found).lacks) == ("uncovered", "nothing is on record")
        assert found.decision_coverage() == ((), (7,))

    @pytest.mark.parametrize("why", ["Alternatives: none, because the law asks for it.", "There was no alternative."])
    def test_a_reason_why_there_was_no_rival_stands_in_for_one(self, why: str) -> None:
        has_reason = "because" in why
        assert (only(covered(commit(7, f"{TOLD}\n{why}\n"))).state == "covered") == has_reason

    def test_its_own_description_is_a_record_but_none_in_the_repository(self) -> None:
        pull = only(covered(commit(7, WHOLE)))
        assert (pull.state, ways(pull), pull.is_in_records) == ("covered", ["description"], False)
        assert pull.owner_source == "author"

    def test_a_decision_without_an_alternative_is_not_enough(self) -> None:
        assert only(covered(commit(7, TOLD))).state == "uncovered"

    @pytest.mark.parametrize("status", ["added", "modified"])
    def test_it_adds_or_edits_a_record(self, status: str) -> None:
        pull = only(covered(commit(7, files=(*CODE, ChangedFile(HOME, status))), records=(record(),)))
        assert (pull.state, ways(pull), pull.is_in_records) == ("covered", ["touches"], True)
        assert pull.owner_source == "explicit"

    @pytest.mark.parametrize(
        "body",
        [
            "See ADR-12.",
            "Decision: ADR-12",
            f"As in {HOME}",
            f"As in https://github.com/shop/calls/blob/main/{HOME}",
            "* One\n\n* Two\n\nDecision: ADR-12",  # a list of commits is no description, and may hold a trailer
        ],
    )
    def test_it_names_a_record(self, body: str) -> None:
        pull = only(covered(commit(7, body), records=(record(),)))
        assert (pull.state, ways(pull)) == ("covered", ["names"])

    @pytest.mark.parametrize("body", ["See ADR-13.", "As in https://github.com/other/calls/blob/main/" + HOME])
    def test_a_name_that_leads_nowhere_here_is_no_link(self, body: str) -> None:
        assert only(covered(commit(7, body), records=(record(),))).links == ()

    @pytest.mark.parametrize(
        "more",
        [
            "implemented-by: ['#7']\n",
            "implemented-by: 7\n",
            "pull-requests: [https://github.com/shop/calls/pull/7, '#9']\n",
        ],
    )
    def test_the_record_lists_it(self, more: str) -> None:
        pull = only(covered(commit(7), records=(record(more=more),)))
        assert (pull.state, ways(pull)) == ("covered", ["listed"])

    def test_a_line_of_the_record_lists_it(self) -> None:
        text = RECORD + "\nImplemented by: #6, #7\n"
        assert only(covered(commit(7), records=(record(text=text),))).state == "covered"
        early = RECORD.replace("\n# Keep calls in Redis\n", "\nImplemented by: #7\n\n# Keep calls in Redis\n")
        assert only(covered(commit(7), records=(record(text=early),))).state == "covered"
        mentioned = RECORD + "\nThe trouble began with #7.\n"
        assert only(covered(commit(7), records=(record(text=mentioned),))).state == "uncovered"

    def test_a_scope_that_fits_is_no_link(self) -> None:
        assert only(covered(commit(7), records=(record(more="scope: ['api/**']\n"),))).links == ()

    def test_two_records_count_once_and_one_record_counts_often(self) -> None:
        records = (record(), record(path="docs/adr/0013-more.md"))
        found = covered(commit(9, "See ADR-12."), commit(8, "See ADR-12, ADR-13."), commit(7), records=records)
        assert found.decision_coverage() == ((9, 8), (9, 8, 7))
        assert found.fan_out() == {HOME: [9, 8], "docs/adr/0013-more.md": [8]}

    def test_a_record_that_was_moved_is_found_by_its_name(self) -> None:
        touched = (*CODE, ChangedFile("docs/old/0012-calls.md", "added"))
        assert only(covered(commit(7, files=touched), records=(record(),))).state == "covered"

    @pytest.mark.parametrize(("name", "state"), [("0012-count-calls.md", "covered"), ("0012-gardens.md", "uncovered")])
    def test_a_record_that_was_given_another_title_is_found_by_its_number(self, name: str, state: str) -> None:
        touched = (*CODE, ChangedFile(f"docs/adr/{name}", "added"))
        found = covered(commit(7, files=touched), records=(record(),))
        assert (only(found).state, len(found.gone)) == (state, int(state == "uncovered"))


class TestTheRecord:
    @pytest.mark.parametrize("status", ["superseded by ADR-20", "deprecated", "accepted"])
    def test_what_was_decided_stays_decided(self, status: str) -> None:
        assert only(covered(commit(7, "See ADR-12."), records=(record(status),))).state == "covered"

    @pytest.mark.parametrize("status", ["proposed", "draft"])
    def test_a_proposal_is_pending_and_not_counted(self, status: str) -> None:
        found = covered(commit(7, "See ADR-12."), records=(record(status),))
        assert only(found).state == "pending"
        assert found.decision_coverage() == ((), (7,))

    @pytest.mark.parametrize("status", ["rejected", "who knows"])
    def test_one_that_never_held_covers_nothing(self, status: str) -> None:
        pull = only(covered(commit(7, "See ADR-12."), records=(record(status),)))
        assert pull.state == "uncovered"
        assert pull.lacks.startswith(f"{HOME}: it")

    def test_one_without_an_alternative_covers_nothing(self) -> None:
        text = RECORD.partition("## Considered")[0]
        pull = only(covered(commit(7, "See ADR-12."), records=(record(text=text),)))
        assert (pull.state, pull.lacks) == ("uncovered", f"{HOME}: it names no alternative")
        incomplete = record("proposed", text=text)
        assert only(covered(commit(7, "See ADR-12."), records=(incomplete,))).state == "uncovered"

    def test_a_reason_for_no_alternative_is_one(self) -> None:
        text = RECORD.partition("* Redis")[0] + "No alternatives were considered, because the license forces this.\n"
        assert only(covered(commit(7, "See ADR-12."), records=(record(text=text),))).state == "covered"

    def test_one_that_was_deleted_uncovers_and_is_listed(self) -> None:
        found = covered(commit(7, files=(*CODE, ChangedFile(HOME, "added"))))
        assert only(found).state == "uncovered"
        assert found.gone == (Gone(7, HOME),)

    def test_one_that_a_pull_request_deletes_itself_is_no_loss(self) -> None:
        assert covered(commit(7, files=(*CODE, ChangedFile(HOME, "removed")))).gone == ()

    def test_one_without_an_owner_of_its_own_leans_on_who_merged(self) -> None:
        bare = record(text=RECORD.replace("decision-makers: [Ann Example]\n", ""))
        assert only(covered(commit(7, "See ADR-12."), records=(bare,))).owner_source == "author"
        approved = commit(7, "See ADR-12.\n\nReviewed-by: Bo Example <bo@example.org>")
        assert only(covered(approved, records=(bare,))).owner_source == "approver"

    def test_one_that_came_late_counts_now_and_not_as_merged(self) -> None:
        late = covered(commit(7, "See ADR-12."), records=(record(),), added="2026-05-16")
        assert (late.decision_coverage(), late.in_time()) == (((7,), (7,)), ((), (7,)))
        soon = covered(commit(7, "See ADR-12."), records=(record(),), added="2026-05-15")
        assert soon.in_time() == ((7,), (7,))
        touched = commit(7, files=(*CODE, ChangedFile(HOME)))
        assert covered(touched, records=(record(),), added="2026-06-01").in_time() == ((7,), (7,))
        old = covered(commit(7, "See ADR-12."), records=(record(),), added="2020-01-01")
        assert old.in_time() == ((7,), (7,))


class TestWaivers:
    def test_a_waiver_needs_somebody_else(self) -> None:
        alone = covered(commit(7, WAIVER))
        assert only(alone).state == "unconfirmed"
        own = covered(commit(7, f"{WAIVER}\n\nReviewed-by: Ann Example <ann@example.org>"))
        assert only(own).state == "unconfirmed"
        assert own.decision_coverage() == ((), (7,))
        both = covered(commit(7, f"{WAIVER}\n\nReviewed-by: Bo Example <bo@example.org>"))
        assert only(both).state == "waived"

    def test_all_waived(self) -> None:
        found = covered(*(commit(n, f"{WAIVER}\n\nReviewed-by: Bo Example <bo@example.org>") for n in (8, 7)))
        assert found.decision_coverage().told() == "n/a"
        assert found.answered() == found.waiver_rate() == ((8, 7), (8, 7))

    def test_a_waiver_that_two_people_stand_for_comes_before_a_record(self) -> None:
        alone = covered(commit(7, f"{WAIVER}\n\nSee ADR-12."), records=(record(),))
        assert (only(alone).state, alone.fan_out()) == ("covered", {HOME: [7]})
        body = f"{WAIVER}\n\nSee ADR-12.\n\nReviewed-by: Bo Example <bo@example.org>"
        both = covered(commit(7, body), records=(record(),))
        assert (only(both).state, both.fan_out()) == ("waived", {})


class TestWhoIsAsked:
    def test_nobody_is_no_share(self) -> None:
        found = covered(commit(7, files=(ChangedFile("src/a.py"),)))
        assert found.decision_coverage().told() == "n/a"
        assert only(found).excluded == ""

    @pytest.mark.parametrize("author", ["renovate[bot]", "dependabot[bot]"])
    def test_automations_are_left_out_whatever_they_touch(self, author: str) -> None:
        assert only(covered(commit(7, author=author))).excluded == "opened by an automation"

    def test_routine_is_left_out_unless_its_author_decides(self) -> None:
        tests = (ChangedFile("tests/test_a.py"),)
        assert only(covered(commit(7, files=tests))).excluded == "only tests, documentation or lock files"
        assert only(covered(commit(7, TOLD, files=tests))).asked_by == (("author", "decision"),)

    def test_work_on_the_log_alone_is_left_out(self) -> None:
        files = (ChangedFile(HOME, "added"), ChangedFile("docs/index.md"))
        assert only(covered(commit(7, files=files), records=(record(),))).excluded == ONLY_RECORDS
        asked = covered(commit(7, files=files), records=(record(),), glob="docs/adr/**")
        assert (only(asked).excluded, only(asked).state) == ("", "covered")
        both = (*files, ChangedFile("src/a.py"))
        assert only(covered(commit(7, files=both), records=(record(),))).excluded == ""

    @pytest.mark.parametrize(
        ("title", "body"),
        [
            ('Revert "Count calls (#7)"', ""),
            ('Revert "Count calls"', ""),
            ("Revert the counter", "Reverts shop/calls#7"),
            ("Revert the counter", f"This reverts commit {7:040x}."),
        ],
    )
    def test_a_revert_of_one_in_the_window(self, title: str, body: str) -> None:
        found = covered(commit(8, body, title=title), commit(7))
        assert [pull.excluded for pull in found.pulls] == [REVERT, ""]

    @pytest.mark.parametrize(
        ("title", "body"), [('Revert "Something older (#3)"', ""), ("Reverts are cheap now", "Reverts #3")]
    )
    def test_a_revert_of_something_older_is_a_change_of_its_own(self, title: str, body: str) -> None:
        assert covered(commit(8, body, title=title), commit(7)).pulls[0].excluded == ""

    def test_a_revert_that_decides(self) -> None:
        found = covered(commit(8, TOLD, title='Revert "Count calls (#7)"'), commit(7))
        assert found.pulls[0].excluded == ""

    def test_the_same_patch_counts_once_the_first_time(self) -> None:
        patches = {f"{7:040x}": "p", f"{8:040x}": "p"}
        found = covered(commit(8), commit(7), patches=patches)
        assert [pull.excluded for pull in found.pulls] == [SAME_PATCH, ""]
        assert found.decision_coverage().of == (7,)

    def test_hints_stand_beside_and_never_inside(self) -> None:
        wide = (ChangedFile("src/a/x.py", "added", 301), ChangedFile("package.json", "modified", 1))
        found = covered(commit(9, "See ADR-12.", files=wide), commit(8, files=wide), commit(7), records=(record(),))
        assert [pull.number for pull in found.hinted(HINT)] == [9, 8]
        assert found.decision_coverage() == ((), (7,))
        assert found.wide(HINT) == ((9,), (9, 8, 7))

    def test_commits_without_a_number_are_outside_and_named(self) -> None:
        assert covered(commit(7)).direct == ("d" * 40,)

    def test_one_in_two_areas_counts_in_each_and_once_in_all(self) -> None:
        both = (*CODE, ChangedFile("web/cart/a.ts"))
        found = covered(commit(8, "See ADR-12.", files=both), commit(7), records=(record(),))
        assert found.by_area() == {"api": ((8,), (8, 7)), "web/cart": ((8,), (8,))}
        assert found.decision_coverage() == ((8,), (8, 7))
