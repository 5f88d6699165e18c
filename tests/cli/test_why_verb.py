"""`onrecord why`: its door."""

import json
import subprocess
import sys
from typing import Any

import pytest

CODE = "import redis\n\n\ndef keep_alive(key):\n    return redis.expire(key, 600)\n"


def commit(repo: Any, message: str, **files: str | bytes) -> str:
    """Write and commit files (`__` is a slash, `_py` and `_md` are endings), and return the commit's id."""
    for name, content in files.items():
        repo.write(name.replace("__", "/").replace("_py", ".py").replace("_md", ".md"), content, add=False)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--allow-empty", "-m", message)
    return str(repo.git("rev-parse", "HEAD")).strip()


def answers(outcome: Any) -> list[dict[str, Any]]:
    return json.loads(outcome.out)["answers"]


class TestALine:
    def test_what_a_developer_reads(self, repo, run, sound) -> None:
        commit(repo, "Begin", README_md="# Shop\n")
        sha = commit(repo, "Keep sessions in Redis (#12)", src__store_py=CODE, docs__adr__0007_redis_md=sound)
        commit(repo, "Count calls (#13)", src__calls_py="calls = 0\n")
        outcome = run("why", "src/store.py:5")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.splitlines()[0] == "src/store.py:5"
        assert f"  written in {sha[:7]}, #12: Keep sessions in Redis · Ann Example · " in outcome.out
        expected = (
            "1. ADR-7 Keep sessions in Redis\n"
            '   Chosen option: "Redis", because it keeps data across restarts.\n'
            "   accepted · Ann Example · 2026-03-01\n"
            "   docs/adr/0007_redis.md\n"
            f"   How we know: added in the commit of this line ({sha[:7]}, #12)\n"
        )
        assert expected in outcome.out

    def test_for_a_machine(self, repo, run, sound) -> None:
        sha = commit(repo, "Keep sessions in Redis (#12)", src__store_py=CODE, docs__adr__0007_redis_md=sound)
        found = json.loads(run("why", "src/store.py:5", "--output-format", "json").out)
        assert (found["version"], found["path"], found["line"], found["more"]) == (1, "src/store.py", 5, 0)
        assert found["commits"][0]["commit"] == sha
        [answer] = found["answers"]
        assert (answer["path"], answer["status"], answer["owners"]) == (
            "docs/adr/0007_redis.md", "accepted", ["Ann Example"],
        )  # fmt: skip
        [evidence] = answer["evidence"]
        assert (evidence["kind"], evidence["commit"], evidence["pull_request"]) == ("added", sha, 12)

    def test_records_of_one_file_are_told_apart(self, repo, run) -> None:
        one = "## ADR-{0}: Matter {0}\n\n**Status:** Accepted\n\n### Context\n\nIt is so.\n\n### Decision\n\nTake {0}.\n\n"
        commit(
            repo, "Begin", docs__adr__0001_all_md=f"# Decisions\n\n{one.format(1)}{one.format(2)}", src__store_py=CODE
        )
        outcome = run("why", "src/store.py:4", "--output-format", "json")
        found = {answer["line"]: answer["number"] for answer in answers(outcome)}
        assert found == {3: "1", 15: "2"}
        commit(repo, "Expire keys (#5)\n\n## Decision\n\nKeys live ten minutes.\n", other_py="x = 12\n")
        [answer] = answers(run("why", "other.py:1", "--output-format", "json"))
        assert (answer["path"], answer["line"]) == (None, None)

    def test_a_commit_to_very_many_files_tells_little(self, repo, run, sound) -> None:
        other = sound.replace("Keep sessions in Redis", "Mail at night").replace("Redis", "Queues")
        many = {f"many__f{n}_py": f"{n}\n" for n in range(490)}
        begin = {"src__store_py": CODE, "docs__adr__0007_a_md": sound, "docs__adr__0008_b_md": other}
        commit(repo, "Begin", **begin, **many)
        changed = {name: f"{text}\n" for name, text in many.items()}
        commit(repo, "Upgrade", src__store_py=CODE + "\n", docs__adr__0008_b_md=other + "\nMore.\n", **changed)
        commit(repo, "Expire", src__store_py=CODE + "\nx = 1\n", docs__adr__0007_a_md=sound + "\nMore.\n")
        found = answers(run("why", "src/store.py", "--output-format", "json"))
        assert [answer["path"] for answer in found] == ["docs/adr/0007_a.md"]

    @pytest.mark.parametrize(
        "message",
        ["Expire keys\n\nSee docs/adr/0007_redis.md.", "Expire keys (#4)\n\nAs in ADR-7.", "Expire\n\nDecision: ADR-7"],
    )
    def test_a_record_that_the_message_cites(self, repo, run, sound, message) -> None:
        commit(repo, "Begin", docs__adr__0007_redis_md=sound)
        commit(repo, message, src__store_py=CODE)
        [answer] = answers(run("why", "src/store.py:5", "--output-format", "json"))
        assert answer["path"] == "docs/adr/0007_redis.md"
        assert [evidence["kind"] for evidence in answer["evidence"]] == ["linked"]

    def test_the_merge_that_brought_the_line(self, repo, run, sound) -> None:
        commit(repo, "Begin", README_md="# Shop\n")
        repo.git("checkout", "-q", "-b", "topic")
        commit(repo, "Expire keys", src__store_py=CODE)
        commit(repo, "Say why", docs__adr__0007_redis_md=sound)
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "-m", "Merge pull request #9 from ann/topic\n\nExpire keys", "topic")
        outcome = run("why", "src/store.py:5")
        assert "added in the merge of this line" in outcome.out
        assert ", #9: Expire keys" in outcome.out

    def test_a_decision_that_only_the_description_states(self, repo, run) -> None:
        commit(repo, "Expire keys (#5)\n\n## Decision\n\nKeys live ten minutes.\n", src__store_py=CODE)
        outcome = run("why", "src/store.py:5")
        assert "1. Said in pull request #5, in no record\n   Keys live ten minutes.\n" in outcome.out

    def test_a_comment_above_it(self, repo, run, sound) -> None:
        repo.write("docs/adr/0007-redis.md", sound)
        commit(repo, "Begin")
        commit(repo, "Code", src__store_py=f"# As in ADR-7.\n{CODE}")
        assert "How we know: cited in line 1" in run("why", "src/store.py:6").out

    def test_a_superseded_record_points_to_its_successor(self, repo, run, sound) -> None:
        repo.write("docs/adr/0008-files.md", sound.replace("Keep sessions in Redis", "Keep sessions in files"))
        old = sound.replace("status: accepted", "status: superseded by ADR-8")
        commit(repo, "Keep sessions", src__store_py=CODE, docs__adr__0007_redis_md=old)
        repo.git("commit", "-q", "--amend", "--allow-empty", "-m", "Keep sessions")
        out = run("why", "src/store.py:5", "--limit", "1").out
        assert "→ replaced by ADR-8 Keep sessions in files (docs/adr/0008-files.md)" in run("why", "src/store.py:5").out
        assert "1 weaker answer not shown; --limit 2 shows all." in out

    def test_a_line_that_is_not_committed(self, repo, run) -> None:
        commit(repo, "Begin", src__store_py=CODE)
        repo.write("src/store.py", CODE + "more = 1\n")
        assert "This line is not committed yet." in run("why", "src/store.py:6").out

    def test_as_a_compiler_writes_it_and_from_a_folder_below(self, repo, run, sound, monkeypatch) -> None:
        commit(repo, "Keep sessions in Redis", src__store_py=CODE, docs__adr__0007_redis_md=sound)
        monkeypatch.chdir(repo.folder / "src")
        assert run("why", "store.py:5:12").out.startswith("src/store.py:5\n")
        assert "0007_redis.md" in run("why", "store.py:5:12").out

    def test_a_shallow_clone_is_named(self, repo, run, sound, monkeypatch, tmp_path) -> None:
        commit(repo, "Keep sessions in Redis", src__store_py=CODE, docs__adr__0007_redis_md=sound)
        commit(repo, "Later", other_py="x\n")
        copy = tmp_path / "copy"
        subprocess.run(["git", "clone", "-q", "--depth=1", repo.folder.as_uri(), copy], check=True, timeout=30)
        monkeypatch.chdir(copy)
        assert "This clone is shallow" in run("why", "src/store.py:5").out
        assert "This clone is shallow" in run("why", "src/store.py").out


