"""What was worked out once, kept in git's own directory under a hash of everything that it was worked out from.

Nothing is ever out of date here: another text, path, setting or version of the tool makes another key. Whatever goes
wrong (no room, no permission, another run, a damaged file) costs time and never an answer: what is not found is worked
out again. Several runs may read and write at once.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import onrecord
from onrecord.adapters.files import git_folders
from onrecord.lazily import TYPE_CHECKING

try:
    from _blake2 import blake2b  # what hashlib has, without OpenSSL, which takes longer to load than all else here
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection
    from typing import Any, TypeVar

    T = TypeVar("T")

NAME = "kept-1.sqlite"  # the number is that of the layout: a tool that knows another one has a file of its own
WAIT_S = 0.2  # for another run that is writing; then it is quicker to go without
MOST = 60_000  # results; of more, the older half is dropped
MOST_WHOLE = 3  # results about a whole history, which are large
_SUM = 8  # bytes
_AT_ONCE = 500  # keys in one question
_ROOMS = (
    *("adapters", "change", "check", "cli", "log", "log/index", "markdown", "record", "record/edit", "record/read"),
    "rules",
)
_WORDS = "record/vocabulary"


class Kept:
    """Results by their keys (see `key_of`); those that are new are written by `save`."""

    def __init__(self, folder: Path | None) -> None:
        """Look into `onrecord` below git's own folder; None: nothing is kept."""
        self._place = folder / "onrecord" / NAME if folder else None
        self._connection: sqlite3.Connection | None = None
        self._new: dict[bytes, tuple[bytes, bool]] = {}
        self._fetched: dict[bytes, bytes] = {}
        if self._place and os.path.isfile(self._place):  # noqa: PTH113 - a place that cannot be looked at is none
            self._try(self._open)

    @property
    def lasts(self) -> bool:
        """Tell whether a later run finds what is put here."""
        return self._place is not None

    @property
    def has_news(self) -> bool:
        """Tell whether anything had to be worked out."""
        return bool(self._new) and self.lasts

    def get(self, key: bytes) -> bytes | None:
        """Return the result under a key, None when it is not there or not as it was written."""
        if key in self._new:
            return self._new[key][0]
        return self._try(lambda: self._read(key)) if self._connection else None

    def has(self, key: bytes) -> bool:
        """Tell whether a result was put here or fetched; whether it is as it was written, `get` tells."""
        return key in self._new or key in self._fetched

    def fetch(self, keys: list[bytes]) -> None:
        """Read the results under many keys at once, which `get` then finds sooner."""
        for at in range(0, len(keys) if self._connection else 0, _AT_ONCE):
            self._try(partial(self._read_many, keys[at : at + _AT_ONCE]))

    def _read_many(self, keys: list[bytes]) -> None:
        places = ", ".join("?" * len(keys))
        for key, value in self._ask(f"SELECT key, value FROM kept WHERE key IN ({places})", *keys):  # noqa: S608
            self._fetched[key] = value

    def put(self, key: bytes, value: bytes, is_whole: bool = False) -> None:
        """Keep a result; `is_whole` for one about a whole history, of which only the newest few are kept."""
        self._new[key] = (value, is_whole)

    def news(self) -> list[tuple[bytes, bytes]]:
        """Return what was put here and is not written yet, by its keys."""
        return [(key, value) for key, (value, _) in self._new.items()]

    def once(self, key: bytes, work: Callable[[], T]) -> T:
        """Return the JSON value under a key, worked out now when it is not there."""
        found = self.get(key)
        if found is not None:
            value: T = json.loads(found)
            return value
        made = work()
        with suppress(TypeError):  # a team's own words may be no JSON
            text = json.dumps(made)
            if json.loads(text) == made:
                self.put(key, text.encode())
        return made

    def save(self) -> None:
        """Write what is new, all or nothing; when that cannot be done, the next run works it out again."""
        if self._new and self._place:
            self._try(self._write)
        self._new = {}
        self._close()

    def _try(self, work: Callable[[], T]) -> T | None:
        import sqlite3  # here, because there may be nothing to look at

        try:
            return work()
        except (sqlite3.OperationalError, OSError, ValueError):  # locked, read-only, disk full
            self._close()
        except (sqlite3.DatabaseError, TypeError):
            self._throw_away()
        return None

    def _read(self, key: bytes) -> bytes | None:
        stored = self._fetched.pop(key, None)
        if stored is None:
            rows = self._ask("SELECT value FROM kept WHERE key = ?", key)
            stored = rows[0][0] if rows else b""
        value = stored[_SUM:]
        return value if stored and stored[:_SUM] == _sum(key, value) else None

    def _open(self) -> None:
        import sqlite3

        self._connection = sqlite3.connect(str(self._place), timeout=WAIT_S, isolation_level=None)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(Exception):
                connection.close()

    def _ask(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall() if self._connection else []

    def _write(self) -> None:
        if self._connection is None and self._place:
            self._place.parent.mkdir(exist_ok=True)
            self._open()
        self._ask("PRAGMA synchronous = OFF")  # to wait for the disk costs more than what a power cut may lose here
        self._ask("BEGIN IMMEDIATE")
        self._ask("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, whole INTEGER NOT NULL)")
        for key, (value, is_whole) in self._new.items():
            self._ask("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", key, _sum(key, value) + value, int(is_whole))
        oldest = "DELETE FROM kept WHERE whole = ? AND rowid NOT IN (SELECT rowid FROM kept WHERE whole = ? ORDER BY rowid DESC LIMIT ?)"
        if any(is_whole for _, is_whole in self._new.values()):
            self._ask(oldest, 1, 1, MOST_WHOLE)
        if self._ask("SELECT count(*) FROM kept")[0][0] > MOST:
            self._ask(oldest, 0, 0, MOST // 2)
        self._ask("COMMIT")

    def _throw_away(self) -> None:
        """Remove a damaged file, its journal first: the other way round, that would be played back into a new one."""
        self._close()
        with suppress(OSError):
            for end in ("-journal", ""):
                Path(f"{self._place}{end}").unlink(missing_ok=True)


def kept_beside(root: Path) -> Path | None:
    """Return the folder in which git keeps what all working trees of a repository share; git itself is not asked."""
    shared = git_folders(root)[1]
    return shared if shared.is_dir() else None


def key_of(kind: str, *parts: bytes | str | Collection[str]) -> bytes:
    """Return the key of a result: of what kind it is, all that it is worked out from, and this tool."""
    whole = _begun(tool_state()).copy()
    pieces: list[bytes] = []
    for part in (kind, *parts):
        for text in (part,) if isinstance(part, bytes | str) else (str(len(part)), *part):
            content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            pieces += b"%d:" % len(content), content
    whole.update(b"".join(pieces))
    return whole.digest()


@cache
def _begun(state: bytes) -> blake2b:
    return blake2b(state, digest_size=20)


@cache
def tool_state() -> bytes:
    """Return what changes with the version of this tool, of Python, and of the libraries, or when code is edited in place."""
    package = Path(onrecord.__file__).parent
    found = [onrecord.__version__, sys.version]
    for folder in sorted(folder for folder in sys.path if folder.endswith("site-packages")):
        found += sorted(name for name in _names(folder) if name.endswith(".dist-info"))
    for room in (*_ROOMS, _WORDS):
        found += sorted(_names_and_times(package / room))
    return blake2b("\n".join(found).encode("utf-8", "surrogatepass"), digest_size=20).digest()


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - quicker, and nothing but names is needed
    except OSError:
        return []


def _names_and_times(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [
                f"{one.name} {(stat := one.stat()).st_mtime_ns} {stat.st_size}"
                for one in entries
                if one.name.endswith((".py", ".json"))
            ]
    except OSError:  # inside an archive
        return []


def _sum(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=_SUM, key=key).digest()
