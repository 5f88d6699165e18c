"""The findings on one change: description and records, worst first, and silence where nothing is asked."""

import itertools
from time import perf_counter
from typing import Any

import pytest

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.check import Finding, Policy, SchemaJudge
from onrecord.check.change import check_change
from onrecord.log import governing
from onrecord.markdown import Span
from onrecord.record import Decision, DecisionRecord, Option, Status
from onrecord.record.vocabulary import shipped
from onrecord.rules import ALL_RULES, CHANGE_RULES, ChangeSubject, Severity
from onrecord.rules.samples import madr, nygard

TEMPLATE = "## What changes\n\nOne or two sentences.\n\n## Why\n\nWhat happens without it?\n"
TRIGGERS = Triggers(
    labels=frozenset(("decision",)),
    skip_labels=frozenset(("trivial",)),
    asked_by_path=lambda path: Asked("path", "billing/**", path) if path.startswith("billing/") else None,
    is_record=lambda path: path.startswith("docs/adr/"),
    templates=(TEMPLATE,),
    since="2026-01-01",
    resolves=lambda link: link != "ADR-99",
)
PATH = "docs/adr/0007-keep-invoices.md"
SCOPED = madr(status="status: accepted\nscope: [billing/*]")
LISTED = ChangedFile("billing/rate.py", additions=40, deletions=40, patch="@@ -1 +1 @@\n-x\n+# see ADR-12\n")


def record(text: str, path: str = PATH) -> DecisionRecord:
    return read_as_records(decode(text.encode()), path, path, shipped())[0].record


def subject(body: str = "Why.", title: str = "Swap the queue", **more: Any) -> ChangeSubject:
    fields = {name: more.pop(name) for name in list(more) if name in Change._fields}
    change = Change(title, body, **{"author": "ann", "files": (LISTED,)} | fields)
    facts = judge_change(change, TRIGGERS, shipped()).facts
    if "records" in more:
        paths = [file.path for file in change.files or ()]
        more["governing"] = tuple(governing(more["records"], paths))
    return ChangeSubject(change, facts, **more)


def policy(**more: Any) -> Policy:
    return Policy(SchemaJudge(schema("pull-request"), (schema("decision-record"),)), **more)


def found(one: ChangeSubject, **more: Any) -> list[Finding]:
    return check_change(one, policy(**more))


def rules(one: ChangeSubject, **more: Any) -> list[str]:
    return [finding.rule for finding in found(one, **more)]


LOUD = subject(
    "This follows ADR-7.",
    files=(
        LISTED,
        ChangedFile("docs/adr/0005-a.md", "modified"),
        ChangedFile("docs/adr/0004-b.md", "removed"),
        ChangedFile("docs/adr/0003-c.md", "modified"),
    ),
    records=(
        record(nygard("Proposed"), PATH),
        record(SCOPED, "docs/adr/0006-x.md"),
        record(nygard(decision="We will use MySQL."), "docs/adr/0005-a.md"),
        record(nygard("Rejected"), "docs/adr/0003-c.md"),
    ),
    before={
        "docs/adr/0005-a.md": record(nygard(), "docs/adr/0005-a.md"),
        "docs/adr/0004-b.md": record(SCOPED, "docs/adr/0004-b.md"),
        "docs/adr/0003-c.md": record(nygard(), "docs/adr/0003-c.md"),
    },
)
ON_FILES = {"accepted-edited", "record-deleted", "transition-illegal", "citation-dangling"}
ON_DESCRIPTION = {"proposal-implemented", "scope-touched"}


def test_what_is_said_has_its_place() -> None:
    places = {finding.rule: finding.location for finding in found(LOUD)}
    assert set(places) == ON_FILES | ON_DESCRIPTION
    assert {rule for rule, place in places.items() if place.path} == ON_FILES
    assert places["citation-dangling"] == ("billing/rate.py", 1, 1)
    assert places["accepted-edited"] == ("docs/adr/0005-a.md", 15, 15)
    assert places["transition-illegal"] == ("docs/adr/0003-c.md", 7, 7)
    assert places["record-deleted"] == ("docs/adr/0004-b.md", 1, 1)


