"""Writes many files as one step: all of it, or after a kill the rest of it at the next run. One run at a time.

Before the first file is touched, a journal in git's own folder says what is going to be written. Who finds a journal,
and holds the lock, finishes it, unless nothing of it is there: then it had not begun, or somebody has taken it back.
The operating system takes the lock from a process that dies.
"""

from __future__ import annotations

import errno
import json
import os
from base64 import b64decode, b64encode
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import leads_out
from onrecord.adapters.git import GitError, git_folder
from onrecord.adapters.write import (
    DiskFault,
    Unwritable,
    discard,
    fault_of,
    give_name,
    read_before,
    replace_file,
    settle,
    stage,
    tidy,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

_LOCK, _JOURNAL = "onrecord-fix.lock", "onrecord-fix.json"
_LATER = "what is left of this is done by the next run that writes here"


class FileWrite(NamedTuple):
    """A file's bytes before and after; and the path it gets, which may be its own. Paths are relative to the repository."""

    path: str
    to: str
    before: bytes
    after: bytes


@contextmanager
def alone(home: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock in git's own folder (`home`); when another run has it, call `on_wait` and wait until that one is done.

    Raises Unwritable where no lock can be had.
    """
    try:
        lock = (home / _LOCK).open("ab")
    except OSError as error:
        raise Unwritable(f"{home / _LOCK}: {error.strerror or 'it cannot be opened'}") from error
    with lock:
        try:
            _acquire(lock.fileno(), on_wait)
        except OSError as error:  # not every disk of a network has locks
            raise Unwritable(f"{home / _LOCK}: {error.strerror or 'it cannot be locked'}") from error
        yield


def _acquire(descriptor: int, on_wait: Callable[[], None]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        _acquire_on_windows(descriptor, on_wait)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        on_wait()
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _acquire_on_windows(descriptor: int, on_wait: Callable[[], None]) -> None:
    import msvcrt
    import time

    has_waited = False
    while True:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EDEADLK):  # this is not what a lock of another run says
                raise
            if not has_waited:
                on_wait()
            has_waited = True
            time.sleep(0.2)
        else:
            return


def alone_in(root: Path, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
    """Hold the lock as `alone` does; there is none outside of a repository, and where git's own folder is read-only."""
    try:
        home = git_folder(root)
    except GitError:
        return nullcontext()
    return alone(home, on_wait) if os.access(home, os.W_OK) else nullcontext()


def write_all(writes: list[FileWrite], root: Path, home: Path) -> list[str]:
    """Write and move files; raises Unwritable before anything is touched when one of them is not as it was read.

    So it does when there is no room: each file is written whole beside the one it replaces before the first is replaced.
    Return sentences on what could not be done after all, because a file changed in between, or the disk failed.
    """
    for write in writes:
        _verify(write, root)
    if not writes:
        return []
    copies: dict[str, Path] = {}
    try:
        _stage_all(writes, root, copies)
        _save(writes, home)
        try:
            undone, is_held = _carry_out(writes, root, copies)
        except KeyboardInterrupt:  # the rest takes a moment, and half of it helps nobody
            finish(root, home, lambda _: None)
            raise
    finally:
        for copy in copies.values():
            discard(copy)
    return [*undone, _LATER] if is_held else undone + _remove(home / _JOURNAL)


def _stage_all(writes: list[FileWrite], root: Path, copies: dict[str, Path]) -> None:
    for write in writes:
        tidy(root / write.path)
    for write in writes:
        if write.after != write.before:
            try:
                copies[write.path] = stage(root / write.path, write.after, is_there=True)
            except Unwritable as error:
                raise Unwritable(f"{write.path}: {error}") from error


def finish(root: Path, home: Path, tell: Callable[[list[str]], object]) -> list[str]:
    """Do what a journal says and is not done yet, and remove it; without a journal, nothing. Return what could not be done.

    `tell` is called with the paths that were still to be done, before that is done. Raises Unwritable when the journal cannot be read, or when the disk does not let it be carried out: then it stays.
    """
    journal = home / _JOURNAL
    try:
        entries = _entries(journal.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unwritable(f"{journal}: {error.strerror or 'it cannot be read'}") from error
    left = [entry for entry in entries if not _is_done(entry, root)]
    if len(left) == len(entries) and all(_is_untouched(entry, root) for entry in entries):
        for entry in entries:
            _tidy(entry, root)
        return _remove(journal)
    if left:
        tell([entry.to for entry in left])
    undone, is_held = _carry_out(entries, root, {})
    if is_held:
        raise Unwritable(f"{undone[-1]}; a run that was interrupted here cannot be finished")
    return undone + _remove(journal)


def _is_done(entry: FileWrite, root: Path) -> bool:
    there = _seen(entry.to, root)
    return there == entry.after and (entry.path == entry.to or _seen(entry.path, root) is None)


def _is_untouched(entry: FileWrite, root: Path) -> bool:
    return _seen(entry.path, root) == entry.before and (entry.path == entry.to or _seen(entry.to, root) is None)


def _tidy(entry: FileWrite, root: Path) -> None:
    """Remove what an interrupted run left beside a file."""
    if not leads_out(root / entry.path, root):
        tidy(root / entry.path)


def _seen(name: str, root: Path) -> bytes | None:
    """Return what is in a file; nothing where it is not there, or cannot be read."""
    try:
        return None if leads_out(root / name, root) else read_before(root / name, root)
    except Unwritable:
        return None


def _carry_out(entries: list[FileWrite], root: Path, copies: Mapping[str, Path]) -> tuple[list[str], bool]:
    """Return what could not be done, and whether that may be done later: then nothing more was tried."""
    undone: list[str] = []
    for step in (_write, _move):
        for entry in entries:
            try:
                step(entry, root, copies.get(entry.path))
            except Unwritable as error:
                undone.append(f"{entry.path}: {error}")
                if isinstance(error, DiskFault):
                    return undone, True
    return undone, False


def _remove(journal: Path) -> list[str]:
    try:
        journal.unlink()
    except OSError as error:
        return [f"{journal}: {error.strerror or 'it cannot be removed'}"]
    return []


def _save(writes: list[FileWrite], home: Path) -> None:
    entries = [
        {"path": w.path, "to": w.to, "before": b64encode(w.before).decode(), "after": b64encode(w.after).decode()}
        for w in writes
    ]
    temporary = home / f"{_JOURNAL}.new"
    try:
        with temporary.open("wb") as file:
            file.write(json.dumps(entries).encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(home / _JOURNAL)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise Unwritable(f"{temporary}: {error.strerror or 'it cannot be written'}") from error


def _entries(content: bytes) -> list[FileWrite]:
    """Read a journal; nothing from one that is not ours, which is put in its place in one step and names files of here."""
    try:
        entries = [_entry(one) for one in json.loads(content)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return entries if all(_is_inside(one.path) and _is_inside(one.to) for one in entries) else []


def _entry(raw: dict[str, str]) -> FileWrite:
    return FileWrite(raw["path"], raw["to"], b64decode(raw["before"]), b64decode(raw["after"]))


def _is_inside(name: str) -> bool:
    """Tell whether a path is one of a file in the working tree, as far as its name tells."""
    if not isinstance(name, str) or "\0" in name:
        return False
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    path = Path(name)
    return bool(path.parts) and not path.anchor and not any(part.casefold() in ("..", ".git") for part in path.parts)


def _verify(write: FileWrite, root: Path) -> None:
    """Refuse a file that is not as it was read, and a move of what is no plain file, or onto something."""
    path = root / write.path
    if read_before(path, root) != write.before:
        raise Unwritable(f"{write.path} has changed meanwhile")
    if write.path != write.to:
        if path.is_symlink():
            raise Unwritable(f"{write.path} is a symlink, which is not moved")
        if read_before(root / write.to, root) is not None:
            raise Unwritable(f"{write.to} is there already")


def _write(entry: FileWrite, root: Path, copy: Path | None) -> None:
    path = root / entry.path
    if leads_out(path, root):
        raise Unwritable("a symlink that leads out of the repository is not followed")
    if copy is None:
        _tidy(entry, root)
    there = read_before(path, root)
    if there == entry.after or (there is None and read_before(root / entry.to, root) == entry.after):
        return
    if copy is None:
        replace_file(path, root, entry.before, entry.after)
    elif there != entry.before:
        raise Unwritable("it has changed meanwhile")
    else:
        settle(copy, path)


def _move(entry: FileWrite, root: Path, _copy: Path | None) -> None:
    """Give a file its other name, never over a file that is there."""
    old, new = root / entry.path, root / entry.to
    if entry.path == entry.to:
        return
    there = read_before(new, root)
    if read_before(old, root) is None and there == entry.after:
        return
    if read_before(old, root) != entry.after:
        raise Unwritable("it has changed meanwhile")
    try:
        if there is None and not give_name(old, new):
            raise Unwritable(f"{entry.to} is there already")
        if old.exists() and not _is_linked(old, new):
            raise Unwritable(f"{entry.to} is there already")
        old.unlink(missing_ok=True)
    except OSError as error:
        raise fault_of(error) from error


def _is_linked(old: Path, new: Path) -> bool:
    """Tell whether both are names of one file; on a disk that does not tell A from a, one name may look like two."""
    return old.samefile(new) and old.stat().st_nlink > 1


def is_unfinished(root: Path) -> bool:
    """Tell whether a run was interrupted here; False where git does not answer."""
    try:
        return (git_folder(root) / _JOURNAL).exists()
    except GitError:
        return False
