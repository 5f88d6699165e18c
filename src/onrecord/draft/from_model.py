"""What a model adds to a draft: it points, and the words stay those of the speakers.

Each statement that holds (claims.py) is written as the sentence of the turn that its quote lies in, with who said it. What
the model says in words of its own is compared and not written; only the name of an alternative is taken over, and it has to
stand in the turn. What does not hold is left out, with the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from onrecord.draft.claims import Claim, Emptied, folded, verify
from onrecord.draft.content import Choice
from onrecord.draft.from_transcript import Said as Marked
from onrecord.draft.from_transcript import cited
from onrecord.draft.harmless import harmless
from onrecord.draft.tasks import Assigned, assigned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.draft.evidence import Window
    from onrecord.draft.from_transcript import Drafted
    from onrecord.draft.reply import Reply, Said
    from onrecord.draft.transcript import Transcript, Turn

MOST_OF_A_NAME = 80  # characters of an alternative
MOST_REASONS = 8  # that are told one by one
_SHOWN = {
    "decision": "the decision", "because": "why", "alternatives": "an alternative", "context": "the context",
    "consequences": "the consequences", "tasks": "a task",
}  # fmt: skip
_OPEN_DECISION = "the decision: "  # how from_transcript.py says that none was marked


def with_model(draft: Drafted, reply: Reply, title: str, transcript: Transcript, windows: Sequence[Window]) -> Drafted:
    """Return the draft with what holds of a reply, in places that were empty."""
    shown = {turn.number for window in windows for turn in window.turns}
    out = [
        f"{_SHOWN[part]}, as the model gave it: it is not of the shape that was asked for" for part in reply.left_out
    ]
    for said in reply.said:
        reason = "" if said.turn in shown else f"turn {said.turn} was not among those it was shown"
        reason = reason or _unproven(said, title, transcript)
        if reason:
            out.append(f"{_SHOWN[said.part]}, as the model gave it: {reason}")
        else:
            draft = _added(draft, said, transcript.turns[said.turn - 1])
    told = list(dict.fromkeys(out))
    rest = [f"{len(told) - MOST_REASONS} more statements of the model that do not hold"] * (len(told) > MOST_REASONS)
    return draft._replace(left_open=(*draft.left_open, *told[:MOST_REASONS], *rest))


def _unproven(said: Said, title: str, transcript: Transcript) -> str:
    """Return why a statement does not hold, empty when it does."""
    if said.part == "tasks":
        claim = Claim("follow_up_owner" if said.who else "task", said.who or said.quote, said.turn, said.quote)
    else:
        claim = Claim(said.part, said.text, said.turn, said.quote)
    found = verify(claim, transcript, transcript.participants, title)
    if isinstance(found, Emptied):
        return found.reason
    if said.part == "alternatives" and not (_stands_in(said.text, found.turn) and len(said.text) <= MOST_OF_A_NAME):
        return f"its name does not stand in turn {found.turn.number}"
    return ""


def _stands_in(name: str, turn: Turn) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(folded(name))}(?!\w)", folded(turn.text)))


def _added(draft: Drafted, said: Said, turn: Turn) -> Drafted:
    content, sentence = draft.content, sentence_around(said.quote, turn.text)
    if said.part == "tasks":
        return _with_task(draft, assigned(turn, sentence, said.who, "" if said.who else "nobody is named"))
    if said.part == "alternatives":
        names = {folded(choice.title) for choice in content.choices}
        choice = Choice(harmless(said.text, MOST_OF_A_NAME), "rejected", cited(sentence, turn))
        is_new = folded(choice.title) not in names
        return draft._replace(content=content._replace(choices=(*content.choices, choice))) if is_new else draft
    if getattr(content, said.part):
        return draft
    stands_above = draft.decision is not None and draft.decision.text == sentence
    told: dict[str, Any] = {said.part: cited(words_of(said.quote, sentence) if stands_above else sentence, turn)}
    draft = draft._replace(content=content._replace(**told))
    if said.part != "decision":
        return draft
    left = tuple(one for one in draft.left_open if not one.startswith(_OPEN_DECISION))
    return draft._replace(decision=Marked(turn, "decision", sentence), left_open=left)


def _with_task(draft: Drafted, one: Assigned) -> Drafted:
    """Add a task unless its turn has one already."""
    if one.turn.number in {known.turn.number for known in draft.tasks}:
        return draft
    reason = (f"who does it (turn {one.turn.number}): {one.reason}",) if one.reason else ()
    tasks = (*draft.content.tasks, one.task) if one.task else draft.content.tasks
    return draft._replace(
        content=draft.content._replace(tasks=tasks), tasks=(*draft.tasks, one), left_open=(*draft.left_open, *reason)
    )


def sentence_around(quote: str, text: str) -> str:
    """Return the whole sentences of a turn that a quote lies in: what it leaves out at either end may turn its meaning."""
    sentences, wanted = re.split(r"(?<=[.?!])\s+", text), folded(quote)
    for count in range(1, len(sentences) + 1):
        for at in range(len(sentences) - count + 1):
            if wanted in folded(run := " ".join(sentences[at : at + count])):
                return run
    return text


def words_of(quote: str, sentence: str) -> str:
    """Return the words of a sentence that a quote means, as they stand there; the sentence where they are not whole words."""
    words, wanted = sentence.split(), folded(quote)
    count = len(quote.split())
    runs = (" ".join(words[at : at + count]) for at in range(len(words)))
    return next((run for run in runs if folded(run).strip(".,;:!?") == wanted.strip(".,;:!?")), sentence)
