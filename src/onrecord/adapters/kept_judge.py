"""What the rules said of records before: each one is judged, and the log they make, only when something is new.

What a rule asked for is kept with what it said, and asked again before that is believed: whether files are there, the
day, and (of a log) which texts it looked into, and where things stand in the records that it speaks of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.kept import key_of
from onrecord.adapters.kept_findings import from_stored_finding, from_stored_hits, to_stored_finding, to_stored_hits
from onrecord.adapters.kept_records import as_json
from onrecord.check import check_record
from onrecord.check.engine import Judge
from onrecord.check.watch import Asked, still, watch_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.adapters.kept_records import KeptRecords
    from onrecord.check import Finding, Policy, ReadFile
    from onrecord.check.watch import WatchedLog
    from onrecord.record import DecisionRecord
    from onrecord.rules import Hit, LogSubject, Rule

    Exists = Callable[[str], bool]

FEW = 100  # records; a rule is through with fewer before what it said is looked up


class KeptJudge(Judge):
    """Judges as its base does, with the help of what earlier runs kept."""

    def __init__(self, records: KeptRecords) -> None:
        """Take what reads the records: only of those is anything kept."""
        self._records, self._kept = records, records.kept
        self._policies: dict[int, tuple[Policy, str]] = {}
        self._expected: dict[int, tuple[DecisionRecord, Policy, bytes]] = {}
        self._logs: dict[int, tuple[LogSubject, _Log | None]] = {}

    def expect(self, files: Sequence[ReadFile], policy: Policy) -> None:
        """Look up at once what was said of many files."""
        if len(files) >= FEW:
            self._expected = {id(file.record): (file.record, policy, self._key(file, policy)) for file in files}
            self._kept.fetch([key for _, _, key in self._expected.values() if key])

    def _key(self, file: ReadFile, policy: Policy) -> bytes:
        record, judged_by, key = self._expected.get(id(file.record), (None, None, b""))
        if record is file.record and judged_by is policy:
            return key
        origin = self._records.origin(file.record)
        if origin is None:
            return b""
        return key_of("findings", origin.hint, origin.text, file.record.path, self._policy_key(policy))

    def of_record(self, file: ReadFile, policy: Policy, today: str, exists: Exists) -> list[Finding]:
        """Return the findings of all record rules on one file."""
        path, key = file.record.path, self._key(file, policy)
        if not key:
            return check_record(file, policy, today, exists)
        if stored := self._kept.get(key):
            answers, findings = json.loads(stored.decode())
            if still(answers, today, exists):
                return [from_stored_finding(path, one) for one in findings]
        asked = Asked()
        found = check_record(file, policy, today, asked.about(exists), asked.watched)
        self._kept.put(key, as_json([asked.answers(today), [to_stored_finding(one) for one in found]]))
        return found

    def of_log(self, rule: Rule, subject: LogSubject) -> Iterable[tuple[str, Hit]]:
        """Return where a log rule speaks."""
        if id(subject) not in self._logs:
            self._logs[id(subject)] = subject, self._log_of(subject)
        log = self._logs[id(subject)][1]
        if log is None or rule.check_log is None:
            return super().of_log(rule, subject)
        watched = log.watched
        key = key_of("hits", rule.id, subject.folders)  # without the facts: what is new takes the place of the old
        if stored := self._kept.get(key):
            said, answers, placed, hits = json.loads(stored)
            is_same = said == watched.facts and all(log.placed.get(path) == was for path, was in placed.items())
            if is_same and still(answers, subject.today, subject.exists, watched.text_key):
                return from_stored_hits(hits)
        watched.asked = Asked()
        found = list(rule.check_log(watched))
        answers = watched.asked.answers(subject.today, watched.text_key)
        placed = {path: log.placed.get(path) for path, _ in found}
        self._kept.put(key, as_json([watched.facts, answers, placed, to_stored_hits(found)]))
        return found

    def _log_of(self, subject: LogSubject) -> _Log | None:
        """Return a log that notes what it is asked for; None where nothing is kept of it.

        That is so for a small one, for files that were not read as others are, and where a change is looked at too.
        """
        every = (*subject.records, *subject.others)
        if len(every) < FEW or subject.taken or subject.before or not self._kept.lasts:
            return None
        origins = [origin for one in every if (origin := self._records.origin(one))]
        if len(origins) < len(every):
            return None
        texts: dict[str, str] = {}
        placed: dict[str, str] = {}
        for origin in origins:
            path = origin.record.path
            texts[path], placed[path] = origin.text.hex(), placed.get(path, "") + origin.placed.hex()
        said = [part for origin in origins for part in (origin.record.path, origin.said)]
        around = [*map(sorted, (subject.folders, subject.unread, subject.new)), sorted(subject.added.items())]
        facts = key_of("log", str(len(subject.records)), *said, as_json(around)).hex()
        return _Log(watch_log(subject, facts, texts), placed)

    def _policy_key(self, policy: Policy) -> str:
        if id(policy) not in self._policies:
            severities = sorted(f"{rule} {int(severity)}" for rule, severity in policy.severities.items())
            parts = (severities, sorted(policy.select), sorted(policy.ignore), policy.own_schema or "")
            self._policies[id(policy)] = policy, key_of("policy", policy.judge.content(), *parts).hex()
        return self._policies[id(policy)][1]


class _Log(NamedTuple):
    """A log that is watched, and what changes with the places in each of its files."""

    watched: WatchedLog
    placed: dict[str, str]
