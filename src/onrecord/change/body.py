"""What a pull request's description says: decision, reason, alternatives, owner, links to records, a waiver."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.change.author import own_words
from onrecord.change.links import record_links
from onrecord.change.waiver import read_waiver
from onrecord.markdown import Block, Document, ListBlock, Paragraph, Table, parse_document, plain
from onrecord.record.body import read_decision, read_slot
from onrecord.record.choice import choose
from onrecord.record.header import fields_in
from onrecord.record.model import Decision, Option, Slot
from onrecord.record.options import read_options
from onrecord.record.outline import Outline, read_outline
from onrecord.record.people import read_people
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.prose import prose_options
from onrecord.record.vocabulary import Vocabulary

REASON_WORDS = 15  # length tells a reason better than cue words do: precision .76, recall .95 on 202 PRs
_KEYED = re.compile(
    r"(?:^|(?<=[.;!?]\s))(?P<key>[^\W\d_]\w+(?: \w+)?): (?P<value>[^.;\n]{2,80})", re.MULTILINE
)  # "… Owner: Ann"
_WORD = re.compile(r"[^\W_]+")


class Description(NamedTuple):
    """A description, read. `prose` is what the author wrote for readers; `stated` tells that the decision is marked as one."""

    prose: str
    decision: Decision | None
    stated: bool
    why: bool
    alternatives: list[Option]
    no_alternatives_reason: str | None
    owner: str | None
    record_links: list[str]
    waived: str | None


def read_description(title: str, body: str, vocabulary: Vocabulary) -> Description:
    """Read a description as a record is read; never raises."""
    document = own_words(parse_document(body), vocabulary)
    outline = read_outline(document, vocabulary)
    prose = "\n".join(_prose(document, vocabulary))
    found = read_options(outline, vocabulary)
    options = found.options
    if not options and not found.no_alternatives_reason:
        options, _ = prose_options(outline, vocabulary, Slot("absent", None, ""))
    stated = _stated(outline, vocabulary)
    decision = stated or _told(f"{prose}\n{title}", vocabulary)
    chosen = decision.chosen_option if decision else None
    options = choose(options, chosen, decided=True)
    return Description(
        prose,
        decision,
        stated is not None,
        len(_WORD.findall(prose)) >= REASON_WORDS
        or bool(read_slot(outline, ("rationale", "context"), vocabulary).text),
        [o for o in options if o.outcome != "chosen"],
        found.no_alternatives_reason,
        _owner(document, outline, vocabulary),
        record_links(f"{title}\n{prose}\n{_links(document)}"),
        read_waiver(document, vocabulary),
    )


def _stated(outline: Outline, vocabulary: Vocabulary) -> Decision | None:
    """Return the decision of a section or line that is marked as one, with the reason that stands beside it."""
    text = read_slot(outline, ("decision",), vocabulary).text
    if not text:
        return None
    decision = read_decision(text, vocabulary)
    reason = read_slot(outline, ("rationale",), vocabulary).text
    return decision._replace(justification=decision.justification or reason or None)


def _told(prose: str, vocabulary: Vocabulary) -> Decision | None:
    """Return the first sentence that says what was decided."""
    decided = vocabulary.phrase("decided")
    for sentence in re.split(r"(?<=[.!?])\s+|\n", prose):
        if decided.search(sentence):
            return read_decision(sentence.strip(), vocabulary)
    return None


def _prose(document: Document, vocabulary: Vocabulary) -> list[str]:
    out: list[str] = []
    for section in document.sections:
        _collect(section.blocks, out, vocabulary)
    return [text for text in out if text]


def _collect(blocks: tuple[Block, ...], out: list[str], vocabulary: Vocabulary) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            if not is_unfilled(block.text, vocabulary):
                out.append(plain(block.text))
        elif isinstance(block, ListBlock):
            for item in block.items:
                if item.checked is None:  # a ticked box says what was done, not what was decided
                    _collect(item.blocks, out, vocabulary)
        elif isinstance(block, Table):
            out += [plain(cell) for row in block.rows for cell in row]


def _owner(document: Document, outline: Outline, vocabulary: Vocabulary) -> str | None:
    for section in document.sections:
        for block in section.blocks:
            for f in fields_in(block, vocabulary):
                if f.role in ("decision_makers", "owner") and (names := read_people(f.value, vocabulary)[0]):
                    return names[0]
    text = read_slot(outline, ("decision_makers", "owner"), vocabulary).text
    if not text:
        said = "\n".join(plain(text) for s in document.sections for text, _ in pieces(s.blocks))
        keyed = (m for m in _KEYED.finditer(said) if vocabulary.label(m["key"]) in ("owner", "decision_makers"))
        text = next((m["value"] for m in keyed), "")
    return next(iter(read_people(text, vocabulary)[0]), None) if text else None


def _links(document: Document) -> str:
    return "\n".join(
        target
        for s in document.sections
        for text, _ in pieces(s.blocks)
        for target in re.findall(r"\]\(([^)\s]+)", text)
    )
