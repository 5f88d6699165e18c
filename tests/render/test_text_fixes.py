"""A fix that is certain, as a person at a terminal sees it."""

import pytest
from test_hostile_text import HOSTILE, raw_controls

from onrecord.check import Finding, Location, Report
from onrecord.markdown import Span
from onrecord.render.text import render_text
from onrecord.rules import Severity, Suggestion


def shown(start: int, end: int, *lines: str) -> list[str]:
    """Return what is printed between the help and the next part."""
    fix = Suggestion(Span(start, end), lines)
    finding = Finding("ignore-unused", Severity.WARNING, "seen", "Help.", Location("a.md", 1, 1), fix)
    printed = render_text(Report((finding,), ("a.md",), ())).split("\n")
    return [line.strip() for line in printed[printed.index(f"{' ' * 17}→ Help.") + 1 : printed.index("")]]


@pytest.mark.parametrize(
    ("place", "lines", "expected"),
    [
        ((3, 3), (), ["→ Line 3 can go."]),
        ((3, 4), (), ["→ Lines 3 to 4 can go."]),
        ((3, 3), ("a: b",), ["→ Line 3 would be: a: b"]),
        ((3, 4), ("a: b", "c: d"), ["→ Lines 3 to 4 would be:", "a: b", "c: d"]),
    ],
)
def test_the_lines_and_what_becomes_of_them(
    place: tuple[int, int], lines: tuple[str, ...], expected: list[str]
) -> None:
    assert shown(*place, *lines) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_an_author_s_line_stays_a_line(text: str) -> None:
    for lines in ((text,), (text, text)):
        printed = shown(1, 9, *lines)
        assert len(printed) == len(lines) + (len(lines) > 1)
        assert raw_controls("".join(printed)) == set()
        assert "##[" not in "".join(printed)
        assert not any(line.startswith("::") for line in printed)
