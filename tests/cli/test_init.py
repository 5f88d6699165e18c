"""`onrecord init`: shows first, writes when that is wanted, and never twice."""

import os
import re
import select
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord import __version__

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PIN = ("--action-ref", f"onrecord/onrecord@{COMMIT}", "--today", "2026-11-22")
CONFIG, WORKFLOW = ".github/onrecord.yml", ".github/workflows/onrecord.yml"
HOOKS, TEMPLATE = ".pre-commit-config.yaml", ".github/pull_request_template.md"
ALL = {CONFIG, WORKFLOW, HOOKS, TEMPLATE}


def files(repo: Any) -> dict[str, bytes]:
    """Return every file of the working tree."""
    paths = (path for path in repo.folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(repo.folder).as_posix(): path.read_bytes() for path in paths}


class TestShowing:
    def test_every_change_is_shown_and_nothing_is_written(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        before = files(repo)
        outcome = run("init", *PIN)
        assert (outcome.code, outcome.err) == (0, "")
        assert set(re.findall(r"^\+\+\+ b/(.*)$", outcome.out, re.MULTILINE)) == ALL
        assert outcome.out.startswith("docs/adr: 1 record (MADR 4, English, numbered)\n")
        assert "Nothing was written; --yes writes it" in outcome.out
        assert files(repo) == before

    def test_what_is_shown_is_what_is_written(self, repo, run) -> None:
        repo.write(HOOKS, "repos:\n  - repo: local\n    hooks: []\n# The end\n")
        repo.write("PULL_REQUEST_TEMPLATE.md", "## What\n\n<!-- say it -->\n")
        shown = run("init", *PIN).out
        run("init", "--yes", *PIN)
        written = files(repo)
        repo.git("checkout", "--", ".")
        for path in (CONFIG, WORKFLOW):
            (repo.folder / path).unlink()
        subprocess.run(["git", "apply", "-"], cwd=repo.folder, input=shown.encode(), check=True, timeout=30)
        assert files(repo) == written

    def test_a_folder_below_is_the_same_repository(self, repo, run, monkeypatch, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        monkeypatch.chdir(repo.folder / "docs/adr")
        outcome = run("init", "--yes", *PIN)
        assert outcome.out.startswith("docs/adr: 1 record ")
        assert set(files(repo)) >= ALL

    def test_hostile_names_and_texts_are_harmless(self, repo, run, sound: str) -> None:
        for number in range(3):
            repo.write(f"a\x1b[2Jb/{number:04}-x.md", sound)
        repo.write("##[set-output name=a]b.md", sound)
        repo.write("PULL_REQUEST_TEMPLATE.md", "## What\n\n\x1b]0;title\x07 ##[add-mask]x\n::stop-commands::x\n")
        outcome = run("init", *PIN)
        assert outcome.code == 0
        assert "\x1b" not in outcome.out + outcome.err
        assert "##[" not in outcome.out
        assert not re.search(r"(?m)^\s*::", outcome.out)


class TestWriting:
    def test_what_was_shown_is_written(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        shown = run("init", *PIN).out
        outcome = run("init", "--yes", *PIN)
        assert outcome.code == 0
        assert set(files(repo)) == {"docs/adr/0001-a.md"} | ALL
        for path in ALL:
            content = (repo.folder / path).read_text("utf-8")
            assert "".join(f"+{line}\n" for line in content.splitlines()) in shown
        assert "Written: .github/onrecord.yml, " in outcome.out

    def test_a_second_run_has_nothing_to_do(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        run("init", "--yes", *PIN)
        before = files(repo)
        for more in ((), ("--yes",), ("--commit-hooks", "--no-comment", "--yes")):
            outcome = run("init", *more, *PIN)
            assert outcome.code == 0
            assert all(path in outcome.out for path in ALL)
            assert outcome.out.endswith("Nothing to do.\n")
            assert files(repo) == before

    def test_what_was_written_works(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("src/draft.md", sound)
        run("init", "--yes", *PIN)
        outcome = run("check")
        assert (outcome.code, outcome.err) == (0, "")
        assert "1 record checked: nothing to say." in outcome.out

    def test_what_is_there_is_kept_to_the_byte(self, repo, run) -> None:
        hooks = b"# Ours\r\nrepos:\r\n-   repo: local\r\n    hooks: []   # none yet\r\n\r\n# The end"
        template = b"## What\r\n\r\nCloses #\r\n"
        repo.write(HOOKS, hooks)
        repo.write("docs/PULL_REQUEST_TEMPLATE.md", template)
        run("init", "--yes", *PIN)
        after = files(repo)
        assert after["docs/PULL_REQUEST_TEMPLATE.md"].startswith(template)
        assert after[HOOKS].startswith(hooks.removesuffix(b"\r\n# The end"))
        assert after[HOOKS].endswith(b"\r\n# The end")
        for name in (HOOKS, "docs/PULL_REQUEST_TEMPLATE.md"):
            assert after[name].count(b"\n") == after[name].count(b"\r\n")
        assert TEMPLATE not in after

    @pytest.mark.parametrize("name", ["onrecord.yml", ".github/onrecord.yaml", "pyproject.toml"])
    def test_settings_that_are_there_are_the_settings(self, repo, run, name: str) -> None:
        repo.write(name, "[tool.onrecord]\nfail-on = 'never'\n" if name == "pyproject.toml" else "fail-on: never\n")
        outcome = run("init", "--only", "config", *PIN)
        assert outcome.out.endswith(f"Already there: {name}.\nNothing to do.\n")

    def test_a_workflow_that_runs_us_is_the_workflow(self, repo, run) -> None:
        repo.write(".github/workflows/docs.yml", "jobs:\n  a:\n    steps:\n      - uses: acme/onrecord@v1\n")
        assert ".github/workflows/docs.yml" in run("init", "--only", "workflow", *PIN).out
        repo.write(".github/workflows/docs.yml", "jobs: {}\n")
        repo.write(WORKFLOW, "jobs: {}\n")
        assert f"Already there: {WORKFLOW}." in run("init", "--only", "workflow", "--yes", *PIN).out
        assert (repo.folder / WORKFLOW).read_bytes() == b"jobs: {}\n"

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
    def test_permissions_are_kept(self, repo, run) -> None:
        repo.write(HOOKS, "repos:\n  - repo: local\n    hooks: []\n").chmod(0o640)
        run("init", "--yes", *PIN)
        assert stat.S_IMODE((repo.folder / HOOKS).stat().st_mode) == 0o640
        mask = os.umask(0)
        os.umask(mask)
        assert stat.S_IMODE((repo.folder / CONFIG).stat().st_mode) == 0o666 & ~mask


class TestChoosing:
    def test_only_some_pieces(self, repo, run) -> None:
        run("init", "--yes", "--only", "config, template", *PIN)
        assert set(files(repo)) == {CONFIG, TEMPLATE}

    @pytest.mark.parametrize("only", ["", "hooks", "config,hooks", ","])
    def test_a_piece_that_does_not_exist(self, repo, run, only: str) -> None:
        outcome = run("init", "--yes", "--only", only, *PIN)
        assert (outcome.code, outcome.out) == (2, "")
        assert "there are config, workflow, pre-commit, template" in outcome.err
        assert files(repo) == {}

    def test_the_comment_is_a_choice(self, repo, run) -> None:
        run("init", "--yes", "--no-comment", *PIN)
        assert "pull-requests: read #" in (repo.folder / WORKFLOW).read_text("utf-8")
        assert "comment: never" in (repo.folder / CONFIG).read_text("utf-8")
        for path in (WORKFLOW, CONFIG):
            (repo.folder / path).unlink()
        run("init", "--yes", *PIN)
        assert "pull-requests: write #" in (repo.folder / WORKFLOW).read_text("utf-8")
        assert "comment: never" not in (repo.folder / CONFIG).read_text("utf-8")

    def test_the_commit_hook_is_a_choice(self, repo, run) -> None:
        run("init", "--yes", "--commit-hooks", *PIN)
        found = yaml.safe_load((repo.folder / HOOKS).read_text("utf-8"))
        assert [hook["id"] for hook in found["repos"][0]["hooks"]] == ["onrecord", "onrecord-commit-msg"]
        assert found["default_install_hook_types"] == ["pre-commit", "commit-msg"]

    def test_the_action_is_pinned(self, repo, run) -> None:
        outcome = run("init", "--yes", "--action-ref", f"acme/my.onrecord@{COMMIT}")
        assert f"- uses: acme/my.onrecord@{COMMIT} # v{__version__}\n" in (repo.folder / WORKFLOW).read_text("utf-8")
        assert "git ls-remote" not in outcome.out

    @pytest.mark.parametrize(
        "named",
        [
            "onrecord/onrecord",
            "onrecord/onrecord@v1",
            f"onrecord@{COMMIT}",
            f"a/b@{COMMIT}\n",
            f"a/b@{COMMIT.upper()}",
            "",
        ],
    )
    def test_a_pin_that_is_none(self, repo, run, named: str) -> None:
        outcome = run("init", "--yes", "--action-ref", named)
        assert (outcome.code, outcome.out, files(repo)) == (2, "", {})
        assert "40 hexadecimal digits" in outcome.err

    @pytest.mark.usefixtures("repo")
    def test_without_a_pin_something_that_exists_is_named(self, run) -> None:
        outcome = run("init", "--only", "workflow")
        (used,) = re.findall(r"^\+      - uses: (\S*/onrecord@\S+)", outcome.out, re.MULTILINE)
        if used.endswith(f"@v{__version__}"):
            assert f"git ls-remote https://github.com/onrecord/onrecord v{__version__}" in outcome.out
        else:  # run from a clone of a published commit
            assert re.search(r"@[0-9a-f]{40}$", used)


class TestSurroundings:
    def test_folders_that_the_hook_does_not_know(self, repo, run, sound: str) -> None:
        for number in (1, 2, 3):
            repo.write(f"notes/{number:04}-a.md", sound)
        run("init", "--yes", *PIN)
        assert yaml.safe_load((repo.folder / CONFIG).read_text("utf-8"))["records"] == ["notes/**"]
        hook = yaml.safe_load((repo.folder / HOOKS).read_text("utf-8"))["repos"][0]["hooks"][0]
        assert hook == {"id": "onrecord", "files": "^notes/"}

    def test_another_manager_of_hooks_is_not_disturbed(self, repo, run) -> None:
        repo.write(".husky/pre-commit", "npm test\n")
        outcome = run("init", "--yes", *PIN)
        assert "Left out: pre-commit: Husky runs the hooks here." in outcome.out
        assert HOOKS not in files(repo)
        run("init", "--yes", "--only", "pre-commit", *PIN)
        assert HOOKS in files(repo)

    def test_another_host_is_not_given_files_for_github(self, repo, run) -> None:
        repo.git("remote", "add", "origin", "git@gitlab.example.org:acme/shop.git")
        outcome = run("init", "--yes", *PIN)
        assert "Left out: workflow: gitlab.example.org is not GitHub." in outcome.out
        assert set(files(repo)) == {CONFIG, HOOKS}

    def test_what_cannot_be_added_is_there_to_paste(self, repo, run) -> None:
        repo.write(HOOKS, "repos: []\n")
        repo.write(TEMPLATE, "## What\n\n<!-- not closed\n")
        outcome = run("init", "--yes", *PIN)
        assert outcome.code == 0
        assert "      - repo: https://github.com/onrecord/onrecord\n" in outcome.out
        assert "    ## Decision\n" in outcome.out
        assert (repo.folder / HOOKS).read_bytes() == b"repos: []\n"
        assert (repo.folder / TEMPLATE).read_bytes() == b"## What\n\n<!-- not closed\n"

    def test_templates_to_choose_from_are_left_to_the_team(self, repo, run) -> None:
        repo.write(".github/PULL_REQUEST_TEMPLATE/feature.md", "## What\n")
        outcome = run("init", "--only", "template", "--yes", *PIN)
        assert ".github/PULL_REQUEST_TEMPLATE/feature.md" in outcome.out
        assert "    ## Decision\n" in outcome.out
        assert outcome.out.endswith("Nothing to do.\n")

    def test_the_next_steps_are_about_this_repository(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.git("remote", "add", "origin", "git@github.com:acme/shop.git")
        outcome = run("init", "--yes", *PIN)
        assert "https://github.com/acme/shop/labels" in outcome.out
        assert "A pull request with these files to main " in outcome.out

    def test_outside_of_a_repository(self, tmp_path: Path, monkeypatch, run) -> None:
        (tmp_path / "plain").mkdir()
        monkeypatch.chdir(tmp_path / "plain")
        outcome = run("init", "--yes", *PIN)
        assert (outcome.code, outcome.out) == (2, "")
        assert "no git repository" in outcome.err
        assert list((tmp_path / "plain").iterdir()) == []

    def test_broken_settings_are_said_first(self, repo, run) -> None:
        repo.write(CONFIG, "recrods: []\n")
        outcome = run("init", "--yes", *PIN)
        assert outcome.code == 2
        assert "did you mean “records”" in outcome.err
        assert set(files(repo)) == {CONFIG}


@pytest.mark.skipif(os.name == "nt", reason="needs symlinks")
class TestSymlinks:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        folder = tmp_path / "outside"
        folder.mkdir()
        (folder / "hooks.yaml").write_text("repos:\n  - repo: local\n    hooks: []\n", "utf-8")
        return folder

    def test_a_folder_that_leads_out(self, repo, run, outside: Path) -> None:
        (repo.folder / ".github").symlink_to(outside)
        outcome = run("init", "--yes", *PIN)
        assert outcome.code == 2
        assert "leads out of the repository" in outcome.err
        assert [path.name for path in outside.iterdir()] == ["hooks.yaml"]
        assert HOOKS not in files(repo)

    @pytest.mark.parametrize("target", ["hooks.yaml", "new.yaml"])
    def test_a_file_that_leads_out(self, repo, run, outside: Path, target: str) -> None:
        (repo.folder / HOOKS).symlink_to(outside / target)
        outcome = run("init", "--yes", "--only", "pre-commit", *PIN)
        assert outcome.code == 2
        assert HOOKS in outcome.err
        assert (outside / "hooks.yaml").read_text("utf-8") == "repos:\n  - repo: local\n    hooks: []\n"
        assert not (outside / "new.yaml").exists()

    def test_a_link_that_leads_nowhere(self, repo, run) -> None:
        (repo.folder / HOOKS).symlink_to("missing.yaml")
        assert run("init", "--yes", "--only", "pre-commit", *PIN).code == 2
        assert not (repo.folder / "missing.yaml").exists()

    def test_a_link_inside_stays_a_link(self, repo, run) -> None:
        repo.write("etc/hooks.yaml", "repos:\n  - repo: local\n    hooks: []\n")
        (repo.folder / HOOKS).symlink_to("etc/hooks.yaml")
        run("init", "--yes", "--only", "pre-commit", *PIN)
        assert (repo.folder / HOOKS).is_symlink()
        assert b"onrecord/onrecord" in (repo.folder / "etc/hooks.yaml").read_bytes()


class TestBadInput:
    @pytest.mark.parametrize("content", [b"repos:\n  - \xff\n", b"#" * 1_000_001], ids=["not UTF-8", "too large"])
    def test_a_file_that_cannot_be_kept(self, repo, run, content: bytes) -> None:
        repo.write(HOOKS, content)
        outcome = run("init", "--yes", *PIN)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"onrecord: {HOOKS}: it is ")
        assert files(repo) == {HOOKS: content}

    def test_something_else_in_its_place(self, repo, run) -> None:
        (repo.folder / ".github").write_text("A file.\n", "utf-8")
        outcome = run("init", "--yes", "--only", "config", *PIN)
        assert (outcome.code, outcome.out) == (2, "")
        assert ".github is no folder" in outcome.err

    @pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="needs permissions that bind")
    def test_a_folder_that_may_not_be_written(self, repo, run) -> None:
        (repo.folder / ".github").mkdir(mode=0o500)
        outcome = run("init", "--yes", "--only", "config", *PIN)
        assert outcome.code == 2
        assert "nothing was written" in outcome.err


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
class TestAsking:
    @staticmethod
    def ask(folder: Path, answer: bytes, *more: str, meanwhile: Callable[[], object] = lambda: None) -> tuple[int, str]:
        """Run in a terminal, answer its question, and return the exit code and what was shown."""
        import pty

        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "onrecord", "init", *PIN, *more]
        environment = os.environ | {"TERM": "xterm"}
        process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        shown, answered, end = b"", False, time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    part = os.read(ours, 65_536)
                except OSError:  # Linux: the other side is closed
                    break
                if not part:
                    break
                shown += part
            if not answered and b"[y/N]" in shown:
                meanwhile()
                os.write(ours, answer)
                answered = True
        os.close(ours)
        return process.wait(timeout=60), shown.decode()

    def test_yes(self, repo) -> None:
        code, shown = self.ask(repo.folder, b"Yes\n")
        assert code == 0
        assert "Write these 4 files? [y/N]" in shown
        assert "\x1b[32m+name: Decisions\x1b[0m" in shown
        assert set(files(repo)) == ALL

    @pytest.mark.parametrize("answer", [b"\n", b"yeah\n", b"\x04"], ids=["enter", "other", "end of input"])
    def test_anything_else(self, repo, answer: bytes) -> None:
        code, shown = self.ask(repo.folder, answer)
        assert code == 0
        assert "Nothing was written." in shown
        assert files(repo) == {}

    def test_what_changes_while_it_asks_is_not_overwritten(self, repo) -> None:
        hooks = repo.write(HOOKS, "repos:\n  - repo: local\n    hooks: []\n")
        code, shown = self.ask(
            repo.folder, b"y\n", "--only", "pre-commit", meanwhile=lambda: hooks.write_text("repos: []\n", "utf-8")
        )
        assert code == 2
        assert "it has changed meanwhile; nothing was written" in shown
        assert hooks.read_text("utf-8") == "repos: []\n"
