"""The upkeep of a log: upkeep rules × policy × today → the records that most need a human now. A function."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.check.baseline import Key, apply_baseline
from onrecord.check.model import Finding, Hidden, Location, Policy, ReadFile, finding_json
from onrecord.check.suppress import apply_suppressions, read_suppressions
from onrecord.log.upkeep.facts import Past, Standing, standings
from onrecord.rules import ALL_RULES, UPKEEP_RULES, RecordSubject, Severity, UpkeepSubject, load_rule

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from onrecord.log.citations import CitingLine
    from onrecord.record import DecisionRecord
    from onrecord.rules import Hit, Rule

CITATIONS = ("citation-dangling", "citation-outdated")
_RECORD_RULES = ("decide-by-passed",)
REVIEW_RULES = tuple(sorted((*UPKEEP_RULES, *CITATIONS, *_RECORD_RULES)))
# A date that the team set itself weighs most, what may be all right least.
WEIGHTS = {
    "decide-by-passed": 4,
    "review-by-passed": 4,
    "scope-dead": 3,
    "scope-churned": 2,
    "proposal-stuck": 2,
    "follow-up-overdue": 2,
    "owner-gone": 1,
    "follow-up-unassigned": 1,
}


class Entry(NamedTuple):
    """One record of the queue: how it stands, what was found (the weightiest first), and what put it where it is.

    `score` is (1 + log2(1 + recent commits)) × the weights of the rules that speak.
    """

    standing: Standing
    findings: tuple[Finding, ...]
    weight: int
    score: float


class Queue(NamedTuple):
    """The upkeep queue: entries with the neediest first, citations in code, how many records were looked at.

    `note` says what could not be looked at, empty when all was; `told`, of an empty queue, what it is worth.
    """

    entries: tuple[Entry, ...]
    citations: tuple[Finding, ...]
    records: int
    today: str
    hidden: Hidden = Hidden()
    note: str = ""
    told: str = ""

    def worst(self) -> Severity:
        """Return the highest severity among all findings, OFF when there is none."""
        every = (*(f for entry in self.entries for f in entry.findings), *self.citations)
        return max((finding.severity for finding in every), default=Severity.OFF)


def review(
    files: Sequence[ReadFile],
    past: Past,
    policy: Policy,
    today: str,
    citing: Sequence[CitingLine] = (),
    known: Counter[Key] | None = None,
    note: str = "",
) -> Queue:
    """Return the upkeep queue of these records; `past` is what git knows, `known` a baseline."""
    documents = {file.record.path: file.document for file in files}
    records = tuple(file.record for file in files if file.record.kind == "record")
    standing = standings(records, documents, past, today)
    subject = UpkeepSubject(tuple(standing), today, records, tuple(citing), past.last, len(past.files))
    found = [_finding(rule, path, hit, policy) for rule, path, hit in _hits(subject, files, policy)]
    shown, hidden = _without_hushed(sorted(dict.fromkeys(found), key=_order), files, known)
    entries = [entry for one in standing if (entry := _entry(one, shown)).findings]
    citations = tuple(finding for finding in shown if finding.rule in CITATIONS)
    told = "" if entries else _told([one for one in standing if not _is_open(one.record)])
    return Queue(tuple(sorted(entries, key=_need)), citations, len(records), today, hidden, note, told)


def _told(standing: Sequence[Standing]) -> str:
    """Say what an empty queue is worth: of a record that says little about itself, little can be told."""
    if not standing:
        return ""
    has = {
        "a status": sum(one.record.status is not None for one in standing),
        "a scope": sum(bool(one.record.scope) for one in standing),
        "an owner": sum(bool(one.owners) for one in standing),
        "a date to look again": sum(bool(one.record.review_by) for one in standing),
    }
    words = [f"{count or 'none'} {'have' if count > 1 else 'has'} {what}" for what, count in has.items()]
    return f"Of {len(standing)} in force, {', '.join(words[:-1])} and {words[-1]}; without these, little can be told."


def _is_open(record: DecisionRecord) -> bool:
    """Tell whether a record is a proposal still, and so not in force."""
    return record.status is not None and record.status.value in ("proposed", "draft")


def _hits(subject: UpkeepSubject, files: Sequence[ReadFile], policy: Policy) -> Iterator[tuple[Rule, str, Hit]]:
    wanted = [name for name in REVIEW_RULES if policy.wants(name)]
    for rule in map(load_rule, wanted):
        if not policy.severities.get(rule.id, rule.severity):
            continue
        if rule.check_upkeep:
            for path, hit in rule.check_upkeep(subject):
                yield rule, path, hit
        elif rule.check:
            for file in files:
                if file.record.kind == "record":
                    for hit in rule.check(RecordSubject(file.record, file.document, subject.today, lambda _path: True)):
                        yield rule, file.record.path, hit


def _finding(rule: Rule, path: str, hit: Hit, policy: Policy) -> Finding:
    """Return a finding of a review: a notice, unless the configuration says otherwise."""
    severity = policy.severities.get(rule.id, Severity.NOTICE)
    return Finding(rule.id, severity, hit.seen, rule.help, Location(path, *hit.span))


def _without_hushed(
    findings: list[Finding], files: Sequence[ReadFile], known: Counter[Key] | None
) -> tuple[list[Finding], Hidden]:
    """Leave out what a record's own text suppresses with a reason, and what stands in the baseline."""
    suppressed = 0
    documents = {file.record.path: file.document for file in files}
    for path, document in documents.items():
        if suppressions := read_suppressions(document):
            mine = [finding for finding in findings if finding.location.path == path]
            left, count, _ = apply_suppressions(path, document, mine, suppressions, frozenset(), frozenset(ALL_RULES))
            suppressed += count
            findings = [finding for finding in findings if finding.location.path != path or finding in left]
    baselined = 0
    if known:
        lines = {path: document.lines for path, document in documents.items()}
        findings, baselined = apply_baseline(findings, known, lines)
    return findings, Hidden(suppressed, baselined)


