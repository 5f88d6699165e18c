"""Files of the working tree, written whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from onrecord.adapters.files import MAX_BYTES, Unreadable, leads_out, read_bytes


class Unwritable(Exception):
    """A path cannot be written; the message is for people."""


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
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(after)
        if before is not None:
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise Unwritable(error.strerror or "it cannot be written") from error
    finally:
        with suppress(OSError):  # a name that is too long cannot even be looked for
            temporary.unlink(missing_ok=True)


def _verify(path: Path, root: Path) -> None:
    """Refuse a new file below a folder that leads out of the repository, or below something that is no folder."""
    if leads_out(path, root):
        raise Unwritable("a symlink that leads out of the repository is not followed")
    for folder in path.parents:
        if folder == root or folder.is_dir():
            return
        if os.path.lexists(folder):
            raise Unwritable(f"{folder.name} is no folder")
