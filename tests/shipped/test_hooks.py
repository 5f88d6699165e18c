"""The shipped hooks, in a team's repository: real commits through pre-commit, judged by what a person then sees."""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from repositories import (
    BAD_LINE,
    BAD_RECORD,
    CHECKOUT,
    GOOD_RECORD,
    WARNED_LINE,
    WARNED_RECORD,
    Files,
    Shown,
    commit,
    copy_checkout,
    environment,
    run,
    succeed,
    write,
)

from onrecord.record.folders import FOLDERS

STRICT, NUDGE = "onrecord (decision records)", "onrecord (nudge)"
LIST = "onrecord (list of records)"
MESSAGE, HINT = "onrecord (commit message)", "onrecord (hint in the editor)"
PRE_COMMIT = (sys.executable, "-m", "pre_commit")
UNUSUAL = "docs/adr/0003 über die Größe.md"
HOOK_TYPES = ("pre-commit", "pre-merge-commit", "pre-push")
MESSAGE_TYPES = ("commit-msg", "prepare-commit-msg")


class Team(NamedTuple):
    """A repository that uses our hooks."""

    folder: Path
    env: Mapping[str, str]

    def stage(self, files: Files) -> None:
        write(self.folder, files)
        self.git("add", "--all")

    def commit(self, files: Files, *options: str) -> Shown:
        """Commit files with the hooks on; git itself says nothing, so what is shown comes from the hooks."""
        self.stage(files)
        return run(self.folder, "git", "commit", "--quiet", "--message", "Change", *options, env=self.env)

    def git(self, *arguments: str) -> str:
        return succeed(self.folder, "git", *arguments, env=self.env)

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))


class Teams(NamedTuple):
    """Repositories with hooks installed, from which each test takes a copy."""

    folder: Path
    env: Mapping[str, str]

    def copy(self, name: str, target: Path) -> Team:
        shutil.copytree(self.folder / name, target, symlinks=True)
        return Team(target, self.env)


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Teams:
    """Publish the checkout as a repository of hooks, and install them; pre-commit builds their environment once."""
    folder = tmp_path_factory.mktemp("hooks")
    env = environment(PRE_COMMIT_HOME=str(folder / "pre-commit"), PRE_COMMIT_COLOR="never")
    shipped = copy_checkout(folder / "shipped")
    succeed(shipped, "git", "init", "--quiet")
    revision = commit(shipped, {})
    for name, hooks, hook_types in (
        ("onrecord", ("onrecord",), HOOK_TYPES),
        ("onrecord-nudge", ("onrecord-nudge",), HOOK_TYPES),
        ("index", ("onrecord-index",), HOOK_TYPES[:1]),
        ("messages", ("onrecord-commit-msg", "onrecord-prepare-commit-msg"), MESSAGE_TYPES),
    ):
        team = folder / name
        team.mkdir()
        succeed(team, "git", "init", "--quiet")
        config = f"repos:\n- repo: {shipped}\n  rev: {revision}\n  hooks:\n"
        commit(team, {".pre-commit-config.yaml": config + "".join(f"  - id: {hook}\n" for hook in hooks)})
        types = [word for hook_type in hook_types for word in ("--hook-type", hook_type)]
        succeed(team, *PRE_COMMIT, "install", "--install-hooks", *types, env=env)
    return Teams(folder, env)


@pytest.fixture
def strict(teams: Teams, tmp_path: Path) -> Team:
    return teams.copy("onrecord", tmp_path / "team")


@pytest.fixture
def nudge(teams: Teams, tmp_path: Path) -> Team:
    return teams.copy("onrecord-nudge", tmp_path / "team")


@pytest.fixture
def messages(teams: Teams, tmp_path: Path) -> Team:
    """Return a team that asks for a decision where `billing` is touched, and has just touched it."""
    team = teams.copy("messages", tmp_path / "team")
    team.stage({"onrecord.yml": 'pull-requests: {paths: ["billing/**"]}\n'})
    team.git("-c", f"core.hooksPath={tmp_path / 'none'}", "commit", "--quiet", "--message", "Set up")
    team.stage({"billing/queue.py": "1\n"})
    return team


def is_silent(shown: Shown, verdict: str = "Passed") -> bool:
    """Tell whether pre-commit's own line is all that the strict hook showed."""
    return bool(re.fullmatch(rf"{re.escape(STRICT)}\.+{re.escape(verdict)}\n", shown.text))


def said(shown: Shown, name: str, verdict: str) -> str:
    """Return what a hook said below the lines in which pre-commit itself reports on it."""
    own_lines = r"(?:- (?:hook id|exit code|duration): [^\n]*\n)+"
    match = re.fullmatch(rf"{re.escape(name)}\.+{verdict}\n{own_lines}((?:\n.*)?)", shown.text, re.DOTALL)
    assert match, shown.text
    return match[1].strip("\n")


