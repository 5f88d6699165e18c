"""What a coverage report could not see, in sentences: first what changes how all of it reads, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.coverage_branches import inner_pulls
from onrecord.adapters.coverage_past import uncommitted
from onrecord.adapters.git import GitError
from onrecord.adapters.history import read_merged
from onrecord.record.globs import matches
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from onrecord.adapters.coverage_past import AsOf
    from onrecord.change.history import Merged, MergedChange
    from onrecord.check import Config
    from onrecord.cli.coverage_github import Told
    from onrecord.coverage.report import Window

_SHOWN = 3
_FEW_INNER = 5  # pull requests that came in through others; below that, and below a tenth, it is a stack or two
_INNER_PART = 10


class Looked(NamedTuple):
    """What the notes are on: the window, what was merged in it, and which files the commit has."""

    root: Path
    head: AsOf
    merged: Merged
    window: Window
    config: Config
    told: Told | None
    files: Iterable[str]


def missing_records(
    root: Path, files: Iterable[str], read: Iterable[str], is_record: Callable[[str], bool]
) -> list[str]:
    """Return the records of the commit that are not in the working tree; raises GitError when not one is left in it."""
    here = set(read)
    missing = [path for path in files if path not in here and is_record(path) and not (root / path).exists()]
    if missing and not here:
        raise GitError(
            f"the commit holds {counted(len(missing), 'record')} ({_some(missing)}), and the working tree none of them, so"
            " no number would be right; “git restore .” brings deleted files back (in a sparse checkout: “git"
            " sparse-checkout disable”)"
        )
    return missing


def warnings_of(looked: Looked, missing: Sequence[str], in_git: Sequence[MergedChange]) -> Iterator[str]:
    """Yield what a reader has to know before any number."""
    if missing:
        yield (
            f"{counted(len(missing), 'record')} of this commit {_verb(missing, 'is', 'are')} not in the working tree, and"
            f" {_verb(missing, 'was', 'were')} not counted: {_some(missing)}."
        )
    if not looked.merged.changes:
        yield _nothing_merged(looked)
    inner = inner_pulls(looked.root, in_git)
    if inner.pulls >= max(_FEW_INNER, len(in_git) / _INNER_PART):
        branch = f", for example “{inner.branch}”" if inner.branch else ""
        yield (
            f"About {counted(inner.pulls, 'pull request')} came in through {inner.through} of these (merged into another"
            f" branch first) and {'was' if inner.pulls == 1 else 'were'} not looked at one by one; check out the branch"
            f" they were merged into{branch}, to count them."
        )


def _nothing_merged(looked: Looked) -> str:
    """Say that a window is empty, and when something was merged last."""
    said = "No pull request was merged in this window"
    if looked.told:
        return f"{said}."
    last = read_merged(looked.root, 1, None, "HEAD", with_lines=False).changes
    if not last:
        return "No commit of this history names a merged pull request, so there is nothing to count."
    return f"{said}; the last one was #{last[0].change.number} on {last[0].merged_at}."


def notes_on(looked: Looked, paths: Iterable[str]) -> Iterator[str]:
    """Yield sentences on what this report could not see; `paths` are those of the records that were read."""
    edited = uncommitted(looked.root, paths)
    yield from filter(None, (looked.head.note, looked.merged.note))
    yield from looked.told.notes if looked.told else _git_notes(looked.merged, looked.window, looked.config)
    if edited:
        yield (
            f"{counted(len(edited), 'record')} {_verb(edited, 'differs', 'differ')} from the last commit, and"
            f" {_verb(edited, 'was', 'were')} read as {_verb(edited, 'it is', 'they are')} now: {_some(edited)}."
        )
    yield from _dead_globs(looked.config, list(looked.files))


def _dead_globs(config: Config, files: Sequence[str]) -> Iterator[str]:
    """Yield the configured globs that no file of the commit matches: most often a slip of the pen."""
    for key, globs in (
        ("pull-requests: paths", config.pull_requests.paths),
        ("coverage: exempt", config.coverage.exempt),
    ):
        dead = [glob for glob in globs if not any(matches(path, (glob,)) for path in files)]
        if dead:
            told = ", ".join(f"“{glob}”" for glob in dead)
            yield f"{key}: {told} {_verb(dead, 'matches', 'match')} no file of this commit."


def _git_notes(merged: Merged, window: Window, config: Config) -> Iterator[str]:
    """Yield sentences on what git does not hold."""
    if window.until:
        yield "Commits that name no pull request were not counted: they are found up to the newest commit only."
    told = sum(one.body_from == "description" for one in merged.changes)
    if told < len(merged.changes):
        yield (
            f"Git holds the description of {told} of {counted(len(merged.changes), 'pull request')}, of the others a title or"
            " a list of commits: what was decided or linked in those cannot be seen."
        )
    labels = f" ({', '.join(config.pull_requests.labels)})" if config.pull_requests.labels else ""
    yield f"Labels{labels} and most approvals are not in git, so what they ask for or confirm could not be counted."
    if config.pull_requests.since:
        yield "Git does not tell when a pull request was opened; the date of adoption was compared with the day it was merged."


def _verb(some: Sequence[str], one: str, several: str) -> str:
    return one if len(some) == 1 else several


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return f"{', '.join(paths[:_SHOWN])}{more}"
