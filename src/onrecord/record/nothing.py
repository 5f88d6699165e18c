"""“None, because …”: what says that there is none, as a value, under a heading, or in a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lazily import lazy_pattern
from onrecord.record.vocabulary import Vocabulary

MARK = lazy_pattern(r"\s*[,;:.!–—-]+\s*|\s*[：、，。]\s*")
EDGES = " \t\n.*_…:;,–—-。、：，"
_AS = lazy_pattern(
    r"(?:as|da|aangezien|puesto que)\b|parce qu'", re.IGNORECASE
)  # too common to be a "because" elsewhere
_INSIDE_A_NAME = re.compile(r"-+\S")  # "null-object pattern"
_OF_SEVERAL = re.compile(r"\s+(?:of|der|von|des?|d['’]|dos|das|dei|delle|van|из|z)\b", re.IGNORECASE)
_SENTENCE = lazy_pattern(r"(?<=[.!?。！？])\s+|\n")
# Among what stands for an empty value, the words for no person and for no text: they tell nothing about options.
_NO_OPTION = frozenset(
    ("nobody", "no one", "niemand", "nadie", "personne", "ninguém", "nikt", "никто", "null", "empty")
)
_PREDICATE = re.compile(r"no(?:t|ne)\b", re.IGNORECASE)  # "Kafka was not considered" speaks of Kafka alone
_SUPPOSED = re.compile(r"(?:if|when|where|unless|until|should|while|for|with)\b", re.IGNORECASE)
SHORT = 8  # words of a sentence that says "none that we know of" and no more
LEAD = 3  # words before "no alternative": "there was", "as we had"


def behind_absent(value: str, vocabulary: Vocabulary) -> str | None:
    """Return what stands behind a leading "none" or "n/a", which nothing else than a mark or a reason may follow."""
    match = _absent(vocabulary).match(value)
    return value[match.end() :] if match and ends_or_explains(value[match.end() :], vocabulary) else None


def ends_or_explains(rest: str, vocabulary: Vocabulary) -> bool:
    """Tell whether nothing but a mark, a reason, or the end of the text comes next."""
    return not rest.strip(EDGES) or bool(MARK.match(rest)) or without_because(rest, vocabulary) is not None


def without_because(text: str, vocabulary: Vocabulary) -> str | None:
    """Return what stands behind a leading "because", without the dots of a template; None when there is no such word."""
    text = text.strip(EDGES)
    match = _AS.match(text) or vocabulary.phrase("because").match(text)
    return text[match.end() :].strip(EDGES) if match else None


def says_none(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text about options begins with "None, because …" or "None that we know of."; a lone "none" says less."""
    text = text.lstrip(" \t*_")
    match = _absent(vocabulary).match(text)
    if match is None or match[0].casefold() in _NO_OPTION:
        return False
    rest = text[match.end() :]
    if not rest.strip(EDGES) or _INSIDE_A_NAME.match(rest):
        return False
    is_short = len(_SENTENCE.split(text, maxsplit=1)[0].split()) <= SHORT and not _OF_SEVERAL.match(rest)
    return is_short or ends_or_explains(rest, vocabulary)


def denies_others(sentence: str, vocabulary: Vocabulary, lead: int = LEAD) -> bool:
    """Tell whether a sentence says that there was no other option, with so many words before that: "We had no …"."""
    match = vocabulary.phrase("none_considered").search(sentence)
    if match is None:
        return False
    before = sentence[: match.start()].split()
    if not before:
        return True
    is_lead = len(before) <= lead and all(word.replace("'", "").replace("’", "").isalpha() for word in before)
    return is_lead and not _PREDICATE.match(match[0]) and not _SUPPOSED.match(sentence)


@lru_cache(maxsize=16)
def _absent(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = sorted((word for word in vocabulary.absent if word[:1].isalpha()), key=len, reverse=True)
    words_pattern = "|".join(map(re.escape, words))
    return re.compile(rf"(?:{words_pattern})(?: (?:here|needed|required|necessary))?(?!\w)", re.IGNORECASE)
