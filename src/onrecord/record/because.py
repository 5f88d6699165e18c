"""The word that a reason begins with, told from the same letters that say something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.lazily import lazy_pattern
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record.vocabulary import Vocabulary

# Words of English, and of no other language here that has words in plain letters.
_ENGLISH = lazy_pattern(
    r"\b(?:the|and|this|that|with|will|would|you|your|are|not|what|our|they|which|if|be|have)\b", re.IGNORECASE
)
_AS_IT_IS = lazy_pattern(
    r"\s+(?:(?:does|did|should|stands|exists)\b|(?:is|was)(?!\s+(?!today\b|now\b|currently\b)[^\W\d_]))", re.IGNORECASE
)
_EXACTLY = lazy_pattern(r"\b(?:exactly|just|same|such)\s+$", re.IGNORECASE)
_A_TIME = lazy_pattern(
    r"\s+(?:then|v?\d|version|PR\b|#|release|day one|(?:the|our|its|their) (?:very )?"
    r"(?:last|previous|first|beginning|start|introduction|release|launch|initial)\b)",
    re.IGNORECASE,
)
_EVER = lazy_pattern(r"\b(?:ever|long|changed?|changes|unchanged)\s+$", re.IGNORECASE)
_BREAK = lazy_pattern(r"(?<=[.!?])\s+|[。！？]\s*|\n")
DECIDES = lazy_pattern(
    r"\b(?:decided|decision|chose|chosen|choose|opted|agreed|prefer|preferred|recommend|selected|picked|stick)\b|"
    r"entschieden|entscheid|décid|choisi|retenu|decid|elegi|escolh|scelt|gekozen|besloten|wybra|zdecydow|реш|выбра|決|採用|选|選|결정|선택",
    re.IGNORECASE,
)
NEAR = 3  # sentences
DEEP = 1_500  # characters of a decision; its reason stands nearer
REACH = 200  # characters before and behind a word that are looked at
_EDGES = " .:,;-–—…。，、"
_SUBJECT = lazy_pattern(r"\b(?:it|sie|es)$", re.IGNORECASE)


def because_in(text: str, vocabulary: Vocabulary, at: int = 0) -> Iterator[re.Match[str]]:
    """Yield the words that a reason begins with, from a place on: no "as it is", no "since version 2", no foreign word.

    "Want" is such a word in Dutch, "car" in French: in a line of English they count for nothing.
    """
    for match in vocabulary.phrase("because").finditer(text):
        if match.start() >= at and not _says_something_else(match, text, vocabulary):
            yield match


def find_because(text: str, vocabulary: Vocabulary, at: int = 0) -> re.Match[str] | None:
    """Return the first word from a place on that a reason begins with."""
    return next(because_in(text, vocabulary, at), None)


def find_reason(text: str, vocabulary: Vocabulary, at: int = 0) -> re.Match[str] | None:
    """Return the first such word from a place on that may speak of the decision.

    It stands in the first sentences, or in one that decides: further down, a long text gives reasons for its details.
    """
    begins = seen = at
    before = 0  # sentences
    for match in because_in(text[: at + DEEP], vocabulary, at):
        for found in _BREAK.finditer(text, seen, match.start()):
            begins, before = found.end(), before + 1
        seen = match.start()
        if before < NEAR or DECIDES.search(text, max(begins, seen - REACH), seen):
            return match
    return None


def behind_because(text: str, because: re.Match[str]) -> str:
    """Return what stands behind such a word, up to the end of the line; behind "because:", the first line of a list.

    The "it" of "as it" is a part of the reason.
    """
    subject = _SUBJECT.search(because[0])
    lines = text[because.start() + subject.start() if subject else because.end() :].split("\n")
    return next((told for line in lines[:2] if (told := line.strip(_EDGES))), "")


def _says_something_else(match: re.Match[str], text: str, vocabulary: Vocabulary) -> bool:
    word = fold(match[0])
    begins = max(text.rfind("\n", 0, match.start()) + 1, match.start() - REACH)
    if word == "as it":
        return bool(_AS_IT_IS.match(text, match.end()) or _EXACTLY.search(text[begins : match.start()]))
    if word == "since":
        return bool(_A_TIME.match(text, match.end()) or _EVER.search(text[begins : match.start()]))
    if word not in vocabulary.foreign("because") or not word.isascii():
        return False
    line = text[begins : match.end() + REACH].split("\n", 1)[0]
    return _ENGLISH.search(line) is not None
