"""What a line calls the ways not taken: "Memcached, cookies or a table", "Memcached, which loses all; cookies"."""

from __future__ import annotations

import re

from onrecord.draft.content import Choice
from onrecord.draft.harmless import harmless
from onrecord.record.option_names import is_clause

_NAME = 6  # words at most
_COMMA = re.compile(r"\s*[,，、]\s*(?:(?:and|or)\s+)?(?![^(]*\))")  # none in brackets
_OR = re.compile(r"\s+or\s+(?![^(]*\))")
_SAYS = re.compile(
    r"(?:it|they|he|she|we|i|this|these|those|there|too|not|no|only|due|has|have|had|is|are|was|were|will|would|can|cannot|"
    r"could|does|did|loses|needs|costs|whichever|whatever)(?:['’]\w+)?\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s(?:because|since|as (?:it|they|we)|due to|which)\s|:\s|\s[-–—]\s|\.\s", re.IGNORECASE)


def choices_in(text: str) -> tuple[Choice, ...]:
    """Return the options that a line names, each with the reason behind it; a semicolon always parts two.

    A comma, or an "or", does so only where names stand on both of its sides.
    """
    found = (one for part in re.split(r"\s*[;；]\s*", text) for one in _split(part.strip(" .")))
    return tuple(choice for name, reason in found if any(map(str.isalnum, (choice := _choice(name, reason)).title)))


def _split(text: str) -> list[tuple[str, str]]:
    """Return the names in a text without semicolons; from the first clause on, it speaks of the name before."""
    clauses = (match.start() for match in _COMMA.finditer(text) if _speaks(text[match.end() :]))
    reason = _REASON.search(text)
    end = min(next(clauses, len(text)), reason.start() if reason else len(text))
    names = [one for part in _COMMA.split(text[:end]) for one in _OR.split(part) if one.strip(" .")]
    if len(names) > 1 and any(len(name.split()) > _NAME for name in names):
        names, end = [text], len(text)
    return [*((name, "") for name in names[:-1]), (names[-1] if names else "", text[end:])]


def _speaks(text: str) -> bool:
    return is_clause(text) or bool(_SAYS.match(text))


def _choice(name: str, reason: str) -> Choice:
    title, whole = harmless(name), harmless(name + reason)
    return Choice(title, behind=whole[len(title) :]) if whole.startswith(title) else Choice(whole)
