"""What a description's thousands of bullets, lines or rows take: calls of Python are counted, not seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from onrecord.change import Change, Triggers, judge_change
from onrecord.draft.content import Content
from onrecord.draft.given_back import written
from onrecord.draft.promote import Happened, content_of
from onrecord.markdown import plain
from onrecord.record.placeholders import find_placeholder
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

MANY, MORE = 110, 40
DECISION = "Decision: Keep carts in Redis, because it is quick\n\n"
ALTERNATIVES = "## Decision\n\nKeep carts in Redis\n\n## Alternatives\n\n"
# What `n` of a kind look like, and how many calls each of them may take to be judged, promoted, and read again.
SHAPES: dict[str, tuple[Callable[[int], str], int]] = {
    "one bullet over and over": (lambda n: DECISION + "- x\n" * n, 80),
    "one bullet, and one that is cut off": (lambda n: DECISION + "- x\n" * n + "-", 80),
    "different bullets": (lambda n: DECISION + "".join(f"- store{i}\n" for i in range(n)), 155),
    "one alternative over and over": (lambda n: ALTERNATIVES + "- x\n" * n, 95),
    "headings": (lambda n: DECISION + "# a\n" * n, 105),
    "decisions": (lambda n: "## Decision\n\nx\n\n" * n, 315),
    "paragraphs": (lambda n: DECISION + "abcd\n\n" * n, 125),
    "alternatives in a table": (lambda n: f"{ALTERNATIVES}|a|b|\n|-|-|\n" + "|x|y|\n" * n, 310),
    "alternatives in bold": (lambda n: ALTERNATIVES + "**a**\n\n" * n, 205),
}


def calls(run: Callable[[], object]) -> int:
    """Return how many functions of Python are called."""
    count = 0

    def see(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    plain.cache_clear()
    find_placeholder.cache_clear()
    sys.setprofile(see)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def promote(body: str) -> None:
    judged = judge_change(Change("feat: keep carts", body, "ann"), Triggers(), shipped())
    content = content_of(judged, Happened("2026-01-02"), "2026-01-03", shipped(), (), by_title=True)
    assert isinstance(content, Content)
    written(content, "nygard", "docs/adr/0002-x.md")


@pytest.mark.parametrize("name", SHAPES)
def test_each_more_takes_few_calls(name: str) -> None:
    make, at_most = SHAPES[name]
    promote(make(3))  # patterns are compiled, and words are read, before anything is counted
    few, many = (calls(lambda n=n: promote(make(n))) for n in (MANY, MANY + MORE))  # type: ignore[misc]
    assert many - few <= at_most * MORE, f"{name}: {(many - few) / MORE:.0f} calls each"
