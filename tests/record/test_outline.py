"""Headings, lines in bold and labelled items as the parts of a record, and which of them is its title."""

from __future__ import annotations

import pytest

from onrecord.markdown import parse_document
from onrecord.record.outline import read_outline
from onrecord.record.vocabulary import shipped

Part = tuple[int, str, str | None, int, int]  # level, title, role, first line, and the last line of all inside

OUTLINES: list[tuple[str, int | None, list[Part]]] = [
    (
        "# 7. Keep\n\n**Status:** accepted\n\n**Decision**\n\nWe do.\n\nContext: some words\n\n## Decision\n\nx\n",
        1,
        [(1, "7. Keep", None, 1, 14), (8, "Decision", "decision", 5, 8), (8, "Context", "context", 9, 9), (2, "Decision", "decision", 11, 14)],
    ),
    (
        "- **Status**: accepted\n- Decision: We do it\n  - sub\n- more\n- Date: 2026-01-01\n- Context: w\n",
        None,
        [(7, "Decision", "decision", 2, 5), (7, "Context", "context", 6, 6)],
    ),
    ("# Decision\n\nx\n\n## Context\n\ny\n", 1, [(1, "Decision", None, 1, 8), (2, "Context", "context", 5, 8)]),
    ("# Context\n\nx\n", None, [(1, "Context", "context", 1, 4)]),
    ("x\n\n# A\n\n# B\n", 1, [(1, "A", None, 3, 4), (1, "B", None, 5, 6)]),
    ("## 5. Keep\n\n## Context\n", 1, [(2, "5. Keep", None, 1, 2), (2, "Context", "context", 3, 4)]),
    ("intro\n\n## Keep\n", None, [(2, "Keep", None, 3, 4)]),
    ("intro\n\n## 5. Keep\n", 1, [(2, "5. Keep", None, 3, 4)]),
    (
        "# A\n\n## Status\n\n### Inner\n\n## Decision\n\n# B\n",
        1,
        [(1, "A", None, 1, 8), (2, "Status", "status", 3, 6), (3, "Inner", None, 5, 6), (2, "Decision", "decision", 7, 8), (1, "B", None, 9, 10)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "parts"), OUTLINES)
def test_parts_and_title(text: str, title: int | None, parts: list[Part]) -> None:
    outline = read_outline(parse_document(text), shipped())
    assert outline.title_index == title
    first, *others = outline.parts
    assert (first.level, first.title, first.role, first.span.start) == (0, "", None, 1)
    assert [(p.level, p.title, p.role, p.span.start, p.end) for p in others] == parts


def test_what_stands_behind_a_label_is_its_text() -> None:
    text = "- **Status**: accepted\n- Decision: We do it\n  - sub\n- more\n- Date: 2026-01-01\n- Context: w\n"
    outline = read_outline(parse_document(text), shipped())
    head, decision, context = outline.parts
    assert [len(part.blocks) for part in (head, decision, context)] == [1, 3, 1]
    assert [outline.text(i) for i in (1, 2)] == ["We do it\nsub\nmore", "w"]


def test_what_is_inside_a_part() -> None:
    outline = read_outline(parse_document(OUTLINES[-1][0]), shipped())
    assert list(outline.subtree(2)) == [2, 3]
    assert list(outline.children(1)) == [2, 4]
    assert list(outline.with_role("status", "decision")) == [2, 4]
