"""Otter and Fireflies as text: a line with a name and a time, and below it what was said."""

from __future__ import annotations

import re

from onrecord.draft.transcript.lines import Label, read_lines
from onrecord.draft.transcript.model import Pieces
from onrecord.draft.transcript.names import could_be_name, name_of
from onrecord.draft.transcript.times import CLOCK, seconds

NAME_LINE = re.compile(
    rf"\s*[*_]{{0,3}}(?P<name>[^\W\d_][^:\n*]{{0,59}}?|[A-Z]+_\d+)[*_]{{0,3}}(?:\s+|\s*[-–—(\[]\s*)[*_]{{0,3}}[(\[]?(?P<time>{CLOCK})[)\]]?[*_]{{0,3}}\s*\Z"
)
_SIGNED = re.compile(r"\s*(?:transcribed|generated|created) (?:by|with) \S+\s*\Z", re.IGNORECASE)


def read_named_lines(text: str) -> Pieces:
    """Read a name line and all that follows up to the next one."""
    kept = "\n".join("" if _SIGNED.match(line) else line for line in text.split("\n"))
    return read_lines(kept, _label, goes_on=True)


def _label(line: str) -> Label | None:
    match = NAME_LINE.match(line)
    if match is None or not could_be_name(match["name"]):
        return None
    return Label(name_of(match["name"]), seconds(match["time"]), "")
