"""What a sentence claims beyond the text it is said to come from: names, numbers and technical terms.

Plain words may differ, since that is what wording is. So a claim can still be wrong; a person reads it, with its evidence.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from onrecord.log.similar import STOP_WORDS

_TOKEN = re.compile(r"[^\W_](?:[\w./:#@+*$%-]*[\w/*+#%])?|`[^`]+`")
_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_START = re.compile(r"(?:\A|[.!?:]\s)[\s*_>\"'“‘(\[+-]*\Z")
_WORDS = (  # numbers and days, written out
    "zero two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion dozen twice half double triple percent monday tuesday wednesday thursday friday"
    " saturday sunday january february march april june july august september october november december"
)
_COUNTS = frozenset(re.findall(r"\w+", _WORDS))


def new_facts(text: str, *told: str) -> list[str]:
    """Return the names, numbers and terms of a text that none of the told texts has, in order, each once."""
    known = {form for one in told for token in _tokens(one) for form in _forms(token[0])}
    found = [
        shown for shown, at_start in _tokens(text) if _is_fact(shown, at_start) and not set(_forms(shown)[:2]) & known
    ]
    return list(dict.fromkeys(found))


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Return words and terms, and whether a sentence begins with them."""
    text = normalize("NFKC", text).replace("`", " ").replace("’", "'")
    return [
        (match[0], bool(_START.search(text[max(0, match.start() - 12) : match.start()])))
        for match in _TOKEN.finditer(text)
    ]


def _forms(token: str) -> list[str]:
    """Return a token in lower case, the same without its plural, and last its parts."""
    folded = token.casefold()
    parts = [part for part in re.split(r"[\W_]+", folded) if part]
    return [folded, folded.removesuffix("s"), *parts]


def _is_fact(token: str, at_start: bool) -> bool:
    """Tell a name, a number or a term from a plain word, which has small letters only, or begins a sentence."""
    folded = token.casefold()
    if folded in _COUNTS or not _PLAIN.fullmatch(token):
        return True
    return token not in (folded, "I") and not (at_start and token[1:] == folded[1:] and folded in STOP_WORDS)
