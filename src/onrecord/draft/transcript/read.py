"""Reads a transcript of any kind: knows it by its content, cleans it, and numbers its turns. Never raises on any bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.transcript.clean import (
    MOST_CHARACTERS,
    MOST_OF_A_TURN,
    one_line,
    without_comments,
    without_unseen,
)
from onrecord.draft.transcript.cues import read_cues
from onrecord.draft.transcript.model import Pieces, Problem, Spoken, Transcript, Turn
from onrecord.draft.transcript.named_lines import NAME_LINE, read_named_lines
from onrecord.draft.transcript.names import could_be_name, people
from onrecord.draft.transcript.notes import BOLD, read_notes
from onrecord.draft.transcript.plain import read_plain
from onrecord.draft.transcript.segments import parsed, read_segments
from onrecord.draft.transcript.slack import messages_of, read_slack

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMS = ("webvtt", "srt", "notes", "named-lines", "json", "slack", "plain")
LONG = 600  # characters from which on the next cue of the same voice is a turn of its own
_SRT = re.compile(r"\s*\d{1,6}\n\s*\d{1,3}:\d{1,2}:\d{1,2},\d{1,3}\s*-->")
_ARROW = re.compile(r"^[^\S\n]*+(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-->", re.MULTILINE)
_MARK = re.compile(
    r"\W*(?:DECISION|DECIDED|AGREED|RESOLVED|ACTION(?: ITEM)?S?\s*:|\[ADR\]"
    r"|(?i:(?:decision|decided|agreed|resolved|actions?(?: items?)?)\]?[\s*_]*:|\[adr\]))"
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(content: bytes | str, form: str | None = None, users: Mapping[str, str] | None = None) -> Transcript:
    """Return the turns of a transcript. `form` is one of FORMS, None: by its content; `users` are names by Slack id."""
    text, problems = _decoded(content)
    if len(text) > MOST_CHARACTERS and text.lstrip()[:1] not in ("[", "{"):
        problems.append(
            Problem(text.count("\n", 0, MOST_CHARACTERS) + 1, "the text is too long; from here on it was left out")
        )
        text = text[:MOST_CHARACTERS]
    text = without_unseen(text)
    form = form or form_of(text)
    pieces = _pieces(text, form, users or {})
    turns, cut = _turns(_joined(pieces.spoken) if form in ("webvtt", "srt", "json") else pieces.spoken)
    there = people([*(one_line(name) for name in pieces.listed), *(turn.speaker for turn in turns)])
    problems += [*pieces.problems, *cut]
    if not turns and not problems:
        problems.append(Problem(1, "there is nothing in it that anybody said"))
    return Transcript(turns, there, tuple(problems), form)


def form_of(text: str) -> str:
    """Return what kind of transcript a text is."""
    start = text.lstrip()
    if start[:6].upper() == "WEBVTT":
        return "webvtt"
    if start[:1] in ("[", "{") and (form := _form_of_json(text)):
        return form
    if _ARROW.search(text[:20_000]):
        return "srt" if _SRT.match(start) else "webvtt"
    lines = [line for line in text.split("\n") if line.strip()][:2_000]
    bold = sum(1 for line in lines if (match := BOLD.match(line)) and could_be_name(match["name"]))
    named = sum(1 for line in lines if (match := NAME_LINE.match(line)) and could_be_name(match["name"]))
    if bold and bold >= named:
        return "notes"
    return "named-lines" if named else "plain"


def _form_of_json(text: str) -> str | None:
    try:
        data = parsed(text)
    except ValueError:
        return None if text.lstrip()[:1] == "[" and re.match(r"\s*\[[\d:. ]*[APMapm]*\]", text) else "json"
    return "slack" if messages_of(data) is not None else "json"


def _pieces(text: str, form: str, users: Mapping[str, str]) -> Pieces:
    if form in ("json", "slack"):
        try:
            data = parsed(text)
        except ValueError as error:
            line = getattr(error, "lineno", 1)
            return Pieces([], (), (Problem(line, f"this does not read as JSON: {getattr(error, 'msg', error)}"),))
        messages = messages_of(data) if form == "slack" else None
        if form == "slack" and messages is None:
            return Pieces([], (), (Problem(1, "this JSON is no list of Slack messages"),))
        return read_segments(data) if messages is None else read_slack(messages, users)
    if form in ("webvtt", "srt"):
        return read_cues(text)
    readers = {"notes": read_notes, "named-lines": read_named_lines}
    return readers.get(form, read_plain)(without_comments(text))


def _joined(spoken: list[Spoken]) -> list[Spoken]:
    """Join the cues of one voice, which end where the line is full; those without a name up to the end of a sentence."""
    out: list[Spoken] = []
    for one in spoken:
        last = out[-1] if out else None
        text = one.text.strip()
        if not text:
            continue
        is_same = last is not None and last.speaker == one.speaker and len(last.text) < LONG and not _MARK.match(text)
        if last is None or not is_same or (one.speaker is None and re.search(r"[.?!。？！]['\"”’)]*\s*\Z", last.text)):
            out.append(one)
        else:
            out[-1] = last._replace(text=f"{last.text.rstrip()} {text}")
    return out


def _turns(spoken: list[Spoken]) -> tuple[tuple[Turn, ...], list[Problem]]:
    turns: list[Turn] = []
    problems: list[Problem] = []
    for one in spoken:
        text = one_line(one.text)
        if len(text) < len(one.text) and len(one.text) > MOST_OF_A_TURN:
            problems.append(Problem(one.line, f"this turn has more than {MOST_OF_A_TURN} characters and was cut"))
        if any(map(str.isalnum, text)):
            turns.append(Turn(len(turns) + 1, one.speaker, text, one.start))
    return tuple(turns), problems


def _decoded(content: bytes | str) -> tuple[str, list[Problem]]:
    if isinstance(content, str):
        return content, []
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if encoding == "utf-16":
            return content.decode(encoding, "replace"), [Problem(line, "from here on some bytes are no UTF-16")]
        return content.decode("cp1252", "replace"), [
            Problem(line, "a byte here is not UTF-8; the file was read as Latin-1")
        ]
