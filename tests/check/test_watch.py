"""What a rule asks for beside the facts is noted, by whichever way it asks: or what it said would be believed too long."""

from collections.abc import Callable, Iterable

import pytest
from text_reader import read

from onrecord.check import Around, Finding, Policy, ReadFile, SchemaJudge, check, check_record
from onrecord.check.engine import Judge
from onrecord.check.watch import Asked, WatchedLog, still, watch_log
from onrecord.log.graph import graph_of
from onrecord.rules import LOG_RULES, Example, Hit, LogSubject, RecordSubject, Rule, Severity, load_rule

TODAY = "2026-06-01"
POLICY = Policy(SchemaJudge({}), {"number-gap": Severity.NOTICE, "file-name-irregular": Severity.NOTICE})
HOME = "docs/adr"
ONE, TWO, INDEX = f"{HOME}/0001-ants.md", f"{HOME}/0002-bees.md", f"{HOME}/README.md"
GONE = f"{HOME}/0009-gone.md"
RECORD = "# {n}. Keep {what}\n\n## Status\n\n{status}\n\n## Context\n\nSo it is.\n\n## Decision\n\nWe keep {what}.\n\n## Consequences\n\nNone.\n"
LIST = "# Decisions\n\n<!-- onrecord:index -->\n\n- [ADR-0001](0001-ants.md) - Keep ants\n\n<!-- /onrecord:index -->\n"
TEXTS = {
    ONE: RECORD.format(n=1, what="ants", status="Superseded by [ADR-9](0009-gone.md)"),
    TWO: RECORD.format(n=2, what="bees", status="Accepted"),
    INDEX: LIST,
}


def files(texts: dict[str, str] = TEXTS) -> list[ReadFile]:
    return [read(text, path) for path, text in texts.items()]


def watched(*there: str) -> WatchedLog:
    """Return the log of these texts, watched, in which these other files are there; each text's key is its length."""
    every = files()
    documents = {file.record.path: file.document for file in every}
    subject = LogSubject(tuple(f.record for f in every), TODAY, exists=there.__contains__, documents=documents)
    return watch_log(subject, "facts", {path: str(len(text)) for path, text in TEXTS.items()})


class Noting(Judge):
    """Says what its base says, and keeps what every rule asked for, by the rule's name or the path of the record."""

    def __init__(self) -> None:
        self.asked: dict[str, Asked] = {}
        self.log: WatchedLog | None = None

    def of_record(self, file: ReadFile, policy: Policy, today: str, exists: Callable[[str], bool]) -> list[Finding]:
        asked = self.asked[file.record.path] = Asked()
        return check_record(file, policy, today, asked.about(exists), asked.watched)

    def of_log(self, rule: Rule, subject: LogSubject) -> Iterable[tuple[str, Hit]]:
        assert subject.today == TODAY
        self.log = self.log or watch_log(subject, "facts", {})
        self.log.asked = self.asked[rule.id] = Asked()
        return list(super().of_log(rule, self.log))


def noted(texts: dict[str, str], *there: str, **around: dict[str, int]) -> dict[str, Asked]:
    """Return what each rule asks for on these texts; the findings are those of nobody who watches."""
    judge, more = Noting(), Around((), ("",), **around)  # type: ignore[arg-type]
    known = {*texts, *there}
    report, seen = (
        check(files(texts), POLICY, TODAY, known.__contains__, around=more, judge=one) for one in (None, judge)
    )
    assert report == seen
    return judge.asked


class TestAsked:
    def test_who_asks_for_nothing_is_believed_for_ever(self) -> None:
        answers = Asked().answers(TODAY)
        assert answers == ("", [], [])
        assert still(answers, "2027-01-01", lambda _: True)

    def test_the_day_counts_where_it_was_asked_for(self) -> None:
        asked = Asked()
        seen = asked.watched(*RecordSubject(files()[0].record, files()[0].document, TODAY, bool))
        assert not asked.day
        assert seen.today == TODAY
        assert asked.answers(TODAY) == (TODAY, [], [])
        assert still(asked.answers(TODAY), TODAY, bool)
        assert not still(asked.answers(TODAY), "2026-06-02", bool)

    @pytest.mark.parametrize("is_there", [True, False])
    def test_a_path_counts_with_what_was_said_of_it(self, is_there: bool) -> None:
        asked = Asked()
        assert asked.about(lambda _: is_there)("a.md") is is_there
        assert asked.answers(TODAY) == ("", [("a.md", is_there)], [])
        assert still(asked.answers(TODAY), TODAY, lambda _: is_there)
        assert not still(asked.answers(TODAY), TODAY, lambda _: not is_there)

    def test_one_path_of_many_is_enough(self) -> None:
        asked = Asked()
        there = ["a.md", "b.md"]
        for name in ("a.md", "b.md", "c.md"):
            asked.about(there.__contains__)(name)
        assert [
            still(asked.answers(TODAY), TODAY, now.__contains__) for now in (there, there[:1], [*there, "c.md"])
        ] == [
            True,
            False,
            False,
        ]

    def test_one_text_of_many_is_enough(self) -> None:
        asked, keys = Asked(), {"a.md": "1", "b.md": "2"}
        asked.texts |= {"b.md", "a.md"}
        answers = asked.answers(TODAY, keys.__getitem__)
        assert answers == ("", [], [("a.md", "1"), ("b.md", "2")])
        assert still(answers, TODAY, bool, keys.__getitem__)
        for path in keys:
            assert not still(answers, TODAY, bool, (keys | {path: "3"}).__getitem__)

    def test_what_another_one_asked_is_added(self) -> None:
        one, other = Asked(), Asked()
        one.paths, one.texts = {"a.md": True}, {"a.md"}
        other.paths, other.texts, other.day = {"b.md": False}, {"b.md"}, True
        one.include(other)
        one.include(Asked())
        assert one.answers(TODAY) == (TODAY, [("a.md", True), ("b.md", False)], [("a.md", "a.md"), ("b.md", "b.md")])


