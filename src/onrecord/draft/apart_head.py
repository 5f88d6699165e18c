"""The header of a record as rows that front matter can hold, wherever the file has it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from onrecord.draft.apart_rows import (
    ENTRY,
    KEYS,
    Head,
    Row,
    Unmovable,
    as_value,
    entries_of,
    flat,
    is_frame,
    kebab,
    key_for,
    role_of,
)
from onrecord.markdown import Paragraph, Table, plain
from onrecord.record.dates import without_date
from onrecord.record.header import FIELD_ROLES, Field
from onrecord.record.people import read_people
from onrecord.record.relations import amends_in, read_references, superseded_by_in, supersedes_in
from onrecord.record.status import read_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record import DecisionRecord
    from onrecord.record.read.context import Reading

_PEOPLE = ("decision_makers", "owner", "authors", "consulted", "informed")
_OF_SECTIONS = ("date", *_PEOPLE)
_IN_TEXT = ("line", "bullet", "table", "quoted line", "quoted bullet", "heading")
_MARK = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)?")
_RULE = re.compile(r"[\s|:>-]*\Z")
_OTHER = re.compile(
    r"\s*[-*+]\s+(?:\*\*|__)?(?P<key>[^\W\d_][\w /-]{1,30}?)(?:\*\*|__)?\s*:(?:\*\*|__)?\s+(?P<value>\S.*)\Z"
)


def head_of(reading: Reading, record: DecisionRecord, moves: bool, has_status_section: bool) -> Head:
    """Return the header; without `moves` only what stands in front matter, and the status.

    The status stays in its section where the other dialect has one (`has_status_section`).
    """
    collector = _Collector(reading, record)
    collector.take_matter()
    if not has_status_section:
        collector.take_status_section()
    if moves:
        collector.take_fields()
        collector.take_sections()
    collector.take_title()
    return Head(tuple(collector.rows), frozenset(collector.used), collector.title)


class _Collector:
    def __init__(self, reading: Reading, record: DecisionRecord) -> None:
        self.reading, self.record, self.vocabulary = reading, record, reading.vocabulary
        self.lines = reading.document.lines
        self.rows: list[Row] = []
        self.used: set[int] = set()
        self.title = ""

    def take_matter(self) -> None:
        """Take each key of the front matter with its lines."""
        matter = self.reading.document.front_matter
        if matter is None:
            return
        if matter.kind != "yaml":
            raise Unmovable("its front matter is TOML, and the dialects here have YAML")
        if any(problem.code.startswith("front-matter") for problem in self.reading.document.problems):
            raise Unmovable("its front matter cannot be read")
        for entry in entries_of(self.lines[matter.span.start : matter.span.end - 1]):
            match = ENTRY.match(entry[0])
            key = match["key"].strip("\"'") if match else ""
            value = matter.data.get(key)
            self.rows.append(Row(key, role_of(key, self.vocabulary), as_value(value), entry))

    def take_status_section(self) -> None:
        """Take the line of a status section that is the status; other lines of it stay."""
        slot, status = self.record.slots["status"], self.record.status
        if status is None or not slot.how.startswith('heading "'):
            return
        for i in self.reading.outline.with_role("status"):
            part = self.reading.outline.parts[i]
            for number in range(part.span.end + 1, self.reading.outline.span(i).end + 1):
                line = self.lines[number - 1]
                value = line[_MARK.match(line).end() :].strip()  # type: ignore[union-attr]
                if value and read_status(value, self.vocabulary).status == status:
                    there = next((row for row in self.rows if row.role == "status"), None)
                    if there is None or there.value == value:
                        self._add(Row("status", "status", value), {number})
                        self._take_relations(i, number)
                    return

    def _take_relations(self, index: int, number: int) -> None:
        """Take the records that other lines of the status section name: a reader looks for them nowhere else."""
        span = self.reading.outline.span(index)
        text = "\n".join(self.lines[n - 1] for n in range(span.start, span.end + 1) if n != number)
        for role in ("superseded_by", "supersedes", "amends"):
            of_status = {"superseded_by": superseded_by_in, "supersedes": supersedes_in, "amends": amends_in}[role]
            told = set(of_status(self.lines[number - 1]))
            names = [name for name in getattr(self.record, role) if name in text and name not in told]
            if names and role not in {row.role for row in self.rows}:
                self._add(Row(KEYS[role], role, tuple(self._reference(name, text) for name in names)), set())

    def _reference(self, name: str, text: str) -> str:
        """Return a name in the form in which it is read as that name: bare, or as the link in the text."""
        if read_references(name, self.vocabulary) == [name]:
            return name
        link = re.search(rf"\[[^\]\n]*\]\({re.escape(name)}\)", text)
        return link[0] if link else f"[{posixpath.basename(name)}]({name})"

    def take_fields(self) -> None:
        """Take the fields of the text, line by line where all of a line is told by them."""
        by_line: dict[int, list[Field]] = {}
        for field in self.reading.fields:
            if field.how in _IN_TEXT:
                by_line.setdefault(field.span.start, []).append(field)
        for number, fields in by_line.items():
            if all(field.role in FIELD_ROLES and self._is_in(field) for field in fields):
                self._take(number, fields)
        slot = self.record.slots["date"]
        titles = {
            n
            for part in self.reading.outline.parts
            if part.role == "title"
            for n in range(part.span.start, part.end + 1)
        }
        is_line = slot.how.startswith("a line that is only") and slot.span and slot.span.start == slot.span.end
        if is_line and slot.span and slot.span.start not in titles:
            self._add(Row("date", "date", self.lines[slot.span.start - 1].strip()), {slot.span.start})
        self._take_other_bullets(by_line)
        self._take_table_frames()

    def _is_in(self, field: Field) -> bool:
        """Tell whether the line holds the key as it was read."""
        inside = self.lines[field.span.start - 1 : field.span.end]
        return field.key in plain(" ".join(inside), keep_struck=True)

    def _take(self, number: int, fields: list[Field]) -> None:
        rows = []
        for field in fields:
            value = as_value(field.value)
            if not value or field.role == "title":
                return
            rows.append(
                Row(key_for(field.role, field.key, self.vocabulary), field.role, self._people(field.role, value))
            )
        keys = [row.key for row in rows]
        taken = {row.key for row in self.rows}
        if len(set(keys)) < len(keys) or taken & set(keys) or "" in keys:
            return
        lines = {n for field in fields for n in range(number, field.span.end + 1)}
        if isinstance(fields[-1].value, list):
            lines |= self._nested(number)
        for row in rows:
            self._add(row, lines)

    def _nested(self, number: int) -> set[int]:
        found = set()
        for n in range(number + 1, len(self.lines) + 1):
            if not re.match(r"\s+[-*+]\s", self.lines[n - 1]):
                break
            found.add(n)
        return found

    def _take_other_bullets(self, by_line: dict[int, list[Field]]) -> None:
        """Take what else a list of metadata says (`* Tags: api`), under its own key."""
        around = {n for number in by_line if number in self.used for n in (number, *self._run(number))}
        for number in sorted(around - self.used - by_line.keys()):
            match = _OTHER.match(self.lines[number - 1])
            key = kebab(match["key"]) if match else ""
            if (
                match
                and key
                and self.vocabulary.role(match["key"]) is None
                and key not in {row.key for row in self.rows}
            ):
                self._add(Row(key, None, match["value"].strip()), {number})

    def _run(self, number: int) -> Iterator[int]:
        """Give the lines of the list around a line."""
        for step in (-1, 1):
            n = number + step
            while 1 <= n <= len(self.lines) and re.match(r"\s*[-*+]\s", self.lines[n - 1]):
                yield n
                n += step

    def _take_table_frames(self) -> None:
        """Take the rule and the empty header of a table whose rows have all been taken."""
        for part in self.reading.outline.parts:
            for block in part.blocks:
                if not isinstance(block, Table):
                    continue
                lines = set(range(block.span.start, block.span.end + 1))
                left = {n for n in lines - self.used if not _RULE.match(self.lines[n - 1])}
                if lines & self.used and left <= {block.span.start} and self._has_no_value(block.header):
                    self.used |= lines

    def _has_no_value(self, header: tuple[str, ...]) -> bool:
        roles = [self.vocabulary.role(cell) for cell in header]
        return is_frame(header) or all(role in FIELD_ROLES for role in roles)

    def take_sections(self) -> None:
        """Take sections of their own that hold a date or names, and nothing else."""
        for role in _OF_SECTIONS:
            for i in self.reading.outline.with_role(role):
                part = self.reading.outline.parts[i]
                if i == self.reading.outline.title_index or part.level > 6 or part.inline:
                    continue
                values = flat(part)
                if not values or role in {row.role for row in self.rows} or len(self.reading.outline.subtree(i)) > 1:
                    continue
                key = key_for(role, plain(part.title), self.vocabulary) or kebab(plain(part.title))
                value = values[0] if len(values) == 1 else tuple(values)
                if role == "date" and len(values) > 1:
                    continue
                span = self.reading.outline.span(i)
                self._add(Row(key, role, self._people(role, value)), set(range(part.span.start, span.end + 1)))

    def take_title(self) -> None:
        """Take the title from its section or its field, where no heading has it."""
        slot, title = self.record.slots["title"], self.record.title
        if not title or slot.how == "first heading" or slot.span is None:
            return
        if slot.how.startswith("heading"):
            part = next(p for p in self.reading.outline.parts if p.span == slot.span and p.role == "title")
            first = next((b for b in part.blocks if isinstance(b, Paragraph)), None)
            if part.inline or first is None or without_date(first.text) != first.text or "\n" in first.text:
                return
            self.title = first.text
            self.used |= {*range(part.span.start, part.span.end + 1), first.span.start}
            return
        field = next((f for f in self.reading.values("title") if f.span == slot.span), None)
        if field and isinstance(field.value, str):
            self.title = " ".join(field.value.split())
            if field.how in _IN_TEXT and field.how != "heading":
                self.used |= {*range(field.span.start, field.span.end + 1)}
                self._take_table_frames()

    def _people(self, role: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        """Return plain names as a list; whatever says more than names stays as it was written."""
        if role not in _PEOPLE or isinstance(value, tuple):
            return value
        names = tuple(read_people(value, self.vocabulary)[0])
        return names if names and ", ".join(names) == " ".join(value.split()) else value

    def _add(self, row: Row, lines: set[int]) -> None:
        if not any(one.key == row.key for one in self.rows):
            self.rows.append(row)
        self.used |= lines