class TestAPath:
    def test_a_file_and_a_folder_by_scope_and_by_their_last_commits(self, repo, run, sound) -> None:
        governing = sound.replace("---\n\n#", "scope: ['src/store.py']\n---\n\n#")
        commit(repo, "Begin", docs__adr__0001_scope_md=governing)
        commit(repo, "Keep sessions", src__store_py=CODE, docs__adr__0007_redis_md=sound)
        for path in ("src/store.py", "src", "."):
            found = [answer["path"] for answer in answers(run("why", path, "--output-format", "json"))]
            assert "docs/adr/0007_redis.md" in found
            assert ("docs/adr/0001_scope.md" in found) or path == "."
        assert "its scope covers" in run("why", "src/store.py").out

    def test_a_title_that_speaks_of_it(self, repo, run, sound) -> None:
        commit(repo, "Begin", docs__adr__0007_redis_md=sound)
        commit(repo, "Code", src__redis__sessions_py=CODE)
        assert "How we know: its title says “sessions Redis”\n" in run("why", "src/redis/sessions.py").out

    def test_nothing_is_known(self, repo, run) -> None:
        commit(repo, "Begin", src__store_py=CODE)
        outcome = run("why", "src/store.py:5")
        assert outcome.code == 0
        assert "No decision is known behind this.\nLooked at: " in outcome.out
        assert "Without the line number, the last commits to the whole file are looked at." in outcome.out
        assert answers(run("why", "src/store.py", "--output-format", "json")) == []

    def test_a_file_that_git_does_not_track(self, repo, run) -> None:
        repo.write("new.py", CODE, add=False)
        assert "Git does not track this path yet" in run("why", "new.py:2").out

    def test_without_a_repository(self, tmp_path, run, monkeypatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        (tmp_path / "a.py").write_text(CODE, "utf-8")
        monkeypatch.chdir(tmp_path)
        outcome = run("why", "a.py:2")
        assert (outcome.code, outcome.err) == (0, "")
        assert "This is not a git repository" in outcome.out


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("gone.py", "gone.py: there is no such file or folder"),
        ("gone.py:3", "gone.py: there is no such file or folder"),
        ("gone.py#L3", "gone.py#L3: there is no such file or folder"),
        ("store.py#L3", "store.py#L3: one line is asked about, as store.py:3"),
        ("store.py:3-5", "store.py:3-5: one line is asked about, as store.py:3"),
        ("store.py:99", "store.py has 5 lines; there is no line 99"),
        ("store.py:0", "store.py:0: lines are counted from 1"),
        ("docs:3", "docs: a folder has no lines"),
        ("/", "/: this is outside of the repository"),
        ("a\0b", "there is no such file or folder"),
        ("", "there is no such file or folder"),
    ],
)
def test_what_is_not_there_is_said(repo, run, place, said) -> None:
    commit(repo, "Begin", store_py=CODE, docs__a_md="# A\n")
    outcome = run("why", place)
    assert outcome.code == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_a_limit_below_one_is_refused(repo, run) -> None:
    commit(repo, "Begin", store_py=CODE)
    assert run("why", "store.py", "--limit", "0").code == 2


