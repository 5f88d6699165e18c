"""Merged pull requests out of real git repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from onrecord.adapters.git import GitError
from onrecord.adapters.history import ShallowClone, read_merged

MERGE = "Merge pull request #{} from ann/side\n\n{}"


class History:
    """A repository whose commits are written with the author, the day and the files that a test names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.day = 0

    def git(self, *arguments: str | bytes, **variables: str) -> str:
        settings = ("-c", "user.name=Kim Merger", "-c", "user.email=kim@example.org", "-c", "core.autocrlf=false")
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.folder,
            capture_output=True,
            check=True,
            timeout=30,
            env=os.environ | variables,
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def commit(
        self, message: str | bytes, *, author: str = "Ann Example <ann@example.org>", **files: str | None
    ) -> str:
        """Commit files (`src__a_py` is src/a.py; None removes one), each commit a day after the one before."""
        for name, content in (files or {f"file{self.day}": "x\n"}).items():
            path = self.folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_text(content, "utf-8", newline="\n")
        self.git("add", "--all")
        return self._commit("commit", message, author)

    def merge(self, branch: str, message: str) -> str:
        """Merge a branch as GitHub does: the one who presses the button is the author."""
        self.git("merge", "--quiet", "--no-ff", "--no-commit", branch)
        return self._commit("commit", message, "Kim Merger <kim@example.org>")

    def raw(self, who: bytes, message: bytes) -> None:
        """Put a commit on main that git itself would not write."""
        tree = self.git("rev-parse", "HEAD^{tree}").encode()
        made = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
            cwd=self.folder,
            input=b"tree %b\nauthor %b\ncommitter %b\n\n%b" % (tree, who, who, message),
            capture_output=True,
            check=True,
            timeout=30,
        )
        self.git("update-ref", "refs/heads/main", made.stdout.decode().strip())

    def _commit(self, verb: str, message: str | bytes, author: str) -> str:
        self.day += 1
        date = f"2026-01-{self.day:02d}T12:00:00+00:00"
        self.git(verb, "--quiet", "--allow-empty", "--author", author, "-m", message, GIT_COMMITTER_DATE=date)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return History(tmp_path / "repo")


def numbers(history: History, **wanted: object) -> list[int | None]:
    return [one.change.number for one in read_merged(history.folder, **wanted).changes]  # type: ignore[arg-type]


class TestWhichCommits:
    def test_the_last_ones_newest_first_and_direct_pushes_apart(self, history) -> None:
        history.commit("First (#1)")
        history.commit("Second (#2)")
        pushed = history.commit("Straight to main")
        history.commit("Third (#3)")
        merged = read_merged(history.folder, 2)
        assert [one.change.number for one in merged.changes] == [3, 2]
        assert merged.direct == (pushed,)
        assert merged.source == "main"
        assert numbers(history) == [3, 2, 1]

    def test_since_a_day(self, history) -> None:
        for number in range(1, 5):
            history.commit(f"Change (#{number})")
        merged = read_merged(history.folder, since="2026-01-03")
        assert [(one.change.number, one.merged_at) for one in merged.changes] == [(4, "2026-01-04"), (3, "2026-01-03")]
        assert merged.direct == ()

    def test_a_wrong_clock_in_between_does_not_end_the_window(self, history, monkeypatch) -> None:
        monkeypatch.setattr("onrecord.adapters.history._FIRST_READ", 2)
        for number in (1, 2, 3):
            history.commit(f"Change (#{number})")
            if number == 2:
                history.git(
                    "commit", "--quiet", "--allow-empty", "-m", "Old", GIT_COMMITTER_DATE="2001-01-01T00:00:00Z"
                )
        assert numbers(history, since="2026-01-02") == [3, 2]

    def test_a_number_that_comes_twice_counts_once(self, history) -> None:
        first = history.commit("Part one (#7)")
        history.commit("Part two (#7)")
        merged = read_merged(history.folder)
        assert [one.change.title for one in merged.changes] == ["Part two"]
        assert merged.repeated == (first,)

    def test_more_commits_than_one_read_takes(self, history, monkeypatch) -> None:
        monkeypatch.setattr("onrecord.adapters.history._FIRST_READ", 2)
        for number in range(1, 12):
            history.commit(f"Change (#{number})" if number % 3 == 0 else "Straight to main")
        assert numbers(history, count=3) == [9, 6, 3]
        assert numbers(history) == [9, 6, 3]

    def test_what_a_branch_holds_is_not_on_the_main_line(self, history) -> None:
        history.commit("Start (#1)")
        history.git("switch", "--quiet", "-c", "side")
        history.commit("On the way (#90)")
        history.git("switch", "--quiet", "main")
        history.merge("side", MERGE.format(2, "The whole"))
        assert numbers(history) == [2, 1]
        assert numbers(history, branch="side") == [90, 1]

    def test_the_default_branch_of_origin_comes_before_what_is_checked_out(self, history, tmp_path) -> None:
        history.commit("Start (#1)")
        history.git("clone", "--quiet", ".", str(tmp_path / "clone"))
        clone = History.__new__(History)
        clone.folder, clone.day = tmp_path / "clone", 10
        clone.git("switch", "--quiet", "-c", "mine")
        clone.commit("Not merged yet (#5)")
        assert read_merged(clone.folder).source == "origin/main"
        assert numbers(clone) == [1]
        assert numbers(clone, branch="mine") == [5, 1]


