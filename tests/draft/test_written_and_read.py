"""What is entered comes back: every dialect is written, read by our own parser, and compared part by part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.draft.content import Choice, Content, Extra, Task
from onrecord.draft.given_back import lost
from onrecord.draft.shapes import SHAPES, write

PATH = "docs/decisions/0012-use-redis.md"
FULL = Content(
    "Use Redis for sessions",
    number="12",
    status="accepted",
    date="2026-11-22",
    decision_makers=("Ann Lee", "@bob"),
    authors=("Eve Fox",),
    consulted=("Carl Orr",),
    informed=("Team Web",),
    decide_by="2026-12-01",
    review_by="2027-06-01",
    scope=("src/shop/**",),
    supersedes=("0003",),
    amends=("0004",),
    relates_to=("0005",),
    pulls=("#12",),
    context="Sessions were lost at every deployment.",
    drivers="* They must survive a restart.",
    choices=(Choice("Redis", "chosen", "It is known."), Choice("Memcached"), Choice("The database", body="* slow\n* there")),
    chosen="Redis",
    because="it keeps them over a restart.",
    consequences="Good, because nobody is logged out.",
    confirmation="A test restarts the shop.",
    tasks=(Task("order the cluster", "Ann Lee", "2026-12-05"), Task("tell the others", done=True)),
    more=(Extra("Cost", "Twelve euros."),),
)  # fmt: skip
WORD = st.text("bdfglmoru", min_size=4, max_size=9)  # no word of ours can be made of these
SENTENCE = st.lists(WORD, min_size=3, max_size=9).map(lambda words: f"Q{' '.join(words)}.")
NAME = st.tuples(WORD, WORD).map(lambda words: " ".join(word.capitalize() for word in words))
DAY = st.dates().map(lambda day: f"20{day:%y-%m-%d}")


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Draw parts of any kind, each there or not."""
    names = draw(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=2, max_size=4, unique_by=lambda w: w[0][:3]))
    titles = [f"{' '.join(words).capitalize()}" for words in names]
    return Content(
        draw(SENTENCE).rstrip("."),
        status=draw(st.sampled_from(("proposed", "accepted", "rejected", "deprecated", "draft"))),
        date=draw(DAY),
        decision_makers=tuple(draw(st.lists(NAME, max_size=3, unique=True))),
        consulted=tuple(draw(st.lists(NAME, max_size=2, unique=True))),
        review_by=draw(st.one_of(st.just(""), DAY)),
        context=draw(SENTENCE),
        choices=tuple(Choice(title, "rejected" if at else "chosen") for at, title in enumerate(titles)),
        chosen=titles[0],
        because=draw(SENTENCE),
        consequences=draw(SENTENCE),
    )


@pytest.mark.parametrize("dialect", SHAPES)
def test_everything_that_was_entered_is_read_again(dialect: str) -> None:
    assert lost(FULL, write(FULL, dialect), PATH) == []


@pytest.mark.parametrize("dialect", SHAPES)
@settings(max_examples=40, deadline=None)
@given(content=contents())
def test_any_parts_are_read_again(dialect: str, content: Content) -> None:
    text = write(content, dialect)
    assert lost(content, text, PATH) == [], text


@pytest.mark.parametrize("dialect", SHAPES)
def test_what_was_not_said_is_asked_and_not_read(dialect: str) -> None:
    bare = Content("Use Redis for sessions", date="2026-11-22")
    text = write(bare, dialect)
    assert lost(bare, text, PATH) == []
    assert "What is decided, in one sentence?" in text
