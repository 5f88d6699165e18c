"""conflict-accepted: two records in force, of which one says that it conflicts with the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from onrecord.log.links import name_of
from onrecord.log.references import Log, follow
from onrecord.markdown import Document, Span
from onrecord.record import DecisionRecord
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity
from onrecord.rules.samples import nygard

_KEYS = frozenset(("conflicts", "conflicts with", "in conflict with", "contradicts"))
# A line without this says nothing of the kind, as text or as a key: then the text need not be parsed.
_HINT = re.compile(
    r"(?:in conflict with|conflicts with|contradicts)[\s:*_]+(?:\[|(?:ADR|DR|AD|RFC)[-_ #]{0,3}\d|[\w./-]{1,200}\.mdx?)"
    r"|^[\s\"'?]*(?:conflicts(?:[\s_-]+with)?|in[\s_-]+conflict[\s_-]+with|contradicts)[\s\"']*[:=]",
    re.IGNORECASE,
)
_STEMS = ("onfl", "ONFL", "ontrad", "ONTRAD")  # of these words, without the letters that have more than two cases
_HAS_STEM = re.compile("|".join(_STEMS))
_NAME = r"(?:\[[^\]\n]{1,200}\]\((?P<target{n}>[^)\s]{1,300})\)|(?P<name{n}>(?:ADR|DR|AD|RFC)[-_ #]{0,3}\d{1,5}|[\w./-]{1,200}\.mdx?))"
# The whole line and nothing else: "does not", "parts of", "resolved by" and whatever else is said make it another statement.
_LINE = re.compile(
    r"[\s>*_+-]*(?:this (?:record|decision|adr) )?(?:is in conflict with|conflicts with|contradicts)[\s:*_]+"
    + _NAME.replace("{n}", "1")
    + r"(?:\s*(?:,|and|&)\s*"
    + _NAME.replace("{n}", "2")
    + r")?[\s.*_]*",
    re.IGNORECASE,
)


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    stated = [(record, found) for record in subject.records if (found := _stated(record, subject.documents))]
    if not stated:
        return
    settled = {frozenset((id(e.source), id(e.target))) for e in subject.graph.edges if e.kind != "relates-to"}
    said: set[frozenset[int]] = set()
    for record, names in stated:
        for name, line in names:
            other = _other(name, record, subject.log)
            pair = frozenset((id(record), id(other)))
            if other is not None and _is_accepted(other) and pair not in settled and pair not in said:
                said.add(pair)
                seen = f"it says that it conflicts with {name_of(other)}, and both are accepted"
                yield record.path, Hit(Span(line, line), seen)


def _stated(record: DecisionRecord, documents: Mapping[str, Document]) -> list[tuple[str, int]]:
    """Return what an accepted record says that it conflicts with, as written, each with its line."""
    document = documents.get(record.path) if _is_accepted(record) else None  # whose text is not needed is not asked for
    if document is None:
        return []
    if not any(document.mentions(stem) for stem in _STEMS):
        return []
    if not any(_HINT.search(line) for line in document.lines if _HAS_STEM.search(line)):
        return []
    return [*_in_front_matter(document), *_in_text(document, record.span)]


def _in_front_matter(document: Document) -> Iterator[tuple[str, int]]:
    matter = document.front_matter
    for key, value in (matter.data if matter else {}).items():
        if matter and re.sub(r"[\s_-]+", " ", str(key)).strip().casefold() in _KEYS:
            line = matter.lines.get(f"/{key}", matter.span.start)
            names = value if isinstance(value, list) else [value]
            yield from ((str(name), line) for name in names if isinstance(name, str | int))


def _in_text(document: Document, span: Span) -> Iterator[tuple[str, int]]:
    from onrecord.record.placeholders import pieces

    for section in document.sections:
        for text, place in pieces(section.blocks):
            if not (span.start <= place.start <= span.end) or not _HINT.search(text):
                continue
            for offset, line in enumerate(text.split("\n")):
                if match := _LINE.fullmatch(line):
                    found = (match["target1"] or match["name1"], match["target2"] or match["name2"])
                    yield from ((name, min(place.start + offset, place.end)) for name in found if name)


def _other(name: str, record: DecisionRecord, log: Log) -> DecisionRecord | None:
    found = follow(f"ADR-{name}" if name.isdigit() else name, record, log)
    return None if isinstance(found, str) or found is record else found


def _is_accepted(record: DecisionRecord) -> bool:
    return record.kind == "record" and record.status is not None and record.status.value == "accepted"


def _file(status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", "# 12. Use Kafka")
    return FileExample("docs/adr/0012-use-kafka.md", text, text)


RULE = Rule(
    id="conflict-accepted",
    scope="log",
    severity=Severity.WARNING,
    summary="A record says that it conflicts with another one, and both are accepted.",
    why="Whoever follows the one breaks the other, and each of them says that it holds.",
    help="Let one of the two replace or amend the other, or say in a line how far each of them goes.",
    check_log=_check_log,
    good=(
        Example(
            "The other one was replaced.", nygard("Accepted\n\nConflicts with ADR-0012"), files=(_file("Rejected"),)
        ),
        Example(
            "It is denied.", nygard("Accepted\n\nThis does not conflict with ADR-0012."), files=(_file("Accepted"),)
        ),
        Example(
            "It is settled how far.",
            nygard("Accepted\n\nConflicts with ADR-0012 for exports only, where this one holds."),
            files=(_file("Accepted"),),
        ),
        Example(
            "It amends the other one.",
            nygard("Accepted\n\nAmends ADR-0012\n\nConflicts with ADR-0012"),
            files=(_file("Accepted"),),
        ),
    ),
    bad=(
        Example(
            "Both hold.",
            nygard("Accepted\n\nConflicts with [ADR-0012](0012-use-kafka.md)"),
            files=(_file("Accepted"),),
        ),
        Example(
            "Front matter says it.",
            "---\nstatus: accepted\nconflicts-with: ADR-0012\n---\n\n" + nygard(),
            files=(_file("Accepted"),),
        ),
    ),
)
