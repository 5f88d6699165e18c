"""status-outdated: accepted by its status, and replaced by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.log.links import name_of
from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Fix
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard

# A status line that says more than "accepted" is the author's answer: "Accepted for version 1. Superseded by ADR-4".
_SAYS_SO = re.compile(r"super[cs]e+d|replac|obsolet|ersetzt|abgelöst|remplac|reemplaz|substitu|sostitui", re.IGNORECASE)
_IN_FORCE = ("accepted", "superseded", "deprecated")  # of a successor: it held once


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    said: set[int] = set()
    for edge in subject.graph.supersessions():
        old, new = edge.target, edge.source
        if not edge.by_target or not subject.checks(old) or id(old) in said:
            continue
        if old.status is None or old.status.value != "accepted" or _SAYS_SO.search(old.status.text):
            continue
        if new.status is None or new.status.value in _IN_FORCE:
            said.add(id(old))
            seen = f"the status is accepted, and the text says that {name_of(new)} replaces it"
            yield old.path, Hit(place_of(old, "status"), seen, fix=_fix(old, new, subject))


def _fix(old: DecisionRecord, new: DecisionRecord, subject: LogSubject) -> Fix | None:
    """Return the status "Superseded" in the place of "Accepted", with the successor where no field names it."""
    from onrecord.log.references import follow
    from onrecord.record.edit.status import cased_like, set_status
    from onrecord.record.edit.wording import mention_of, path_from

    document = subject.documents.get(old.path)
    if document is None or old.status is None:
        return None
    name = next((one for one in old.superseded_by if follow(one, old, subject.log) is new), None)
    if name is None:
        return None
    text = "Superseded"
    if "superseded_by" not in old.slots or "status" in old.slots["superseded_by"].how.casefold():
        is_file = name.casefold().endswith((".md", ".mdx"))
        label = mention_of(new) or name_of(new)
        text += f" by [{label}]({path_from(old, new)})" if is_file else f" by {name}"
    edit = set_status(old, document, cased_like(text, old.status.text))
    return Fix((edit,)) if edit else None


def _beside(status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", "# 12. Use Kafka")
    return FileExample("docs/adr/0012-use-kafka.md", text, text)


_NOTE = "We will keep invoices in PostgreSQL.\n\n**Note: this is superseded by ADR-0012.**"
_PART = "We will keep invoices in PostgreSQL.\n\n**Note: this is partly superseded by ADR-0012.**"

RULE = Rule(
    id="status-outdated",
    scope="log",
    severity=Severity.WARNING,
    summary="The record names its successor, and its status is still accepted.",
    why="People and tools that look at the status alone follow a decision that no longer holds.",
    help="Set the status to “Superseded by …”, or say which part of the record still holds.",
    check_log=_check_log,
    good=(
        Example("The status says it.", nygard("Superseded by ADR-0012"), files=(_beside("Accepted"),)),
        Example("The successor is only proposed.", nygard(decision=_NOTE), files=(_beside("Proposed"),)),
        Example("Only a part is replaced.", nygard(decision=_PART), files=(_beside("Accepted"),)),
    ),
    bad=(Example("A note says it, the status does not.", nygard(decision=_NOTE), files=(_beside("Accepted"),)),),
)
