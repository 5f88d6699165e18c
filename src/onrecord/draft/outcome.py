"""What came out of a meeting, put into the proposal that it was about: into empty parts alone, everything else stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.questions import QUESTIONS, asked
from onrecord.draft.sections import argued, task_line, with_stop, without_stop
from onrecord.draft.transcript.clean import without_comments
from onrecord.markdown import Span, plain
from onrecord.record.edit.model import Edit
from onrecord.record.edit.people import add_people, missing
from onrecord.record.edit.text import edit_text
from onrecord.record.outline import read_outline
from onrecord.record.placeholders import is_unfilled
from onrecord.record.touch import Mark, attempts
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onrecord.draft.content import Content
    from onrecord.record import DecisionRecord
    from onrecord.record.edit.page import Page

_ASKED = frozenset(asked(part) for part in QUESTIONS)
_MAY_CHANGE = ("decision", "considered_options", "no_alternatives_reason", "dialect", "follow_ups", "review_by")


class Filled(NamedTuple):
    """The page with what had a place, the names of what was written, and sentences on what was left to people."""

    page: Page
    written: tuple[str, ...]
    left: tuple[str, ...]


def fill(page: Page, content: Content) -> Filled:
    """Put decision, alternatives, deciders, follow-ups and the day of the next look into the empty parts of a record."""
    written: list[str] = []
    left: list[str] = []
    for name, said, is_there, write in _STEPS:
        text = said(content)
        if not text or is_there(page, content):
            continue
        if after := write(page, content):
            page = after
            written.append(name)
        else:
            left.append(f"{name}: something else stands there, or there is no certain place; it was said: {text}")
    return Filled(page, tuple(written), tuple(left))


def _outcome_of(content: Content) -> str:
    if not content.because:
        return content.decision
    reason = f"because {content.because}"
    return f"{without_stop(content.decision)}, {reason}" if content.decision else reason


def _has_decision(page: Page, content: Content) -> bool:
    said = filter(None, (content.decision, content.because))
    return page.record().decision is not None and all(_holds(page.text, words) for words in said)


def _decide(page: Page, content: Content) -> Page | None:
    """Write decision and reason; the reason alone where the decision stands there as it was said."""
    record = page.record()
    if not content.decision:
        return None  # a reason alone: what for, nobody said
    if record.decision and not is_unfilled(record.decision.text, page.vocabulary):
        if not content.because or not _holds(page.text, content.decision) or record.decision.justification:
            return None
        return _put(page, ("rationale",), [content.because], "Rationale", lambda after: after.decision is not None)
    own = _own(page, ("rationale",))
    apart = bool(own and own[1]) and content.because
    words = content.decision if apart or not content.because else _joined(record, content)
    after = _put(page, ("decision",), words.split("\n"), "Decision", lambda new: new.decision is not None)
    if after and apart:
        return _put(after, ("rationale",), [content.because], "Rationale", lambda new: new.decision is not None)
    return after


def _joined(record: DecisionRecord, content: Content) -> str:
    """Return decision and reason as one text; the one listed option that it names stands before it, as MADR has it."""
    names = [plain(one.title) for one in record.considered_options]
    named = [one for one in names if _holds(content.decision, one)]
    if record.dialect.startswith("madr") and len(named) == 1:
        return f"Chosen option: “{named[0]}”, because {with_stop(content.because)}\n\n{with_stop(content.decision)}"
    if re.search(r"[.!?]\s+\w", content.decision):
        return f"{with_stop(content.decision)}\n\nBecause {with_stop(content.because)}"
    return f"{without_stop(content.decision)}, because {with_stop(content.because)}"


def _has_rivals(page: Page, content: Content) -> bool:
    there = " ".join(plain(one.title) for one in page.record().considered_options)
    return all(_holds(there, one.title) for one in content.choices)


def _reject(page: Page, content: Content) -> Page | None:
    if page.record().considered_options:
        return None
    names = [one.title for one in content.choices]
    heading = "Considered Options" if page.record().dialect.startswith("madr") else "Alternatives Considered"

    def is_meant(after: DecisionRecord) -> bool:
        there = " ".join(plain(one.title) for one in after.considered_options)
        return all(_holds(there, name) for name in names)

    return _put(page, ("alternatives", "considered_options"), argued(content.choices).split("\n"), heading, is_meant)


def _has_deciders(page: Page, content: Content) -> bool:
    return not missing(content.decision_makers, page.record())


def _name_deciders(page: Page, content: Content) -> Page | None:
    keys = ("Decision-makers",) if page.document().front_matter else ()
    return None if page.record().decision_makers else add_people(page, content.decision_makers, keys)


def _has_tasks(page: Page, content: Content) -> bool:
    return all(_holds(page.text, one.what) for one in content.tasks)


def _add_tasks(page: Page, content: Content) -> Page | None:
    new = [task_line(one) for one in content.tasks if not _holds(page.text, one.what)]
    count = len(page.record().follow_ups) + len(new)
    return _put(page, ("follow_ups",), new, "Follow-ups", lambda after: len(after.follow_ups) == count, adds=True)


def _has_review(page: Page, content: Content) -> bool:
    return page.record().review_by == content.review_by


def _set_review(page: Page, content: Content) -> Page | None:
    if page.record().review_by:
        return None
    texts = attempts(page.text, page.vocabulary, Mark("review_by", "review-by", "Review by", content.review_by))
    return page.first_sound(texts, ("review_by",), lambda after: after.review_by == content.review_by)


def _put(
    page: Page,
    roles: Sequence[str],
    lines: Sequence[str],
    heading: str,
    is_meant: Callable[[DecisionRecord], bool],
    adds: bool = False,
) -> Page | None:
    """Return the page with lines in its empty part of a role, else in a new one at its end; None where that reads otherwise."""
    edits = _places(page, roles, lines, heading, adds)
    return page.first_sound((edit_text(page.text, (edit,)) for edit in edits), _MAY_CHANGE, is_meant)


def _places(page: Page, roles: Sequence[str], lines: Sequence[str], heading: str, adds: bool) -> Iterator[Edit]:
    own = _own(page, roles)
    if own is None:
        end = _end_of(page.document().lines, len(page.document().lines))
        yield Edit(page.path, Span(end + 1, end), ("", f"## {heading}", "", *lines))
    elif span := own[1]:
        is_new = span.end < span.start
        there = page.document().lines
        gap = [""] if is_new and len(there) > span.end and there[span.end].strip() else []
        yield Edit(page.path, span, ("", *lines, *gap) if is_new else tuple(lines))
    elif adds:
        end = own[0]
        last = page.document().lines[end - 1]
        yield Edit(page.path, Span(end + 1, end), (*([] if last.lstrip()[:1] in "*-+" else [""]), *lines))


def _own(page: Page, roles: Sequence[str]) -> tuple[int, Span | None] | None:
    """Return the last line of the text of a part, and the lines that an answer takes the place of: None where it is filled.

    None for a part that the record does not have. A comment that is not ours stays, and the answer stands below it.
    """
    document = page.document()
    outline = read_outline(document, page.vocabulary)
    found = [i for i in outline.with_role(*roles) if not outline.parts[i].inline and 1 <= outline.parts[i].level <= 6]
    if not found:
        return None
    part = outline.parts[found[0]]
    starts = [other.span.start for other in outline.parts if other.span.start > part.span.end]
    first = part.span.end + 1
    end = _end_of(document.lines, min([len(document.lines), *(start - 1 for start in starts)]))
    end = max(end, part.span.end)
    while first < end and not document.lines[first - 1].strip():
        first += 1
    text = "\n".join(document.lines[first - 1 : end]).strip() if first <= end else ""
    shown = without_comments(text).strip()
    if text in _ASKED or (shown and shown == text and is_unfilled(shown, page.vocabulary)):
        return end, Span(first, end)
    return end, None if shown else Span(end + 1, end)


def _end_of(lines: Sequence[str], end: int) -> int:
    while end > 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _holds(text: str, words: str) -> bool:
    """Tell whether words stand in a text one behind the other, whatever marks are around them."""
    here, wanted = (" ".join(re.findall(r"\w+", fold(one))) for one in (text, words))
    return f" {wanted} " in f" {here} "


def _all_of(names: Sequence[str]) -> str:
    return ", ".join(names)


_STEPS: tuple[
    tuple[str, Callable[[Content], str], Callable[[Page, Content], bool], Callable[[Page, Content], Page | None]],
    ...,
] = (
    ("decision", _outcome_of, _has_decision, _decide),
    ("alternatives", lambda one: "; ".join(f"{c.title}{c.behind}" for c in one.choices), _has_rivals, _reject),
    ("deciders", lambda one: _all_of(one.decision_makers), _has_deciders, _name_deciders),
    ("follow-ups", lambda one: _all_of([t.what for t in one.tasks]), _has_tasks, _add_tasks),
    ("review", lambda one: one.review_by, _has_review, _set_review),
)
