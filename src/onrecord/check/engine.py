"""Facts × schema × rules × policy × today → findings. A function: same input, same sorted output."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.check.baseline import Key, apply_baseline
from onrecord.check.model import ALONE, Around, Finding, Hidden, Location, Policy, ReadFile, Report, Skipped
from onrecord.check.suppress import apply_suppressions, read_suppressions
from onrecord.markdown import Span
from onrecord.record import Facts, record_facts
from onrecord.rules import (
    ALL_RULES,
    CHANGE_RULES,
    CHANGE_RULES_OF_LOG,
    CODE_RULES,
    HOUSE_RULES,
    LOG_RULES,
    UPKEEP_RULES,
    Hit,
    LogSubject,
    RecordSubject,
    Severity,
    load_rule,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Mapping

    from onrecord.check.schema import SchemaHit
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord
    from onrecord.rules import Fix, Rule

    Exists: TypeAlias = Callable[[str], bool]

MAX_SUGGESTION = 2_000  # characters: more than this nobody reads before accepting
_OF_NO_RECORD = {"template-unfilled"}
_OF_A_STUB = {"decision-empty", "decision-placeholder"}  # one that says it is accepted
_OF_AN_INDEX = {"index-stale"}
# A finding of the key is not repeated by those of the value on the same record.
_SAID_BY_OTHERS = {"front-matter-invalid": {"owner-missing", "status-unknown"}}


class Judge:
    """Says what the rules say; another one may know it from an earlier run."""

    def of_record(self, file: ReadFile, policy: Policy, today: str, exists: Exists) -> list[Finding]:
        """Return the findings of all record rules on one file, unsuppressed."""
        return check_record(file, policy, today, exists)

    def of_log(self, rule: Rule, subject: LogSubject) -> Iterable[tuple[str, Hit]]:
        """Return where a log rule speaks, each with the path of the record."""
        return rule.check_log(subject) if rule.check_log else ()


def check(
    files: Iterable[ReadFile],
    policy: Policy,
    today: str,
    exists: Exists,
    skipped: Iterable[Skipped] = (),
    known: Counter[Key] | None = None,
    around: Around = ALONE,
    judge: Judge | None = None,
) -> Report:
    """Check records one by one and together. `today` is ISO; `exists` answers for repository-relative paths."""
    judge = judge or Judge()
    read = list(files)
    found: dict[str, list[Finding]] = {file.record.path: [] for file in read}
    for file in read:
        found[file.record.path] += judge.of_record(file, policy, today, exists)
    for path, finding in _check_log(_log_subject(read, today, exists, around), policy, judge):
        found[path].append(finding)
    others = [file.record for file in read if file.record.kind == "not-a-record" and not found[file.record.path]]
    left_out = [*skipped, *(Skipped(record.path, f"not a record ({record.reason})") for record in others)]
    documents = {file.record.path: file.document for file in read}
    shown, suppressed = _without_suppressed(documents, found, policy)
    shown = _without_doubtful_fixes(shown, (*read, *around.others))
    baselined = 0
    if known:
        shown, baselined = apply_baseline(shown, known, {path: document.lines for path, document in documents.items()})
    names = tuple(
        sorted({f.record.path for f in read if f.record.kind == "record" or _is_checked(found[f.record.path])})
    )
    return Report(tuple(shown), names, tuple(sorted(set(left_out))), Hidden(suppressed, baselined))


def _is_checked(findings: Iterable[Finding]) -> bool:
    """Tell whether a file that is no record was looked at as if it were one; a list of records was not."""
    return any(finding.rule not in _OF_AN_INDEX for finding in findings)


def _log_subject(read: list[ReadFile], today: str, exists: Exists, around: Around) -> LogSubject:
    return LogSubject(
        tuple(file.record for file in read),
        today,
        tuple(file.record for file in around.others),
        exists,
        around.folders,
        around.unread,
        documents={file.record.path: file.document for file in (*read, *around.others)},
        new=around.new,
        taken=around.taken,
        before=around.before,
        added=around.added,
    )


def check_record(
    file: ReadFile,
    policy: Policy,
    today: str,
    exists: Exists,
    look: Callable[..., RecordSubject] = RecordSubject,
) -> list[Finding]:
    """Return the findings of all record rules on one file, unsuppressed; through `look`, rules see the file."""
    record = file.record
    unreadable = any(problem.code == "record-unreadable" for problem in record.problems)
    facts, hits = (record_facts(record), []) if unreadable else _by_schema(record, policy)
    findings = [f for hit in hits if policy.wants(hit.rule) and (f := _from_schema(hit, facts, policy))]
    if record.kind == "record" or record.problems:
        subject = look(record, file.document, today, exists)
        for rule_id in CODE_RULES:
            if policy.wants(rule_id) and (record.kind == "record" or rule_id != "link-broken"):
                findings += _from_code(load_rule(rule_id), subject, policy)
    rules = {finding.rule for finding in findings}
    quiet = {name for rule in rules for name in _SAID_BY_OTHERS.get(rule, ())}
    return [finding for finding in findings if finding.rule not in quiet]


def _by_schema(record: DecisionRecord, policy: Policy) -> tuple[Facts, list[SchemaHit]]:
    """Return the facts of a record and where they fail; an accepted stub is a record that lacks its decision."""
    facts = record_facts(record)
    hits = policy.judge.judge(facts.value)
    if record.kind == "record":
        return facts, hits
    if record.reason == "stub" and record.status and record.status.value == "accepted":
        whole = record_facts(replace(record, kind="record"))
        loud = [hit for hit in policy.judge.judge(whole.value) if hit.rule in _OF_A_STUB and _is_on(hit.rule, policy)]
        if loud:
            return whole, loud
    # nothing is asked of an index or a readme, whatever a team's schema requires
    return facts, [hit for hit in hits if hit.rule in _OF_NO_RECORD]


def _is_on(rule_id: str, policy: Policy) -> bool:
    return policy.wants(rule_id) and policy.severities.get(rule_id) != Severity.OFF


def _from_schema(hit: SchemaHit, facts: Facts, policy: Policy) -> Finding | None:
    span = facts.span_at(hit.pointer)
    path = str(facts.value["path"])
    if hit.rule not in ALL_RULES:
        return _own_finding(hit, path, span, policy)
    rule = load_rule(hit.rule)
    severity = _severity(rule, policy, hit.severity)
    if rule.slot and rule.id not in policy.severities and not _offered(facts.value, rule.slot):
        severity = min(severity, Severity.NOTICE)
    if severity == Severity.OFF:
        return None
    if rule.slot and hit.pointer == "":
        span = facts.span_at(f"/{rule.slot}")
    seen = hit.message or (rule.seen(facts.value, hit.pointer) if rule.seen else rule.summary)
    return Finding(
        rule.id,
        severity,
        seen,
        rule.help,
        Location(path, span.start, span.start if span.end - span.start > 40 else span.end),
    )


def _own_finding(hit: SchemaHit, path: str, span: Span, policy: Policy) -> Finding | None:
    """Return the finding of a rule that a team's own schema names."""
    severity = policy.severities.get(hit.rule, Severity[(hit.severity or "warning").upper()])
    message = hit.message or "the team's schema asks for something else here"
    return (
        Finding(
            hit.rule,
            severity,
            message,
            f"The team's own schema asks for it: {policy.own_schema or 'see the configuration'}.",
            Location(path, *span),
        )
        if severity
        else None
    )


