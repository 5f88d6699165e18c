"""citation-dangling: a new line cites a record that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.change.added import added_lines
from onrecord.change.paths import is_generated, is_lock_file, is_test
from onrecord.log.citations import cited_numbers, linked_numbers
from onrecord.log.links import has_number
from onrecord.markdown import Span
from onrecord.record.identity import number_in_path
from onrecord.record.recognize import is_template_name
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity, UpkeepSubject
from onrecord.rules.samples import nygard

# What comes from elsewhere, and what tells of the past.
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:vendor|third[-_]?party|node_modules|external|dist|\.venv)/|(?:^|/)(?:change(?:s|log)|history|release)[^/]*$|(?:^|/)(?:changelog|release-?notes|\.changeset)[^/]*/",
    re.IGNORECASE,
)
_LOG = FileExample("docs/adr/0007-keep-invoices.md", nygard(), nygard())


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    numbers = [int(n) for record in subject.records if (n := record.number) and n.isdigit()]
    if not numbers or subject.has_other_logs:
        return
    others = {number_in_path(path) for path in (*subject.taken, *(f.path for f in subject.change.files or ()))}
    for file in subject.change.files or ():
        if not file.patch or is_test(file.path) or is_generated(file.path) or is_lock_file(file.path):
            continue
        if is_template_name(file.path.rsplit("/", 1)[-1]):
            continue
        kept = {number for line in file.patch.split("\n") if line.startswith("-") for number in cited_numbers(line[1:])}
        for line, text in added_lines(file.patch):
            for number in cited_numbers(text):
                is_ours = int(number) <= 2 * max(numbers) + 20  # a number far beyond is of another series
                known = number in kept or number in others or any(has_number(r, number) for r in subject.records)
                if is_ours and not known:
                    yield file.path, Hit(Span(line, line), f"ADR-{number} is cited, and no record has this number")


def _check_upkeep(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    numbers = [int(n) for record in subject.records if (n := record.number) and n.isdigit()]
    homes = {record.path.rpartition("/")[0] for record in subject.records}
    elsewhere = {number for _, _, text in subject.citing for number in linked_numbers(text)}
    for path, line, text in subject.citing if numbers else ():
        if is_exempt(path) or path.rpartition("/")[0] in homes:
            continue
        for number in cited_numbers(text):
            is_ours = int(number) <= max(numbers) and number not in elsewhere
            if is_ours and not any(has_number(record, number) for record in subject.records):
                yield path, Hit(Span(line, line), f"ADR-{number} is cited, and no record has this number")


def is_exempt(path: str) -> bool:
    """Tell whether what a file cites is nobody's concern: it is generated, a test's, a template, or from elsewhere."""
    return (
        is_test(path)
        or is_generated(path)
        or is_lock_file(path)
        or is_template_name(path.rsplit("/", 1)[-1])
        or bool(_ELSEWHERE.search(path))
    )


RULE = Rule(
    id="citation-dangling",
    scope="change",
    severity=Severity.WARNING,
    summary="A new line cites a record that is not there.",
    why="Whoever wants to know why finds a number that leads nowhere.",
    help="Mend the number, or name the project whose record it is.",
    check_change=_check,
    check_upkeep=_check_upkeep,
    good=(
        Example(
            "A record of this log.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "", "# One database, see ADR-0007.\n")),
        ),
        Example(
            "Another project's record, and what is no record at all.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "", "# As in Kubernetes ADR-12, and in RFC 9111.\n")),
        ),
        Example(
            "It stood there before.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "x = 1  # ADR-12\n", "x = 2  # ADR-12\n")),
        ),
    ),
    bad=(
        Example(
            "No such number.",
            "The rate.\n",
            files=(_LOG, FileExample("src/store.py", "", "# One database, see ADR-0017.\n")),
        ),
    ),
)
