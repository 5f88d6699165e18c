"""What a repository has already."""

import os
import subprocess
from pathlib import Path

import pytest

from onrecord.adapters.survey import Survey, look_around, parse_remote
from onrecord.check import Config
from onrecord.record.vocabulary import shipped

RECORD = "# 1. Keep sessions in Redis\n\n## Status\n\nAccepted\n\n## Context\n\nThey are lost.\n\n## Decision\n\nWe will use Redis.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "--quiet", "--initial-branch=trunk")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org", *arguments]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=30)


def write(root: Path, name: str, content: str = "Text.\n") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    git(root, "add", "--", name)


def look(root: Path, config: Config | None = None) -> Survey:
    return look_around(root, config or Config(), shipped())


def test_an_empty_repository(root: Path) -> None:
    assert look(root) == (((), ()), "trunk", None, None, (), (), None)


def test_records_with_what_tells_them(root: Path) -> None:
    for number in (1, 2, 3):
        write(root, f"notes/{number:04}-a.md", RECORD)
    write(root, "docs/adr/0001-a.md", RECORD)
    write(root, "docs/adr/template.md", RECORD)
    far, near = look(root).homes.homes
    assert (far.folder, far.size, far.dialects, far.languages, far.by_name) == ("notes", 3, ("nygard",), ("en",), False)
    assert (near.folder, near.size, near.by_name) == ("docs/adr", 1, True)
    assert [home.folder for home in look(root, Config(records=("docs/**",))).homes.homes] == ["docs/adr"]


def test_the_template_that_github_takes_and_those_to_choose_from(root: Path) -> None:
    write(root, "docs/pull_request_template.md")
    write(root, "Pull_Request_Template.txt")
    write(root, "docs/PULL_REQUEST_TEMPLATE/feature.md")
    assert (look(root).template, look(root).several) == (
        "Pull_Request_Template.txt",
        ("docs/PULL_REQUEST_TEMPLATE/feature.md",),
    )


@pytest.mark.parametrize(
    "step",
    [
        "- uses: onrecord/onrecord@v0.1.0",
        '- uses: "acme/onrecord@0123456789abcdef0123456789abcdef01234567" # v0.1.0',
        "- run: pipx run onrecord check",
    ],
)
def test_a_workflow_that_runs_us(root: Path, step: str) -> None:
    write(root, ".github/workflows/docs.yaml", f"jobs:\n  docs:\n    steps:\n      {step}\n")
    assert look(root).workflows == (".github/workflows/docs.yaml",)


@pytest.mark.parametrize(
    "step", ["# - uses: onrecord/onrecord@v0.1.0", "- uses: acme/not-onrecord@v1", "- run: echo on record"]
)
def test_a_workflow_that_does_not(root: Path, step: str) -> None:
    write(root, ".github/workflows/docs.yml", f"jobs:\n  docs:\n    steps:\n      {step}\n")
    assert look(root).workflows == ()


def test_hooks(root: Path) -> None:
    write(root, ".husky/pre-commit")
    assert look(root).hook_manager == "Husky"


def test_the_remotes_default_branch_comes_before_the_current_one(root: Path) -> None:
    write(root, "a.txt")
    git(root, "commit", "--quiet", "-m", "One")
    git(root, "update-ref", "refs/remotes/origin/develop", "HEAD")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")
    assert look(root).branch == "develop"
    git(root, "checkout", "--quiet", "--detach")
    git(root, "symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    assert look(root).branch == ""


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("https://github.com/acme/shop.git", ("github.com", "acme/shop")),
        ("https://github.com/acme/shop/", ("github.com", "acme/shop")),
        ("https://token@GitHub.com/acme/shop", ("github.com", "acme/shop")),
        ("git@github.com:acme/shop.git", ("github.com", "acme/shop")),
        ("ssh://git@github.com:22/acme/shop.js.git", ("github.com", "acme/shop.js")),
        ("git@ghe.example.org:acme/shop", ("ghe.example.org", "acme/shop")),
        ("/srv/git/shop.git", None),
        ("https://git.example.org/a/b/shop.git", None),
        ("", None),
    ],
)
def test_the_address_of_a_remote(address: str, remote: tuple[str, str] | None) -> None:
    assert parse_remote(address) == remote


@pytest.mark.skipif(os.name == "nt", reason="needs symlinks")
def test_nothing_outside_is_looked_at(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "workflows").mkdir()
    (outside / "workflows/a.yml").write_text("- uses: onrecord/onrecord@v1\n", "utf-8")
    (outside / "pull_request_template.md").write_text("Hello.\n", "utf-8")
    (root / ".github").symlink_to(outside)
    assert (look(root).workflows, look(root).template) == ((), None)
