"""Whatever stands in a repository: a clear word with its place, the right code, and the other records are still read."""

import json
import os
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def other(sound: str) -> str:
    """Return a record with one error, which nothing beside it may hide."""
    return sound.replace("2026-03-01", "2026-02-30")


def findings(outcome: Any) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for f in json.loads(outcome.out)["findings"]:
        found.setdefault(f["path"], []).append((f["rule"], f["line"]))
    return found


def skipped(outcome: Any) -> dict[str, str]:
    return {s["path"]: s["reason"] for s in json.loads(outcome.out)["skipped"]}


NAME = "docs/adr/0001-a.md"
OTHER = "docs/adr/0002-other.md"


def latin(sound: str) -> bytes:
    return sound.replace("each deploy", "jedem größeren Wechsel").encode("latin-1")


# name, bytes from the sound record, findings expected, exit code
CASES = [
    ("latin-1", latin, [("encoding-not-utf8", 11)], 0),
    ("byte order mark", lambda s: b"\xef\xbb\xbf" + s.encode(), [], 0),
    ("CRLF", lambda s: s.replace("\n", "\r\n").encode(), [], 0),
    ("CR", lambda s: s.replace("\n", "\r").encode(), [], 0),
    ("no final line end", lambda s: s.rstrip("\n").encode(), [], 0),
    ("too large", lambda s: s.encode() + b"x" * 1_000_000, [("record-unreadable", 1)], 1),
    ("binary", lambda s: s.encode()[:40] + b"\0\1\2" + s.encode()[40:], [("record-unreadable", 1)], 1),
    ("UTF-16", lambda s: s.encode("utf-16"), [("record-unreadable", 1)], 1),
    ("UTF-16 without a mark", lambda s: s.encode("utf-16-le"), [("record-unreadable", 1)], 1),
    ("impossible date", lambda s: s.replace("2026-03-01", "2026-13-41").encode(), [("date-impossible", 3)], 1),
    ("broken YAML", lambda s: s.replace("accepted", "[accepted").encode(), [("front-matter-invalid", 2)], 1),
    ("empty", lambda _: b"", [("template-unfilled", 1)], 0),
    ("blank lines only", lambda _: b"\n \n\t\n", [("template-unfilled", 1)], 0),
]


