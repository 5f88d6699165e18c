"""Whatever lies in the folder of records, and whatever happens to it meanwhile: it is said, and the rest is read."""

import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from disks import FILES, Outcome, apart, git, said, tree, write

Run = Callable[..., Outcome]
RECORD = FILES["docs/adr/0003-csv.md"]


def left_out(outcome: Outcome) -> dict[str, str]:
    """Return what a report in JSON says was not read, and why."""
    return {one["path"]: one["reason"] for one in json.loads(outcome.out)["skipped"]}


@pytest.mark.parametrize("link", ["a" * 300 + ".md", "a/" * 3000 + "b.md"])
def test_a_link_that_no_file_can_be_named_like_is_a_broken_one(shop: Path, run: Run, link: str) -> None:
    write(shop, {"docs/adr/0003-csv.md": f"{RECORD}\nSee [the rest]({link}).\n"})
    outcome = run("check")
    assert (outcome.code, outcome.err) == (1, "")
    assert "5 records checked" in outcome.out
    assert "link-broken" in outcome.out


def test_a_name_that_no_file_can_have_is_no_file(run: Run) -> None:
    name = "a" * 300 + ".md"
    outcome = run("check", name, "docs/adr/0003-csv.md")
    assert (outcome.code, outcome.err) == (2, f"onrecord: {name}: no such file or folder\n")
    assert "1 record checked" in outcome.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are needed")
