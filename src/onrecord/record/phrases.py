"""Hundreds of phrases as one pattern, which is only tried on texts that have the words of at least one."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # written without spaces: no word has an end
_WORD = re.compile(r"\w+")


class Phrases:
    """Finds any of some phrases as whole words, upper case or lower; the methods are those of a pattern."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases as they are written; the longer ones come first."""
        words = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        self._spaced = [word.strip() for word in words if not _CJK.search(word)]
        self._joined = [word for word in words if _CJK.search(word)]
        # Of each phrase the longest word: where none of them stands, no phrase does.
        self._telling = {max(_WORD.findall(word.casefold()), key=len, default="") for word in self._spaced}

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return the first phrase from a place on."""
        return self.pattern.search(text, at) if self.may_stand_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Return the phrase that a text begins with."""
        return self.pattern.match(text) if self.may_stand_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the phrase that a text is."""
        return self.pattern.fullmatch(text) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all phrases, one after the other."""
        return self.pattern.finditer(text) if self.may_stand_in(text) else iter(())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern; it takes its time to compile, and most are never needed."""
        parts = [re.escape(word) for word in self._joined]
        if self._spaced:
            parts.insert(0, rf"\b(?:{'|'.join(map(re.escape, self._spaced))})\b")
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text has a word that only some of the phrases have: where it has none, no phrase stands in it."""
        if not self._telling.isdisjoint(_words(text)):
            return True
        return (bool(self._joined) and not text.isascii() and _CJK.search(text) is not None) or "" in self._telling


@lru_cache(maxsize=2048)  # each sentence is asked about phrases of several kinds
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
