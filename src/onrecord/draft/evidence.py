"""The turns of a meeting that are about a decision which a person has named: at most a few windows, never the whole text.

Measured on the decision questions of QMSum (bench/evidence.py): what people said of a decision lies in the first five
windows of twelve turns for about four in five, and a detector of decisions in speech finds no more than chance. So
markers that people write on purpose are believed, and words that sound like deciding only highlight.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.cues import is_cue, mentions
from onrecord.log.search_text import MOST_TERMS, searchable
from onrecord.log.similar import STOP_WORDS, Vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.draft.transcript import Transcript, Turn

WIDTH = 12  # turns
COUNT = 5  # windows, about a tenth of a meeting
MOST_WORDS = 30  # of a quote: enough to know what was meant, and no transcript
_QUOTES_OF_A_WINDOW = 3
_WORD = re.compile(r"[^\W_]+")


class Quote(NamedTuple):
    """A few words as they stand in one turn; `is_cue` tells that they sound like deciding."""

    turn: Turn
    text: str
    is_cue: bool = False


class Window(NamedTuple):
    """Neighboring turns that are about the decision, best first; `score` only orders them."""

    turns: tuple[Turn, ...]
    score: float
    quotes: tuple[Quote, ...] = ()


def terms_of(title: str) -> list[str]:
    """Return the words of a decision's name that tell it from others, in lower case."""
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(searchable(title)))
    return [word for word in words if word not in STOP_WORDS and (len(word) > 1 or not word.isascii())][:MOST_TERMS]


def expression_of(title: str) -> str:
    """Return an FTS5 expression for any of these words, empty for none: each in quotes, so that none is an operator."""
    return " OR ".join(f'"{term}"' for term in terms_of(title))


def spans_of(transcript: Transcript, width: int = WIDTH) -> list[tuple[Turn, ...]]:
    """Return all windows of this many turns, each half over the next."""
    turns, step = transcript.turns, max(1, width // 2)
    return [turns[at : at + width] for at in range(0, max(1, len(turns) - (width - step)), step) if turns]


def text_of(span: Sequence[Turn]) -> str:
    """Return what is searched of a window."""
    return searchable("\n".join(turn.text for turn in span))


def ranked_by_likeness(texts: Sequence[str], title: str) -> list[tuple[int, float]]:
    """Return the places and scores of texts that have a word of the title, best first: for a SQLite without FTS5."""
    near = Vectors([*texts, title]).nearest(len(texts))
    return [(one.place, one.score) for one in near]


def best(
    spans: Sequence[tuple[Turn, ...]], ranked: Iterable[tuple[int, float]], title: str, count: int = COUNT
) -> list[Window]:
    """Return the best windows that share no turn; fewer where fewer have a word of the title."""
    taken: set[int] = set()
    found: list[Window] = []
    for place, score in ranked:
        numbers = {turn.number for turn in spans[place]}
        if len(found) < count and not numbers & taken:
            taken |= numbers
            found.append(Window(spans[place], round(score, 4), quotes_of(spans[place], title)))
    return found


def quotes_of(span: Sequence[Turn], title: str) -> tuple[Quote, ...]:
    """Return the few turns of a window that say most about it: those with words of the title, and with cues."""
    terms = terms_of(title)
    rated = [(mentions(turn.text, terms), is_cue(turn.text), turn) for turn in span]
    told = sorted((one for one in rated if one[0] or one[1]), key=lambda one: (-one[0] - 2 * one[1], one[2].number))
    kept = sorted(told[:_QUOTES_OF_A_WINDOW], key=lambda one: one[2].number)
    return tuple(Quote(turn, short(turn.text, terms), cue) for _, cue, turn in kept)


def short(text: str, terms: Sequence[str] = (), most: int = MOST_WORDS) -> str:
    """Return at most so many words of a turn, in one piece: from the sentence with most words of the title on."""
    words = text.split()
    if len(words) <= most:
        return text
    starts = [0, *(i + 1 for i, word in enumerate(words[:-1]) if word[-1] in ".?!")]
    rated = [
        (mentions(" ".join(words[at : at + most]), terms) + 2 * is_cue(" ".join(words[at : at + most])), -at)
        for at in starts
    ]
    at = -max(rated)[1]
    if not max(rated)[0]:
        at = max(0, next((i for i, word in enumerate(words) if mentions(word, terms)), 0) - most // 3)
    return " ".join(words[at : at + most])
