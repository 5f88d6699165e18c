"""follow-up-overdue: something that was to be done by a day that has passed."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past
from onrecord.markdown import Span
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, quote
from onrecord.rules.samples import nygard

_PAST = Past(files=("docs/adr/0007-example.md",))


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for record in (one.record for one in subject.standings):
        for what in record.follow_ups:
            if what.due and not what.done and what.due < subject.today[: len(what.due)]:
                seen = f"{quote(what.what)} was to be done by {what.due} and is still open"
                yield record.path, Hit(Span(what.line, what.line), seen)


def _steps(text: str) -> str:
    return nygard(more=f"\n## Next steps\n\n{text}\n")


RULE = Rule(
    id="follow-up-overdue",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="A follow-up of the record is past its day.",
    why="What a decision still needs is forgotten as soon as the pull request is merged.",
    help="Tick it off (“- [x]”), strike it through, or move its date.",
    check_upkeep=_check,
    good=(
        Example("Still time.", _steps("- [ ] @ann moves the old invoices by 2026-09-01"), past=_PAST),
        Example("Done.", _steps("- [x] @ann moves the old invoices by 2026-04-01"), past=_PAST),
    ),
    bad=(Example("Its day has passed.", _steps("- [ ] @ann moves the old invoices by 2026-04-01"), past=_PAST),),
)
