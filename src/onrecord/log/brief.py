"""A record in brief: what `why` looks at of it, so that it need not be read again as long as its file stays the same."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from onrecord.record import DecisionRecord


class Word(NamedTuple):
    """A status: `value` is one of the known words; `text` is what the author wrote."""

    value: str
    text: str


class Lines(NamedTuple):
    """The first and the last line of a record in its file."""

    start: int
    end: int


class Brief(NamedTuple):
    """These fields of a `DecisionRecord`, by the same names, and its decision as one line."""

    path: str
    kind: str
    number: str | None
    title: str | None
    status: Word | None
    date: str | None
    decision_makers: list[str]
    authors: list[str]
    superseded_by: list[str]
    scope: list[str]
    span: Lines
    decision: str = ""

    def as_record(self) -> DecisionRecord:
        """Return this as a record: who looks at any other field of it fails at once."""
        made: Any = self
        return made  # type: ignore[no-any-return]


def brief_of(record: DecisionRecord, decision: str) -> Brief:
    """Return a record in brief; `decision` is its decision as one line."""
    return Brief(
        record.path,
        record.kind,
        record.number,
        record.title,
        Word(*record.status) if record.status else None,
        record.date,
        record.decision_makers,
        record.authors,
        record.superseded_by,
        record.scope,
        Lines(*record.span),
        decision,
    )


def brief_from(values: list[Any]) -> Brief:
    """Return a record in brief from what JSON made of it."""
    brief = Brief(*values)
    return brief._replace(status=Word(*brief.status) if brief.status else None, span=Lines(*brief.span))
