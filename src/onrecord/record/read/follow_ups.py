"""Fill what is left to do: the entries below "Action items", "Next steps", "Follow-ups"; who does it, until when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import ListBlock, Paragraph, Quote, Table, plain
from onrecord.record.dates import read_date
from onrecord.record.model import FollowUp
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.markdown import Block
    from onrecord.record.read.context import Reading
    from onrecord.record.vocabulary import Vocabulary

_OTHERWISE = ("actions",)  # of a user interface or a workflow, more often than not
_HANDLE = re.compile(r"(?<![\w`/.])@[A-Za-z0-9][\w./-]{0,60}(?<![./-])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60})+")
_NAME = r"[A-ZÀ-Þ][\w.'’-]{0,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}"
_NAMED = re.compile(
    rf"(?i:\b(?:owner|assignee|assigned to|responsible|who|by whom|lead)\b\W{{0,4}}(?:is )?)\s?(?P<said>[^\s,;.()\]|—–-][^,;.()\]|—–]{{1,40}})"
    rf"|\((?P<round>{_NAME})[,;)]|\A(?P<first>{_NAME}):\s|(?:—|–|->|→|\s-)\s(?P<last>{_NAME})(?:[,;(]|\s*\Z)"
)
_STRUCK = re.compile(
    r"\s*~~|\s*\[[-~]\]\s|\s*(?:✅|☑|✔)|.{0,300}(?:✅|☑)\s*\Z|\s*\W{0,4}(?:done|completed|finished)\b",
    re.DOTALL | re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?i:\b(?:by|until|till|due|before|deadline|eta|bis|target|when)\b)[\s:*_]{0,4}(?P<said>[^\n;()]{6,24})"
    r"|[(\[](?=(?P<round>[^()\[\]\n]{6,80})[)\]])|(?=(?P<end>[^\n]{8,18}\Z))"
)
_TRACKED = re.compile(
    r"(?<![\w&])#\d{1,7}\b|/(?:issues|pull|browse|merge_requests|work_items|_workitems)/|\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b"
)
_WHO = re.compile(r"who\b|owner|assign|responsib|lead\b|person|name of", re.IGNORECASE)
_DUE = re.compile(r"due|when\b|deadline|target|date\b|until|by\Z|eta\b", re.IGNORECASE)
_STATE = re.compile(r"status|state\b|done", re.IGNORECASE)
_DONE = re.compile(r"\W*(?:done|complete[d]?|closed|finished|yes|merged|x|resolved|cancell?ed)\b", re.IGNORECASE)


def fill_follow_ups(reading: Reading) -> None:
    """Take each entry of a list and each row of a table; where there is neither, a paragraph that says who or when."""
    found: list[FollowUp] = []
    for i in reading.outline.with_role("follow_ups"):
        if fold(plain(reading.outline.parts[i].title)) in _OTHERWISE:
            continue
        blocks = reading.outline.parts[i].blocks
        entries = [one for block in blocks for one in _entries(block, reading.vocabulary)]
        if not entries:
            paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
            read = [_read(p.text, p.text, False, p.span.start, reading.vocabulary) for p in paragraphs]
            entries = [one for one in read if one.who or one.due]
        found += [one for one in entries if one.what and not is_unfilled(one.what, reading.vocabulary)]
    reading.record.follow_ups = found


def _entries(block: Block, vocabulary: Vocabulary) -> Iterator[FollowUp]:
    if isinstance(block, ListBlock):
        for item in block.items:
            texts = [text for text, _ in pieces(item.blocks)]
            if texts:
                yield _read(texts[0], "\n".join(texts), bool(item.checked), item.span.start, vocabulary)
    elif isinstance(block, Table):
        yield from _rows(block, vocabulary)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from _entries(inner, vocabulary)


def _read(what: str, text: str, ticked: bool, line: int, vocabulary: Vocabulary) -> FollowUp:
    done = ticked or bool(_STRUCK.match(what))
    tracked = bool(_TRACKED.search(text))
    return FollowUp(_who(text), plain(what), _due(text, vocabulary), done, tracked, line)


def _due(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the day until when: behind a word that says so, in brackets, or at the end; other dates tell of the past."""
    for match in _UNTIL.finditer(text):
        said = next((part for part in match.groups() if part), "")
        if day := read_date(said, vocabulary).value:
            return day
    return None


def _who(text: str) -> str | None:
    """Return who is named: a handle, an address, or a name where one is said to do it."""
    if match := _HANDLE.search(text) or _MAIL.search(text):
        return match[0]
    if match := _NAMED.search(plain(text)):
        return next(name.strip(" *_:") for name in match.groups() if name) or None
    return None


def _rows(table: Table, vocabulary: Vocabulary) -> Iterator[FollowUp]:
    columns = [_column(table.header, pattern) for pattern in (_WHO, _DUE, _STATE)]
    taken = {at for at in columns if at is not None}
    for row, span in zip(table.rows, table.spans[1:], strict=False):
        who, due, state = (plain(row[at]).strip() if at is not None and at < len(row) else "" for at in columns)
        rest = [cell for at, cell in enumerate(row) if at not in taken and plain(cell).strip()]
        what = max(rest, key=len, default="")
        is_named = bool(who) and not is_unfilled(who, vocabulary)
        text = " ".join(row)
        day = read_date(due or text, vocabulary).value
        done = bool(_DONE.match(state)) or bool(_STRUCK.match(what))
        tracked = bool(_TRACKED.search(text))
        yield FollowUp(who if is_named else _who(text), plain(what), day, done, tracked, span.start)


def _column(header: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, cell in enumerate(header) if pattern.match(plain(cell).strip())), None)
