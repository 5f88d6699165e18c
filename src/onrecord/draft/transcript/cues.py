"""WebVTT (Teams, Zoom) and SubRip: cues with a time, the text below it, and sometimes a name."""

from __future__ import annotations

import html
import re

from onrecord.draft.transcript.model import Pieces, Problem, Spoken
from onrecord.draft.transcript.names import could_be_name, listed_people, name_of
from onrecord.draft.transcript.times import CLOCK, seconds

_TIMING = re.compile(rf"\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})(?:\s.*)?\Z", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?\s{1,9}(?P<name>[^>\n]{0,200})>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font|\d[\d:.]*)(?:[.\s][^<>]*)?>", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:-\s*)?(?P<name>[^:<>\n]{1,60}):\s+(?P<text>\S.*)\Z", re.DOTALL)
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")


def read_cues(text: str) -> Pieces:
    """Read every cue; a cue without a name belongs to nobody, not to who spoke before."""
    lines = text.split("\n")
    spoken: list[Spoken] = []
    problems: list[Problem] = []
    listed: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        if lines[at].startswith("NOTE") and _BLOCK.match(lines[at]):
            note, at = _until_blank(lines, at)
            listed += _attendees(note)
        elif _BLOCK.match(lines[at]):
            _, at = _until_blank(lines, at)
        elif timing := _TIMING.match(lines[at]):
            body, end = _body(lines, at + 1)
            spoken += _voices("\n".join(body), seconds(timing["start"]), at + 2)
            at = end
        else:
            if "-->" in lines[at]:
                problems.append(
                    Problem(at + 1, "this line does not read as a time, so what stands below it was left out")
                )
            at += 1
    return Pieces(spoken, listed, tuple(problems))


def _until_blank(lines: list[str], at: int) -> tuple[str, int]:
    end = next((i for i in range(at, len(lines)) if not lines[i].strip()), len(lines))
    return "\n".join(lines[at:end]), end


def _body(lines: list[str], at: int) -> tuple[list[str], int]:
    """Return the lines of a cue: up to an empty one, or to the next timing with the id above it."""
    end = at
    while end < len(lines) and lines[end].strip() and "-->" not in lines[end]:
        end += 1
    is_next = end < len(lines) and "-->" in lines[end] and end > at
    return lines[at : end - 1 if is_next and re.fullmatch(r"\s*[\w/-]+\s*", lines[end - 1]) else end], end


def _attendees(note: str) -> tuple[str, ...]:
    match = re.search(r"(?:attendees|participants)\s*:\s*(.+)", note, re.IGNORECASE)
    return listed_people(match[1]) if match else ()


def _voices(body: str, start: float | None, line: int) -> list[Spoken]:
    """Split a cue into its voices: each `<v Name>` begins one, else a name with a colon in front of all of it."""
    marks = list(_VOICE.finditer(body))
    if not marks:
        shown = _shown(body)
        label = _LABEL.match(shown)
        if label and could_be_name(label["name"]):
            return [Spoken(name_of(label["name"]), label["text"], start, line)]
        return [Spoken(None, shown, start, line)]
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    found = [Spoken(None, _shown(body[: marks[0].start()]), start, line)]
    found += [
        Spoken(name_of(_shown(mark["name"])), _shown(body[mark.end() : end]), start, line)
        for mark, end in zip(marks, ends, strict=True)
    ]
    return found


def _shown(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
