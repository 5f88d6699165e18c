"""What a rule is: prose, severity, examples, and (for what a schema cannot say) a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from onrecord.markdown import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord


class Severity(IntEnum):
    """How loud a finding is; comparable."""

    OFF = 0
    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """Return the name as written in configuration and reports."""
        return self.name.lower()


class Example(NamedTuple):
    """A text that a rule must stay silent on (good) or speak about (bad); `path` names the file it would be."""

    note: str
    text: str
    path: str = "docs/adr/0007-example.md"
    today: str = "2026-06-01"
    others: tuple[str, ...] = ()


class Hit(NamedTuple):
    """One place where a rule speaks: `seen` completes the rule's sentence with what stands there."""

    span: Span
    seen: str
    suggestion: str | None = None


class RecordSubject(NamedTuple):
    """What a record rule may look at. `exists` answers for a path relative to the repository; `today` is ISO."""

    record: DecisionRecord
    document: Document
    today: str
    exists: Callable[[str], bool]


class LogSubject(NamedTuple):
    """What a log rule may look at: the records that are checked, `today`, and others that these must agree with."""

    records: tuple[DecisionRecord, ...]
    today: str
    others: tuple[DecisionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its id is its module's name, its page, its schema mark and its suppression.

    `seen(facts, pointer)` words what was seen, for rules a schema judges. `slot` names the part it asks for:
    where a dialect has no place for that part, the rule is never louder than a notice.
    """

    id: str
    scope: Literal["record", "log", "change"]
    severity: Severity
    summary: str
    why: str
    help: str
    seen: Callable[[Mapping[str, Any], str], str] | None = None
    check: Callable[[RecordSubject], Iterable[Hit]] | None = None
    check_log: Callable[[LogSubject], Iterable[tuple[str, Hit]]] | None = None
    slot: str | None = None
    can_ignore: bool = True
    good: tuple[Example, ...] = field(default=())
    bad: tuple[Example, ...] = field(default=())


def at(facts: Mapping[str, Any], pointer: str) -> Any:
    """Return the value at a JSON pointer, None where there is nothing."""
    value: Any = facts
    for token in pointer.split("/")[1:]:
        if isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        elif isinstance(value, dict):
            value = value.get(token)
        else:
            return None
    return value


def quote(text: object, limit: int = 60) -> str:
    """Return a short quotation of someone's text, on one line."""
    words = " ".join(str(text).split())
    return f"“{words if len(words) <= limit else words[: limit - 1].rstrip() + '…'}”"
