"""`onrecord check`: what is found, how it is printed, and the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onrecord.adapters.shipped import schema

REPORT = Draft202012Validator(schema("report"))
ESC = "\x1b"


def report(outcome: Any) -> dict[str, Any]:
    """Return the JSON report of a run, which is always a valid one."""
    value = json.loads(outcome.out)
    REPORT.validate(value)
    return dict(value)


def rules(outcome: Any) -> set[str]:
    return {f["rule"] for f in report(outcome)["findings"]}


@pytest.fixture
def error(sound: str) -> str:
    return sound.replace("2026-03-01", "2026-02-30")


@pytest.fixture
def warning(sound: str) -> str:
    return sound.replace("decision-makers: [Ann Example]\n", "")


@pytest.fixture
def notice(sound: str) -> str:
    return sound.replace(", which loses everything at a restart", "")


class TestExitCodes:
    def test_0_when_there_is_nothing_to_say(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        outcome = run("check")
        assert outcome.code == 0
        assert outcome.out == "1 record checked: nothing to say.\n"
        assert outcome.err == ""

    @pytest.mark.parametrize(
        ("kind", "level", "code"),
        [
            ("error", None, 1),
            ("warning", None, 0),
            ("notice", None, 0),
            ("error", "never", 0),
            ("error", "warning", 1),
            ("warning", "warning", 1),
            ("notice", "warning", 0),
            ("warning", "notice", 1),
            ("notice", "notice", 1),
            ("warning", "error", 0),
        ],
    )
    def test_1_for_findings_at_the_level(self, repo, run, request, kind: str, level: str | None, code: int) -> None:
        repo.write("docs/adr/0001-a.md", request.getfixturevalue(kind))
        outcome = run("check", *(("--fail-on", level) if level else ()))
        assert outcome.code == code
        assert kind in outcome.out

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("docs/none.md",), ["docs/none.md", "no such file or folder"]),
            (("--nope",), ["--nope"]),
            (("--output-format", "xml"), ["xml", "json"]),
            (("--fail-on", "fatal"), ["fatal", "warning"]),
            (("--today", "yesterday"), ["yesterday", "2026-11-22"]),
            (("--today", "22.11.2026"), ["22.11.2026"]),
            (("--today", "2026-02-30"), ["2026-02-30"]),
            (("--config", "none.yml"), ["none.yml"]),
            (("--select", "ownr-missing"), ["ownr-missing", "owner-missing"]),
            (("--ignore", "link-broke"), ["link-broke", "link-broken"]),
            (("--select", "zzzzzzzz"), ["zzzzzzzz"]),
            (("--ignore", "zzzzzzzz"), ["zzzzzzzz"]),
            (("--output", "no/such/folder/x.txt"), ["no/such/folder/x.txt"]),
            (("--staged", "docs"), ["--staged"]),
        ],
    )
    def test_2_for_a_call_that_cannot_be_meant(self, repo, run, arguments: tuple[str, ...], words: list[str]) -> None:
        repo.write("docs/adr/0001-a.md")
        outcome = run("check", *arguments)
        assert outcome.code == 2
        for word in words:
            assert word in outcome.err
        assert "internal error" not in outcome.err

    def test_3_when_git_does_not_answer(self, tmp_path: Path, monkeypatch, run) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        outcome = run("check", "--staged")
        assert outcome.code == 3
        assert outcome.err.startswith("onrecord: git: ")

    @pytest.mark.parametrize("files", [{}, {"src/main.py": "x = 1\n"}, {"README.md": "# Shop\n\nHello.\n"}])
    def test_4_when_nothing_was_checked(self, repo, run, files: dict[str, str]) -> None:
        for name, text in files.items():
            repo.write(name, text)
        outcome = run("check")
        assert outcome.code == 4
        assert "nothing was checked" in outcome.err

    def test_allow_empty_makes_nothing_fine(self, repo, run) -> None:
        path = repo.write("docs/adr/README.md", "# Decisions\n\nHello.\n")
        assert run("check", path.relative_to(repo.folder)).code == 4
        assert run("check", "--allow-empty", path.relative_to(repo.folder)).code == 0
        assert run("check", "--allow-empty").code == 0

    def test_allow_empty_does_not_excuse_findings_or_typos(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        assert run("check", "--allow-empty").code == 1
        assert run("check", "--allow-empty", "docs/none.md").code == 2

    def test_a_missing_path_does_not_hide_the_rest(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        outcome = run("check", "docs/none.md", "docs/adr/0001-a.md")
        assert outcome.code == 2
        assert "date-impossible" in outcome.out

    def test_no_argument_at_all_prints_help(self, run) -> None:
        outcome = run()
        assert outcome.code == 0
        assert "Exit codes" in outcome.out

    @pytest.mark.parametrize("arguments", [("chek",), ("--nope",), ("check", "--staged", "--nope")])
    def test_an_unknown_word_is_usage(self, run, arguments: tuple[str, ...]) -> None:
        outcome = run(*arguments)
        assert outcome.code == 2
        assert outcome.out == ""

    def test_the_shell_sees_the_code(self, repo, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        done = subprocess.run([sys.executable, "-m", "onrecord", "check"], capture_output=True, timeout=60)
        assert done.returncode == 1
        assert b"date-impossible" in done.stdout

    def test_a_reader_who_has_seen_enough_is_no_error(self, repo, error: str) -> None:
        for number in range(1, 30):
            repo.write(f"docs/adr/{number:04}-{'long-name-' * 12}.md", error, add=False)
        repo.git("add", "docs")
        command = [sys.executable, "-m", "onrecord", "check"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None and running.stderr is not None
            running.stdout.read(10)
            running.stdout.close()
            assert running.stderr.read() == b""
            assert running.wait(60) in (0, 1)


class TestDiscovery:
    def files(self, run, *arguments: str) -> list[str]:
        found = report(run("check", "--output-format", "json", *arguments))
        return list(found["files"])

    @pytest.mark.parametrize(
        "name",
        [
            "docs/adr/0001-a.md",
            "docs/adrs/0001-a.md",
            "doc/architecture/decisions/0001-a.md",
            "docs/decisions/0001-a.md",
            "docs/decision-records/0001-a.md",
            "adr/use-redis.md",
            "docs/ADR/ADR-001.markdown",
            "services/web/docs/adr/0001-a.mdx",
            "notes/adr-0007-use-redis.md",
            "ADR012.md",
        ],
    )
    def test_usual_folders_and_names(self, repo, run, name: str) -> None:
        repo.write(name)
        assert self.files(run) == [name]

    def test_by_a_look_inside(self, repo, run) -> None:
        repo.write("handbook/sessions.md", "# Sessions\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use Redis.\n")
        repo.write("handbook/welcome.md", "# Welcome\n\n## Coffee\n\nIs on the left.\n")
        assert self.files(run) == ["handbook/sessions.md"]

    def test_only_tracked_files(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/0002-b.md", add=False)
        repo.write("node_modules/x/docs/adr/0001-a.md", add=False)
        assert self.files(run) == ["docs/adr/0001-a.md"]

    def test_a_tracked_file_that_was_deleted_is_no_error(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/0002-b.md").unlink()
        assert self.files(run) == ["docs/adr/0001-a.md"]

    def test_without_git_all_files_below(self, tmp_path: Path, monkeypatch, run, sound: str) -> None:
        folder = tmp_path / "plain"
        (folder / "docs/adr").mkdir(parents=True)
        (folder / "docs/adr/0001-a.md").write_text(sound)
        (folder / "node_modules/adr").mkdir(parents=True)
        (folder / "node_modules/adr/0001-a.md").write_text(sound)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        assert self.files(run) == ["docs/adr/0001-a.md"]

    def test_git_that_is_not_installed_is_no_error_either(self, repo, run, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md")
        monkeypatch.setenv("PATH", "")
        assert self.files(run) == ["docs/adr/0001-a.md"]

    def test_readme_index_and_template_are_left_out_with_their_reason(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/README.md", "# Decisions\n\nHow we decide.\n")
        repo.write("docs/adr/template.md", "# {title}\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n")
        found = report(run("check", "--output-format", "json"))
        assert found["files"] == ["docs/adr/0001-a.md"]
        assert {s["path"]: s["reason"] for s in found["skipped"]} == {
            "docs/adr/README.md": "not a record (readme)",
            "docs/adr/template.md": "not a record (template)",
        }

    @pytest.mark.parametrize(("suffix", "word"), [("adoc", "AsciiDoc"), ("asciidoc", "AsciiDoc")])
    def test_other_formats_are_said_not_ignored(self, repo, run, suffix: str, word: str) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write(f"docs/adr/0002-b.{suffix}", "Decision\n========\n")
        found = report(run("check", "--output-format", "json"))
        assert [s["path"] for s in found["skipped"]] == [f"docs/adr/0002-b.{suffix}"]
        assert word in found["skipped"][0]["reason"]
        assert f"docs/adr/0002-b.{suffix}" in run("check").out

    def test_restructured_text_is_read_with_its_own_lines(self, repo, run) -> None:
        text = "Keep sessions in Redis\n======================\n\n:Date: 2026-02-30\n\nStatus\n------\n\nAccepted\n\nDecision\n--------\n\nWe will use Redis.\n"
        repo.write("docs/adr/0002-b.rst", text)
        found = report(run("check", "--output-format", "json"))
        assert found["files"] == ["docs/adr/0002-b.rst"]
        assert ("date-impossible", 4) in {(f["rule"], f["line"]) for f in found["findings"]}

    def test_only_files_in_other_formats_are_not_green(self, repo, run) -> None:
        repo.write("docs/adr/0002-b.adoc", "Decision\n========\n")
        outcome = run("check")
        assert outcome.code == 4
        assert "0002-b.adoc" in outcome.out

    def test_excluded(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/old/0002-b.md")
        repo.write("onrecord.yml", "exclude: ['docs/adr/old/**']\n")
        assert self.files(run) == ["docs/adr/0001-a.md"]
        assert self.files(run, "docs") == ["docs/adr/0001-a.md"]
        named = report(run("check", "--output-format", "json", "docs/adr/old/0002-b.md"))
        assert named["files"] == []
        assert "excluded" in named["skipped"][0]["reason"]

    def test_an_excluded_record_is_among_the_files_left_out(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/old/0002-b.md")
        repo.write("onrecord.yml", "exclude: ['docs/adr/old/**']\n")
        skipped = report(run("check", "--output-format", "json"))["skipped"]
        assert [s["path"] for s in skipped] == ["docs/adr/old/0002-b.md"]

    def test_the_same_file_named_twice_is_read_once(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        found = report(run("check", "--output-format", "json", "docs/adr/0001-a.md", "docs", "./docs/adr/0001-a.md"))
        assert found["files"] == ["docs/adr/0001-a.md"]
        assert len(found["findings"]) == 1

    @pytest.mark.parametrize("folder", ["docs", "docs/", "./docs", "docs/adr", "."])
    def test_a_named_folder(self, repo, run, folder: str) -> None:
        repo.write("docs/adr/0001-a.md")
        assert self.files(run, folder) == ["docs/adr/0001-a.md"]

    def test_from_a_folder_below_only_what_is_below(self, repo, run, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("web/adr/0002-b.md")
        monkeypatch.chdir(repo.folder / "web")
        assert [Path(name).name for name in self.files(run)] == ["0002-b.md"]

    def test_numbers_are_unique_in_one_folder_only(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/adr/0001-b.md")
        repo.write("web/adr/0001-a.md")
        found = report(run("check", "--output-format", "json"))["findings"]
        assert [(f["rule"], f["path"]) for f in found] == [("number-duplicate", "docs/adr/0001-b.md")]


class TestStaged:
    def test_it_reads_the_index_not_the_working_tree(self, repo, run, error: str, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        repo.write("docs/adr/0001-a.md", sound, add=False)
        outcome = run("check", "--staged")
        assert outcome.code == 1
        assert "date-impossible" in outcome.out
        assert run("check").code == 0

    def test_a_fault_that_is_not_staged_is_not_said(self, repo, run, error: str, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("docs/adr/0001-a.md", error, add=False)
        assert run("check", "--staged").code == 0

    def test_only_what_this_commit_changes(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        repo.git("commit", "--quiet", "--message", "first")
        repo.write("docs/adr/0002-b.md")
        found = report(run("check", "--staged", "--output-format", "json"))
        assert found["files"] == ["docs/adr/0002-b.md"]
        assert found["findings"] == []

    @pytest.mark.usefixtures("repo")
    def test_nothing_staged_is_fine_and_said(self, run) -> None:
        assert tuple(run("check", "--staged")) == (0, "No record was checked.\n", "")
        assert tuple(run("check", "--staged", "--quiet")) == (0, "", "")
        line = "onrecord: nothing was checked: no decision record is staged\n"
        assert run("check", "--staged", "--output-format", "junit")[::2] == (0, line)
        assert tuple(run("check", "--staged", "--output", "report.txt")) == (0, "", line)

    def test_a_staged_record_is_known_by_its_staged_text(self, repo, run, error: str) -> None:
        repo.write("handbook/sessions.md", error)
        repo.write("handbook/sessions.md", "# Nothing\n", add=False)
        assert run("check", "--staged").code == 1

    def test_a_staged_file_that_is_gone_from_the_working_tree(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error).unlink()
        assert run("check", "--staged").code == 1

    def test_from_a_folder_below(self, repo, run, sound: str, monkeypatch) -> None:
        repo.write("docs/adr/load-test.md", "# Load test\n\nHello.\n")
        repo.write("docs/adr/0001-a.md", sound + "\nSee [the load test](load-test.md).\n")
        (repo.folder / "web").mkdir()
        monkeypatch.chdir(repo.folder / "web")
        found = report(run("check", "--staged", "--output-format", "json"))
        assert found["files"] == ["docs/adr/0001-a.md"]
        assert found["findings"] == []

    @pytest.mark.parametrize(
        "name", ["docs/adr/0001 with blanks.md", "docs/adr/0001-größe-決定.md", "docs/adr/0001-'\"$(x).md"]
    )
    def test_odd_names(self, repo, run, error: str, name: str) -> None:
        repo.write(name, error)
        found = report(run("check", "--staged", "--output-format", "json"))
        assert [f["path"] for f in found["findings"]] == [name]

    def test_a_line_break_in_a_name_hides_nothing(self, repo, run, error: str) -> None:
        name = "docs/adr/0001-a\nb.md"
        repo.write(name, error)
        repo.write("docs/adr/0002-b.md", error)
        found = report(run("check", "--staged", "--output-format", "json"))
        assert {*found["files"], *(s["path"] for s in found["skipped"])} == {name, "docs/adr/0002-b.md"}

    def test_excluded_files_stay_out(self, repo, run, error: str) -> None:
        repo.write("docs/adr/old/0001-a.md", error)
        repo.write("onrecord.yml", "exclude: ['docs/adr/old/**']\n")
        assert run("check", "--staged").code == 0


class TestOutput:
    def test_text_names_place_rule_help_and_reason(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        out = run("check").out
        assert out.splitlines()[0] == "docs/adr/0001-a.md"
        assert "     3  error    the date says “2026-02-30”, which no calendar has  date-impossible" in out
        assert "→ Write the day as year-month-day" in out
        assert "Why it matters" in out
        assert out.rstrip().endswith("1 record checked: 1 error.")

    def test_json_is_versioned_and_valid(self, repo, run, error: str, warning: str, notice: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        repo.write("docs/adr/0002-b.md", warning)
        repo.write("docs/adr/0003-c.md", notice)
        found = report(run("check", "--output-format", "json"))
        assert found["version"] == 1
        assert found["counts"] == {"error": 1, "warning": 1, "notice": 1}
        assert found["findings"][0]["help_url"].endswith("/date-impossible")
        assert found["hidden"] == {"suppressed": 0, "baselined": 0}

    def test_github_is_one_command_a_finding(self, repo, run, error: str, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("docs/adr/0002-b.md", error)
        lines = run("check", "--output-format", "github").out.splitlines()
        assert lines[0].startswith("::error file=docs/adr/0002-b.md,line=3,endLine=3,title=date-impossible::")
        assert lines[1].startswith("::warning file=docs/adr/0001-a.md,line=")
        assert sum(line.startswith("::") for line in lines) == 2

    def test_github_paths_are_the_repository_s_wherever_it_runs(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.chdir(repo.folder / "docs")
        assert "::error file=docs/adr/0001-a.md," in run("check", "--output-format", "github").out

    def test_text_paths_can_be_opened_from_where_one_stands(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.chdir(repo.folder / "docs")
        assert run("check").out.startswith("adr/0001-a.md\n")
        assert report(run("check", "--output-format", "json"))["findings"][0]["path"] == "docs/adr/0001-a.md"

    def test_markdown_is_a_table(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        out = run("check", "--output-format", "markdown").out
        assert out.startswith("### Decision records\n")
        assert "| 🔴 error | `docs/adr/0001-a.md:3` |" in out

    @pytest.mark.parametrize("output_format", ["text", "json", "github", "markdown"])
    def test_output_writes_the_same_to_a_file(self, repo, run, error: str, output_format: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        shown = run("check", "--output-format", output_format)
        written = run("check", "--output-format", output_format, "--output", "report.out")
        assert written.out == ""
        assert (repo.folder / "report.out").read_text("utf-8") == shown.out
        assert written.code == shown.code == 1

    def test_the_counts_of_what_is_hidden_are_always_said(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning + "\n<!-- onrecord-disable-file owner-missing: imported -->\n")
        for output_format in ("text", "github", "markdown"):
            assert "Not shown: 1 finding suppressed in the text." in run("check", "--output-format", output_format).out
        assert report(run("check", "--output-format", "json"))["hidden"]["suppressed"] == 1

    def test_many_notices_are_counted_and_reachable(self, repo, run, notice: str) -> None:
        for number in range(1, 15):
            repo.write(f"docs/adr/{number:04}-a.md", notice)
        out = run("check").out
        assert "  14  notice   option-unargued" in out
        assert "docs/adr/0007-a.md" not in out
        assert "14 records checked: 14 notices." in out

    def test_annotations_stay_below_the_limit_and_say_so(self, repo, run, error: str) -> None:
        for number in range(1, 15):
            repo.write(f"docs/adr/{number:04}-a.md", error)
        lines = run("check", "--output-format", "github").out.splitlines()
        commands = [line for line in lines if line.startswith("::error")]
        assert len(commands) == 10
        assert "5 more" in commands[-1]


class TestColor:
    def test_none_in_a_pipe(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        assert ESC not in run("check").out

    def test_force_color(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert f"{ESC}[31;1merror" in run("check").out

    def test_no_color_wins(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
        assert ESC not in run("check").out

    def test_an_empty_no_color_counts_as_not_set(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "")
        assert ESC in run("check").out

    @pytest.mark.parametrize("output_format", ["json", "github", "markdown"])
    def test_machines_get_none(self, repo, run, error: str, monkeypatch, output_format: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert ESC not in run("check", "--output-format", output_format).out

    def test_files_get_none(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.setenv("FORCE_COLOR", "1")
        run("check", "--output", "report.txt")
        assert ESC not in (repo.folder / "report.txt").read_text("utf-8")

    @pytest.mark.skipif(not hasattr(os, "openpty"), reason="a terminal is needed")
    def test_a_terminal_gets_color(self, repo, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        main_side, run_side = os.openpty()
        environment = os.environ | {"TERM": "xterm"}
        command = [sys.executable, "-m", "onrecord", "check"]
        subprocess.run(command, stdout=run_side, env=environment, timeout=60)
        os.close(run_side)
        assert f"{ESC}[31;1merror".encode() in os.read(main_side, 65536)
        os.close(main_side)


class TestFlags:
    def test_select(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error.replace("decision-makers: [Ann Example]\n", ""))
        assert rules(run("check", "--output-format", "json")) == {"date-impossible", "owner-missing"}
        assert rules(run("check", "--output-format", "json", "--select", "owner-missing")) == {"owner-missing"}
        both = run("check", "--output-format", "json", "--select", "owner-missing,date-impossible")
        assert rules(both) == {"date-impossible", "owner-missing"}
        assert both.code == 1

    def test_ignore(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        outcome = run("check", "--output-format", "json", "--ignore", "date-impossible")
        assert rules(outcome) == set()
        assert outcome.code == 0

    def test_today_decides_what_has_passed(self, repo, run, sound: str) -> None:
        text = sound.replace("status: accepted", "status: proposed\ndecide-by: 2026-05-31")
        repo.write("docs/adr/0001-a.md", text)
        assert rules(run("check", "--output-format", "json", "--today", "2026-05-31")) == set()
        assert rules(run("check", "--output-format", "json", "--today", "2026-06-01")) == {"decide-by-passed"}

    def test_quiet_is_silent_below_a_warning(self, repo, run, notice: str, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", notice)
        assert run("check", "--quiet") == (0, "", "")
        assert run("check", "-q").out == ""
        repo.write("docs/adr/0002-b.md", warning)
        assert "owner-missing" in run("check", "--quiet").out

    def test_quiet_never_fails_in_silence(self, repo, run, notice: str) -> None:
        repo.write("docs/adr/0001-a.md", notice)
        outcome = run("check", "--quiet", "--fail-on", "notice")
        assert outcome.code == 1
        assert "option-unargued" in outcome.out + outcome.err

    @pytest.mark.usefixtures("repo")
    def test_quiet_does_not_hush_that_nothing_was_checked(self, run) -> None:
        outcome = run("check", "--quiet")
        assert outcome.code == 4
        assert "nothing was checked" in outcome.err

    def test_config_names_another_file(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", "rules: {owner-missing: off}\n")
        repo.write("strict/team.yml", "rules: {owner-missing: error}\n")
        assert run("check").code == 0
        assert run("check", "--config", "strict/team.yml").code == 1

    def test_fail_on_of_the_call_beats_the_configuration(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", "fail-on: warning\n")
        assert run("check").code == 1
        assert run("check", "--fail-on", "error").code == 0