class TestWhatIsRead:
    def test_files_with_status_and_lines(self, history) -> None:
        history.commit("Start (#1)", a_py="1\n2\n", b_py="1\n", c_py="1\n")
        history.commit("Change (#2)", a_py="1\nnew\nmore\n", b_py=None, d__e_py="1\n2\n3\n")
        change = read_merged(history.folder, 1).changes[0].change
        assert [(f.path, f.status, f.additions, f.deletions) for f in change.files] == [
            ("a.py", "modified", 2, 1),
            ("b.py", "removed", 0, 1),
            ("d/e.py", "added", 3, 0),
        ]

    def test_what_was_only_moved_adds_no_lines(self, history) -> None:
        text = "".join(f"{n}\n" for n in range(40))
        history.commit("Start (#1)", a_py=text, b_py=f"other\n{text * 2}")
        history.commit("Move (#2)", a_py=None, d__a_py=f"{text}more\n", b_py=None, d__b_py=f"other\n{text * 2}")
        change = read_merged(history.folder, 1).changes[0].change
        assert sorted((f.path, f.status, f.additions, f.deletions) for f in change.files) == [
            ("a.py", "removed", 0, 0),
            ("b.py", "removed", 0, 0),
            ("d/a.py", "added", 1, 0),
            ("d/b.py", "added", 0, 0),
        ]

    def test_a_root_commit_and_one_that_changes_nothing(self, history) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.git("commit", "--quiet", "--allow-empty", "-m", "Empty (#2)")
        empty, start = read_merged(history.folder).changes
        assert empty.change.files == ()
        assert [f.path for f in start.change.files] == ["a.py"]

    def test_a_merge_is_compared_with_its_first_parent(self, history) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.git("switch", "--quiet", "-c", "side")
        history.commit("Work", b_py="1\n")
        history.commit("More work", b_py="1\n2\n")
        history.git("switch", "--quiet", "main")
        history.commit("Meanwhile (#2)", c_py="1\n")
        history.merge("side", MERGE.format(3, "Work on b"))
        one = read_merged(history.folder, 1).changes[0]
        assert [(f.path, f.additions) for f in one.change.files] == [("b.py", 2)]
        assert (one.change.title, one.shape) == ("Work on b", "merge")

    @pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
    def test_any_name_survives(self, history) -> None:
        names = [
            b"new\nline",
            b"tab\there",
            b'quo"te',
            b"na\xc3\xafve",
            b"latin\xe9",
            b":colon",
            b" space ",
            b"0123456789" * 4,
        ]
        for name in names:
            (Path(os.fsdecode(bytes(history.folder) + b"/" + name))).write_bytes(b"1\n")
        history.commit("Names (#1)", a_py="1\n")
        files = read_merged(history.folder).changes[0].change.files
        assert {os.fsencode(f.path) for f in files} == {*names, b"a.py"}
        assert {f.additions for f in files} == {1}

    def test_messages_and_names_that_are_not_utf_8(self, history) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.raw(b"Ann \x85 Example <ann@example.org> 1767225600 +0000", b"Caf\xe9 (#2)\n\nna\xefve\n")
        change = read_merged(history.folder).changes[0].change
        assert (change.title, change.body, change.author) == ("Caf\ufffd", "na\ufffdve", "Ann \ufffd Example")

    @pytest.mark.parametrize("who", [b"Ann <ann@example.org> 99999999999999999999 +0000", b"nobody"])
    def test_a_time_or_author_that_is_none(self, history, who: bytes) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.raw(who, b"Odd (#2)\n")
        assert [(one.change.number, one.merged_at) for one in read_merged(history.folder).changes] == [(2, "")]

    def test_a_binary_file_has_no_lines(self, history) -> None:
        (history.folder / "logo.png").write_bytes(b"\0\1\2\n" * 20)
        history.commit("Logo (#1)", a_py="1\n")
        assert {f.path: f.additions for f in read_merged(history.folder).changes[0].change.files} == {
            "a.py": 1,
            "logo.png": 0,
        }

    def test_the_patch_of_a_manifest(self, history) -> None:
        manifest = '{\n  "dependencies": {\n    "left": "1.0.0"\n  }\n}\n'
        history.commit("Start (#1)", package_json=manifest, web__package_json=manifest, a_py="1\n")
        changed = manifest.replace('"1.0.0"', '"1.0.0",\n    "right": "2.0.0"')
        history.commit("Need right (#2)", package_json=changed, a_py="2\n")
        history.commit("There as well (#3)", web__package_json=changed)
        patches = [{f.path: f.patch for f in one.change.files} for one in read_merged(history.folder).changes]
        assert '+    "right": "2.0.0"' in patches[0]["web/package.json"]
        assert patches[1]["package.json"].startswith("@@")
        assert '+    "right": "2.0.0"' in patches[1]["package.json"]
        assert patches[1]["a.py"] is None
        assert all(patch is None for patch in patches[2].values())

    @pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
    def test_the_patch_of_a_manifest_with_any_name(self, history) -> None:
        history.commit("Start (#1)", **{":odd__package_json": "{}\n", "package_json": "{}\n"})
        history.commit("Change (#2)", **{":odd__package_json": '{"a": 1}\n'})
        (history.folder / "package.json").unlink()
        (history.folder / "package.json").symlink_to(":odd/package.json")
        history.commit("Link (#3)", **{":odd__package_json": "{}\n"})
        link, change, _ = read_merged(history.folder).changes
        assert change.change.files[0].patch.endswith('-{}\n+{"a": 1}\n')
        assert [(f.path, f.status, f.patch) for f in link.change.files] == [
            (":odd/package.json", "modified", None),
            ("package.json", "modified", None),
        ]

    def test_a_file_over_a_megabyte_has_no_lines(self, history) -> None:
        history.commit("Built (#1)", a_js="x\n" * 600_000, b_js="x\n" * 400_000)
        assert [f.additions for f in read_merged(history.folder).changes[0].change.files] == [0, 400_000]

    def test_without_lines(self, history) -> None:
        history.commit("Start (#1)", package_json="{}\n")
        history.commit("Change (#2)", package_json='{"a": 1}\n')
        files = read_merged(history.folder, with_lines=False).changes[0].change.files
        assert [(f.path, f.status, f.additions, f.patch) for f in files] == [("package.json", "modified", 0, None)]


