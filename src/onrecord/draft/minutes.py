"""Reads a page of `onrecord agenda` back that somebody has filled in: what came out, and who does what next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.content import Content, Task
from onrecord.draft.harmless import MOST, harmless
from onrecord.draft.set_aside import choices_in
from onrecord.draft.transcript.clean import one_line, without_comments, without_unseen
from onrecord.record.people import read_people
from onrecord.record.placeholders import is_unfilled

if TYPE_CHECKING:
    from onrecord.record.vocabulary import Vocabulary

MARK = "onrecord agenda:"
NOTICE = "Draft from the notes of a meeting, not a decision"
OUTCOME, FOLLOW_UPS = "Outcome", "Follow-ups"
LABELS = {
    "Decided": "decision",
    "Because": "because",
    "Instead of": "choices",
    "Decided by": "decision_makers",
    "Review on": "review_by",
}
_MARKED = re.compile(rf"<!-- {MARK} (?P<path>[^\n]{{0,400}}?) -->")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<title>.*?)\s*#*\s*\Z")
_TITLE = "Decide: "
_ANSWER = re.compile(r"\s*(?:[-*+]\s+)?[*_]{0,2}(?P<label>[A-Z][a-z ]+?)[*_]{0,2}:[*_]{0,2}\s*(?P<text>.*)\Z")
_TASK = re.compile(
    r"\s*[-*+]\s+(?:\[(?P<tick>[ xX])\]\s*)?(?:(?P<who>[^:“”]{1,60}):\s+)?(?P<what>.*?)(?:\s*\((?:due|until|by)\s+(?P<due>\d{4}-\d\d-\d\d)\))?\s*\Z"
)
_LISTED = re.compile(r"\A\s*(?:[-*+]|\d{1,2}[.)])\s+")
_EXAMPLE = "Who: what (due "


class Minutes(NamedTuple):
    """What a page says. `path` is the record that it was made from; `content` has no more than was filled in.

    `answered` are the labels below Outcome that something stands behind.
    """

    path: str
    content: Content
    answered: tuple[str, ...] = ()

    @property
    def lacks(self) -> str:
        """Return why there is nothing to write yet, in words; empty where there is a decision or a follow-up."""
        if self.content.decision or self.content.tasks:
            return ""
        if not self.answered:
            return "nothing stands below Outcome and Follow-ups yet"
        named = ", ".join(f"“{label}:”" for label in self.answered)
        return f"something stands behind {named}, and no decision behind “Decided:”; one sentence there is enough"


def is_minutes(text: str) -> bool:
    """Tell whether a text is a page of `onrecord agenda`: it begins as one, whatever somebody says further down."""
    top = text.lstrip("\ufeff \r\n").split("\n", 8)[:8]
    return top[0].startswith("# ") and any(_MARKED.fullmatch(line.strip()) for line in top)


def read_minutes(text: str, vocabulary: Vocabulary, day: str = "") -> Minutes:
    """Return what was filled in; an answer goes on up to the next label or heading. Nothing is guessed."""
    mark = _MARKED.search(text)
    lines = without_comments(without_unseen(text)).split("\n")
    title, below = "", ""
    answers: dict[str, list[str]] = {}
    tasks: list[Task] = []
    label = ""
    for line in lines:
        if heading := _HEADING.match(line):
            below, label = heading["title"], ""
            if heading["level"] == "#" and not title:
                title = heading["title"].removeprefix(_TITLE)
        elif below == OUTCOME:
            answer = _ANSWER.match(line)
            if answer and answer["label"] in LABELS:
                label = LABELS[answer["label"]]
                answers.setdefault(label, []).append(answer["text"])
            elif label and line.strip():
                answers[label].append(_LISTED.sub("; ", line) if label == "choices" else line)
        elif below == FOLLOW_UPS and (task := _task(line, vocabulary)):
            tasks.append(task)
    said = {name: one_line(" ".join(texts), MOST) for name, texts in answers.items()}
    said = {name: value for name, value in said.items() if value and not is_unfilled(value, vocabulary)}
    answered = tuple(label for label, name in LABELS.items() if name in said)
    return Minutes(mark["path"] if mark else "", _content(title, said, tuple(tasks), vocabulary, day), answered)


def _content(title: str, said: dict[str, str], tasks: tuple[Task, ...], vocabulary: Vocabulary, day: str) -> Content:
    names, _ = read_people(said.get("decision_makers", ""), vocabulary)
    review = re.match(r"\d{4}-\d\d-\d\d\Z", said.get("review_by", "").strip())
    return Content(
        harmless(title),
        date=day,
        decision_makers=tuple(one_line(name, 60) for name in names),
        decision=harmless(said.get("decision", "")),
        because=harmless(said.get("because", "")),
        choices=choices_in(said.get("choices", "")),
        review_by=review[0] if review else "",
        tasks=tasks,
    )


def _task(line: str, vocabulary: Vocabulary) -> Task | None:
    match = _TASK.match(line)
    if (
        match is None
        or _EXAMPLE in line
        or not any(map(str.isalnum, match["what"]))
        or is_unfilled(match["what"], vocabulary)
    ):
        return None
    return Task(
        harmless(match["what"]),
        harmless(match["who"] or "", 60),
        match["due"] or "",
        (match["tick"] or "") in "xX" and bool(match["tick"]),
    )
