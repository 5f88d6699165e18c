"""Fill which other records a record names, its scope, its follow-ups and its links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.record.model import Slot
from onrecord.record.placeholders import find_placeholder, pieces
from onrecord.record.read.context import how_found
from onrecord.record.relations import (
    amends_in,
    local_links,
    names_a_record,
    read_references,
    superseded_by_in,
    supersedes_in,
)

if TYPE_CHECKING:
    from onrecord.record.read.context import Reading

# English and the languages of the successor's own words (record/relations.py).
_PARTLY = re.compile(
    r"\bpart(?:s|ly|ial|ially)?\b|\bsome of\b|\bsections?\b|\bclauses?\b|\bonly\b|\d['’]s\b|"
    r"\bsuper[cs]ee?d+ed\s+by\s+\S+(?:\s\S+)?\s+for\b|\bteil|\bpartiel|\bparcial|\bparzial|\bgedeeltelijk|\bczęściowo|\bчастич",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:ADR|DR|AD|RFC|PDR|KEP)[-_ #]*\d+\]?(?:\([^)]*\))?,? (?:\(?(?:now|since|later|which|that|is|was|has|been)\b,? ?)+(?:super[cs]ee?d+ed|replaced) by\s+\S+",
    re.IGNORECASE,
)
_DENIED = re.compile(  # or only thought of
    r"(?:\b(?:not|never|neither|without|nor|may|might|could|would|if|unless)\b|n['’]t\b|^\W*will\b)"
    r"[^.;,]{0,40}\bsuper[cs]ee?d\w*(?:\s+by)?(?:\s+\S+)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\.\s|[:;]\s|\s[—–-]+\s|\s\(")  # what stands behind it may name other records
_NUMBER = re.compile(r"#?0*\d{1,4}")
RELATIONS = ("supersedes", "superseded_by", "amends", "relates_to")


def fill_relations(reading: Reading) -> None:
    """Take relations from fields, from the status, and from notes in the text."""
    record = reading.record
    found: dict[str, list[str]] = {name: [] for name in RELATIONS}
    for name in RELATIONS:
        for f in reading.values(name):
            names = read_references(f.value, reading.vocabulary)
            found[name] += names
            if names and name not in record.slots:
                reading.slot(name, Slot("filled", f.span, how_found(f)))
    for name in ("supersedes", "superseded_by", "amends"):
        _from_sections(reading, name, found[name])
    texts = [_from_status(reading, found)]
    for text in _notes(reading):
        texts.append(text)
        found["superseded_by"] += [r for r in superseded_by_in(_of_itself(text)) if names_a_record(r)]
        found["supersedes"] += [r for r in supersedes_in(text) if names_a_record(r)]
    record.partly = [name for text in texts if _PARTLY.search(text) for name in _superseding_in(text)]
    for name, values in found.items():
        setattr(record, name, list(dict.fromkeys(values)))
    record.scope = _scope(reading)
    record.links = local_links(reading.document)


def _from_sections(reading: Reading, name: str, found: list[str]) -> None:
    """Take the records that the lines of a section of its own begin with ("## Supersedes", "- ADR-0004: it was slow")."""
    for f in reading.sections_as_fields(name):
        for line in str(f.value).split("\n"):
            head = _SENTENCE.split(line, maxsplit=1)[0]
            is_number = bool(_NUMBER.fullmatch(head.strip()))
            found += [n for n in read_references(head, reading.vocabulary) if is_number or names_a_record(n)]
            if found and name not in reading.record.slots:
                reading.slot(name, Slot("filled", f.span, how_found(f)))


def _superseding_in(text: str) -> list[str]:
    return [*superseded_by_in(text), *supersedes_in(text)]


def _of_itself(text: str) -> str:
    """Return a note without what it says of another record: "ADR-3, now superseded by ADR-9, asked for more"."""
    return _OF_ANOTHER.sub("", text)


def _from_status(reading: Reading, found: dict[str, list[str]]) -> str:
    """Take what the status says; return its text."""
    record = reading.record
    lines = [str(f.value) for f in reading.values("status")]
    if record.slots["status"].state != "placeholder":
        lines += reading.status_lines()
    text = "\n".join(_DENIED.sub("", line) for line in lines if not find_placeholder(line, reading.vocabulary))
    found["superseded_by"] += superseded_by_in(text)
    found["supersedes"] += supersedes_in(text)
    found["amends"] += amends_in(text)
    if record.status and record.status.value == "superseded" and not found["superseded_by"]:
        names = [name for line in reading.status_lines() for name in read_references(line, reading.vocabulary)]
        found["superseded_by"] += [name for name in names if names_a_record(name)]
    if found["superseded_by"] and "superseded_by" not in record.slots:
        reading.slot("superseded_by", record.slots["status"]._replace(state="filled"))
    return text


def _notes(reading: Reading) -> list[str]:
    """Return the lines that may name a successor or a predecessor: bold notes, "this supersedes", "we supersede"."""
    out = []
    for part in reading.outline.parts:
        if part.role in ("context", "decision", None, "more_information"):
            for text in (part.title or "", *(text for text, _ in pieces(part.blocks))):
                low = text.lower()
                if re.search(
                    r"supersede|\breplaces\b.{0,80}\b(?:described|defined|introduced|specified|decided) (?:in|by)", low
                ) and (
                    text.startswith(("*", "_"))
                    or low.startswith("supersede")
                    or re.search(r"supersed(?:es|ing) \[", low)
                    or "we supersede" in low
                    or "this " in low
                ):
                    out.append(text)
    return [text for text in out if not _DENIED.search(text)]


def _scope(reading: Reading) -> list[str]:
    """Return the globs under `scope` in front matter; a scope in words ("web team") names no files."""
    values = [
        v
        for f in reading.values("scope")
        if f.how == "front matter"
        for v in (f.value if isinstance(f.value, list) else [f.value])
    ]
    return [v for v in values if isinstance(v, str)]