def findings(text: str) -> list[tuple[str, int, str, str]]:
    """Return path, line, severity and rule of each finding in a report for people."""
    found, path = [], ""
    for line in text.split("\n"):
        if match := re.fullmatch(r" {2,}(\d+)  (error|warning|notice) .*  ([a-z-]+)", line):
            found.append((path, int(match[1]), match[2], match[3]))
        elif line and not line.startswith(" "):
            path = line
    return found


def blocked(team: Team, files: Files) -> list[tuple[str, int, str, str]]:
    """Commit files, make sure that nothing was committed, and return the findings that are shown."""
    before = team.commits()
    shown = team.commit(files)
    assert shown.code == 1, shown.text
    assert team.commits() == before
    return findings(said(shown, STRICT, "Failed"))


def test_the_manifest_is_valid() -> None:
    shown = run(CHECKOUT, *PRE_COMMIT, "validate-manifest", ".pre-commit-hooks.yaml")
    assert (shown.code, shown.text) == (0, "")


def test_good_records_are_committed_without_a_word(strict: Team) -> None:
    windows = GOOD_RECORD.replace("\n", "\r\n").encode()
    shown = strict.commit({"docs/adr/0001-sessions.md": GOOD_RECORD, UNUSUAL: GOOD_RECORD, "adr-3.md": windows})
    assert shown.code == 0
    assert is_silent(shown), shown.text
    assert strict.commits() == 2


def test_a_bad_record_blocks_and_names_file_line_and_rule(strict: Team) -> None:
    path = "docs/adr/0007-invoices.md"
    assert blocked(strict, {path: BAD_RECORD}) == [(path, BAD_LINE, "error", "decision-empty")]


def test_a_warning_is_shown_by_the_strict_hook_only_when_it_blocks(strict: Team) -> None:
    warned, bad = "docs/adr/0001-sessions.md", "docs/adr/0007-invoices.md"
    shown = strict.commit({warned: WARNED_RECORD})
    assert shown.code == 0
    assert is_silent(shown), shown.text
    assert blocked(strict, {warned: WARNED_RECORD + "\n", bad: BAD_RECORD}) == [
        (warned, WARNED_LINE, "warning", "owner-placeholder"),
        (bad, BAD_LINE, "error", "decision-empty"),
    ]


def test_several_records_are_judged_in_one_run_each_under_its_own_path(strict: Team) -> None:
    bad = ["docs/adr/0002-invoices.md", UNUSUAL, "docs/adr/0004-invoices.md"]
    files = dict.fromkeys(bad, BAD_RECORD) | {"docs/adr/0001-sessions.md": GOOD_RECORD}
    assert blocked(strict, files) == [(path, BAD_LINE, "error", "decision-empty") for path in bad]


def test_windows_line_ends_do_not_move_a_finding(strict: Team) -> None:
    path = "docs/adr/0007-invoices.md"
    windows = BAD_RECORD.replace("\n", "\r\n").encode()
    assert blocked(strict, {path: windows}) == [(path, BAD_LINE, "error", "decision-empty")]


def test_every_folder_that_we_take_for_one_of_records_reaches_the_hook(strict: Team) -> None:
    """The manifest's pattern and the package's own list of folders are two; they have to say the same."""
    paths = sorted(f"{name}/a.md" for name in (*FOLDERS, "x/ADR", "x/Decisions"))
    assert [path for path, *_ in blocked(strict, dict.fromkeys(paths, BAD_RECORD))] == paths


def test_a_numbered_folder_of_records_reaches_the_hook(strict: Team) -> None:
    """`docs/09-decisions` (arc42) is a folder of records for the command line, so it is one for the hook."""
    path = "docs/09-decisions/0007-invoices.md"
    assert blocked(strict, {path: BAD_RECORD}) == [(path, BAD_LINE, "error", "decision-empty")]


def test_a_record_outside_such_a_folder_is_known_by_its_name(strict: Team) -> None:
    paths = ["adr_7.md", "notes/ADR-0009-invoices.md", "notes/decision-record-12.markdown"]
    assert [path for path, *_ in blocked(strict, dict.fromkeys(paths, BAD_RECORD))] == paths


def test_what_is_staged_counts_not_what_lies_in_the_folder(strict: Team) -> None:
    path = "docs/adr/0007-invoices.md"
    strict.stage({path: BAD_RECORD})
    write(strict.folder, {path: GOOD_RECORD})
    shown = run(strict.folder, "git", "commit", "--quiet", "--message", "Change", env=strict.env)
    assert shown.code == 1
    assert f"  {BAD_LINE}  error " in shown.text
    assert (strict.folder / path).read_text("utf-8") == GOOD_RECORD


