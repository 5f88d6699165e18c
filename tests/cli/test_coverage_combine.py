"""`onrecord coverage combine`: its door; what it counts is tested in tests/coverage/test_combine.py."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARE = {"k": 1, "n": 2}
PULLS = ("decision_coverage", "as_merged", "answered", "waiver_rate", "wide")
RECORDS = ("valid", "minimal", "minimal_with_decider", "full")


def write(name: str, repository: str | None, commit: str = "1" * 40, **more: Any) -> str:
    """Write so much of a report as is read; return its file."""
    states = {"covered": [1], "pending": [], "waived": [], "unconfirmed": [], "uncovered": [2]}
    sums = {"merged": [{}, {}], "excluded": {}, "asked": [1, 2], "hinted": [], "states": states}
    value = {
        "version": 1,
        "tool": "0.1.0",
        "as_of": {"repository": repository, "sha": commit, "branch": "main", "today": "2026-01-06"},
        "config": {"path": None, "sha256": None},
        "window": {"last_count": 200, "since": "", "until": "", "baseline": "", "first": "", "last": ""},
        "pull_requests": sums | dict.fromkeys(PULLS, SHARE),
        "areas": dict.fromkeys(("commits", "hot", "files"), SHARE),
        "records": {"all": ["a"], "active": [{}]} | dict.fromkeys(RECORDS, SHARE),
    }
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value | more), "utf-8")
    return name


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_reports_are_put_together(run) -> None:
    outcome = run("coverage", "combine", write("r/a.json", "acme/api"), write("r/web.json", None, "2" * 40))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Decision coverage of 2 repositories: 4 merged pull requests\n")
    assert "\n  acme/api            1/2 " in outcome.out
    assert "\n  web                 1/2 " in outcome.out


def test_the_same_report_of_an_unnamed_repository_counts_once_and_is_called_by_its_folder(run) -> None:
    same = write("web/coverage.json", None), write("web/again.json", None)
    outcome = run("coverage", "combine", "--output-format", "json", *same, write("api/coverage.json", None, "2" * 40))
    assert [one["repository"] for one in json.loads(outcome.out)["repositories"]] == ["again", "api"]
    named = run("coverage", "combine", "--output-format", "json", *same, write("api.json", "acme/web"))
    assert [one["repository"] for one in json.loads(named.out)["repositories"]] == ["acme/web"]
    alone = run("coverage", "combine", "--output-format", "json", same[0])
    assert [one["repository"] for one in json.loads(alone.out)["repositories"]] == ["web"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sinse", "2026-01-01"), "unrecognized arguments: --sinse; did you mean “--since”?"),
        (("--sinse=2026-01-01",), "unrecognized arguments: --sinse; did you mean “--since”?"),
        (("--zzz", "1"), "unrecognized arguments: --zzz\n"),
    ],
)
def test_a_misspelled_flag_is_the_error(run, arguments: tuple[str, ...], said: str) -> None:
    outcome = run("coverage", *arguments)
    assert outcome.code == 2
    assert said in outcome.err


@pytest.mark.parametrize("before", [True, False])
def test_the_format_stands_before_or_after_the_word(run, before: bool) -> None:
    report, flags = write("a.json", "acme/api"), ("--output-format", "json", "--output", "out.json")
    call = ("coverage", *flags, "combine", report) if before else ("coverage", "combine", *flags, report)
    assert run(*call) == (0, "", "")
    assert json.loads(Path("out.json").read_text())["totals"]["repositories"] == 1


def test_what_cannot_be_read_is_said_and_listed_and_the_rest_counts(run) -> None:
    Path("broken.json").write_text('{"version": 1')
    new = write("new.json", "acme/new", version=2)
    good = write("a.json", "acme/api")
    outcome = run("coverage", "combine", "--output-format", "json", "gone.json", "broken.json", new, good)
    assert outcome.code == 2
    assert outcome.err.splitlines() == [
        "onrecord: gone.json: No such file or directory",
        "onrecord: broken.json: this is not JSON",
        "onrecord: new.json: this report has version 2, and version 1 can be read; a newer onrecord reads it",
    ]
    found = json.loads(outcome.out)
    assert found["totals"]["repositories"] == 1
    assert [one["repository"] for one in found["failed"]] == ["broken", "gone", "new"]
    assert "new.json" not in found["failed"][2]["reason"]


def test_where_nothing_can_be_read_nothing_is_written(run) -> None:
    outcome = run("coverage", "combine", "--output", "out.txt", "gone.json")
    assert (outcome.code, outcome.out, Path("out.txt").exists()) == (2, "", False)


def test_two_commits_are_a_clear_error(run) -> None:
    outcome = run("coverage", "combine", write("a.json", "acme/api"), write("b.json", "acme/api", "2" * 40))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "onrecord: acme/api has two reports: a.json is of commit 1111111111, b.json of 2222222222; leave one of them out\n"
    )


@pytest.mark.parametrize("flag", [("--last", "3"), ("--since", "2026-01-01"), ("--config", "x.yml")])
def test_what_would_be_left_aside_is_refused(run, flag: tuple[str, str]) -> None:
    outcome = run("coverage", *flag, "combine", write("a.json", "acme/api"))
    assert outcome.code == 2
    assert f"{flag[0]} does not go with coverage combine" in outcome.err


def test_another_word_is_refused(run) -> None:
    assert run("coverage", "combined", "a.json").code == 2
    assert run("coverage", "combine").code == 2
