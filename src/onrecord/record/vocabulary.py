"""The words that decision records are written with: one JSON file per language, merged into one lookup.

A contributor adds a word by editing `vocabulary/<language>.json`; a team adds its own in the configuration
(`vocabulary:`), in the same shape. Every lookup is by whole term, never by substring.
"""

from __future__ import annotations

import json
import re
from copy import copy
from functools import cached_property, lru_cache
from typing import Any

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.data import load
from onrecord.record.phrases import Phrases

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "ja", "zh", "ko")

_NUMBERING = lazy_pattern(
    r"^(?:\d{1,2}(?:\.\d{1,2})+[.)]?\s+|(?:step |§ ?)?(?:\d{1,2}|[ivx]{1,4})(?:\.\d{1,2})*\s*[.):\-–—、]\s*|\d{1,2}(?:\.\d{1,2})*\s+|[a-z][.)]\s+)",
    re.I,
)
_TRAILING = lazy_pattern(r"\s*(?:\((?:[^()]{0,60})\)|\{#[^}]*\})\s*$")
_EDGES = " \t.:;,!?*_`~#>|-–—=•·：。、？！\"'“”«»[]"
_SPLIT = lazy_pattern(r"\s*(?:/|\||／|｜|（|\()\s*")
_COUNTED = lazy_pattern(r"\s+#?(?:\d{1,2}|[ivx]{1,4})$", re.IGNORECASE)  # "Decision 1"
_JOINED = lazy_pattern(
    r"^(.{3,30}?)\s+(?:and|und|et|y|e|en|i|и|&|\+)\s+.{2,40}$", re.IGNORECASE
)  # "Context and Motivation"
_ABOUT = lazy_pattern(
    r"^(\w+(?: \w+)?)\s+(?:of|for|on|to|in|about|behind|de|des|du|do|da|del|für|zu|zur|von|voor|van|per|dla|для)\s+.{2,60}$",
    re.IGNORECASE,
)
_ABOUT_DECISIONS = lazy_pattern(r"(?:records?|logs?|makers?|trees?|process|types?|ids?|by|points?)\b")
_CJK = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Vocabulary:
    """Terms of all languages, with a team's own ones on top."""

    def __init__(self, extra: dict[str, Any] | None = None) -> None:
        """Load the shipped languages; `extra` has the shape of one language file."""
        files = [load(f"vocabulary/{name}.json") for name in LANGUAGES]
        self._files: list[dict[str, Any]] = ([extra] if extra else []) + files
        self.extra = extra or {}
        self.terms: dict[str, str] = {}
        self.statuses: dict[str, str] = {}
        for file in self._files:  # the first file that knows a term wins
            for role, words in file.get("terms", {}).items():
                for word in words:
                    self.terms.setdefault(fold(word), role)
            for value, words in file.get("statuses", {}).items():
                for word in words:
                    self.statuses.setdefault(fold(word), value)
        self._headings: dict[str, str | None] = {}
        self.template_lines: frozenset[str] = frozenset()

    def with_template(self, lines: frozenset[str]) -> Vocabulary:
        """Return the same words, with the fingerprints of a template's lines that never count as content."""
        other = copy(self)
        other.template_lines = lines
        return other

    def told(self) -> str:
        """Return what these words have beside the shipped ones, as text: equal for vocabularies that read alike."""
        return json.dumps([self.extra, sorted(self.template_lines)], default=str)

    @cached_property
    def months(self) -> dict[str, int]:
        """Month name to its number, 1 to 12."""
        return {
            fold(name): number
            for file in self._files
            for number, names in enumerate(file.get("months", ()), 1)
            for name in names
        }

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Whole values that say "not filled in yet"."""
        return self._words("placeholders")

    @cached_property
    def absent(self) -> frozenset[str]:
        """Whole values that say "there is none"."""
        return self._words("absent")

    @cached_property
    def generic_people(self) -> frozenset[str]:
        """Whole values that look like a person and name nobody."""
        return self._words("generic_people")

    def _words(self, key: str) -> frozenset[str]:
        return frozenset(folded for file in self._files for word in file.get(key, ()) if (folded := fold(word)))

    def phrases(self, name: str) -> set[str]:
        """Return the phrases of this kind, as they are written."""
        return {word for file in self._files for word in file.get("phrases", {}).get(name, ())}

    @lru_cache(maxsize=64)  # noqa: B019 - a vocabulary lives as long as the process
    def phrase(self, name: str) -> Phrases:
        """Return what finds any of the phrases of this kind, as whole words."""
        return Phrases(self.phrases(name))

    @lru_cache(maxsize=8)  # noqa: B019 - as above
    def any_phrase(self, *names: str) -> Phrases:
        """Return what finds the phrases of several kinds; to ask it whether any may be there costs less than to ask each."""
        return Phrases(set().union(*map(self.phrases, names)))

    @lru_cache(maxsize=8)  # noqa: B019 - as above
    def foreign(self, name: str) -> frozenset[str]:
        """Return the phrases of this kind that only languages other than English have, folded; a team's own are none."""
        known = {True: set[str](), False: set[str]()}
        for file in self._files:
            known[file.get("language", "en") == "en"] |= {fold(word) for word in file.get("phrases", {}).get(name, ())}
        return frozenset(known[False] - known[True])

    def role(self, title: str) -> str | None:
        """Return what a heading or key stands for: `decision`, `status` …; None for a word that is not known."""
        if title not in self._headings:
            self._headings[title] = self._find_role(title)
        return self._headings[title]

    def label(self, key: str) -> str | None:
        """Return what a key in running text stands for: whole terms only, never the first words of a longer phrase."""
        text = fold(plain(key))
        return self.terms.get(text) or (None if text.isascii() else self.terms.get(fold(_strip_symbols(text))))

    def _find_role(self, title: str) -> str | None:
        text = plain(title)
        readings = _readings(text)
        for candidate in readings:
            if found := self.terms.get(candidate):
                return found
        if readings and self.terms.get(fold(_COUNTED.sub("", readings[-1]))) in ("decision", "context", "consequences"):
            return self.terms[fold(_COUNTED.sub("", readings[-1]))]  # "Decision 1"; "Option 1" is an option itself
        first, _, rest = readings[-1].partition(" ") if readings else ("", "", "")
        if self.terms.get(first) == "decision" and 1 <= len(rest.split()) <= 2 and not _ABOUT_DECISIONS.match(rest):
            return "decision"  # "Decision Core", "Decision Clients"
        return None


