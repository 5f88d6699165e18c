"""`Document` to `DecisionRecord`: what is written where, in any dialect, and nothing that is not written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.markdown import parse_document
from onrecord.record.dialect import OFFERS, read_dialect
from onrecord.record.evidence import weigh
from onrecord.record.naming import Unnamed
from onrecord.record.read.body import fill_body
from onrecord.record.read.context import Reading
from onrecord.record.read.follow_ups import fill_follow_ups
from onrecord.record.read.identity import fill_identity
from onrecord.record.read.leftovers import fill_leftovers
from onrecord.record.read.metadata import fill_dates, fill_people, fill_status
from onrecord.record.read.options import fill_options
from onrecord.record.read.relations import fill_relations
from onrecord.record.read.several import split_records
from onrecord.record.vocabulary import Vocabulary, shipped

if TYPE_CHECKING:
    from onrecord.markdown import Document
    from onrecord.record.model import DecisionRecord

# In this order: a step may look at what the steps before it have found.
STEPS = (
    fill_identity,
    fill_status,
    fill_dates,
    fill_people,
    fill_body,
    fill_options,
    fill_relations,
    fill_follow_ups,
    fill_leftovers,
)


def parse_record(text: str, path: str, vocabulary: Vocabulary | None = None) -> DecisionRecord:
    """Read one text as a decision record. `path` (POSIX, relative) gives number and folder hints. Never raises."""
    return read_record(parse_document(text), path, vocabulary or shipped())


def read_record(document: Document, path: str, vocabulary: Vocabulary) -> DecisionRecord:
    """Read a parsed document as one decision record."""
    return _read(document, vocabulary).named(path)


def read_records(document: Document, path: str, vocabulary: Vocabulary) -> list[DecisionRecord]:
    """Read a document as the records in it: nearly always one; several where each numbered heading is a record."""
    return [one.named(path) for one in read_unnamed(document, vocabulary)]


def read_unnamed(document: Document, vocabulary: Vocabulary) -> list[Unnamed]:
    """Read a document as `read_records` does, without the name of its file."""
    parts = split_records(document, vocabulary)
    if not parts:
        return [_read(document, vocabulary)]
    read = []
    for part in parts:
        one = _read(part.document, vocabulary, part.number)
        one.record.span = part.span
        read.append(one._replace(evidence=None))
    return read


def _read(document: Document, vocabulary: Vocabulary, number: str | None = None) -> Unnamed:
    """Read one record; `number`, when given, is known from around it."""
    reading = Reading(document, vocabulary, number)
    for step in STEPS:
        step(reading)
    record = reading.record
    record.dialect = read_dialect(document, reading.outline, reading.fields, reading.y_statement is not None)
    record.offers = OFFERS.get(record.dialect, OFFERS["custom"])
    return Unnamed(record, reading.is_numbered, weigh(document, reading.outline, record.slots, vocabulary))
