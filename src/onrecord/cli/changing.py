"""What is being changed where there is no pull request yet: staged or new records, and what other branches bring."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from onrecord.adapters.files import MARKDOWN, decode, read_as_records
from onrecord.adapters.git import GitError, index_of, read_blobs, run_git
from onrecord.adapters.refs import missing_at, new_on_branch, taken_elsewhere
from onrecord.check import Around
from onrecord.cli.common import vocabulary_of
from onrecord.log import same_number
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Set
    from pathlib import Path

    from onrecord.check import Config, ReadFile
    from onrecord.cli.selection import Selection
    from onrecord.record import DecisionRecord


def look_around(selection: Selection, root: Path, config: Config, wanted: Set[str], staged: bool) -> Around:
    """Return which records are new, what other branches hold under their numbers, and how edited ones were.

    Only what the `wanted` rules need is looked for: git is asked for more only where a numbered record is new, or an
    accepted one is `staged`. Where git cannot answer, nothing is known.
    """
    around = Around()
    records = [file.record for file in selection.files if file.record.kind == "record"]
    if not staged and (twins := same_number(records)):  # which of them came first?
        from onrecord.adapters.additions import added_at

        folders = {record.path.rpartition("/")[0] for group in twins for record in group}
        around = around._replace(
            added={path: at for name in sorted(folders) for path, at in added_at(root, name).items()}
        )
    try:
        numbered = [record.path for record in records if record.number is not None]
        staged_new = {path for path in numbered if staged and not selection.former[path]}
        if "number-duplicate" in wanted and staged_new:
            around = around._replace(others=_beside(root, staged_new, selection, config))
        if "number-collision" in wanted:
            new = staged_new if staged else new_on_branch(root, numbered)
            around = around._replace(new=frozenset(new), taken=_taken(root, new))
        if "accepted-edited" in wanted and staged:
            around = around._replace(before=_before(selection, records, root, config))
    except GitError:
        pass
    return around


def look_beside(selection: Selection, paths: Set[str], root: Path, config: Config) -> Around | None:
    """Return what git tracks beside those of the named records that the last commit does not have, under their numbers."""
    try:
        new = missing_at(root, "HEAD", paths)
        gone = _gone(root) if new else set()
        new = frozenset(path for path in new if _place(path) not in gone)  # a rename does not take the number
        named = selection._replace(former={file.record.path: "" for file in selection.files})
        return Around(others=_beside(root, new, named, config)) if new else None
    except GitError:
        return None


def _gone(root: Path) -> set[tuple[str, str | None]]:
    """Return folder and number of what the next commit takes away, also by another name."""
    asked = ("diff", "--cached", "--name-only", "--no-renames", "--diff-filter=D", "--no-ext-diff", "-z")
    return {_place(path) for path in run_git(root, *asked).decode("utf-8", "surrogateescape").split("\0") if path}


def _place(path: str) -> tuple[str, str | None]:
    return posixpath.dirname(path), number_in_path(path)


def _beside(root: Path, new: Set[str], selection: Selection, config: Config) -> tuple[ReadFile, ...]:
    """Return the records of the index that have the number of a new one in its folder, and are not staged themselves."""
    numbers = {_place(path) for path in new if number_in_path(path)}
    blobs = {
        path: blob
        for path, blob in index_of(root, sorted({folder for folder, _ in numbers}))
        if path not in selection.former and path.lower().endswith(MARKDOWN) and _place(path) in numbers
    }
    contents = read_blobs(root, sorted(set(blobs.values()))) if blobs else {}
    known = [(path, contents[blob]) for path, blob in blobs.items() if blob in contents]
    return tuple(
        one for path, text in known for one in read_as_records(decode(text), path, path, vocabulary_of(config))
    )


def _taken(root: Path, new: Iterable[str]) -> dict[str, str]:
    return {path: f"on the branch {branch}" for path, branch in taken_elsewhere(root, new).items()}


def _before(selection: Selection, records: list[DecisionRecord], root: Path, config: Config) -> dict[str, ReadFile]:
    """Return the accepted records among the staged ones as the last commit has them; a file of several is left out."""
    accepted = [one.path for one in records if one.status is not None and one.status.value == "accepted"]
    blobs = {path: blob for path in accepted if (blob := selection.former.get(path))}
    contents = read_blobs(root, sorted(set(blobs.values()))) if blobs else {}
    found = {}
    for path, blob in blobs.items():
        old = read_as_records(decode(contents[blob]), path, path, vocabulary_of(config)) if blob in contents else []
        if len(old) == 1 and old[0].record.kind == "record":
            found[path] = old[0]
    return found
