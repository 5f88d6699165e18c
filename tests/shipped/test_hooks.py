"""The shipped hooks, in a team's repository: real commits through pre-commit, judged by what a person then sees."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hooked import PRE_COMMIT, Team, Teams, shared_teams
from repositories import (
    BAD_LINE,
    BAD_RECORD,
    CHECKOUT,
    GOOD_RECORD,
    WARNED_LINE,
    WARNED_RECORD,
    Shown,
    commit,
    run,
    succeed,
    write,
)

from onrecord.record.folders import FOLDERS

STRICT, NUDGE = "onrecord (decision records)", "onrecord (nudge)"
LIST = "onrecord (list of records)"
MESSAGE, HINT = "onrecord (commit message)", "onrecord (hint in the editor)"
UNUSUAL = "docs/adr/0003 über die Größe.md"


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Teams:
    return shared_teams(tmp_path_factory)


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


SESSIONS, INVOICES, RENAMED = "docs/adr/0001-sessions.md", "docs/adr/0007-invoices.md", "docs/adr/0008-bills.md"
WARNED, WINDOWS, STAGED = "docs/adr/0002-warned.md", "docs/adr/0006-windows.md", "docs/adr/0009-staged.md"
BY_FOLDER = sorted(f"{name}/a.md" for name in (*FOLDERS, "x/ADR", "x/Decisions"))
NUMBERED = "docs/09-decisions/0007-invoices.md"
BY_NAME = ["adr_7.md", "notes/ADR-0009-invoices.md", "notes/decision-record-12.markdown"]
OTHERS = ["docs/intro.md", "README.md", "docs/adr/0007-invoices.txt", "bad/0007-invoices.md", "loader/7.md"]


class Stopped(NamedTuple):
    """A commit that the strict hook stopped: the team, what it found, and the number of commits before."""

    team: Team
    found: list[tuple[str, int, str, str]]
    before: int


@pytest.fixture(scope="module")
def stopped(teams: Teams, tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    """Stop one commit of many files, each of which has something else about it."""
    team = teams.copy("onrecord", tmp_path_factory.mktemp("stopped") / "team")
    commit(team.folder, {INVOICES: BAD_RECORD, "docs/adr/0010-gone.md": BAD_RECORD})
    before = team.commits()
    team.stage(dict.fromkeys([UNUSUAL, STAGED, *BY_FOLDER, NUMBERED, *BY_NAME, *OTHERS], BAD_RECORD))
    team.stage({WINDOWS: BAD_RECORD.replace("\n", "\r\n").encode(), WARNED: WARNED_RECORD, SESSIONS: GOOD_RECORD})
    team.stage({INVOICES: None, RENAMED: BAD_RECORD, "docs/adr/0010-gone.md": None})
    write(team.folder, {STAGED: GOOD_RECORD})
    shown = run(team.folder, "git", "commit", "--quiet", "--message", "Change", env=team.env)
    assert shown.code == 1, shown.text
    own_words = re.compile(r"^\[(WARNING|INFO)\] .*\n", re.MULTILINE)  # of pre-commit, on what is not staged
    return Stopped(team, findings(said(Shown(1, own_words.sub("", shown.text)), STRICT, "Failed")), before)


def at_fault(path: str) -> tuple[str, int, str, str]:
    """What is found in a bad record."""
    return (path, BAD_LINE, "error", "decision-empty")


def test_the_manifest_is_valid() -> None:
    shown = run(CHECKOUT, *PRE_COMMIT, "validate-manifest", ".pre-commit-hooks.yaml")
    assert (shown.code, shown.text) == (0, "")


def test_good_records_are_committed_without_a_word(strict: Team) -> None:
    """So are a warning, which the strict hook shows when it blocks only, and a README in the records' folder.

    What is planted beside them is not loaded. (pre-commit itself would load a `yaml.py`: its script calls `python -m`.)
    """
    names = ("markdown_it.py", "jsonschema.py", "sitecustomize.py", "onrecord/__init__.py", "onrecord/cli/main.py")
    strict.stage(dict.fromkeys(names, "open(__file__ + '.ran', 'w').close()\n"))
    windows = GOOD_RECORD.replace("\n", "\r\n").encode()
    good = {SESSIONS: GOOD_RECORD, UNUSUAL: GOOD_RECORD, "adr-3.md": windows}
    readme = {"docs/adr/README.md": "# Our decisions\n\n- [Sessions](0001-sessions.md)\n"}
    shown = strict.commit(good | {WARNED: WARNED_RECORD} | readme)
    assert shown.code == 0
    assert is_silent(shown), shown.text
    assert strict.commits() == 2
    assert list(strict.folder.rglob("*.ran")) == []


def test_a_bad_record_blocks_and_names_file_line_and_rule(stopped: Stopped) -> None:
    assert at_fault(RENAMED) in stopped.found
    assert stopped.team.commits() == stopped.before


def test_a_warning_is_shown_by_the_strict_hook_only_when_it_blocks(stopped: Stopped) -> None:
    """Alone it is committed without a word (above)."""
    assert [found for found in stopped.found if found[2] != "error"] == [
        (WARNED, WARNED_LINE, "warning", "owner-placeholder")
    ]


def test_several_records_are_judged_in_one_run_each_under_its_own_path(stopped: Stopped) -> None:
    """One run shows them in one order, each once."""
    paths = [path for path, *_ in stopped.found]
    assert paths == sorted([UNUSUAL, STAGED, RENAMED, WINDOWS, WARNED, *BY_FOLDER, NUMBERED, *BY_NAME])
    assert at_fault(UNUSUAL) in stopped.found


def test_windows_line_ends_do_not_move_a_finding(stopped: Stopped) -> None:
    assert at_fault(WINDOWS) in stopped.found


def test_every_folder_that_we_take_for_one_of_records_reaches_the_hook(stopped: Stopped) -> None:
    """The manifest's pattern and the package's own list of folders are two; they have to say the same."""
    assert [found for found in stopped.found if found[0] in BY_FOLDER] == [at_fault(path) for path in BY_FOLDER]


def test_a_numbered_folder_of_records_reaches_the_hook(stopped: Stopped) -> None:
    """`docs/09-decisions` (arc42) is a folder of records for the command line, so it is one for the hook."""
    assert at_fault(NUMBERED) in stopped.found


def test_a_record_outside_such_a_folder_is_known_by_its_name(stopped: Stopped) -> None:
    assert [found for found in stopped.found if found[0] in BY_NAME] == [at_fault(path) for path in BY_NAME]


def test_what_is_staged_counts_not_what_lies_in_the_folder(stopped: Stopped) -> None:
    assert at_fault(STAGED) in stopped.found
    assert (stopped.team.folder / STAGED).read_text("utf-8") == GOOD_RECORD


def test_a_renamed_record_is_read_under_its_new_name(stopped: Stopped) -> None:
    assert {RENAMED, INVOICES}.intersection(path for path, *_ in stopped.found) == {RENAMED}


def test_other_files_and_deleted_records_are_not_passed_to_the_hook(strict: Team) -> None:
    commit(strict.folder, {INVOICES: BAD_RECORD})
    shown = strict.commit(dict.fromkeys(OTHERS, BAD_RECORD) | {INVOICES: None})
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


def test_a_team_can_require_the_answer_and_the_message_is_kept(messages: Team) -> None:
    shown = messages.commit({"onrecord.yml": 'pull-requests: {paths: ["billing/**"], mode: require}\n'})
    assert (shown.code, messages.commits()) == (1, 2)
    command = said_of_message(shown, "Failed").split("\n")[-1].split()
    assert command == ["git", "commit", "--edit", "--file=.git/COMMIT_EDITMSG"]
    editor = 'sh -c \'printf "\\nNo-decision: because it is small\\n" >> "$1"\' -'
    answered = run(messages.folder, *command, "--quiet", env=dict(messages.env) | {"GIT_EDITOR": editor})
    assert (answered.code, said_of_message(answered)) == (0, ""), answered.text
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


def test_a_commit_passes_where_no_list_is_kept(teams: Teams, tmp_path: Path) -> None:
    team = teams.copy("index", tmp_path / "team")
    line = re.compile(rf"{re.escape(LIST)}\.+Passed\n")
    shown = team.commit(dict.fromkeys(("notes.txt", "docs/intro.md"), "Not a record.\n"))
    assert shown.code == 0
    assert line.fullmatch(shown.text), shown.text
    shown = team.commit({"docs/adr/0001-sessions.md": GOOD_RECORD})
    assert (shown.code, bool(line.fullmatch(shown.text))) == (0, True), shown.text
