"""Where GitHub looks for templates of pull requests."""

import os
from pathlib import Path

import pytest

from onrecord.adapters.pull_request_templates import MAX_TEMPLATES, find_templates, read_templates, templates_below


def write(root: Path, name: str, content: str = "Text.\n") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


@pytest.mark.parametrize("place", [".github/", "", "docs/"])
@pytest.mark.parametrize("name", ["pull_request_template.md", "PULL_REQUEST_TEMPLATE.MD", "Pull_Request_Template.txt"])
def test_wherever_github_reads_one(tmp_path: Path, place: str, name: str) -> None:
    write(tmp_path, place + name)
    assert templates_below(tmp_path) == find_templates([place + name]) == ((place + name,), ())


@pytest.mark.parametrize("place", [".github/", "", "docs/"])
@pytest.mark.parametrize("folder", ["PULL_REQUEST_TEMPLATE", "pull_request_template"])
def test_a_folder_of_them(tmp_path: Path, place: str, folder: str) -> None:
    names = [f"{place}{folder}/{name}" for name in ("config.yml", "feature.md", "fix.txt", "old/fix.md")]
    for name in names:
        write(tmp_path, name)
    assert templates_below(tmp_path) == find_templates(names) == ((), tuple(names[1:3]))


@pytest.mark.parametrize(
    "name",
    [
        ".github/pull_request_template.rst",
        ".github/my_pull_request_template.md",
        "src/pull_request_template.md",
        "docs/team/pull_request_template.md",
        "src/PULL_REQUEST_TEMPLATE/a.md",
        ".github/ISSUE_TEMPLATE/pull_request_template.md",
        "pull_request_template.md/a.md",
    ],
)
def test_what_is_none(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert templates_below(tmp_path) == find_templates([name]) == ((), ())


def test_the_first_is_the_one_that_github_takes(tmp_path: Path) -> None:
    names = ["docs/pull_request_template.md", "pull_request_template.md", ".github/pull_request_template.md"]
    for name in names:
        write(tmp_path, name)
    assert templates_below(tmp_path).offered == find_templates(names).offered == tuple(reversed(names))


def test_their_texts_each_once(tmp_path: Path) -> None:
    write(tmp_path, "docs/pull_request_template.txt", "One.\n")
    write(tmp_path, "PULL_REQUEST_TEMPLATE/a.md", "Two.\n")
    write(tmp_path, "PULL_REQUEST_TEMPLATE/b.md", "One.\n")
    assert read_templates(tmp_path) == ("One.\n", "Two.\n")
    assert read_templates(tmp_path / "docs/none") == ()


def test_a_folder_with_very_many(tmp_path: Path) -> None:
    for number in range(MAX_TEMPLATES + 5):
        write(tmp_path, f".github/pull_request_template/{number}.md", f"{number}\n")
    write(tmp_path, "docs/pull_request_template.md", "Offered.\n")
    found = read_templates(tmp_path)
    assert (found[0], len(found)) == ("Offered.\n", MAX_TEMPLATES)


@pytest.mark.skipif(os.name == "nt", reason="needs symlinks")
def test_nothing_outside_is_read(tmp_path: Path) -> None:
    write(tmp_path, "outside/pull_request_template.md", "Secret.\n")
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    (root / ".github").symlink_to(tmp_path / "outside")
    (root / "docs/PULL_REQUEST_TEMPLATE").symlink_to(tmp_path / "outside")
    (root / "pull_request_template.md").symlink_to(tmp_path / "outside/pull_request_template.md")
    assert read_templates(root) == ()
