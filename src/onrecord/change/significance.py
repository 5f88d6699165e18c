"""Signs that a change may hold a decision. They only ever hint, and never where a reason is already written."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.change.model import Change, Hints


class Signs(NamedTuple):
    """The signs that were seen, each in a few words, and their weight together."""

    score: int
    seen: tuple[str, ...]


def read_signs(change: Change, prose: str) -> Signs:
    """Return the signs of a decision in title, files and the author's own words."""
    del change, prose
    return Signs(0, ())


def is_hint(signs: Signs, prose: str, hints: Hints) -> bool:
    """Tell whether the signs are worth one neutral line."""
    del signs, prose, hints
    return False
