"""The trend of a coverage report as rows of a table: a fraction for each point, and a line where the rules changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.fractions import ENOUGH, plain_share
from onrecord.coverage.trend import ROLLED
from onrecord.render.columns import pad
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.coverage.fractions import Fraction
    from onrecord.coverage.report import Report
    from onrecord.coverage.trend import Point

HEADING = f"Trend: decision coverage of the last {ROLLED} asked, as it stood on that day"
_MOST = 24  # points shown
_BAR, _SHARE = 20, 14  # columns


class TrendRow(NamedTuple):
    """A row: when, the share with its bar, and what stood beside it."""

    name: str
    value: str
    note: str


def trend_rows(report: Report) -> Iterator[TrendRow]:
    """Yield the points, the oldest first, with the days between them on which the configuration changed."""
    shown = report.trend[-_MOST:]
    if left := len(report.trend) - len(shown):
        yield TrendRow(f"{counted(left, 'earlier point')}: --output-format json has all", "", "")
    before = shown[0].day if shown else ""
    for point in shown:
        for day in report.breaks:
            if before < day <= point.day:
                yield TrendRow(f"{day}  the rules changed", "", "")
        yield _row(point)
        before = point.day


def _row(point: Point) -> TrendRow:
    share = pad(plain_share(len(point.coverage.part), len(point.coverage.of)), _SHARE)
    notes = [counted(point.records, "record")]
    if point.answered != point.coverage:  # else nothing was waived
        notes.insert(0, f"{len(point.answered.part)}/{len(point.answered.of)} answered")
    return TrendRow(f"{point.day}  #{point.number}", f"{share} {_bar(point.coverage)}".rstrip(), ", ".join(notes))


def _bar(share: Fraction) -> str:
    """Return a bar of the share, none where a percentage would say nothing."""
    if len(share.of) < ENOUGH:
        return ""
    full = round(_BAR * len(share.part) / len(share.of))
    return "█" * full + "·" * (_BAR - full)