NAMES = [case[0] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
class TestContents:
    def test_named(self, repo, run, sound: str, case: Any) -> None:
        _, content, expected, code = case
        repo.write(NAME, content(sound))
        outcome = run("check", "--output-format", "json", NAME)
        assert [rule for rule, _ in findings(outcome).get(NAME, [])] == [rule for rule, _ in expected]
        assert outcome.code == code
        text = run("check", NAME)
        assert text.code == code
        for rule, _ in expected:
            assert rule in text.out

    def test_found_and_staged(self, repo, run, sound: str, case: Any) -> None:
        _, content, expected, code = case
        repo.write(NAME, content(sound))
        for how in ((), ("--staged",)):
            outcome = run("check", "--output-format", "json", *how)
            assert [rule for rule, _ in findings(outcome).get(NAME, [])] == [rule for rule, _ in expected]
            assert outcome.code == code

    def test_the_place(self, repo, run, sound: str, case: Any) -> None:
        repo.write(NAME, case[1](sound))
        assert findings(run("check", "--output-format", "json")).get(NAME, []) == case[2]

    def test_the_next_record_is_still_read(self, repo, run, sound: str, other: str, case: Any) -> None:
        repo.write(NAME, case[1](sound))
        repo.write(OTHER, other)
        outcome = run("check", "--output-format", "json")
        assert findings(outcome)[OTHER] == [("date-impossible", 3)]
        assert outcome.code == 1


def test_lines_are_the_same_with_any_line_end(repo, run, sound: str) -> None:
    text = sound + "\nSee [the plan](plan.md).\n"
    for number, end in enumerate(("\n", "\r\n", "\r"), 1):
        repo.write(f"docs/adr/{number:04}-a.md", text.replace("\n", end).encode())
    found = findings(run("check", "--output-format", "json"))
    assert len(found) == 3
    assert {tuple(each) for each in found.values()} == {(("link-broken", 22),)}


def test_the_rest_of_a_file_that_is_not_utf_8_is_read(repo, run, sound: str) -> None:
    repo.write(NAME, latin(sound.replace("2026-03-01", "2026-02-30")))
    assert {rule for rule, _ in findings(run("check", "--output-format", "json"))[NAME]} == {
        "encoding-not-utf8",
        "date-impossible",
    }


def test_one_broken_line_of_front_matter_hides_no_other(repo, run, sound: str) -> None:
    repo.write(NAME, sound.replace("status: accepted", "title: [x").replace("2026-03-01", "2026-02-30"))
    assert {rule for rule, _ in findings(run("check", "--output-format", "json"))[NAME]} >= {
        "front-matter-invalid",
        "date-impossible",
    }


class TestPaths:
    def test_a_missing_path(self, repo, run, other: str) -> None:
        repo.write(OTHER, other)
        outcome = run("check", "docs/adr/none.md", OTHER, "nowhere")
        assert outcome.code == 2
        assert (
            outcome.err
            == "onrecord: docs/adr/none.md: no such file or folder\nonrecord: nowhere: no such file or folder\n"
        )
        assert "date-impossible" in outcome.out

    def test_a_folder_named_like_a_file(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0003-c.md/0001-a.md", sound)
        outcome = run("check", "--output-format", "json", "docs/adr/0003-c.md")
        assert json.loads(outcome.out)["files"] == ["docs/adr/0003-c.md/0001-a.md"]

    def test_an_empty_folder(self, repo, run) -> None:
        (repo.folder / "docs/adr").mkdir(parents=True)
        outcome = run("check", "docs/adr")
        assert outcome.code == 4
        assert "nothing was checked" in outcome.err

    def test_a_file_that_is_no_markdown(self, repo, run) -> None:
        repo.write("src/main.py", "x = 1\n")
        outcome = run("check", "src/main.py")
        assert outcome.code == 4
        assert "src/main.py (not a Markdown file)" in outcome.out

    def test_a_symlink_inside_is_followed(self, repo, run, other: str) -> None:
        repo.write("records/a.md", other)
        (repo.folder / "docs/adr").mkdir(parents=True)
        (repo.folder / NAME).symlink_to(repo.folder / "records/a.md")
        assert "date-impossible" in run("check", NAME).out

    def test_a_symlink_out_of_the_repository_is_not(self, repo, run, other: str, tmp_path: Path) -> None:
        secret = tmp_path / "secret.md"
        secret.write_text(other.replace("Redis", "Swordfish"))
        repo.write(OTHER, other)
        (repo.folder / NAME).symlink_to(secret)
        repo.git("add", "docs")
        for how in ((), (NAME, OTHER)):
            outcome = run("check", "--output-format", "json", *how)
            assert "symlink" in skipped(outcome)[NAME]
            assert list(findings(outcome)) == [OTHER]
            assert "Swordfish" not in outcome.out

    @pytest.mark.parametrize("place", [".git", "vendor/other/.git", "vendor/other/.GIT"])
    def test_a_symlink_into_a_folder_of_gits_own_is_not(self, repo, run, other: str, place: str) -> None:
        folder = repo.folder / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "token.md").write_text(other.replace("Redis", "Swordfish"))
        (repo.folder / "docs/adr").mkdir(parents=True)
        (repo.folder / NAME).symlink_to(folder / "token.md")
        outcome = run("check", "--output-format", "json", NAME)
        assert "symlink" in skipped(outcome)[NAME]
        assert "Swordfish" not in outcome.out

    def test_a_symlinked_folder_out_of_the_repository_is_not(self, repo, run, other: str, tmp_path: Path) -> None:
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside/0001-a.md").write_text(other)
        (repo.folder / "docs").mkdir()
        (repo.folder / "docs/adr").symlink_to(tmp_path / "outside")
        outcome = run("check", "--output-format", "json", "docs/adr/0001-a.md")
        assert findings(outcome) == {}
        assert "symlink" in skipped(outcome)["docs/adr/0001-a.md"]
        assert findings(run("check", "--output-format", "json", "docs/adr")) == {}

    def test_a_symlink_to_nowhere(self, repo, run, other: str) -> None:
        repo.write(OTHER, other)
        (repo.folder / NAME).symlink_to("gone.md")
        repo.git("add", "docs")
        outcome = run("check", "--output-format", "json")
        assert NAME in skipped(outcome)
        assert list(findings(outcome)) == [OTHER]

    def test_a_staged_symlink_is_not_read_as_text(self, repo, run, other: str) -> None:
        repo.write(OTHER, other)
        (repo.folder / NAME).symlink_to("0002-other.md")
        repo.git("add", "docs")
        outcome = run("check", "--output-format", "json", "--staged")
        assert NAME not in findings(outcome)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe is needed")
    def test_a_named_pipe_does_not_hang(self, repo, run) -> None:
        (repo.folder / "docs/adr").mkdir(parents=True)
        os.mkfifo(repo.folder / NAME)
        outcome = run("check", "--output-format", "json", NAME)
        assert "not a plain file" in skipped(outcome)[NAME]
        assert outcome.code == 4

    @pytest.mark.parametrize(
        "name",
        [
            "docs/adr/0001 with blanks.md",
            "docs/adr/0001-größe.md",
            "docs/adr/0001-決定-🎉.md",
            "docs/adr/0001-$(touch x);'\".md",
            "docs/adr/0001-%0A::error::x.md",
            "docs/adr/[0001].md",
        ],
    )
    def test_odd_names(self, repo, run, other: str, name: str) -> None:
        repo.write(name, other)
        for how in ((), (name,), ("docs",), ("--staged",)):
            assert findings(run("check", "--output-format", "json", *how)) == {name: [("date-impossible", 3)]}
        assert name in run("check").out

    def test_a_name_with_control_characters_shows_them_as_escapes(self, repo, run, other: str) -> None:
        name = "docs/adr/0001-\x1b[31mred\n::error::x\u202e.md"
        repo.write(name, other)
        assert findings(run("check", "--output-format", "json")) == {name: [("date-impossible", 3)]}
        outcome = run("check")
        assert outcome.code == 1
        assert "0001-\\x1b[31mred\\n::error::x\\u202e.md" in outcome.out
        assert not {"\x1b", "\u202e"} & set(outcome.out)
        commands = run("check", "--output-format", "github").out.splitlines()
        assert [line.split(" ")[0] for line in commands] == ["::error", "1"]
        missing = run("check", name + "x")
        assert not {"\x1b", "\u202e"} & set(missing.err)

    def test_a_name_that_is_no_unicode(self, repo, run, other: str) -> None:
        name = os.fsdecode(b"docs/adr/0001-\xff.md")
        try:
            repo.write(name, other)
        except (OSError, UnicodeError):
            pytest.skip("this file system has Unicode names only")
        outcome = run("check")
        assert outcome.code == 1
        assert "date-impossible" in outcome.out
        assert run("check", "--staged").code == 1
        assert run("check", "--output-format", "json").code == 1


def test_one_bad_record_never_hides_the_rest(repo, run, sound: str, other: str, tmp_path: Path) -> None:
    for number, (_, content, _, _) in enumerate(CASES, 10):
        repo.write(f"docs/adr/{number:04}-a.md", content(sound))
    (repo.folder / "docs/adr/0090-link.md").symlink_to(tmp_path / "gone.md")
    repo.git("add", "docs")
    repo.write("docs/adr/0099-last.md", other)
    repo.write("docs/adr/0001-first.md", other)
    outcome = run("check", "--output-format", "json")
    found = findings(outcome)
    assert found["docs/adr/0001-first.md"] == found["docs/adr/0099-last.md"] == [("date-impossible", 3)]
    for number, (_, _, expected, _) in enumerate(CASES, 10):
        assert {r for r, _ in found.get(f"docs/adr/{number:04}-a.md", [])} == {r for r, _ in expected}
    assert outcome.code == 1
    assert outcome.err == ""


def test_a_last_commit_of_the_far_future_is_counted_with(repo: Any, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(NAME)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@4000000000000 +0000")  # the year 128724
    repo.git("commit", "--quiet", "--message", "Use Redis (#12)")
    assert run("coverage", "--output-format", "json").code == 0


@pytest.mark.parametrize("verb", ["review", "coverage"])
def test_a_day_from_which_one_cannot_look_back_is_told(repo: Any, run: Any, verb: str) -> None:
    repo.write(NAME)
    repo.git("commit", "--quiet", "--message", "Use Redis (#12)")
    outcome = run(verb, "--today", "0001-01-01")
    assert outcome.code == 2
    assert "look back" in outcome.err
