"""Which of the listed options was chosen: by its words, its label, or its place in the list."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.because import DECIDES, NEAR, find_because
from onrecord.record.model import Option
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.record.vocabulary import Vocabulary

_LABELS = (
    *("option", "alternative", "variante", "variant", "approach", "solution", "choice", "opcion", "opción", "opção"),
    *("opzione", "optie", "opcja", "вариант", "альтернатива", "选项", "方案", "案", "옵션"),
    *("idea", "proposal", "strategy"),
)
LABEL = lazy_pattern(rf"^(?:{'|'.join(_LABELS)})\s*#?\s*(?:\d{{1,2}}[a-z]?|[A-Z])\b\s*[-–—:.)]*\s*", re.IGNORECASE)
_ANY_LABEL = lazy_pattern("|".join(_LABELS))
SHORT_LABEL = lazy_pattern(r"^([A-Z]?\d{1,2}[a-z]?|[A-Z])\s*[-–—:.)]\s+")
_LABEL_IN_TEXT = lazy_pattern(
    r"\b(?:options?|alternatives?|variante?|approach(?:es)?|solutions?|idea|opción|opção|opzione|optie|opcja|вариант)\s+"
    r"(?:number |numéro |nummer |número |no\.? |nr\.? |n° ?|#)?(\d{1,2}[a-z]?|[A-Z])\b(?:(?:,| and| &| und| et| y| e)\s+(\d{1,2}[a-z]?|(?-i:[A-Z]))\b)?"
    r"|\A\W{0,3}#(\d{1,2}[a-z]?)\b",
    re.IGNORECASE,
)
_ARTICLE = lazy_pattern(r"(?:the|an?|der|die|das|le|la|el|il|o|het|de)\s+", re.IGNORECASE)
_SENTENCE = lazy_pattern(r"(?<!\d\.)(?<=[.!?])\s+|[。！？]\s*|\n")
_NOT_CHOSEN = lazy_pattern(
    r"\b(?:not|never|neither|cannot|avoid|if|whether|could|would|might|considered)\b|n['’]t\b|\?$", re.IGNORECASE
)
_ASIDE = lazy_pattern(r",\s+(?:but\s+)?not\b|\s\((?:and )?not\b|\bover\b", re.IGNORECASE)
MAX_READ = 1_200  # characters of a decision in which the sentence that chooses is looked for
_TOKEN = lazy_pattern(r"[^\W_]+")


def choose(
    options: list[Option],
    chosen: str | None,
    decided: bool,
    strict: bool = False,
    ruled_out: frozenset[str] = frozenset(),
) -> list[Option]:
    """Mark the options that `chosen` names; once one is chosen (or `decided`), undecided others are rejected.

    `strict` leaves mere likeness out: for a long text, which names many things. Those `ruled_out` (their titles) are
    never chosen by being named: a decision says what it replaces.
    """
    named = _named([o for o in options if o.title not in ruled_out], chosen, strict) if chosen else []
    hits = {id(o) for o in named}  # a list of thousands is asked for each of them
    options = [o._replace(outcome="chosen", argued=True) if id(o) in hits else o for o in options]
    if decided and any(o.outcome == "chosen" for o in options):
        options = [o._replace(outcome="rejected") if o.outcome == "undecided" else o for o in options]
    return options


def may_be_labelled(text: str) -> bool:
    """Tell whether a text has any word that `LABEL` begins with; to look for those costs less than to read its options."""
    return _ANY_LABEL.search(text.casefold()) is not None


def choosing_sentences(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield those sentences of a decision that choose, without what they set aside and without their reasons."""
    for place, whole in enumerate(_SENTENCE.split(text[:MAX_READ])):
        says_so = DECIDES.search(whole) or vocabulary.phrase("decided").search(whole)
        if not says_so and (place >= NEAR or not vocabulary.phrase("choice_verb").match(whole)):
            continue
        ends = [found.start() for found in (find_because(whole, vocabulary), *_asides(whole, vocabulary)) if found]
        sentence = whole[: min(ends, default=len(whole))]
        if not _NOT_CHOSEN.search(sentence):
            yield sentence


