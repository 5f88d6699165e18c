"""record-deleted: a record of a decision that held is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import fold
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity, quote
from onrecord.rules.samples import nygard


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    new = {file.path for file in subject.change.files or () if file.status not in ("removed", "modified")}
    arrived = [record for record in subject.records if record.path in new]
    for file in subject.change.files or ():
        record = subject.before.get(file.path)
        if file.status != "removed" or record is None or record.kind != "record" or _is_open(record):
            continue
        if not any(_is_same(record, other) for other in arrived):
            title = quote(record.title or file.path.rsplit("/", 1)[-1])
            yield file.path, Hit(Span(1, 1), f"the record {title} is deleted")


def _is_open(record: DecisionRecord) -> bool:
    return record.status is not None and record.status.value in ("proposed", "draft")


def _is_same(old: DecisionRecord, new: DecisionRecord) -> bool:
    """Tell whether a record was moved, renumbered or renamed: its title or its decision is still there."""
    titles = bool(old.title and new.title and fold(old.title) == fold(new.title))
    decisions = bool(old.decision and new.decision and fold(old.decision.text) == fold(new.decision.text))
    return titles or decisions


RULE = Rule(
    id="record-deleted",
    scope="change",
    severity=Severity.WARNING,
    summary="A record is deleted.",
    why="Links and talk go on naming it, and why things were so can only be read in the history.",
    help="Keep the file and mark it as superseded or deprecated. A proposal that came to nothing may go.",
    check_change=_check,
    good=(
        Example(
            "Moved and renumbered.",
            "One folder.\n",
            files=(
                FileExample("docs/adr/0007-keep-invoices.md", nygard(), None),
                FileExample("docs/adr/0021-keep-invoices.md", None, nygard().replace("# 7.", "# 21.")),
            ),
        ),
        Example(
            "A proposal that came to nothing.",
            "Tidied.\n",
            files=(FileExample("docs/adr/0007-keep-invoices.md", nygard("Proposed"), None),),
        ),
        Example("Any other file.", "Tidied.\n", files=(FileExample("docs/adr/README.md", "# Records\n", None),)),
    ),
    bad=(
        Example("Gone.", "Tidied.\n", files=(FileExample("docs/adr/0007-keep-invoices.md", nygard(), None),)),
        Example(
            "Superseded, and gone.",
            "Tidied.\n",
            files=(
                FileExample("docs/adr/0007-keep-invoices.md", nygard("Superseded by [0012](0012-use-kafka.md)"), None),
            ),
        ),
    ),
)
