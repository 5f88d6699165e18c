"""What was not chosen: under a heading of its own, in a key, struck out, or set aside in a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.change.told import split_sentences
from onrecord.markdown import plain
from onrecord.record.model import Option, Slot
from onrecord.record.options import read_options
from onrecord.record.outline import Outline
from onrecord.record.placeholders import pieces
from onrecord.record.prose import none_considered, prose_options
from onrecord.record.vocabulary import Vocabulary

_OF_A_PROGRAM = re.compile(
    r"\b(?:adds?|added|adding|introduc\w{1,3}|exposes?|new|extra|removes?|supports?|documents?|pass(?:es)?)\s+(?:an?\s+|the\s+)?"
    r"(?:\w+\s+)?(?:another|other|more)\s+(?:\w+\s+)?options?\b|\balternative-\w|\balternative (?:name|text|spelling|syntax|registr)",
    re.IGNORECASE,
)
_CHOOSES = re.compile(
    r"\b(?:decided|chose|opted|picked|went with|settled on|prefer(?:red)?|going with)\b", re.IGNORECASE
)
_COMPARED = re.compile(r"\b(?:than|over|instead of|rather than)\s+(?P<rival>[^.;:()]{3,200})", re.IGNORECASE)
_STRUCK = re.compile(r"~~(?!\s)(?P<text>[^~\n]{3,300}?)(?<!\s)~~")
MAX_TITLE = 160


class Rivals(NamedTuple):
    """The options other than the chosen one, as far as it is known; and why there was none, when that is said."""

    options: list[Option]
    none_reason: str | None


def read_rivals(outline: Outline, vocabulary: Vocabulary) -> Rivals:
    """Return the alternatives: those under their own heading first, then those told in passing."""
    found = read_options(outline, vocabulary)
    if found.options or found.no_alternatives_reason:
        return Rivals(found.options, found.no_alternatives_reason)
    told, _ = prose_options(outline, vocabulary, Slot("absent", None, ""))
    waives = vocabulary.phrase("no_decision")  # the heading "No decision" turns nothing down
    told = [o for o in told if not _OF_A_PROGRAM.search(o.title) and not waives.match(f"no {o.title}")]
    told = told or _preferred(outline, vocabulary) or _struck(outline)
    return Rivals(told, None if told else none_considered(outline, vocabulary))


def _preferred(outline: Outline, vocabulary: Vocabulary) -> list[Option]:
    """Return what a choice was preferred to: "I decided to hardcode it, which is simpler than computing it"."""
    for part in outline.parts:
        for text, span in pieces(part.blocks):
            for sentence in split_sentences(plain(text)):
                chooses = _CHOOSES.search(sentence) or vocabulary.phrase("decided").search(sentence)
                if chooses and (match := _COMPARED.search(sentence, chooses.end())):
                    return [Option(_clipped(match["rival"].strip()), "rejected", True, span)]
    return []


def _struck(outline: Outline) -> list[Option]:
    """Return what is struck out inside a decision: the design that was given up."""
    for i in outline.with_role("decision"):
        for text, span in pieces(outline.parts[i].blocks):
            if match := _STRUCK.search(text):
                return [Option(_clipped(plain(match["text"])), "rejected", False, span)]
    return []


def _clipped(text: str) -> str:
    return text if len(text) <= MAX_TITLE else text[: text.rfind(" ", 0, MAX_TITLE)] + " …"
