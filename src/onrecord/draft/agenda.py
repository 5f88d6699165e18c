"""One page for the meeting in which a proposed record is decided, with a place for what comes out of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.entered import as_name
from onrecord.draft.minutes import FOLLOW_UPS, LABELS, MARK, OUTCOME
from onrecord.draft.promote_words import without_unseen
from onrecord.draft.questions import QUESTIONS
from onrecord.markdown import plain
from onrecord.markdown.plain import visible_text
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import fold, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord
    from onrecord.record.model import Option

CONFIDENCE = "What would it take for everyone to be confident in this in six months?"
_PARTS = (
    ("context", "context"),
    ("decision", "decision"),
    ("considered_options", "choices"),
    ("consequences", "consequences"),
)
_MOST = 300  # characters of a decision that is read out
_SHARES = (
    ("Read in silence", 0.2),
    ("Questions of understanding", 0.2),
    ("For and against", 0.4),
    ("Outcome and follow-ups", 0.2),
)


def agenda(record: DecisionRecord, document: Document, minutes: int = 30) -> str:
    """Return the page as Markdown; what the record does not say is a question on it."""
    title = as_name(plain(record.title or "")) or record.path
    parts = [f"# Decide: {title}", f"<!-- {MARK} {record.path.replace('-->', '')} -->"]
    parts.append(f"{minutes} minutes. The record: {record.path}")
    parts += ["## The decision in one line", as_name(_in_one_line(record)) or f"Open: {QUESTIONS['decision']}"]
    parts += ["## Options", "\n\n".join(_options(record, document)) or f"Open: {QUESTIONS['choices']}"]
    parts += ["## Who", "\n".join(_who(record))]
    parts += [f"## Time box ({minutes} minutes)", "\n".join(_times(minutes))]
    parts += ["## Open questions", "\n".join(f"* {one}" for one in questions(record, document))]
    parts += [f"## {OUTCOME}", "<!-- Fill in what came out; `onrecord draft` reads this and the follow-ups back. -->"]
    parts.append("\n".join(f"* {label}:" for label in LABELS))
    parts += [f"## {FOLLOW_UPS}", "<!-- * [ ] Who: what (due 2027-01-31) -->\n\n* [ ] "]
    return without_unseen("\n\n".join(parts)).rstrip() + "\n"  # a page is printed, and read by people


def questions(record: DecisionRecord, document: Document) -> list[str]:
    """Return what the meeting has to answer: what the record lacks, what it asks itself, and one for everybody."""
    missing = [
        QUESTIONS[name]
        for slot, name in _PARTS
        if slot in record.offers | {"decision", "considered_options"} and _lacks(record, slot)
    ]
    if not record.decision_makers:
        missing.append(QUESTIONS["decision_makers"])
    if not record.decide_by:
        missing.append(QUESTIONS["decide_by"])
    return [*missing, *_own(record, document), CONFIDENCE]


def _lacks(record: DecisionRecord, slot: str) -> bool:
    if slot == "considered_options" and (record.no_alternatives_reason or record.considered_options):
        return False
    return slot not in record.slots or record.slots[slot].state != "filled"


def _own(record: DecisionRecord, document: Document) -> Iterator[str]:
    """Give the questions below the record's own heading for them."""
    words = shipped()
    for section in document.sections:
        is_inside = record.span.start <= section.span.start <= record.span.end
        if is_inside and words.role(section.title) == "open_questions":
            for line in visible_text(section.blocks).splitlines():
                if line.strip() and not is_unfilled(line, words):
                    yield as_name(line)


def _in_one_line(record: DecisionRecord) -> str:
    if record.decision is None:
        return ""
    text = " ".join(plain(record.decision.text).split())
    first = re.match(r".{20,}?[.?!](?=\s|\Z)", text)
    return (
        text
        if len(text) <= _MOST
        else first[0]
        if first and len(first[0]) <= _MOST
        else text[:_MOST].rpartition(" ")[0] + "…"
    )


def _options(record: DecisionRecord, document: Document) -> Iterator[str]:
    for option in record.considered_options:
        body = _argument(option, record, document)
        yield f"### {as_name(plain(option.title))}\n\n{body or 'For: …' + chr(10) + chr(10) + 'Against: …'}"
    if not record.considered_options and record.no_alternatives_reason:
        yield as_name(plain(record.no_alternatives_reason))


def _argument(option: Option, record: DecisionRecord, document: Document) -> str:
    """Return what the record says for or against an option: behind its name, and below a heading of that name."""
    name = fold(plain(option.title))
    said: list[str] = []
    lines = document.lines[option.span.start : option.span.end]
    first = plain(re.sub(r"\A\s*(?:[-*+]|\d+[.)])\s+|\A#+\s+", "", document.lines[option.span.start - 1]))
    behind = first[len(plain(option.title)) :].strip(" ,:-–—.") if fold(first).startswith(name) else ""
    if behind:
        said.append(behind)
    said += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    for section in document.sections:
        if (
            fold(plain(section.title)) == name
            and section.span.start > option.span.end
            and section.span.start <= record.span.end
        ):
            said += [line.strip() for line in document.lines[section.span.end : section.end] if line.strip()]
    return "\n".join(line if re.match(r"[-*+]\s", line) else f"* {line}" for line in dict.fromkeys(said))


def _who(record: DecisionRecord) -> Iterator[str]:
    yield f"* Decides: {', '.join(record.decision_makers) or 'open'}"
    yield f"* Has input: {', '.join(record.consulted) or 'open'}"
    if record.informed:
        yield f"* Is told: {', '.join(record.informed)}"
    yield f"* Decide by: {record.decide_by or 'open'}"


def _times(minutes: int) -> Iterator[str]:
    at = 0
    for i, (what, share) in enumerate(_SHARES):
        end = minutes if i == len(_SHARES) - 1 else at + max(1, round(minutes * share))
        yield f"* {at} to {end}: {what}"
        at = end
