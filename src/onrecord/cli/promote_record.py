"""One promotion: is the decision on record already, and if not, which text does it become, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.change import judge_change
from onrecord.cli.common import say, vocabulary_of
from onrecord.cli.main import UsageFault
from onrecord.cli.new_text import look_at_log, text_for
from onrecord.cli.promote_ties import Linked
from onrecord.cli.pull_request import triggers_of
from onrecord.cli.selection import select_untracked_too
from onrecord.coverage.records import pulls_named
from onrecord.draft.promote import BY_TITLE, Refusal, content_of, lighter
from onrecord.draft.promote_decides import states_decision
from onrecord.draft.promote_words import same_words, shown_of
from onrecord.log.links import name_of
from onrecord.log.similar import TWIN, Vectors
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.change import Judged
    from onrecord.check import Config
    from onrecord.cli.new_text import Form, LogAround
    from onrecord.cli.promote_source import Source
    from onrecord.cli.selection import Selection
    from onrecord.draft.content import Content
    from onrecord.record import DecisionRecord


class Found(NamedTuple):
    """What there is to do: `content` to be written, or why there is nothing, in a sentence.

    `path` is that of the record that is there already. `notes` are lines for people.
    """

    state: Literal["new", "known", "brought", "waived", "refused"]
    log: LogAround
    sentence: str = ""
    path: str = ""
    content: Content | None = None
    notes: tuple[str, ...] = ()


def look_up(source: Source, root: Path, config: Config, day: str, by_title: bool = False) -> Found:
    """Read the words, and look for their decision in the log; nothing is written. `by_title`: a title is enough."""
    vocabulary = vocabulary_of(config)
    selection = select_untracked_too(root, config)
    log = look_at_log(selection, root, config, vocabulary)
    change = shown_of(source.change)
    records = [one.record for one in log.files]
    triggers = triggers_of(config, root, log=lambda: records, changed=change.files, repository=source.repository)
    judged = judge_change(change, triggers, vocabulary)
    if brought := judged.facts["records_added"]:
        return Found("brought", log, f"{source.name} brings its record: {', '.join(brought)}", brought[0])
    if record := _listing(judged, selection):
        return _found_known(record, f"lists {source.name} already", log)
    linked = Linked(judged, records, source.repository)
    told = judged
    if (body := linked.body_without_ties()) != change.body:
        told = judge_change(change._replace(body=body), triggers, vocabulary)
    content = content_of(told, source.happened, day, vocabulary, triggers.templates, by_title)
    is_stated = not isinstance(content, Refusal) and states_decision(told, vocabulary)
    if named := linked.own(is_stated):
        return _found_known(named, f"is what {source.name} names", log)
    if isinstance(content, Refusal):
        state: Literal["waived", "refused"] = "waived" if content.kind == "waived" else "refused"
        return Found(state, log, f"{source.name}: {content.sentence}")
    if same := _same(content, log):
        return _found_known(same, "says the same", log)
    content = linked.tied(content)
    notes = [BY_TITLE] if by_title and judged.description.from_title else []
    return Found("new", log, content=content, notes=(*notes, *_twins(content, log)))


def make_text(options: argparse.Namespace, log: LogAround, content: Content, form: Form) -> str:
    """Return the text that gives the decision back; what its readers would take for something else is left out, and said.

    Raises UsageFault when even the decision alone would be read as something else.
    """
    for lesser, names in lighter(content):
        made = text_for(options, log, lesser, form)
        if not made.lost:
            say(
                [
                    *made.notes,
                    *([f"left out, as it would be read as something else: {', '.join(names)}"] if names else []),
                ]
            )
            return made.text
    parts = ", ".join(name.replace("_", " ") for name in made.lost)
    raise UsageFault(f"what is said as {parts} would be read as something else in a record; nothing was written")


def back_link(path: str, number: str) -> str:
    """Return the line that leads from the pull request to its record, with the number as the file has it."""
    digits = re.search(rf"0*{number}(?!\d)", path.rpartition("/")[2]) if number.isdigit() else None
    return f"Decision: {f'ADR-{digits[0] if digits else number} ' if number else ''}{path}"


def _found_known(record: DecisionRecord, how: str, log: LogAround) -> Found:
    return Found("known", log, f"{name_of(record)} {how}: {record.path}; nothing was written", record.path)


def _listing(judged: Judged, selection: Selection) -> DecisionRecord | None:
    """Return the record that lists the pull request, else a file that does and is read as none: it may be our own."""
    number = judged.change.number
    files = sorted(selection.files, key=lambda one: one.record.kind != "record")
    listing = (one.record for one in files if number in pulls_named(one.document, one.record))
    return next(listing, None) if number is not None else None


def _same(content: Content, log: LogAround) -> DecisionRecord | None:
    """Return the record of the same title and decision, for what has no number to be known by."""
    said = " ".join(filter(None, (content.chosen, content.decision)))
    for one in () if content.pulls else log.files:
        decision = one.record.decision.text if one.record.decision else ""
        if fold(one.record.title or "") == fold(content.title) and (said in decision or same_words(said, decision)):
            return one.record
    return None


def _twins(content: Content, log: LogAround) -> list[str]:
    """Return a line for each record that reads like the same decision."""
    own = "\n".join((content.title, content.context, content.chosen, content.decision, content.because, content.consequences))  # fmt: skip
    texts = ["\n".join(_told(one.record)) for one in log.files]
    near = Vectors([*texts, own]).nearest(len(texts), TWIN)
    return [f"{log.files[one.place].record.path} reads like the same decision; is one of them enough?" for one in near]


def _told(record: DecisionRecord) -> list[str]:
    decision = record.decision
    found = (record.title, record.context, decision and decision.text, decision and decision.justification, record.consequences)  # fmt: skip
    return [text for text in found if text]
