"""Where a line of code or text cites a record of this repository: "as in ADR-12"."""

from __future__ import annotations

import re

from onrecord.lazily import NamedTuple, lazy_pattern

# Conservative: "ADR" in capitals, not part of a longer name or path, with a plain number behind it.
_CITATION = lazy_pattern(r"(?<![\w/.#-])ADR[-_ ]?#?(?P<number>0{0,4}[1-9]\d{0,4})(?![\w/]|[-.]\w)")
_LINKED = lazy_pattern(r"://[^\s)>\"']*?\badr[-_/ ]?0*(?P<number>[1-9]\d{0,4})(?!\d)", re.IGNORECASE)
_LAST_WORD = lazy_pattern(r"(?P<word>[\w'’./-]+)[\s*_`\"'“‘(\[]*\Z")
_LEADS_TO = frozenset(
    ("see", "per", "from", "in", "by", "as", "with", "under", "and", "or", "to", "of", "for", "the", "our", "this", "cf",
     "ref", "refs", "reference", "references", "implements", "implement", "follows", "follow", "supersedes", "amends",
     "record", "records", "decision", "accepted", "proposed", "todo", "fixme", "note", "like", "because", "since")
)  # fmt: skip


class CitingLine(NamedTuple):
    """A line that cites records, or links to one by an address: its file, its number, its text."""

    path: str
    line: int
    text: str


def cited_numbers(line: str) -> list[str]:
    """Return the numbers of the records a line cites, without leading zeros, each once.

    A name before it makes it another project's ("Kubernetes ADR-12", "the team's ADR 3"); so may an address in the line.
    """
    if "://" in line:
        return []
    found = [
        match["number"].lstrip("0")
        for match in _CITATION.finditer(line)
        if not _is_named(line[max(0, match.start() - 80) : match.start()])
    ]
    return list(dict.fromkeys(found))


def _is_named(before: str) -> bool:
    """Tell whether the word before a citation says whose record it is."""
    last = _LAST_WORD.search(before)
    word = last["word"] if last else ""
    if not any(ch.isalnum() for ch in word) or word.endswith(".") or word.casefold() in _LEADS_TO:
        return False
    return word[:1].isupper() or word.endswith(("'s", "’s", "s'", "s’")) or "/" in word


def linked_numbers(line: str) -> list[str]:
    """Return the numbers of the records that addresses in a line lead to, without leading zeros."""
    return [match["number"] for match in _LINKED.finditer(line)] if "://" in line else []