def _readings(text: str) -> list[str]:
    """Return the ways to read a heading, most literal first: without number, emoji, brackets, or one of two languages."""
    found = [fold(text)]
    bare = _NUMBERING.sub("", _strip_symbols(text).strip(_EDGES))
    found.append(fold(bare))
    found.append(fold(_TRAILING.sub("", bare)))
    found += [fold(part) for part in _SPLIT.split(bare) if part]
    if (match := _JOINED.match(bare)) or (match := _ABOUT.match(bare)):
        found.append(fold(match[1]))
    return [reading for reading in dict.fromkeys(found) if reading]


def fold(text: str) -> str:
    """Return a term for comparison: lower case, single spaces, plain quotes, no edge punctuation."""
    if not text.isascii():
        text = text.replace("’", "'").replace("‐", "-")
    return " ".join(text.casefold().split()).strip(_EDGES)


def _strip_symbols(text: str) -> str:
    """Drop emoji and other symbols; letters, digits and punctuation stay."""
    if text.isascii():
        return text
    import unicodedata

    return "".join(
        ch
        for ch in text
        if unicodedata.category(ch) not in ("So", "Sk", "Cf", "Cs", "Co", "Cn", "Mn") or _CJK.match(ch)
    )


def strip_symbols(text: str) -> str:
    """Return `text` without emoji, variation selectors and joiners."""
    return _strip_symbols(text).strip()


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """Return the vocabulary as shipped."""
    return Vocabulary()
