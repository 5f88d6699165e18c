"""`onrecord show`: its door."""

import json

import pytest

from onrecord.cli import common

SESSIONS = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
scope: ["src/session/**"]
supersedes: [0003-memory.md]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions of visitors are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.

### Consequences

* Bad, because there is one more server to run.
"""
MEMORY = "# {title}\n\nDate: 2025-01-01\n\n## Status\n\n{status}\n\n## Context\n\nVisitors have sessions.\n\n## Decision\n\n{decision}\n"


@pytest.fixture(autouse=True)
def log(repo):
    """Write a small log with a supersession, a number used twice and a record on a related matter."""
    files = {"docs/adr/0012-sessions.md": SESSIONS}
    files["docs/adr/0003-memory.md"] = MEMORY.format(
        title="Keep sessions in memory",
        status="Superseded by [ADR-12](0012-sessions.md)",
        decision="Keep them in the process.",
    )
    files["docs/adr/0004-zones.md"] = MEMORY.format(
        title="Run Redis in three zones",
        status="Accepted",
        decision="Redis with the sessions of visitors runs in three zones, so that a restart keeps data.",
    )
    for number in range(20, 50):
        text = MEMORY.format(
            title=f"Matter {number}", status="Accepted", decision=f"Garden{number} gets river{number}."
        )
        files[f"docs/adr/{number:04}-matter.md"] = text.replace("Visitors have sessions", f"There is stone{number}")
    files["web/docs/adr/0020-look.md"] = MEMORY.format(
        title="Look like paper", status="Accepted", decision="Paper it is."
    )
    repo.write_all(files)
    return repo


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "12",
            "ADR-12",
            "adr 12",
            "0012",
            "#12",
            "docs/adr/0012-sessions.md",
            "./docs/adr/0012-sessions.md",
            "in redis",
            "REDIS keep",
            "0012-sess",
        ],
    )
    def test_what_people_call_it(self, run, name: str) -> None:
        outcome = run("show", name)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("ADR-12 Keep sessions in Redis\ndocs/adr/0012-sessions.md\n")

    def test_words_need_no_quotes(self, run) -> None:
        assert run("show", "three", "zones").out.startswith("ADR-4 ")

    def test_a_path_from_where_one_is(self, log, run, monkeypatch) -> None:
        monkeypatch.chdir(log.folder / "docs" / "adr")
        assert run("show", "0012-sessions.md").out.startswith("ADR-12 ")

    def test_of_several_one_may_choose(self, run) -> None:
        outcome = run("show", "20")
        assert (outcome.code, outcome.out) == (2, "")
        assert "docs/adr/0020-matter.md" in outcome.err
        assert "web/docs/adr/0020-look.md" in outcome.err
        assert "and 20 more" in run("show", "matter").err

    def test_an_unknown_name_is_met_with_the_nearest(self, run) -> None:
        outcome = run("show", "keep sesions in redis")
        assert outcome.code == 2
        assert "did you mean “Keep sessions in Redis”?" in outcome.err

    def test_an_empty_repository_has_nothing_to_show(self, log, run) -> None:
        log.git("rm", "-r", "--quiet", "--force", ".")
        assert run("show", "12").code == 4

    def test_a_record_that_was_just_written(self, log, run) -> None:
        """It is found before it is tracked, with its ties and likenesses, by the verbs that take a name."""
        text = MEMORY.format(title="Keep carts in Redis", status="Proposed", decision="Redis keeps them.")
        log.write("docs/adr/0052-carts.md", f"{text}\nRelates to [ADR-12](0012-sessions.md).\n", add=False)
        for name in ("52", "docs/adr/0052-carts.md", "carts in redis"):
            shown = run("show", name)
            assert (shown.code, shown.out.splitlines()[0]) == (0, "ADR-52 Keep carts in Redis")
        assert "ADR-12 Keep sessions in Redis" in shown.out
        assert run("agenda", "52").out.startswith("# ")
        log.write("docs/adr/0012-carts.md", text, add=False)
        assert "may be one of 2 records" in run("show", "12").err


class TestWhatIsShown:
    def test_the_decision_comes_first(self, run) -> None:
        lines = run("show", "12").out.splitlines()
        labels = [line[:14].strip() for line in lines[3:] if line[:14].strip()]
        assert labels == [
            "Decision",
            "Instead of",
            "Context",
            "Consequences",
            "Decided by",
            "Date",
            "Status",
            "Governs",
            "Supersedes",
            "Reads alike",
        ]
        assert lines[3] == 'Decision      Chosen option: "Redis", because it keeps data across restarts.'
        assert lines[4] == "Instead of    Memcached"
        assert "ADR-4 Run Redis in three zones (accepted, docs/adr/0004-zones.md)" in lines[-1]

    def test_relations_are_told_from_both_ends(self, run) -> None:
        assert (
            "Supersedes    ADR-3 Keep sessions in memory (superseded, docs/adr/0003-memory.md)" in run("show", "12").out
        )
        out = run("show", "3").out
        assert out.count("Superseded by ADR-12 Keep sessions in Redis") == 1

    def test_one_end_is_enough(self, log, run) -> None:
        log.write(
            "docs/adr/0003-memory.md", MEMORY.format(title="Keep sessions in memory", status="Accepted", decision="So.")
        )
        out = run("show", "3").out
        assert "Superseded by ADR-12 Keep sessions in Redis" in out
        assert out.count("ADR-12 ") == 1  # and not once more among those that read alike

    def test_a_relation_to_nothing_is_shown_as_it_is_written(self, log, run) -> None:
        log.write(
            "docs/adr/0003-memory.md",
            MEMORY.format(title="Keep sessions in memory", status="Superseded by ADR-99", decision="So."),
        )
        assert "Superseded by ADR-99 (no such record was found)" in run("show", "3").out

    def test_the_same_decision_twice(self, log, run) -> None:
        log.write("web/docs/adr/0001-sessions.md", SESSIONS.replace("supersedes: [0003-memory.md]\n", ""))
        assert "Same again?" in run("show", "web/docs/adr/0001-sessions.md").out

    def test_what_was_read_is_not_repeated(self, log, run) -> None:
        reason = "Sessions of visitors are lost at each deploy."
        log.write(
            "docs/adr/0006-twice.md",
            f"# Use files\n\n## Status\n\nAccepted\n\n## Context\n\n{reason}\n\n"
            f"## Decision\n\nWe use files.\n\n## Rationale\n\n{reason}\n\n## Consequences\n\nSo.\n",
        )
        out = run("show", "6").out
        assert out.count(reason) == 1
        assert f"Because       {reason}\n" in out
        assert "Consequences  So.\n" in out

    def test_what_is_not_there_is_said(self, log, run) -> None:
        log.write(
            "docs/adr/0005-x.md", "# Use x\n\n## Status\n\nProposed\n\n## Context\n\nIt is open.\n\n## Decision\n\n"
        )
        out = run("show", "5").out
        assert "(nothing is written below its heading)" in out
        assert "(nobody is named as having decided)" in out

    def test_json(self, run) -> None:
        shown = json.loads(run("show", "12", "--output-format", "json").out)
        assert shown["record"]["decision"]["chosen_option"] == "Redis"
        assert shown["relations"] == [{"relation": "supersedes", "text": "", "path": "docs/adr/0003-memory.md"}]
        assert [(one["number"], one["twin"]) for one in shown["related"]] == [("4", False)]
        assert 0.2 <= shown["related"][0]["score"] < 0.85

    def test_a_narrow_screen_and_hostile_text(self, log, run, monkeypatch) -> None:
        monkeypatch.setattr("onrecord.cli.show.screen", lambda _output: 60)
        log.write("docs/adr/0005-x.md", SESSIONS.replace("keeps data", "keeps \x1b[2J \u202e " + "data " * 200))
        out = run("show", "5").out
        assert max(map(len, out.splitlines())) <= 60
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert " …" in out


def test_a_pipe_has_no_columns() -> None:
    assert common.screen(None) is None
    assert common.screen("file.txt") is None