def test_a_deleted_record_is_not_asked_for(strict: Team) -> None:
    path = "docs/adr/0007-invoices.md"
    commit(strict.folder, {path: BAD_RECORD})
    shown = strict.commit({path: None})
    assert shown.code == 0
    assert is_silent(shown, "(no files to check)Skipped"), shown.text


def test_a_renamed_record_is_read_under_its_new_name(strict: Team) -> None:
    old, new = "docs/adr/0007-invoices.md", "docs/adr/0008-bills.md"
    commit(strict.folder, {old: BAD_RECORD})
    assert blocked(strict, {old: None, new: BAD_RECORD}) == [(new, BAD_LINE, "error", "decision-empty")]


def test_a_readme_in_the_records_folder_does_not_block(strict: Team) -> None:
    shown = strict.commit({"docs/adr/README.md": "# Our decisions\n\n- [Sessions](0001-sessions.md)\n"})
    assert shown.code == 0
    assert is_silent(shown), shown.text


def test_other_files_are_not_passed_to_the_hook(strict: Team) -> None:
    paths = ["docs/intro.md", "README.md", "docs/adr/0007-invoices.txt", "bad/0007-invoices.md", "loader/7.md"]
    shown = strict.commit(dict.fromkeys(paths, BAD_RECORD))
    assert shown.code == 0
    assert is_silent(shown, "(no files to check)Skipped"), shown.text


def test_an_amended_commit_is_checked_again(strict: Team) -> None:
    path = "docs/adr/0007-invoices.md"
    before = commit(strict.folder, {path: GOOD_RECORD})
    assert strict.commit({path: BAD_RECORD}, "--amend").code == 1
    assert strict.git("rev-parse", "HEAD") == before


def test_a_push_of_a_bad_record_is_stopped(strict: Team, tmp_path: Path) -> None:
    succeed(tmp_path, "git", "init", "--quiet", "--bare", "remote")
    strict.git("remote", "add", "origin", str(tmp_path / "remote"))
    commit(strict.folder, {"docs/adr/0007-invoices.md": BAD_RECORD})
    shown = run(strict.folder, "git", "push", "origin", "main", env=strict.env)
    assert shown.code == 1
    assert f"  {BAD_LINE}  error " in shown.text
    assert succeed(tmp_path / "remote", "git", "for-each-ref") == ""
    commit(strict.folder, {"docs/adr/0007-invoices.md": GOOD_RECORD})
    strict.git("push", "origin", "main")
    assert "refs/heads/main" in succeed(tmp_path / "remote", "git", "for-each-ref")


def test_a_merge_that_brings_a_bad_record_is_stopped(strict: Team) -> None:
    strict.git("checkout", "--quiet", "-b", "topic")
    commit(strict.folder, {"docs/adr/0007-invoices.md": BAD_RECORD})
    strict.git("checkout", "--quiet", "main")
    commit(strict.folder, {"docs/intro.md": "Hello.\n"})
    shown = run(strict.folder, "git", "merge", "--no-edit", "topic", env=strict.env)
    assert shown.code == 1
    assert f"  {BAD_LINE}  error " in shown.text
    assert strict.git("rev-list", "--merges", "HEAD") == ""


def test_the_nudge_shows_what_it_has_to_say_and_never_blocks(nudge: Team) -> None:
    warned, bad = "docs/adr/0001-sessions.md", "docs/adr/0007-invoices.md"
    shown = nudge.commit({warned: WARNED_RECORD, bad: BAD_RECORD})
    assert shown.code == 0
    assert findings(said(shown, NUDGE, "Passed")) == [
        (warned, WARNED_LINE, "warning", "owner-placeholder"),
        (bad, BAD_LINE, "error", "decision-empty"),
    ]
    assert nudge.commits() == 2


def test_the_nudge_shows_a_warning_alone(nudge: Team) -> None:
    shown = nudge.commit({"docs/adr/0001-sessions.md": WARNED_RECORD})
    assert shown.code == 0
    assert [rule for *_, rule in findings(said(shown, NUDGE, "Passed"))] == ["owner-placeholder"]


def test_the_nudge_is_silent_when_there_is_nothing_to_say(nudge: Team) -> None:
    shown = nudge.commit({"docs/adr/0001-sessions.md": GOOD_RECORD})
    assert shown.code == 0
    assert said(shown, NUDGE, "Passed") == ""


def said_of_message(shown: Shown, verdict: str = "Passed") -> str:
    """Return what the hook on the message said; all that the one before it may show is its own line."""
    return said(Shown(shown.code, re.sub(rf"\A{re.escape(HINT)}\.+Passed\n", "", shown.text)), MESSAGE, verdict)


