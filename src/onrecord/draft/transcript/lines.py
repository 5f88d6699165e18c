"""What the line-based shapes have in common: who was there, headings, times on a line of their own, and going on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.transcript.model import Pieces, Spoken
from onrecord.draft.transcript.names import heads_note, listed_people, people
from onrecord.draft.transcript.times import CLOCK, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

_THERE = re.compile(
    r"[\s#*_]*(?:attendees|participants|present|in the room)\b[\s*_]*(?::[\s*_]*(?P<who>.*))?\Z", re.IGNORECASE
)
_TRANSCRIPT = re.compile(r"[\s#*_📖]*(?:[^:]{1,120}\s[-–—]\s*)?transcript[\s*_:]*\Z", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_TIME = re.compile(rf"[\s#*_\[(]*(?P<time>{CLOCK})[\s*_\])]*\Z", re.ASCII)
_RULE = re.compile(r"\s*(?:[-_*=]\s*){3,}\Z")


class Label(NamedTuple):
    """What a line begins with: who speaks, when, and the text behind it."""

    name: str | None
    start: float | None
    text: str


def read_lines(text: str, label_of: Callable[[str], Label | None], goes_on: bool = False) -> Pieces:
    """Read lines; one without a name belongs to who spoke on the line above, behind an empty line to nobody.

    With `goes_on` a name stands above all that follows up to the next one, across empty lines.
    """
    spoken: list[Spoken] = []
    listed: tuple[str, ...] = ()
    in_list, is_open, start = False, False, None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or _RULE.match(line):
            is_open = is_open and goes_on
            in_list = in_list and not listed
        elif there := _THERE.match(line):
            listed += listed_people(there["who"] or "")
            in_list, is_open = not there["who"], False
        elif _TRANSCRIPT.match(line):
            spoken, in_list, is_open = [], False, False  # what stands above it is a summary, which nobody said
        elif time := _TIME.match(line):
            start, in_list, is_open = seconds(time["time"]), False, False
        elif (label := label_of(line)) is not None:
            spoken.append(Spoken(label.name, label.text, label.start if label.start is not None else start, number))
            in_list, is_open, start = False, True, None
        elif _HEADING.match(line):
            in_list = is_open = False
        elif in_list:
            listed += listed_people(re.sub(r"\A\s*(?:[-*+•]|\d+[.)])\s+", "", line))
        elif is_open and not heads_note(line):
            spoken[-1] = spoken[-1]._replace(text=f"{spoken[-1].text}\n{line}")
        else:
            spoken.append(Spoken(None, line, start, number))
            start, is_open = None, True
    return Pieces(spoken, people(listed))
