"""Another status, also where there is none yet, a list of choices, or a history with dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.markdown import ListBlock, Paragraph, Span, plain
from onrecord.record.data import load
from onrecord.record.edit.model import Edit
from onrecord.record.edit.status import BY_STATUS, status_edit
from onrecord.record.edit.text import edit_text
from onrecord.record.placeholders import pieces
from onrecord.record.read.context import lines_of
from onrecord.record.status import first_status
from onrecord.record.touch import Mark, attempts
from onrecord.record.vocabulary import LANGUAGES, fold, strip_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.record.edit.page import Page
    from onrecord.record.edit.verify import Draft
    from onrecord.record.model import DecisionRecord, StatusValue

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BOX = re.compile(r"^(?P<head>\s*(?:[-*+]|\d+[.)])\s+\[)(?P<mark>[ xX])(?P<tail>\]\s*(?P<text>.*))$")


def words_for(value: StatusValue, record: DecisionRecord, neighbors: Iterable[DecisionRecord]) -> list[str]:
    """Return the words for a status, the fittest first: the neighbors', then those of the record's language, then English.

    Each begins with a capital, or is in small or in capital letters, as the status that is there.
    """
    old = record.status.text if record.status else ""
    used: dict[str, int] = {}
    for one in neighbors:
        if one.status and one.status.value == value and len(one.status.text.split()) <= 3:
            used[one.status.text] = used.get(one.status.text, 0) + 1
    found = sorted(used, key=lambda word: (-used[word], word))
    for language in sorted(LANGUAGES, key=lambda name: not _knows(name, record, old)):
        found.append(load(f"vocabulary/{language}.json")["statuses"][value][0])
        if not _knows(language, record, old):
            break
    english = str(load("vocabulary/en.json")["statuses"][value][0])
    return list(
        dict.fromkeys(cased(word, old or next(iter(found[: len(used)]), "Accepted")) for word in (*found, english))
    )


def _knows(language: str, record: DecisionRecord, text: str) -> bool:
    if not record.status or not text:
        return language == "en"
    words = load(f"vocabulary/{language}.json")["statuses"].get(record.status.value, ())
    return fold(strip_symbols(text)) in {fold(word) for word in words}


def cased(word: str, model: str) -> str:
    """Return a word in small letters, in capitals, or with a capital first, as the model is written."""
    letters = strip_symbols(model).strip(" *_`")
    if len(letters) > 1 and letters.isupper():
        return word.upper()
    begin = next((i for i, letter in enumerate(word) if letter.isalpha()), 0)
    first = word[begin : begin + 1]
    return word[:begin] + (first.lower() if letters[:1].islower() else first.upper()) + word[begin + 1 :]


def write_status(page: Page, value: StatusValue, words: Iterable[str], day: str) -> Page | None:
    """Return the page with this status, in the first of these words that is read back; None where that is not certain."""
    draft = page.draft()
    relations = {name: list(getattr(draft.record, name)) for name in BY_STATUS if name != "status"}

    def is_meant(after: DecisionRecord) -> bool:
        kept = all(name in getattr(after, field) for field, names in relations.items() for name in names)
        return kept and after.status is not None and after.status.value == value

    for word in words:
        if draft.record.status and not _ticked(draft, word) and (edit := status_edit(draft, word)):
            return page.edited(edit)
        dates = ("date", "date_text") if draft.record.status and _DAY.search(draft.record.status.text) else ()
        if other := page.first_sound(_texts(page, draft, word, day), BY_STATUS.union(dates), is_meant):
            return other
    return None


def _texts(page: Page, draft: Draft, word: str, day: str) -> Iterator[str]:
    if edit := _ticked(draft, word):
        yield edit_text(page.text, edit)
    elif len(places := status_places(draft)) > 1:
        yield edit_text(page.text, [place.with_text(page.path, cased(word, place.text)) for place in places])
    elif draft.record.status:
        yield from (edit_text(page.text, (edit,)) for edit in (*_symbols(draft, word), *_next_entry(draft, word, day)))
    else:
        yield from (edit_text(page.text, (edit,)) for edit in _into_section(draft, word))
        if not draft.reading.outline.with_role("status"):
            yield from attempts(page.text, page.vocabulary, Mark("status", "status", "Status", word))


def _slot_lines(draft: Draft) -> list[tuple[int, str]]:
    span, lines = draft.record.slots["status"].span, draft.document.lines
    return [(n, lines[n - 1]) for n in range(span.start, min(span.end, len(lines)) + 1)] if span else []


class Place(NamedTuple):
    """A line that holds nothing of a status but a known word, perhaps with a symbol: its number, all of it, and the word."""

    number: int
    line: str
    text: str
    in_section: bool

    def with_text(self, path: str, new: str) -> Edit:
        """Return the edit that puts another text in the place of the word."""
        at = self.line.rfind(self.text)
        after = f"{self.line[:at]}{new}{self.line[at + len(self.text) :]}"
        return Edit(path, Span(self.number, self.number), (after,))


def status_places(draft: Draft) -> list[Place]:
    """Return where a record tells its status: more than one place when it tells it twice; none when they do not agree."""
    lines = draft.document.lines
    found = [
        _place(lines, field.span.end, strip_symbols(plain(str(field.value))), False)
        for field in draft.reading.values("status")
        if str(field.value or "").strip()
    ]
    for i in draft.reading.outline.with_role("status"):
        part = draft.reading.outline.parts[i]
        texts = lines_of(part)
        if not part.inline and texts:
            word = strip_symbols(plain(texts[0]))
            number = next((n for n in range(part.span.end + 1, part.end + 1) if word in lines[n - 1]), 0)
            found.append(_place(lines, number, word, True))
    known = [draft.vocabulary.statuses.get(fold(strip_symbols(place.text))) for place in found if place]
    return [place for place in found if place] if len(found) == len(known) and len(set(known)) == 1 and known[0] else []


def _place(lines: Sequence[str], number: int, word: str, in_section: bool) -> Place | None:
    line = lines[number - 1] if number else ""
    found = re.findall(rf"(?:[^\w\s*_`>#|:\"'()\[\]-]+[ \t]*)?{re.escape(word)}(?!\w)", line) if word else []
    return Place(number, line, found[-1], in_section) if found else None


def _symbols(draft: Draft, word: str) -> Iterator[Edit]:
    """Take the place of a status that is a known word with a symbol."""
    yield from (place.with_text(draft.record.path, word) for place in status_places(draft))


def _next_entry(draft: Draft, word: str, day: str) -> Iterator[Edit]:
    """Put one more line below the last of a history ("2026-03-01 Proposed"), in its shape."""
    old = draft.record.status
    if old is None:
        return
    dated = [(number, line) for number, line in _slot_lines(draft) if _DAY.search(line)]
    if not dated or old.text.strip(" -*") not in dated[-1][1]:
        return
    number, line = dated[-1]
    bare = _DAY.sub(" ", old.text)
    known = next((w for w in re.findall(r"[^\W\d_]+", bare) if first_status(w, draft.vocabulary) == old.value), None)
    if known is None or len(re.findall(r"[^\W\d_]+", bare)) > 1 or len(_DAY.findall(line)) != 1:
        return
    new = _DAY.sub(day, line).replace(known, word, 1)
    lines = draft.document.lines
    is_apart = number < len(lines) and not lines[number].strip() and not re.match(r"\s*[-*+|]", line)
    yield Edit(draft.record.path, Span(number + 1, number), ("", new) if is_apart else (new,))


def _ticked(draft: Draft, word: str) -> list[Edit]:
    """Move the tick of a list of choices."""
    boxes = [(number, match) for number, line in _slot_lines(draft) if (match := _BOX.match(line))]
    value = first_status(word, draft.vocabulary)
    there = [number for number, match in boxes if first_status(match["text"], draft.vocabulary) == value]
    if len(boxes) < 2 or len(there) != 1:
        return []
    return [
        Edit(draft.record.path, Span(number, number), (f"{match['head']}{mark}{match['tail']}",))
        for number, match in boxes
        if (mark := "x" if number == there[0] else " ") != match["mark"].lower()
    ]


def _into_section(draft: Draft, word: str) -> Iterator[Edit]:
    """Fill a section that is empty, or that holds nothing but a choice nobody has made."""
    found = draft.reading.outline.with_role("status")
    if len(found) != 1 or len(draft.reading.outline.subtree(found[0])) > 1:
        return
    part, path = draft.reading.outline.parts[found[0]], draft.record.path
    if not part.blocks and not part.inline:
        below = part.span.end
        lines = draft.document.lines
        gap = [""] if below < len(lines) and lines[below].strip() else []
        yield Edit(path, Span(below + 1, below), ("", word, *gap))
    elif len(part.blocks) == 1 and isinstance(part.blocks[0], Paragraph | ListBlock) and len(pieces(part.blocks)) == 1:
        span = part.blocks[0].span
        end = span.end
        while end > span.start and not draft.document.lines[end - 1].strip():
            end -= 1
        marker = re.match(r"\s*(?:[-*+]\s+)?", draft.document.lines[span.start - 1])
        yield Edit(path, Span(span.start, end), ((marker[0] if marker else "") + word,))