def test_the_worst_comes_first_whatever_the_order_of_what_is_given() -> None:
    expected = found(LOUD)
    assert [f.severity for f in expected] == sorted((f.severity for f in expected), reverse=True)
    assert len({f.severity for f in expected}) > 1
    for records in itertools.permutations(LOUD.records):
        assert found(LOUD._replace(records=records)) == expected


class TestPolicy:
    @pytest.mark.parametrize("severity", list(Severity))
    @pytest.mark.parametrize("rule", sorted(ON_FILES | ON_DESCRIPTION))
    def test_a_team_sets_the_severity(self, rule: str, severity: Severity) -> None:
        mine = [f.severity for f in found(LOUD, severities={rule: severity}) if f.rule == rule]
        assert mine == ([severity] if severity else [])

    def test_select_and_ignore(self) -> None:
        assert rules(LOUD, select=frozenset(("scope-touched",))) == ["scope-touched"]
        assert set(rules(LOUD, ignore=frozenset(("scope-touched",)))) == (ON_FILES | ON_DESCRIPTION) - {"scope-touched"}
        assert rules(subject(), ignore=frozenset(("decision-unanswered",))) == []
        assert rules(subject(), severities={"decision-unanswered": Severity.OFF}) == []

    @pytest.mark.parametrize(
        ("configured", "shown"),
        [(None, "notice"), ("error", "warning"), ("warning", "notice"), ("notice", "notice"), ("off", None)],
    )
    def test_rules_for_records_are_one_step_quieter(self, configured: str | None, shown: str | None) -> None:
        severities = {"options-missing": Severity[configured.upper()]} if configured else {}
        one = subject("Decision: keep the queue because it is paid for. Owner: Ann Example.")
        assert [f.severity.word for f in found(one, severities=severities)] == ([shown] if shown else [])

    def test_a_missing_owner_is_never_more_than_a_notice(self) -> None:
        one = subject("Decision: keep the queue because it is paid for. Instead of: Kafka.")
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE):
            assert [(f.rule, f.severity) for f in found(one, severities={"owner-missing": severity})] == [
                ("owner-missing", Severity.NOTICE)
            ]


class TestExempt:
    CONTRADICTORY = "Decision: keep it, because it is paid for.\n\nNo decision here."

    @pytest.mark.parametrize(
        "more",
        [
            {"author": "dependabot[bot]"},
            {"is_bot": True},
            {"draft": True},
            {"labels": ("trivial",)},
            {"created": "2025-12-31"},
        ],
        ids=["bot", "app", "draft", "label", "old"],
    )
    @pytest.mark.parametrize("body", ["", TEMPLATE, CONTRADICTORY, "No decision here.", "This follows ADR-7."])
    def test_nothing_is_said_about_the_description(self, body: str, more: dict[str, Any]) -> None:
        files = LOUD.change.files
        one = subject(body, records=LOUD.records, before=LOUD.before, files=files, required=True, **more)
        assert set(rules(one)) == ON_FILES, "records are still checked"

    def test_routine(self) -> None:
        assert rules(subject("", title="Release v1.2.3", files=(ChangedFile("src/a.py"),))) == []
        assert rules(subject("", files=(ChangedFile("docs/guide.md"),))) == []


class TestOnePlaceForEachThing:
    @pytest.mark.parametrize("body", ["", TEMPLATE, "Why."])
    def test_an_unanswered_question_is_said_once(self, body: str) -> None:
        assert rules(subject(body)) == ["decision-unanswered"]
        assert rules(subject(body, required=True)) == ["record-required"]

    def test_a_decision_without_its_rival_that_the_team_requires(self) -> None:
        one = subject("Decision: keep the queue because it is paid for. Owner: Ann Example.")
        assert rules(one) == ["options-missing"]
        assert rules(one._replace(required=True)) == ["record-required"]

    def test_an_empty_answer_beside_a_decision(self) -> None:
        assert rules(subject(TestExempt.CONTRADICTORY)) == ["answer-contradictory"]

    def test_a_rule_that_is_left_out_hushes_no_other(self) -> None:
        assert rules(subject(""), ignore=frozenset(("decision-unanswered",))) == ["description-empty"]

    def test_the_end_of_a_comment_says_nothing(self) -> None:
        comment = "[//]: # (" + "Say what you decided here. " * 100 + ")\n"
        assert rules(subject(comment), ignore=frozenset(("decision-unanswered",))) == ["description-empty"]


