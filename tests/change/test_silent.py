"""A message that is passed over unread holds nothing that reading it would have found."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.change.body import read_description
from onrecord.change.silent import may_link, may_tell, telling_words
from onrecord.record.vocabulary import shipped

WORDS = telling_words(shipped())
PIECES = ["ADR-12", "adr", "docs/adr/0007-redis.md", "docs/ad/7.md", "see", "RFC 7", "(", ")", "[", "]", "[x]", ": ", "\n\n", " ",
          "* ", "# ", "0007-redis.md", "12", "-", "/", "record: #12", "org/rfcs#3", "org/proposals/pull/3", "https://github.com/",
          "design doc", "kept", "Kep", "<b>A</b>DR-3", "&#65;DR-3", "AD<!--", "-->R-3", "&amp;", " < ", "<!-- ", "ADR", "][x]", "[x]: docs/adr/3.md",
          "\n[x]: https://a.io/b/c\n", "guides/a.md", "Fix", "not related to", "\u212aEP-4", "1_adl/x.md",
          "| a | b |", "---", "enhancements/blob/main/x.md", "`", "https://acme.io/decisions/7"]  # fmt: skip
TITLES = ["We", "we", "I", "decided", "will", "use", "A", "instead of", "B", "because", "of", "slow", "chose", "wır", "WE USE",
          "statt", "ではなく", "とする", "it was", "opted", "rather than", "went with", "Fix", "over", "wİll"]  # fmt: skip


@example("[x](docs/adr/0007-redis.md)")
@example("as in ADR-12")
@example("as in [our ADR][x]\n\n[x]: docs/12.md")
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_may_not_link_has_no_links(text: str) -> None:
    assert may_link(text) or read_description("Fix", text, shipped()).record_links == []


@example("We decided for A")
@example("Use A instead of B because of C")
@given(st.lists(st.sampled_from(TITLES), max_size=7).map(" ".join))
def test_a_title_that_may_not_tell_tells_no_decision(title: str) -> None:
    assert may_tell(title, WORDS) or read_description(title, "", shipped()).decision is None


@pytest.mark.parametrize(
    "text", ["Fix a typo (#12)", "* Kept the old one\n\n* Update 2020-01-12 headless build", "Deadlock in a/b.md"]
)
def test_most_messages_are_passed_over(text: str) -> None:
    assert not may_link(text)
    assert not may_tell("Move code to the importer", WORDS)
