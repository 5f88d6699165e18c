"""Texts that once took minutes: 64 KiB of any of them, or what a place takes at most, is read in a moment.

Each is as long as it takes for the pattern that it was made for to need seconds; `bench/fuzz` looks for more of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from onrecord.adapters.discover import SNIFF_BYTES, is_written_like_one
from onrecord.change import Change, Triggers, judge_change
from onrecord.cli.promote_ties import Linked
from onrecord.coverage.pulls import _NUMBER
from onrecord.draft.apart_labels import _BREAK
from onrecord.draft.claims import _CODE
from onrecord.draft.content import Content
from onrecord.draft.entered import as_text
from onrecord.draft.promote_title import _KEY_BEHIND
from onrecord.draft.promote_words import _CODE as PROMOTED_CODE
from onrecord.draft.rewording import _TERM
from onrecord.draft.tasks import _OTHER
from onrecord.draft.template import _BULLET
from onrecord.draft.transcript import read
from onrecord.record.vocabulary import shipped

WORD, BLANKS, LINES, TICKS = "a" * 20_000, " " * 20_000, "\n" * 20_000, "`" * 20_000
QUIET_S = 0.1  # what `machine` needs where nothing else runs


def tie(body: str) -> None:
    Linked(judge_change(Change("Use Redis", body, "ann"), Triggers(), shipped()), (), "a/b").tied(Content("x", ""))


TEXTS: dict[str, tuple[Callable[[str], object], str]] = {
    "a transcript of empty lines": (read, LINES),
    "a transcript with a line of blanks": (lambda text: read(text, "plain"), BLANKS + "x"),
    "a head of blanks": (lambda text: is_written_like_one(text.encode()), BLANKS[:SNIFF_BYTES]),
    "a head of bullets": (lambda text: is_written_like_one(text.encode()), ("* " * SNIFF_BYTES)[:SNIFF_BYTES]),
    "a head of dots": (lambda text: is_written_like_one(text.encode()), "1" + "." * (SNIFF_BYTES - 1)),
    "a description of empty lines": (tie, LINES),
    "a title with blanks": (_NUMBER.search, BLANKS + "x"),
    "a title with blanks to be cut": (_KEY_BEHIND.search, BLANKS + "x"),
    "a cell with blanks": (lambda text: _BREAK.sub("", text), BLANKS + "x"),
    "a claim of one word": (_CODE.findall, WORD),
    "a claim of capitals": (_CODE.findall, "a1" * 10_000),
    "a task for one who has many hyphens": (_OTHER.search, "ADR-" * 5_000),
    "an entered line of ticks": (as_text, "x " + TICKS),
    "promoted words of ticks": (PROMOTED_CODE.findall, TICKS),
    "a line to be reworded of one word": (_TERM.findall, WORD),
    "a template of empty lines": (_BULLET.findall, LINES),
}


def machine() -> float:
    """Return how many times as long as on a quiet machine something takes now."""
    start = time.process_time()
    sum(range(2_000_000))
    return 5 * (time.process_time() - start) / QUIET_S


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_was_made_to_hurt_is_read_in_a_moment(name: str) -> None:
    call, text = TEXTS[name]
    call(text[:50])
    start = time.process_time()
    call(text)
    spent = time.process_time() - start
    assert spent < 0.3 * max(1.0, machine())
