"""Records as they were read before, and what the rules said of them: each text is read, and judged, only once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord.adapters.files import RST, Content, read_as_records
from onrecord.adapters.kept import Kept, key_of
from onrecord.check import Finding, Location, ReadFile
from onrecord.markdown import Span, document_later
from onrecord.record.stored import from_stored, to_stored
from onrecord.rules.model import Edit, Fix, Move, RecordSubject, Severity, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.check import Policy
    from onrecord.record import Vocabulary

    Exists = Callable[[str], bool]


class KeptRecords:
    """Reads and judges as `read_as_records` and `check_record` do, with the help of what earlier runs kept."""

    def __init__(self, kept: Kept) -> None:
        """Take what holds the results; without a folder of its own it holds them for this run."""
        self.kept = kept
        self._words: dict[int, tuple[Vocabulary, str]] = {}
        self._policies: dict[int, tuple[Policy, str]] = {}
        self._keys: dict[int, bytes] = {}  # of records, by their id

    def key(self, content: Content, hint: str, vocabulary: Vocabulary) -> bytes:
        """Return under what the records of a text are kept."""
        problems = [problem.message for problem in content.problems]
        return key_of("records of a text", hint, content.text, self._words_key(vocabulary), problems)

    def read(self, content: Content, shown: str, hint: str, vocabulary: Vocabulary) -> list[ReadFile]:
        """Return the records of a text; the arguments are those of `read_as_records`."""
        if hint.lower().endswith(RST):  # rewritten before it is read
            return read_as_records(content, shown, hint, vocabulary)
        key = self.key(content, hint, vocabulary)
        stored = self.kept.get(key)
        if stored is None:
            files = read_as_records(content, shown, hint, vocabulary)
            self.kept.put(key, _json([to_stored(file.record) for file in files]))
        else:
            document = document_later(content.text)
            files = [ReadFile(document, from_stored(one, shown)) for one in json.loads(stored)]
        for i, file in enumerate(files):
            self._keys[id(file.record)] = key_of("record", key, str(i))
        return files

    def judge(self, file: ReadFile, policy: Policy, today: str, exists: Exists) -> list[Finding]:
        """Return the findings on one file, as `check_record` does."""
        path, own = file.record.path, self._keys.get(id(file.record))
        key = key_of("findings", own, path, self._policy_key(policy)) if own else b""
        stored = self.kept.get(key) if key else None
        if stored is not None:
            day, seen, findings = json.loads(stored)
            if day in ("", today) and all(exists(name) == is_there for name, is_there in seen):
                return [_finding(path, *one) for one in findings]
        from onrecord.check import check_record

        asked = _Asked()
        found = check_record(file, policy, today, asked.about(exists), asked.watched)
        if key:
            day = today if asked.day else ""
            self.kept.put(key, _json([day, list(asked.paths.items()), [_plain(one) for one in found]]))
        return found

    def _words_key(self, vocabulary: Vocabulary) -> str:
        if id(vocabulary) not in self._words:
            self._words[id(vocabulary)] = vocabulary, key_of("words", vocabulary.told()).hex()
        return self._words[id(vocabulary)][1]

    def _policy_key(self, policy: Policy) -> str:
        if id(policy) not in self._policies:
            severities = sorted(f"{rule} {int(severity)}" for rule, severity in policy.severities.items())
            parts = (severities, sorted(policy.select), sorted(policy.ignore), policy.own_schema or "")
            self._policies[id(policy)] = policy, key_of("policy", policy.judge.content(), *parts).hex()
        return self._policies[id(policy)][1]


class _Asked:
    """What rules wanted to know beside the text: the day, and which paths are there."""

    def __init__(self) -> None:
        self.day = False
        self.paths: dict[str, bool] = {}

    def about(self, exists: Exists) -> Exists:
        """Return what answers as `exists` does, and notes here what it was asked."""

        def look(name: str) -> bool:
            self.paths[name] = exists(name)
            return self.paths[name]

        return look

    def watched(self, *parts: Any) -> RecordSubject:
        """Return the subject of a rule, which notes here what it is asked for."""
        subject = _Watching(*parts)
        subject.asked = self
        return subject


class _Watching(RecordSubject):
    """A subject that notes when a rule asks for the day."""

    asked: _Asked

    @property
    def today(self) -> str:
        self.asked.day = True
        return self[2]


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _plain(finding: Finding) -> list[Any]:
    location = finding.location
    head = [finding.rule, int(finding.severity), finding.message, finding.help, location.line, location.end_line]
    return [*head, finding.suggestion, finding.fix]


def _finding(path: str, *parts: Any) -> Finding:
    rule, severity, message, advice, line, end_line, suggestion, fix = parts
    return Finding(
        rule,
        Severity(severity),
        message,
        advice,
        Location(path, line, end_line),
        suggestion and Suggestion(Span(*suggestion[0]), tuple(suggestion[1])),
        fix and _fix(*fix),
    )


def _fix(edits: list[Any], moves: list[Any]) -> Fix:
    return Fix(
        tuple(Edit(path, Span(*span), tuple(lines)) for path, span, lines in edits), tuple(Move(*one) for one in moves)
    )
