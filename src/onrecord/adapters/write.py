"""Files of the working tree, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from onrecord.adapters.files import MAX_BYTES, Unreadable, is_gits, leads_out, read_bytes

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EIO))
_PASSING = frozenset((errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM))
_MOST_BYTES = 240  # of the name of a copy, without its last part
_LEFT_BEHIND = re.compile(r"[0-9a-f]{8}")


class Unwritable(Exception):
    """A path cannot be written; the message is for people."""


class DiskFault(Unwritable):
    """It cannot be written now, and may be later: read-only, not permitted."""


class DiskFull(DiskFault):
    """There is no room, or the disk is broken."""


def read_before(path: Path, root: Path) -> bytes | None:
    """Return what stands at a path that is going to be written, None when nothing does; raises Unwritable if it must not be."""
    if not os.path.lexists(path):
        _verify(path, root)
        return None
    try:
        content = read_bytes(path, root)
    except Unreadable as error:
        raise Unwritable(str(error)) from error
    if len(content) > MAX_BYTES:
        raise Unwritable(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return content


def replace_file(path: Path, root: Path, before: bytes | None, after: bytes) -> None:
    """Write a file in one step, if there still stands what stood there before; raises Unwritable.

    A symlink inside the repository stays one: what it points to is written. Permissions are kept.
    """
    if read_before(path, root) != before:
        raise Unwritable("it has changed meanwhile")
    _put(path, before is not None, after)


def overwrite(path: Path, root: Path, content: bytes) -> None:
    """Write a file in one step, whatever stood there; raises Unwritable, also for a place outside of the repository.

    The path may come from a configuration, and what lies at it from whoever wrote the repository.
    """
    real, home = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if not real.is_relative_to(home) or is_gits(real, home):
        raise Unwritable("it leads out of the repository, or into git's own folder")
    if os.path.lexists(path) and not path.is_file():
        raise Unwritable("not a plain file")
    _verify(path, root)
    tidy(path)
    _put(path, path.exists(), content)


def create_file(path: Path, content: bytes, copy_name: str = "") -> bool:
    """Write a new file in one step, and tell whether that was done: not when there is one; raises Unwritable.

    `copy_name` is that of its copy while it is written, up to a last part; by default the file's own.
    """
    copy = stage(path, content, copy_name)
    try:
        return give_name(copy, path)
    except OSError as error:
        raise fault_of(error) from error
    finally:
        discard(copy)


def give_name(file: Path, path: Path) -> bool:
    """Give a file another name, and tell whether that was done: not when it is taken; raises OSError.

    It may keep its old name as well.
    """
    try:
        os.link(file, path)
    except (OSError, NotImplementedError):  # it is taken, or this is a file system without hard links
        if os.path.lexists(path):
            return False
        file.rename(path)
    return True


def put_report(path: Path, content: bytes) -> None:
    """Write a file that was named in the call, in one step where that can be; raises Unwritable.

    A terminal or a pipe is written to as it is, and so is a file in a folder where no other can stand beside it.
    """
    real = Path(os.path.realpath(path))
    tidy(real)
    try:
        if not os.path.lexists(real) or stat.S_ISREG(real.lstat().st_mode):
            settle(stage(real, content, is_there=real.exists()), real)
            return
    except DiskFull:
        raise
    except Unwritable:
        pass
    try:
        with path.open("wb") as file:
            file.write(content)
    except OSError as error:
        raise fault_of(error) from error


def _put(path: Path, is_there: bool, content: bytes) -> None:
    make_folder(path)
    settle(stage(path, content, is_there=is_there), path)


def make_folder(path: Path) -> None:
    """Make the folder of a file where there is none; raises Unwritable."""
    try:
        Path(os.path.realpath(path)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault_of(error) from error


def stage(path: Path, content: bytes, copy_name: str = "", is_there: bool = False) -> Path:
    """Write what a file is to hold into a copy beside it and return that; raises Unwritable, with nothing left behind."""
    target = Path(os.path.realpath(path))
    copy = target.with_name(f"{_short(copy_name or f'.{target.name}')}.{token_hex(4)}")
    try:
        with copy.open("xb") as file:
            file.write(content)
        if is_there:
            shutil.copymode(target, copy)
    except BaseException as error:
        discard(copy)
        if isinstance(error, OSError):
            raise fault_of(error) from error
        raise
    return copy


def _short(name: str) -> str:
    """Return the beginning of a name that leaves room for a last part: no disk takes more than 255 bytes."""
    whole = name.encode("utf-8", "surrogateescape")
    return name if len(whole) <= _MOST_BYTES else whole[:_MOST_BYTES].decode("utf-8", "ignore")


def settle(copy: Path, path: Path) -> None:
    """Put a copy in the place of its file; raises Unwritable, and then the copy is gone."""
    try:
        copy.replace(os.path.realpath(path))
    except OSError as error:
        raise fault_of(error) from error
    finally:
        discard(copy)


def discard(copy: Path) -> None:
    """Remove a copy, if it is there."""
    with suppress(OSError):  # a name that is too long cannot even be looked for
        copy.unlink(missing_ok=True)


def tidy(path: Path, copy_name: str = "") -> None:
    """Remove what a killed run left beside a file: its copies. For who holds the lock, as nobody else writes then."""
    target = Path(os.path.realpath(path))
    name = _short(copy_name or f".{target.name}")
    with suppress(OSError):  # what cannot be looked at or removed stays
        for left in os.listdir(target.parent):  # noqa: PTH208 - names
            if left.startswith(f"{name}.") and _LEFT_BEHIND.fullmatch(left[len(name) + 1 :]):
                discard(target.parent / left)


def fault_of(error: OSError) -> Unwritable:
    """Return what people are told: a DiskFault where the same may go well later."""
    kind = DiskFull if error.errno in _FULL else DiskFault if error.errno in _PASSING else Unwritable
    return kind(error.strerror or "it cannot be written")


def _verify(path: Path, root: Path) -> None:
    """Refuse a new file below a folder that leads out of the repository, or below something that is no folder."""
    if leads_out(path, root):
        raise Unwritable("a symlink that leads out of the repository is not followed")
    for folder in path.parents:
        if folder == root or folder.is_dir():
            return
        if os.path.lexists(folder):
            raise Unwritable(f"{folder.name} is no folder")