class TestWatchedLog:
    def test_the_facts_are_free(self) -> None:
        log = watched()
        assert log.checks(log.records[0])
        assert sorted(log.documents) == sorted(TEXTS)
        assert (len(log.documents), TWO in log.documents, GONE in log.documents) == (3, True, False)
        assert log.asked.answers(log[1], log.text_key) == ("", [], [])
        assert log.facts == "facts"

    def test_the_day_is_noted(self) -> None:
        log = watched()
        assert log.today == TODAY
        assert log.asked.day

    def test_a_text_is_noted_with_its_key(self) -> None:
        log = watched()
        assert log.documents[TWO] == files()[1].document
        assert log.asked.answers(TODAY, log.text_key) == ("", [], [(TWO, str(len(TEXTS[TWO])))])
        assert log.text_key(GONE) == ""

    def test_a_text_that_is_asked_for_and_not_there_is_noted(self) -> None:
        log = watched()
        assert log.documents.get(GONE) is None
        assert log.asked.texts == {GONE}

    def test_a_path_is_noted(self) -> None:
        log = watched(GONE)
        assert log.exists(GONE)
        assert not log.exists("gone.md")
        assert log.asked.paths == {GONE: True, "gone.md": False}

    def test_what_rules_share_is_the_same_for_all_and_noted_for_each(self) -> None:
        """What names lead to is worked out for the first that asks."""
        log = watched()
        graph, plain = log.graph, graph_of(log.log)
        assert (graph.edges, graph.unresolved) == (plain.edges, plain.unresolved)
        assert graph.unresolved
        first, log.asked = log.asked, Asked()
        assert log.graph is graph
        assert log.log is log.log
        assert first.paths == log.asked.paths == {GONE: False}

    def test_what_was_shared_takes_no_more_with_it(self) -> None:
        """What one rule asks for after the graph is no concern of the next one that asks for the graph."""
        log = watched()
        assert log.graph
        assert log.today
        assert log.exists(TWO) is False
        log.asked = Asked()
        assert log.graph
        assert (log.asked.day, log.asked.paths) == (False, {GONE: False})

    def test_the_log_alone_asks_for_nothing_until_a_name_is_followed(self) -> None:
        log = watched()
        assert log.log.records
        assert log.asked.paths == {}
        log.asked = Asked()
        assert not log.log.exists(GONE)
        assert log.asked.paths == {GONE: False}

    def test_who_looks_for_a_name_in_all_texts_has_looked_into_all(self) -> None:
        """They are put together for the first that looks; the second looks into the same heap, and opens none."""
        log = watched()
        assert list(log.texts.naming("0001-ants")) == [INDEX]
        first, log.asked = log.asked, Asked()
        assert list(log.texts.naming("0002-bees")) == []
        assert first.texts == log.asked.texts == set(TEXTS)


class TestRules:
    def test_each_is_asked_again_about_what_it_looked_at(self) -> None:
        linking = TEXTS[TWO].replace("So it is.", "See [the plan](plan.md).")
        asked = noted(TEXTS | {TWO: linking})
        assert asked[TWO].paths.keys() >= {f"{HOME}/plan.md"}
        assert not asked[TWO].day
        assert asked["supersedes-dangling"].paths == asked["supersedes-cycle"].paths == {GONE: False}
        assert asked["index-stale"].texts >= {INDEX}
        assert asked["conflict-accepted"].texts == {TWO}, "the others are not accepted"
        assert asked["number-duplicate"].texts == set()

    def test_a_date_is_compared_with_the_day(self) -> None:
        waits = TEXTS[TWO].replace("Accepted", "Proposed")
        assert noted({TWO: f"---\ndecide-by: 2026-05-31\n---\n{waits}"})[TWO].day
        assert not noted({TWO: waits})[TWO].day

    def test_fixes_that_rewrite_references_look_into_all_texts(self) -> None:
        again, short = f"{HOME}/0001-again.md", f"{HOME}/5-short.md"
        added = {ONE: 1, TWO: 2, f"{HOME}/0003-cats.md": 3, f"{HOME}/0004-dogs.md": 4, again: 5, short: 6}
        texts = {path: RECORD.format(n=n % 5, what="eels", status="Accepted") for path, n in added.items()} | {
            INDEX: LIST
        }
        asked = noted(texts, added=added)
        assert asked["file-name-irregular"].texts == asked["number-duplicate"].texts == set(texts)

    @pytest.mark.parametrize("rule", LOG_RULES)
    def test_none_says_anything_else_when_it_is_watched(self, rule: str) -> None:
        examples: tuple[Example, ...] = load_rule(rule).bad
        for example in examples:
            noted({example.path: example.text} | {one.path: one.after or "" for one in example.files}, *example.others)
