"""`onrecord check --fix`: what is certain is mended, shown, and survives whatever happens in between."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters.apply import alone
from onrecord.adapters.shipped import schema
from onrecord.cli.main import main

OLD = """\
# 3. Keep a copy

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once.

## Decision

We will keep a copy in CSV.

## Consequences

Operations has one more file.
"""
NEW = OLD.replace("# 3. Keep a copy", "# 7. Keep PostgreSQL").replace("Accepted", "Accepted\n\nSupersedes [3. Keep a copy](0003-csv.md)")  # fmt: skip
TWIN = OLD.replace("# 3. Keep a copy", "# 7. Use Redis").replace("\n", "\r\n").removesuffix("\r\n")
INDEX = "# Decisions\n\n- [3. Keep a copy](0003-csv.md)\n- [7. Keep PostgreSQL](0007-pg.md)\n- [7. Use Redis](0007-redis.md)\n"
AFTER = {
    "docs/adr/0003-csv.md": OLD.replace("Accepted", "Superseded by [7. Keep PostgreSQL](0007-pg.md)"),
    "docs/adr/0007-pg.md": NEW,
    "docs/adr/0008-redis.md": TWIN.replace("# 7. Use", "# 8. Use"),
    "docs/adr/README.md": INDEX.replace("[7. Use Redis](0007", "[8. Use Redis](0008"),
}


@pytest.fixture
def log(repo: Any) -> Path:
    """Return the folder of a log in which one supersession is one-sided and the newest record takes a taken number."""
    repo.write_all({"docs/adr/0003-csv.md": OLD, "docs/adr/0007-pg.md": NEW, "docs/adr/README.md": INDEX})
    repo.git("commit", "--quiet", "-m", "Start")
    repo.write("docs/adr/0007-redis.md", TWIN)
    repo.git("commit", "--quiet", "-m", "Go on")
    folder: Path = repo.folder
    return folder


def tree(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


class TestFixing:
    def test_it_mends_and_says_what(self, log: Path, run: Any) -> None:
        outcome = run("check", "--fix")
        assert tree(log) == AFTER
        assert outcome.code == 0
        assert outcome.out.splitlines()[:2] == [
            "fixed supersedes-one-sided: docs/adr/0003-csv.md",
            "fixed number-duplicate: docs/adr/0007-redis.md is docs/adr/0008-redis.md now, and its links in 1 file",
        ]
        assert "supersedes-one-sided" not in "".join(outcome.out.splitlines()[2:])
        assert "can be fixed" not in outcome.out
        assert outcome.err == ""

    def test_a_second_time_it_changes_nothing(self, log: Path, run: Any) -> None:
        run("check", "--fix")
        times = {path: path.stat().st_mtime_ns for path in log.rglob("*.md")}
        outcome = run("check", "--fix")
        assert "fixed" not in outcome.out
        assert {path: path.stat().st_mtime_ns for path in log.rglob("*.md")} == times

    def test_without_it_the_report_ends_with_what_it_could_do(self, log: Path, run: Any) -> None:
        before = tree(log)
        assert "2 of these can be fixed with --fix." in run("check").out
        assert tree(log) == before

    def test_only_what_is_selected_is_mended(self, log: Path, run: Any) -> None:
        run("check", "--fix", "--select", "number-duplicate")
        assert tree(log)["docs/adr/0003-csv.md"] == OLD
        assert "docs/adr/0008-redis.md" in tree(log)

    @pytest.mark.usefixtures("log")
    def test_json_lists_what_was_mended(self, run: Any) -> None:
        report = json.loads(run("check", "--fix", "--output-format", "json").out)
        assert report["fixed"] == [
            {
                "rule": "supersedes-one-sided",
                "message": "it says that it supersedes ADR-3 Keep a copy, and that one does not say so",
                "path": "docs/adr/0007-pg.md",
                "files": ["docs/adr/0003-csv.md"],
            },
            {
                "rule": "number-duplicate",
                "message": "number 7 is also taken by 0007-pg.md",
                "path": "docs/adr/0007-redis.md",
                "files": ["docs/adr/0008-redis.md", "docs/adr/README.md"],
            },
        ]
        from jsonschema import Draft202012Validator

        Draft202012Validator(schema("report")).validate(report)
        assert "fixed" not in json.loads(run("check", "--output-format", "json").out)

    @pytest.mark.usefixtures("log")
    def test_other_formats_keep_standard_output_to_themselves(self, run: Any) -> None:
        outcome = run("check", "--fix", "--output-format", "sarif")
        json.loads(outcome.out)
        assert "onrecord: fixed supersedes-one-sided: docs/adr/0003-csv.md" in outcome.err

    def test_paths_are_those_of_the_current_folder(self, log: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(log / "docs/adr")
        assert run("check", "--fix").out.startswith("fixed supersedes-one-sided: 0003-csv.md\n")

    def test_where_git_cannot_tell_the_newer_one_it_says_so(self, repo: Any, run: Any) -> None:
        repo.write("docs/adr/0007-pg.md", OLD.replace("# 3", "# 7"))
        repo.write("docs/adr/0007-redis.md", TWIN)
        repo.git("commit", "--quiet", "-m", "Both at once")
        before = tree(repo.folder)
        outcome = run("check", "--fix")
        assert outcome.code == 1
        assert "docs/adr/0007-redis.md: its number stays, because" in outcome.err
        assert tree(repo.folder) == before

    def test_a_file_that_others_name_keeps_its_name(self, repo: Any, log: Path, run: Any) -> None:
        repo.write("mkdocs.yml", "nav:\n- adr/0007-redis.md\n")
        outcome = run("check", "--fix", "--select", "number-duplicate")
        assert "because mkdocs.yml names it too" in outcome.err
        assert "docs/adr/0007-redis.md" in tree(log)

    def test_what_is_on_the_default_branch_is_older(self, repo: Any, log: Path, run: Any) -> None:
        first = repo.git("rev-list", "--max-parents=0", "HEAD").strip()
        repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
        repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        repo.git("checkout", "--quiet", "-b", "mine", first)
        repo.write("docs/adr/0007-mine.md", OLD.replace("# 3. Keep a copy", "# 7. Mine"))
        repo.git("commit", "--quiet", "-m", "Mine")
        repo.git("merge", "--quiet", "--no-edit", "main")
        run("check", "--fix", "--select", "number-duplicate")
        assert {"docs/adr/0007-pg.md", "docs/adr/0008-redis.md", "docs/adr/0009-mine.md"} <= tree(log).keys()

    def test_a_guessed_encoding_is_left_alone(self, repo: Any, run: Any) -> None:
        latin = OLD.replace("three tables", "größeren Tabellen").encode("latin-1")
        repo.write("docs/adr/0003-csv.md", latin)
        repo.write("docs/adr/0007-pg.md", NEW)
        outcome = run("check", "--fix")
        assert (repo.folder / "docs/adr/0003-csv.md").read_bytes() == latin
        assert "supersedes-one-sided" in outcome.out

    def test_a_symlink_stays_one(self, repo: Any, log: Path, run: Any) -> None:
        (log / "real.txt").write_text(OLD)
        path = log / "docs/adr/0003-csv.md"
        path.unlink()
        path.symlink_to(log / "real.txt")
        repo.git("add", "-A")
        run("check", "--fix", "--select", "supersedes-one-sided")
        assert path.is_symlink()
        assert (log / "real.txt").read_text() == AFTER["docs/adr/0003-csv.md"]

    def test_a_record_of_two_names_is_answered_once(self, repo: Any, log: Path, run: Any) -> None:
        (log / "docs/adr/0003-again.md").symlink_to("0003-csv.md")
        repo.git("add", "-A")
        run("check", "--fix", "--select", "supersedes-one-sided")
        once = tree(log)
        assert once["docs/adr/0003-csv.md"] == AFTER["docs/adr/0003-csv.md"]
        run("check", "--fix", "--select", "supersedes-one-sided")
        assert tree(log) == once

    @pytest.mark.parametrize("place", ["docs/adr/0003-csv.md", "notes.txt"])
    @pytest.mark.parametrize("link", ["0007-caf%C3%A9.md", "0007-caf%c3%a9.md", "0007-cafe\u0301.md", "0007-Café.md"])
    def test_a_file_keeps_its_name_when_a_link_spells_it_differently(
        self, repo: Any, log: Path, run: Any, place: str, link: str
    ) -> None:
        repo.git("mv", "docs/adr/0007-redis.md", "docs/adr/0007-café.md")
        repo.write("docs/adr/README.md", "# Decisions\n")
        repo.write(place, f"{OLD}\nSee [it]({link}).\n")
        repo.git("commit", "--quiet", "-m", "Rename")
        run("check", "--fix", "--select", "number-duplicate")
        assert (log / "docs/adr/0007-café.md").exists()

    @pytest.mark.usefixtures("log")
    def test_without_a_lock_nothing_is_written(self, log: Path, run: Any) -> None:
        (log / ".git/onrecord-fix.lock").mkdir()
        before = tree(log)
        outcome = run("check", "--fix")
        assert outcome.code == 3
        assert "onrecord-fix.lock" in outcome.err
        assert "nothing was written" in outcome.err
        assert tree(log) == before


class TestDiff:
    def test_it_writes_nothing_and_git_can_apply_it(self, repo: Any, log: Path, run: Any) -> None:
        before = tree(log)
        outcome = run("check", "--fix", "--diff")
        assert outcome.code == 1
        assert tree(log) == before
        assert "rename to docs/adr/0008-redis.md\n" in outcome.out
        assert "+Superseded by [7. Keep PostgreSQL](0007-pg.md)\n" in outcome.out
        (log / "mend.patch").write_bytes(outcome.out.encode())
        repo.git("apply", "mend.patch")
        (log / "mend.patch").unlink()
        assert tree(log) == AFTER

    @pytest.mark.usefixtures("log")
    def test_nothing_to_mend(self, run: Any) -> None:
        run("check", "--fix")
        outcome = run("check", "--fix", "--diff")
        assert (outcome.code, outcome.out) == (0, "")

    @pytest.mark.usefixtures("repo")
    def test_no_record(self, run: Any) -> None:
        assert run("check", "--fix", "--diff").code == 4


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (("--fix", "--staged"), "--staged"),
        (("--diff",), "--fix"),
        (("--fix", "--diff", "--output-format", "json"), "--output-format"),
    ],
)
def test_flags_that_do_not_go_together(log: Path, run: Any, flags: tuple[str, ...], word: str) -> None:
    before = tree(log)
    outcome = run("check", *flags)
    assert outcome.code == 2
    assert word in outcome.err
    assert tree(log) == before


def test_without_git_nothing_is_changed(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "0003-csv.md").write_text(OLD)
    (tmp_path / "0007-pg.md").write_text(NEW)
    monkeypatch.chdir(tmp_path)
    outcome = run("check", "--fix", ".")
    assert outcome.code == 2
    assert "--diff" in outcome.err
    assert (tmp_path / "0003-csv.md").read_text() == OLD
    assert run("check", "--fix", "--diff", ".").code == 1


def dies_at(step: int) -> int:
    """Run the fix in a copy of this process that dies right before its n-th change on the disk; return its exit code."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    changes = iter(range(step))

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (writes and "/null" not in str(arguments[0])) or event in ("os.rename", "os.link", "os.remove"):
            next(changes, None) is None and os._exit(137)

    sys.addaudithook(hook)
    os._exit(main(["check", "--fix", "--quiet", "--fail-on", "never", "--output", os.devnull]))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be copied here")
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.thorough)])
def test_killed_at_any_write_nothing_is_lost_and_the_next_run_ends_in_the_same_tree(
    repo: Any, log: Path, run: Any, every: int
) -> None:
    before = tree(log)
    for step in range(every - 1, 100, every):
        code = dies_at(step)
        for name, text in tree(log).items():
            if not name.rsplit("/", 1)[-1].startswith("."):
                assert text in (before.get(name), AFTER.get(name), AFTER["docs/adr/0008-redis.md"]), name
        assert {"# 3. Keep a copy", "# 7. Keep PostgreSQL"} <= {
            text.splitlines()[0] for text in tree(log).values() if text
        }
        assert run("check", "--fix").code == 0
        assert tree(log) == AFTER
        assert not [path for path in (log / ".git").glob("onrecord-fix.json*") if path.suffix != ".new"]
        if code == 0:
            break
        assert code == 137
        repo.git("checkout", "--quiet", "HEAD", "--", ".")
        repo.git("clean", "-fdq")
        assert tree(log) == before
    assert step > 12, "all the writes were met"


def start() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "onrecord", "check", "--fix"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_of_two_runs_at_once_one_waits_and_both_end_in_the_same_tree(log: Path) -> None:
    with alone(log / ".git", lambda: None):
        both = [start(), start()]
        waiting = [process.stderr.readline() for process in both if process.stderr]
        assert waiting == ["onrecord: another run is mending files here; this one waits for it\n"] * 2
        assert tree(log) != AFTER
    told = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(out.count("fixed ") for out in told) == [0, 2]
    assert tree(log) == AFTER


def test_without_it_none_of_its_code_is_loaded(log: Path) -> None:
    script = (
        "import sys\n"
        "from onrecord.cli.main import main\n"
        "main(['check', '--quiet', '--fail-on', 'never', sys.argv[1]])\n"
        "print(*sorted(name for name in sys.modules if name.endswith(('.fix', '.apply', '.additions', '.relation'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(log / "docs/adr/0007-pg.md")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == ""
