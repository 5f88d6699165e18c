"""Writing into a record that it is still true: one line, in the record's own way, and nothing else changes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.record.edit.verify import parsed
from onrecord.record.facts import record_facts
from onrecord.record.header import Field, read_fields
from onrecord.record.outline import read_outline
from onrecord.record.read import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.markdown import FrontMatter
    from onrecord.record.vocabulary import Vocabulary

_OVER = ("superseded", "rejected")
_PLAIN = re.compile(r"[\w][\w .,'’()/-]*", re.ASCII)  # what YAML takes as text without quotes
_SIBLINGS = (
    "last_reviewed",
    "review_by",
    "date",
    "status",
    "date_other",
    "decide_by",
    "decision_makers",
    "owner",
    "authors",
)
_AFTER_KEY = re.compile(r"(?P<marks>[*_]*\s*[:：=](?:[*_]+(?=\s))?\s*|[*_]+\s+)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")  # as Markdown counts them, unlike str.splitlines()
_NOTE = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*\Z")
_NOTE_IN_FRONT_MATTER = re.compile(r"\s+#.*\Z")
_VOLATILE = ("last_reviewed", "review_by", "lines", "reading")


OPEN = frozenset(("proposed", "draft"))


class Untouchable(Exception):
    """A file is not re-affirmed; the message says why, for people."""


class Mark(NamedTuple):
    """What is written: a key of the header, its name in front matter and in text, and the value."""

    role: str
    key: str
    label: str
    value: str


def touch(text: str, path: str, vocabulary: Vocabulary, day: str, by: str, review_by: str | None = None) -> str:
    """Return a record's text with the mark of a review in it, and with a new day for the next one; raises Untouchable."""
    _verify(text, path, vocabulary)
    name = " ".join(by.split())
    after = _put(
        text,
        path,
        vocabulary,
        Mark("last_reviewed", "last-reviewed", "Last reviewed", f"{day} by {name}" if name else day),
    )
    if review_by:
        after = _put(after, path, vocabulary, Mark("review_by", "review-by", "Review by", review_by))
    return after


def _verify(text: str, path: str, vocabulary: Vocabulary) -> None:
    records = read_records(parsed(text), path, vocabulary)
    if len(records) > 1:
        raise Untouchable(f"it holds {len(records)} records, and none of them can be told by the path alone")
    record = records[0]
    if record.kind != "record":
        raise Untouchable(f"it is not a record ({record.reason})")
    if record.status and record.status.value in _OVER:
        raise Untouchable(f"it is {record.status.value}: what no longer holds is not re-affirmed")
    if record.status and record.status.value in OPEN:
        raise Untouchable(
            f"it is {record.status.value}, so there is nothing to re-affirm yet: record the outcome in its status, or say"
            " until when it is decided (decide-by: DATE)"
        )


def _put(text: str, path: str, vocabulary: Vocabulary, mark: Mark) -> str:
    """Return the text with the mark at the first place where it is read back and changes nothing else."""
    wanted = _others(text, path, vocabulary)
    for after in attempts(text, vocabulary, mark):
        if _others(after, path, vocabulary) == wanted and _said(after, path, vocabulary, mark.role) == mark.value:
            return after
    raise Untouchable(f"there is no place for “{mark.label}: {mark.value}” that could be read back")


def _others(text: str, path: str, vocabulary: Vocabulary) -> str:
    document = parsed(text)
    records = read_records(document, path, vocabulary)
    facts = [{k: v for k, v in record_facts(record).value.items() if k not in _VOLATILE} for record in records]
    return json.dumps([facts, sorted(problem.code for problem in document.problems)], sort_keys=True)


def _said(text: str, path: str, vocabulary: Vocabulary, role: str) -> str:
    """Return what a record says under a role, as it is written here."""
    record = read_records(parsed(text), path, vocabulary)[0]
    if role == "review_by":
        return record.review_by or ""
    review = record.last_reviewed
    return "" if review is None else f"{review.date} by {review.by}" if review.by else review.date


def attempts(text: str, vocabulary: Vocabulary, mark: Mark) -> Iterator[str]:
    """Yield the text with the mark at each place where it may belong, the likeliest first; nothing is read back yet."""
    document = parsed(text)
    lines = _LINE.findall(text)
    fields = read_fields(document, read_outline(document, vocabulary), vocabulary)
    for field in (f for f in fields if f.role == mark.role and f.span.start == f.span.end):
        if field.how.endswith("table") and _is_head(lines, field.span.start) and not re.search(r"\d", str(field.value)):
            continue
        if line := _with_value(lines[field.span.start - 1], field, mark):
            yield _replaced(lines, field.span.start, line)
    if document.front_matter:
        yield from _in_front_matter(document.front_matter, lines, fields, mark)
    for role in _SIBLINGS:
        for field in (f for f in fields if f.role == role and f.how != "front matter" and f.span.start == f.span.end):
            yield from _beside(lines, field, mark)
    title = next((s for s in document.sections if s.title and s.level == 1), None)
    if title:
        yield _inserted(lines, title.span.end, ["", f"{mark.label}: {mark.value}"])
    yield _inserted(
        lines, document.front_matter.span.end if document.front_matter else 0, [f"{mark.label}: {mark.value}", ""]
    )