def test_pipes_sockets_and_devices_are_not_opened(shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(shop / "docs/adr/0010-pipe.md")
    monkeypatch.chdir(shop / "docs/adr")  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("0011-socket.md")
    monkeypatch.chdir(shop)
    names = ["docs/adr/0010-pipe.md", "docs/adr/0011-socket.md"]
    assert left_out(run("check", "--output-format", "json", *names)) == dict.fromkeys(names, "not a plain file")
    for verb in (
        ["accept", names[0], "--by", "Ann"],
        ["touch", names[0], "--by", "Ann"],
        ["draft", names[0]],
        ["parse", names[0]],
    ):
        assert "not a plain file" in run(*verb).err
    git(shop, "rm", "-q", "--cached", "docs/adr/0003-csv.md")
    (shop / "docs/adr/0003-csv.md").unlink()
    for verb in ("list", "index", "why docs", "check --fix --fail-on never"):
        assert run(*verb.split()).code in (0, 1), verb


def test_a_tracked_file_that_became_a_pipe_is_said(shop: Path, run: Run) -> None:
    (shop / "docs/adr/0003-csv.md").unlink()
    os.mkfifo(shop / "docs/adr/0003-csv.md")
    assert left_out(run("check", "--output-format", "json"))["docs/adr/0003-csv.md"] == "not a plain file"


def test_links_that_go_round_in_a_circle_are_said(shop: Path, run: Run) -> None:
    (shop / "docs/adr/0010-a.md").symlink_to("0011-b.md")
    (shop / "docs/adr/0011-b.md").symlink_to("0010-a.md")
    (shop / "docs/adr/inner").symlink_to(".")
    git(shop, "add", "docs")
    outcome = run("check", "--output-format", "json")
    assert {"docs/adr/0010-a.md", "docs/adr/0011-b.md"} <= set(left_out(outcome))
    assert len(json.loads(outcome.out)["files"]) == 5
    for verb in ("list", "index", "why docs"):
        assert run(*verb.split()).code in (0, 1), verb


def test_a_very_deep_folder_is_read(shop: Path, run: Run) -> None:
    deep = "docs/adr/" + "d/" * 200 + "0042-deep.md"
    write(shop, {deep: RECORD.replace("# 3.", "# 42.")})
    git(shop, "add", "docs")
    assert deep in json.loads(run("check", "--output-format", "json").out)["files"]
    assert deep in run("list").out


@pytest.mark.thorough
@pytest.mark.parametrize("name", [b"0010-a\tb\nc.md", b"0010-\xff\xfe.md", b"0010-\x1b[2J.md", b"-rf.md"])
def test_any_name_goes_through_every_verb(shop: Path, run: Run, name: bytes) -> None:
    path = os.fsdecode(b"docs/adr/" + name)
    try:
        write(shop, {path: RECORD.replace("# 3. Keep a copy", "# 10. Ask a zebra")})
    except OSError:
        pytest.skip("this file system has Unicode names only")
    git(shop, "add", "docs")
    calls = [["check"], ["check", path], ["list"], ["search", "zebra"], ["index", "--fix"], ["why", path], ["graph"]]
    calls += [
        ["show", "10"],
        ["accept", path, "--by", "Ann"],
        ["migrate", "--to", "madr-4", path],
        ["coverage"],
        ["review"],
    ]
    calls += [["touch", path, "--by", "Ann"], ["check", "--output-format", "json"], ["baseline"], ["check", "--fix"]]
    for call in calls:
        outcome = run(*call)
        assert outcome.code in (0, 1, 2), call
        assert "internal error" not in outcome.err, call
        assert not {"\x1b", "\t\n"} & set(outcome.out + outcome.err), call


def test_a_file_that_vanishes_between_listing_and_reading_is_said(shop: Path, run: Run) -> None:
    """git is asked which files there are; the first one that is opened is gone when its turn comes."""
    gone = str(shop / "docs/adr/0005-mail.md")
    armed = [True]

    def vanish(event: str, arguments: tuple[object, ...]) -> None:
        if armed and event == "open" and str(arguments[0]).endswith("0003-csv.md"):
            armed.clear()
            os.unlink(gone)  # noqa: PTH108

    sys.addaudithook(vanish)  # it cannot be taken away again, but does nothing any more
    outcome = run("check", "--no-cache", "--output-format", "json")
    assert left_out(outcome)["docs/adr/0005-mail.md"] == "no such file"
    assert len(json.loads(outcome.out)["files"]) == 4


def test_a_record_that_changes_while_a_verb_works_is_not_overwritten(shop: Path, run: Run) -> None:
    path = shop / "docs/adr/0006-carts.md"
    mine = path.read_text() + "\nMine.\n"
    armed = [True]

    def edit(event: str, arguments: tuple[object, ...]) -> None:
        if armed and event == "open" and "0006-carts.md." in str(arguments[0]):  # its copy is about to be written
            armed.clear()
            path.write_text(mine)

    sys.addaudithook(edit)
    outcome = run("accept", "6", "--by", "Ann")
    assert not armed
    assert (outcome.code, "has changed meanwhile" in outcome.err) == (3, True)
    assert path.read_text() == mine
    assert not [name for name in tree(shop) if re.search(r"\.[0-9a-f]{8}$", name)]


class TestWhatMayNotBeRead:
    """As another user, since root may read everything."""

    @pytest.fixture
    def closed(self, model: Path) -> Iterator[Path]:
        with TemporaryDirectory() as place:  # pytest closes its own to others
            Path(place).chmod(0o755)
            yield Path(shutil.copytree(model, Path(place, "shop")))

    def as_stranger(self, folder: Path, *calls: list[str]) -> list[Outcome]:
        def work() -> list[Outcome]:
            os.environ |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
            return [said(*call) for call in calls]

        return [Outcome(*one) for one in apart(work, stranger_in=folder)]

    def test_a_file_is_said_and_the_others_are_checked(self, closed: Path) -> None:
        (closed / "docs/adr/0003-csv.md").chmod(0)
        (closed / "README.md").chmod(0)
        found, named = self.as_stranger(
            closed, ["check", "--output-format", "json", "--fail-on", "never"], ["check", "docs/adr/0003-csv.md"]
        )
        assert left_out(found)["docs/adr/0003-csv.md"] == "Permission denied"
        assert left_out(found)["README.md"] == "Permission denied", "it might be a record"
        assert len(json.loads(found.out)["files"]) == 4
        assert (found.code, found.err) == (3, "onrecord: 1 file could not be opened, so this is no clean result\n")
        assert (named.code, "Permission denied" in named.out, "nothing was checked" in named.err) == (4, True, True)

    def test_a_folder_is_said_with_git_and_without(self, closed: Path) -> None:
        (closed / "docs/adr").chmod(0)
        (tracked,) = self.as_stranger(closed, ["check"])
        assert (tracked.code, "docs/adr/0003-csv.md (Permission denied)" in tracked.out) == (4, True)
        (closed / ".git").rename(closed / "none")
        (walked,) = self.as_stranger(closed, ["check"])
        assert walked.code == 4
        assert "docs/adr (a folder that cannot be looked into: Permission denied)" in walked.out

    def test_a_configuration_is_never_taken_for_none(self, closed: Path) -> None:
        (closed / ".github/onrecord.yml").chmod(0)
        (outcome,) = self.as_stranger(closed, ["check"])
        assert (outcome.code, outcome.err) == (
            2,
            "onrecord: .github/onrecord.yml: it cannot be read: Permission denied\n",
        )


def test_two_records_whose_names_differ_in_case_only_are_two(shop: Path, run: Run) -> None:
    write(shop, {"docs/adr/0005-MAIL.md": FILES["docs/adr/0005-mail.md"].replace("at night", "at noon")})
    git(shop, "add", "docs")
    files = json.loads(run("check", "--output-format", "json").out)["files"]
    if len(os.listdir(shop / "docs/adr")) < 7:  # noqa: PTH208
        pytest.skip("this file system does not tell A from a")
    assert {"docs/adr/0005-mail.md", "docs/adr/0005-MAIL.md"} <= set(files)
    assert "noon" in run("show", "docs/adr/0005-MAIL.md").out
    assert "night" in run("show", "docs/adr/0005-mail.md").out
    before = tree(shop)
    assert run("check", "--fix", "--fail-on", "never").code == 0
    after = tree(shop)
    for path in ("docs/adr/0005-mail.md", "docs/adr/0005-MAIL.md"):
        assert before[path] in (after.get(path), *after.values()) or path in after, "neither is written over the other"
    assert len([name for name in after if name.endswith(".md")]) == len(
        [name for name in before if name.endswith(".md")]
    )
