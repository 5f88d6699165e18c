"""Findings, the report, and the policy a team sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.rules import Fix, Severity, Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.check.schema import SchemaJudge
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

HELP_URL = "https://onrecord.github.io/onrecord/rules/"


class Location(NamedTuple):
    """A place in a file: POSIX path relative to the repository, 1-based lines, both included."""

    path: str
    line: int
    end_line: int


class Finding(NamedTuple):
    """One thing worth a word. `message` says what was seen, `help` what would help."""

    rule: str
    severity: Severity
    message: str
    help: str
    location: Location
    suggestion: Suggestion | None = None
    fix: Fix | None = None

    @property
    def help_url(self) -> str:
        """Return the address of the rule's page."""
        return f"{HELP_URL}{self.rule}"


class Skipped(NamedTuple):
    """A file that was looked at and not checked, and why."""

    path: str
    reason: str


class Hidden(NamedTuple):
    """How many findings were not shown, because they were suppressed in the text or stand in the baseline."""

    suppressed: int = 0
    baselined: int = 0


class ReadFile(NamedTuple):
    """A file as the caller read it: its document and the record in it."""

    document: Document
    record: DecisionRecord


class Around(NamedTuple):
    """What lies around the files that are checked, and that they must agree with.

    `others` are not checked themselves. `folders` are those of which nothing is missing among all these ("" is the whole
    repository), except the files that were left `unread`. `new`, `taken` and `before` tell what is being changed here and
    elsewhere, `added` when files came to be, as in LogSubject.
    """

    others: tuple[ReadFile, ...] = ()
    folders: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    taken: Mapping[str, str] = {}
    before: Mapping[str, ReadFile] = {}
    added: Mapping[str, int] = {}


ALONE = Around()


@dataclass(slots=True)
class Policy:
    """What a team asks for. Severities and selections are by rule id; the judge holds its schema."""

    judge: SchemaJudge
    severities: Mapping[str, Severity] = field(default_factory=dict)
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    own_schema: str | None = None

    def wants(self, rule: str) -> bool:
        """Tell whether a rule is looked at in this run."""
        return rule not in self.ignore and (not self.select or rule in self.select)


class Report(NamedTuple):
    """All that one run has to say. Findings are sorted by path, line, rule."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    hidden: Hidden = Hidden()

    def count(self, severity: Severity) -> int:
        """Return how many findings have exactly this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def worst(self) -> Severity:
        """Return the highest severity among the findings, OFF when there is none."""
        return max((finding.severity for finding in self.findings), default=Severity.OFF)


def report_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON (schemas/report.schema.json)."""
    return {
        "version": 1,
        "findings": [finding_json(finding) for finding in report.findings],
        "files": list(report.files),
        "skipped": [skipped._asdict() for skipped in report.skipped],
        "hidden": report.hidden._asdict(),
        "counts": {s.word: report.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTICE)},
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as JSON."""
    out: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "help": finding.help,
        "path": finding.location.path,
        "line": finding.location.line,
        "end_line": finding.location.end_line,
        "help_url": finding.help_url,
    }
    if finding.suggestion is not None:
        span, lines = finding.suggestion
        out["suggestion"] = {"line": span.start, "end_line": span.end, "replacement": list(lines)}
    return out
