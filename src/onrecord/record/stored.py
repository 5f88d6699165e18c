"""A record as JSON and back, whole: unlike `facts`, nothing is left out, and it is for nobody but ourselves."""

from __future__ import annotations

from dataclasses import Field, fields
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.markdown import Problem, Span
from onrecord.record.model import Decision, DecisionRecord, FollowUp, Mark, Option, Review, Slot, Status
from onrecord.record.naming import Unnamed, by_name, name_parts
from onrecord.record.recognize import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELDS = tuple(one for one in fields(DecisionRecord) if one.name != "path")
_NAMES = frozenset(one.name for one in _FIELDS)
_NAMING = "named by"  # what `Unnamed` has beside the record
_ASKED = ("kind", "reason", "number", "status", "problems")  # by every run, of every record
HEAD = (*_ASKED, _NAMING)
_PROSE = {
    *("context", "decision", "considered_options", "no_alternatives_reason", "consequences", "decision_drivers"),
    *("confirmation", "one_sided", "placeholders", "generic_owners", "offers", _NAMING),
}


def to_stored(read: Unnamed) -> dict[str, Any]:
    """Return all of a record but its path, as what `json.dumps` takes; fields at their defaults are left out."""
    found: dict[str, Any] = {_NAMING: (read.is_numbered, read.evidence)}
    for one in _FIELDS:
        value = getattr(read.record, one.name)
        if value != (one.default_factory() if callable(one.default_factory) else one.default):
            found[one.name] = sorted(value) if isinstance(value, frozenset) else value
    return found


def said_and_placed(stored: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a log is judged by, but for what the file's name adds, and apart from it where that stands.

    Nothing of what a record argues, and of its parts only where they begin; a rule that needs more looks into the text.
    """
    said = {name: value for name, value in stored.items() if name not in _PROSE}
    placed = {}
    for name in _PLACED.keys() & said.keys():
        said[name], placed[name] = _PLACED[name](said[name])
    return said, dict(sorted(placed.items()))


def stored_later(
    head: dict[str, Any], rest: Callable[[], dict[str, Any]], path: str, shown: str = ""
) -> DecisionRecord:
    """Return the record of both together, named as by `Unnamed`; `rest` is called when somebody asks for more than `HEAD`."""
    record = _Later.__new__(_Later)
    is_numbered, evidence = head[_NAMING]
    record.path = shown or path
    for name, make, read in _FIRST:
        setattr(record, name, read(head[name]) if name in head else make())
    if evidence:
        record.number, record.kind, record.reason = by_name(path, record.number, Evidence(*evidence))
    record.rest = rest, path, is_numbered, evidence is not None
    return record


class _Later(DecisionRecord):
    __slots__ = ("rest",)
    rest: tuple[Callable[[], dict[str, Any]], str, bool, bool]

    def __getattr__(self, name: str) -> Any:
        """Answer for a field that is not there yet."""
        if name not in _NAMES:
            raise AttributeError(name)
        look, path, is_numbered, is_open = self.rest
        whole = look()
        for one, make, read in _THEN:
            setattr(self, one, read(whole[one]) if one in whole else make())
        name_parts(self, path, is_numbered, is_open)
        return getattr(self, name)

    def __eq__(self, other: object) -> bool:
        """Compare as records do, whichever kind the other one is of."""
        names = ("path", *_NAMES)
        return isinstance(other, DecisionRecord) and all(getattr(self, one) == getattr(other, one) for one in names)

    __hash__ = None  # type: ignore[assignment]


def _slots(value: dict[str, Any]) -> dict[str, Slot]:
    return {name: Slot(state, Span(*span) if span else None, how) for name, (state, span, how) in value.items()}


def _marks(value: list[Any]) -> list[Mark]:
    return [Mark(text, Span(*span)) for text, span in value]


_PLACED: dict[str, Callable[[Any], tuple[Any, Any]]] = {
    "span": lambda span: (None, span[0]),
    "slots": lambda slots: (
        {name: (state, span is None, how) for name, (state, span, how) in slots.items()},
        {name: span and span[0] for name, (_, span, _) in slots.items()},
    ),
    **dict.fromkeys(
        ("links", "problems", "follow_ups"), lambda all_: ([one[:-1] for one in all_], [one[-1] for one in all_])
    ),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "status": lambda value: Status(*value),
    "decision": lambda value: Decision(*value),
    "considered_options": lambda value: [Option(title, end, argued, Span(*span)) for title, end, argued, span in value],
    "last_reviewed": lambda value: Review(*value),
    "follow_ups": lambda value: [FollowUp(*one) for one in value],
    "slots": _slots,
    "offers": frozenset,
    "placeholders": _marks,
    "generic_owners": _marks,
    "links": _marks,
    "problems": lambda value: [Problem(code, message, Span(*span)) for code, message, span in value],
    "span": lambda value: Span(*value),
}


def _ways(one: Field[Any]) -> tuple[str, Callable[[], Any], Callable[[Any], Any]]:
    """Return a field's name, what makes its value where nothing was stored, and what makes it of what was."""
    make = one.default_factory if callable(one.default_factory) else partial(_same, one.default)
    return one.name, make, _READ.get(one.name, _same)


def _same(value: Any) -> Any:
    return value


_FIRST = tuple(_ways(one) for one in _FIELDS if one.name in _ASKED)
_THEN = tuple(_ways(one) for one in _FIELDS if one.name not in _ASKED)
