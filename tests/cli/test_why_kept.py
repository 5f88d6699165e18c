"""`onrecord why` a second time: it reads nothing again, and what has changed is never answered from what was kept."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters import files, kept
from onrecord.cli import why_commits, why_log

CODE = "import redis\n\n\ndef keep_alive(key):\n    return redis.expire(key, 600)\n"
RECORD = "docs/adr/0007-redis.md"
KEPT = Path(".git", "onrecord", kept.NAME)
HEAVY = ("onrecord.markdown", "onrecord.rules", "onrecord.check", "onrecord.change", "markdown_it", "yaml", "jsonschema",
         "dataclasses", "inspect", "logging", "concurrent")  # fmt: skip


@pytest.fixture
def log(repo: Any, sound: str) -> Any:
    """Return a repository with a line of code, and the record that came with it."""
    repo.write("README.md", "# Shop\n")
    repo.git("commit", "-q", "-m", "Begin")
    repo.write("src/store.py", CODE)
    repo.write(RECORD, sound)
    repo.write("docs/adr/0008-mail.md", sound.replace("Keep sessions in Redis", "Send mail at night"))
    repo.git("commit", "-q", "-m", "Keep sessions in Redis (#12)")
    return repo


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is read again: the paths of records, and the ids of commits."""
    seen: list[str] = []
    as_records, facts_of = files.read_as_records, why_commits.facts_of

    def spy(content: Any, shown: str, *rest: Any) -> Any:
        seen.append(shown)
        return as_records(content, shown, *rest)

    def spy_on_commits(brought: Any, *rest: Any) -> Any:
        seen.append(brought.commit.sha)
        return facts_of(brought, *rest)

    monkeypatch.setattr(files, "read_as_records", spy)
    monkeypatch.setattr(why_commits, "facts_of", spy_on_commits)
    return seen


@pytest.fixture
def ask(run: Callable[..., Any], read: list[str]) -> Callable[..., dict[str, Any]]:
    """Return a function that asks `why`, and returns the first answer; `read` then holds what was read for it."""

    def asked(place: str = "src/store.py:5") -> dict[str, Any]:
        del read[:]
        outcome = run("why", place, "--output-format", "json")
        assert (outcome.code, outcome.err) == (0, "")
        found: list[dict[str, Any]] = json.loads(outcome.out)["answers"]
        return next((one for one in found if one["path"] != "docs/adr/0008-mail.md"), {})

    return asked


class TestASecondTime:
    @pytest.mark.usefixtures("log")
    def test_nothing_is_read_again(self, ask, read) -> None:
        first = ask()
        assert RECORD in read
        assert ask() == first and not read
        assert ask("src") and ask("src") and not read

    def test_three_gits_are_started(self, log, run, tmp_path, monkeypatch) -> None:
        log.write("calls.py", CODE)
        log.git("commit", "-q", "-m", "Count calls")
        run("why", "calls.py:5")
        trace = tmp_path / "trace"
        monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
        run("why", "calls.py:5")
        events = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
        verbs = [event["name"] for event in events if event["event"] == "cmd_name"]
        assert sorted(verbs) == ["blame", "ls-files", "rev-parse"]

    @pytest.mark.usefixtures("log")
    def test_what_reads_records_is_not_even_loaded(self, run) -> None:
        run("why", "src/store.py")
        script = "import sys; from onrecord.cli.main import main; main(sys.argv[1:]); print(*sys.modules, sep='\\n')"
        command = [sys.executable, "-c", script, "why", "src/store.py"]  # a line's commit may be new: see READERS
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert "1. ADR-7 Keep sessions in Redis" in done.stdout
        loaded = set(done.stdout.splitlines())
        assert {"onrecord.log.why", "sqlite3"} <= loaded
        assert not [name for name in HEAVY if any(one.startswith(f"{name}.") for one in loaded)]
        assert {"argparse", "hashlib", "subprocess", "textwrap", "threading"} & loaded == {"textwrap"}  # it has answers

    def test_only_a_record_that_was_edited_is_read_again(self, log, ask, read, sound) -> None:
        ask()
        log.write(RECORD, sound.replace("Keep sessions in Redis", "Keep sessions in Valkey"), add=False)
        assert ask()["title"] == "Keep sessions in Valkey"
        assert read == [RECORD]

    def test_a_record_that_was_renamed_has_its_new_path_and_number(self, log, ask) -> None:
        ask()
        log.git("mv", RECORD, "docs/adr/0017-redis.md")
        log.git("commit", "-q", "-m", "Renumber")
        assert (ask("src/store.py") or {"path": None})["path"] != RECORD
        (log.folder / "src/store.py").write_text(f"# As in ADR-17\n{CODE}", "utf-8")
        assert (ask("src/store.py:1")["path"], ask("src/store.py:1")["number"]) == ("docs/adr/0017-redis.md", "17")

    def test_a_record_that_was_deleted_is_gone(self, log, ask) -> None:
        assert ask()["path"] == RECORD
        (log.folder / RECORD).unlink()
        assert ask() == {}

    def test_what_the_configuration_excludes_is_gone(self, log, ask) -> None:
        assert ask()["path"] == RECORD
        log.write("onrecord.yml", f"exclude: ['{RECORD}']\n")
        assert ask() == {}
        log.write("onrecord.yml", "exclude: ['other']\n")
        assert ask()["path"] == RECORD

    def test_the_teams_own_words_count_at_once(self, log, ask, sound) -> None:
        log.write(RECORD, sound.replace("status: accepted", "status: wrapped up"))
        assert ask()["status"] == "unknown"
        log.write("onrecord.yml", "vocabulary: {statuses: {accepted: ['wrapped up']}}\n")
        assert ask()["status"] == "accepted"

    def test_a_template_beside_it_counts_at_once(self, log, ask, read) -> None:
        ask()
        log.write("docs/adr/template.md", "# Title\n\n## Decision\n\nWe will …\n", add=False)
        ask()
        assert RECORD in read
        log.write("docs/adr/template.md", "# Title\n\n## Decision\n\nWe shall …\n", add=False)
        ask()
        assert RECORD in read

    @pytest.mark.usefixtures("log")
    def test_another_version_of_the_tool_reads_anew(self, ask, read, monkeypatch) -> None:
        first = ask()
        monkeypatch.setattr("onrecord.__version__", "9.9")
        kept.tool_state.cache_clear()
        assert ask() == first
        assert RECORD in read
        kept.tool_state.cache_clear()

    def test_a_page_that_becomes_a_record_is_seen(self, log, ask, sound) -> None:
        page = log.write("notes/redis.md", "# Redis\n\nSee `keep_alive`.\n")
        log.git("rm", "-q", "--cached", RECORD)
        assert ask() == {}
        page.write_text(sound.replace("It keeps", "`keep_alive` keeps") + "\n`keep_alive`\n", "utf-8")
        assert ask()["path"] == "notes/redis.md"


