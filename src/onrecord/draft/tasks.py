"""Who does what next, as it was said: marked with “ACTION:”, or “Ann will send …” by somebody who was there.

Whose task it is, is never guessed: it takes the name of a participant, or “I” from one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.content import Task
from onrecord.draft.cues import is_open
from onrecord.draft.harmless import harmless
from onrecord.draft.sections import task_line
from onrecord.draft.transcript.names import is_person
from onrecord.markdown import parse_document
from onrecord.record import read_record
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.draft.transcript import Turn

MOST_MARKED, MOST = 40, 10  # that were marked, and that were said in passing
_VERBS = (
    "add|arrange|ask|benchmark|book|bring|build|call|change|check|clean|close|collect|compare|contact|coordinate|create|deploy|"
    "document|draft|email|evaluate|file|find out|finish|fix|follow up|get back|implement|inform|install|investigate|invite|"
    "look into|look at|measure|merge|migrate|move|open|order|organi[sz]e|ping|prepare|present|propose|provide|publish|raise|reach out|"
    "release|remove|rename|reply|report|research|review|rewrite|roll out|run|schedule|send|set up|share|sketch|start|submit|"
    "summari[sz]e|talk to|test|update|upgrade|verify|work out|write"
)
_NAME = r"@?[^\W\d_][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}"
_LEAD = re.compile(rf"\A(?P<name>{_NAME})(?:\s*(?::|->|→|[-–—](?=\s))|\s+(?:will|shall|to|must|should|is going to)\b)")
_DOES = re.compile(rf"\A(?P<name>{_NAME}(?: \([^()]{{1,40}}\))?) (?P<verb>[a-z]{{2,}}s)\b")  # "Bob orders …"
_NO_TASK = frozenset(("is", "was", "does", "says", "asks", "thinks", "wants", "wishes", "hopes", "knows", "needs"))
_OTHER = re.compile(
    rf"\b(?P<name>[^\W\d_a-z][\w'’-]{{0,60}}(?: [^\W\d_a-z][\w'’-]{{0,60}}){{0,2}})\s+will\s+(?:also\s+|then\s+)?(?:{_VERBS})\b"
)
_OWN = re.compile(rf"\bI(?:['’]ll| will|['’]m going to| am going to)\s+(?:also\s+|then\s+|just\s+)?(?:{_VERBS})\b")
_FIRST = re.compile(r"\bI\b(?!/)|\bI['’]|\b(?:me|my|mine|myself)\b")
_DOUBT = re.compile(r"\b(?:if|unless|would|could|might|maybe|perhaps|not|never)\b|n['’]t\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:by|due|until|before)\s+(?P<day>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b", re.IGNORECASE
)


class Assigned(NamedTuple):
    """A task with its proof. `task` is None where it cannot be written without naming a wrong person; `reason` says why nobody is named."""

    turn: Turn
    quote: str
    task: Task | None
    reason: str = ""
    who: str = ""


def tasks_of(
    actions: Sequence[tuple[Turn, str]], around: Sequence[Turn], participants: Sequence[str]
) -> list[Assigned]:
    """Return the tasks that were marked, and those said in passing in the turns around the decision, in order."""
    found = [assigned(turn, text, *owner_of(text, turn.speaker, participants)) for turn, text in actions[:MOST_MARKED]]
    marked = {turn.number for turn, _ in actions}
    passing = [one for turn in around if turn.number not in marked for one in _in_passing(turn, participants)]
    return sorted([*found, *passing[:MOST]], key=lambda one: one.turn.number)


def owner_of(text: str, speaker: str | None, participants: Sequence[str]) -> tuple[str, str]:
    """Return whose task a sentence says it is, else an empty name and the reason."""
    lead = _LEAD.match(text)
    if lead and lead["name"] not in ("I", "We", "Someone", "Somebody", "Everyone", "They", "It"):
        name = participant(lead["name"].lstrip("@"), participants)
        return (name, "") if name else ("", f"{lead['name']} is not among those who were there")
    does = _DOES.match(text)
    if does and does["verb"] not in _NO_TASK and (name := participant(does["name"].lstrip("@"), participants)):
        return name, ""
    if _FIRST.search(text):
        is_known = is_person(speaker) and speaker in participants
        return (speaker or "", "") if is_known else ("", "it says “I”, and nobody by name said it")
    return "", "nobody is named"


def participant(name: str, participants: Sequence[str]) -> str:
    """Return the participant of this name, or the only one with this part of a name; empty when there is none."""
    said = name.casefold()
    exact = [one for one in participants if one.casefold() == said]
    parts = [one for one in participants if said in one.casefold().split()]
    parts = parts or [one for one in participants if _words(said) == _words(one)]
    found = exact or parts
    return found[0] if len(found) == 1 else ""


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _in_passing(turn: Turn, participants: Sequence[str]) -> Iterator[Assigned]:
    if turn.speaker not in participants:
        return
    for sentence in re.split(r"(?<=[.?!])\s+", turn.text):
        if is_open(sentence) or len(sentence.split()) > 40 or _DOUBT.search(sentence):
            continue
        other = _OTHER.search(sentence)
        name = participant(other["name"], participants) if other else ""
        if not name and _OWN.search(sentence):
            name = turn.speaker or ""
        if name:
            yield assigned(turn, sentence, name, "")


def assigned(turn: Turn, text: str, name: str, reason: str) -> Assigned:
    """Return what was said as a task of this participant; an empty name is nobody's, with the reason."""
    due = _DUE.search(text)
    what = f"“{harmless(text)}” (turn {turn.number})"
    task = Task(what, harmless(name, 60), due["day"] if due else "")
    if task.who and _read(task) is None:  # a first name alone is no owner to a reader, and stands there for people
        task = Task(f"{task.who}: {what}", "", task.due)
    is_right = _read(task) in (task.who or None, None)
    return Assigned(
        turn, text, task if is_right else None, reason or ("" if is_right else "it reads as another person's"), name
    )


def _read(task: Task) -> str | None:
    """Return who a reader of the record takes for the owner of a task."""
    text = f"# A\n\n## Follow-ups\n\n{task_line(task)}\n"
    found = read_record(parse_document(text), "docs/decisions/0001-a.md", shipped()).follow_ups
    return found[0].who if found else None
