"""What repeats itself in a long log is counted for a person at a terminal, and no warning goes with the notices."""

import re

from onrecord.check import Finding, Location, Report
from onrecord.render.text import render_text
from onrecord.rules import Severity


def seen(*kinds: tuple[Severity, int]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the severities of what is shown one by one of a rule, and what is said of the rest: number, severity, rule."""
    findings = [
        Finding("owner-missing", severity, "seen", "Help.", Location(f"docs/adr/{severity:d}-{n:04}.md", 1, 1))
        for severity, number in kinds
        for n in range(number)
    ]
    printed = render_text(Report(tuple(findings), ("a.md",), ()))
    rest = re.findall(
        r"^ +(\d+)  (\w+) +(owner-missing) +\w", printed.partition("Not shown one by one")[2], re.MULTILINE
    )
    return re.findall(r"^ +1  (\w+) +seen", printed, re.MULTILINE), rest


def test_notices_first_do_not_take_the_place_of_warnings() -> None:
    shown, rest = seen((Severity.NOTICE, 9), (Severity.WARNING, 7))
    assert shown == ["warning"] * 3
    assert rest == [("4", "warning", "owner-missing"), ("9", "notice", "owner-missing")]


def test_few_warnings_among_many_notices_are_all_shown() -> None:
    assert seen((Severity.NOTICE, 9), (Severity.WARNING, 2))[0] == ["warning"] * 2


def test_errors_are_always_shown() -> None:
    assert seen((Severity.ERROR, 9), (Severity.NOTICE, 6)) == (["error"] * 9, [("6", "notice", "owner-missing")])
