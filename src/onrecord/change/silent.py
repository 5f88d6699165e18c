"""Which messages can hold neither a decision nor a link to a record: told by their words, without reading them.

Most commits are so, and reading one as a description takes far longer than looking up its words. Only a clear no
counts: where this says that there may be something, `change/body.py` tells whether there is.
"""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.record.vocabulary import Vocabulary

# What every link to a record has in it or before it, see change/links.py: a word for records, or the name of a folder
# of them; or a file's name that begins with a padded number.
_NAMES = lazy_pattern(
    r"adr|kep(?!t)|rf[cd]|decision|record[ \t]{0,2}[:：*_]|design[ -](?:doc|prop)|(?:enhancements|proposals?)[/#]|"
    r"(?<![^\W\d_])adl?/",
    re.IGNORECASE,
)
_FILES = lazy_pattern(r"(?<![^\W_])0\d{2,4}[-_]|adrs?[\W_]{0,12}\d", re.IGNORECASE)  # these need no more
_LEADS = ("/", "#")  # and this is in what any other one leads to
_ELSEWHERE = ("]:", "][", "] [")  # a link may be called so here, and lead there
_TAGS = lazy_pattern(r"<[a-zA-Z/!?][^<>]*>?")  # which may stand inside a word
_ENTITY = lazy_pattern(r"&#?\w{1,40};")
_APART = lazy_pattern(r"\n[ \t]*\n")
_SAYS_I = ("decided", "chose", "opted", "settled on", "went with", "picked")  # as change/told.py has them
_TWO_CASES = ("İ", "ı")  # which patterns take for an "i", and `casefold` does not


def may_link(text: str) -> bool:
    """Tell whether a title or a description may hold a link to a record."""
    if _ENTITY.search(text):
        from html import unescape

        text = unescape(text)
    if _TAGS.search(text):  # between them, a paragraph may have empty lines
        return _may_link(text) or _may_link(_TAGS.sub("", text))
    if any(mark in text for mark in _ELSEWHERE):
        return _may_link(text)
    return any(_may_link(part) for part in _APART.split(text))


def _may_link(text: str) -> bool:
    if _FILES.search(text):
        return True
    return any(mark in text for mark in _LEADS) and _NAMES.search(text) is not None


def may_tell(title: str, words: Iterable[str]) -> bool:
    """Tell whether a title that stands alone may tell a decision; `words` are those of `telling_words`."""
    folded = title.casefold()
    return any(word in folded for word in words) or any(letter in title for letter in _TWO_CASES)


def telling_words(vocabulary: Vocabulary) -> list[str]:
    """Return the phrases without one of which no title tells a decision, folded."""
    phrases = [phrase for name in ("decided", "instead_of") for phrase in vocabulary.phrases(name)]
    return sorted({phrase.strip().casefold() for phrase in (*phrases, *_SAYS_I)})
