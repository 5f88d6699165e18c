"""`onrecord search`: its door."""

import json

import pytest

TEXT = "# {title}\n\nDate: 2026-03-01\n\n## Status\n\n{status}\n\n## Context\n\nIt was open.\n\n## Decision\n\n{decision}\n"


@pytest.fixture(autouse=True)
def log(repo):
    """Write three records."""
    repo.write(
        "docs/adr/0001-a.md",
        TEXT.format(title="Keep sessions in Redis", status="Accepted", decision="Sessions live in Redis for a day."),
    )
    repo.write(
        "docs/adr/0002-b.md",
        TEXT.format(title="Name things", status="Proposed", decision="A session is called session."),
    )
    repo.write("docs/adr/0003-c.md", TEXT.format(title="Queue mails", status="Rejected", decision="Mails wait."))
    return repo


def test_what_is_found_reads_well(run) -> None:
    outcome = run("search", "redis", "sessions")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:2] == [
        "ADR-1 Keep sessions in Redis",
        "  accepted · 2026-03-01  docs/adr/0001-a.md",
    ]
    assert "»Sessions« live in »Redis« for a day." in outcome.out


def test_some_words_are_better_than_none_and_that_is_said(run) -> None:
    outcome = run("search", "redis", "kubernetes")
    assert outcome.out.startswith("ADR-1 ")
    assert "no record has all these words; 1 record with some of them" in outcome.err


def test_nothing_found_is_an_answer(run) -> None:
    outcome = run("search", "kubernetes")
    assert (outcome.code, outcome.out) == (0, "")
    assert "no record says anything of: kubernetes (“kubernetes*” looks for words that begin so)" in outcome.err
    assert "begin so" not in run("search", "kubernetes", "istio").err


def test_more_than_are_shown(run) -> None:
    outcome = run("search", "session*", "--limit", "1")
    assert outcome.out.startswith("ADR-1 ")
    assert "1 of 2 shown; “--limit 2” shows all" in outcome.err


def test_json(run) -> None:
    found = json.loads(run("search", "session", "--output-format", "json").out)
    assert (found["version"], found["query"], found["all_words"], found["total"]) == (1, "session", True, 2)
    assert [one["path"] for one in found["results"]] == ["docs/adr/0001-a.md", "docs/adr/0002-b.md"]
    scores = [one["score"] for one in found["results"]]
    assert scores == sorted(scores, reverse=True)
    assert "Sessions live in Redis" in found["results"][0]["snippet"]
    assert "\\u0002" not in run("search", "session", "--output-format", "json").out


@pytest.mark.parametrize(
    "query", ['"', "AND OR", "NEAR(redis", "title:redis", "redis*)", "'; DROP TABLE card; --", "\udcff redis"]
)
def test_any_text_is_a_query(run, query: str) -> None:
    outcome = run("search", "--", query)
    assert outcome.code == (2 if query == '"' else 0)
    assert "internal error" not in outcome.err


def test_only_a_word_can_be_looked_for(run) -> None:
    outcome = run("search", "?!")
    assert outcome.code == 2
    assert "no word" in outcome.err
    assert run("search", "a", "--limit", "0").code == 2


def test_nothing_to_search_in(log, run) -> None:
    log.git("rm", "-r", "--quiet", "--cached", ".")
    assert run("search", "redis").code == 4


def test_a_screen_is_wrapped_and_marked_in_color(run, monkeypatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("onrecord.cli.search.screen", lambda _output: 30)
    lines = run("search", "redis").out.splitlines()
    assert any("\x1b[1;33mRedis\x1b[0m" in line for line in lines)
    assert "»" not in "".join(lines)
    assert len(lines) > 4


def test_hostile_text_is_shown_as_text(log, run) -> None:
    log.write(
        "docs/adr/0004-d.md",
        TEXT.format(title="Use \x1b[31mit", status="Accepted", decision="Zebra \x1b]0;x\x07 \u202e \ue000 ##[error]x"),
    )
    out = run("search", "zebra").out
    for bad in ("\x1b", "\x07", "\u202e", "##[error]"):
        assert bad not in out
