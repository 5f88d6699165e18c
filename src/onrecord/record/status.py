"""Status words in whatever coat they come."""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from onrecord.markdown import plain
from onrecord.record.model import Status, StatusValue
from onrecord.record.vocabulary import Vocabulary, fold, strip_symbols

_BOLD = re.compile(r"\*\*\s*([^*]+?)\s*\*\*|__\s*([^_]+?)\s*__|\[[xX]\]\s*([^\[|/,]+)|`([^`]+)`")
_BOX = re.compile(r"\[([ xX])\](?!\()|([☐☑☒])")
_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BRACED = re.compile(r"\{[^{}]*\}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CHOICE = re.compile(r"\||(?<=\w)\s*/\s*(?=\w)|\s+(?:or|oder|ou|o|of|lub|или|または|或|또는)\s+|…|,\s", re.IGNORECASE)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_RETIRED_BY = re.compile(
    r"\b(?:super[cs]ee?ded|replaced|obsoleted|ersetzt|abgelöst|remplacée?|reemplazad[oa]|substituíd[oa]|sostituit[oa]|vervangen|zastąpion[eya])\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^\s*(?:(?:can|may|must|should|will) be|one of|or|and|oder|und)\s+", re.IGNORECASE)
_BARE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
MAX_WORDS = 40  # a longer text is prose about statuses, not a status


class ReadStatus(NamedTuple):
    """`status` is None when only a template's choice list is left (`unpicked`) or nothing was written."""

    status: Status | None
    unpicked: bool


def read_status(source: str, vocabulary: Vocabulary) -> ReadStatus:
    """Read one status value from Markdown source: a word, a sentence, a choice list with the chosen word marked."""
    if (boxes := _BOX.search(source)) and (ticked := _behind_ticks(source)) is not None:
        if len(ticked) != 1:
            return ReadStatus(None, True)
        source = f"{source[: boxes.start()]}{ticked[0]}"
    text = plain(source).strip("{}[]<> ")
    bare = strip_symbols(text).strip(" *_`.")
    if not bare:
        return ReadStatus(None, False)
    if _BRACED.fullmatch(source.strip()) and fold(re.sub("[-_]", " ", bare)) not in vocabulary.statuses:
        return ReadStatus(None, True)  # "{superseded by ADR-123}" is still a template's; "{accepted}" is an answer
    if _is_choice(bare, vocabulary):
        picked = _picked(source, vocabulary)
        return ReadStatus(Status(picked, text), False) if picked else ReadStatus(None, True)
    value = first_status(bare, vocabulary)
    return ReadStatus(Status(value or "unknown", text), False)


def _behind_ticks(source: str) -> list[str] | None:
    """Return what stands behind each ticked box of a line; None for a lone tick, which may stand for anything."""
    marks = list(_BOX.finditer(source))
    if len(marks) == 1 and marks[0][0] in "☑☒":
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(source)]
    return [
        source[mark.end() : end].strip(" \t|,;/")
        for mark, end in zip(marks, ends, strict=True)
        if (mark[1] or mark[2]) not in " ☐"
    ]


def read_status_lines(sources: list[str], vocabulary: Vocabulary) -> ReadStatus:
    """Read a status section of several lines: of dated lines the last wins, else the first known word.

    A later line of its own that names a successor ("Superseded by …") overrules an earlier "Accepted".
    """
    read = [(source, read_status(source, vocabulary)) for source in sources]
    known = [(s, r) for s, r in read if r.status and r.status.value != "unknown"]
    if known and _is_own_word(read[0]):
        known = [(s, r) for s, r in known if _DATED.search(s) or _RETIRED_BY.match(_begins(s))]
    if not known:
        return next((r for _, r in read if r.unpicked or r.status), ReadStatus(None, False))
    dated = [r for s, r in known if _DATED.search(s)]
    if len(dated) > 1:
        return dated[-1]
    for source, result in known[1:]:
        if _RETIRED_BY.match(_begins(source)):
            return result
    return known[0][1]


def _is_own_word(first: tuple[str, ReadStatus]) -> bool:
    """Tell whether a section begins with a status that nobody knows here ("Achieved"): then what follows is prose."""
    source, read = first
    is_bare = bool(_BARE.fullmatch(_begins(source)))
    return is_bare and read.status is not None and read.status.value == "unknown"


def _begins(source: str) -> str:
    return strip_symbols(plain(source)).strip(" *_.->")


def first_status(text: str, vocabulary: Vocabulary) -> StatusValue | None:
    """Return the value of the first status word or phrase in a short text."""
    whole = vocabulary.statuses.get(fold(text)) or vocabulary.statuses.get(fold(re.sub("[-_]", " ", text)))
    if whole:
        return cast("StatusValue", whole)
    words = _WORDS.findall(text)[:MAX_WORDS]
    for i in range(len(words)):
        for size in (3, 2, 1):
            if found := vocabulary.statuses.get(fold(" ".join(words[i : i + size]))):
                return cast("StatusValue", found)
    if _CJK.search(text):
        for word in sorted(vocabulary.statuses, key=len, reverse=True):
            if _CJK.search(word) and word in text:
                return cast("StatusValue", vocabulary.statuses[word])
    return None


def _is_choice(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether several different statuses are offered side by side."""
    parts = [part for part in _CHOICE.split(text) if part.strip()]
    if len(parts) < 2:
        return False
    values = {
        vocabulary.statuses.get(fold(strip_symbols(_BEFORE.sub("", p)).strip("{}[]()*_` \"'“”‘’«»"))) for p in parts[:8]
    }
    values |= {"superseded"} if len(parts) > 2 and _RETIRED_BY.search(parts[-1]) else set()
    return len(values - {None}) >= 2


def _picked(source: str, vocabulary: Vocabulary) -> StatusValue | None:
    """Return the one status that is bold, in code, or ticked; None when none or several are."""
    marked = {
        value
        for match in _BOLD.finditer(source)
        if (value := vocabulary.statuses.get(fold(strip_symbols(next(g for g in match.groups() if g)))))
    }
    return cast("StatusValue", marked.pop()) if len(marked) == 1 else None
