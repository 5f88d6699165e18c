"""What was found in a transcript, as JSON: for a program or a model that writes from it, and from nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord.draft.from_transcript import marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.draft.evidence import Window
    from onrecord.draft.from_transcript import Drafted
    from onrecord.draft.transcript import Transcript, Turn


def draft_json(title: str, transcript: Transcript, windows: Sequence[Window], draft: Drafted | None) -> str:
    """Return the windows with their turns and quotes, what was marked, and what became of it."""
    decision = draft.decision if draft else None
    return json.dumps({
        "title": title,
        "format": transcript.form,
        "turns": len(transcript.turns),
        "participants": list(transcript.participants),
        "windows": [_window(window) for window in windows],
        "marked": [{"kind": one.kind, **_place(one.turn), "quote": one.text} for one in marks_of(transcript)],
        "decision": {**_place(decision.turn), "quote": decision.text} if decision else None,
        "follow_ups": [{"who": one.who or None, **_place(one.turn), "quote": one.quote} for one in (draft.tasks if draft else ())],
        "left_open": list(draft.left_open) if draft else [],
        "problems": [one._asdict() for one in transcript.problems],
    }, ensure_ascii=False, indent=2) + "\n"  # fmt: skip


def _window(window: Window) -> dict[str, Any]:
    return {
        "score": window.score,
        "turns": [{**_place(turn), "text": turn.text} for turn in window.turns],
        "quotes": [{**_place(one.turn), "quote": one.text, "is_cue": one.is_cue} for one in window.quotes],
    }


def _place(turn: Turn) -> dict[str, Any]:
    return {"turn": turn.number, "speaker": turn.speaker, "start": turn.start}