class TestUnresolvedLinks:
    def test_a_link_that_leads_nowhere_is_no_answer(self) -> None:
        assert rules(subject("This follows ADR-99.")) == ["decision-unanswered"]
        seen = found(subject("This follows ADR-99.", required=True))
        assert [f.rule for f in seen] == ["record-required"]
        assert "was not found" in seen[0].message

    def test_one_that_does_is(self) -> None:
        assert rules(subject("This follows ADR-7.", required=True)) == []


class TestScope:
    RECORDS = tuple(
        record(
            madr(status=f"status: accepted\nscope: [{glob}]").replace("Keep sessions", name),
            f"docs/adr/000{n}-{name}.md",
        )
        for n, (name, glob) in enumerate(
            [("one", "billing"), ("two", "billing/*.py"), ("three", "billing/rate*"), ("four", "billing/rate.py")], 1
        )
    )

    def test_at_most_three_and_the_most_specific(self) -> None:
        seen = [
            f.message
            for f in found(subject("Why.", labels=("decision",), records=self.RECORDS))
            if f.rule == "scope-touched"
        ]
        assert len(seen) == 3
        assert sorted(m.split()[1] for m in seen) == ["four", "three", "two"]

    def test_what_is_linked_is_not_shown_again(self) -> None:
        one = subject("See docs/adr/0004-four.md and ADR-3.", records=self.RECORDS)
        assert sorted(f.message.split()[1] for f in found(one) if f.rule == "scope-touched") == ["one", "two"]

    def test_what_asked_is_not_said_twice(self) -> None:
        one = subject("Why.", records=self.RECORDS)
        asked = [{"by": "scope", "what": "ADR-4 four in Redis", "path": "billing/rate.py"}]
        shown = found(one._replace(facts={**one.facts, "asked_by": asked}))
        assert sorted(f.message.split()[1] for f in shown if f.rule == "scope-touched") == ["one", "three", "two"]

    def test_what_the_change_itself_touches_is_not_shown(self) -> None:
        files = (LISTED._replace(patch=None), ChangedFile("docs/adr/0004-four.md"))
        shown = found(subject("Why.", files=files, records=self.RECORDS))
        assert "four" not in {f.message.split()[1] for f in shown}


class TestProposals:
    PROPOSAL = record(nygard("Proposed"))

    def said(self, title: str = "Swap the queue", path: str = "src/a.py", *more: ChangedFile, **change: Any) -> bool:
        files = (ChangedFile(path), *more)
        return "proposal-implemented" in rules(
            subject("See ADR-7.", title, files=files, records=(self.PROPOSAL,), **change)
        )

    def test_code_that_follows_one(self) -> None:
        assert self.said()

    @pytest.mark.parametrize(
        "title", ["Spike: swap the queue", "WIP swap", "A prototype of the queue", "Exploring Kafka"]
    )
    def test_a_trial(self, title: str) -> None:
        assert not self.said(title)

    @pytest.mark.parametrize("path", ["docs/guide.md", "tests/test_a.py"])
    def test_what_builds_nothing(self, path: str) -> None:
        assert not self.said("Swap the queue", path, labels=("decision",))

    def test_a_change_of_the_proposal_itself(self) -> None:
        assert not self.said("Swap the queue", "src/a.py", ChangedFile(PATH))


def test_a_waiver_beside_an_answer_needs_no_reason() -> None:
    assert rules(subject("No decision here.")) == ["waiver-unreasoned"]
    assert rules(subject("No decision here.\n\nThis follows ADR-7.")) == []


def test_a_record_in_force_again_that_nothing_replaces() -> None:
    before = record(madr(status="status: superseded\nsuperseded-by: 0012-use-kafka.md"))
    one = subject("Why.", files=(ChangedFile(PATH),), records=(record(madr()),), before={PATH: before})
    assert rules(one) == []


