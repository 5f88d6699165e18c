"""Collect the placeholders that are still there, anywhere in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.markdown import Block, Table
from onrecord.record.header import split_field
from onrecord.record.model import Mark
from onrecord.record.outline import PERSON_ROLES
from onrecord.record.people import names_in_braces
from onrecord.record.placeholders import find_placeholder, pieces

if TYPE_CHECKING:
    from onrecord.record.read.context import Reading

_HEADER_ROLES = ("status", "date", "decision_makers", "owner", "authors", "consulted", "informed")


def without_tables(blocks: tuple[Block, ...]) -> list[Block]:
    """Leave tables out: a "TBD" in a cell of a comparison is a value."""
    return [block for block in blocks if not isinstance(block, Table)]


def fill_leftovers(reading: Reading) -> None:
    """Note each unfilled piece once, with its line; owners have a rule of their own."""
    vocabulary, marks = reading.vocabulary, reading.record.placeholders
    for f in reading.fields:
        if f.role in ("decision_makers", "owner"):
            continue
        for value in f.value if isinstance(f.value, list) else [f.value]:
            found = find_placeholder(value, vocabulary) if isinstance(value, str) else None
            if found and not (f.role in PERSON_ROLES and names_in_braces(value, vocabulary)):
                marks.append(Mark(found, f.span))
    seen = {mark.span.start for mark in marks}
    for part in reading.outline.parts:
        if part.title and (found := find_placeholder(part.title, vocabulary)):
            marks.append(Mark(found, part.span))
        if part.role in _HEADER_ROLES:
            continue
        for text, span in pieces(without_tables(part.blocks)):
            if (
                span.start not in seen
                and not split_field(text, vocabulary)
                and (found := find_placeholder(text, vocabulary))
            ):
                marks.append(Mark(found, span))
