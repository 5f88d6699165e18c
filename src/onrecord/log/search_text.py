"""What is searched of a record, what is shown of it in a list, and what a person's query means."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.similar import STOP_WORDS, words
from onrecord.markdown import Span, plain
from onrecord.markdown.plain import visible_text
from onrecord.record import DecisionRecord
from onrecord.record.model import Status, StatusValue
from onrecord.record.placeholders import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.markdown import Document

MARK, END = "\x02", "\x03"  # stand around a matching word in a snippet; no indexed text holds them
MOST_TERMS = 64  # of a query; the rest of a longer one changes nothing that a person would see
MOST_CHOSEN = 20  # words that a person would type; more were pasted in
_SUMMARY = 400  # characters of a decision that a list keeps
_JOINT = "\u200b"
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PIECE = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_TAGS = re.compile(r"^[\s>*_|+-]*(?:tags?|categor(?:y|ies))[\s*_|]*:[\s*_]*(?P<value>[^|]{1,400})", re.IGNORECASE)
_HEADER = 40  # lines at the top in which tags are looked for
RELATIONS = ("supersedes", "superseded_by", "amends", "relates_to")


class SearchText(NamedTuple):
    """The text of a record by what it is; also the columns of the index."""

    name: str
    title: str
    decision: str
    options: str
    people: str
    body: str


WEIGHTS = SearchText(*map(str, (4.0, 6.0, 2.0, 2.0, 2.0, 1.0)))


class Card(NamedTuple):
    """What a list shows of a record and filters it by, without reading the file again.

    `line` is the first line of the record in its file; `status` one of the known values, None when there is none;
    `date` is `YYYY-MM-DD` or `YYYY-MM`. `relations` are pairs of a relation's name and what stands there.
    """

    path: str
    line: int = 1
    number: str | None = None
    title: str | None = None
    status: StatusValue | None = None
    date: str | None = None
    decision_makers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    decision: str = ""

    @property
    def owners(self) -> tuple[str, ...]:
        """Return who decided, else who wrote it."""
        return self.decision_makers or self.authors

    def as_record(self) -> DecisionRecord:
        """Return so much of the record as `governing` and `record_named` look at."""
        record = DecisionRecord(self.path, number=self.number, title=self.title, date=self.date, scope=list(self.scope))
        record.status = Status(self.status, "") if self.status else None
        record.span = Span(self.line, self.line)
        for name in RELATIONS:
            setattr(record, name, [to for kind, to in self.relations if kind == name])
        return record


def card_of(document: Document, record: DecisionRecord) -> Card:
    """Return the card of a record that was read."""
    return Card(
        record.path,
        record.span.start,
        record.number,
        record.title,
        record.status.value if record.status else None,
        record.date,
        tuple(record.decision_makers),
        tuple(record.authors),
        _tags(document),
        tuple(record.scope),
        tuple((name, to) for name in RELATIONS for to in getattr(record, name)),
        _short(prose(record.decision.text)) if record.decision else "",
    )


def text_of(document: Document, record: DecisionRecord) -> SearchText:
    """Return what is searched of a record; comments are no text, and what is crossed out was not said."""
    stem = record.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    texts = SearchText(
        f"{f'ADR-{record.number} {record.number}' if record.number else ''} {stem}",
        record.title or "",
        prose(record.decision.text) if record.decision else "",
        "\n".join(option.title for option in record.considered_options),
        " ".join((*record.decision_makers, *record.authors, *_tags(document))),
        "\n".join(_body(document, record)),
    )
    return SearchText(*(searchable(text) for text in texts))


def prose(source: str) -> str:
    """Return a part of a record as plain text, a line a line, without the marks of lists and quotes."""
    lines = (plain(re.sub(r"^\s*(?:[-*+>]|\d+[.)]|#+)\s+", "", line)) for line in source.splitlines())
    return "\n".join(line for line in lines if line)


def readable(text: str) -> str:
    """Return indexed text as it was written: without the joints between characters of unspaced scripts."""
    return text.replace(_JOINT, "")


def match_expression(query: str, every: bool = True, most: int = MOST_TERMS) -> str:
    """Return an FTS5 expression for what a person typed, empty when there is no word in it; never a syntax error.

    Words, "phrases in quotes" and beginnings of words (`sess*`) are known. With `every` all of them have to be there.
    """
    terms = list(dict.fromkeys(_terms(searchable(query))))
    telling = [term for term in terms if term.strip('"').casefold() not in STOP_WORDS]
    return (" AND " if every else " OR ").join((telling or terms)[:most])


def is_text(query: str) -> bool:
    """Tell whether a query is a text to find the like of, and not words that a person chose."""
    return '"' not in query and "*" not in query and len(words(query)) > MOST_CHOSEN


def _terms(query: str) -> Iterator[str]:
    for phrase, star, word in _PIECE.findall(query):
        text = phrase or word.rstrip("*")
        if any(ch.isalnum() for ch in text):
            yield f'"{text}"' + ("*" if star or (word.endswith("*") and text[-1].isalnum()) else "")


def searchable(text: str) -> str:
    """Return text without control characters, with every character of an unspaced script as a word of its own."""
    text = _CONTROL.sub(" ", text)
    return text if text.isascii() else _UNSPACED.sub(rf"{_JOINT}\1{_JOINT}", unicodedata.normalize("NFC", text))


def _body(document: Document, record: DecisionRecord) -> Iterator[str]:
    first, last = record.span
    for section in document.sections:
        if first <= section.span.start <= last or (section.level == 0 and first == 1):
            if section.level and plain(section.title) != record.title:  # which has a column of its own
                yield plain(section.title)
            yield visible_text([block for block in section.blocks if block.span.start <= last], quotes=True)


def _tags(document: Document) -> tuple[str, ...]:
    data = document.front_matter.data if document.front_matter else {}
    value = next((data[key] for key in data if str(key).casefold() in ("tags", "tag", "categories", "category")), None)
    if value is None:
        sections = [section for section in document.sections if section.span.start <= _HEADER]
        lines = [line for section in sections for text, _ in pieces(section.blocks) for line in text.splitlines()]
        value = next((match["value"] for line in lines if (match := _TAGS.match(line))), "")
    words = value if isinstance(value, list) else str(value).split(",")
    return tuple(dict.fromkeys(tag for word in words if (tag := plain(str(word)).strip(" #[]\"'"))))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SUMMARY else text[: _SUMMARY - 1].rstrip() + "…"
