"""Ranks the windows of a transcript with SQLite's full-text search, in memory: nothing of a meeting is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.search_index import has_fts5
from onrecord.draft.evidence import COUNT, WIDTH, best, expression_of, ranked_by_likeness, spans_of, text_of

if TYPE_CHECKING:
    from onrecord.draft.evidence import Window
    from onrecord.draft.transcript import Transcript


class Found(NamedTuple):
    """The windows, best first, and a line for people where they were found in another way than usual."""

    windows: list[Window]
    notes: list[str]


def find_windows(transcript: Transcript, title: str, count: int = COUNT, width: int = WIDTH) -> Found:
    """Return the windows about a decision; none where no turn has a word of its name."""
    spans = spans_of(transcript, width)
    texts = [text_of(span) for span in spans]
    if not has_fts5():
        note = "this Python's SQLite lacks FTS5: the turns were ranked by likeness"
        return Found(best(spans, ranked_by_likeness(texts, title), title, count), [note])
    return Found(best(spans, _ranked(texts, expression_of(title)), title, count), [])


def _ranked(texts: list[str], expression: str) -> list[tuple[int, float]]:
    if not expression:
        return []
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE windows USING fts5(words, tokenize = 'porter unicode61')")
        connection.executemany("INSERT INTO windows (rowid, words) VALUES (?, ?)", enumerate(texts))
        query = "SELECT rowid, -bm25(windows) FROM windows WHERE windows MATCH ? ORDER BY bm25(windows), rowid"
        return connection.execute(query, (expression,)).fetchall()
