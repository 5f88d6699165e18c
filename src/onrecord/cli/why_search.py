"""What `onrecord why` gathers before it judges: the place, its commits, and the records that may be behind it."""

from __future__ import annotations

import os
import time
from importlib import import_module
from pathlib import Path

from onrecord.adapters import blame
from onrecord.adapters.discover import files_below
from onrecord.adapters.files import MAX_BYTES, Unreadable, decode, in_repository, read_bytes
from onrecord.adapters.git import GitError, as_name
from onrecord.adapters.kept import Kept
from onrecord.adapters.lineage import Lineage, is_whole
from onrecord.cli.main import UsageFault
from onrecord.cli.why_asked import Asked
from onrecord.cli.why_commits import READERS, Commits
from onrecord.cli.why_log import Log, read_settings
from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.log.links import is_address
from onrecord.log.paths import Paths
from onrecord.log.place import Place
from onrecord.log.shortlist import shortlist, shortlist_of
from onrecord.log.why import explain
from onrecord.render.why import Told

if TYPE_CHECKING:
    from onrecord.log.why import Source

MOST_COMMITS = 30  # of the main line that are looked at for a whole file or folder
MOST_BUSY = 2  # processors of a machine on which what is loaded beside git, and perhaps not needed, makes git slower
AFTERWARDS_S = 0.5  # what a run spends at most, once it has answered, on what later ones would have to wait for


class _Trail(NamedTuple):
    """What git tells of a place: the commits behind it, the path before a rename, and notes for people."""

    sources: tuple[Source, ...] = ()
    before: str = ""
    notes: tuple[str, ...] = ()


