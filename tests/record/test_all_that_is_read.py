"""Everything that is read of the fixtures, and its place: where they say what matters, nothing else is read unseen.

After a change that is meant: `python tests/record/test_all_that_is_read.py`, and read the difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onrecord.markdown import Span
from onrecord.record import DecisionRecord, parse_record

HERE = Path(__file__).parent
ALL = HERE / "all_that_is_read.json"
NAMES = sorted(
    file.relative_to(HERE / "fixtures").with_suffix("").as_posix() for file in HERE.rglob("fixtures/**/*.md")
)
PLAIN = ("date_text", "date_state", "no_alternatives_reason", "decision_drivers", "confirmation", "authors", "consulted", "informed", "supersedes", "superseded_by", "amends", "relates_to", "partly", "scope", "decide_by", "review_by", "last_reviewed")  # fmt: skip


def lines_of(record: DecisionRecord) -> Iterator[str]:
    """Yield what was read, a line for each part of it."""
    yield f"{record.kind} {record.reason or record.dialect} {at(record.span)}"
    for name, slot in record.slots.items():
        if slot.state != "absent":
            said = getattr(record, name) if name != "considered_options" else None
            yield f"{name} {slot.state} {at(slot.span)} {slot.how}: {shown(said)}"
    for name in PLAIN:
        if name not in record.slots and getattr(record, name):
            yield f"{name}: {shown(getattr(record, name))}"
    for one in record.considered_options:
        yield f"option {at(one.span)} {one.outcome}{', argued' * one.argued}: {shown(one.title)}"
    for step in record.follow_ups:
        yield f"step {step.line}: {shown(step[:-1])}"
    for name in ("placeholders", "generic_owners", "links"):
        yield from (f"{name} {at(mark.span)}: {shown(mark.text)}" for mark in getattr(record, name))
    yield from (f"problem {at(problem.span)}: {problem.code}" for problem in record.problems)
    if record.one_sided:
        yield "one-sided"


def at(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span else "nowhere"


def shown(value: object) -> str:
    """Return a value on one line; a long text by its ends and its length, as what it says stands in the fixture."""
    if isinstance(value, list | tuple):
        return " | ".join(map(shown, value))
    text = str(value or "-")
    return text if len(text) <= 40 else f"{text[:15]}…{text[-15:]} ({len(text)})"


def read(name: str) -> list[str]:
    file = HERE / "fixtures" / f"{name}.md"
    path = json.loads(file.with_suffix(".json").read_text("utf-8"))["path"]
    return list(lines_of(parse_record(file.read_bytes().decode(), path)))


@cache
def expected() -> dict[str, list[str]]:
    return json.loads(ALL.read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_more_and_nothing_less(name: str) -> None:
    assert read(name) == expected()[name]


if __name__ == "__main__":
    ALL.write_text(json.dumps({name: read(name) for name in NAMES}, ensure_ascii=False, indent=0) + "\n", "utf-8")