def _entry(standing: Standing, findings: list[Finding]) -> Entry:
    record = standing.record
    mine = [
        finding
        for finding in findings
        if finding.location.path == record.path
        and record.span.start <= finding.location.line <= record.span.end
        and finding.rule not in CITATIONS
    ]
    weight = sum(_weight(rule, standing) for rule in {finding.rule for finding in mine})
    score = round((1 + log2(1 + standing.recent)) * weight, 1)
    return Entry(standing, tuple(sorted(mine, key=lambda f: (-_weight(f.rule, standing), *_order(f)))), weight, score)


def _weight(rule: str, standing: Standing) -> int:
    """Return what a finding weighs; a path in prose is no more than a mention."""
    return 1 if rule == "scope-dead" and not standing.dead_scope else WEIGHTS.get(rule, 1)


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.location.path, finding.location.line, finding.rule, finding.message


def _need(entry: Entry) -> tuple[float, str, str, int]:
    """Order by score, then by how long nobody has looked."""
    reviewed = entry.standing.reviewed
    record = entry.standing.record
    return -entry.score, reviewed.day if reviewed else "", record.path, record.span.start


def queue_json(queue: Queue, limit: int = 0) -> dict[str, Any]:
    """Return the queue as JSON (schemas/review.schema.json); with a limit, so many entries and citations."""
    return {
        "version": 1,
        "today": queue.today,
        "records": queue.records,
        "needing": len(queue.entries),
        "entries": [_entry_json(entry) for entry in queue.entries[: limit or None]],
        "citations": [finding_json(finding) for finding in queue.citations[: limit or None]],
        "citations_total": len(queue.citations),
        "hidden": queue.hidden._asdict(),
        "note": queue.note,
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    record, standing = entry.standing.record, entry.standing
    return {
        "path": record.path,
        "line": record.span.start,
        "number": record.number,
        "title": record.title,
        "status": record.status.value if record.status else None,
        "owners": record.decision_makers or record.authors,
        "reviewed": standing.reviewed._asdict() if standing.reviewed else None,
        "recent_commits": standing.recent,
        "weight": entry.weight,
        "score": entry.score,
        "findings": [finding_json(finding) for finding in entry.findings],
        "action": entry.findings[0].help,
        "touch": ["onrecord", "touch", record.path],
    }
