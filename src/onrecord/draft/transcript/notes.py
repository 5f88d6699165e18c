"""Notes of Google Meet and Gemini, as Markdown or as exported text: names in bold, who was there on top."""

from __future__ import annotations

import re

from onrecord.draft.transcript.lines import Label, read_lines
from onrecord.draft.transcript.model import Pieces
from onrecord.draft.transcript.names import could_be_name, name_of
from onrecord.draft.transcript.times import CLOCK, seconds

BOLD = re.compile(
    rf"\s*(?:[-*+]\s+)?(?:[\[(]?(?P<time>{CLOCK})[\])]?\s*)?\*\*(?P<name>[^*:\n]{{1,60}})(?P<inside>:)?\s*\*\*\s*(?(inside)|:)\s*(?P<text>.*)\Z"
)


def read_notes(text: str) -> Pieces:
    """Read lines with a name in bold and a colon."""
    return read_lines(text, _label)


def _label(line: str) -> Label | None:
    match = BOLD.match(line)
    if match is None or not could_be_name(match["name"]):
        return None
    return Label(name_of(match["name"]), seconds(match["time"]) if match["time"] else None, match["text"])
