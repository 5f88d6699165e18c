"""What a rule is: prose, severity, examples, and (for what a schema cannot say) a check."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property

from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.markdown import Span
from onrecord.record.edit.model import Edit as Edit  # rules find all of these here
from onrecord.record.edit.model import Fix as Fix
from onrecord.record.edit.model import Move as Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Literal

    from onrecord.change import Change
    from onrecord.log import Governed
    from onrecord.log.citations import CitingLine
    from onrecord.log.graph import Graph
    from onrecord.log.references import Log
    from onrecord.log.upkeep.facts import Past, Standing
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord
    from onrecord.record.edit.texts import Texts


LONGEST_NAME = 100  # characters: what is longer was never meant as one of the known names


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


class FileExample(NamedTuple):
    """A file around a change: its text before (None: it is new) and after (None: it is deleted); the same: untouched."""

    path: str
    before: str | None
    after: str | None


class Example(NamedTuple):
    """A text that a rule must stay silent on (good) or speak about (bad); `path` names the file it would be.

    For a log rule `files` are the other records of the log, each as it stands (the same before and after).
    For a change rule `text` is the description of a pull request with these labels, and `files` are what it touches
    and finds. The label “decision” and files below billing/ ask for a decision.
    For an upkeep rule `past` is what git knows of the record and the code.
    """

    note: str
    text: str
    path: str = "docs/adr/0007-example.md"
    today: str = "2026-06-01"
    others: tuple[str, ...] = ()
    files: tuple[FileExample, ...] = ()
    labels: tuple[str, ...] = ()
    past: Past | None = None


class Suggestion(NamedTuple):
    """A fix that is certain: `lines` take the place of all lines of `span`; without any, those are deleted."""

    span: Span
    lines: tuple[str, ...]

    def apply(self, lines: Sequence[str]) -> list[str]:
        """Return the lines of a text with the fix in it."""
        return [*lines[: self.span.start - 1], *self.lines, *lines[self.span.end :]]


class Hit(NamedTuple):
    """One place where a rule speaks: `seen` completes the rule's sentence with what stands there.

    A `suggestion` is certain and lies in the same file, for faces that can offer it there; a `fix` is for --fix alone.
    """

    span: Span
    seen: str
    suggestion: Suggestion | None = None
    fix: Fix | None = None


class RecordSubject(NamedTuple):
    """What a record rule may look at. `exists` answers for a path relative to the repository; `today` is ISO."""

    record: DecisionRecord
    document: Document
    today: str
    exists: Callable[[str], bool]


class _LogParts(NamedTuple):
    records: tuple[DecisionRecord, ...]
    today: str
    others: tuple[DecisionRecord, ...] = ()
    exists: Callable[[str], bool] = lambda _path: True
    folders: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    documents: Mapping[str, Document] = {}
    new: frozenset[str] = frozenset()
    taken: Mapping[str, str] = {}
    before: Mapping[str, tuple[Document, DecisionRecord]] = {}
    added: Mapping[str, int] = {}


class LogSubject(_LogParts):
    """What a log rule may look at: the records that are checked, `today`, and others that these must agree with.

    `exists` answers for a path relative to the repository. `folders` were looked through whole ("" is all of it), and
    `unread` are the files in them that were left out: only there can it be said what is missing. `documents` holds the
    text of each file by its path. `new` are the paths of records that are being added; `taken` gives files that other
    branches bring under the number of one of those, with where ("on the branch x"); `before` gives records that are being
    edited, and their text, as they were, by the path they have now. `added` tells for each path when it came to be, as a
    number that grows with time: the same for those that came together, none where that is not known.
    """

    @cached_property
    def log(self) -> Log:
        """All these records, sorted so that names can be followed among them; once for all rules."""
        from onrecord.log.references import make_log

        return make_log((*self.records, *self.others), self.exists, self.folders, self.unread)

    @cached_property
    def graph(self) -> Graph:
        """How all these records hang together; built once for all rules."""
        from onrecord.log.graph import graph_of

        return graph_of(self.log)

    def checks(self, record: DecisionRecord) -> bool:
        """Tell whether a record is one of those that are checked."""
        return id(record) in self._checked

    @cached_property
    def texts(self) -> Texts:
        """The text of each file, as one looks for names and numbers in all of them."""
        from onrecord.record.edit.texts import Texts

        return Texts(self.documents)

    @cached_property
    def _checked(self) -> frozenset[int]:
        return frozenset(map(id, self.records))


class ChangeSubject(NamedTuple):
    """What a change rule may look at.

    `facts` is the JSON view of the pull request (schemas/pull-request.schema.json). `records` are all of the log as the
    change leaves it, empty when that is not known; `before` are those that it touches, by their former path; `base` are
    those of the branch it goes to. `taken` gives the path of each record that another open change adds, and that
    change's number. `governing` are the records whose scope covers a touched path, most specific first. `required`
    tells that the team wants an answer, `has_other_logs` that records of other repositories count; `repository` is the
    own "owner/name", empty when it is not known.
    """

    change: Change
    facts: Mapping[str, Any]
    records: tuple[DecisionRecord, ...] = ()
    before: Mapping[str, DecisionRecord] = {}
    base: tuple[DecisionRecord, ...] = ()
    taken: Mapping[str, int] = {}
    governing: tuple[Governed, ...] = ()
    required: bool = False
    has_other_logs: bool = False
    repository: str = ""


class UpkeepSubject(NamedTuple):
    """What an upkeep rule may look at: how each record stands that is still of interest, and `today` (ISO).

    `records` are all of the log, `citing` the lines of code and text that cite a record, `last` the day of the
    repository's last commit, empty when it is not known; `size` is how many files the repository has.
    """

    standings: tuple[Standing, ...]
    today: str
    records: tuple[DecisionRecord, ...] = ()
    citing: tuple[CitingLine, ...] = ()
    last: str = ""
    size: int = 0


class Rule(NamedTuple):
    """One rule. Its id is its module's name, its page, its schema mark and its suppression.

    `seen(facts, pointer)` words what was seen, for rules a schema judges. `check_log` and `check_change` name the file
    of each hit; no name means the description of the pull request. `check_upkeep` looks back at the whole log, for
    `onrecord review` alone; a change rule may have one for what stands there already. `slot` names the part it asks for: where a dialect
    has no place for that part, the rule is never louder than a notice.
    """

    id: str
    scope: Literal["record", "log", "change", "upkeep"]
    severity: Severity
    summary: str
    why: str
    help: str
    seen: Callable[[Mapping[str, Any], str], str] | None = None
    check: Callable[[RecordSubject], Iterable[Hit]] | None = None
    check_log: Callable[[LogSubject], Iterable[tuple[str, Hit]]] | None = None
    check_change: Callable[[ChangeSubject], Iterable[tuple[str, Hit]]] | None = None
    check_upkeep: Callable[[UpkeepSubject], Iterable[tuple[str, Hit]]] | None = None
    slot: str | None = None
    can_ignore: bool = True
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()


def place_of(record: DecisionRecord, *slots: str) -> Span:
    """Return where the first of these parts of a record begins, else its title, else its first line."""
    spans = (record.slots[name].span for name in (*slots, "title") if name in record.slots)
    line = next((span.start for span in spans if span), record.span.start)
    return Span(line, line)


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


def near_to(name: str, known: Iterable[str], closeness: float) -> str:
    """Return the nearest known name, else the empty string; `closeness` is from 0 (any name) to 1 (the same)."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:LONGEST_NAME], list(known), 1, closeness)), "")


def nearest(name: str, known: Iterable[str], closeness: float = 0.5) -> str:
    """Return "; did you mean …?" for the nearest known name, else the empty string."""
    near = near_to(name, known, closeness)
    return f"; did you mean “{near}”?" if near else ""
