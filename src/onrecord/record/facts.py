"""The JSON view of a record: what schemas judge, and what `onrecord parse` prints."""

from __future__ import annotations

from typing import Any, NamedTuple

from onrecord.markdown import Span
from onrecord.record.model import SLOTS, DecisionRecord


class Facts(NamedTuple):
    """`value` is JSON; `spans` maps JSON pointers to lines of the text."""

    value: dict[str, Any]
    spans: dict[str, Span]

    def span_at(self, pointer: str) -> Span:
        """Return the place of a pointer, or of the nearest thing around it."""
        while pointer and pointer not in self.spans:
            pointer = pointer.rpartition("/")[0]
        return self.spans.get(pointer, Span(1, 1))


def record_facts(record: DecisionRecord) -> Facts:
    """Return the normalised record as JSON (schemas/decision-record.schema.json), with the place of every part."""
    value: dict[str, Any] = {"path": record.path, "kind": record.kind}
    spans = {"": _top(record)}
    if record.kind == "not-a-record":
        value["reason"] = record.reason
        return Facts(value, spans)
    value |= _parts(record)
    _add_spans(record, spans)
    return Facts(value, spans)


def _parts(record: DecisionRecord) -> dict[str, Any]:
    value: dict[str, Any] = {
        "dialect": record.dialect,
        "number": record.number,
        "title": record.title,
        "status": record.status._asdict() if record.status else None,
        "date": record.date,
        "date_text": record.date_text,
        "decision_makers": record.decision_makers,
        "authors": record.authors,
        "consulted": record.consulted,
        "informed": record.informed,
        "context": {"text": record.context} if record.context else None,
        "decision": _present(record.decision._asdict()) if record.decision else None,
        "considered_options": [
            {"title": o.title, "outcome": o.outcome, "argued": o.argued} for o in record.considered_options
        ],
    }
    if record.no_alternatives_reason:
        value["no_alternatives_reason"] = record.no_alternatives_reason
    value["consequences"] = {"text": record.consequences} if record.consequences else None
    value |= {name: getattr(record, name) for name in ("supersedes", "superseded_by", "amends", "relates_to", "scope")}
    value |= _present(
        {
            "decision_drivers": record.decision_drivers,
            "confirmation": record.confirmation,
            "decide_by": record.decide_by,
            "review_by": record.review_by,
            "last_reviewed": record.last_reviewed._asdict() if record.last_reviewed else None,
        }
    )
    if record.follow_ups:
        value["follow_ups"] = [
            _present({"who": f.who, "what": f.what, "due": f.due, "done": f.done or None}) for f in record.follow_ups
        ]
    value["lines"] = list(record.span)
    value["reading"] = _reading(record)
    return value


def _reading(record: DecisionRecord) -> dict[str, Any]:
    """Return how the text was read: the state and place of each part, and what was left unfilled."""
    slots: dict[str, dict[str, Any]] = {}
    for name, slot in record.slots.items():
        slots[name] = {"state": slot.state, "offered": name not in SLOTS or name in record.offers}
        if slot.span:
            slots[name] |= {"line": slot.span.start, "end_line": slot.span.end}
        if slot.how:
            slots[name]["how"] = slot.how
    return {
        "slots": slots,
        "date_state": record.date_state,
        "one_sided": record.one_sided,
        "placeholders": [mark.text for mark in record.placeholders],
        "generic_owners": [mark.text for mark in record.generic_owners],
    }


def _add_spans(record: DecisionRecord, spans: dict[str, Span]) -> None:
    for name, slot in record.slots.items():
        if slot.span:
            spans[f"/{name}"] = spans[f"/reading/slots/{name}"] = slot.span
    for i, option in enumerate(record.considered_options):
        spans[f"/considered_options/{i}"] = option.span
    if span := spans.get("/date"):
        spans["/reading/date_state"] = spans["/date_text"] = span
    if span := spans.get("/considered_options"):
        spans["/reading/one_sided"] = span
    if span := spans.get("/status"):
        spans["/superseded_by"] = span
    for i, mark in enumerate(record.placeholders):
        spans[f"/reading/placeholders/{i}"] = mark.span
    for i, mark in enumerate(record.generic_owners):
        spans[f"/reading/generic_owners/{i}"] = mark.span


def _top(record: DecisionRecord) -> Span:
    title = record.slots.get("title")
    return Span(title.span.start, title.span.start) if title and title.span else Span(1, 1)


def _present(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}