class TestNumbers:
    ADDED = ChangedFile("docs/adr/0012-use-kafka.md", "added")
    MINE = record(nygard(), ADDED.path)

    def collisions(self, **more: Any) -> list[tuple[str, str]]:
        one = subject("Why.", files=(self.ADDED,), **{"records": (self.MINE,)} | more)
        return [(f.location.path, f.message) for f in found(one) if f.rule == "number-collision"]

    def test_on_the_branch_it_goes_to(self) -> None:
        base = (record(nygard(), "docs/adr/0012-use-rabbit.md"), record(nygard(), "docs/adr/0011-x.md"))
        assert self.collisions(base=base) == [
            (self.ADDED.path, "number 12 is also taken by 0012-use-rabbit.md, on the branch this goes to")
        ]

    def test_in_another_open_change(self) -> None:
        assert self.collisions(taken={"docs/adr/0012-use-rabbit.md": 41, "docs/adr/0013-x.md": 42}) == [
            (self.ADDED.path, "number 12 is also taken by 0012-use-rabbit.md, in #41")
        ]

    def test_the_same_file_is_no_collision(self) -> None:
        assert self.collisions(base=(self.MINE,), taken={self.ADDED.path: 41}) == []

    def test_what_is_checked_out_as_well_is_another_rule_s(self) -> None:
        other = record(nygard(), "docs/adr/0012-use-rabbit.md")
        assert self.collisions(records=(self.MINE, other), base=(other,)) == []

    def test_other_folders_and_translations(self) -> None:
        base = (record(nygard(), "web/adr/0012-x.md"), record(nygard(), "docs/adr/0012-use-kafka.de.md"))
        assert self.collisions(base=base) == []

    def test_a_record_that_is_renumbered_away(self) -> None:
        rival = record(nygard(), "docs/adr/0012-use-rabbit.md")
        moved = ChangedFile("docs/adr/0013-use-rabbit.md", "renamed", previous=rival.path)
        one = subject(
            "Why.", files=(self.ADDED, moved), records=(self.MINE, record(nygard(), moved.path)), base=(rival,)
        )
        assert "number-collision" not in rules(one)

    def test_a_record_that_was_there_takes_nothing(self) -> None:
        one = subject(
            "Why.",
            files=(self.ADDED._replace(status="modified"),),
            records=(self.MINE,),
            taken={"docs/adr/0012-b.md": 4},
        )
        assert "number-collision" not in rules(one)


class TestAcceptedEdited:
    def edited(self, before: str, after: str, status: str = "modified", previous: str | None = None) -> bool:
        old = previous or PATH
        one = subject(
            "Why.",
            files=(ChangedFile(PATH, status, previous=previous),),
            records=(record(nygard(decision=after)),),
            before={old: record(nygard(decision=before), old)},
        )
        return "accepted-edited" in rules(one)

    BEFORE = "We will cache pages for 60 seconds in Redis, because the database cannot take the Monday peak."

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("60", "600"),
            ("Redis", "Memcached"),
            ("We will cache", "We will not cache"),
            ("because the database cannot take the Monday peak", "because readers asked for faster pages"),
            ("pages", "pages and pictures and feeds of all shops"),
        ],
    )
    def test_what_says_something_else(self, old: str, new: str) -> None:
        assert self.edited(self.BEFORE, self.BEFORE.replace(old, new))
        assert self.edited(self.BEFORE, self.BEFORE.replace(old, new), "renamed", "docs/adr/0006-keep-invoices.md")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("database", "data base"),
            ("cannot", "can not"),
            ("Redis", "[Redis](https://redis.example)"),
            ("Redis", "**Redis**"),
            ("peak", "peaks"),
            ("because", "becuase"),
            ("in Redis", "in the Redis"),
            (" because", "\nbecause"),
            ("peak.", "peak.\n\nSuperseded in part by [0012](0012-use-kafka.md)."),
            ("", ""),
        ],
    )
    def test_what_says_the_same(self, old: str, new: str) -> None:
        assert not self.edited(self.BEFORE, self.BEFORE.replace(old, new, 1) if old else self.BEFORE)

    @pytest.mark.parametrize("text", ["a " * 20_000, "a b " * 10_000, "x" * 50_000, "* y\n" * 2_000])
    def test_long_texts_take_no_long_time(self, text: str) -> None:
        start = perf_counter()
        one, two = (
            DecisionRecord(path=PATH, decision=Decision(t), status=Status("accepted", ""))
            for t in (text, f"b {text[3:-9]} c")
        )
        for record_ in (one, two):
            record_.considered_options = [Option(f"{n} {text[:n]}", "rejected", False, Span(1, 1)) for n in range(200)]
        assert rules(subject("Why.", files=(ChangedFile(PATH),), records=(two,), before={PATH: one})) == [
            "accepted-edited"
        ]
        assert perf_counter() - start < 2

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ("* Redis\n* Memcached", False),
            ("* Redis (in memory)\n* Memcached, which loses data", False),
            ("* Redis\n* Memcache", False),
            ("* Redis", True),
            ("* Redis\n* Memcached\n* Sticky sessions", True),
            ("* Redis\n* Kafka", True),
        ],
    )
    def test_options(self, options: str, said: bool) -> None:
        before = record(madr(options="* Redis\n* Memcached"))
        one = subject(
            "Why.", files=(ChangedFile(PATH),), records=(record(madr(options=options)),), before={PATH: before}
        )
        assert rules(one) == (["accepted-edited"] if said else [])

    def test_an_unknown_past_and_a_file_of_several(self) -> None:
        after = record(nygard(decision="We will use MySQL."))
        one = subject("Why.", files=(ChangedFile(PATH),), records=(after,))
        assert rules(one) == []
        twice = one._replace(records=(after, after), before={PATH: record(nygard())})
        assert rules(twice) == []


