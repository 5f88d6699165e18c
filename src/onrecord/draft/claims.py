"""Whether what is said to have been said was said: a claim is kept when its quote stands in the turn that it names.

Whoever reads a transcript for us, a model or a script, hands over claims; what does not hold is emptied, with the reason.
A quote of five words is found in another meeting by chance once in a thousand times, one of three words in one of fifteen.
No check of a text can tell that a person who said a thing was right: so speaker and quote stay beside it, for people.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.draft.cues import is_open, stem
from onrecord.draft.transcript.clean import one_line
from onrecord.draft.transcript.names import is_person
from onrecord.log.similar import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.draft.transcript import Transcript, Turn

LEAST_WORDS = 5
PEOPLE = ("owner", "decider", "decision_makers", "follow_up_owner")  # fields whose text is the name of a person
_STRAIGHT = str.maketrans(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_FIRST = re.compile(r"\b(?:i|i'm|i'll|i've|i'd|me|my|mine|myself)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n't|against|drop|reject(?:ed|s)?|instead of)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"`[^`]+`|\b[\w-]*[\w][./_:\\-][\w./_:\\-]*\w\b"
    r"|\b(?:(?![a-z])\w)*+[a-z](?:(?![A-Z])\w)*+[A-Z]\w*+|\b(?:(?![A-Z]{2})\w)*+[A-Z]{2}\w*+|\b[A-Za-z]++\d\w*+"
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![\w])[^\W\d_a-z][\w'-]+")
_OPENERS = frozenset(
    [
        "we",
        "the",
        "this",
        "that",
        "these",
        "use",
        "uses",
        "using",
        "keep",
        "keeps",
        "adopt",
        "choose",
        "chose",
        "move",
        "take",
        "drop",
        "make",
        "build",
        "switch",
        "replace",
        "store",
        "run",
        "let",
        "let's",
        "it",
        "our",
        "all",
        "each",
        "every",
        "there",
        "from",
        "as",
        "for",
        "in",
        "on",
        "with",
        "when",
        "if",
        "a",
        "an",
        "to",
        "and",
        "but",
        "or",
        "so",
        "because",
        "add",
        "remove",
        "write",
        "send",
        "ask",
        "check",
        "create",
        "order",
        "set",
        "plan",
        "start",
        "stop",
        "one",
        "no",
        "not",
        "new",
        "old",
        "they",
        "he",
        "she",
        "i",
        "you",
        "my",
    ]
)


class Claim(NamedTuple):
    """A statement for a field, with its proof. Values come from outside: any of them may be of a wrong type."""

    field: Any
    text: Any
    turn: Any
    quote: Any
    speaker: Any = None


class Kept(NamedTuple):
    """A claim that holds: its text in one clean line, the turn it was said in, and the quote."""

    field: str
    text: str
    turn: Turn
    quote: str


class Emptied(NamedTuple):
    """A claim that does not hold, and why, for people."""

    field: str
    reason: str


def verify(claim: Claim, transcript: Transcript, participants: Sequence[str], title: str = "") -> Kept | Emptied:
    """Return the claim if each part of it holds; `title` is what the person typed, and `participants` who was there."""
    field = one_line(claim.field, 60) if isinstance(claim.field, str) else ""
    if not field:
        return Emptied("", "it names no field")
    if fault := _misshaped(claim, transcript):
        return Emptied(field, fault)
    turn = transcript.turns[claim.turn - 1]
    text, quote = one_line(claim.text), one_line(claim.quote)
    if fault := _unproven(quote, turn):
        return Emptied(field, fault)
    if claim.speaker is not None and (
        not isinstance(claim.speaker, str) or folded(claim.speaker) != folded(turn.speaker or "")
    ):
        return Emptied(field, f"turn {turn.number} was not said by that speaker")
    fault = (
        _not_theirs(text, quote, turn, participants) if field in PEOPLE else _beyond(text, turn, title, quote, field)
    )
    return Emptied(field, fault) if fault else Kept(field, text, turn, quote)


def folded(text: str) -> str:
    """Return a text for comparison: NFKC, straight quotes and dashes, single spaces, no case."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_STRAIGHT).split()).casefold()


