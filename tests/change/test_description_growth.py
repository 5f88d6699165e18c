"""Any text can be read, line ends make no difference, and hostile text costs no more than its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.change.body import Description, read_description
from onrecord.change.template import template_untouched
from onrecord.markdown import plain
from onrecord.record.placeholders import find_placeholder
from onrecord.record.vocabulary import shipped

FRAGMENTS = [
    "Decision:", "Decision: ", "## Decision\n", "#Decision\n", "**Decision** ", "| Decision | x |\n|---|---|\n| Owner | y |\n",
    "\n", "\n\n", "---\n", "<!--", "-->", "<!-- CURSOR_SUMMARY -->", "> ", "> [!NOTE]\n", "```\n", "~~", "<details>", "</details>",
    "- [ ] ", "- [x] ", "No decision here", ", because ", "Owner: Ann\n", "Decided-by: Ann\n", "Instead of ", "We will ", "ADR-1",
    "[x](", "](docs/adr/0001-x.md)", "[a]: b\n", "* ", "    ", "https://", "#1", "\ud800", "\x00", "\u2028", "<a href='x'>", "…",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=14).map("".join)
TEMPLATE = "## Summary\n\n<!-- Say it -->\n\n- [ ] Tests\n"


def read(body: str, title: str = "Count calls") -> Description:
    return read_description(title, body, shipped(), (TEMPLATE,))


@given(TEXTS, st.text(max_size=30))
def test_any_text_can_be_read(body: str, title: str) -> None:
    found = read(body, title)
    assert found.decision is None or found.decision.text.strip()
    assert found.hidden_from is None or 1 <= found.hidden_from <= body.count("\n") + body.count("\r") + 1
    assert len(set(found.record_links)) == len(found.record_links)
    template_untouched(body, (TEMPLATE, body), shipped())


@given(TEXTS)
def test_line_ends_make_no_difference(body: str) -> None:
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    assert read(lines) == read(lines.replace("\n", "\r\n"))


SIZE = 65_536  # characters; GitHub takes no more
HURTFUL = {
    "brackets": "[a](",
    "stars": "*a **b ",
    "comments": "a <!-- b\n\n",
    "details": "x <details> y </details> ",
    "keys": "Decision: x\n",
    "boxes": "- [x] No decision here, because of this\n",
    "paths": "docs/adr/0012/",
    "mentions": "ADR-12 ",
    "sentences": "We decided. Instead of x, because ",
    "setext": "We will use it\n---\n",
    "bullets": "* I chose a over b, but not c\n",
    "table": "| x | y | docs/adr/0001-x.md |\n",
}
AT_MOST = 8.0  # two doublings: four times the time when it grows with the text, sixteen when with its square
TRIES = 3


def seconds(text: str) -> float:
    plain.cache_clear()
    find_placeholder.cache_clear()
    start = time.process_time()
    read(text)
    template_untouched(text, (TEMPLATE,), shipped())
    return time.process_time() - start


def machine() -> float:
    """Return how long this machine needs for what takes a quiet one about 0.1 seconds."""
    start = time.process_time()
    sum(range(10_000_000))
    return time.process_time() - start


@pytest.mark.thorough
@pytest.mark.parametrize("shape", HURTFUL)
def test_hostile_text_of_full_length_takes_a_second_at_most(shape: str) -> None:
    text = (HURTFUL[shape] * SIZE)[:SIZE]
    if shape == "table":
        text = f"| a | b | c |\n|---|---|---|\n{text}"[:SIZE]
    read("warm up")
    limit = max(1.0, 10 * machine())
    assert any(seconds(text) < limit for _ in range(TRIES))


@pytest.mark.parametrize("shape", HURTFUL)
def test_time_grows_with_the_text(shape: str) -> None:
    text = (HURTFUL[shape] * SIZE)[: SIZE // 4]
    assert any(seconds(text) / seconds(text[: len(text) // 4]) <= AT_MOST for _ in range(TRIES))
