"""The log of a repository, read once: cards and searchable text in SQLite, kept in the git directory.

A file is read again only when its text, the templates beside it, the team's words or this tool have changed. The index
is a cache: when it cannot be kept or is damaged, everything is read anew, into memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.discover import discover
from onrecord.adapters.entries import Entry, EntryReader
from onrecord.adapters.files import reason_of
from onrecord.adapters.git import GitError, run_git
from onrecord.log.search_text import (
    END,
    MARK,
    WEIGHTS,
    Card,
    SearchText,
    is_text,
    match_expression,
    readable,
)
from onrecord.log.similar import Vectors

if TYPE_CHECKING:
    from onrecord.check import Config, Skipped
    from onrecord.record import Vocabulary

BUSY_S = 10.0  # how long to wait for another run that is writing
SLOW_S = 2.0  # from there on it is worth a word that the index could not be kept
LAYOUT = 1  # of the tables; another one is thrown away
_COLUMNS = ", ".join(SearchText._fields)
MANY = 200  # files to read from which on a word is said: they take seconds
_ENGINE = "fts5"
_Read = Callable[[list[str]], dict[str, list[Entry]]]


class Hit(NamedTuple):
    """One result. `score` is bm25 turned round, or a cosine: higher is better; `snippet` has MARK and END around matching words."""

    card: Card
    score: float
    snippet: str


class Found(NamedTuple):
    """What a search found; `every` tells that all words of the query were asked for, `total` how many match."""

    hits: list[Hit]
    total: int
    every: bool


class Log:
    """All records of a repository, as they are in the working tree at this moment. `notes` are for people."""

    def __init__(self, connection: sqlite3.Connection, renew: Callable[[], sqlite3.Connection]) -> None:
        """Take over an up-to-date index; `renew` makes another one, in case it turns out to be damaged."""
        self._connection, self._renew = connection, renew
        self.skipped: list[Skipped] = []
        self.notes: list[str] = []

    def close(self) -> None:
        """Let go of the index."""
        self._connection.close()

    def cards(self) -> list[Card]:
        """Return all records, by path and line."""
        return [card for card, *_ in self._rows("SELECT card FROM card ORDER BY path, line")]

    def texts(self) -> list[str]:
        """Return what is compared of each record, in the order of `cards`."""
        query = (
            "SELECT title || '\n' || body FROM card JOIN words ON words.rowid = card.id ORDER BY card.path, card.line"
        )
        return [row[0] for row in self._ask(query)]

    def search(self, query: str, limit: int) -> Found:
        """Return the best matches: records with all words, or where there is none those with some.

        No record has all words of a text that was pasted in; then likeness finds more than bm25 (bench/search.py).
        """
        if not has_fts5() or is_text(query):
            return self._search_by_likeness(query, limit)
        for every in (True, False):
            expression = match_expression(query, every)
            if expression and (total := self._ask("SELECT count(*) FROM words WHERE words MATCH ?", expression)[0][0]):
                return Found(self.matching(expression, limit), total, every)
        return Found([], 0, every=True)

    def matching(self, expression: str, limit: int) -> list[Hit]:
        """Return the best matches of an FTS5 expression."""
        body = SearchText._fields.index("body")
        rows = self._rows(  # by rank alone, so that SQLite makes snippets only of what it returns
            f"SELECT card, -rank, snippet(words, {body}, ?, ?, '…', 24)"  # noqa: S608 - a constant
            " FROM words JOIN card ON card.id = words.rowid WHERE words MATCH ? AND rank MATCH ? ORDER BY rank LIMIT ?",
            MARK,
            END,
            expression,
            f"bm25({', '.join(WEIGHTS)})",
            limit,
        )
        hits = [Hit(card, score, readable(snippet)) for card, score, snippet in rows]
        return sorted(hits, key=lambda hit: (-hit.score, hit.card.path, hit.card.line))

    def _search_by_likeness(self, query: str, limit: int) -> Found:
        cards, texts = self.cards(), self.texts()
        near = Vectors([*texts, query]).nearest(len(texts))
        hits = [Hit(cards[one.place], one.score, cards[one.place].decision) for one in near[:limit]]
        return Found(hits, len(near), every=False)

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        """Return rows that begin with a card; where one is of another shape, those of a new index."""
        try:
            return [(_card(card), *rest) for card, *rest in self._ask(query, *values)]
        except (ValueError, TypeError):
            self._take_new()
            return [(_card(card), *rest) for card, *rest in self._ask(query, *values)]

    def _ask(self, query: str, *values: str | int) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self._take_new()
            return self._connection.execute(query, values).fetchall()

    def _take_new(self) -> None:
        self._connection.close()
        self._connection = self._renew()


def open_log(root: Path, config: Config, vocabulary: Vocabulary, tell: Callable[[str], None]) -> Log:
    """Return the log of the repository with its index brought up to date; `tell` gets a word when that takes long."""
    found = discover(root, config)
    reader = EntryReader(root, config, vocabulary)
    contents = {name: content for name in found.files if (content := reader.content(name)) is not None}
    keys = {name: reader.key(name, content) for name, content in contents.items()}

    def read(names: list[str]) -> dict[str, list[Entry]]:
        if len(names) >= MANY:
            tell(f"reading {len(names)} files; the next time only those that have changed")
        return {name: list(reader.read(name, contents[name])) for name in names}

    def in_memory() -> sqlite3.Connection:
        return _kept(":memory:", keys, read)

    start, why = time.monotonic(), ""
    try:
        log = Log(_in_git(root, keys, read) if found.tracked_only and has_fts5() else in_memory(), in_memory)
    except (sqlite3.Error, OSError, GitError) as error:  # locked for long, read-only, disk full
        why = reason_of(error)
        log = Log(in_memory(), in_memory)
    if why and time.monotonic() - start > SLOW_S:
        log.notes.append(f"the index in the git directory cannot be written ({why}), so every file was read again")
    if not has_fts5():
        log.notes.append(
            "this Python's SQLite lacks FTS5: results are ranked by likeness, and nothing is marked in them"
        )
    log.skipped = found.skipped
    return log


@cache
def has_fts5() -> bool:
    """Tell whether SQLite was built with full-text search; nearly all are."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(f"CREATE VIRTUAL TABLE probe USING {_ENGINE}(words)")
        except sqlite3.OperationalError:
            return False
    return True


