"""The upkeep queue: the neediest record first, and what a team has hushed left out."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from text_reader import read, read_all

from onrecord.adapters.shipped import schema
from onrecord.check import Policy, SchemaJudge, make_baseline
from onrecord.check.upkeep import Queue, queue_json, review
from onrecord.log.citations import CitingLine
from onrecord.log.upkeep.facts import Past, Work
from onrecord.rules import Severity
from onrecord.rules.samples import madr, nygard

JUDGE = SchemaJudge(schema("decision-record"))
TODAY = "2026-06-01"
CODE = tuple(f"src/shop/part_{n}.py" for n in range(40))
NOTHING = Past()
ONE = "scope: [src/shop/part_1.py]"
LATE = "review-by: 2026-05-01"
STEP = "\n## Next steps\n\n- [ ] Move the old invoices\n"


def kept(
    number: int, *lines: str, status: str = "accepted", owner: str = "[Ann Example]", more: str = ""
) -> tuple[str, str]:
    text = madr(status="\n".join((f"status: {status}", *lines)), owner=owner, more=more)
    return f"docs/adr/{number:04}-keep.md", text.replace("# Keep sessions", f"# {number}. Keep sessions")


def queue(*texts: tuple[str, str], past: Past = NOTHING, citing: tuple[CitingLine, ...] = (), note: str = "", known: Any = None, **team: Any) -> Queue:  # fmt: skip
    files = [read(text, path) for path, text in texts]
    past = past._replace(files=(*(path for path, _ in texts), *CODE))
    return review(files, past, Policy(JUDGE, **team), TODAY, citing, known, note)


def worked(*commits: tuple[str, ...]) -> Past:
    return Past(recent=tuple(Work("2026-05-20", paths) for paths in commits))


def order(found: Queue) -> list[tuple[str, int, float]]:
    """Return number, weight and score of each entry."""
    return [(entry.standing.record.path[9:13], entry.weight, entry.score) for entry in found.entries]


class TestOrder:
    def test_a_date_that_the_team_set_weighs_more_than_what_may_be_all_right(self) -> None:
        found = queue(kept(1, more=STEP), kept(2, "scope: [web/*.py]"), kept(3, LATE), kept(4))
        assert order(found) == [("0003", 4, 4.0), ("0002", 3, 3.0), ("0001", 1, 1.0)]
        assert found.records == 4

    def test_the_more_is_done_under_a_record_the_sooner_it_is_looked_at(self) -> None:
        assert order(queue(kept(1, ONE, LATE), past=worked((CODE[1],), (CODE[1],)))) == [("0001", 4, 10.3)]
        busy = worked((CODE[1],), (CODE[1], CODE[2]), (CODE[1],), (CODE[2],))
        found = queue(kept(1, LATE), kept(2, ONE, more=STEP), kept(3, ONE, LATE), past=busy)
        assert order(found) == [("0003", 4, 12.0), ("0001", 4, 4.0), ("0002", 1, 3.0)]

    def test_a_rule_that_speaks_twice_weighs_once(self) -> None:
        found = queue(kept(1, "scope: [web/*.py, api/*.py]", more=STEP))
        assert order(found) == [("0001", 4, 4.0)]
        assert [finding.rule for finding in found.entries[0].findings] == ["scope-dead", "scope-dead", "follow-up-unassigned"]  # fmt: skip

    def test_of_equals_the_one_that_was_not_looked_at_for_longer(self) -> None:
        new, old = kept(1, LATE), kept(2, LATE)
        old = (old[0], old[1].replace("date: 2026-03-01", "date: 2026-02-01"))
        unknown = kept(3, LATE)
        unknown = (unknown[0], unknown[1].replace("date: 2026-03-01\n", ""))
        assert [path for path, _, _ in order(queue(new, old, unknown))] == ["0003", "0002", "0001"]

    def test_what_is_over_is_not_looked_at(self) -> None:
        assert order(queue(kept(1, LATE, status="rejected"), kept(2, LATE, status="superseded by ADR-1"))) == []

    def test_an_open_proposal_whose_day_has_passed(self) -> None:
        assert order(queue(kept(1, "decide-by: 2026-05-01", status="proposed"))) == [("0001", 4, 4.0)]


class TestPolicy:
    def test_it_is_a_notice_unless_the_team_says_otherwise(self) -> None:
        late = kept(1, LATE)
        assert queue(late).worst() == Severity.NOTICE
        assert queue(late, severities={"review-by-passed": Severity.ERROR}).worst() == Severity.ERROR
        assert queue(late, severities={"review-by-passed": Severity.OFF}).worst() == Severity.OFF
        assert queue(late, ignore=frozenset(("review-by-passed",))).entries == ()
        assert queue(late, select=frozenset(("scope-dead",))).entries == ()

    def test_a_citation_is_as_loud(self) -> None:
        cited = (CitingLine("src/a.py", 3, "# see ADR-2"),)
        found = queue(kept(1), kept(3), citing=cited, severities={"citation-dangling": Severity.WARNING})
        assert (found.entries, found.worst()) == ((), Severity.WARNING)
        assert [(f.location, f.rule) for f in found.citations] == [(("src/a.py", 3, 3), "citation-dangling")]


def test_citations_come_in_the_order_of_files_and_lines() -> None:
    replaced = (kept(1)[0], nygard("Superseded by ADR-3"))
    cited = [("src/b.py", 1, 2), ("src/a.py", 9, 1), ("src/a.py", 3, 2)]
    found = queue(replaced, kept(3), citing=tuple(CitingLine(path, line, f"# ADR-{n}") for path, line, n in cited))
    assert [(f.location.path, f.location.line, f.rule) for f in found.citations] == [
        ("src/a.py", 3, "citation-dangling"),
        ("src/a.py", 9, "citation-outdated"),
        ("src/b.py", 1, "citation-dangling"),
    ]


def test_what_is_found_in_the_last_line_of_a_file() -> None:
    path, text = kept(1, more=STEP)
    assert [entry.weight for entry in queue((path, text.rstrip("\n"))).entries] == [1]


class TestHushed:
    HUSH = "\n<!-- onrecord-disable-file review-by-passed: the law is being written -->\n"

    def test_a_reason_in_the_text_of_one_record_is_followed_there(self) -> None:
        found = queue(kept(1, LATE, more=self.HUSH), kept(2, LATE), kept(3, more=STEP + self.HUSH))
        assert [path for path, _, _ in order(found)] == ["0002", "0003"]
        assert found.hidden == (1, 0)

    def test_what_stands_in_the_baseline_is_not_said_again(self) -> None:
        late, loose = kept(1, LATE), kept(2, more=STEP)
        files = {path: read(text, path).document.lines for path, text in (late, loose)}
        entries = make_baseline(queue(late).entries[0].findings, files)["findings"]
        known = {(one["rule"], one["path"], one["line"]): one["count"] for one in entries}
        found = queue(late, loose, known=known)
        assert ([path for path, _, _ in order(found)], found.hidden) == (["0002"], (0, 1))


class TestSeveralInAFile:
    def test_each_has_its_own(self) -> None:
        text = "# Decisions\n\n" + "\n".join(
            f"## {n}. Keep {n}\n\n### Status\n\nAccepted\n\n### Context\n\nSlow.\n\n### Decision\n\nWe keep it.\n{more}"
            for n, more in ((1, ""), (2, "\n### Next steps\n\n- [ ] Move invoices\n"), (3, ""))
        )
        files = read_all(text, "docs/decisions.md")
        found = review(files, Past(files=("docs/decisions.md",)), Policy(JUDGE), TODAY)
        assert (len(files), [entry.standing.record.number for entry in found.entries]) == (3, ["2"])


class TestAnEmptyQueue:
    def test_it_says_what_it_is_worth(self) -> None:
        told = "Of 3 in force, 3 have a status, 1 has a scope, 2 have an owner and none has a date to look again; without these, little can be told."  # fmt: skip
        texts = (kept(1, ONE), kept(2), ("docs/adr/0003-x.md", nygard()))
        assert queue(*texts).told == told
        dated = queue(kept(1, "review-by: 2027-01-01"), kept(2, "decide-by: 2027-01-01", status="proposed")).told
        assert dated == "Of 1 in force, 1 has a status, none has a scope, 1 has an owner and 1 has a date to look again; without these, little can be told."  # fmt: skip
        assert queue(kept(2, status="proposed")).told == "", "nothing is in force yet"

    def test_one_that_is_not_empty_speaks_for_itself(self) -> None:
        assert queue(kept(1, LATE)).told == ""
        assert queue(kept(1, status="rejected")).told == "", "nothing is in force"


class TestJson:
    def test_all_of_it(self) -> None:
        path, text = kept(7, ONE, LATE, "last-reviewed: 2026-04-01 by Bo Li")
        cited = (CitingLine("src/a.py", 3, "# see ADR-2"),)
        found = queue((path, text), past=worked((CODE[1],)), citing=cited, note="no history")
        view = queue_json(found)
        finding = view["entries"][0]["findings"][0]
        assert (finding["rule"], finding["severity"]) == ("review-by-passed", "notice")
        assert view == {
            "version": 1,
            "today": TODAY,
            "records": 1,
            "needing": 1,
            "entries": [
                {
                    "path": path,
                    "line": 1,
                    "number": "7",
                    "title": "Keep sessions in Redis",
                    "status": "accepted",
                    "owners": ["Ann Example"],
                    "reviewed": {"day": "2026-04-01", "by": "review mark by Bo Li"},
                    "recent_commits": 1,
                    "weight": 4,
                    "score": 8.0,
                    "findings": [finding],
                    "action": finding["help"],
                    "touch": ["onrecord", "touch", path],
                }
            ],
            "citations": [view["citations"][0]],
            "citations_total": 1,
            "hidden": {"suppressed": 0, "baselined": 0},
            "note": "no history",
        }
        assert view["citations"][0]["message"] == "ADR-2 is cited, and no record has this number"
        Draft202012Validator(schema("review")).validate(json.loads(json.dumps(view)))

    @pytest.mark.parametrize(("limit", "shown"), [(0, 3), (2, 2), (5, 3)])
    def test_with_a_limit_the_neediest_and_how_many_there_are(self, limit: int, shown: int) -> None:
        cited = tuple(CitingLine("src/a.py", line, "# see ADR-2") for line in (1, 2, 3))
        found = queue(*(kept(n, LATE) for n in (1, 3, 4)), citing=cited)
        view = queue_json(found, limit)
        assert (len(view["entries"]), view["needing"]) == (shown, 3)
        assert (len(view["citations"]), view["citations_total"]) == (shown, 3)
        assert queue_json(found) == queue_json(found, 0)

    def test_a_record_that_says_little(self) -> None:
        text = "# Keep it\n\nAuthor: Bo Li\n\n## Context\n\nSlow.\n\n## Decision\n\nWe keep it.\n" + STEP
        (entry,) = queue_json(queue(("docs/adr/0001-keep.md", text)))["entries"]
        assert (entry["status"], entry["owners"], entry["reviewed"]) == (None, ["Bo Li"], None)
