"""Several files are written as one step, never over what somebody else wrote."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from onrecord.adapters.apply import FileWrite, finish, write_all
from onrecord.adapters.write import Unwritable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".git").mkdir()
    return tmp_path


A, B = FileWrite("a.md", "a.md", b"a.md", b"A"), FileWrite("b.md", "c.md", b"b.md", b"B")


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}


def test_files_are_written_and_moved(root: Path) -> None:
    assert write_all([A, B], root, root / ".git") == []
    assert files(root) == {"a.md": b"A", "c.md": b"B"}
    assert list((root / ".git").iterdir()) == []


@pytest.mark.parametrize("change", ["b.md", "c.md"])
def test_a_file_that_changed_or_came_meanwhile_stops_all(root: Path, change: str) -> None:
    (root / change).write_text("mine")
    before = files(root)
    with pytest.raises(Unwritable, match=change):
        write_all([A, B], root, root / ".git")
    assert files(root) == before


def test_a_symlink_is_not_moved(root: Path) -> None:
    (root / "b.md").rename(root / "real.md")
    (root / "b.md").symlink_to("real.md")
    with pytest.raises(Unwritable, match="symlink"):
        write_all([B], root, root / ".git")


def test_a_link_that_leads_out_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.md"
    outside.write_text("a.md")
    (root / "a.md").unlink()
    (root / "a.md").symlink_to(outside)
    with pytest.raises(Unwritable, match="leads out"):
        write_all([A], root, root / ".git")
    assert outside.read_text() == "a.md"


SILENT = list[str]().extend


def journal(root: Path, *writes: FileWrite) -> None:
    entries = [
        {"path": w.path, "to": w.to, "before": b64encode(w.before).decode(), "after": b64encode(w.after).decode()}
        for w in writes
    ]
    (root / ".git/onrecord-fix.json").write_text(json.dumps(entries))


def test_a_change_that_was_taken_back_does_not_come_again(root: Path) -> None:
    """Somebody has undone what an interrupted run had begun, or it had not begun."""
    journal(root, A, B)
    (root / ".b.md.0123abcd").write_text("half")
    told: list[str] = []
    assert finish(root, root / ".git", told.extend) == []
    assert files(root) == {"a.md": b"a.md", "b.md": b"b.md"}
    assert list((root / ".git").iterdir()) == []
    assert not told


def test_what_is_finished_first_is_told(root: Path) -> None:
    journal(root, A, B)
    (root / "a.md").write_bytes(A.after)
    told: list[str] = []
    assert finish(root, root / ".git", told.extend) == []
    assert files(root) == {"a.md": A.after, "c.md": b"B"}
    assert told == ["c.md"]


def test_an_interrupt_at_the_keyboard_leaves_nothing_half_done(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.adapters.apply._move", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_all([A, B], root, root / ".git")
    assert files(root) == {"a.md": A.after, "c.md": b"B"}
    assert list((root / ".git").iterdir()) == []


def test_what_was_edited_after_a_kill_is_kept_and_said(root: Path) -> None:
    journal(root, A, B)
    (root / "a.md").write_text("mine")
    assert finish(root, root / ".git", SILENT) == ["a.md: it has changed meanwhile"]
    assert files(root) == {"a.md": b"mine", "c.md": b"B"}
    assert finish(root, root / ".git", SILENT) == [], "it is said once"


def test_a_move_that_was_cut_in_two_is_completed(root: Path) -> None:
    journal(root, B)
    (root / "b.md").write_bytes(b"B")
    (root / "c.md").hardlink_to(root / "b.md")
    (root / ".b.md.0123abcd").write_text("half")
    (root / ".b.md.mine").write_text("not ours")
    assert finish(root, root / ".git", SILENT) == []
    assert files(root) == {"a.md": b"a.md", "c.md": b"B", ".b.md.mine": b"not ours"}


def test_another_file_of_the_same_content_is_not_taken_for_a_half_done_move(root: Path) -> None:
    journal(root, B)
    (root / "b.md").write_bytes(b"B")
    (root / "c.md").write_bytes(b"B")
    assert finish(root, root / ".git", SILENT) == ["b.md: c.md is there already"]
    assert files(root)["b.md"] == b"B"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1]",
        '[{"path": "a.md"}]',
        "null",
        '[{"path": 1, "to": 1, "before": "", "after": ""}]',
        '[{"path": "a\\u0000", "to": "a", "before": "", "after": ""}]',
        '[{"path": "\\ud800", "to": "a", "before": "", "after": ""}]',
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_a_journal_that_is_none_is_put_aside(root: Path, content: str) -> None:
    (root / ".git/onrecord-fix.json").write_text(content)
    before = files(root)
    assert finish(root, root / ".git", SILENT) == []
    assert files(root) == before
    assert list((root / ".git").iterdir()) == []


@pytest.mark.parametrize("where", ["../{outside.name}/x.md", "{outside}/x.md", "link/x.md", ".git/x.md"])
def test_a_journal_reaches_no_file_outside_of_the_working_tree(
    root: Path, where: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "link").symlink_to(outside)
    for folder in (outside, root / ".git"):
        (folder / "x.md").write_text("mine")
        (folder / ".x.md.0123abcd").write_text("mine too")
    path = where.format(outside=outside)
    journal(
        root, FileWrite(path, path, b"mine", b"not mine"), FileWrite("b.md", path.replace("x", "y"), b"b.md", b"b.md")
    )
    finish(root, root / ".git", SILENT)
    assert {name.name: name.read_text() for name in outside.iterdir()} == {"x.md": "mine", ".x.md.0123abcd": "mine too"}
    assert (root / ".git/x.md").read_text() == "mine"
    assert (root / ".git/.x.md.0123abcd").exists()
    assert not (root / ".git/y.md").exists()
    assert files(root)["b.md"] == b"b.md"


@pytest.mark.parametrize("name", ["onrecord-fix.json", "onrecord-fix.json.new"])
def test_without_a_journal_nothing_is_written(root: Path, name: str) -> None:
    (root / ".git" / name).mkdir()
    with pytest.raises(Unwritable, match=name):
        write_all([A, B], root, root / ".git")
        finish(root, root / ".git", SILENT)
    assert files(root) == {"a.md": b"a.md", "b.md": b"b.md"}


def test_a_name_so_long_that_a_copy_s_could_be_no_longer_is_written_all_the_same(root: Path) -> None:
    long = f"{'x' * 248}.md"
    (root / long).write_text("long")
    assert write_all([A, FileWrite(long, long, b"long", b"new")], root, root / ".git") == []
    assert files(root) == {"a.md": b"A", "b.md": b"b.md", long: b"new"}
