"""`onrecord promote`: from an event file or a commit to a record beside the others, once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import parse_record

BODY = """\
Carts were lost at every deployment.

## Decision

Keep carts in Redis, because it keeps them over a restart.

## Alternatives

- Memcached: it forgets all at a restart.

Owner: Ann Lee
"""
NYGARD = "# 1. Use queues\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nIt was slow to send mail.\n\n## Decision\n\nWe will use queues.\n\n## Consequences\n\nOne more server.\n"
PATH = "docs/decisions/0001-keep-carts-in-redis.md"


@pytest.fixture
def event(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes an event file."""

    def write(body: str = BODY, **more: Any) -> Path:
        pull = {
            "number": 12,
            "title": "feat: keep carts in Redis",
            "body": body,
            "user": {"login": "ann-lee", "type": "User"},
            "merged_at": "2026-11-20T23:30:00-05:00",
        }
        path = tmp_path / "event.json"
        path.write_text(json.dumps({"pull_request": pull | more, "repository": {"full_name": "acme/shop"}}), "utf-8")
        return path

    return write


def records(repo: Any) -> list[str]:
    return sorted(path.relative_to(repo.folder).as_posix() for path in repo.folder.rglob("docs/**/*.md"))


def test_a_merged_pull_request_becomes_a_record_once(repo: Any, run: Any, event: Any) -> None:
    done = run("promote", "--event", event())
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == PATH
    assert f"Add this line to the description of #12:\n  Decision: ADR-0001 {PATH}\n" in done.out
    assert "check: nothing to say." in done.out
    text = (repo.folder / PATH).read_text("utf-8")
    assert text.startswith(
        '---\nstatus: accepted\ndate: 2026-11-21\ndecision-makers: [Ann Lee]\nauthors: ["@ann-lee"]\n'
    )
    assert 'implemented-by: ["#12"]' in text
    again = run("promote", "--event", event(BODY + "\nAn edit."))
    assert (again.code, again.out) == (
        0,
        f"ADR-1 Keep carts in Redis lists #12 already: {PATH}; nothing was written.\n",
    )
    repo.git("add", ".")
    assert run("promote", "--event", event()).code == 0
    assert (repo.folder / PATH).read_text("utf-8") == text
    assert records(repo) == [PATH]


def test_its_own_file_is_known_whatever_it_is_read_as(repo: Any, run: Any, event: Any) -> None:
    repo.write(PATH, '---\nimplemented-by: ["#12"]\n---\n\nMoved.\n')
    assert parse_record((repo.folder / PATH).read_text("utf-8"), PATH).kind == "not-a-record"
    done = run("promote", "--event", event())
    assert (done.code, f"lists #12 already: {PATH}" in done.out, records(repo)) == (0, True, [PATH])


def test_prose_that_answers_the_nudge_becomes_a_record(repo: Any, run: Any, event: Any) -> None:
    repo.write("onrecord.yml", "pull-requests:\n  labels: [decision]\n")
    body = "We will use Redis for carts because it has transactions. Instead of Memcached. Owner: Ann Lee."
    given = event(body, labels=[{"name": "decision"}])
    assert "it is stated" in run("pr", "--event", given).out
    assert run("promote", "--event", given).code == 0
    assert "status: accepted" in (repo.folder / PATH).read_text("utf-8")


def test_a_line_that_names_records_is_said_once_and_a_reason_is_not_asked_again(
    repo: Any, run: Any, event: Any
) -> None:
    repo.write("docs/adr/0001-use-queues.md", NYGARD)
    decided = "Carts stay in Redis, because it keeps them. It runs already."
    more = "## Alternatives\n\n- Memcached: it forgets all at a restart.\n"
    done = run("promote", "--event", event(f"## Decision\n\n{decided}\nRelated: ADR-1\n\nReplaces: ADR-9\n\n{more}"))
    text = (repo.folder / "docs/adr/0002-keep-carts-in-redis.md").read_text("utf-8")
    assert "Replaces: ADR-9" in text  # there is no such record to refer to
    assert (f"{decided}\n\n" in text, "ADR-1\n" in text, "Related to: ADR-0001" in text) == (True, False, True)
    assert "why" not in done.out


