"""`Name: text`, as people type it and as many tools copy it: Granola's `Me:`, a chat's `[10:32] Carol: +1`."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.draft.transcript.lines import Label, read_lines
from onrecord.draft.transcript.model import Pieces
from onrecord.draft.transcript.names import could_be_name, name_of
from onrecord.draft.transcript.times import CLOCK, seconds

_LINE = re.compile(
    rf"\s*+(?:[-*•]\s++)?[\[(]?(?:(?P<time>{CLOCK})(?:\s?[AaPp]\.?[Mm]\.?)?)?[\])]?\s*+(?:[-–]\s++)?"
    rf"(?P<name>[^:\[\]()<>]{{1,60}}(?:\([^()]{{1,30}}\))?)(?:\s*[\[(](?P<after>{CLOCK})[\])])?\s*:(?:\s+(?P<text>.*)|\Z)"
)


def read_plain(text: str) -> Pieces:
    """Read lines with a name and a colon; a lower-case name counts when it comes back."""
    seen = Counter(match["name"].strip() for line in text.split("\n") if (match := _LINE.match(line)))

    def label_of(line: str) -> Label | None:
        match = _LINE.match(line)
        if match is None:
            return None
        name = match["name"].strip()
        is_name = could_be_name(re.sub(r"\(.*\)", "", name)) and (
            not name[0].islower() or seen[name] > 1 or match["time"]
        )
        return Label(name_of(name), _seconds(match["time"] or match["after"]), match["text"] or "") if is_name else None

    return read_lines(text, label_of)


def _seconds(said: str | None) -> float | None:
    """Return seconds; nobody can tell whether 10:32 is a time of day or ten minutes."""
    return seconds(said) if said and said.count(":") == 2 else None
