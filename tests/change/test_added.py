"""Which lines a patch adds, as GitHub and git write patches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.change.added import added_lines, touches
from onrecord.markdown import Span

WITH_CONTEXT = "@@ -1,3 +1,4 @@ def f\n one\n-two\n+TWO\n+2.5\n three\n@@ -10 +11,2 @@\n ten\n+eleven\n\\ No newline at end of file"
WITHOUT_CONTEXT = "@@ -2 +2,2 @@ def f\n-two\n+TWO\n+2.5\n@@ -10,0 +12 @@\n+eleven\n"


@pytest.mark.parametrize("patch", [WITH_CONTEXT, WITHOUT_CONTEXT], ids=["context", "none"])
def test_they_carry_their_numbers_in_the_new_file(patch: str) -> None:
    assert added_lines(patch) == [(2, "TWO"), (3, "2.5"), (12, "eleven")]


def test_a_line_that_looks_like_a_head_is_text() -> None:
    assert added_lines("--- a/x\n+++ b/x\n@@ -0,0 +1,2 @@\n+++ b/y\n+@@ -1 +1 @@\n") == [
        (1, "++ b/y"),
        (2, "@@ -1 +1 @@"),
    ]


def test_nothing_is_added_where_lines_only_go() -> None:
    assert added_lines("@@ -1,2 +0,0 @@\n-a\n-b\n") == []
    assert added_lines("") == []


@given(st.text(alphabet="@+- 0123456789,ab\n\\", max_size=200))
def test_any_text_is_read(patch: str) -> None:
    assert all(number >= 0 for number, _ in added_lines(patch))


def test_a_span_touches_what_lies_in_it() -> None:
    added = frozenset((4, 9))
    assert [touches(Span(*lines), added) for lines in ((1, 3), (1, 4), (4, 4), (5, 8), (9, 12))] == [
        *(False, True, True, False, True)
    ]