def _offered(facts: Mapping[str, Any], slot: str) -> bool:
    part = facts.get("reading", {}).get("slots", {}).get(slot)
    return part is None or part["offered"] or part["state"] in ("filled", "placeholder")


def _severity(rule: Rule, policy: Policy, from_schema: str | None = None) -> Severity:
    if rule.id in policy.severities:
        return policy.severities[rule.id]
    return Severity[from_schema.upper()] if from_schema else rule.severity


def _from_code(rule: Rule, subject: RecordSubject, policy: Policy) -> list[Finding]:
    severity = _severity(rule, policy)
    if severity == Severity.OFF or rule.check is None:
        return []
    return [_finding(rule, severity, subject.record.path, hit) for hit in rule.check(subject)]


def _finding(rule: Rule, severity: Severity, path: str, hit: Hit) -> Finding:
    return Finding(rule.id, severity, hit.seen, rule.help, Location(path, *hit.span), hit.suggestion, hit.fix)


def _check_log(subject: LogSubject, policy: Policy, judge: Judge) -> list[tuple[str, Finding]]:
    out = []
    is_changed = bool(subject.taken or subject.before)  # else rules of changes are not even loaded
    for rule_id in (*LOG_RULES, *(CHANGE_RULES_OF_LOG if is_changed else ())):
        rule = load_rule(rule_id)
        severity = _severity(rule, policy)
        if policy.wants(rule_id) and severity:
            out += [(path, _finding(rule, severity, path, hit)) for path, hit in judge.of_log(rule, subject)]
    return out


def _without_suppressed(
    documents: Mapping[str, Document], found: dict[str, list[Finding]], policy: Policy
) -> tuple[list[Finding], int]:
    """Apply each file's suppressions; findings about them respect the policy too."""
    shown: list[Finding] = []
    hidden = 0
    known = policy.judge.rules.union(ALL_RULES)
    asked = known.difference(UPKEEP_RULES)  # those look back from time to time, not here
    ran = {rule for rule in asked if _is_on(rule, policy)}
    ran.difference_update(CHANGE_RULES)  # what they look at is gone once the change is merged
    for path, document in documents.items():
        suppressions = read_suppressions(document) if document.mentions("onrecord") else []
        if not suppressions:
            shown += found[path]
            continue
        left, count, own = apply_suppressions(path, document, found[path], suppressions, ran, known)
        hidden += count
        shown += left
        for finding in own:
            severity = policy.severities.get(finding.rule, finding.severity)
            if severity and policy.wants(finding.rule) and finding.rule in HOUSE_RULES:
                shown.append(finding._replace(severity=severity))
    return sorted(dict.fromkeys(shown), key=sort_key), hidden


def _without_doubtful_fixes(findings: list[Finding], files: Iterable[ReadFile]) -> list[Finding]:
    """Drop what would mend lines that were not read as they stand (rewritten, or in a guessed encoding), and the endless."""
    doubtful = {
        file.record.path
        for file in files
        if file.record.path.lower().endswith(".rst")
        or any(problem.code == "encoding-not-utf8" for problem in file.record.problems)
    }
    return [
        f._replace(
            suggestion=f.suggestion if f.suggestion and not _is_doubtful(f, doubtful) else None,
            fix=f.fix if f.fix and doubtful.isdisjoint(_touched(f.fix)) else None,
        )
        if f.suggestion or f.fix
        else f
        for f in findings
    ]


def _is_doubtful(finding: Finding, doubtful: set[str]) -> bool:
    lines = finding.suggestion.lines if finding.suggestion else ()
    return finding.location.path in doubtful or sum(map(len, lines)) > MAX_SUGGESTION


def _touched(fix: Fix) -> list[str]:
    return [*(edit.path for edit in fix.edits), *(move.path for move in fix.moves)]


def sort_key(finding: Finding) -> tuple[str, int, str, str]:
    """Order findings by path, line, rule, message."""
    return finding.location.path, finding.location.line, finding.rule, finding.message
