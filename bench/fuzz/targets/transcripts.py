"""Talk in every form it is exported in, Slack's users, filled agendas; and the record that is drafted from it."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import json

from onrecord.adapters.evidence_index import find_windows
from onrecord.draft.from_transcript import draft_of
from onrecord.draft.given_back import written
from onrecord.draft.minutes import is_minutes, read_minutes
from onrecord.draft.shapes import SHAPES
from onrecord.draft.transcript import FORMS
from onrecord.draft.transcript import read as read_transcript
from onrecord.draft.transcript.segments import parsed
from onrecord.draft.transcript.slack import users_of
from onrecord.record.vocabulary import shipped
from onrecord.render.draft import draft_json

MORE = ("tests/draft/transcripts",)
TITLE = "Use Redis for sessions"
SEEDS = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann Lee>DECISION: we use Redis for sessions</v>\n\nNOTE x\n\n00:03.000 --> 00:04.000\nBob: because it is quick\n",
    "1\n00:00:01,000 --> 00:00:02,000\nAnn: is it Redis?\n\n2\n00:00:03,000 --> 00:00:04,000\nYes, for sessions.\n",
    "Ann Lee  0:03\nWe use Redis for sessions.\nBob  1:02:10\nInstead of files. ACTION: Ann moves it by Friday.\n",
    "**Ann Lee:** Redis for sessions\n\n**Bob:** Decision: use Redis\n",
    "[10:32] Ann: sessions in Redis?\n[10:33] bob: agreed\nNote: x\nbob: DECISION: use Redis for sessions, not files\n",
    '{"segments": [{"start": 0.5, "text": "We use Redis for sessions", "speaker": "A"}]}',
    '[{"type": "message", "user": "U1", "text": "DECISION: Redis for sessions <@U2> &amp;", "ts": "1700000000.000100", "thread_ts": "1700000000.000100"}]',
    "# Decide: Use Redis for sessions\n\n<!-- onrecord:agenda -->\n\n## Outcome\n\nDecision: Redis\nBecause: quick\n\n## Follow-ups\n\n- [ ] Ann: move (due 2026-02-03)\n",
)  # fmt: skip
WORDS = (
    "WEBVTT\n", "NOTE ", "\n\n", "00:00:01.000 --> 00:00:02.000\n", "99:99:99,999 --> ", "-->", "<v Ann>", "</v>", "<c.x>", "Ann: ", "**Bob:** ", "Bob  0:03\n",
    "[1:02] ", "Attendees: Ann, Bob\n", "# Transcript\n", "DECISION: ", "ACTION: ", "Agreed: ", "Redis for sessions ", "instead of files", '"text": ', '"ts": "1.0"',
    '"user": "U1"', "<@U1>", "<https://x.example|y>", "&lt;", "<!--", "-->", "\u2028", "\u202e", "\x1b", "{", "}", "[", "]", "1e999", "NaN", "9" * 5000, "²:٣",
    "## Outcome\n", "Decision: ", "Because: ", "- [ ] Ann: x (due 2026-02-03)\n", "<!-- onrecord:agenda -->\n", "   ", "\t", "\xa0", "“", "”", "|",
)  # fmt: skip


def read(data: bytes) -> None:
    """Read talk in the form it has, and in one that it may not have; draft what was decided."""
    for form in (None, FORMS[len(data) % len(FORMS)]):
        found = read_transcript(data, form, {"U1": "Ann Lee"})
        assert found.turns or found.problems
        assert [turn.number for turn in found.turns] == list(range(1, len(found.turns) + 1))
        windows = find_windows(found, TITLE).windows
        draft = draft_of(TITLE, found, windows, "talk.txt", "2026-02-03")
        json.loads(draft_json(TITLE, found, windows, draft))
        if draft:
            dialect = tuple(SHAPES)[len(data) % len(SHAPES)]
            written(draft.content, dialect, "docs/adr/0001-x.md", shipped())
    text = data.decode("utf-8", "replace")
    if is_minutes(text):
        written(read_minutes(text, shipped(), "2026-02-03").content, "brief", "docs/adr/0001-x.md", shipped())
    try:
        users_of(parsed(text))
    except ValueError:
        return