def _misshaped(claim: Claim, transcript: Transcript) -> str:
    if not isinstance(claim.text, str) or not any(map(str.isalnum, claim.text)):
        return "it says nothing"
    if not isinstance(claim.quote, str) or not claim.quote.strip():
        return "it has no quote"
    if not isinstance(claim.turn, int) or isinstance(claim.turn, bool):
        return "its turn is no number"
    if not 1 <= claim.turn <= len(transcript.turns):
        return f"there is no turn {claim.turn}"
    return ""


def _unproven(quote: str, turn: Turn) -> str:
    count = sum(any(map(str.isalnum, word)) for word in quote.split())
    if count < LEAST_WORDS:
        return f"its quote has {count} of the {LEAST_WORDS} words that tell it from others"
    wanted, said = folded(quote), folded(turn.text)
    at = said.find(wanted)
    while at >= 0:
        before, after = said[at - 1 : at], said[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return ""
        at = said.find(wanted, at + 1)
    return f"its quote is not in turn {turn.number}"


def _not_theirs(name: str, quote: str, turn: Turn, participants: Sequence[str]) -> str:
    """Say why a quote does not prove that a task or decision is this person's; empty where it does."""
    if not is_person(name) or folded(name) not in map(folded, participants):
        return f"{name} is not among those who were there"
    if _FIRST.search(quote.translate(_STRAIGHT)):
        is_own = turn.speaker is not None and folded(turn.speaker) == folded(name)
        return "" if is_own else f"the quote speaks of “I”, and {turn.speaker or 'nobody by name'} said it"
    return "" if _is_named(name, quote, participants) else f"the quote does not name {name}"


def _is_named(name: str, quote: str, participants: Sequence[str]) -> bool:
    """Tell whether a quote has the full name, or a part of it that only this participant has."""
    said = set(re.findall(r"[\w'-]+", folded(quote)))
    parts = set(re.findall(r"[\w'-]+", folded(name)))
    others = {
        part for one in participants if folded(one) != folded(name) for part in re.findall(r"[\w'-]+", folded(one))
    }
    return parts <= said or bool({part for part in parts - others if len(part) > 1} & said)


def _beyond(text: str, turn: Turn, title: str, quote: str, field: str) -> str:
    """Say what a text adds to the turn and the title; every telling word of a decision is in the quote's own sentences."""
    around = _sentences_around(quote, turn.text)
    said = folded(f"{around if field == 'decision' else turn.text} {title}")
    known = set(re.findall(r"[\w'-]+", said)) | set(re.findall(r"[^\W_]+", said))
    for word in _pinned(text):
        plain = folded(word.strip("`"))
        if plain not in known and not re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", said):
            return f"“{word}” was not said in turn {turn.number}"
    return _undecided(text, around, turn, {stem(word) for word in known}) if field == "decision" else ""


def _undecided(text: str, around: str, turn: Turn, stems: set[str]) -> str:
    """Say why a sentence does not decide what a text says; a word of it counts in any of its endings."""
    for word in words(folded(text)):
        if stem(word) not in stems and word not in _OPENERS:
            return f"“{word}” was not said with that quote in turn {turn.number}"
    if is_open(around):
        return f"turn {turn.number} asks, or leaves it open"
    if bool(_NOT.search(folded(text))) != bool(_NOT.search(around)):
        return f"one of text and turn {turn.number} says “not”, the other does not"
    return ""


def _pinned(text: str) -> list[str]:
    """Return the names, numbers and code words of a text."""
    straight = text.translate(_STRAIGHT)
    names = [name for name in _NAME.findall(straight) if name.casefold() not in _OPENERS | STOP_WORDS]
    return list(dict.fromkeys([*_CODE.findall(text), *_NUMBER.findall(text), *names]))


def _sentences_around(quote: str, text: str) -> str:
    """Return the sentences of a turn that a quote lies in, folded: what it leaves out at either end may turn its meaning."""
    said, wanted = folded(text), folded(quote)
    at = said.find(wanted)
    start = max((m.end() for m in re.finditer(r"[.?!]\s", said[:at])), default=0)
    rest = re.search(r"[.?!](?:\s|\Z)", said[at + len(wanted) - 1 :])
    return said[start : at + len(wanted) - 1 + rest.end() if rest else len(said)].strip()
