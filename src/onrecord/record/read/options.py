"""Fill the considered options, wherever they are listed or told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import plain
from onrecord.record.choice import choose, choosing_sentences
from onrecord.record.model import Option, Slot
from onrecord.record.option_names import names_in_cell
from onrecord.record.options import MAX_COMPARED, read_options
from onrecord.record.placeholders import pieces
from onrecord.record.prose import TOLD, is_one_sided, none_considered, prose_options
from onrecord.record.read.context import how_found
from onrecord.record.vocabulary import fold

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
        none = none_considered(reading.outline, reading.vocabulary)
        reason = none.plainly
        options, slot = ([], slot) if reason else prose_options(reading.outline, reading.vocabulary, slot)
        told = slot.how == TOLD
        reason = reason if options else reason or none.in_passing
    record.considered_options = options if told else _argued(reading, _weighed(reading, options, found.ruled_out))
    record.no_alternatives_reason = reason
    record.one_sided = is_one_sided(record.considered_options, record.decision, reading.vocabulary)
    reading.slot("considered_options", slot)


def _weighed(reading: Reading, options: list[Option], ruled_out: frozenset[str]) -> list[Option]:
    """Mark what the decision chooses: the option it names, the one in a sentence that decides, or those its text names."""
    status, decision = reading.record.status, reading.record.decision
    decided = status is None or status.value in _IN_FORCE or bool(decision and decision.chosen_option)
    if decision is None or decision.chosen_option:
        return choose(options, decision.chosen_option if decision else None, decided, ruled_out=ruled_out)
    text = _without_options(reading, decision.text, options)
    is_open = 0 < len(options) <= MAX_COMPARED and all(option.outcome != "chosen" for option in options)
    for sentence in choosing_sentences(text, reading.vocabulary) if is_open else ():
        weighed = choose(options, sentence, decided, ruled_out=ruled_out)
        if sum(option.outcome == "chosen" for option in weighed) == 1:
            return weighed
    return choose(options, text[:SHORT_DECISION], decided, len(text) > SHORT_DECISION, ruled_out)


def _without_options(reading: Reading, decision: str, options: list[Option]) -> str:
    """Return a decision's text without the options that are listed in it: that alone chooses none."""
    outline = reading.outline
    deciding = outline.with_role("decision", "proposal")
    inside = [
        o for o in options for i in deciding if outline.parts[i].span.start <= o.span.start <= outline.parts[i].end
    ]
    starts, titles = {o.span.start for o in inside}, {fold(o.title) for o in options}
    below = [k for i in deciding for k in outline.subtree(i)[1:]]
    named = [k for k in below if fold(plain(outline.parts[k].title)) in titles]
    headings = {k for k in below if outline.parts[k].span.start in starts} | (set(named) if len(named) > 1 else set())
    left_out = {line for k in headings for line in (plain(outline.parts[k].title), *outline.text(k).split("\n"))}
    listed = tuple(o.title for o in inside if len(inside) > 1)
    return "\n".join(line for line in decision.split("\n") if line not in left_out and not line.startswith(listed))


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
