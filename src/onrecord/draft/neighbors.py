"""How the records around a new one are written: their titles, their word for the status, the parts they have in common."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.content import Content
from onrecord.draft.questions import asked
from onrecord.draft.shapes import write
from onrecord.draft.template_head import Style, key_of
from onrecord.log.homes import language_of
from onrecord.record.identity import read_heading
from onrecord.record.read.context import Reading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

LATEST = 8  # records tell how one is written today
FEWEST = 3  # of fewer, nobody can tell what they have in common
_ASKED = {
    "context": "context",
    "decision": "decision",
    "rationale": "because",
    "consequences": "consequences",
    "considered_options": "choices",
    "alternatives": "choices",
}
_SHAPES = {"nygard": "nygard", "cosmos": "nygard", "edc": "nygard", "y-statement": "y-statement", "tyree-akerman": "tyree-akerman", "custom": "brief"}  # fmt: skip


class Neighbor(NamedTuple):
    """A record of the same folder, with its text."""

    record: DecisionRecord
    document: Document


def shape_of(records: Iterable[DecisionRecord]) -> str:
    """Return the dialect of ours that is nearest to that of most records; `brief` without any."""
    dialects = Counter(record.dialect for record in records if record.kind == "record")
    most = min(dialects, key=lambda one: (-dialects[one], one), default="custom")
    return _SHAPES.get(most, "madr-4")


def is_brief(latest: Sequence[Neighbor]) -> bool:
    """Tell whether most are written in our own three sentences, which is no dialect that readers tell apart."""
    told = sum(any(fold(section.title) == "instead of" for section in one.document.sections) for one in latest)
    return told * 2 > len(latest)


def style_of(latest: Sequence[Neighbor], number: str, status: str) -> Style:
    """Return how titles are written, with the new number in place, the word for a status, and whether there is front matter."""
    heads = Counter(form for one in latest if (form := _title_form(one)) is not None)
    words = Counter(one.record.status.text for one in latest if one.record.status and one.record.status.value == status)
    form = heads.most_common(1)[0][0] if heads else None
    word = words.most_common(1)[0][0] if words else ""
    has_matter = not latest or any(one.document.front_matter for one in latest)
    return Style(_numbered(form, number) if form else "", word if len(word.split()) <= 2 else "", has_matter)


def _title_form(one: Neighbor) -> tuple[str, int, str] | None:
    """Return what stands before the number, its width (0: no number), and what stands between it and the title."""
    slot = one.record.slots.get("title")
    if slot is None or slot.span is None or slot.how != "first heading" or not one.record.title:
        return None
    line = one.document.lines[slot.span.start - 1].strip("# \t")
    found = read_heading(line).number
    digits = re.search(r"\d+\Z", found or "")
    match = re.match(rf"(\D*)(0*{digits[0]})(?!\d)([^\w\"'“`*\[(]*)", line) if digits else None
    if match is None:
        return ("", 0, "")
    return (match[1], len(match[2]) if match[2].startswith("0") else 1, match[3])


def _numbered(form: tuple[str, int, str], number: str) -> str:
    before, width, joint = form
    return f"{before}{number.lstrip('0').zfill(width)}{joint}{{}}" if width and number else "{}"


def in_common(latest: Sequence[Neighbor], vocabulary: Vocabulary, stem: str) -> str:
    """Return a form to fill with what most of the records have: keys, lines of the header, headings; empty for too few.

    `stem` is the new file's name without its ending, which some write into their front matter.
    """
    if len(latest) < FEWEST:
        return ""
    readings = [Reading(one.document, vocabulary) for one in latest]
    matter = _keys(latest, stem)
    head = _header(readings)
    sections = _sections(readings)
    roles = {role for _, _, role in sections}
    if "decision" not in roles or not roles & {"context", "rationale"}:
        return ""
    is_english = language_of(latest[-1].document) in ("", "en")
    lines = [*(["---", *matter, "---", ""] if matter else []), "# {title}", "", *head]
    for level, title, role in sections:
        question = asked(_ASKED[role]) if role in _ASKED and is_english else ""
        lines += [f"{'#' * level} {title}", "", *([question, ""] if question else [])]
    return "\n".join(lines)


def below_header(latest: Sequence[Neighbor], vocabulary: Vocabulary, shape: str) -> str:
    """Return a form of ours with the lines "Date:", "Deciders:" of most records; empty where they have none, or front matter."""
    readings = [Reading(one.document, vocabulary) for one in latest]
    head = _header(readings) if readings else []
    if not head or any(one.document.front_matter for one in latest):
        return ""
    sections = write(Content("{title}"), shape).partition("# {title}\n")[2]
    if any(field.role == "status" for field in readings[-1].fields if field.how in ("line", "bullet")):
        sections = re.sub(r"^## Status\n\n\w+\n\n", "", sections, flags=re.MULTILINE)
    return "\n".join(["# {title}", "", *head, sections.lstrip("\n")])


def _is_common(count: int, latest: Sequence[object]) -> bool:
    return count * 2 > len(latest)


def _keys(latest: Sequence[Neighbor], stem: str) -> list[str]:
    """Return the front matter of most records, its values left out but for the file's own name."""
    data = [one.document.front_matter.data if one.document.front_matter else {} for one in latest]
    counts = Counter(key for one in data for key in one)
    kept = [key for key in data[-1] if _is_common(counts[key], latest) and re.fullmatch(r"[\w-]+", key)]
    named = {
        key
        for key in kept
        if all(str(d.get(key)) == _stem(one.record.path) for d, one in zip(data, latest, strict=True) if key in d)
    }
    return [f"{key}: {stem}" if key in named else f"{key}:" for key in kept]


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _header(readings: Sequence[Reading]) -> list[str]:
    """Return the lines "Date:", "- Status:" of most records, as the latest has them."""
    shown = [
        {field.role: field for field in one.fields if field.how in ("line", "bullet") and field.role != "supersedes"}
        for one in readings
    ]
    counts = Counter(role for one in shown for role in one)
    lines: list[str] = []
    for role, field in shown[-1].items():
        line = readings[-1].document.lines[field.span.start - 1]
        if _is_common(counts[role], readings) and (key := key_of(field, line)):
            lines += [key.rstrip(), *([""] if field.how == "line" else [])]
    return [*lines, ""] if lines and lines[-1] else lines


def _sections(readings: Sequence[Reading]) -> list[tuple[int, str, str]]:
    """Return level, title and role of the sections that most records have, as the latest of them writes them."""
    told: dict[str, list[tuple[float, int, str, str]]] = {}
    for one in readings:
        parts = one.outline.parts
        heads = [p for i, p in enumerate(parts) if 1 <= p.level <= 6 and i != one.outline.title_index and p.title]
        top = min((part.level for part in heads), default=0)
        for at, part in enumerate(p for p in heads if p.level == top and not p.inline):
            told.setdefault(fold(part.title), []).append((at / len(heads), top, part.title, part.role or ""))
    common = [places for places in told.values() if _is_common(len(places), readings)]
    common.sort(key=lambda places: sum(place[0] for place in places) / len(places))
    return [places[-1][1:] for places in common]
