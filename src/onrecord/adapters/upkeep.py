"""What git knows of the past, for the upkeep of records: one pass over the history, and a look at a few commits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.codeowners import read_code_owners
from onrecord.adapters.git import GitError, files_at, run_git
from onrecord.adapters.git_stream import Commit, read_commits
from onrecord.adapters.single_commits import really_changed, renamed, specs
from onrecord.change.automation import is_automated
from onrecord.change.history import login_of
from onrecord.change.model import Change
from onrecord.log.scope import scope_globs
from onrecord.log.upkeep.facts import BUSY_DAYS, Past, Work, is_over, last_reviewed
from onrecord.log.upkeep.owners import Person
from onrecord.log.upkeep.paths import Gone, candidates, folders_above, tree_of, ways
from onrecord.record.globs import glob_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

    Tell: TypeAlias = Callable[[int, str], None]  # how many commits were read, and the day of the last

_TOLD_EACH = 500  # commits
_SWEEP = 10  # records in one commit: more are a sweep through the log, not a look at each of them
_MOVES = 6  # times a file is followed to where it went, or back to where it came from
_MOST_SHAS = 2_000
_FORMATTING = re.compile(
    r"^(?:\w+(?:\([^)]*\))?!?:\s*)?(?:(?:auto)?re-?format(?:ted|ting)?|format(?:ted|ting)?|prettier|spotless|lint(?:ed|ing)?|"
    r"(?:run|apply|applied|ran) (?:[\w-]+ )?(?:formatter|prettier|black|ruff|gofmt|rustfmt|clang-format|spotless|openrewrite|linters?|style)|"
    r"(?:fix|update|remove|clean ?up|trim)(?:e[sd])? (?:trailing )?(?:white ?space|indentation|line endings|typos?|code style|formatting|lint)|"
    r"(?:add|update|bump|fix) (?:\w+ )?(?:license|copyright) (?:headers?|years?)|style)\b|^(?:style|format|fmt|lint)(?:\([^)]*\))?!?:|\btypos?\b",
    re.IGNORECASE,
)
NO_HISTORY = "This clone is shallow, so nothing was said that needs history; “git fetch --unshallow” or “fetch-depth: 0” brings it."


class Read(NamedTuple):
    """The past, and a note for people where something of it is missing; an empty note: all is there."""

    past: Past
    note: str = ""


def read_past(
    root: Path,
    records: Sequence[DecisionRecord],
    documents: Mapping[str, Document],
    today: str,
    tell: Tell = lambda _count, _day: None,
) -> Read:
    """Return what git knows at HEAD of these records and of the code under them; `tell` hears now and then how far it is."""
    try:
        files = tuple(files_at(root, "HEAD"))
        if run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            return Read(Past(files, has_history=False), NO_HISTORY)
    except GitError as error:
        return Read(
            Past(has_history=False), f"Nothing was said that needs history, because git has none here ({error})."
        )
    known = [record for record in records if not is_over(record)]
    return Read(_Reader(root, known, documents, files, today).past(tell))


class _Reader:
    """One pass over the history that keeps what is asked for, then a few looks at single commits."""

    def __init__(
        self,
        root: Path,
        records: Sequence[DecisionRecord],
        documents: Mapping[str, Document],
        files: tuple[str, ...],
        today: str,
    ) -> None:
        self.root, self.records, self.files, self.today = root, records, files, today
        self.paths = {record.path for record in records}
        self.start = (date.fromisoformat(today) - timedelta(BUSY_DAYS)).isoformat()
        globs = dict.fromkeys(glob for record in records for glob in scope_globs(record))
        self.scoped = _any_of(glob_pattern(glob).match for glob in globs)
        self.lost = _lost(records, documents, files)
        self.people: dict[tuple[str, str], str] = {}
        self.gone: dict[str, tuple[str, str]] = {}  # path: day and sha of its end
        self.edits: dict[str, list[Commit]] = {path: [] for path in self.paths}
        self.sweeps: set[str] = set()
        self.recent: list[Work] = []
        self.since: list[Commit] = []
        self.last = ""

    def past(self, tell: Tell) -> Past:
        """Return all that was read."""
        for count, commit in enumerate(read_commits(self.root, "--no-renames", "--name-status"), 1):
            self._take(commit)
            if count % _TOLD_EACH == 0:
                tell(count, commit.day)
        return Past(
            self.files,
            tuple(sorted((path, days) for path, days in self._edits().items() if days)),
            tuple(self.recent),
            self._since(),
            self._gone(),
            tuple(Person(name, mail, day) for (name, mail), day in sorted(self.people.items())),
            _named_owners(self.root),
            self.last,
        )

    def _take(self, commit: Commit) -> None:
        self.last = max(self.last, commit.day if commit.day <= self.today else "")
        self._note(commit.name, commit.mail, min(commit.day, commit.authored))
        self._note(commit.committer, commit.committer_mail, commit.day)
        touched: list[str] = []
        for letter, path in commit.changes:
            if letter == "D" and path not in self.gone and self.lost(path):
                self.gone[path] = (commit.day, commit.sha)
            if path in self.paths:
                self.edits[path].append(commit._replace(changes=[(letter, path)]))
                touched.append(path)
        if len(touched) > _SWEEP:
            self.sweeps.add(commit.sha)
        if not commit.changes or _is_bot(commit) or _FORMATTING.search(commit.subject):
            return
        if commit.day >= self.start:
            self.recent.append(Work(commit.day, tuple(path for _, path in commit.changes)))
        scoped = [(letter, path) for letter, path in commit.changes if letter != "D" and self.scoped(path)]
        if scoped:
            self.since.append(commit._replace(changes=scoped))

    def _note(self, name: str, mail: str, day: str) -> None:
        if day > self.people.get((name, mail), ""):
            self.people[name, mail] = day

    def _edits(self) -> dict[str, tuple[str, ...]]:
        """Return the days each record was added, wherever it lay then, and its words changed; the oldest first."""
        lives = self._former_lives()
        commits = [commit for path in self.paths for commit in (*self.edits[path], *lives.get(path, ()))]
        real = really_changed(self.root, commits)
        found = {}
        for path, own in self.edits.items():
            every = [*own, *lives.get(path, ())]
            moves = {own[-1].sha} if path in lives else set()
            days = [
                commit.day
                for commit in every[:-1]
                if commit.sha not in moves | self.sweeps
                and _is_a_look(commit)
                and any((commit.sha, p) in real for _, p in commit.changes)
            ]
            found[path] = tuple(dict.fromkeys((every[-1].day, *sorted(days)))) if every else ()
        return found

    def _former_lives(self) -> dict[str, list[Commit]]:
        """Return, for records that were moved, their commits at the paths before, the newest first."""
        lives: dict[str, list[Commit]] = {}
        looking = {path: (path, commits[-1].sha) for path, commits in self.edits.items() if commits}
        for _ in range(_MOVES):
            came = {(sha, after): before for sha, before, after in renamed(self.root, (s for _, s in looking.values()))}
            back = {path: before for path, (now, sha) in looking.items() if (before := came.get((sha, now)))}
            if not back:
                break
            at: dict[str, list[Commit]] = {}
            for commit in read_commits(self.root, "--no-renames", "--name-status", "--", *specs(back.values())):
                for letter, path in commit.changes:
                    if letter != "D":
                        at.setdefault(path, []).append(commit._replace(changes=[(letter, path)]))
            looking = {}
            for path, before in back.items():
                if before in at:
                    lives.setdefault(path, []).extend(at[before])
                    looking[path] = (before, at[before][-1].sha)
        return lives

    def _since(self) -> tuple[Work, ...]:
        """Return the commits under a scope, without files in which only blanks changed."""
        oldest = min(
            (found.day for record in self.records if (found := last_reviewed(record, (), self.today))), default=""
        )
        commits = [commit for commit in self.since if commit.day > oldest][:_MOST_SHAS]
        real = really_changed(self.root, commits)
        works = (
            Work(commit.day, tuple(path for _, path in commit.changes if (commit.sha, path) in real))
            for commit in commits
        )
        return tuple(work for work in works if work.paths)

    def _gone(self) -> tuple[Gone, ...]:
        """Return what is no longer there, each followed to where it went."""
        alive = set(self.files)
        gone = {path: end for path, end in self.gone.items() if path not in alive}
        moved = self._moves(sha for _, sha in gone.values())
        where = {path: moved.get((sha, path), "") for path, (_, sha) in gone.items()}
        for _ in range(_MOVES):  # what a file became may have moved again
            again = {to for to in where.values() if to and to not in alive}
            if not again:
                break
            ends: dict[str, str] = {}
            for commit in read_commits(
                self.root, "--no-renames", "--diff-filter=D", "--name-status", "--", *specs(again)
            ):
                for _, path in commit.changes:
                    ends.setdefault(path, commit.sha)
            moved = self._moves(ends.values())
            where = {path: moved.get((ends.get(to, ""), to), "") if to in again else to for path, to in where.items()}
        return tuple(
            Gone(path, day, to if (to := where[path]) in alive else "") for path, (day, _) in sorted(gone.items())
        )

    def _moves(self, shas: Iterable[str]) -> dict[tuple[str, str], str]:
        return {(sha, before): after for sha, before, after in renamed(self.root, shas)}


def _any_of(tests: Iterable[Callable[[str], object]]) -> Callable[[str], bool]:
    """Return a test that holds where one of these does; each path is tried once."""
    every = tuple(tests)
    known: dict[str, bool] = {}

    def test(path: str) -> bool:
        if path not in known:
            known[path] = any(one(path) for one in every)
        return known[path]

    return test


def _lost(
    records: Sequence[DecisionRecord], documents: Mapping[str, Document], files: Sequence[str]
) -> Callable[[str], bool]:
    """Return a test for deleted paths: may a record still point at it?"""
    tree = tree_of(files)
    globs = dict.fromkeys(glob for record in records for glob in scope_globs(record))
    dead = [glob_pattern(glob) for glob in globs]
    dead = [pattern for pattern in dead if not any(pattern.match(path) for path in files)]
    named = {
        way
        for record in records
        for one in candidates(record, documents[record.path], tree)
        for way in ways(one.path, record.path)
    }

    def is_named(path: str) -> bool:
        return bool(named) and (path in named or not named.isdisjoint(folders_above(path)))

    return _any_of([is_named, *(pattern.match for pattern in dead)])


def _is_a_look(commit: Commit) -> bool:
    """Tell whether a commit that changes a record was made by somebody who looked at it."""
    return not _is_bot(commit) and not _FORMATTING.search(commit.subject)


def _is_bot(commit: Commit) -> bool:
    return is_automated(Change(commit.subject, "", login_of(commit.name, commit.mail) or commit.name)) or is_automated(
        Change(commit.subject, "", commit.name)
    )


def _named_owners(root: Path) -> tuple[str, ...] | None:
    """Return the people that CODEOWNERS names; None where it is not there, or leaves to teams who they are."""
    owners = {owner for line in read_code_owners(root).lines for owner in line.owners}
    return None if not owners or any("/" in owner for owner in owners) else tuple(sorted(owners))