class Search:
    """One question: `told` answers it, and `finish` then keeps what the answer took so long for."""

    def __init__(self, name: str, line: int, asked: Asked | None, config_file: str | None) -> None:
        """Look at a file, a folder, or a line of a file (0: none). Raises UsageFault for a place that is not there.

        `asked` is what git is at work on, where that has begun.
        """
        self._asked = asked or Asked(name, line)
        here, self._root = self._asked.here(), self._asked.root
        self._kept = Kept(here.common if here else None)
        try:
            self._place = _read_place(name, line, self._root)
            self._settings = read_settings(self._root, config_file, self._kept)
            self._files = self._tracked()
            names = files_below(self._root) if self._files is None else self._files
            self._log = Log(self._root, names, self._settings, self._kept)
        except BaseException:
            self._asked.stop()
            raise
        keeps = here is not None and here.common is not None and is_whole(here.common)
        self._commits = Commits(self._root, self._settings, self._kept, keeps)
        self._lineage = Lineage(self._root, here.head if here and keeps else "", self._kept)

    def told(self, limit: int) -> Told:
        """Return the decisions behind the place, as a face shows them."""
        try:
            return self._told(limit)
        except BaseException:
            self._lineage.finish(0)
            raise
        finally:
            self._asked.stop()

    def finish(self) -> None:
        """Keep what was worked out; where records had to be read, read more of them, so that the next run need not."""
        end = time.monotonic() + AFTERWARDS_S
        if self._kept.has_news:
            for path in self._log.unread(self._log.texts):
                if time.monotonic() > end:
                    break
                self._log.read([path])
        self._lineage.finish(max(0.0, end - time.monotonic()))
        self._kept.save()

    def _told(self, limit: int) -> Told:
        place, log = self._place, self._log
        scoped, headings = log.scoped(), log.headings()
        paths = shortlist(place, log.texts, scoped, headings, self._files)
        self._prepare(paths)
        trail = self._trace()
        if trail.before:
            place = place._replace(before=trail.before)
            paths |= shortlist(place, log.texts, scoped, headings, self._files)
        known = log.read(paths | shortlist_of(trail.sources, log.texts))
        answers = explain(place, known, trail.sources, self._files, self._repository(trail.sources))
        return Told(place, tuple(answers[:limit]), len(answers), trail.sources, log.size, trail.notes)

    def _tracked(self) -> Paths | None:
        """Return all tracked files, also those that were deleted just now; None outside of a repository."""
        try:
            listed = as_name(self._asked.index.result())
        except GitError:
            return None
        return Paths(
            sorted(dict.fromkeys(filter(None, listed.split("\0"))))
        )  # git has sorted them, nearly as this does

    def _prepare(self, paths: set[str]) -> None:
        """Do as much as there is time for while git is at work on the line: most of it may be needed then."""
        is_idle = (os.cpu_count() or 1) > MOST_BUSY
        if is_idle and self._asked.is_at_work():
            self._lineage.begin()
        for path in self._log.unread(paths):
            if self._asked.is_at_work():
                self._log.read([path])
        for reader in READERS if is_idle else ():
            if self._asked.is_at_work():
                import_module(reader)

    def _trace(self) -> _Trail:
        """Ask git where the place comes from; where git cannot tell, a note says why."""
        try:
            is_tracked = self._is_tracked()
        except GitError as error:
            if "not a git repository" not in str(error):
                raise
            return _Trail(notes=("This is not a git repository, so no history could be looked at.",))
        if not is_tracked:
            return _Trail(notes=("Git does not track this path yet, so it has no history.",))
        try:
            return self._trace_line() if self._place.line else self._trace_file()
        except GitError as error:
            return _Trail(notes=(f"Its history could not be read: {error}.",))

    def _is_tracked(self) -> bool:
        path = self._place.path
        inside = f"{path}/" if path else ""
        if any(name == path or name.startswith(inside) for name in self._files or ()):
            return True
        return blame.is_tracked(self._root, path)

    def _trace_line(self) -> _Trail:
        origin = self._asked.origin()
        if origin is None:
            return _Trail(notes=("This line is not committed yet.",))
        before = origin.path if origin.path != self._place.path else ""
        if origin.is_cut:
            note = "This clone is shallow, and the line is older than what it holds; “git fetch --unshallow” brings the rest."
            return _Trail(before=before, notes=(note,))
        said = self._commits.read("line", [origin.sha])
        if not any(one.is_squash for one in said) and (merge := self._lineage.merge_of(origin.sha)):
            said += self._commits.read("merge", [merge])
        return _Trail(tuple(one.source for one in said), before)

    def _trace_file(self) -> _Trail:
        shas = blame.commits_touching(self._root, self._place.path, MOST_COMMITS)
        said = self._commits.read("file", shas)
        note = "This clone is shallow, so only its newest commits were looked at."
        return _Trail(tuple(one.source for one in said), "", (note,) if blame.is_shallow(self._root) else ())

    def _repository(self, sources: tuple[Source, ...]) -> str:
        """Return "owner/name", where a commit has links to addresses; else empty."""
        if not any(is_address(link) for source in sources for link in source.links):
            return ""
        from onrecord.adapters.remote import remote_of

        remote = remote_of(self._root)
        return remote.slug if remote else ""


def search(name: str, line: int, limit: int, config_file: str | None = None) -> Told:
    """Return the decisions behind a file, a folder, or a line of a file (0: none), as a face shows them.

    Raises UsageFault for a place that is not there.
    """
    asking = Search(name, line, None, config_file)
    told = asking.told(limit)
    asking.finish()
    return told


def _read_place(name: str, line: int, root: Path) -> Place:
    path = in_repository(Path(name), root)
    if Path(path).is_absolute():
        raise UsageFault(f"{name}: this is outside of the repository")
    if Path(name).is_dir():
        return Place("" if path == "." else path, is_folder=True)
    try:
        content = read_bytes(Path(name), root)
    except Unreadable as error:
        raise UsageFault(f"{name}: {error}") from error
    count = content.count(b"\n") + (bool(content) and not content.endswith(b"\n"))
    if line > count and len(content) <= MAX_BYTES:
        raise UsageFault(f"{path} has {count} line{'' if count == 1 else 's'}; there is no line {line}")
    return Place(path, line, lines=tuple(decode(content).text.split("\n")))
