"""draft-accepted: a draft that a machine wrote, accepted as it was."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.draft_hash import is_untouched, seal
from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, place_of
from onrecord.rules.samples import madr


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    if record.status and record.status.value == "accepted" and is_untouched("\n".join(subject.document.lines)):
        yield Hit(place_of(record, "status"), "the status is accepted, and the text is the machine's draft, unedited")


def _waved_through(draft: str) -> str:
    return draft.replace("status: proposed", "status: accepted")


_DRAFT = seal(madr(status="status: proposed"))
_EDITED = _DRAFT.replace("keeps data across restarts", "keeps data across restarts, and operations knows it")

RULE = Rule(
    id="draft-accepted",
    scope="record",
    severity=Severity.ERROR,
    summary="A machine wrote this draft, and it was accepted as it was.",
    why="A draft from a transcript says what was spoken, not what was decided; only a person who has worked on it can tell.",
    help="Read it and correct it, or leave it proposed; once the text differs from the draft, the rule is silent.",
    check=_check,
    good=(
        Example("A draft that is still proposed.", _DRAFT),
        Example("Somebody has worked on it.", _waved_through(_EDITED)),
        Example("No machine wrote it.", madr()),
    ),
    bad=(Example("Only the status has changed.", _waved_through(_DRAFT)),),
)
