"""The hook that keeps a list of records: a commit fails once when the list was rewritten, and passes when it is staged."""

from pathlib import Path

import pytest
from repositories import GOOD_RECORD, commit, copy_checkout, environment, run, succeed, write
from test_hooks import PRE_COMMIT, Team

README = "docs/adr/README.md"
LIST = "# Decisions\n\n<!-- onrecord:index -->\n<!-- /onrecord:index -->\n"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Return a repository with the hook installed, and an index that lists nothing yet."""
    folder = tmp_path_factory.mktemp("index-hook")
    env = environment(PRE_COMMIT_HOME=str(folder / "pre-commit"), PRE_COMMIT_COLOR="never")
    shipped = copy_checkout(folder / "shipped")
    succeed(shipped, "git", "init", "--quiet")
    revision = commit(shipped, {})
    root = folder / "team"
    root.mkdir()
    succeed(root, "git", "init", "--quiet")
    config = f"repos:\n- repo: {shipped}\n  rev: {revision}\n  hooks:\n  - id: onrecord-index\n"
    commit(root, {".pre-commit-config.yaml": config, README: LIST})
    succeed(root, *PRE_COMMIT, "install", "--install-hooks", env=env)
    return Team(root, env)


def listed(folder: Path) -> bool:
    return "(0001-sessions.md)" in (folder / README).read_text("utf-8")


def test_a_new_record_is_listed_and_the_commit_is_made_with_the_list_in_it(team: Team) -> None:
    shown = team.commit({"docs/adr/0001-sessions.md": GOOD_RECORD})
    assert (shown.code, team.commits(), listed(team.folder)) == (1, 1, True)
    assert "files were modified by this hook" in shown.text
    assert ": missing 0001" in shown.text
    shown = team.commit({})
    assert (shown.code, team.commits()) == (0, 2), shown.text
    assert run(team.folder, "git", "status", "--short", env=team.env).text == ""
    write(team.folder, {"notes.txt": "Not a record.\n"})
    assert "Skipped" in team.commit({}).text
