"""supersedes-dangling: a successor or predecessor that is not in the log."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of, quote
from onrecord.rules.samples import nygard

_SAID = {"supersedes": "supersedes", "superseded_by": "is superseded by"}
_NEWER = nygard().replace("# 7. Keep invoices in PostgreSQL", "# 12. Use Kafka")
_BESIDE = FileExample("docs/adr/0012-use-kafka.md", _NEWER, _NEWER)


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    for record, field, text, reason in subject.graph.unresolved:
        if field in _SAID and reason != "elsewhere" and subject.checks(record):
            what = "file" if reason == "no such file" else "number"
            seen = f"it says that it {_SAID[field]} {quote(text)}, and this log has no such {what}"
            yield record.path, Hit(place_of(record, field, "status"), seen)


RULE = Rule(
    id="supersedes-dangling",
    scope="log",
    severity=Severity.ERROR,
    summary="The record replaces, or is replaced by, a record that is not there.",
    why="Who looks for what holds today is sent nowhere.",
    help="Name the record as it is called now, by number or by file.",
    check_log=_check_log,
    good=(
        Example(
            "The successor is there.",
            nygard(status="Superseded by [0012](0012-use-kafka.md)"),
            files=(_BESIDE,),
            others=("docs/adr/0012-use-kafka.md",),
        ),
        Example("A number, however it is written.", nygard(status="Superseded by ADR 012"), files=(_BESIDE,)),
        Example(
            "A record of another place.",
            nygard(status="Superseded by [RFC 12](https://example.com/rfc/12)"),
            files=(_BESIDE,),
        ),
    ),
    bad=(
        Example("No such number.", nygard(status="Superseded by ADR-0019"), files=(_BESIDE,)),
        Example("No such file.", nygard(status="Superseded by [Redis](0019-use-redis.md)"), files=(_BESIDE,)),
    ),
)
