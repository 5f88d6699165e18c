"""follow-up-unassigned: something that is to be done, and nobody is named who does it."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past
from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, quote
from onrecord.rules.samples import nygard

_PAST = Past(files=("docs/adr/0007-example.md",))


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for record in (one.record for one in subject.standings):
        if not _is_decided(record):
            continue
        loose = [what for what in record.follow_ups if not (what.done or what.who or what.tracked)]
        if loose:
            more = f" and {len(loose) - 1} more" if len(loose) > 1 else ""
            missing = "nobody" if any(what.due for what in loose) else "neither who nor when"
            seen = f"{quote(loose[0].what)}{more}: {missing} is named"
            yield record.path, Hit(Span(loose[0].line, loose[0].line), seen)


def _is_decided(record: DecisionRecord) -> bool:
    """Tell whether something was decided here; what is to be done before that has its time."""
    status = record.status.value if record.status else ""
    return status not in ("proposed", "draft") and (bool(status) or record.decision is not None)


def _steps(text: str) -> str:
    return nygard(more=f"\n## Action items\n\n{text}\n")


RULE = Rule(
    id="follow-up-unassigned",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="A follow-up of the record has nobody who does it.",
    why="What everybody could do is done by nobody.",
    help="Write who and until when (“@ann, 2027-01-31”), link the issue that tracks it, or tick it off.",
    check_upkeep=_check,
    good=(
        Example("Somebody does it.", _steps("- [ ] Move the old invoices (@ann, 2026-09-01)"), past=_PAST),
        Example("An issue tracks it.", _steps("- [ ] Move the old invoices, see #812"), past=_PAST),
        Example("It is done.", _steps("- [x] Move the old invoices"), past=_PAST),
    ),
    bad=(Example("Nobody is named.", _steps("- [ ] Move the old invoices"), past=_PAST),),
)
