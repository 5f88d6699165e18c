"""A disk that is full, or that nobody can write to: what is read is read, what is written is said not to be."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from disks import DAY, ENVIRONMENT, NEW_MOUNTS, Outcome, apart, make_read_only, mount, said, tree

from onrecord.cli.main import main

READING = {
    "check": 1,
    "check --staged": 0,
    "search Redis": 0,
    "why src/cart.py:1": 0,
    "why src": 0,
    "index": 1,
    "commit-msg message": 0,
}
WRITING = (
    "check --fix",
    "index --fix",
    "new X --no-input",
    "accept 6 --by Ann",
    "touch docs/adr/0005-mail.md --by Ann",
    "baseline",
    "init --yes",
    "check --output report.json",
)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def test_a_read_only_checkout_is_read_as_any_other(shop: Path) -> None:
    def work() -> list[tuple[Outcome, Outcome]]:
        os.chdir(shop)
        usual = {
            call: said(*call.split(), "--today", DAY) if "check" in call else said(*call.split()) for call in READING
        }
        shutil.rmtree(shop / ".git/onrecord", ignore_errors=True)
        make_read_only(shop)
        os.chdir(shop)
        now = {
            call: said(*call.split(), "--today", DAY) if "check" in call else said(*call.split()) for call in READING
        }
        return [(usual[call], now[call]) for call in READING]

    for call, (usual, now) in zip(READING, apart(work, NEW_MOUNTS), strict=True):
        assert now == usual, call
        assert now[0] == READING[call], call


def test_in_a_read_only_checkout_each_verb_that_writes_says_so(shop: Path) -> None:
    def work() -> dict[str, Outcome]:
        make_read_only(shop)
        os.chdir(shop)
        return {call: said(*call.split()) for call in WRITING}

    before = tree(shop)
    for call, (code, _, err, _) in apart(work, NEW_MOUNTS).items():
        assert code in (2, 3), call
        assert "Read-only file system" in err, call
        assert "internal error" not in err, call
    assert tree(shop) == before


def test_where_only_gits_own_folder_is_read_only_single_files_can_still_be_written(shop: Path) -> None:
    def work() -> list[Outcome]:
        make_read_only(shop / ".git")
        os.chdir(shop)
        return [said("index", "--fix"), said("new", "X", "--no-input"), said("accept", "6", "--by", "Ann")]

    index, new, accept = (Outcome(*one) for one in apart(work, NEW_MOUNTS))
    assert (index.code, new.code) == (0, 0)
    assert (accept.code, "so nothing was written" in accept.err) == (3, True)
    assert "0007 (Use Redis)" in index.out
    assert (shop / "docs/adr/0008-x.md").exists()


def test_a_hint_that_cannot_be_added_is_said_and_the_commit_goes_on(shop: Path) -> None:
    def work() -> Outcome:
        make_read_only(shop)
        os.chdir(shop)
        return said("prepare-commit-msg", "message")

    code, _, err, _ = apart(work, NEW_MOUNTS)
    assert (code, err) == (0, "onrecord: message: no hint was added: Read-only file system\n")


def test_on_a_full_disk_nothing_is_written_by_half_and_reading_goes_on(shop: Path, tmp_path: Path) -> None:
    """A real one, of 2 MB; every single write that may fail is in test_killed_at_any_write.py."""
    place = tmp_path / "small"
    place.mkdir()

    def work() -> list[object]:
        mount("none", str(place), 0, "tmpfs", "size=2m")
        there = Path(shutil.copytree(shop, place / "shop"))
        os.chdir(there)
        before, usual = tree(there), said("search", "Redis")
        shutil.rmtree(there / ".git/onrecord", ignore_errors=True)
        with (place / "filler").open("wb", 0) as filler:
            for size in (4096, 1):
                while True:
                    try:
                        filler.write(b"x" * size)
                    except OSError:
                        break
        written = {call: said(*call.split()) for call in WRITING}
        same = tree(there) == before and said("search", "Redis") == usual
        (place / "filler").unlink()
        return [written, same, said("check", "--fix", "--fail-on", "never").code, said("index", "--fix").code]

    written, same, *healed = apart(work, NEW_MOUNTS)
    for call, (code, _, err, _) in written.items():
        assert code in (2, 3), call
        assert "No space left on device" in err, call
        assert "internal error" not in err, call
    assert same
    assert healed == [0, 0]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full is needed")  # noqa: PTH110
@pytest.mark.parametrize("call", ["list", "rules"])
def test_an_output_that_cannot_take_it_is_said_and_not_green(
    shop: Path, call: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shop)
    monkeypatch.setattr("sys.stdout", os.fdopen(os.open("/dev/full", os.O_WRONLY), "w"))
    code = main(call.split())
    with suppress(OSError):
        sys.stdout.close()  # what is still to be written has no room either
    monkeypatch.undo()
    assert code == 3
    assert capfd.readouterr().err == "onrecord: what was to be printed could not be: No space left on device\n"
