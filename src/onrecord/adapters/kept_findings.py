"""Findings of one record, and hits of one rule on a log, as what JSON can hold, and back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.check import Finding, Location
from onrecord.markdown import Span
from onrecord.rules.model import Edit, Fix, Hit, Move, Severity, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Lines = Callable[[Any], tuple[str, ...]]


def to_stored_finding(finding: Finding) -> list[Any]:
    """Return all of a finding but its path."""
    location = finding.location
    head = [finding.rule, int(finding.severity), finding.message, finding.help, location.line, location.end_line]
    return [*head, finding.suggestion, finding.fix]


def from_stored_finding(path: str, stored: list[Any]) -> Finding:
    """Return the finding that `to_stored_finding` was given, after a way through JSON."""
    rule, severity, message, advice, line, end_line, suggestion, fix = stored
    location = Location(path, line, end_line)
    return Finding(
        rule, Severity(severity), message, advice, location, _suggestion(suggestion, tuple), _fix(fix, tuple)
    )


def to_stored_hits(found: Iterable[tuple[str, Hit]]) -> list[Any]:
    """Return hits with their paths; each line is there once, however many fixes have it."""
    lines = _Lines()
    hits = [
        (
            path,
            hit.span,
            hit.seen,
            hit.suggestion and (hit.suggestion.span, lines.number(hit.suggestion.lines)),
            hit.fix and ([(one.path, one.span, lines.number(one.lines)) for one in hit.fix.edits], hit.fix.moves),
        )
        for path, hit in found
    ]
    return [list(lines.texts), lines.of, hits]


def from_stored_hits(stored: list[Any]) -> list[tuple[str, Hit]]:
    """Return the hits that `to_stored_hits` was given, after a way through JSON."""
    texts, numbers, hits = stored

    @cache
    def lines(number: int) -> tuple[str, ...]:
        return tuple(texts[i] for i in numbers[number])

    return [
        (path, Hit(Span(*span), seen, _suggestion(suggestion, lines), _fix(fix, lines)))
        for path, span, seen, suggestion, fix in hits
    ]


class _Lines:
    """Numbers for lists of lines: each record that a list of records lacks has that whole list as its fix."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.of: list[list[int]] = []
        self._numbers: dict[int, tuple[tuple[str, ...], int]] = {}

    def number(self, lines: tuple[str, ...]) -> int:
        if id(lines) not in self._numbers:
            self._numbers[id(lines)] = lines, len(self.of)
            self.of.append([self.texts.setdefault(line, len(self.texts)) for line in lines])
        return self._numbers[id(lines)][1]


def _suggestion(stored: list[Any] | None, lines: Lines) -> Suggestion | None:
    return Suggestion(Span(*stored[0]), lines(stored[1])) if stored else None


def _fix(stored: list[Any] | None, lines: Lines) -> Fix | None:
    if stored is None:
        return None
    edits, moves = stored
    return Fix(
        tuple(Edit(path, Span(*span), lines(own)) for path, span, own in edits), tuple(Move(*one) for one in moves)
    )