def _in_git(root: Path, keys: dict[str, bytes], read: _Read) -> sqlite3.Connection:
    """Open the index in git's own directory; one that is damaged is made anew."""
    place = root / os.fsdecode(run_git(root, "rev-parse", "--git-path", "onrecord/search.sqlite")).removesuffix("\n")
    place.parent.mkdir(exist_ok=True)
    try:
        return _kept(str(place), keys, read)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, ValueError, TypeError):
        for end in (
            "-journal",
            "",
        ):  # a journal without its database first: the other way round it would be played back
            Path(f"{place}{end}").unlink(missing_ok=True)
        return _kept(str(place), keys, read)


def _kept(place: str, keys: dict[str, bytes], read: _Read) -> sqlite3.Connection:
    """Open an index and bring it up to date in one transaction; a run that is cut short leaves it as it was."""
    connection = sqlite3.connect(place, timeout=BUSY_S, isolation_level=None)
    try:
        known = _known(connection)
        if known != keys:
            entries = read(_changed(known, keys))  # before the transaction: others should not wait for it
            connection.execute("BEGIN IMMEDIATE")
            _update(connection, keys, entries, read)
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _known(connection: sqlite3.Connection) -> dict[str, bytes] | None:
    """Return the files an index holds with their keys, None when its tables are not of this layout."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
        return None
    return {os.fsdecode(path): key for path, key in connection.execute("SELECT path, key FROM file")}


def _changed(known: dict[str, bytes] | None, keys: dict[str, bytes]) -> list[str]:
    return [name for name, key in keys.items() if (known or {}).get(name) != key]


def _update(
    connection: sqlite3.Connection, keys: dict[str, bytes], entries: dict[str, list[Entry]], read: _Read
) -> None:
    known = _known(connection)  # again: another run may have been faster
    if known is None:
        for table in ("file", "card", "words"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _tables():
            connection.execute(statement)
        known = {}
    for name in known:
        if known[name] != keys.get(name):
            path = (os.fsencode(name),)
            connection.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM card WHERE path = ?)", path)
            connection.execute("DELETE FROM card WHERE path = ?", path)
            connection.execute("DELETE FROM file WHERE path = ?", path)
    changed = _changed(known, keys)
    entries |= read([name for name in changed if name not in entries])
    for name in changed:
        connection.execute("INSERT INTO file VALUES (?, ?)", (os.fsencode(name), keys[name]))
        for card, text in entries[name]:
            _insert(connection, os.fsencode(name), card, text)


def _tables() -> tuple[str, ...]:
    return (
        "CREATE TABLE file (path BLOB PRIMARY KEY, key BLOB NOT NULL)",
        "CREATE TABLE card (id INTEGER PRIMARY KEY, path BLOB NOT NULL, line INTEGER NOT NULL, card TEXT NOT NULL)",
        "CREATE INDEX card_by_path ON card (path)",
        f"CREATE VIRTUAL TABLE words USING {_ENGINE}({_COLUMNS}, tokenize = 'porter unicode61 remove_diacritics 2')"
        if has_fts5()
        else f"CREATE TABLE words ({_COLUMNS})",
        f"PRAGMA user_version = {LAYOUT}",
    )


def _insert(connection: sqlite3.Connection, path: bytes, card: Card, text: SearchText) -> None:
    row = connection.execute(
        "INSERT INTO card (path, line, card) VALUES (?, ?, ?)", (path, card.line, json.dumps(card))
    )
    places = ", ".join("?" * len(text))
    connection.execute(f"INSERT INTO words (rowid, {_COLUMNS}) VALUES (?, {places})", (row.lastrowid, *text))  # noqa: S608


def _card(stored: str) -> Card:
    values: list[Any] = json.loads(stored)
    return Card(*(_tuples(value) for value in values))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value
