"""What a model answers: for a draft, and for the wording of a record; nothing of it is believed."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import contextlib
import json

from onrecord.adapters.evidence_index import find_windows
from onrecord.adapters.files import Content, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.draft.from_model import with_model
from onrecord.draft.from_transcript import draft_of
from onrecord.draft.reply import ReplyFault, read_reply
from onrecord.draft.rewording import reworded, shown
from onrecord.draft.transcript import read as read_transcript
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import shipped

IS_JSON = True
TITLE = "Use Redis for sessions"
TALK = "Ann Lee: DECISION: we use Redis for sessions\nBob: because files are slow, and not Postgres\nAnn Lee: I will move it by Friday\nBob: ok\n"
RECORD = "# 1. Use Redis\n\n## Status\n\nAccepted\n\n## Context\n\nSessions are lost in `src/old.py`.\n\n## Decision\n\nWe will use Redis.\n\n* It is quick\n"
FORM = schema("draft-reply")
SEEDS = (
    json.dumps({"noop": False, "decision": {"turn": 1, "quote": "we use Redis for sessions", "text": "Use Redis"}, "because": {"turn": 2, "quote": "files are slow", "text": "slow"}, "alternatives": [{"turn": 2, "quote": "not Postgres", "text": "Postgres"}], "context": None, "consequences": [], "tasks": [{"turn": 3, "quote": "I will move it", "text": "move it", "who": "Ann Lee"}]}),
    json.dumps({"edits": [{"line": 9, "before": "Sessions are lost in `src/old.py`.", "after": "Sessions are lost in `src/new.py`."}], "noop": False}),
    "<think>{</think>Here:\n```json\n{\"noop\": true, \"decision\": null}\n```\n",
)  # fmt: skip
WORDS = ("turn", "quote", "text", "who", "edits", "line", "before", "after", "we use Redis for sessions", "Sessions are lost in `src/old.py`.", "We will use Redis.", "<think>", "</think>", "```json\n", "{", "NaN", "1e999", "Infinity", "2.0", "[x](y)", "<!--")  # fmt: skip


def _records(text: str) -> list[DecisionRecord]:
    path = "docs/adr/0001-x.md"
    return [file.record for file in read_as_records(Content(text, ()), path, path, shipped())]


def read(data: bytes) -> None:
    """Take an answer for a draft and for a rewording."""
    answer = data.decode("utf-8", "replace")
    talk = read_transcript(TALK)
    windows = find_windows(talk, TITLE).windows
    draft = draft_of(TITLE, talk, windows, "talk.txt", "2026-02-03")
    assert draft
    with contextlib.suppress(ReplyFault):
        with_model(draft, read_reply(answer, FORM), TITLE, talk, windows)
    path = "docs/adr/0001-x.md"
    lines = shown(read_as_records(Content(RECORD, ()), path, path, shipped())[0])
    after = reworded(answer, RECORD, lines, ("src/old.py is gone, src/new.py is there",), _records)
    assert len(after.text.split("\n")) == len(RECORD.split("\n"))