class TestAuthors:
    def test_of_a_squash_it_is_the_commit_s(self, history) -> None:
        history.commit("Start (#1)", author="Ann Example <7+ann@users.noreply.github.com>")
        assert read_merged(history.folder).changes[0].change.author == "ann"

    def merged(self, history: History, *authors: str) -> tuple[str, bool]:
        history.commit("Start (#1)")
        history.git("switch", "--quiet", "-c", "side")
        for author in authors:
            if author == "update":
                history.git("switch", "--quiet", "main")
                history.commit("Meanwhile")
                history.git("switch", "--quiet", "side")
                history.merge("main", "Merge branch 'main' into side")
            else:
                history.commit("Work", author=author)
        history.git("switch", "--quiet", "main")
        history.merge("side", MERGE.format(2, "The whole"))
        change = read_merged(history.folder).changes[0].change
        return change.author, change.is_bot

    ROBOT = "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>"

    def test_of_a_merge_it_is_the_branch_s(self, history) -> None:
        assert self.merged(history, "Bo Author <bo@example.org>") == ("Bo Author", False)

    def test_bringing_a_branch_up_to_date_makes_nobody_its_author(self, history) -> None:
        assert self.merged(history, "Bo Author <bo@example.org>", "update", "update") == ("Bo Author", False)

    def test_a_robot_s_branch(self, history) -> None:
        assert self.merged(history, self.ROBOT) == ("dependabot[bot]", True)

    def test_a_person_who_only_brought_a_robot_s_branch_up_to_date(self, history) -> None:
        assert self.merged(history, self.ROBOT, "update") == ("dependabot[bot]", True)

    def test_a_robot_that_tidies_up_after_a_person(self, history) -> None:
        assert self.merged(history, "Bo Author <bo@example.org>", self.ROBOT) == ("Bo Author", False)


