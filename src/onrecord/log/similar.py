"""Which records resemble each other: the cosine of their words, weighted by how rare each word is in the log.

Thresholds were measured on 1,726 records of 42 repositories: of all pairs the median is .037, the 99th percentile .18;
of the pairs from .85 on, eleven of twelve were one decision written twice. Likeness never means a contradiction.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.log.stop_words import STOP_WORDS as STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

RELATED = 0.2
TWIN = 0.85
MOST_RELATED = 3
_WORD = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]{2,}")


class Likeness(NamedTuple):
    """Another text, by its place in the list, and the cosine of both: 0 no word in common, 1 the same words."""

    place: int
    score: float


class Related(NamedTuple):
    """The texts that read like one of them: the same decision twice, perhaps, and those on a related matter."""

    twins: list[Likeness]
    related: list[Likeness]


class Vectors:
    """All texts of a log as unit vectors of their words, ready to be compared."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the words; 2,000 texts of two pages take about a second."""
        counts = [Counter(words(text)) for text in texts]
        present = Counter(word for count in counts for word in count)
        rarity = {word: math.log((len(texts) + 1) / (number + 0.5)) for word, number in present.items()}
        self._texts: list[dict[str, float]] = []
        self._by_word: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, count in enumerate(counts):
            weights = {word: (1 + math.log(number)) * rarity[word] for word, number in count.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            self._texts.append({word: weight / length for word, weight in weights.items()})
            for word, weight in self._texts[-1].items():
                self._by_word[word].append((i, weight))

    def nearest(self, index: int, least: float = 0.0) -> list[Likeness]:
        """Return the other texts with a cosine above 0 and of at least `least`, most alike first."""
        scores: dict[int, float] = defaultdict(float)
        for word, weight in self._texts[index].items():
            for other, its in self._by_word[word]:
                scores[other] += weight * its
        found = [Likeness(i, min(s, 1.0)) for i, s in scores.items() if i != index and s > 0 and s >= least]
        return sorted(found, key=lambda one: (-one.score, one.place))


def related_to(index: int, vectors: Vectors) -> Related:
    """Return what resembles one of the texts: all its twins, and the nearest few of the others."""
    near = vectors.nearest(index, RELATED)
    twins = [one for one in near if one.score >= TWIN]
    return Related(twins, near[len(twins) : len(twins) + MOST_RELATED])


def words(text: str) -> list[str]:
    """Return the telling words of a text, folded; a character of an unspaced script is a word."""
    return [word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS]
