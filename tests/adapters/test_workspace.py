"""By whose settings a stranger's change is judged: those of its base, from git or from GitHub."""

import errno
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from fake_github import FakeGitHub, Fault

from onrecord.adapters.codeowners import read_code_owners
from onrecord.adapters.event import Occasion
from onrecord.adapters.github import GitHub
from onrecord.adapters.pull_request_templates import read_templates
from onrecord.adapters.settings import load_config
from onrecord.adapters.workspace import Base, local_workspace, remote_workspace
from onrecord.adapters.write import Unwritable
from onrecord.change import ChangedFile

HARBOR = "harbor-example/harbor"
BASE, HEAD = "b" * 40, "c" * 40
TEMPLATES = {
    ".github/Pull_Request_Template.txt": "Base: why?\n",
    "docs/PULL_REQUEST_TEMPLATE/fix.md": "Base: what broke?\n",
}
AT_BASE = {
    ".github/onrecord.yml": "fail-on: never\nschema: ./rules/own.json\n",
    "rules/own.json": "{}\n",
    "docs/CODEOWNERS": "* @base\n",
    "src/a.py": "1\n",
    **TEMPLATES,
}
AT_HEAD = {
    ".github/onrecord.yml": "fail-on: error\n",
    ".github/Pull_Request_Template.txt": "Head.\n",
    "pull_request_template.md": "Head.\n",
    "CODEOWNERS": "* @head\n",
}
STRANGER = Occasion("pull-request", HARBOR, 1, {}, BASE, HEAD, "mallory/harbor", is_trusted=False)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Occasion]:
    """Return a checkout of a stranger's change, and the occasion with its commits."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = tmp_path / "checkout"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    commits = [commit(root, files) for files in (AT_BASE, AT_HEAD)]
    return root, STRANGER._replace(base_sha=commits[0], head_sha=commits[1])


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


def commit(root: Path, files: Mapping[str, str]) -> str:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Change")
    return git(root, "rev-parse", "HEAD")


def are_the_bases(settings: Path) -> bool:
    """Tell whether a folder holds all settings of the base, and nothing else."""
    found = {path.relative_to(settings).as_posix(): path.read_text() for path in settings.rglob("*") if path.is_file()}
    return found == {name: text for name, text in AT_BASE.items() if name != "src/a.py"}


def test_in_a_checkout_they_come_from_git(checkout: tuple[Path, Occasion], scratch: Path) -> None:
    root, occasion = checkout
    found = local_workspace(root, occasion, None, scratch, None, None)
    assert found.notes == ()
    assert are_the_bases(found.settings)
    assert load_config(found.settings, None).fail_on is None
    assert read_code_owners(found.settings).owners_of("a") == ("@base",)
    assert read_templates(found.settings) == tuple(TEMPLATES.values())


def test_a_trusted_change_brings_its_own(checkout: tuple[Path, Occasion], scratch: Path) -> None:
    root, occasion = checkout
    assert local_workspace(root, occasion._replace(is_trusted=True), None, scratch, None, None).settings == root


def test_no_name_leads_out_of_its_folder(scratch: Path) -> None:
    folder = scratch / "base"
    names = ("../a.md", "docs/../../b.md", f"{scratch}/c.md", "docs/d.md")
    Base(lambda _path: b"x", None).copy(names, folder)
    assert [path.relative_to(scratch).as_posix() for path in scratch.rglob("*.md")] == ["base/docs/d.md"]


def test_a_full_disk_is_no_file_that_is_left_out(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unwritable, match="No space left"):
        Base(lambda _path: b"x", None).copy(("docs/d.md",), scratch / "base")


class TestOnGitHub:
    """A checkout that does not reach back to the base, or none."""

    @pytest.fixture(autouse=True)
    def contents(self, fake: FakeGitHub) -> None:
        fake.repository().contents[BASE] = {name: text.encode() for name, text in AT_BASE.items()}
        fake.repository().contents[HEAD] = {name: text.encode() for name, text in (AT_BASE | AT_HEAD).items()}

    def test_what_is_there_is_fetched_and_nothing_else(
        self, checkout: tuple[Path, Occasion], scratch: Path, fake: FakeGitHub, github: GitHub
    ) -> None:
        found = local_workspace(checkout[0], STRANGER, (), scratch, github, None)
        assert found.notes == ()
        assert are_the_bases(found.settings)
        assert fake.count() == fake.count("git/get-tree") + fake.count("repos/get-content") == 1 + len(AT_BASE) - 1

    def test_without_a_checkout(self, scratch: Path, github: GitHub) -> None:
        assert are_the_bases(remote_workspace(STRANGER, (), scratch, github, None).settings)

    def test_a_name_that_no_file_can_have_here_is_left_out(
        self, scratch: Path, fake: FakeGitHub, github: GitHub
    ) -> None:
        record = "# 1. X\n\n## Decision\n\nYes.\n"
        names = ("docs/adr/0001-a.md", f"docs/adr/0002-{'a' * 300}.md", "docs/adr/0001-a.md/0003-b.md")
        fake.repository().contents[HEAD] |= dict.fromkeys(names, record.encode())
        files = tuple(ChangedFile(name, "added") for name in names)
        assert remote_workspace(STRANGER, files, scratch, github, None).records == names[:1]

    def test_more_files_than_github_lists(
        self, checkout: tuple[Path, Occasion], scratch: Path, fake: FakeGitHub, github: GitHub
    ) -> None:
        fake.on("git/get-tree", Fault(change=lambda answer: answer.update(truncated=True)))
        found = local_workspace(checkout[0], STRANGER, (), scratch, github, None)
        assert (load_config(found.settings, None).fail_on, found.notes) == (None, ())

    @pytest.mark.parametrize("operation", ["git/get-tree", "repos/get-content"])
    def test_a_github_that_does_not_answer_leaves_the_defaults_and_a_note(
        self, checkout: tuple[Path, Occasion], scratch: Path, fake: FakeGitHub, github: GitHub, operation: str
    ) -> None:
        fake.on(operation, Fault(500, times=None))
        found = local_workspace(checkout[0], STRANGER, (), scratch, github, None)
        assert list(found.settings.iterdir()) == []
        assert [note.split(", so the defaults were used: ")[0] for note in found.notes] == [
            "The configuration of the base could not be fetched"
        ]

    def test_no_token(self, checkout: tuple[Path, Occasion], scratch: Path) -> None:
        found = local_workspace(checkout[0], STRANGER, (), scratch, None, None)
        assert list(found.settings.iterdir()) == []
        assert "out of reach" in found.notes[0]
