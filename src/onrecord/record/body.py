"""The body parts of a record: context, decision, consequences, each with its state and its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Paragraph, plain
from onrecord.record.because import behind_because, find_because, find_reason
from onrecord.record.model import Decision, Slot, SlotState
from onrecord.record.outline import Outline
from onrecord.record.placeholders import NOTHING_CHOSEN, is_unfilled, pieces
from onrecord.record.vocabulary import Vocabulary, fold

OTHER_ROLES = frozenset(
    ("context", "decision", "considered_options", "alternatives", "pros_cons", "consequences", "decision_drivers",
     "confirmation", "more_information", "changelog", "status", "date", "decision_makers", "owner", "follow_ups")
)  # fmt: skip
_UNFINISHED = lazy_pattern(r"^(?:\S+\s+){0,5}\S{0,30}(?:\.\.\.|…)$")  # "Write the result here..." and nothing else
_QUOTED = lazy_pattern(r"[\"“„«'‘`「『]([^\"”“»'’`」』\n]{1,200})[\"”“»'’`」』]")
_IN_QUOTES = lazy_pattern(r"\"([^\"\n]{1,200})\"")  # an apostrophe does not end it: "Let's Encrypt"
_AFTER = lazy_pattern(r"[^\w\"“„«'‘`「『\[({]*(?:is|was|are|:|：)?\s*[:：\-–—]?\s*", re.IGNORECASE)
_NAMED_BEFORE = lazy_pattern(  # "Option B is the preferred option": the name stands before
    r"(?:^|[.!?\n])\s*(?P<name>[^.!?\n]{1,120}?)\s+(?:is|was|remains|ist|est|es|é|è)\s+(?:(?:the|our|die|unsere|la|a|notre|nuestra)\s+|l['’])\Z",
    re.IGNORECASE,
)
_END = lazy_pattern(r"[,;.\n:]|\s[-–—]\s|\s\(")
_ORDER: tuple[SlotState, ...] = ("absent", "empty", "placeholder", "filled")


class BodyText(NamedTuple):
    """The text of one slot, where it stands, and its state."""

    text: str
    slot: Slot


def own_text(outline: Outline, index: int, keep: frozenset[str], vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return the filled text of a part without inner parts of another role; and whether unfilled text stood there."""
    out: list[tuple[int, str]] = []  # with their lines: what stands behind a label in a part comes back in its order
    unfilled = False
    skip_until = -1
    for i in outline.subtree(index):
        part = outline.parts[i]
        if i <= skip_until:
            continue
        if i != index and part.role in OTHER_ROLES - keep:
            skip_until = outline.subtree(i)[-1]
            continue
        lines = [(part.span.start, part.inline)] if part.inline else []
        for text, span in pieces(part.blocks):
            if is_unfilled(text, vocabulary):
                unfilled = True
            elif _says_something(shown := plain(text)):
                lines.append((span.start, shown))
        heading = "" if i == index or is_unfilled(part.title, vocabulary) else plain(part.title)
        if heading and part.role is None and (lines or len(heading.split()) > 2):
            out.append((part.span.start, heading))
        elif heading and lines:  # a line such as "Chosen option: …" was read as a heading: give it its words back
            lines[0] = (part.span.start, f"{heading}: {lines[0][1]}")
        out += lines
    told = [text for _, text in sorted(out, key=lambda line: line[0])]
    if len(told) == 1 and (_UNFINISHED.match(told[0]) or NOTHING_CHOSEN.fullmatch(told[0])):
        return "", True
    return "\n".join(told), unfilled


def _says_something(text: str) -> bool:
    return text[:1].isalnum() or any(map(str.isalnum, text))


def read_slot(outline: Outline, roles: tuple[str, ...], vocabulary: Vocabulary) -> BodyText:
    """Return the filled parts of these roles, joined; a look-alike deep inside another part never adds to a real one."""
    found: list[tuple[int, BodyText]] = []
    for i in outline.with_role(*roles):
        if i == outline.title_index and not outline.parts[i].inline:
            continue
        part = outline.parts[i]
        keep = frozenset((*roles, "pros_cons")) if "consequences" in roles else frozenset(roles)
        text, unfilled = own_text(outline, i, keep, vocabulary)
        if fold(text) in vocabulary.absent:
            text = ""
        state: SlotState = "filled" if text else "placeholder" if unfilled else "empty"
        slot = Slot(state, outline.span(i), f'heading "{plain(part.title)}"')
        found.append((part.level, BodyText(text, slot)))
    if not found:
        return BodyText("", Slot("absent", None, ""))
    best = max((body.slot.state for _, body in found), key=_ORDER.index)
    top = min(level for level, body in found if body.slot.state == best)
    chosen = [body for level, body in found if body.slot.state == best and level == top]
    return BodyText("\n".join(body.text for body in chosen if body.text), chosen[0].slot)


def lead_text(outline: Outline, vocabulary: Vocabulary, used: set[int]) -> BodyText:
    """Return the untitled text at the top that is not metadata: many records state their context there."""
    for i in [0, *([outline.title_index] if outline.title_index else [])]:
        part = outline.parts[i]
        for block in part.blocks:
            if (
                isinstance(block, Paragraph)
                and block.span.start not in used
                and not is_unfilled(block.text, vocabulary)
            ):
                text = plain(block.text)
                if len(text.split()) >= 5:
                    return BodyText(text, Slot("filled", block.span, "text before the first section"))
    return BodyText("", Slot("absent", None, ""))


def read_decision(text: str, vocabulary: Vocabulary) -> Decision:
    """Tell the chosen option and the reason apart in a decision's text, where a known phrase marks them."""
    chosen, justification = None, None
    match = vocabulary.phrase("chosen_option").search(text)
    if match:
        before = _NAMED_BEFORE.search(text[max(0, match.start() - 200) : match.start()])
        chosen = before["name"] if before else _chosen_after(text[match.end() :], vocabulary)
    because = find_reason(text, vocabulary, match.end() if match else 0)
    if because:
        reason = behind_because(text, because)
        justification = reason if len(reason.split()) >= 2 or len(reason) >= 6 else None
        justification = None if reason[:1] == "{" and reason[-1:] == "}" else justification
    return Decision(text, chosen, justification)


def _chosen_after(rest: str, vocabulary: Vocabulary) -> str | None:
    rest = rest[_AFTER.match(rest).end() :]  # type: ignore[union-attr]
    line = rest.split("\n")[0] or rest.lstrip("\n").split("\n")[0]
    if quoted := _IN_QUOTES.match(line) or _QUOTED.match(line):
        found = quoted[1]
    else:
        stop = find_because(line, vocabulary)
        found = line[: stop.start()] if stop else line
        end = _END.search(found)
        found = found[: end.start()] if end else found
    found = found.strip(" \"'“”«»,.")
    if fold(found) in ("the following", "as follows", "following", "below"):
        return None
    return found if found and len(found) <= 200 and not found.startswith("{") else None
