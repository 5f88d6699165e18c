"""Which of the listed options was chosen: by its words, its label, or its place in the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.model import Option
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable

LABEL = lazy_pattern(
    r"^(?:option|alternative|variante?|approach|solution|choice|opci[oó]n|opção|opzione|optie|opcja|вариант|альтернатива|选项|方案|案|옵션|idea|proposal|strategy)\s*#?\s*(?:\d{1,2}|[A-Z])\b\s*[-–—:.)]*\s*",
    re.IGNORECASE,
)
SHORT_LABEL = lazy_pattern(r"^([A-Z]?\d{1,2}|[A-Z])\s*[-–—:.)]\s+")
_LABEL_IN_TEXT = lazy_pattern(
    r"\b(?:option|alternative|variante?|approach|solution|idea|opción|opção|opzione|optie|opcja|вариант)\s+(?:number |numéro |nummer |número |no\.? |nr\.? |n° ?|#)?(\d{1,2}|[A-Z])\b",
    re.IGNORECASE,
)
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
    hits = _named([o for o in options if o.title not in ruled_out], chosen, strict) if chosen else []
    options = [o._replace(outcome="chosen", argued=True) if o in hits else o for o in options]
    if decided and any(o.outcome == "chosen" for o in options):
        options = [o._replace(outcome="rejected") if o.outcome == "undecided" else o for o in options]
    return options


def _named(options: list[Option], chosen: str, strict: bool) -> list[Option]:
    """Return the options a text names, by the surest sign there is: the same words, a label, the start, any likeness."""
    text = fold(plain(chosen))
    labels = {label.casefold() for label in _LABEL_IN_TEXT.findall(chosen)}
    if re.fullmatch(r"\d{1,2}", text):
        labels = {text}
    signs: tuple[Callable[[Option], bool], ...] = (
        lambda o: fold(o.title) == text or fold(_bare(o.title)) == text,
        lambda o: bool(labels) and _label_of(fold(plain(o.title))) in labels,
        lambda o: text.startswith(fold(_bare(o.title))) and len(fold(_bare(o.title))) >= 3,
        lambda o: same_option(o.title, chosen) or same_option(_bare(o.title), chosen),
    )
    if len(labels) == 1 and not any(_label_of(fold(plain(o.title))) for o in options):
        position = next(iter(labels))
        if position.isdigit() and 1 <= int(position) <= len(options):  # "we chose option 2" of a list without labels
            return [options[int(position) - 1]]
    for sign in signs[:3] if strict else signs:
        if hits := [o for o in options if o.outcome != "chosen" and sign(o)]:
            return hits
    return []


def _bare(title: str) -> str:
    """Return an option's name without its label ("Option 2: Redis") and without brackets."""
    label = LABEL.match(title) or SHORT_LABEL.match(title)
    name = title[label.end() :] if label else title
    return re.sub(r"\s*\([^)]*\)", "", name).strip() or title


def same_option(first: str, second: str) -> bool:
    """Tell whether two texts name the same option: by label ("Option 2", "A1"), containment, or most of their words."""
    a, b = fold(plain(first)), fold(plain(second))
    if not a or not b:
        return False
    if a == b or (min(len(a), len(b)) >= 4 and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")):
        return True
    label_a, label_b = _label_of(a), _label_of(b)
    if label_a and label_b:
        return label_a == label_b
    if label_a and re.fullmatch(rf"(?:option |alternative )?{re.escape(label_a)}", b):
        return True
    words_a, words_b = set(_TOKEN.findall(a)), set(_TOKEN.findall(b))
    shared = len(words_a & words_b)
    return shared >= 2 and shared / min(len(words_a), len(words_b)) >= 0.75


def _label_of(text: str) -> str | None:
    match = LABEL.match(text) or SHORT_LABEL.match(text.upper())
    found = re.search(r"[a-z]?\d{1,2}|\b[a-z]\b", match[0].lower()) if match else None
    return found[0] if found else None
