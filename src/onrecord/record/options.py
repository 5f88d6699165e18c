"""The considered options: where they are listed, which was chosen, and whether anything is said about each."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Html, Item, ListBlock, Paragraph, Span, Table, plain
from onrecord.record.choice import LABEL, SHORT_LABEL, may_be_labelled, same_option
from onrecord.record.model import Option, Outcome, Slot, SlotState
from onrecord.record.nothing import says_none
from onrecord.record.option_names import (
    BOLD_LEAD,
    names_in_line,
    option_title,
    outcome_in,
    outcome_told,
    outcome_word,
    weighs_options,
)
from onrecord.record.outline import Outline, Part
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import Vocabulary, fold

_ARGUMENT = lazy_pattern(
    r"(?:good|bad|neutral|pro|con|gut|schlecht|bien|mal|bon|mauvais|bom|ruim)\s*[,:]", re.IGNORECASE
)
_VERDICT = frozenset(
    ("verdict", "outcome", "status", "decision", "result", "chosen", "selected", "why not", "why rejected", "reason",
     "reason rejected", "notes")
)  # fmt: skip
_COUNTER = frozenset(("#", "", "no", "nr", "id"))
MOST_WORDS = 60  # of a part in which one sentence says it all
MAX_COMPARED = 60  # options are compared in pairs; nobody weighs more than this


class Found(NamedTuple):
    """The options, why there is only one (if the text says so), the slot they stand in, and those surely not taken."""

    options: list[Option]
    no_alternatives_reason: str | None
    slot: Slot
    ruled_out: frozenset[str] = frozenset()


class _Raw(NamedTuple):
    title: str
    outcome: Outcome | None
    argued: bool
    span: Span


def read_options(outline: Outline, vocabulary: Vocabulary) -> Found:
    """Return the options listed under their own headings; prose is `prose_options`."""
    raw: list[_Raw] = []
    reason: str | None = None
    slot = Slot("absent", None, "")
    ruled_out: set[str] = set()
    for i in outline.with_role("considered_options", "alternatives"):
        part = outline.parts[i]
        default: Outcome | None = "rejected" if part.role == "alternatives" else None
        here = _in_part(outline, i, vocabulary)
        text = outline.text(i)
        if _is_none_considered(outline, i, text, here, vocabulary):
            reason, here = reason or text, []
        state = _state(here, reason, text, vocabulary)
        if slot.state != "filled":
            slot = Slot(state, outline.span(i), f'heading "{plain(part.title)}"')
        heading = plain(part.title)
        is_against = (
            bool(vocabulary.phrase("instead_of").fullmatch(fold(heading))) or outcome_word(heading) == "rejected"
        )
        ruled_out |= {r.title for r in here if r.outcome == "rejected" or is_against}
        raw = _merge(raw, [r._replace(outcome=r.outcome or default) for r in here])
    if not raw and not reason:
        raw, slot = _elsewhere(outline, vocabulary, slot)
    raw = _with_arguments(raw, outline)
    options = [Option(r.title, r.outcome or "undecided", r.argued, r.span) for r in raw]
    return Found(options, reason, slot, frozenset(ruled_out))


def _state(here: list[_Raw], reason: str | None, text: str, vocabulary: Vocabulary) -> SlotState:
    if here or reason:
        return "filled"
    return "placeholder" if any(ch.isalnum() for ch in text) and fold(text) not in vocabulary.absent else "empty"


def _is_none_considered(outline: Outline, index: int, text: str, here: list[_Raw], vocabulary: Vocabulary) -> bool:
    """Tell whether a part says that there were none: as a sentence anywhere in a short one, or at its very beginning."""
    if len(text.split()) <= MOST_WORDS and vocabulary.phrase("none_considered").search(text):
        return True
    blocks = outline.parts[index].blocks
    is_prose = all(isinstance(block, Paragraph) for block in blocks) or len(here) <= 1
    return is_prose and len(outline.children(index)) == 0 and says_none(text, vocabulary)


def _in_part(outline: Outline, index: int, vocabulary: Vocabulary) -> list[_Raw]:
    """Return the options in one part: inner headings, a list, a table, bold lines, or its paragraphs."""
    part = outline.parts[index]
    inner = [
        i
        for i in outline.children(index)
        if outline.parts[i].role in (None, "considered_options", "alternatives", "proposal")
        and not weighs_options(outline.parts[i].title)
    ]
    headings = [_from_heading(outline, i) for i in inner if not is_unfilled(outline.parts[i].title, vocabulary)]
    listed = [raw for block in part.blocks if isinstance(block, ListBlock) for raw in _from_list(block, vocabulary)]
    if len(headings) >= 2 or (headings and len(listed) < 2):
        return headings
    tables = [raw for block in part.blocks if isinstance(block, Table) for raw in _from_table(block, vocabulary)]
    tables += [
        raw
        for block in part.blocks
        if isinstance(block, Html) and "<table" in block.text.lower()
        for raw in _from_html(block, vocabulary)
    ]
    paragraphs = [b for b in part.blocks if isinstance(b, Paragraph) and not is_unfilled(b.text, vocabulary)]
    if tables:
        return tables
    led = [r for p in paragraphs if (r := _from_bold_line(p))]
    if len(led) >= 2 or (led and not listed):
        return led
    if listed:
        return listed
    return _from_prose(part, paragraphs, vocabulary)


def _from_heading(outline: Outline, index: int) -> _Raw:
    part, text = outline.parts[index], outline.text(index)
    return _Raw(
        option_title(part.title, whole=True), outcome_in(part.title) or outcome_told(text), bool(text), part.span
    )


def _from_list(block: ListBlock, vocabulary: Vocabulary) -> list[_Raw]:
    out = []
    known: dict[tuple[str, bool | None, bool], _Raw | None] = {}  # a long list may say the same over and over
    for item in block.items:
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph):
            key = (first.text, item.checked, len(item.blocks) > 1)
            if key not in known:
                known[key] = _from_item(first.text, item, vocabulary)
            if raw := known[key]:
                out.append(_Raw(raw.title, raw.outcome, raw.argued, item.span))
    return out


def _from_item(text: str, item: Item, vocabulary: Vocabulary) -> _Raw | None:
    if is_unfilled(text, vocabulary):
        return None
    shown = plain(text)
    if not shown and (struck := plain(text, keep_struck=True)):
        return _Raw(struck, "rejected", False, item.span)
    title = option_title(text)
    if not title or fold(shown) in vocabulary.absent:
        return None
    argued = len(item.blocks) > 1 or len(shown) > len(title) + 12
    outcome = outcome_in(text) or ("chosen" if item.checked else outcome_told(shown[len(title) :]))
    return _Raw(title, outcome, argued, item.span)


def _from_table(table: Table, vocabulary: Vocabulary) -> list[_Raw]:
    heads = [fold(plain(cell)) for cell in table.header]
    at = next(
        (i for i, cell in enumerate(table.header) if vocabulary.role(cell) in ("considered_options", "alternatives")),
        None,
    )
    if at is None:
        at = 1 if heads and heads[0] in _COUNTER and len(heads) > 1 else 0
    verdict = next((i for i, head in enumerate(heads) if head in _VERDICT and i != at), None)
    out = []
    for row, span in zip(table.rows, table.spans[1:], strict=False):
        if at >= len(row) or not plain(row[at]) or is_unfilled(row[at], vocabulary):
            continue
        outcome = outcome_in(row[at])
        if outcome is None and verdict is not None and verdict < len(row):
            outcome = outcome_word(row[verdict])
        out.append(_Raw(option_title(row[at], whole=True), outcome, sum(bool(plain(c)) for c in row) > 1, span))
    return out


def _from_html(block: Html, vocabulary: Vocabulary) -> list[_Raw]:
    from onrecord.record.html_table import read_html_tables

    return [raw for table in read_html_tables(block) for raw in _from_table(table, vocabulary)]


def _from_bold_line(block: Paragraph) -> _Raw | None:
    match = BOLD_LEAD.match(block.text.strip())
    if not match or weighs_options(match["title"]):
        return None
    return _Raw(
        option_title(match["title"], whole=True),
        outcome_in(block.text.split("\n")[0]) or outcome_told(block.text[match.end() :]),
        len(block.text) > match.end() + 3,
        block.span,
    )


def _from_prose(part: Part, paragraphs: list[Paragraph], vocabulary: Vocabulary) -> list[_Raw]:
    """Read paragraphs under an options heading: one option each if labelled, else one in all."""
    if part.inline and not paragraphs:
        return [_Raw(name, None, False, part.span) for name in names_in_line(part.inline)]
    labelled = [p for p in paragraphs if LABEL.match(plain(p.text)) or SHORT_LABEL.match(plain(p.text))]
    if labelled:
        return [_Raw(option_title(p.text), outcome_in(p.text), True, p.span) for p in labelled]
    told = [p for p in paragraphs if plain(p.text) and fold(plain(p.text)) not in vocabulary.absent]
    if not told:
        return []
    first = told[0]
    names = names_in_line(plain(first.text)) if len(told) == 1 else []
    if len(names) >= 2:
        return [_Raw(name, None, False, first.span) for name in names]
    if 2 <= len(told) <= 6 and all(len(p.text.split()) <= 40 for p in told):
        return [_Raw(option_title(p.text), outcome_in(p.text), True, p.span) for p in told]
    return [_Raw(option_title(first.text), None, True, first.span)]


def _elsewhere(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[_Raw], Slot]:
    """Look for options in pros and cons, and in labelled headings or bold lines below context and decision."""
    for i in outline.with_role("pros_cons"):
        inner = [
            k
            for k in outline.children(i)
            if outline.parts[k].role is None
            and not is_unfilled(outline.parts[k].title, vocabulary)
            and not weighs_options(outline.parts[k].title)
        ]
        if len(inner) >= 2:
            part = outline.parts[i]
            return [_from_heading(outline, k) for k in inner], Slot(
                "filled", outline.span(i), f'heading "{plain(part.title)}"'
            )
    labelled = [
        i for i, part in enumerate(outline.parts) if i != outline.title_index and LABEL.match(plain(part.title))
    ]
    if len(labelled) >= 2:
        return [_from_heading(outline, i) for i in labelled], Slot(
            "filled", outline.parts[labelled[0]].span, "headings that name options"
        )
    weighed = [i for i, part in enumerate(outline.parts) if part.role is None and _is_weighed(part)]
    if len(weighed) >= 2:
        return [_from_heading(outline, i) for i in weighed], Slot(
            "filled", outline.parts[weighed[0]].span, "headings with arguments for and against"
        )
    for part in outline.parts:
        blocks = [block for block in part.blocks if any(may_be_labelled(text) for text, _ in pieces((block,)))]
        led = [r for b in blocks if isinstance(b, Paragraph) and (r := _from_bold_line(b))]
        led += [r for b in blocks if isinstance(b, ListBlock) for r in _from_list(b, vocabulary)]
        led = [r for r in led if LABEL.match(r.title)]
        if len(led) >= 2:
            return led, Slot("filled", led[0].span, "lines that name options")
    return [], slot


def _is_weighed(part: Part) -> bool:
    """Tell whether a heading has a list of "Good, because …" and "Bad, because …" below it."""
    items = [
        plain(b.text)
        for block in part.blocks
        if isinstance(block, ListBlock)
        for item in block.items
        for b in item.blocks[:1]
        if isinstance(b, Paragraph)
    ]
    return bool(items) and sum(bool(_ARGUMENT.match(text)) for text in items) * 2 >= len(items)


def _with_arguments(raw: list[_Raw], outline: Outline) -> list[_Raw]:
    """Mark the options that pros and cons have a heading for."""
    titles = {
        fold(plain(outline.parts[k].title)) for i in outline.with_role("pros_cons") for k in outline.subtree(i)[1:]
    }
    if not titles:
        return raw
    alike = sorted(titles)[:MAX_COMPARED] if len(raw) <= MAX_COMPARED else []
    return [
        r._replace(argued=True)
        if not r.argued and (fold(r.title) in titles or any(same_option(r.title, t) for t in alike))
        else r
        for r in raw
    ]


def _merge(first: list[_Raw], second: list[_Raw]) -> list[_Raw]:
    if not first:
        return second
    seen = {fold(raw.title) for raw in first}
    return first + [raw for raw in second if fold(raw.title) not in seen]
