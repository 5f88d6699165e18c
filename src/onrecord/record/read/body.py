"""Fill context, decision and consequences: from sections, from a table of the whole record, from a Y-statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import plain
from onrecord.record.body import BodyText, lead_text, read_decision, read_slot
from onrecord.record.model import Mark, Slot
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import fold
from onrecord.record.y_statement import YStatement, read_y_statement

if TYPE_CHECKING:
    from onrecord.markdown import Span
    from onrecord.record.model import Decision
    from onrecord.record.read.context import Reading


SENTENCE = "a sentence that decides"


def fill_body(reading: Reading) -> None:
    """Fill the three texts, and the reason where it has a section of its own."""
    record, outline, vocabulary = reading.record, reading.outline, reading.vocabulary
    found = {
        "context": _context(reading),
        "decision": _decision(reading),
        "consequences": read_slot(outline, ("consequences",), vocabulary),
    }
    _take_table(reading, found)
    if not found["decision"].text or found["decision"].slot.how == SENTENCE:
        _take_y_statement(reading, found)
    for name, body in found.items():
        reading.slot(name, body.slot)
    record.context = found["context"].text or None
    record.consequences = found["consequences"].text or None
    if found["decision"].text:
        record.decision = read_decision(found["decision"].text, vocabulary)
        if reason := _reason(reading, record.decision):
            record.decision = record.decision._replace(justification=reason)
    record.decision_drivers = read_slot(outline, ("decision_drivers",), vocabulary).text or None
    record.confirmation = read_slot(outline, ("confirmation",), vocabulary).text or None


def _reason(reading: Reading, decision: Decision) -> str:
    """Return what a section or a row of its own gives as the reason, empty where the decision's own words go before it."""
    outline, vocabulary = reading.outline, reading.vocabulary
    because = (plain(outline.parts[i].title) for i in outline.with_role("rationale"))
    is_named = any(vocabulary.phrase("because").fullmatch(fold(title)) for title in because)
    if decision.justification is not None and not is_named:
        return ""
    rows = (plain(f.value) for f in reading.values("rationale") if f.how == "table" and isinstance(f.value, str))
    reason = read_slot(outline, ("rationale",), vocabulary).text or next(rows, "")
    y = reading.y_statement
    return reason or (y.achieve if y and y.accepting is not None else "")


def _context(reading: Reading) -> BodyText:
    """Return the context section; else the untitled text at the top, the drivers, or the rationale."""
    outline, vocabulary = reading.outline, reading.vocabulary
    context = read_slot(outline, ("context",), vocabulary)
    if context.slot.state == "filled":
        return context
    used = {line for f in reading.fields for line in range(f.span.start, f.span.end + 1)}
    others = (
        lead_text(outline, vocabulary, used),
        read_slot(outline, ("decision_drivers",), vocabulary),
        read_slot(outline, ("rationale",), vocabulary),
    )
    return next((other for other in others if other.text), context)


def _decision(reading: Reading) -> BodyText:
    """Return the decision section; a proposal or design stands in only where there is none."""
    decision = read_slot(reading.outline, ("decision",), reading.vocabulary)
    if decision.slot.state == "absent":
        proposal = read_slot(reading.outline, ("proposal",), reading.vocabulary)
        return next((found for found in (proposal, _deciding_sentence(reading)) if found.text), decision)
    return decision


def _deciding_sentence(reading: Reading) -> BodyText:
    """Return the first sentence outside of any known part that begins with "We will …", "We decided …"."""
    for part in reading.outline.parts:
        if part.role is None:
            for text, span in pieces(part.blocks):
                for sentence in re.split(r"(?<=[.!?。])\s+", plain(text)):
                    if reading.vocabulary.phrase("decided").match(sentence):
                        return BodyText(sentence, Slot("filled", span, SENTENCE))
    return BodyText("", Slot("absent", None, ""))


def _take_table(reading: Reading, found: dict[str, BodyText]) -> None:
    for f in reading.fields:
        if f.role in found and not found[f.role].text and isinstance(f.value, str) and f.how == "table":
            text = "" if is_unfilled(f.value, reading.vocabulary) else plain(f.value)
            found[f.role] = BodyText(text, Slot("filled" if text else "empty", f.span, f"table `{f.key}`"))


def _take_y_statement(reading: Reading, found: dict[str, BodyText]) -> None:
    statement = _first_y_statement(reading)
    if statement is None:
        return
    y, span = statement
    reading.y_statement = y
    found["decision"] = _clause(y.decision, span)
    if not read_slot(reading.outline, ("context",), reading.vocabulary).text:
        found["context"] = _clause(y.context, span)
    found["consequences"] = _clause(y.achieve if y.accepting is None else y.accepting, span)


def _clause(text: str, span: Span) -> BodyText:
    return BodyText(text, Slot("filled" if text else "empty", span, "Y-statement"))


def _first_y_statement(reading: Reading) -> tuple[YStatement, Span] | None:
    """Return the first Y-statement: in one paragraph, or spread over the paragraphs of a section."""
    for section in reading.document.sections:
        told = pieces(section.blocks)
        whole = Mark("\n".join(text for text, _ in told), section.span._replace(end=section.end))
        for text, span in [*told, whole]:
            if y := read_y_statement(plain(text)):
                return y, span
    return None
