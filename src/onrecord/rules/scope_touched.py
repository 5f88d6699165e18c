"""scope-touched: accepted records govern files of this change, and nothing mentions them."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.links import name_of, record_named
from onrecord.markdown import Span
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity, quote
from onrecord.rules.samples import madr

MOST = 3
_SCOPED = madr(status="status: accepted\nscope: [src/sessions/**]")
_RECORD = FileExample("docs/adr/0007-keep-sessions.md", _SCOPED, _SCOPED)
_CODE = FileExample("src/sessions/store.py", "TTL = 1\n", "TTL = 2\n")


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    facts = subject.facts
    known = {file.path for file in subject.change.files or ()}
    named = (record_named(link, subject.records, subject.repository) for link in facts["record_links"])
    known |= {record.path for record in named if record}
    asked = {one["what"] for one in facts["asked_by"] if one["by"] == "scope"}
    unnamed = [g for g in subject.governing if g.record.path not in known and name_of(g.record) not in asked]
    for governed in unnamed[:MOST]:
        yield (
            "",
            Hit(
                Span(1, 1),
                f"{name_of(governed.record)} is about {quote(governed.glob, 40)}, and {quote(governed.path, 50)} is touched",
            ),
        )


RULE = Rule(
    id="scope-touched",
    scope="change",
    severity=Severity.NOTICE,
    summary="An accepted record is about files that this change touches.",
    why="The reasons why these files are as they are stand there, and so does what was ruled out.",
    help="Nothing needs to be done when the change agrees with it. Otherwise link it, or supersede it with a new record.",
    check_change=_check,
    good=(
        Example("The record is linked.", "This follows docs/adr/0007-keep-sessions.md.\n", files=(_CODE, _RECORD)),
        Example("Other files.", "The rate.\n", files=(FileExample("src/rate.py", "RATE = 1\n", "RATE = 2\n"), _RECORD)),
        Example(
            "The record is not in force.",
            "Sessions live longer.\n",
            files=(
                _CODE,
                FileExample(
                    "docs/adr/0007-keep-sessions.md",
                    _SCOPED.replace("accepted", "proposed"),
                    _SCOPED.replace("accepted", "proposed"),
                ),
            ),
        ),
    ),
    bad=(Example("A file in its scope.", "Sessions live longer.\n", files=(_CODE, _RECORD)),),
)
