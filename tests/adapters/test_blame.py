"""Where a line comes from, asked of real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from onrecord.adapters.blame import blame_line, commits_touching, is_tracked, read_brought
from onrecord.adapters.git import GitError
from onrecord.adapters.kept import Kept
from onrecord.adapters.lineage import Lineage


class Clone:
    """A repository in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=Ann Example", "-c", "user.email=ann@example.org", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True, timeout=30).stdout

    def commit(self, message: str, **files: str) -> str:
        """Write files (`__` is a slash, `_md` an ending), commit them, and return the commit's id."""
        for name, content in files.items():
            path = self.folder / name.replace("__", "/").replace("_md", ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    (tmp_path / "one").mkdir()
    return Clone(tmp_path / "one")


class TestALine:
    def test_comes_from_the_commit_that_wrote_it_whatever_its_file_was_called(self, clone) -> None:
        first = clone.commit("First", old="alpha\nbeta\n")
        clone.git("mv", "old", "new")
        clone.commit("Rename")
        clone.commit("More", new="alpha\nbeta\ngamma\n")
        found = blame_line(clone.folder, "new", 2)
        assert found is not None
        assert (found.sha, found.path, found.is_cut) == (first, "old", False)

    def test_keeps_its_commit_when_only_white_space_changes(self, clone) -> None:
        first = clone.commit("First", a="if x:\nreturn 1\n")
        clone.commit("Indent", a="if x:\n    return 1\n")
        found = blame_line(clone.folder, "a", 2)
        assert found is not None and found.sha == first

    def test_is_looked_through_commits_that_the_team_ignores(self, clone) -> None:
        first = clone.commit("First", a="value = 'x'\n")
        second = clone.commit("Reformat", a='value = "x"\n')
        (clone.folder / ".git-blame-ignore-revs").write_text(f"# formatting\n{second}\n", "utf-8")
        found = blame_line(clone.folder, "a", 1)
        assert found is not None and found.sha == first

    def test_a_broken_list_of_ignored_commits_does_no_harm(self, clone) -> None:
        first = clone.commit("First", a="x\n")
        (clone.folder / ".git-blame-ignore-revs").write_text("no commit at all\n", "utf-8")
        found = blame_line(clone.folder, "a", 1)
        assert found is not None and found.sha == first

    def test_without_a_commit_has_no_origin(self, clone) -> None:
        clone.commit("First", a="x\n")
        (clone.folder / "a").write_text("x\ny\n", "utf-8")
        assert blame_line(clone.folder, "a", 2) is None

    def test_is_found_from_a_folder_below(self, clone) -> None:
        first = clone.commit("First", src__a="x\n")
        found = blame_line(clone.folder / "src", "a", 1)
        assert found is not None and (found.sha, found.path) == (first, "src/a")

    def test_older_than_a_shallow_clone_is_cut(self, clone, tmp_path) -> None:
        clone.commit("First", a="x\n")
        clone.commit("Second", b="y\n")
        copy = tmp_path / "copy"
        subprocess.run(["git", "clone", "-q", "--depth=1", clone.folder.as_uri(), copy], check=True, timeout=30)
        found = blame_line(copy, "a", 1)
        assert found is not None and found.is_cut
        whole = blame_line(clone.folder, "a", 1)
        assert whole is not None and not whole.is_cut

    def test_that_is_not_there_is_an_error(self, clone) -> None:
        clone.commit("First", a="x\n")
        with pytest.raises(GitError):
            blame_line(clone.folder, "a", 7)


class TestTheMerge:
    def test_is_the_one_on_the_main_line(self, clone) -> None:
        base = clone.commit("Base", a="x\n")
        clone.git("checkout", "-q", "-b", "inner")
        deep = clone.commit("Deep", deep="x\n")
        clone.git("checkout", "-q", "-b", "topic", base)
        clone.commit("Topic", b="x\n")
        clone.git("merge", "-q", "--no-ff", "-m", "Merge inner into topic", "inner")
        clone.git("checkout", "-q", "main")
        direct = clone.commit("Direct", c="x\n")
        clone.git("merge", "-q", "--no-ff", "-m", "Merge pull request #7 from ann/topic", "topic")
        merge = clone.git("rev-parse", "HEAD").strip()
        head = clone.commit("Later", d="x\n")
        for shas in ((base, direct, deep, merge, head), (head, merge, deep, direct, base)):
            lineage = Lineage(clone.folder, "", Kept(None))
            assert [lineage.merge_of(sha) for sha in shas] == [merge if sha == deep else None for sha in shas]

    def test_shows_what_the_branch_brought(self, clone) -> None:
        clone.commit("Base", a="x\n")
        clone.git("checkout", "-q", "-b", "topic")
        clone.commit("One", docs__adr__0001_md="# One\n")
        clone.commit("Two", b="x\n")
        clone.git("checkout", "-q", "main")
        clone.git("merge", "-q", "--no-ff", "-m", "Merge it\n\nSee ADR-1.", "topic")
        [found] = read_brought(clone.folder, [clone.git("rev-parse", "HEAD").strip()])
        assert [(file.path, file.status) for file in found.files] == [("docs/adr/0001.md", "added")]
        assert found.commit.message.strip() == "Merge it\n\nSee ADR-1."
        assert len(found.commit.parents) == 2


class TestCommits:
    def test_come_with_their_markdown_files_in_the_order_asked_for(self, clone) -> None:
        first = clone.commit("First", a="x\n", docs__one_md="# One\n", docs__two_md="# Two\n")
        clone.git("mv", "docs/one.md", "docs/moved.md")
        second = clone.commit("Second", docs__two_md="# Two and more\n")
        found = read_brought(clone.folder, [second, first])
        assert [one.commit.sha for one in found] == [second, first]
        assert [(f.path, f.status, f.previous) for f in found[0].files] == [
            ("docs/moved.md", "renamed", "docs/one.md"),
            ("docs/two.md", "modified", None),
        ]
        assert [(f.path, f.status) for f in found[1].files] == [("docs/one.md", "added"), ("docs/two.md", "added")]
        assert found[0].commit.author == "Ann Example"
        assert read_brought(clone.folder, []) == []

    def test_are_told_apart_whatever_a_message_says(self, clone) -> None:
        sha = clone.commit(f"First\n\n{'a' * 40}\nA\n", a="x\n", b_md="# B\n")
        [found] = read_brought(clone.folder, [sha])
        assert (found.commit.sha, [f.path for f in found.files]) == (sha, ["b.md"])

    def test_that_touch_a_path_are_the_last_ones(self, clone) -> None:
        clone.commit("One", src__a="1\n")
        two = clone.commit("Two", src__a="2\n")
        clone.commit("Aside", b="x\n")
        three = clone.commit("Three", src__a="3\n")
        assert commits_touching(clone.folder, "src/a", 2) == [three, two]
        assert commits_touching(clone.folder, "src", 1) == [three]

    def test_a_path_is_no_pattern(self, clone) -> None:
        clone.commit("One", ab="1\n")
        assert commits_touching(clone.folder, "*", 5) == []
        assert not is_tracked(clone.folder, "*")
        assert is_tracked(clone.folder, "ab") and is_tracked(clone.folder, "")


def test_all_files_of_a_commit_are_counted(clone: Clone) -> None:
    first = clone.commit("Begin", a="1\n", b="2\n", docs__c_md="3\n")
    clone.git("mv", "a", "d")
    second = clone.commit("Move", b="4\n")
    found = read_brought(clone.folder, [second, first])
    assert [(one.size, len(one.files)) for one in found] == [(2, 0), (3, 1)]
