"""What the rules said of records before: each one is judged, and the log they make, only when something is new.

What a rule asked for is kept with what it said, and asked again before that is believed: whether files are there, the
day, and (of a log) which texts it looked into.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord.adapters.kept import key_of
from onrecord.adapters.kept_records import as_json
from onrecord.check import Finding, Location, check_record
from onrecord.check.engine import Judge
from onrecord.check.watch import Asked, still, watch_log
from onrecord.markdown import Span
from onrecord.rules.model import Edit, Fix, Hit, Move, Severity, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.adapters.kept_records import KeptRecords
    from onrecord.check import Policy, ReadFile
    from onrecord.check.watch import WatchedLog
    from onrecord.record import DecisionRecord
    from onrecord.rules import LogSubject, Rule

    Exists = Callable[[str], bool]

FEW = 100  # records; a rule is through with fewer before what it said is looked up
MOST_LINES = 200_000  # of fixes that are kept for a rule: each record that a list lacks has the whole list as its fix


class KeptJudge(Judge):
    """Judges as its base does, with the help of what earlier runs kept."""

    def __init__(self, records: KeptRecords) -> None:
        """Take what reads the records: only of those is anything kept."""
        self._records, self._kept = records, records.kept
        self._policies: dict[int, tuple[Policy, str]] = {}
        self._expected: dict[int, tuple[DecisionRecord, Policy, bytes]] = {}
        self._logs: dict[int, tuple[LogSubject, WatchedLog | None]] = {}

    def expect(self, files: Sequence[ReadFile], policy: Policy) -> None:
        """Look up at once what was said of many files."""
        if len(files) >= FEW:
            self._expected = {id(file.record): (file.record, policy, self._key(file, policy)) for file in files}
            self._kept.fetch([key for _, _, key in self._expected.values() if key])

    def _key(self, file: ReadFile, policy: Policy) -> bytes:
        record, judged_by, key = self._expected.get(id(file.record), (None, None, b""))
        if record is file.record and judged_by is policy:
            return key
        own = self._records.key_of_record(file.record)
        return key_of("findings", own, file.record.path, self._policy_key(policy)) if own else b""

    def of_record(self, file: ReadFile, policy: Policy, today: str, exists: Exists) -> list[Finding]:
        """Return the findings of all record rules on one file."""
        path, key = file.record.path, self._key(file, policy)
        if not key:
            return check_record(file, policy, today, exists)
        if stored := self._kept.get(key):
            answers, findings = json.loads(stored.decode())
            if still(answers, today, exists):
                return [_finding(path, *one) for one in findings]
        asked = Asked()
        found = check_record(file, policy, today, asked.about(exists), asked.watched)
        self._kept.put(key, as_json([asked.answers(today), [_plain(one) for one in found]]))
        return found

    def of_log(self, rule: Rule, subject: LogSubject) -> Iterable[tuple[str, Hit]]:
        """Return where a log rule speaks."""
        if id(subject) not in self._logs:
            self._logs[id(subject)] = subject, self._watched(subject)
        watched = self._logs[id(subject)][1]
        if watched is None or rule.check_log is None:
            return super().of_log(rule, subject)
        key = key_of("hits", rule.id, subject.folders)  # without the facts: what is new takes the place of the old
        if stored := self._kept.get(key):
            facts, answers, hits = json.loads(stored)
            if facts == watched.facts and still(answers, subject.today, subject.exists, watched.text_key):
                return [(path, _hit(*one)) for path, one in hits]
        watched.asked = Asked()
        found = list(rule.check_log(watched))
        answers = watched.asked.answers(subject.today, watched.text_key)
        if _lines_of(found) <= MOST_LINES:
            self._kept.put(key, as_json([watched.facts, answers, found]))
        return found

    def _watched(self, subject: LogSubject) -> WatchedLog | None:
        """Return a log that notes what it is asked for; None where nothing is kept of it.

        That is so for a small one, for files that were not read as others are, and where a change is looked at too.
        """
        every = (*subject.records, *subject.others)
        if len(every) < FEW or subject.taken or subject.before:
            return None
        facts = [part for one in every for part in (one.path, self._records.facts_key(one))]
        if not all(facts):
            return None
        around = [*map(sorted, (subject.folders, subject.unread, subject.new)), sorted(subject.added.items())]
        keys: dict[str, str] = {one.path: self._records.key_of_record(one).hex() for one in every}
        return watch_log(subject, key_of("log", str(len(subject.records)), *facts, as_json(around)).hex(), keys)

    def _policy_key(self, policy: Policy) -> str:
        if id(policy) not in self._policies:
            severities = sorted(f"{rule} {int(severity)}" for rule, severity in policy.severities.items())
            parts = (severities, sorted(policy.select), sorted(policy.ignore), policy.own_schema or "")
            self._policies[id(policy)] = policy, key_of("policy", policy.judge.content(), *parts).hex()
        return self._policies[id(policy)][1]


def _lines_of(found: Iterable[tuple[str, Hit]]) -> int:
    return sum(len(edit.lines) for _, hit in found if hit.fix for edit in hit.fix.edits)


def _plain(finding: Finding) -> list[Any]:
    location = finding.location
    head = [finding.rule, int(finding.severity), finding.message, finding.help, location.line, location.end_line]
    return [*head, finding.suggestion, finding.fix]


def _finding(path: str, *parts: Any) -> Finding:
    rule, severity, message, advice, line, end_line, suggestion, fix = parts
    location = Location(path, line, end_line)
    return Finding(rule, Severity(severity), message, advice, location, _suggestion(suggestion), _fix(fix))


def _hit(span: list[int], seen: str, suggestion: Any, fix: Any) -> Hit:
    return Hit(Span(*span), seen, _suggestion(suggestion), _fix(fix))


def _suggestion(stored: list[Any] | None) -> Suggestion | None:
    return Suggestion(Span(*stored[0]), tuple(stored[1])) if stored else None


def _fix(stored: list[Any] | None) -> Fix | None:
    if stored is None:
        return None
    edits, moves = stored
    return Fix(
        tuple(Edit(path, Span(*span), tuple(lines)) for path, span, lines in edits), tuple(Move(*one) for one in moves)
    )
