"""citation-outdated: a new line cites a record that another one has replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.change.added import added_lines
from onrecord.change.paths import is_generated, is_lock_file, is_test
from onrecord.log.citations import cited_numbers
from onrecord.log.links import has_number, name_of
from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.rules.citation_dangling import is_exempt
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity, UpkeepSubject, quote
from onrecord.rules.samples import nygard

# Where the past is told, old records are cited rightly.
_CHRONICLE = re.compile(r"change|history|release|news|migrat|upgrad|retro|postmortem|blog|archive", re.IGNORECASE)
_TELLS_OF_OLD = re.compile(
    r"supersed|superced|replac|revert|deprecat|obsolet|former|previous|histor|until|legacy|instead|used to|\bwas\b|\bwere\b|\bold\b",
    re.IGNORECASE,
)
_OLD = nygard("Superseded by [0012](0012-use-kafka.md)")
_LOG = FileExample("docs/adr/0007-keep-invoices.md", _OLD, _OLD)


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    homes = {record.path.rpartition("/")[0] for record in subject.records}
    for file in subject.change.files or ():
        folder = file.path.rpartition("/")[0]
        if not file.patch or folder in homes or _CHRONICLE.search(file.path):
            continue
        if is_test(file.path) or is_generated(file.path) or is_lock_file(file.path):
            continue
        kept = {number for line in file.patch.split("\n") if line.startswith("-") for number in cited_numbers(line[1:])}
        for line, text in added_lines(file.patch):
            for number in cited_numbers(text):
                if (
                    number not in kept
                    and not _TELLS_OF_OLD.search(text)
                    and (old := _replaced(subject.records, number))
                ):
                    seen = f"{name_of(old)} is superseded by {quote(old.superseded_by[0])}, and is cited"
                    yield file.path, Hit(Span(line, line), seen)


def _replaced(records: Iterable[DecisionRecord], number: str) -> DecisionRecord | None:
    """Return the one record of this number when another one has replaced it."""
    found = [record for record in records if record.kind == "record" and has_number(record, number)]
    if len(found) != 1 or not found[0].superseded_by or not found[0].status:
        return None
    return found[0] if found[0].status.value in ("superseded", "deprecated") else None


def _check_upkeep(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    homes = {record.path.rpartition("/")[0] for record in subject.records}
    for path, line, text in subject.citing:
        if path.rpartition("/")[0] in homes or _CHRONICLE.search(path) or is_exempt(path) or _TELLS_OF_OLD.search(text):
            continue
        for number in cited_numbers(text):
            if old := _replaced(subject.records, number):
                seen = f"{name_of(old)} is superseded by {quote(old.superseded_by[0])}, and is cited"
                yield path, Hit(Span(line, line), seen)


RULE = Rule(
    id="citation-outdated",
    scope="change",
    severity=Severity.NOTICE,
    summary="A new line cites a record that another one has replaced.",
    why="The reader is sent to reasons that no longer hold.",
    help="Cite the successor, or say in the line that it was so before.",
    check_change=_check,
    check_upkeep=_check_upkeep,
    good=(
        Example(
            "A record in force.",
            "The rate.\n",
            files=(
                FileExample("docs/adr/0007-keep-invoices.md", nygard(), nygard()),
                FileExample("src/store.py", "", "# One database, see ADR-7.\n"),
            ),
        ),
        Example(
            "A line about the past.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "", "# Until last year this was one database, see ADR-7.\n")),
        ),
        Example(
            "A change log.", "The rate.\n", files=(_LOG, FileExample("CHANGELOG.md", "", "- One database (ADR-7)\n"))
        ),
    ),
    bad=(
        Example(
            "It was replaced.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "", "# One database, see ADR-7.\n")),
        ),
    ),
)
