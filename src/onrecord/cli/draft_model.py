"""`onrecord draft --model`: a model points at what was said; what holds of it goes into the draft, and never fails it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from onrecord.adapters.model_route import ModelFault, ask, find_route
from onrecord.adapters.shipped import schema
from onrecord.cli.common import say
from onrecord.draft.from_model import with_model
from onrecord.draft.from_transcript import NOTICE
from onrecord.draft.prompt import draft_prompt
from onrecord.draft.reply import ReplyFault, read_reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.draft.evidence import Window
    from onrecord.draft.from_transcript import Drafted
    from onrecord.draft.transcript import Transcript

MODEL_NOTICE = f"{NOTICE}; a model chose the quotes"
MOST_OF_A_TURN = 2_000  # characters that are sent


def fill(draft: Drafted, title: str, transcript: Transcript, windows: Sequence[Window]) -> tuple[Drafted, str]:
    """Return the draft with what a model finds in the windows, and the notice for its top; the draft as it is on any failure."""
    turns = sorted({turn for window in windows for turn in window.turns})
    if not turns:
        say(["no model was asked: there are no turns to show it"])
        return draft, NOTICE
    form = schema("draft-reply")
    prompt = draft_prompt(title, ((turn.number, turn.speaker, turn.text[:MOST_OF_A_TURN]) for turn in turns), form)
    try:
        route = find_route(os.environ)
        say([f"asking {route.shown}: {len(turns)} of {len(transcript.turns)} turns, {prompt.size:,} characters"])
        filled = with_model(draft, read_reply(ask(route, prompt), form), title, transcript, windows)
    except (ModelFault, ReplyFault) as fault:
        say([f"the draft was made without a model: {fault}"])
        return draft, NOTICE
    if filled.content == draft.content:
        say(["the model found nothing that holds"])
        return filled, NOTICE
    return filled, MODEL_NOTICE