def test_a_commit_without_its_decision_is_nudged_and_made(messages: Team) -> None:
    shown = messages.commit({})
    assert shown.code == 0
    told = said_of_message(shown)
    assert told.startswith("OnRecord: a decision is asked for, and none is written down yet.\n")
    assert "it touches billing/queue.py (team rule billing/**)" in told
    assert messages.commits() == 3


def test_an_answer_in_the_message_makes_the_hook_silent(messages: Team) -> None:
    shown = messages.commit({}, "--trailer", "No-decision: because it is small")
    assert shown.code == 0
    assert said_of_message(shown) == ""


def test_a_team_can_require_the_answer_and_the_message_is_kept(messages: Team) -> None:
    shown = messages.commit({"onrecord.yml": 'pull-requests: {paths: ["billing/**"], mode: require}\n'})
    assert (shown.code, messages.commits()) == (1, 2)
    command = said_of_message(shown, "Failed").split("\n")[-1].split()
    assert command == ["git", "commit", "--edit", "--file=.git/COMMIT_EDITMSG"]
    editor = 'sh -c \'printf "\\nNo-decision: because it is small\\n" >> "$1"\' -'
    assert run(messages.folder, *command, "--quiet", env=dict(messages.env) | {"GIT_EDITOR": editor}).code == 0
    assert messages.git("log", "-1", "--format=%B").split("\n\n") == ["Change", "No-decision: because it is small\n"]


def test_the_hint_is_in_the_editor_for_a_new_message_only(messages: Team) -> None:
    def edited(*options: str) -> str:
        editor = 'sh -c \'cp "$1" .git/seen; echo Change > "$1"\' -'
        shown = run(messages.folder, "git", "commit", *options, env=dict(messages.env) | {"GIT_EDITOR": editor})
        assert shown.code == 0, shown.text
        return (messages.folder / ".git/seen").read_text("utf-8")

    seen = edited()
    assert seen.index("\n# OnRecord: ") < seen.index("\n#   Decision: ...\n") < seen.index("\n# On branch main\n")
    assert messages.git("log", "-1", "--format=%B") == "Change\n"
    messages.stage({"billing/queue.py": "2\n"})
    assert "OnRecord" not in edited("--amend")


def test_a_new_record_is_listed_and_the_commit_is_made_with_the_list_in_it(teams: Teams, tmp_path: Path) -> None:
    team = teams.copy("index", tmp_path / "team")
    index = "docs/adr/README.md"
    team.stage({index: "# Decisions\n\n<!-- onrecord:index -->\n<!-- /onrecord:index -->\n"})
    team.git("-c", f"core.hooksPath={tmp_path / 'none'}", "commit", "--quiet", "--message", "Set up")
    before = team.commits()
    shown = team.commit({"docs/adr/0001-sessions.md": GOOD_RECORD})
    assert (shown.code, team.commits()) == (1, before)
    assert "(0001-sessions.md)" in (team.folder / index).read_text("utf-8")
    assert "files were modified by this hook" in shown.text
    assert ": added 0001" in shown.text
    shown = team.commit({})
    assert (shown.code, team.commits()) == (0, before + 1), shown.text
    assert team.git("status", "--short") == ""


def test_a_commit_that_only_deletes_a_record_takes_it_from_the_list(teams: Teams, tmp_path: Path) -> None:
    team = teams.copy("index", tmp_path / "team")
    index, row = "docs/adr/README.md", "- [Sessions]({})\n"
    rows = row.format("0001-sessions.md"), row.format("0002-sessions.md")
    team.stage(dict.fromkeys(("docs/adr/0001-sessions.md", "docs/adr/0002-sessions.md"), GOOD_RECORD))
    team.stage({index: f"<!-- onrecord:index -->\n{rows[0]}{rows[1]}<!-- /onrecord:index -->\n"})
    team.git("-c", f"core.hooksPath={tmp_path / 'none'}", "commit", "--quiet", "--message", "Set up")
    shown = team.commit({"docs/adr/0001-sessions.md": None})
    assert (shown.code, ": removed 0001" in shown.text) == (1, True), shown.text
    assert (team.folder / index).read_text("utf-8").count("(000") == 1
    shown = team.commit({})
    assert shown.code == 0, shown.text


def test_the_list_is_no_matter_where_no_record_is_committed(teams: Teams, tmp_path: Path) -> None:
    team = teams.copy("index", tmp_path / "team")
    line = re.compile(rf"{re.escape(LIST)}\.+Passed\n")
    for name in ("notes.txt", "docs/intro.md"):
        shown = team.commit({name: "Not a record.\n"})
        assert shown.code == 0
        assert line.fullmatch(shown.text), shown.text
    shown = team.commit({"docs/adr/0001-sessions.md": GOOD_RECORD})
    assert (shown.code, "no list of records was found" in shown.text) == (1, True)
