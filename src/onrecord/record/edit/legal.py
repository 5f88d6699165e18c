"""Where a status may go, and what would help where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.record.model import DecisionRecord, StatusValue

_OPEN = ("proposed", "draft")
_ASK_AGAIN = "to ask the question again, set its status to proposed first"
_HELD = "a decision that held is superseded by a new record, or deprecated"
_FROM: dict[str, tuple[str, ...]] = {
    "accepted": _OPEN,
    "rejected": _OPEN,
    "deprecated": ("accepted",),
    "superseded": ("accepted", "deprecated"),
}
_WHY: dict[tuple[str, str], str] = {
    ("rejected", "accepted"): _ASK_AGAIN,
    ("superseded", "accepted"): "what was replaced comes back in a new record",
    ("deprecated", "accepted"): "what was retired comes back in a new record",
    ("accepted", "rejected"): _HELD,
    ("superseded", "rejected"): _HELD,
    ("deprecated", "rejected"): _HELD,
    ("superseded", "deprecated"): "it is out of force already",
    ("rejected", "deprecated"): "it never held, so there is nothing to retire",
    ("rejected", "superseded"): "it never held, so there is nothing to replace; “onrecord link” ties the two",
}


def why_not(record: DecisionRecord, to: StatusValue) -> str:
    """Return why a record's status may not become this one, with what would help; empty when it may."""
    old = record.status
    if old is None:
        return (
            ""
            if to in ("accepted", "rejected")
            else f"it has no status, so nobody can tell whether it held; {_first()}"
        )
    if old.value == "unknown":
        return f"its status, “{old.text}”, is no word that is known here; the configuration (vocabulary:) can teach it"
    if old.value in _FROM[to]:
        return ""
    if old.value in _OPEN:
        help_ = "“onrecord reject” says no to it" if to == "deprecated" else _first()
        return f"it is {old.value} and never held; {help_}"
    return f"it is {old.value}; {_WHY.get((old.value, to), _ASK_AGAIN)}"


def _first() -> str:
    return "“onrecord accept” or “onrecord reject” settles it first"
