"""Merged pull requests as they were read from GitHub, kept in the git directory, so that only what is new is asked for.

Each page is written with what is known by then in one transaction: a run that is cut short loses the page on its way, and
two runs at once write the same. It is a cache: one that is damaged is thrown away, one that cannot be written is kept in
memory.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import reason_of
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.github_coverage_pull import Kept, as_json, from_json
from onrecord.adapters.github_faults import GitHubError

if TYPE_CHECKING:
    from collections.abc import Iterable

CACHE = "github.sqlite"  # in the folder of ours in the git directory
BUSY_S = 10.0  # how long to wait for another run that is writing
LAYOUT = 1  # of the tables, and of what is kept of a pull request; another one is thrown away
_AT_ONCE = 500  # values in one question
_DAMAGED = "what was kept of GitHub's answers was damaged and is thrown away; the next run reads it again"
_NOT_KEPT = "What is read from GitHub cannot be kept in the git directory ({}), so the next run reads it again."


class Reach(NamedTuple):
    """A stretch that was read without a gap: all that were updated last from `low` to `high`, both times of GitHub's.

    `cursor` is where it goes on downwards, None where nothing older is there.
    """

    high: str
    low: str
    cursor: str | None


class Standing(NamedTuple):
    """When a kept pull request was updated last and merged, and its merge commit."""

    updated: str
    merged: str
    sha: str


def joined(reaches: Iterable[Reach]) -> list[Reach]:
    """Return the stretches, newest first, as few as they are: one that reaches below the top of the next joins it.

    Below, not to it: of several that were updated in that very second, the older stretch may hold but some.
    """
    found: list[Reach] = []
    for one in sorted(reaches, key=lambda reach: (reach.high, reach.low), reverse=True):
        last = found[-1] if found else None
        if last is None or (last.cursor is not None and last.low >= one.high and last.high != one.high):
            found.append(one)
        elif last.cursor is not None and (one.cursor is None or one.low < last.low):
            found[-1] = Reach(last.high, one.low, one.cursor)
    return found


class Cache:
    """The kept pull requests of one branch of one repository; `note` says when they cannot be kept."""

    def __init__(self, connection: sqlite3.Connection, name: str, note: str = "") -> None:
        self._connection, self._name, self.note = connection, name, note

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def reaches(self) -> list[Reach]:
        """Return the stretches that were read, newest first."""
        rows = self._connection.execute("SELECT high, low, cursor FROM reach WHERE name = ?", (self._name,))
        return joined(Reach(*row) for row in rows)

    def standings(self) -> dict[int, Standing]:
        """Return all that is kept, by number."""
        rows = self._connection.execute("SELECT number, updated, merged, sha FROM pull WHERE name = ?", (self._name,))
        return {row[0]: Standing(*row[1:]) for row in rows}

    def pulls(self, numbers: list[int]) -> list[Kept]:
        """Return these in their order; raises GitHubError for rows of another shape, once all is thrown away."""
        found: dict[int, Kept] = {}
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT number, data FROM pull WHERE name = ? AND number IN ({marks})",  # noqa: S608 - question marks
                (self._name, *some),
            )
            try:
                found |= {number: from_json(data) for number, data in rows}
            except (ValueError, TypeError) as error:
                self._throw_away()
                raise GitHubError("unreachable", _DAMAGED) from error
        return [found[number] for number in numbers if number in found]

    def save(self, pulls: Iterable[Kept], reach: Reach | None = None) -> None:
        """Write some pull requests, none over a newer one, and the stretch they belong to, in one transaction.

        Where that is not possible any more (a full disk, another run that does not end), memory has to do from then on.
        """
        kept = list(pulls)
        try:
            self._write(kept, reach)
        except sqlite3.OperationalError as error:
            self.note = _NOT_KEPT.format(error)
            memory = sqlite3.connect(":memory:", isolation_level=None)
            self._connection.backup(memory)
            self._connection.close()
            self._connection = memory
            self._write(kept, reach)

    def _throw_away(self) -> None:
        for table in ("pull", "reach"):
            self._connection.execute(f"DELETE FROM {table} WHERE name = ?", (self._name,))  # noqa: S608 - two names

    def _write(self, pulls: list[Kept], reach: Reach | None) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(
                "INSERT INTO pull VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name, number) DO UPDATE SET updated ="
                " excluded.updated, merged = excluded.merged, sha = excluded.sha, data = excluded.data"
                " WHERE excluded.updated >= pull.updated",
                [(self._name, one.number, one.updated, one.merged, one.sha, as_json(one)) for one in pulls],
            )
            if reach is not None:
                every = joined([*self.reaches(), reach])
                self._connection.execute("DELETE FROM reach WHERE name = ?", (self._name,))
                self._connection.executemany(
                    "INSERT INTO reach VALUES (?, ?, ?, ?)", [(self._name, *one) for one in every]
                )
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise


def open_cache(root: Path, name: str) -> Cache:
    """Return what is kept of `name` ("github.com/owner/name main") in the git directory of a repository."""
    try:
        file = root / os.fsdecode(run_git(root, "rev-parse", "--git-path", f"onrecord/{CACHE}")).removesuffix("\n")
        file.parent.mkdir(exist_ok=True)
        try:
            return Cache(_opened(str(file)), name)
        except sqlite3.OperationalError:  # locked for long, read-only
            raise
        except (sqlite3.DatabaseError, ValueError, TypeError):
            for end in ("-journal", ""):  # a journal without its database first: else it would be played back
                Path(f"{file}{end}").unlink(missing_ok=True)
            return Cache(_opened(str(file)), name)
    except (sqlite3.Error, OSError, GitError) as error:
        return Cache(_opened(":memory:"), name, _NOT_KEPT.format(reason_of(error)))


def _opened(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=BUSY_S, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            for statement in _TABLES:
                connection.execute(statement)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the file is damaged")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


_TABLES = (
    "DROP TABLE IF EXISTS pull",
    "DROP TABLE IF EXISTS reach",
    "CREATE TABLE pull (name TEXT NOT NULL, number INTEGER NOT NULL, updated TEXT NOT NULL, merged TEXT NOT NULL,"
    " sha TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (name, number))",
    "CREATE TABLE reach (name TEXT NOT NULL, high TEXT NOT NULL, low TEXT NOT NULL, cursor TEXT)",
    f"PRAGMA user_version = {LAYOUT}",
)
