"""What every kind of transcript becomes: numbered turns, who was there, and what could not be read."""

from __future__ import annotations

from typing import NamedTuple


class Turn(NamedTuple):
    """What one voice said at once. `number` counts from 1 after cleaning and is the address of all evidence.

    `speaker` is the name or label as it stands there ("Ann Lee", "SPEAKER_00"), None where there is none; `start` is in
    seconds from the beginning of the meeting, None where that is not known.
    """

    number: int
    speaker: str | None
    text: str
    start: float | None = None


class Problem(NamedTuple):
    """A part that could not be read, with its line (1-based)."""

    line: int
    what: str


class Transcript(NamedTuple):
    """A meeting or a chat, whatever file it came in. `participants` are people by name, no labels such as "Me"."""

    turns: tuple[Turn, ...]
    participants: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    form: str = "plain"

    def turn(self, number: int) -> Turn | None:
        """Return the turn of this number, None when there is none."""
        return self.turns[number - 1] if 1 <= number <= len(self.turns) else None


class Spoken(NamedTuple):
    """A piece as it stands in the file, at its line: not cleaned, not joined with the next one of the same voice."""

    speaker: str | None
    text: str
    start: float | None
    line: int


class Pieces(NamedTuple):
    """What the reader of one shape found; `listed` are those that the file names as having been there."""

    spoken: list[Spoken]
    listed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
