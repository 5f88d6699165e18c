"""Fill the considered options, wherever they are listed or told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import plain
from onrecord.record.choice import choose
from onrecord.record.model import Option, Slot
from onrecord.record.option_names import names_in_cell
from onrecord.record.options import read_options
from onrecord.record.placeholders import pieces
from onrecord.record.prose import TOLD, is_one_sided, none_considered, prose_options
from onrecord.record.read.context import how_found

if TYPE_CHECKING:
    from onrecord.record.read.context import Reading

SHORT_DECISION = 200  # a longer text names too much to tell which option it chooses
# Where a reason may stand; words shared with the problem's description are no argument.
_ARGUING = (
    None,
    "decision",
    "proposal",
    "rationale",
    "pros_cons",
    "consequences",
    "more_information",
    "considered_options",
    "alternatives",
)
_IN_FORCE = ("accepted", "superseded", "deprecated", "unknown")


def fill_options(reading: Reading) -> None:
    """Fill options with their outcomes, and the reason where the record says that there was only one."""
    record = reading.record
    found = read_options(reading.outline, reading.vocabulary)
    options, slot = found.options, found.slot
    reason = found.no_alternatives_reason
    told = False
    if not options and not reason and (listed := _from_table(reading) or _from_y_statement(reading)):
        options, slot = listed
    elif not options and not reason:
        reason = none_considered(reading.outline, reading.vocabulary)
        options, slot = ([], slot) if reason else prose_options(reading.outline, reading.vocabulary, slot)
        told = slot.how == TOLD
    decision = record.decision
    chosen = (decision.chosen_option or decision.text[:SHORT_DECISION]) if decision else None
    strict = bool(decision and not decision.chosen_option and len(decision.text) > SHORT_DECISION)
    decided = record.status is None or record.status.value in _IN_FORCE or bool(decision and decision.chosen_option)
    weighed = choose(options, chosen, decided, strict, found.ruled_out)
    record.considered_options = options if told else _argued(reading, weighed)
    record.no_alternatives_reason = reason
    record.one_sided = is_one_sided(record.considered_options, decision, reading.vocabulary)
    reading.slot("considered_options", slot)


def _from_table(reading: Reading) -> tuple[list[Option], Slot] | None:
    for f in reading.values("considered_options", "alternatives"):
        if f.how == "table" and isinstance(f.value, str) and (options := names_in_cell(f.value, f.span)):
            return options, Slot("filled", f.span, how_found(f))
    return None


def _from_y_statement(reading: Reading) -> tuple[list[Option], Slot] | None:
    y = reading.y_statement
    if y is None or not y.neglected:
        return None
    span = reading.record.slots["decision"].span or reading.record.span
    options = [
        Option(y.decision, "chosen", True, span),
        *(Option(name, "rejected", True, span) for name in y.neglected),
    ]
    return options, Slot("filled", span, "Y-statement")


def _argued(reading: Reading, options: list[Option]) -> list[Option]:
    """Count an option as argued when the text speaks of it elsewhere: the reason may stand anywhere, in other words."""
    if all(option.argued for option in options):
        return options
    listed = {line for o in options for line in range(o.span.start, o.span.end + 1)}
    parts = (
        part
        for i, part in enumerate(reading.outline.parts)
        if part.role in _ARGUING and i != reading.outline.title_index
    )
    lines = [plain(part.title) for part in reading.outline.parts if part.role is None]
    lines += [text for part in parts for text, span in pieces(part.blocks) if span.start not in listed]
    lines += [str(f.value) for f in reading.values("rationale", "decision", "consequences")]
    stems = _stems(" ".join(lines))
    nothing = reading.vocabulary.phrase("do_nothing")  # "do not solve the problem": its words are everywhere
    return [
        o if o.argued or nothing.search(o.title) or not _is_spoken_of(o, stems) else o._replace(argued=True)
        for o in options
    ]


def _is_spoken_of(option: Option, stems: set[str]) -> bool:
    own = _stems(option.title)
    return bool(own) and len(own & stems) * 2 >= len(own)


def _stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words: enough to know "rotate" again in "rotation"."""
    return {word[:5] for word in re.findall(r"[^\W_]{4,}", plain(text).casefold())} | set(
        re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}", text)
    )
