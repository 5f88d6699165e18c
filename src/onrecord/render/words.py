"""Counts in words, shared by the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.render.numbers import counted as counted
from onrecord.rules import Severity

if TYPE_CHECKING:
    from onrecord.check import Report

LEVELS = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def verdict(report: Report) -> str:
    """Return one sentence: how many records were read, and what was found."""
    levels = [counted(n, level.word) for level in LEVELS if (n := report.count(level))]
    read = counted(len(report.files), "record")
    if not report.files:
        return "No record was checked."
    return f"{read} checked: {', '.join(levels) if levels else 'nothing to say'}."


def hidden(report: Report) -> str:
    """Return a sentence about what was not shown, empty when all is shown."""
    parts = []
    if report.hidden.suppressed:
        parts.append(f"{counted(report.hidden.suppressed, 'finding')} suppressed in the text")
    if report.hidden.baselined:
        parts.append(f"{counted(report.hidden.baselined, 'finding')} known from the baseline")
    return f"Not shown: {' and '.join(parts)}." if parts else ""