class TestTheMerge:
    def test_is_that_of_the_branch_one_is_on(self, log, run) -> None:
        log.git("checkout", "-q", "-b", "topic")
        log.write("src/mail.py", CODE)
        log.git("commit", "-q", "-m", "Send mail")
        log.git("checkout", "-q", "main")
        log.git("merge", "-q", "--no-ff", "-m", "Merge pull request #9 from ann/topic\n\nMail", "topic")
        for branch, merged in (("main", True), ("topic", False), ("main", True)):
            log.git("checkout", "-q", branch)
            assert ("merged in" in run("why", "src/mail.py:5").out) is merged


class TestTrouble:
    @pytest.mark.usefixtures("log")
    @pytest.mark.parametrize("trouble", ["rubbish", "in the way", "locked", "damaged"])
    def test_costs_time_and_no_answer(self, ask, trouble) -> None:
        first = ask()
        connection = None
        if trouble == "rubbish":
            KEPT.write_bytes(b"no database")
        elif trouble == "in the way":
            KEPT.unlink()
            KEPT.mkdir()
        elif trouble == "damaged":
            content = bytearray(KEPT.read_bytes())
            content[4096:] = b"\xab" * (len(content) - 4096)
            KEPT.write_bytes(content)
        else:
            connection = sqlite3.connect(KEPT, isolation_level=None)
            connection.execute("BEGIN EXCLUSIVE")
        assert ask() == first
        if connection:
            connection.close()
        assert ask() == first

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nobody keeps root from writing")
    @pytest.mark.usefixtures("log")
    def test_where_nothing_may_be_written(self, ask) -> None:
        KEPT.parent.mkdir()
        KEPT.parent.chmod(0o500)
        assert ask() == ask()
        assert not KEPT.exists()

    @pytest.mark.thorough
    @pytest.mark.usefixtures("log")
    def test_two_runs_at_once(self, ask) -> None:
        command = [sys.executable, "-m", "onrecord", "why", "src/store.py:5", "--output-format", "json"]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
        said = [one.communicate(timeout=60)[0] for one in both]
        assert said[0] == said[1] and b"0007-redis.md" in said[0]
        assert ask()["path"] == RECORD


def test_a_file_looks_changed_after_any_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, names = tmp_path / "page.md", ["page.md", "gone.md"]
    page.write_text("one", "utf-8")
    assert why_log.unchanged(tmp_path, names) is None  # written just now: the next change may have the same time
    monkeypatch.setattr(why_log, "SETTLED_NS", -60_000_000_000)
    before, times = why_log.unchanged(tmp_path, names), page.stat()
    assert before == why_log.unchanged(tmp_path, names)
    while page.stat().st_ctime_ns == times.st_ctime_ns:
        page.write_text("two", "utf-8")
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert why_log.unchanged(tmp_path, names) != before
