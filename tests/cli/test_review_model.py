"""`onrecord review --model`, with the real client against an endpoint on this machine."""

import json
import subprocess

import pytest
from fake_model import Answer, fake_model, refused, said

RECORD = """\
---
status: accepted
date: 2026-01-10
decision-makers: [Ann Example]
---

# Keep invoices in Postgres

## Context

The tables are in `src/pay/a.py`, and nobody else writes them.

## Considered Options

* Postgres
* Redis

## Decision Outcome

Chosen option: "Postgres", because it is there.
"""
KEEP = "docs/adr/0007-keep.md"
LINE = RECORD.split("\n").index("The tables are in `src/pay/a.py`, and nobody else writes them.") + 1
MENDED = "The tables were in `src/pay/a.py`, and nobody else writes them."
TODAY = ("--today", "2026-06-01")


@pytest.fixture
def stale(repo, monkeypatch):
    """Return a repository whose one record names a file that is gone."""

    def on(day: str) -> None:
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_DATE", f"{day}T12:00:00Z")

    on("2026-01-10")
    repo.write(KEEP, RECORD)
    repo.write("src/pay/a.py", "a = 1\n" * 9)
    repo.git("commit", "-q", "-m", "Begin")
    on("2026-02-01")
    repo.git("rm", "-q", "src/pay/a.py")
    repo.git("commit", "-q", "-m", "Go on")
    return repo


@pytest.fixture
def review(run, stale, monkeypatch):  # noqa: ARG001 - it makes the folder
    """Return a function that asks for wording fixes while an endpoint gives these answers."""

    def call(*answers: Answer, arguments: tuple[str, ...] = ()):
        with fake_model(*answers) as fake:
            monkeypatch.setenv("ONRECORD_MODEL_URL", fake.url)
            monkeypatch.setenv("ONRECORD_MODEL_NAME", "tiny")
            return run("review", "--model", *TODAY, *arguments), fake

    return call


def edits(*pairs: tuple[int, str, str]) -> Answer:
    listed = [{"line": line, "before": before, "after": after} for line, before, after in pairs]
    return said(json.dumps({"noop": False, "edits": listed}))


def test_a_diff_that_git_takes_and_no_file_is_written(review, run, stale) -> None:
    outcome, fake = review(edits((LINE, RECORD.split("\n")[LINE - 1], MENDED)))
    assert outcome.code == 0
    assert f"-{RECORD.split(chr(10))[LINE - 1]}\n+{MENDED}\n" in outcome.out
    assert outcome.out.startswith(run("review", *TODAY).out)
    [(_, _, body)] = fake.requests
    sent = sum(len(message["content"]) for message in body["messages"])
    assert f"asking tiny at {fake.url[7:-3]} about 1 of the records: {sent:,} characters" in outcome.err
    assert "Ann Example" not in str(body["messages"])
    assert "src/pay/a.py" in body["messages"][1]["content"]
    assert stale.git("status", "--porcelain") == ""
    subprocess.run(["git", "apply"], input=outcome.out, text=True, cwd=stale.folder, check=True, timeout=30)
    assert (stale.folder / KEEP).read_text("utf-8") == RECORD.replace(RECORD.split("\n")[LINE - 1], MENDED)


def test_what_does_not_hold_is_left_out_and_told(review, run) -> None:
    outcome, _ = review(edits((2, "status: accepted", "status: rejected"), (LINE, "x", "We use MySQL now.")))
    assert outcome.out == run("review", *TODAY).out
    assert f"{KEEP}:2: left out, this line was not among those shown" in outcome.err
    assert f"{KEEP}:{LINE}: left out" in outcome.err


@pytest.mark.parametrize("answer", [refused("no"), refused("slow", 503)._replace(headers=(("Retry-After", "0.01"),)), said("no idea"), Answer(b"", 307, (("Location", "http://127.0.0.1:9/"),))])  # fmt: skip
def test_a_model_that_fails_changes_nothing(review, run, answer) -> None:
    outcome, _ = review(answer)
    assert (outcome.code, outcome.out) == (0, run("review", *TODAY).out)
    assert "Traceback" not in outcome.err


@pytest.mark.usefixtures("stale")
def test_without_a_model(run) -> None:
    plain = run("review", *TODAY).out
    outcome = run("review", "--model", *TODAY)
    assert (outcome.code, outcome.out) == (0, plain)
    assert outcome.err.count("\n") == 1
    assert "ONRECORD_MODEL_URL" in outcome.err
    assert run("review", "--model", "--output-format", "json", *TODAY).code == 2