class TestWhatIsNotThere:
    def test_a_shallow_clone_is_refused_with_the_way_out(self, history, tmp_path) -> None:
        history.commit("Start (#1)")
        history.commit("Next (#2)")
        history.git("clone", "--quiet", "--depth=1", history.folder.as_uri(), str(tmp_path / "shallow"))
        with pytest.raises(ShallowClone, match="git fetch --unshallow"):
            read_merged(tmp_path / "shallow")

    def test_no_repository(self, tmp_path) -> None:
        with pytest.raises(GitError, match="not a git repository"):
            read_merged(tmp_path)

    def test_no_commit(self, history) -> None:
        merged = read_merged(history.folder)
        assert merged.changes == ()
        assert "no commit" in merged.note

    @pytest.mark.parametrize("branch", ["nowhere", "--output=x", "-x", "main\0"])
    def test_no_such_branch(self, history, branch: str) -> None:
        history.commit("Start (#1)")
        with pytest.raises((GitError, ValueError)):
            read_merged(history.folder, branch=branch)
        assert not (history.folder / "x").exists()

    def test_a_partial_clone_is_not_filled_by_looking_at_it(self, history, tmp_path) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.commit("Next (#2)", a_py="1\n2\n")
        history.git("config", "uploadpack.allowFilter", "true")
        clone = tmp_path / "partial"
        history.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", history.folder.as_uri(), str(clone))
        merged = read_merged(clone)
        assert [(f.path, f.additions) for f in merged.changes[0].change.files] == [("a.py", 0)]
        assert "partial clone" in merged.note

    def test_contents_that_are_lost_cost_the_lines_only(self, history) -> None:
        history.commit("Start (#1)", a_py="1\n")
        history.commit("Next (#2)", a_py="1\n2\n")
        blob = history.git("rev-parse", "HEAD~1:a.py")
        (history.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        merged = read_merged(history.folder)
        assert [(f.path, f.additions) for f in merged.changes[0].change.files] == [("a.py", 0)]
        assert "not counted" in merged.note


def test_settings_of_the_user_change_nothing(history, monkeypatch, tmp_path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(
        "[log]\n\tshowSignature = true\n\tdiffMerges = combined\n[diff]\n\trenames = copies\n\tnoprefix = true\n"
        "\tmnemonicPrefix = true\n\texternal = false\n[color]\n\tui = always\n[format]\n\tpretty = oneline\n"
    )
    manifest = '{\n  "dependencies": {\n    "left": "1.0.0"\n  }\n}\n'
    history.commit("Start (#1)", package_json=manifest, a_py="1\n2\n3\n")
    history.commit("Move (#2)", package_json=manifest.replace("1.0", "2.0"), a_py=None, b_py="1\n2\n3\n")
    plain = read_merged(history.folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert read_merged(history.folder) == plain
    assert [(f.path, f.status) for f in plain.changes[0].change.files] == [
        ("a.py", "removed"),
        ("b.py", "added"),
        ("package.json", "modified"),
    ]
    assert plain.changes[0].change.files[2].patch
