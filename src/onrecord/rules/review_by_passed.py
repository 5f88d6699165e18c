"""review-by-passed: the day on which a record was to be looked at again has passed."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, place_of
from onrecord.rules.samples import madr

_PAST = Past(files=("docs/adr/0007-example.md",))


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for record in (one.record for one in subject.standings):
        day, mark = record.review_by, record.last_reviewed
        if day and day < subject.today[: len(day)] and not (mark and mark.date[: len(day)] >= day):
            since = f", the last review was on {mark.date}" if mark else ""
            yield (
                record.path,
                Hit(place_of(record, "review_by", "date", "status"), f"it was to be reviewed by {day}{since}"),
            )


def _matter(*lines: str) -> str:
    return madr(status="\n".join(("status: accepted", *lines)))


RULE = Rule(
    id="review-by-passed",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="The record was to be reviewed by a day that has passed.",
    why="The team itself said that the decision would need another look by then.",
    help="Look at it again: re-affirm it with “onrecord touch” and a new review-by, amend it, or replace it.",
    check_upkeep=_check,
    good=(
        Example("Still time.", _matter("review-by: 2026-12-01"), past=_PAST),
        Example("It was reviewed.", _matter("review-by: 2026-04-01", "last-reviewed: 2026-04-02 by Bo Li"), past=_PAST),
        Example("It was replaced.", madr(status="status: superseded by ADR-9\nreview-by: 2026-04-01"), past=_PAST),
    ),
    bad=(Example("The day has passed.", _matter("review-by: 2026-04-01"), past=_PAST),),
)