def _asides(sentence: str, vocabulary: Vocabulary) -> tuple[re.Match[str] | None, ...]:
    return vocabulary.phrase("instead_of").search(sentence), _ASIDE.search(sentence)


def _named(options: list[Option], chosen: str, strict: bool) -> list[Option]:
    """Return the options a text names, by the surest sign there is: the same words, a label, the start, any likeness."""
    text = fold(plain(chosen))
    opening = text[article.end() :] if (article := _ARTICLE.match(text)) else text
    labels = {label.casefold() for found in _LABEL_IN_TEXT.findall(chosen) for label in found if label}
    if count := re.fullmatch(r"\(?(\d{1,2})\)?", text):
        labels = {count[1]}
    elif (short := SHORT_LABEL.match(chosen)) and short[1][0].isalpha():
        labels.add(short[1].casefold())  # "A1: a new folder"
    bare = fold(_bare(plain(chosen)))
    signs: tuple[Callable[[str, str], bool], ...] = (
        lambda title, name: fold(title) == text or name in (text, bare),
        lambda title, _name: bool(labels) and _label_of(fold(plain(title))) in labels,
        lambda _title, name: len(name) >= 3 and (text.startswith(name) or opening.startswith(name)),
        lambda _title, name: len(text) >= 3 and f"{name} ".startswith(f"{text} "),
        lambda _title, name: len(name) >= 3 and f" {name} " in f" {text} ",
        lambda title, _name: same_option(title, chosen) or same_option(_bare(title), chosen),
    )
    if len(labels) == 1 and not any(_label_of(fold(plain(o.title))) for o in options):
        position = next(iter(labels))
        if position.isdigit() and 1 <= int(position) <= len(options):  # "we chose option 2" of a list without labels
            return [options[int(position) - 1]]
    rest = [option for option in options if option.outcome != "chosen"]
    names = {title: fold(_bare(title)) for title in dict.fromkeys(option.title for option in rest)}
    for sign in signs[:3] if strict else signs:
        if hits := {title for title, name in names.items() if sign(title, name)}:
            return [option for option in rest if option.title in hits]
    return []


def _bare(title: str) -> str:
    """Return an option's name without its label ("Option 2: Redis") and without brackets."""
    label = LABEL.match(title) or SHORT_LABEL.match(title)
    name = title[label.end() :] if label else title
    return re.sub(r"\s*(?:\([^)]*\)|\[[^\]]*\])", "", name).strip() or title


def same_option(first: str, second: str) -> bool:
    """Tell whether two texts name the same option: by label ("Option 2", "A1"), containment, or most of their words."""
    one, other = _compared(first), _compared(second)
    a, b = one.text, other.text
    if not a or not b:
        return False
    if a == b or (min(len(a), len(b)) >= 4 and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")):
        return True
    if one.label and other.label:
        return one.label == other.label
    if one.label and re.fullmatch(rf"(?:option |alternative )?{re.escape(one.label)}", b):
        return True
    shared = len(one.words & other.words)
    return shared >= 2 and shared / min(len(one.words), len(other.words)) >= 0.75


class _Compared(NamedTuple):
    """A text as it is compared with others: folded, its label, its words."""

    text: str
    label: str | None
    words: frozenset[str]


@lru_cache(maxsize=256)  # one text is compared with each of many
def _compared(source: str) -> _Compared:
    text = fold(plain(source))
    return _Compared(text, _label_of(text), frozenset(_TOKEN.findall(text)))


def _label_of(text: str) -> str | None:
    match = LABEL.match(text) or SHORT_LABEL.match(text.upper())
    found = re.search(r"[a-z]?\d{1,2}[a-z]?|\b[a-z]\b", match[0].lower()) if match else None
    return found[0] if found else None
