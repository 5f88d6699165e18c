"""`onrecord review --model`: wording for stale records, proposed by a model, verified, and shown as a diff."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import RST, Unreadable, decode, read_as_records, read_bytes
from onrecord.adapters.model_route import ModelFault, Route, ask, find_route
from onrecord.adapters.templates import Templates
from onrecord.cli.common import say, vocabulary_of, wants_color
from onrecord.draft.rewording import Shown, reworded, rewording_prompt, shown
from onrecord.render.diff import FileChange, render_diff

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.check import Config, ReadFile
    from onrecord.check.upkeep import Entry, Queue
    from onrecord.draft.prompt import Prompt
    from onrecord.record import DecisionRecord

# Only a person can answer these: whose it is, and whether it is decided.
_NOT_WORDING = ("owner-gone", "follow-up-unassigned", "follow-up-overdue", "decide-by-passed", "proposal-stuck")


class _Question(NamedTuple):
    """A record whose wording may be mended: its file's text, and what is asked."""

    path: str
    text: str
    lines: Shown
    findings: tuple[str, ...]
    prompt: Prompt


def proposed(queue: Queue, root: Path, config: Config, limit: int, output: str | None) -> str:
    """Return what a model proposes for the first records of the queue as a diff, empty when there is nothing; never raises.

    What was asked, and what was not taken over, is said on standard error.
    """
    templates = Templates(vocabulary_of(config), root)
    questions = [one for entry in queue.entries[: limit or None] if (one := _question(entry, root, templates))]
    if not questions:
        say(["no model was asked: nothing here is a matter of wording"])
        return ""
    changes: list[FileChange] = []
    try:
        route = find_route(os.environ)
        size = sum(one.prompt.size for one in questions)
        say([f"asking {route.shown} about {len(questions)} of the records: {size:,} characters"])
        for one in questions:
            changes += _changes(one, route, root, templates)
    except ModelFault as fault:
        say([f"no model was asked, or it gave no answer: {fault}"])
    on_screen = output is None and sys.stdout.isatty()
    return render_diff(changes, wants_color(output), on_screen)


def _question(entry: Entry, root: Path, templates: Templates) -> _Question | None:
    """Return what to ask about a record; None when wording cannot help, or it is not a Markdown file that holds only it."""
    path = entry.standing.record.path
    findings = tuple(f"{one.message}. {one.help}" for one in entry.findings if one.rule not in _NOT_WORDING)
    if not findings or path.lower().endswith(RST):
        return None
    try:
        text = read_bytes(root / path, root).decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        return None
    files = _read(text, path, root, templates)
    if len(files) != 1 or len(text.split("\n")) != len(files[0].document.lines):
        return None
    lines = shown(files[0])
    if not lines.lines:
        return None
    return _Question(path, text, lines, findings, rewording_prompt(files[0].record, lines, findings))


def _changes(one: _Question, route: Route, root: Path, templates: Templates) -> list[FileChange]:
    def read(text: str) -> list[DecisionRecord]:
        return [file.record for file in _read(text, one.path, root, templates)]

    after = reworded(ask(route, one.prompt), one.text, one.lines, one.findings, read)
    say(f"{one.path}{f':{line}' if line else ''}: left out, {reason}" for line, reason in after.refused)
    return [FileChange(one.path, one.path, one.text, after.text)] if after.text != one.text else []


def _read(text: str, path: str, root: Path, templates: Templates) -> list[ReadFile]:
    return read_as_records(decode(text.encode()), path, path, templates.for_file(root / path))