@pytest.mark.parametrize("content", [b"", b"\0\1\2\n\xff\n", b"x" * 1_100_000 + b"\n", "größe = 1\n".encode("latin-1")])
def test_any_content_is_looked_at(repo, run, content) -> None:
    repo.write("data", content)
    commit(repo, "Begin")
    assert run("why", "data").code == 0
    if content:
        assert run("why", "data:1").code == 0


def test_what_others_wrote_reaches_no_terminal(repo, run, sound) -> None:
    hostile = "\x1b[31mRed\x1b[0m ##[error]x \u202e"
    record = sound.replace("Keep sessions in Redis", hostile).replace("Ann Example", hostile)
    repo.write("src/\x1b[31m.py", CODE)
    repo.write("docs/adr/0007-\x1b[31m.md", record)
    commit(repo, f"{hostile} (#3)\n\n## Decision\n\n{hostile}")
    for arguments in (("src/\x1b[31m.py:5",), ("src/\x1b[31m.py",), ("src",), ("src", "--output-format", "json")):
        out = run("why", *arguments).out
        assert "0007" in out
        assert not {"\x1b", "\u202e"} & set(out)
        assert "##[" not in out


@pytest.mark.parametrize("words", range(15, 22))
def test_no_line_begins_with_a_command_of_a_workflow(repo, run, sound, words) -> None:
    long = "word " * words + "::error::x " * 5
    record = sound.replace('Chosen option: "Redis", because', f"We use {long} and")
    commit(repo, "Keep", src__store_py=CODE, docs__adr__0007_redis_md=record)
    out = run("why", "src/store.py:5").out
    assert "::error" in out
    assert not [line for line in out.splitlines() if line.strip().startswith("::")]


def test_a_file_whose_name_looks_like_a_line(repo, run) -> None:
    repo.write("notes:12", "x\n")
    commit(repo, "Begin")
    assert run("why", "notes:12").out.startswith("notes:12\n")
    assert run("why", "notes:12:1").out.startswith("notes:12:1\n")


def test_git_starts_before_the_rest_is_loaded() -> None:
    script = "import sys; import onrecord.cli.why; print(*sorted(m for m in sys.modules if m.startswith('onrecord')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert {"onrecord.check", "onrecord.change", "onrecord.log", "onrecord.markdown"} & set(
        done.stdout.split()
    ) == set()
