"""proposal-implemented: the change follows a record that is still a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.change.paths import is_documentation, is_test
from onrecord.log.links import name_of, record_named
from onrecord.markdown import Span
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity
from onrecord.rules.samples import nygard

_TRIAL = re.compile(r"\b(?:spike|prototype|experiment\w*|proof of concept|poc|wip|draft|trial|demo|explor\w+)\b", re.I)
_RECORD = FileExample("docs/adr/0007-keep-invoices.md", nygard("Proposed"), nygard("Proposed"))
_CODE = FileExample("src/store.py", "ROWS = 1\n", "ROWS = 2\n")


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    change = subject.change
    touched = {file.path for file in change.files or ()}
    builds = any(not is_documentation(path) and not is_test(path) for path in touched)
    if not builds or _TRIAL.search(change.title[:300]):
        return
    for link in subject.facts["record_links"]:
        record = record_named(link, subject.records, subject.repository)
        if record and record.path not in touched and record.status and record.status.value in ("proposed", "draft"):
            yield "", Hit(Span(1, 1), f"{name_of(record)} is linked, and its status is {record.status.value}")


RULE = Rule(
    id="proposal-implemented",
    scope="change",
    severity=Severity.NOTICE,
    summary="The change follows a record that is not accepted yet.",
    why="What is built decides the question, and the record goes on asking it.",
    help="Accept the record in this pull request or before it; a trial is fine, and its title can say so.",
    check_change=_check,
    good=(
        Example(
            "An accepted record.",
            "This follows ADR-7.\n",
            files=(_CODE, FileExample("docs/adr/0007-keep-invoices.md", nygard(), nygard())),
        ),
        Example(
            "The change accepts the record.",
            "This follows ADR-7.\n",
            files=(_CODE, FileExample("docs/adr/0007-keep-invoices.md", nygard("Proposed"), nygard())),
        ),
        Example(
            "Only documentation.", "This follows ADR-7.\n", files=(_RECORD, FileExample("docs/guide.md", "A\n", "B\n"))
        ),
    ),
    bad=(
        Example("By number.", "This follows ADR-7.\n", files=(_CODE, _RECORD)),
        Example("By its file.", "See [why](docs/adr/0007-keep-invoices.md).\n", files=(_CODE, _RECORD)),
    ),
)