class TestCitations:
    def cited(self, patch: str, path: str = "src/a.py", **more: Any) -> list[tuple[str, int]]:
        one = subject("Why.", files=(ChangedFile(path, patch=patch),), **{"records": (record(nygard()),)} | more)
        return [(f.rule, f.location.line) for f in found(one)]

    def test_only_added_lines(self) -> None:
        patch = "@@ -3,2 +3,3 @@ def f():\n # ADR-2\n-# ADR-3\n+# ADR-3, again\n+# ADR-4\n"
        assert self.cited(patch) == [("citation-dangling", 5)]

    @pytest.mark.parametrize(
        "path",
        ["tests/test_a.py", "vendor/a.py", "docs/adr/template.md", "web/generated/a.ts"],
    )
    def test_files_that_prove_nothing(self, path: str) -> None:
        assert self.cited("@@ -0,0 +1 @@\n+# see ADR-12\n", path) == []

    def test_numbers_that_are_known_elsewhere(self) -> None:
        patch = "@@ -0,0 +1 @@\n+# see ADR-12\n"
        assert self.cited(patch) == [("citation-dangling", 1)]
        assert self.cited(patch, taken={"docs/adr/0012-use-kafka.md": 4}) == []
        assert self.cited(patch, has_other_logs=True) == []
        assert self.cited(patch, records=()) == []
        assert self.cited(patch, records=(record(nygard(), "web/adr/API-012-x.md"), record(nygard()))) == []
        assert self.cited(patch.replace("12", "2024")) == []

    def test_an_outdated_one_names_its_successor(self) -> None:
        old = record(nygard("Superseded by [0012](0012-use-kafka.md)"))
        patch = "@@ -0,0 +1 @@\n+# see ADR-7\n"
        one = subject("Why.", files=(ChangedFile("src/a.py", patch=patch),), records=(old,))
        assert [(f.rule, "0012-use-kafka.md" in f.message) for f in found(one)] == [("citation-outdated", True)]
        for path in ("CHANGELOG.md", "docs/adr/README.md", "docs/release-notes/3.md", "tests/a.py"):
            assert self.cited(patch, path, records=(old,)) == []
        assert self.cited(patch.replace("see", "before 2026 this was"), records=(old,)) == []
        assert self.cited(patch, records=(old, record(nygard(), "web/adr/0007-other.md"))) == []

    def test_a_patch_nobody_gave(self) -> None:
        one = subject("Why.", files=(ChangedFile("src/a.py", patch=None),), records=(record(nygard()),))
        assert rules(one) == []


def test_all_change_rules_are_known() -> None:
    assert set(CHANGE_RULES) <= set(ALL_RULES)
    assert set(CHANGE_RULES) >= ON_FILES | ON_DESCRIPTION


def test_hostile_text_breaks_nothing() -> None:
    body = "](x\x00\x1b[31m ::error:: ADR-7 <!-- \ud800" * 50
    patch = "@@ -1 +1 @@\n" + "+ADR-" * 5_000 + "\n@@ bad\n+\n-\n\\ x\n" + "+" + "See ADR-1 " * 2_000
    one = subject(body, files=(ChangedFile("\x00/../a", patch=patch),), records=(record(nygard()),), required=True)
    for finding in found(one):
        assert len(finding.message) < 400
