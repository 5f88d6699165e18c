"""The alternatives of a description, each with what was said of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.change.keyed import OPTIONS
from onrecord.change.told import split_sentences
from onrecord.draft.content import Choice
from onrecord.draft.entered import as_name, as_text
from onrecord.draft.promote_words import same_words, words_of, words_of_part
from onrecord.markdown import ListBlock, Paragraph, Table, plain
from onrecord.record.outline import Part

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from onrecord.markdown import Block, Span
    from onrecord.record.model import Option
    from onrecord.record.outline import Outline
    from onrecord.record.vocabulary import Vocabulary

    _There: TypeAlias = Part | "_Item" | Paragraph | tuple[str, ...]  # the last is a row

MOST_LETTERS = 120  # of a name; behind more of them stands a sentence
_SET_ASIDE = re.compile(
    r"\b(?:considered|alternatively|instead|rather than|in place of|as opposed to|decided (?:not|against)|chose not)\b"
    r"|\b(?:an?|the|one|another) alternative\b|\bcould (?:also|instead|have)\b|\btried\b|\bthought (?:about|of)\b",
    re.IGNORECASE,
)
_PREFERRED = re.compile(r"\b(?:instead of|rather than|in place of|as opposed to|in favou?r of|over)\s+$", re.IGNORECASE)
_ALONE = r"(?:\A|[.!?\n]\s*)Instead of\s+"
_JOINT = " \t:–—-.,;*_"


def choices_of(options: Sequence[Option], outline: Outline, prose: str, vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """Return the options that were not taken; of those told in passing only what a sentence clearly sets aside."""
    shared = Counter(option.span for option in options)
    standing = _standing(outline)
    inside = {at for top in outline.with_role(*OPTIONS, "pros_cons") for at in outline.subtree(top)}
    found: list[Choice] = []
    known: dict[tuple[str, bool, Hashable], Choice] = {}  # a long list may say the same over and over
    for option in options:
        there = standing.get(option.span, ())
        # below a heading or key of its own, or in a list that was announced
        listed = any(at in inside or isinstance(one, _Item) for at, one in there)
        if not listed and not _is_set_aside(option.title, prose):
            continue
        alone = listed and shared[option.span] == 1
        key = (option.title, listed, _alone(there) if alone else "")
        if key[2] is None or key not in known:
            body = _said_of(option.title, there, outline, vocabulary) if alone else ""
            known[key] = _choice(option.title, body, listed, prose)
        found.append(known[key])
    return tuple(found)


def _choice(title: str, body: str, listed: bool, prose: str) -> Choice:
    name = as_name(title.removesuffix(" …"))
    if len(name) > MOST_LETTERS:
        body = body or as_name(title)
        name = f"{name[: name.rfind(' ', 0, MOST_LETTERS)]} …"
    behind = "" if listed or name != as_name(title) else _behind_in(prose, title)
    return Choice(name, "rejected", body, behind)


def _alone(there: Sequence[tuple[int, _There]]) -> Hashable:
    """Return what an option's words come from, where that is one row, one paragraph, or an item of one; else None."""
    one = there[0][1] if len(there) == 1 else None
    if isinstance(one, _Item):
        first = one.blocks[0] if len(one.blocks) == 1 else None
        return ("item", first.text) if isinstance(first, Paragraph) else None
    if isinstance(one, Paragraph):
        return ("paragraph", one.text)
    return one if type(one) is tuple else None


class _Item(NamedTuple):
    """A list's item, apart from the paragraph that may stand in the same lines."""

    blocks: tuple[Block, ...]


def _standing(outline: Outline) -> dict[Span, list[tuple[int, _There]]]:
    """Return what stands exactly at each span, and in which part: the part itself, an item's blocks, a row, a paragraph."""
    found: dict[Span, list[tuple[int, _There]]] = {}
    for at, part in enumerate(outline.parts):
        found.setdefault(part.span, []).append((at, part))
        for span, one in _within(part.blocks, frozenset()):
            found.setdefault(span, []).append((at, one))
    return found


def _within(blocks: Iterable[Block], around: frozenset[Span]) -> Iterator[tuple[Span, _There]]:
    """Give each of them with its span, apart from what stands alone in an item, and so is meant with it."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                if item.span not in around:
                    yield item.span, _Item(item.blocks)
                yield from _within(item.blocks, around | {item.span})
        elif isinstance(block, Table):
            rows = zip(block.spans[1:], block.rows, strict=False)
            yield from ((span, row) for span, row in rows if span not in around)
        elif isinstance(block, Paragraph) and block.span not in around:
            yield block.span, block


def _is_set_aside(title: str, prose: str) -> bool:
    """Tell whether a sentence sets something aside, or a name is what another was preferred to."""
    at = prose.find(title)
    if at > 0 and _PREFERRED.search(prose[max(0, at - 30) : at]):
        return True
    return len(title.split()) > 3 and bool(_SET_ASIDE.search(title)) and "open to" not in title


def _behind_in(prose: str, title: str) -> str:
    """Return the clause behind a name in a sentence of its own: "Instead of MySQL, which has no licence."."""
    told = re.search(rf"{_ALONE}{re.escape(title)},\s+(?P<clause>(?:which|whose|but)\s[^\n]*)", prose)
    return f", {as_name(split_sentences(told['clause'])[0]).rstrip(' .')}" if told else ""


def _said_of(
    title: str,
    there: Iterable[tuple[int, _There]],
    outline: Outline,
    vocabulary: Vocabulary,
) -> str:
    """Return what stands behind an option's name, or below it."""
    for at, one in there:
        if isinstance(one, Paragraph):
            return as_text(_behind(_text([one], vocabulary), title))
        if isinstance(one, _Item):
            first, *rest = words_of(one.blocks, vocabulary) or [""]
            return as_text("\n\n".join(filter(None, (_behind(first, title), *rest))))
        if isinstance(one, Part):
            if one.level and same_words(one.title, title):
                return as_text(words_of_part(outline, at, vocabulary, frozenset()))
        else:
            cells = (cell for cell in one if not same_words(cell, title))
            return as_text("; ".join(cell.strip() for cell in cells if plain(cell)))
    return ""


def _text(blocks: Iterable[Block], vocabulary: Vocabulary) -> str:
    return "\n\n".join(words_of(blocks, vocabulary))


def _behind(text: str, title: str) -> str:
    """Return what follows the name; all of it where the name cannot be told from the rest."""
    wanted = _letters(title)
    count = 0
    for at, letter in enumerate(text):
        if not letter.isalnum():
            continue
        if count < len(wanted) and letter.casefold() == wanted[count]:
            count += 1
        else:
            return text
        if count == len(wanted):
            rest = text[at + 1 :]
            if rest[:1].isalnum():
                return text
            return re.sub(rf"\A[{re.escape(_JOINT)}`~\"'”’)\]]+", "", rest).strip()
    return "" if count == len(wanted) else text


def _letters(text: str) -> str:
    return "".join(letter.casefold() for letter in text if letter.isalnum())
