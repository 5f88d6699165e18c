"""JSON of speech recognition: Whisper's `segments`, Fireflies' `sentences`, and the like."""

from __future__ import annotations

import json
from typing import Any

from onrecord.draft.transcript.model import Pieces, Problem, Spoken
from onrecord.draft.transcript.names import name_of
from onrecord.draft.transcript.times import seconds

_LISTS = ("segments", "sentences", "utterances", "turns", "entries", "results", "transcript", "monologues")
_INSIDE = ("data", "transcript", "result", "results")
_TEXT = ("text", "sentence", "raw_text", "transcript", "content")
_SPEAKER = ("speaker_name", "speakerName", "speaker", "speaker_id", "name")
_START = ("start_time", "startTime", "start", "offset", "timestamp")


def read_segments(data: Any) -> Pieces:
    """Read parsed JSON; what has no text where one is expected is named with its place in the list."""
    items = segments_of(data)
    if items is None:
        return Pieces([], (), (Problem(1, "this JSON has no list of segments or sentences with text"),))
    spoken, problems = [], []
    for i, item in enumerate(items, 1):
        text = _first(item, _TEXT)
        if not isinstance(text, str):
            problems.append(Problem(1, f"entry {i} of the list has no text and was left out"))
            continue
        spoken.append(Spoken(_speaker(item), text, _start(item), 1))
    listed = [_speaker({"name": one}) if isinstance(one, str) else _speaker(one) for one in _listed(data)]
    return Pieces(spoken, tuple(name for name in listed if name), tuple(problems[:20]))


def segments_of(data: Any, depth: int = 0) -> list[Any] | None:
    """Return the list of segments in parsed JSON, None when there is none."""
    if isinstance(data, list):
        return data if any(isinstance(one, dict) and isinstance(_first(one, _TEXT), str) for one in data) else None
    if not isinstance(data, dict) or depth > 3:
        return None
    for key in (*_LISTS, *_INSIDE):
        if key in data and (found := segments_of(data[key], depth + 1)) is not None:
            return found
    return None


def parsed(text: str) -> Any:
    """Return parsed JSON; raises ValueError for what is none, or is nested too deeply to be a transcript."""
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _listed(data: Any) -> list[Any]:
    inside = data.get("data", data) if isinstance(data, dict) else {}
    inside = inside.get("transcript", inside) if isinstance(inside, dict) else {}
    found = inside.get("participants") or inside.get("meeting_attendees") if isinstance(inside, dict) else None
    return found if isinstance(found, list) else []


def _first(item: Any, keys: tuple[str, ...]) -> Any:
    return next((item[key] for key in keys if item.get(key) is not None), None) if isinstance(item, dict) else None


def _speaker(item: Any) -> str | None:
    said = _first(item, (*_SPEAKER, "displayName"))
    if isinstance(said, dict):
        said = _first(said, ("name", "displayName", "id"))
    if isinstance(said, int) and not isinstance(said, bool):
        said = f"Speaker {said}" if abs(said) < 10_000 else None
    return name_of(said) if isinstance(said, str) and "@" not in said else None


def _start(item: Any) -> float | None:
    said = _first(item, _START)
    if isinstance(said, str):
        return seconds(said)
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    return round(float(said), 3) if is_number and 0 <= said < 10**9 else None
