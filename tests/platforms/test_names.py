"""Names of files: what one system spells, compares or forbids in its own way."""

import ntpath
import os
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from unicodedata import normalize

import pytest
from repositories import BAD_RECORD, GOOD_RECORD, commit, succeed

from onrecord.adapters import apply, files
from onrecord.adapters.git import as_name, tracked_among
from onrecord.adapters.write import create_file, replace_file, tidy
from onrecord.draft.place import Form, path_for

COMPOSED, APART = normalize("NFC", "0002-café.md"), normalize("NFD", "0002-café.md")


class TestWindowsPaths:
    """As Windows gives them: with backslashes, drives, and in any case."""

    @pytest.fixture(autouse=True)
    def windows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sep", "\\")
        monkeypatch.setattr(os, "path", ntpath)
        for module in (files, apply):
            monkeypatch.setattr(module, "Path", PureWindowsPath)

    @pytest.mark.parametrize(
        ("path", "shown"),
        [
            (r"C:\code\shop\docs\adr\0001-a.md", "docs/adr/0001-a.md"),
            (r"c:\CODE\shop\docs\adr\0001-a.md", "docs/adr/0001-a.md"),
            (r"C:\code\shop\docs\..\adr\0001-a.md", "adr/0001-a.md"),
            (r"C:/code/shop/docs/adr/0001-a.md", "docs/adr/0001-a.md"),
            (r"D:\code\shop\docs\0001-a.md", "D:/code/shop/docs/0001-a.md"),
            (r"C:\code\shopping\0001-a.md", "C:/code/shopping/0001-a.md"),
            (r"\\server\share\0001-a.md", "//server/share/0001-a.md"),
        ],
    )
    def test_a_path_is_one_of_the_repository(self, path: str, shown: str) -> None:
        assert files.in_repository(PureWindowsPath(path), PureWindowsPath(r"C:\code\shop")) == shown

    def test_slashes_are_turned(self) -> None:
        assert files.as_posix(r".\docs\adr") == "docs/adr"
        assert files.as_posix(r"..\docs") == "../docs"

    @pytest.mark.parametrize(
        "name",
        [r"C:\x.md", r"C:x.md", r"\x.md", r"..\x.md", r"docs\..\..\x.md", r".git\hooks\x", r"docs\.GIT\x", r"\\s\s\x"],
    )
    def test_a_journal_cannot_name_a_place_outside(self, name: str) -> None:
        assert not apply._is_inside(name)
        assert apply._is_inside(r"docs\adr\x.md")


@pytest.mark.skipif(os.sep != "/", reason="there it is what stands between folders")
def test_a_backslash_is_a_letter_elsewhere() -> None:
    assert files.as_posix(PurePosixPath("docs/a\\b.md")) == "docs/a\\b.md"


def test_a_name_that_is_no_utf_8_can_be_told_of_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = b"H docs/gr\xf6\xdfe.md\0H docs/a.md\0"
    as_posix = tracked_among(listed)
    monkeypatch.setattr(os, "fsdecode", lambda raw: raw.decode("utf-8", "surrogatepass"))  # what Windows does
    assert tracked_among(listed) == as_posix == ["docs/a.md", "docs/gr\udcf6\udcdfe.md"]
    assert as_name("größe".encode()) == "größe"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no disk takes such a name")
@pytest.mark.parametrize("verb", ["coverage", "calibrate", "review", "why src", "check"])
def test_what_strangers_spelled_otherwise_stops_no_verb_on_windows(
    repo: Path, call: Callable, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """A branch, a file, a person and a message in Latin-1; a list of pull requests in a record."""
    odd = os.fsdecode(b"gr\xf6\xdfe")
    listed = GOOD_RECORD.replace("---\n", "---\nimplemented-by: ['#1']\n", 1)
    commit(repo, {f"src/{odd}.py": "# ADR-1\n", "docs/adr/0001-sessions.md": listed}, f"Use {odd} (#1)")
    succeed(repo, "git", "switch", "--quiet", "--create", odd)
    monkeypatch.setenv("GIT_AUTHOR_NAME", odd)
    commit(repo, {f"src/{odd}.py": "# ADR-0001\n"}, f"Merge pull request #2 from ann/{odd}")
    monkeypatch.setattr(
        os, "fsdecode", lambda raw: raw if isinstance(raw, str) else raw.decode("utf-8", "surrogatepass")
    )
    code, shown = call(*verb.split())
    assert (code in (0, 1), "internal error" in shown) == (True, False), shown


@pytest.mark.parametrize("name", ["CON", "Nul", "aux", "com1", "LPT9"])
def test_no_new_record_gets_a_name_that_windows_keeps_for_itself(name: str) -> None:
    words = Form(behind="", width=0)  # names without a number
    assert path_for("docs/adr", words, 0, name, "") == f"docs/adr/{name.lower()}-decision.md"
    assert path_for("docs/adr", words, 0, f"{name} and more", "") == f"docs/adr/{name.lower()}-and-more.md"
    assert path_for("docs/adr", Form(), 7, name, "") == f"docs/adr/0007-{name.lower()}.md"


@pytest.mark.skipif(sys.platform == "win32", reason="there the whole path is limited")
def test_a_name_as_long_as_disks_take_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'ö' * 126}.md"  # 255 bytes
    assert create_file(path, b"one")
    replace_file(path, tmp_path, b"one", b"two")
    left = path.with_name(f".{'ö' * 119}.0123abcd")
    left.write_bytes(b"of a killed run")
    tidy(path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {path.name: b"two"}


@pytest.mark.skipif(sys.platform == "darwin", reason="there git and the disk turn one into the other")
class TestAccents:
    """One “é” can be one character or two, and git keeps what it got."""

    def test_a_link_to_what_only_looks_the_same_is_told_as_such(self, repo: Path, call: Callable) -> None:
        text = GOOD_RECORD + f"\nSee [it]({COMPOSED}), and [this one](0003-é.md).\n"
        commit(repo, {f"docs/adr/{APART}": GOOD_RECORD, "docs/adr/0001-sessions.md": text})
        _, shown = call("check", "docs/adr/0001-sessions.md")
        assert "only looks the same: its accents are other characters" in shown
        assert shown.count("and no such file is there") == 1

    def test_links_are_found_in_either_spelling(self, repo: Path, call: Callable) -> None:
        text = GOOD_RECORD + f"\nSee [it]({APART}), [it](0002-cafe%CC%81.md).\n"
        commit(repo, {f"docs/adr/{APART}": GOOD_RECORD, "docs/adr/0001-sessions.md": text})
        assert "link-broken" not in call("check", "docs/adr/0001-sessions.md")[1]

    def test_an_argument_of_a_mac_is_spelled_as_git_does(
        self, repo: Path, call: Callable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commit(repo, {f"docs/adr/{COMPOSED}": BAD_RECORD})
        assert call("check", f"docs/adr/{APART}")[0] == 2
        monkeypatch.setattr(sys, "platform", "darwin")
        code, shown = call("check", f"docs/adr/{APART}")
        assert (code, COMPOSED in shown) == (1, True)
