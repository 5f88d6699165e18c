"""What can be mended at once: edits that share no line, and moves when nothing else is left."""

from __future__ import annotations

import pytest

from onrecord.check import Finding
from onrecord.check.fix import fix_of, plan
from onrecord.check.model import Location
from onrecord.markdown import Span
from onrecord.rules import Edit, Fix, Move, Severity, Suggestion

PATH = "docs/adr/0007-a.md"
TEXTS = {PATH: "a\nb\nc\nd\n", "docs/adr/0008-b.md": "a\n"}


def finding(fix: Fix | None = None, suggestion: Suggestion | None = None) -> Finding:
    found = Finding("date-not-iso", Severity.NOTICE, "seen", "help", Location(PATH, 1, 1))
    return found._replace(fix=fix, suggestion=suggestion)


def edit(start: int, end: int, path: str = PATH) -> Finding:
    return finding(Fix((Edit(path, Span(start, end), (f"{start}-{end}",)),)))


def move(path: str, to: str, *edits: Edit) -> Finding:
    return finding(Fix(edits, (Move(path, to),)))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((1, 1), (2, 2), True),
        ((2, 2), (1, 1), True),
        ((1, 2), (2, 3), False),
        ((2, 3), (1, 2), False),
        ((1, 4), (2, 2), False),
        ((2, 2), (2, 2), False),
        ((2, 1), (2, 1), False),  # lines that go in at the same place
        ((2, 1), (3, 2), True),
        ((2, 1), (2, 2), False),  # in front of a line that goes
        ((3, 2), (1, 3), False),
        ((4, 3), (1, 3), True),
        ((1, 0), (2, 2), True),
        ((2, 2), (2, 1), False),
        ((1, 3), (4, 3), True),
        ((2, 3), (1, 0), True),
    ],
)
def test_edits_that_share_a_line_wait_for_each_other(one: tuple[int, int], other: tuple[int, int], apart: bool) -> None:
    first, second = edit(*one), edit(*other)
    step = plan((first, second), TEXTS)
    assert step.findings == ((first, second) if apart else (first,))
    assert [e.span for e in step.edits[PATH]] == ([one, other] if apart else [one])


def test_the_same_lines_of_two_files_are_apart() -> None:
    step = plan((edit(1, 1), edit(1, 1, "docs/adr/0008-b.md")), TEXTS)
    assert sorted(step.edits) == sorted(TEXTS)


def test_moves_wait_until_nothing_else_is_left() -> None:
    away = move(PATH, "docs/adr/0009-a.md")
    assert plan((away, edit(1, 1)), TEXTS).moves == ()
    step = plan((away,), TEXTS)
    assert (step.moves, step.findings, step.edits) == ((Move(PATH, "docs/adr/0009-a.md"),), (away,), {})


def test_of_moves_that_share_a_path_the_first_is_done() -> None:
    first, second = move(PATH, "docs/adr/0009-a.md"), move("docs/adr/0008-b.md", "docs/adr/0009-a.md")
    other = move("docs/adr/0008-b.md", "docs/adr/0010-b.md")
    assert plan((first, second), TEXTS).findings == (first,)
    assert plan((first, other), TEXTS).findings == (first, other)
    assert plan((first, second), TEXTS, may_move=lambda one: one.path != PATH).findings == (second,)


@pytest.mark.parametrize(
    "found",
    [
        finding(),
        finding(Fix(())),
        edit(1, 1, "docs/adr/gone.md"),
        move("docs/adr/gone.md", "docs/adr/0009-a.md"),
        move(PATH, "docs/adr/0008-b.md"),
    ],
    ids=["nothing certain", "nothing to do", "a file that is gone", "its move", "a place that is taken"],
)
def test_what_cannot_be_mended_is_left(found: Finding) -> None:
    assert plan((found,), TEXTS).findings == ()


def test_what_was_tried_is_not_tried_again() -> None:
    first, second = edit(1, 1), edit(2, 2)
    done = fix_of(first)
    assert done is not None
    assert plan((first, second), TEXTS, (done,)).findings == (second,)


def test_a_suggestion_is_a_fix_of_its_own_file() -> None:
    suggested = finding(suggestion=Suggestion(Span(2, 3), ("x",)))
    assert fix_of(suggested) == Fix((Edit(PATH, Span(2, 3), ("x",)),))
    assert fix_of(finding()) is None