def _with_value(line: str, field: Field, mark: Mark) -> str | None:
    """Return a line with another value behind its key; None when the key cannot be found in it."""
    body, end = _split(line)
    if field.how.endswith("table"):
        row = _row(body, field, mark)
        return row and f"{row}{end}"
    at = body.find(field.key)
    sign = _AFTER_KEY.match(body, at + len(field.key)) if at >= 0 else None
    if sign is None:
        return None
    head = body[: sign.end()] if sign["marks"][-1:].isspace() else f"{body[: sign.end()]} "
    if field.how == "front matter":
        if body[sign.end() : sign.end() + 1] in ("&", "!"):  # a value that others may point at
            return None
        note = None if "#" in str(field.value) else _NOTE_IN_FRONT_MATTER.search(body, sign.end())
        return f"{head}{_quoted(mark.value, sign['marks'])}{note[0] if note else ''}{end}"
    note = _NOTE.search(body, sign.end())
    return f"{head}{mark.value}{note[0] if note else _break_of(body)}{end}"


def _in_front_matter(matter: FrontMatter, lines: list[str], fields: list[Field], mark: Mark) -> Iterator[str]:
    sign = " = " if matter.kind == "toml" else ": "
    line = f"{mark.key}{sign}{_quoted(mark.value, sign)}"
    mine = [f for f in fields if f.how == "front matter" and isinstance(f.value, str)]
    for role in _SIBLINGS:
        for field in (f for f in mine if f.role == role):
            yield _inserted(lines, field.span.start, [line])
    yield _inserted(lines, matter.span.end - 1, [line])


def _beside(lines: list[str], field: Field, mark: Mark) -> Iterator[str]:
    """Yield the text with a line below a field's line, in its shape."""
    at = field.span.start
    body, _ = _split(lines[at - 1])
    if field.how.endswith("table"):
        if row := _new_row(body, mark, field.key):
            yield _inserted(lines, at + _is_head(lines, at), [row])
        return
    found = body.find(field.key)
    sign = _AFTER_KEY.match(body, found + len(field.key)) if found >= 0 else None
    if sign is None or field.how == "heading":
        return
    line = f"{body[:found]}{mark.label}{sign['marks']}{mark.value}{_break_of(body)}"
    is_alone = field.how == "line" and _is_blank(lines, at - 2) and _is_blank(lines, at) and not _break_of(body)
    yield _inserted(lines, at, ["", line] if is_alone else [line])


def _row(body: str, field: Field, mark: Mark) -> str | None:
    """Return a table row with another value behind its key; None when it stands elsewhere, as in a table with a head."""
    cells = body.split("|")
    at = 0 if cells[0].strip() else 1
    if len(cells) < at + 2 or field.key not in cells[at] or str(field.value or "").strip() not in cells[at + 1]:
        return None
    return "|".join([*cells[: at + 1], f" {mark.value} ", *cells[at + 2 :]])


def _is_head(lines: list[str], number: int) -> bool:
    """Tell whether a line is the head of a table: what stands in it names the columns."""
    return number < len(lines) and re.fullmatch(r"[\s|:-]*-[\s|:-]*", lines[number]) is not None


def _new_row(body: str, mark: Mark, key: str) -> str | None:
    """Return a new table row like this one."""
    cells = body.split("|")
    first = 1 if not cells[0].strip() else 0
    if len(cells) < first + 2:
        return None
    cells[first] = cells[first].replace(key, mark.label, 1)
    cells[first + 1 :] = [f" {mark.value} ", *(" " for _ in cells[first + 2 : -1]), *cells[-1:]][
        : len(cells) - first - 1
    ]
    return "|".join(cells)


def _quoted(value: str, sign: str) -> str:
    is_plain = "=" not in sign and _PLAIN.fullmatch(value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _break_of(body: str) -> str:
    """Return the sign of a hard line break at the end of a line."""
    return "  " if body.endswith("  ") else "\\" if body.endswith("\\") else ""


def _is_blank(lines: list[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip() or lines[at].lstrip().startswith("#")


def _split(line: str) -> tuple[str, str]:
    body = line.rstrip("\r\n")
    return body, line[len(body) :]


def _replaced(lines: list[str], number: int, line: str) -> str:
    end = _split(lines[number - 1])[1]
    return "".join([*lines[: number - 1], f"{_split(line)[0]}{end}", *lines[number:]])


def _inserted(lines: list[str], below: int, new: list[str]) -> str:
    """Return the text with lines below the line of this number, with the line ends that are used there."""
    end = next((e for line in (lines[below - 1 : below] or lines[:1]) if (e := _split(line)[1])), "\n")
    before = lines[:below]
    if before and not _split(before[-1])[1]:  # the last line of a file without an end
        return "".join([*before, *(f"{end}{line}" for line in new)])
    return "".join([*before, *(f"{line}{end}" for line in new), *lines[below:]])
