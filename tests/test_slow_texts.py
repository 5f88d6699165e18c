"""Texts that once took minutes: 64 KiB of any of them, or what a place takes at most, is read in a moment.

Each is as long as it takes for the pattern that it was made for to need seconds; `bench/fuzz` looks for more of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from onrecord.adapters.discover import SNIFF_BYTES, is_written_like_one
from onrecord.change import Change, Triggers, judge_change
from onrecord.change.template import template_untouched
from onrecord.cli.promote_ties import Linked
from onrecord.coverage.pulls import _NUMBER
from onrecord.draft.apart_labels import _BREAK
from onrecord.draft.claims import _CODE
from onrecord.draft.content import Content
from onrecord.draft.entered import as_text
from onrecord.draft.promote import Happened, content_of
from onrecord.draft.promote_title import _KEY_BEHIND
from onrecord.draft.promote_words import _CODE as PROMOTED_CODE
from onrecord.draft.rewording import _TERM
from onrecord.draft.tasks import _OTHER
from onrecord.draft.template import _BULLET
from onrecord.draft.transcript import read
from onrecord.markdown import Span, parse_document
from onrecord.record import read_records
from onrecord.record.choice import choose
from onrecord.record.edit.page import Page
from onrecord.record.edit.tie import write_tie
from onrecord.record.model import Option
from onrecord.record.relations import read_references
from onrecord.record.vocabulary import shipped

WORD, BLANKS, LINES, TICKS = "a" * 20_000, " " * 20_000, "\n" * 20_000, "`" * 20_000
QUOTES = '"' * 20_000
QUIET_S = 0.1  # what `machine` needs where nothing else runs


def tie(body: str) -> None:
    Linked(judge_change(Change("Use Redis", body, "ann"), Triggers(), shipped()), (), "a/b").tied(Content("x", ""))


def read_one(text: str) -> None:
    read_records(parse_document(text), "0001-a.md", shipped())


def untouched(body: str) -> None:
    template_untouched(f"## A\n\n{body}\n", ("## A\n\n- [ ] Tests\n",), shipped())


def promoted(bullets: str) -> None:
    body = f"We decided to use Redis because it is quick.\n\n## Alternatives\n\n{bullets}"
    content_of(
        judge_change(Change("Use Redis", body, "ann"), Triggers(), shipped()), Happened(), "2026-01-02", shipped()
    )


def chosen(text: str) -> None:
    choose([Option("x", "undecided", False, Span(line, line)) for line in range(len(text))], "x", decided=True)


def replaced(line: str) -> None:
    write_tie(
        Page("0001-a.md", f"---\nstatus: accepted\n{line}\n---\n\n# A\n\n## Decision\n\nB.\n", shipped()),
        "superseded_by",
        "ADR-2",
    )


TEXTS: dict[str, tuple[Callable[[str], object], str]] = {
    "a transcript of empty lines": (read, LINES),
    "a transcript with a line of blanks": (lambda text: read(text, "plain"), BLANKS + "x"),
    "a head of blanks": (lambda text: is_written_like_one(text.encode()), BLANKS[:SNIFF_BYTES]),
    "a head of bullets": (lambda text: is_written_like_one(text.encode()), ("* " * SNIFF_BYTES)[:SNIFF_BYTES]),
    "a head of dots": (lambda text: is_written_like_one(text.encode()), "1" + "." * (SNIFF_BYTES - 1)),
    "front matter that is no YAML": (parse_document, f"---\na:{BLANKS}-\n---\n"),
    "an option of quotes": (read_one, f"# A\n\n## Decision\n\nChosen option: {QUOTES}x\n"),
    "a reference of underscores": (lambda text: read_references(text, shipped()), "_" * 20_000),
    "a reference of zeros": (lambda text: read_references(text, shipped()), "0" * 20_000),
    "a reference of brackets": (lambda text: read_references(text, shipped()), "[" * 20_000),
    "a field with blanks before its none": (replaced, f"superseded-by:{BLANKS}none"),
    "a field with blanks behind its value": (replaced, f"superseded-by: none{BLANKS}{{"),
    "a description of empty lines": (tie, LINES),
    "a description of one word beside a template": (untouched, WORD),
    "a description of references beside a template": (untouched, "fix " * 5_000),
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
    "alternatives of one letter": (promoted, "- x\n" * 1_200),
    "options of one name": (chosen, "x" * 8_000),
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
    assert spent < 0.3 or spent < 0.3 * machine()  # a slow machine is measured only where it matters
