"""What git tells of records over time: each version with its status, and which pull requests brought or changed them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import MAX_BYTES, decode, read_as_records
from onrecord.adapters.git import GitError, as_name, read_blobs, run_git
from onrecord.adapters.git_stream import read_commits
from onrecord.adapters.templates import Templates
from onrecord.change.automation import is_automated
from onrecord.change.history import Commit, read_commit
from onrecord.coverage.effect import Asked
from onrecord.coverage.effect_lives import Life, Version
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from onrecord.adapters.files import Content
    from onrecord.check import ReadFile
    from onrecord.record import DecisionRecord, Vocabulary

_FORM = "--format=%x01%H%x00%P%x00%ct%x00%at%x00%an%x00%ae%x00%B"
_LOG = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-show-signature", "--raw", "--no-abbrev", "--no-renames")
_MAIN_LINE = ("--first-parent", "-m")
_MOVES = 6  # times a record is followed to where it lay before
_MOST_RENAMES = 4_000  # files of one commit; git gives up on moves at 1,000
_MOST_PATHS = 4_000
_MOST_OF_ONE = 3  # records a pull request may bring or change to be about them; more is a sweep
_MOST_MERGES = 400  # merged branches that are looked at for their first commit
_BLOBS_AT_ONCE = 500


class _Event(NamedTuple):
    """A change of a file: by whom, its letter, path, and content after it. `day` and `written` are ISO days in UTC."""

    commit: Commit
    day: str
    written: str
    letter: str
    path: str
    blob: str


class RecordHistory(NamedTuple):
    """The lives of records, questions to the search from the pull requests that brought or changed them, and a note."""

    lives: tuple[Life, ...]
    asked: tuple[Asked, ...]
    note: str = ""


def read_record_history(
    root: Path, ids: Mapping[str, str], files: Iterable[ReadFile], vocabulary: Vocabulary
) -> RecordHistory:
    """Return the history at HEAD of records that stand alone in their file; `ids` gives these by path, `files` are they.

    A record that was moved is followed back. Where git lacks old contents (a partial clone), there is none.
    """
    if not ids:
        return RecordHistory((), ())
    if _is_partial(root):
        return RecordHistory(
            (), (), "This is a partial clone, so the history of records was not read; a whole clone has it."
        )
    main = list(_events(root, ids, *_MAIN_LINE))
    every = list(_events(root, ids))
    former = _former_paths(root, [*every, *main])
    if former:
        main += _events(root, former, *_MAIN_LINE)
        every += _events(root, former)
    now = {**former, **{path: path for path in ids}}
    statuses = _Statuses(root, vocabulary, [*main, *every], now)
    statuses.learn(files)
    seen, merged = statuses.versions(every, by_author=True), statuses.versions(main, by_author=False)
    lives = tuple(
        Life(name, tuple(_merged_in(seen.get(path, ()), merged.get(path, ()))), tuple(merged.get(path, ())))
        for path, name in sorted(ids.items())
    )
    return RecordHistory(lives, tuple(_asked(main, now, ids)))


def first_days(root: Path, shas: Mapping[int, str]) -> dict[int, str]:
    """Return by number of a pull request the ISO day on which the first commit that it brought in was written.

    A squash has one, of which GitHub sets the day of the merge; a merge commit brings its branch along.
    """
    found: dict[int, str] = {}
    for number, sha in list(shas.items())[:_MOST_MERGES]:
        try:
            parents = run_git(root, "log", "-1", "--format=%P", sha).split()
            which = f"{sha}^1..{sha}" if len(parents) > 1 else f"{sha}^!"
            days = run_git(root, "log", "--format=%at", "--end-of-options", which).decode().split()
        except GitError:
            continue
        found[number] = min(day for one in days if (day := _day(one)))
    return found


def _events(root: Path, paths: Iterable[str], *arguments: str) -> Iterator[_Event]:
    """Yield what happened to files, the oldest first."""
    specs = [f":(top,literal){path}" for path in sorted(paths)][:_MOST_PATHS]
    out = as_name(run_git(root, *_LOG, _FORM, *arguments, "HEAD", "--", *specs))
    fields = iter(out.split("\0"))
    found: list[_Event] = []
    commit, day, written = Commit("", (), "", "", "", ""), "", ""
    for field in fields:
        mark = field.lstrip("\n")
        if mark.startswith("\x01"):
            parents, seconds, author_seconds, name, mail, message = (next(fields, "") for _ in range(6))
            day, written = _day(seconds), _day(author_seconds)
            commit = Commit(mark[1:], tuple(parents.split()), day, name, mail, message)
        elif mark.startswith(":"):
            _, _, _, blob, letter = mark.split(" ")
            found.append(_Event(commit, day, min(day, written or day), letter[0], next(fields, ""), blob))
    yield from reversed(found)


def _former_paths(root: Path, events: Sequence[_Event]) -> dict[str, str]:
    """Return the paths at which records lay before they were moved, each with its path of today."""
    now = {event.path: event.path for event in events}
    added = {event.commit.sha: event.path for event in events if event.letter == "A"}
    former: dict[str, str] = {}
    for _ in range(_MOVES):
        moves = _moves(root, added, now)
        fresh = {before: now[after] for before, after in moves if before not in now}
        if not fresh:
            break
        former |= fresh
        now |= fresh
        added = {event.commit.sha: event.path for event in _events(root, fresh) if event.letter == "A"}
    return former


def _moves(root: Path, shas: Iterable[str], paths: Mapping[str, str]) -> list[tuple[str, str]]:
    named = sorted(set(shas))
    if not named:
        return []
    look = ("--no-walk=unsorted", "--stdin", "-M", f"-l{_MOST_RENAMES}", "--diff-filter=R", "--name-status")
    commits = read_commits(root, *look, stdin=named)
    return [(letter[1:], path) for one in commits for letter, path in one.changes if letter[0] == "R" and path in paths]


class _Statuses:
    """Reads the status of each version; a text is read whole only where the lines around its status have changed."""

    def __init__(self, root: Path, vocabulary: Vocabulary, events: Iterable[_Event], now: Mapping[str, str]) -> None:
        self.now, self.root = now, root
        self.templates = Templates(vocabulary, root)
        words = {fold(word) for word in vocabulary.statuses} | {"status"}
        self.may_tell = cache(re.compile("|".join(re.escape(word) for word in sorted(words))).search)
        self.around: dict[str, list[tuple[str, str]]] = {}  # by path: lines around a status, and the status
        self.known: dict[tuple[str, tuple[str, ...]], str] = {}
        blobs = sorted({event.blob for event in events if event.letter != "D"})
        self.contents: dict[str, bytes] = {}
        for at in range(0, len(blobs), _BLOBS_AT_ONCE):
            self.contents |= read_blobs(root, blobs[at : at + _BLOBS_AT_ONCE])

    def learn(self, files: Iterable[ReadFile]) -> None:
        """Take from records that were read already what stands around their status."""
        for file in files:
            self._note(file.record.path, file.record, file.document.lines)

    def versions(self, events: Iterable[_Event], by_author: bool) -> dict[str, list[Version]]:
        """Return by path of today the statuses in the order in which they came, each as long as it lasted."""
        found: dict[str, list[Version]] = {}
        for event in sorted(events, key=lambda one: one.day):
            if event.letter != "D" and (path := self.now.get(event.path)):
                versions = found.setdefault(path, [])
                status = self._status(self.contents.get(event.blob, b""), path)
                if not versions or versions[-1].status != status:
                    versions.append(Version(event.written if by_author else event.day, status))
        return found

    def _status(self, content: bytes, path: str) -> str:
        if not content or len(content) > MAX_BYTES:
            return ""
        read = decode(content)
        lines = [line.strip() for line in read.text.splitlines() if line.strip()]
        whole = _joined(lines)
        for around, status in self.around.setdefault(path, []):
            if around in whole:
                return status
        telling = tuple(line for line in lines if self.may_tell(line.casefold()))
        if (path, telling) not in self.known:
            self.known[path, telling] = self._read(read, path)
        return self.known[path, telling]

    def _read(self, content: Content, path: str) -> str:
        files = read_as_records(content, path, path, self.templates.for_file(self.root / path))
        record = files[0].record
        if len(files) > 1 or not record.status:
            return ""
        self._note(path, record, content.text.splitlines())
        return record.status.value

    def _note(self, path: str, record: DecisionRecord, lines: Sequence[str]) -> None:
        slot = record.slots.get("status")
        if record.status and slot and slot.span:
            above = [line.strip() for line in lines[: slot.span.start - 1] if line.strip()][-1:]
            of = [line.strip() for line in lines[slot.span.start - 1 : slot.span.end] if line.strip()]
            below = [line.strip() for line in lines[slot.span.end :] if line.strip()][:1]
            if of:
                around = _joined([*above, *of, *below])
                self.around.setdefault(path, []).append((around, record.status.value))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"\n{line}" for line in lines) + "\n"


def _merged_in(seen: Sequence[Version], merged: Sequence[Version]) -> Sequence[Version]:
    """Return what any commit shows; where only a merge does, what the main line shows."""
    return seen or merged


def _asked(main: Iterable[_Event], now: Mapping[str, str], ids: Mapping[str, str]) -> Iterator[Asked]:
    """Yield the pull requests of people that brought or changed up to three records, by number."""
    by_commit: dict[str, list[_Event]] = {}
    for event in main:
        if event.letter != "D" and event.path in now:
            by_commit.setdefault(event.commit.sha, []).append(event)
    found: dict[int, Asked] = {}
    for events in by_commit.values():
        pulls = read_commit(events[0].commit)
        records = tuple(sorted({ids[now[event.path]] for event in events}))
        if len(pulls) != 1 or len(records) > _MOST_OF_ONE or is_automated(pulls[0].change):
            continue
        number, title = pulls[0].change.number or 0, pulls[0].change.title
        is_new = any(event.letter == "A" for event in events)
        found.setdefault(number, Asked(number, title, records, is_new))
    yield from (found[number] for number in sorted(found))


def _is_partial(root: Path) -> bool:
    try:
        return bool(run_git(root, "config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$"))
    except GitError:  # no such setting
        return False


def _day(seconds: str) -> str:
    """Return the day in UTC; empty when a commit's time is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