def test_it_is_written_as_its_neighbors_are(repo: Any, run: Any, event: Any) -> None:
    repo.write("docs/adr/0001-use-queues.md", NYGARD)
    done = run("promote", "--event", event())
    assert done.out.splitlines()[0] == "docs/adr/0002-keep-carts-in-redis.md"
    text = (repo.folder / "docs/adr/0002-keep-carts-in-redis.md").read_text("utf-8")
    assert "# 2. Keep carts in Redis" in text
    assert "## Status\n\nAccepted" in text


def test_a_name_with_a_day_has_that_of_the_merge(repo: Any, run: Any, event: Any) -> None:
    for name in ("2026-01-02-use-queues", "2026-01-03-use-mail"):
        repo.write(f"docs/decisions/{name}.md", NYGARD.replace("1. ", ""))
    assert run("promote", "--event", event()).out.splitlines()[0] == "docs/decisions/2026-11-21-keep-carts-in-redis.md"


def test_shown_or_printed_nothing_is_written(repo: Any, run: Any, event: Any) -> None:
    diff, printed = run("promote", "--event", event(), "--diff"), run("promote", "--event", event(), "--output", "-")
    assert (diff.code, printed.code, records(repo)) == (0, 0, [])
    (repo.folder / "shown.diff").write_text(diff.out, "utf-8")
    repo.git("apply", "shown.diff")
    assert (repo.folder / PATH).read_text("utf-8") == printed.out


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("Small things.", 1, "#12: no decision is stated here. A line such as"),
        ("No decision here, because it is a typo.", 0, "#12: the author says that there is no decision here"),
        (
            "Small things.\n\nSee ADR-1.",
            0,
            "ADR-1 Use queues is what #12 names: docs/adr/0001-use-queues.md; nothing was",
        ),
        ("Decision: ADR-0001 docs/adr/0001-use-queues.md", 0, "ADR-1 Use queues is what #12 names: docs/adr/0001"),
    ],
)
def test_nothing_to_write_is_a_sentence(repo: Any, run: Any, event: Any, body: str, code: int, said: str) -> None:
    repo.write("docs/adr/0001-use-queues.md", NYGARD)
    done = run("promote", "--event", event(body))
    assert (done.code, said in done.out + done.err, len(records(repo))) == (code, True, 1)


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Supersedes: ADR-1", "\nSupersedes: ADR-0001\n"),
        ("This replaces ADR-1.", "\nSupersedes: ADR-0001\n"),
        ("Related: ADR-1, ADR-9", "\nRelated to: ADR-0001\n"),
        ("See ADR-1.", "\nImplemented by: #12\n"),
    ],
)
def test_a_decision_that_mentions_a_record_is_one_of_its_own(
    repo: Any, run: Any, event: Any, line: str, row: str
) -> None:
    repo.write("docs/adr/0001-use-queues.md", NYGARD)
    stated = "Decision: We move carts to Dragonfly\nInstead of: Valkey\nBecause: it is faster\nOwner: Bob\n"
    done = run("promote", "--event", event(stated + line))
    assert (done.code, done.out.splitlines()[0]) == (0, "docs/adr/0002-keep-carts-in-redis.md")
    text = (repo.folder / "docs/adr/0002-keep-carts-in-redis.md").read_text("utf-8")
    assert (row in text, "We move carts to Dragonfly" in text) == (True, True)


@pytest.mark.usefixtures("repo")
def test_outside_of_the_repository_git_has_nothing_to_do(run: Any, event: Any, tmp_path_factory: Any) -> None:
    done = run("promote", "--event", event(), "--output", tmp_path_factory.mktemp("elsewhere") / "use-redis.md")
    assert done.out.endswith("It lies outside of this repository; records are looked for inside.\n")
    assert "git add" not in done.out


