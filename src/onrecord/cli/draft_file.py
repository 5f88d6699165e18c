"""The file of a draft: in the form of its neighbors, sealed, and what it says in the end."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, NamedTuple

from onrecord.cli.common import say, vocabulary_of
from onrecord.cli.main import UsageFault
from onrecord.cli.new import write_new
from onrecord.cli.new_text import look_at_log, place_of, text_for
from onrecord.cli.selection import select_untracked_too
from onrecord.draft.from_transcript import NOTICE, finished
from onrecord.draft.questions import QUESTIONS
from onrecord.record.vocabulary import fold
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from onrecord.check import Config
    from onrecord.cli.new_text import Form, LogAround
    from onrecord.draft.content import Content

_OPEN = {"decision": "the decision", "choices": "instead of what", "because": "why", "decision_makers": "who decides"}


class Sources(NamedTuple):
    """What stands in a draft beside its content: the evidence, what was left open and why, and the notice on top."""

    evidence: str = ""
    left_open: tuple[str, ...] = ()
    notice: str = NOTICE


def put(content: Content, sources: Sources, options: argparse.Namespace, root: Path, config: Config, day: str) -> int:
    """Write the draft, or print it, and tell; return the exit code."""
    around = look_at_log(select_untracked_too(root, config), root, config, vocabulary_of(config))
    if sources.evidence and not options.output and (twin := _of_title(content.title, around)):
        raise UsageFault(f"{twin} has this title already; --output FILE writes one more, --title names it otherwise")
    if options.output == "-":
        sys.stdout.write(_text(content, sources, options, around, place_of(options, around, content, day)))
        _tell(content, sources, "")
        return 0
    path = write_new(options, around, content, day, lambda form: _text(content, sources, options, around, form))
    print(for_terminal(path))
    _tell(content, sources, path)
    return 0


def _of_title(title: str, around: LogAround) -> str:
    """Return the path of a record of this title that is there already."""
    return next((one.record.path for one in around.files if fold(one.record.title or "") == fold(title)), "")


def _text(content: Content, sources: Sources, options: argparse.Namespace, around: LogAround, form: Form) -> str:
    made = text_for(options, around, content, form)
    say(made.notes)
    questions = [] if content.decision_makers else [QUESTIONS["decision_makers"]]
    return finished(made.text, sources.evidence, sources.notice, questions)


def _tell(content: Content, sources: Sources, path: str) -> None:
    """Say on standard error, for it is no result, what is in the draft and what is not."""
    told: Sequence[str] = [word for name, word in _OPEN.items() if not getattr(content, name)]
    lines = [f"{sources.notice}; status: proposed."]
    if told:
        lines.append(f"Still open: {', '.join(told)}. The questions stand in the text.")
    lines += [f"Left open: {one}" for one in sources.left_open]
    if path:
        lines.append(f"Next: fill in what was left open, then onrecord check {shlex.quote(path)}")
    say(lines)
