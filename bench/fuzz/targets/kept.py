"""What an earlier run left behind and something else has changed: caches in SQLite, and what stands in their rows."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing

from fuzz.places import empty, folder, write
from onrecord.adapters.github_coverage_cache import open_cache
from onrecord.adapters.github_coverage_pull import Kept as KeptPull
from onrecord.adapters.github_coverage_pull import as_json
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.kept import NAME, Kept, key_of
from onrecord.adapters.report_folder import file_name, read_finished
from onrecord.adapters.search_index import open_log
from onrecord.check import Config
from onrecord.record.vocabulary import shipped

RECORD = b"# 1. Use Redis\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use Redis.\n"
PULL = KeptPull(12, "2026-01-03T03:04:05Z", "2026-01-03T03:04:05Z", "1" * 40, "x", "Use Redis", "x", "ann", False, "2026-01-02", ("x",), (), (("a", "added", 1, 0),), None, "", True, False, ())  # fmt: skip
SEEDS = (
    "search.sqlite\nUPDATE card SET card = '[1]'",
    "search.sqlite\nUPDATE file SET key = x'00', path = 3; DELETE FROM words",
    "search.sqlite\nDROP TABLE words",
    "github.sqlite\nUPDATE pull SET data = '{}', number = 'x'",
    "github.sqlite\nUPDATE reach SET low = 3, cursor = x'00'",
    "github.sqlite\nPRAGMA user_version = 7",
    "kept\nUPDATE kept SET value = 3",
    "kept\nUPDATE kept SET key = 'x', value = x''; DROP TABLE kept",
    b"raw search.sqlite\nSQLite format 3\0\x10\0\1\1\0@  \0\0\0\1\0\0\0\2",
    b"raw github.sqlite\n" + b"SQLite format 3\0" + b"\xff" * 90,
    b"raw kept\nno database",
    'report\n{"version": 1}',
)
WORDS = ("UPDATE card SET card = ", "UPDATE pull SET data = ", "UPDATE kept SET value = ", "UPDATE file SET path = ", "UPDATE reach SET high = ", "DELETE FROM ", "DROP TABLE ", "ALTER TABLE pull RENAME TO x", "PRAGMA user_version = ", "x''", "NULL", "'[]'", "'{}'", "'null'", "'[[1]]'", "1e999", "-1", "kept", "card", "words", "pull", "reach", "file", ";", "SQLite format 3\0", "CREATE TRIGGER t AFTER DELETE ON file BEGIN SELECT 1; END")  # fmt: skip


def read(data: bytes) -> None:
    """Change a cache as the input says, use it, and use it again: it costs time and never an answer."""
    root = empty()
    subprocess.run(["git", "init", "--quiet", "--template=", str(root)], check=True)
    write("docs/adr/0001-x.md", RECORD)
    subprocess.run(["git", "add", "docs"], cwd=root, check=True)
    head, _, rest = data.partition(b"\n")
    _use()
    name = {b"search.sqlite": "search.sqlite", b"github.sqlite": "github.sqlite"}.get(head.removeprefix(b"raw "), NAME)
    path = root / ".git" / "onrecord" / name
    if head.startswith(b"raw "):
        path.write_bytes(rest)
    elif head == b"report":
        write(file_name("a/b"), rest)
        read_finished(root, "a/b")
    else:
        _run(path, rest.decode("utf-8", "replace"))
    _use()
    _use()


def _run(path: object, statements: str) -> None:
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        for statement in statements.split(";")[:4]:
            if (
                any(word in statement.upper() for word in ("ATTACH", "VACUUM", "RECURSIVE", "PRAGMA"))
                and "user_version" not in statement
            ):
                continue  # other files, and what takes for ever
            try:
                connection.execute(statement).fetchmany(9)
            except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, MemoryError):
                continue


def _use() -> None:
    root = folder()
    kept = Kept(root / ".git")
    key = key_of("x", "y")
    assert kept.once(key, lambda: {"a": [1]}) == {"a": [1]}
    kept.save()
    log = open_log(root, Config(), shipped(), lambda _: None)
    log.cards()
    log.matching("redis", 3)
    log.close()
    cache = open_cache(root, "github.com/a/b main")
    try:
        cache.save([PULL])
        cache.reaches()
        cache.pulls(list(cache.standings()))
    except GitHubError:  # what was damaged is thrown away
        return
    finally:
        cache.close()
    json.loads(as_json(PULL))
