"""Merged pull requests of a coverage report out of GitHub, with a word on how far it is where somebody watches."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.github_client import Pace, host_of, open_client
from onrecord.adapters.github_coverage import OtherBranch, Reading, Wanted, read_pulls
from onrecord.adapters.github_coverage_cache import CACHE, open_cache
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.survey import default_branch, remote_of
from onrecord.cli.main import UsageFault
from onrecord.cli.status_line import StatusLine
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Set
    from pathlib import Path

    from onrecord.adapters.github_client import Client
    from onrecord.adapters.github_coverage import Progress
    from onrecord.change.history import Merged
    from onrecord.coverage.report import Window

ORIGIN = "origin"  # the value of --github without one
WAIT_S = 30  # seconds; a rate limit that lasts longer ends the run, and what was read is kept
_BAR = 12  # columns; the whole line fits into 80
_SHOWN = 5  # numbers that a note names


class Told(NamedTuple):
    """Merged pull requests that come from elsewhere than git, where that is ("github.com/owner/name"), and notes on them.

    `here` are the commits of the history that is checked out.
    """

    source: str
    merged: Merged
    notes: tuple[str, ...]
    here: Set[str]


def read_from_github(root: Path, name: str, window: Window, commit: str = "HEAD") -> Told:
    """Return the merged pull requests of a window of "owner/name", or of what `origin` is. Raises GitHubError.

    What was merged after `commit` and is not in its history is left out.
    """
    host = host_of(os.environ)
    repository = _repository(root, name, host)
    since = max(window.since, window.baseline)
    shas = frozenset(run_git(root, "rev-list", "--end-of-options", commit).decode().split())
    seconds = int(run_git(root, "log", "-1", "--format=%ct", "--end-of-options", commit))
    head_at = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    wanted = Wanted(repository, window.last_count, since, window.until, head_at, shas)
    with closing(open_client(os.environ, WAIT_S, Pace())) as client:
        reading = _read(client, root, host, wanted)
    return Told(f"{host}/{repository}", reading.merged, tuple(_notes(reading)), shas)


def _repository(root: Path, name: str, host: str) -> str:
    if name != ORIGIN:
        owner, _, own = name.partition("/")
        if not owner or not own or "/" in own:
            raise UsageFault(f"--github {name}: a repository is written like OWNER/NAME")
        return name
    remote = remote_of(root)
    if remote is None:
        raise UsageFault("--github: there is no remote “origin” that tells the repository; “--github OWNER/NAME” does")
    if remote.host != host:
        raise UsageFault(
            f"--github: “origin” is on {remote.host}, and {host} would be asked; “--github OWNER/NAME” names a repository"
            f" there, GH_HOST={remote.host} asks the other"
        )
    return remote.slug


def _read(client: Client, root: Path, host: str, wanted: Wanted) -> Reading:
    """Read; where the default branch is another one than the clone says, once more with that."""
    base = default_branch(root) or "main"
    for _ in range(2):
        cache = open_cache(root, f"{host}/{wanted.repository.casefold()} {base}")
        bar = _Bar()
        try:
            return read_pulls(client, wanted, base, cache, bar.show)
        except OtherBranch as other:
            base = str(other)
        except GitHubError as error:
            bar.line.end()
            kept = len(cache.standings())
            more = f"; {counted(kept, 'pull request')} kept, and the next run goes on from there" if kept else ""
            if error.kind == "limited" and bar.resets:
                more += f"; the limit ends{_until(bar.resets).replace('until', 'at')}"
            raise GitHubError(error.kind, f"{error}{more}", error.retry_after) from error
        except sqlite3.Error as error:
            raise GitError(
                f"onrecord/{CACHE} in the git directory cannot be used ({error}); it may be deleted"
            ) from error
        finally:
            bar.line.end()
            cache.close()
    raise GitHubError("unreachable", f"{wanted.repository}: its default branch changed meanwhile")


def _notes(reading: Reading) -> Iterator[str]:
    """Yield sentences on what was read, and on what is not whole."""
    yield (
        f"The pull requests are those that GitHub says were merged into “{reading.merged.source}”;"
        " commits that came without one were not looked for."
    )
    if reading.later:
        yield (
            f"Merged after the commit that is checked out, and left out until it is pulled: {_named(reading.later)}."
        )
    if reading.unlisted:
        yield f"GitHub did not list the files of {_named(reading.unlisted)}: no path could ask there."
    if reading.cut:
        yield f"GitHub lists 3,000 files of a pull request and no more: {_named(reading.cut)}."
    if reading.holes:
        yield f"{counted(reading.holes, 'pull request')} did not come, and are not counted; the next run asks again."
    if reading.is_moving:
        yield "Pull requests were updated faster than they could be read, so some may be missing; the next run goes on."
    if reading.note:
        yield reading.note


def _named(numbers: tuple[int, ...]) -> str:
    told = ", ".join(f"#{number}" for number in numbers[:_SHOWN])
    return f"{told} and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else told


class _Bar:
    """A line that tells how far it is; `resets` is when the limit of requests ends (ISO), as GitHub said last."""

    def __init__(self) -> None:
        self.line = StatusLine()
        self.resets = ""

    def show(self, progress: Progress) -> None:
        """Write how far it is over what stands there."""
        self.resets = progress.resets
        self.line.show(bar_of(progress))


def bar_of(progress: Progress) -> str:
    """Return how far it is, in one line: what was read, and what is left of the rate limit until when (local time)."""
    if progress.wanted:
        part = min(1.0, progress.read / progress.wanted)
        filled = round(part * _BAR)
        head = f"[{'#' * filled}{'.' * (_BAR - filled)}] {progress.read:,} of {progress.wanted:,} pull requests"
    else:
        head = f"{progress.read:,} pull requests, down to {progress.down_to[:10] or 'the first'}"
    if progress.left is None or progress.limit is None:
        return head
    return f"{head}; {progress.left:,} of {progress.limit:,} points left{_until(progress.resets)}"


def _until(resets: str) -> str:
    try:
        return f" until {datetime.fromisoformat(resets).astimezone():%H:%M}"
    except ValueError:
        return ""