@pytest.mark.usefixtures("repo")
def test_a_flag_that_the_verb_has_not_is_not_named(repo: Any, run: Any, event: Any) -> None:
    repo.write("docs/adr/0001-use-queues.md", NYGARD)  # a form that does not ask for alternatives
    done = run("promote", "--event", event("Decision: Keep carts in Redis, because it keeps them\n\nOwner: Ann Lee"))
    assert "instead of what" in done.out
    assert "--instead-of" not in done.out


def test_one_that_brings_its_record_needs_none(repo: Any, run: Any, event: Any, tmp_path: Path) -> None:
    files = tmp_path / "files.json"
    files.write_text(json.dumps([{"filename": "docs/adr/0007-carts.md", "status": "added"}]), "utf-8")
    done = run("promote", "--event", event(), "--files", files)
    assert (done.code, done.out) == (0, "#12 brings its record: docs/adr/0007-carts.md. Nothing to do.\n")
    assert records(repo) == []


def test_the_same_decision_elsewhere_is_said_and_written(repo: Any, run: Any, event: Any) -> None:
    for number in range(3):
        repo.write(f"docs/decisions/000{number + 5}-other-{number}.md", NYGARD.replace("queues", f"tool{number}"))
    run("promote", "--event", event())
    done = run("promote", "--event", event(number=13))
    assert "docs/decisions/0008-keep-carts-in-redis.md reads like the same decision; is one of them enough?" in done.err
    assert (done.code, len(records(repo))) == (0, 5)


class TestCommits:
    def test_a_squash_of_a_pull_request(self, repo: Any, run: Any) -> None:
        repo.git("commit", "--allow-empty", "-m", f"Keep carts in Redis (#12)\n\n{BODY}")
        done = run("promote", "--commit", "HEAD")
        assert (done.code, done.out.splitlines()[0]) == (0, PATH)
        text = (repo.folder / PATH).read_text("utf-8")
        assert ('implemented-by: ["#12"]' in text, "authors: [Ann Example]" in text) == (True, True)
        assert "lists #12 already" in run("promote", "--commit", "HEAD").out

    def test_a_plain_commit_is_known_by_its_words(self, repo: Any, run: Any) -> None:
        repo.git(
            "commit",
            "--allow-empty",
            "-m",
            "Keep carts in Redis\n\nDecision: keep carts in Redis, because they got lost.",
        )
        assert run("promote", "--commit", "HEAD").code == 0
        assert "says the same" in run("promote", "--commit", "HEAD").out
        assert records(repo) == [PATH]

    @pytest.mark.usefixtures("repo")
    def test_there_is_none(self, run: Any) -> None:
        assert run("promote", "--commit", "v9").code == 3


@pytest.mark.parametrize(
    "arguments", [(), ("acme/shop#1", "--commit", "HEAD"), ("--commit", "HEAD", "--files", "x"), ("acme",)]
)
@pytest.mark.usefixtures("repo")
def test_one_thing_is_named(run: Any, arguments: tuple[str, ...]) -> None:
    done = run("promote", *arguments)
    assert (done.code, "Traceback" in done.err) == (2, False)


@pytest.mark.usefixtures("repo")
def test_an_event_without_a_pull_request(run: Any, tmp_path: Path) -> None:
    (tmp_path / "push.json").write_text("{}", "utf-8")
    assert run("promote", "--event", tmp_path / "push.json").code == 4


def test_an_open_one_is_proposed(repo: Any, run: Any, event: Any) -> None:
    run(
        "promote",
        "--event",
        event(merged_at=None),
        "--today",
        "2026-11-22",
        "--folder",
        "docs/rfc",
        "--dialect",
        "madr-4",
    )
    text = (repo.folder / "docs/rfc/0001-keep-carts-in-redis.md").read_text("utf-8")
    assert text.startswith("---\nstatus: proposed\ndate: 2026-11-22\n")
    assert 'Chosen option: "Keep carts in Redis", because it keeps them over a restart.' in text
