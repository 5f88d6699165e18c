"""What is usual in one log: how its records name each other, which words they use, which fields they have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.references import follow, log_of
from onrecord.record.edit.wording import mention_of, path_from, reference_as
from onrecord.record.header import read_fields
from onrecord.record.outline import read_outline
from onrecord.record.relations import read_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.log.references import Log
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

_FIELDS = ("superseded_by", "supersedes", "amends", "relates_to")
_WORDS = re.compile(r"(?:^|[\s*>_-])(?P<words>[^\W\d_][^\W\d_]+ [^\W\d_]{2,6})[*_]*:?[*_]*\s*$")
_UNSAFE = re.compile(r"[\[\](){}<>|*_`\\]")
MOST = 40  # records of a log that are asked for what is usual, newest first


class Naming(NamedTuple):
    """A reference to a record as Markdown, and the words before it in the record it was learned from; empty: the usual ones."""

    reference: str
    words: str = ""


def neighbors_of(record: DecisionRecord, log: Log) -> list[DecisionRecord]:
    """Return the other records of the same log, newest names first, at most MOST."""
    found = [
        one for one in log.by_home.get(log_of(record.path), ()) if one.kind == "record" and one.path != record.path
    ]
    return found[::-1][:MOST]


def ways_to_name(
    source: DecisionRecord, target: DecisionRecord, field: str, log: Log, documents: Mapping[str, Document]
) -> Iterator[Naming]:
    """Yield how `source` may name `target` under a field, the likeliest first: as others of the log do, then our own ways."""
    for sample in (source, *neighbors_of(source, log)):
        for name in _FIELDS if field not in _FIELDS else (field, *(one for one in _FIELDS if one != field)):
            for text in getattr(sample, name):
                named = follow(text, sample, log)
                document = documents.get(sample.path)
                if isinstance(named, str) or document is None or _coat(sample) != _coat(source):
                    continue
                if reference := reference_as(text, document, named, source, target):
                    yield Naming(reference, _words_before(text, document) if name == field else "")
    yield from _ours(source, target)


def _ours(source: DecisionRecord, target: DecisionRecord) -> Iterator[Naming]:
    path, mention = path_from(source, target), mention_of(target)
    if _coat(source) != "front matter":
        title = " ".join((target.title or "").split())
        label = mention or (title if title and not _UNSAFE.search(title) else path.rsplit("/", 1)[-1])
        yield Naming(f"[{label}]({path})")
    yield Naming(path)
    if mention:
        yield Naming(mention)


def _coat(record: DecisionRecord) -> str:
    """Return where a record keeps its status: what names another one beside it looks alike."""
    slot = record.slots.get("status")
    return "front matter" if slot and slot.how.startswith("front matter") else "text"


def _words_before(name: str, document: Document) -> str:
    for line in document.lines:
        at = line.find(f"]({name}")
        head = line[: line.rfind("[", 0, at)] if at > 0 else line.partition(name)[0] if name in line else ""
        if head and (match := _WORDS.search(head)):
            return match["words"]
    return ""


def usual_keys(
    record: DecisionRecord, role: str, log: Log, documents: Mapping[str, Document], words: Vocabulary
) -> list[str]:
    """Return the names of a field in the records around this one, the most frequent first."""
    found: Counter[str] = Counter()
    for one in neighbors_of(record, log):
        if document := documents.get(one.path):
            fields = read_fields(document, read_outline(document, words), words)
            found.update({field.key for field in fields if field.role == role and field.how != "heading"})
    return [key for key, _ in found.most_common(3)]


def has_dates(record: DecisionRecord, log: Log) -> bool:
    """Tell whether the decided records around this one say when; with fewer than three of them: yes."""
    decided = [one for one in neighbors_of(record, log) if one.status and one.status.value == "accepted"]
    return len(decided) < 3 or any(one.date for one in decided)


def leads_to(reference: str, source: DecisionRecord, target: DecisionRecord, log: Log, words: Vocabulary) -> bool:
    """Tell whether a reference in one record is followed to another one."""
    names = read_references(reference, words)
    return bool(names) and all(follow(name, source, log) is target for name in names)
