"""proposal-stuck: a proposal that nobody has decided for a month."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past, days_between
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, place_of
from onrecord.rules.samples import nygard

_DAYS = 30
_STATE = {"proposed": "proposed", "draft": "a draft"}
_PLACE = "docs/adr/0007-example.md"


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for one in subject.standings:
        record = one.record
        if not (record.status and record.status.value in ("proposed", "draft") and one.first and one.edited):
            continue
        waits = days_between(one.first, subject.today)
        is_planned = bool(record.decide_by and record.decide_by >= subject.today[: len(record.decide_by)])
        latest = max(one.edited, one.reviewed.day if one.reviewed else "")
        if waits > _DAYS and days_between(latest, subject.today) > _DAYS and not is_planned:
            since = "" if one.edited == one.first else f", last edited {one.edited}"
            seen = f"it has been {_STATE[record.status.value]} for {waits} days (first committed {one.first}{since})"
            yield record.path, Hit(place_of(record, "status"), seen)


def _since(*days: str) -> Past:
    return Past(files=(_PLACE,), edits=((_PLACE, days),), last=days[-1])


_OPEN = nygard("Proposed", header="Date: 2026-01-10")

RULE = Rule(
    id="proposal-stuck",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="A proposal has waited for more than a month.",
    why="An open proposal is usually decided in practice and recorded nowhere.",
    help="Record the outcome in the status (accepted, rejected), or say until when it is decided: a line “decide-by: 2027-01-31” below the title or in the front matter.",
    check_upkeep=_check,
    good=(
        Example("It is two weeks old.", _OPEN, past=_since("2026-05-18")),
        Example("It is still worked on.", _OPEN, past=_since("2026-01-10", "2026-05-18")),
        Example(
            "It has a day to come.",
            nygard("Proposed", header="Date: 2026-01-10\nDecide by: 2026-07-01"),
            past=_since("2026-01-10"),
        ),
    ),
    bad=(Example("It has waited since January.", _OPEN, past=_since("2026-01-10")),),
)
