"""`onrecord new "Use Redis for sessions"`: a record with what is known, in the form of its neighbours."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.apply import alone_in
from onrecord.adapters.new_file import create, open_editor
from onrecord.adapters.settings import load_config
from onrecord.adapters.write import DiskFault, Unwritable
from onrecord.cli.common import repository, say, today, vocabulary_of
from onrecord.cli.main import UsageFault
from onrecord.cli.new_ask import ask
from onrecord.cli.new_content import content_of
from onrecord.cli.new_text import look_at_log, place_of, text_for
from onrecord.cli.selection import select_untracked_too
from onrecord.draft.shapes import SHAPES
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from onrecord.check import Config
    from onrecord.cli.new_text import Form, LogAround
    from onrecord.cli.selection import Selection
    from onrecord.draft.content import Content

TRIES = 20  # somebody else writes records at the same moment, and without a lock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("title", metavar="TITLE", help="the decision in a few words: “Use Redis for sessions”")
    say_what = parser.add_argument_group("what is known (the rest is asked for in a terminal, or left as questions)")
    for flag, metavar, text in (
        ("--decision", "TEXT", "what is decided, in one sentence"),
        ("--because", "TEXT", "why this one"),
        ("--context", "TEXT", "what made a decision necessary"),
        ("--consequences", "TEXT", "what gets easier, and what harder"),
        ("--none-considered", "REASON", "why there was no alternative"),
        ("--decide-by", "DATE", "until when it is decided (YYYY-MM-DD)"),
        ("--review-by", "DATE", "when it is looked at again (YYYY-MM-DD)"),
    ):
        say_what.add_argument(flag, metavar=metavar, help=text)
    for flag, metavar, text in (
        ("--instead-of", "OPTION", "an alternative that was considered; repeatable"),
        ("--decider", "NAME", "a person who decides; repeatable"),
        ("--consulted", "NAME", "who has input; repeatable"),
        ("--informed", "NAME", "who is told; repeatable"),
        ("--follow-up", "TASK", "who does what next: “Ann Lee: order it (due 2026-12-05)”; repeatable"),
        ("--scope", "GLOB", "files that it governs; repeatable"),
        ("--supersedes", "RECORD", "a record that it replaces: its number or path; repeatable"),
        ("--relates-to", "RECORD", "a record that it is related to; repeatable"),
    ):
        say_what.add_argument(flag, metavar=metavar, action="append", default=[], help=text)
    say_what.add_argument("--status", choices=("proposed", "draft"), default="proposed", help="default: proposed")
    parser.add_argument("--dialect", choices=tuple(SHAPES), help="default: that of the repository, else brief")
    parser.add_argument("--template", metavar="FILE", help="a form to fill (default: the repository's own)")
    parser.add_argument("--folder", metavar="FOLDER", help="where to put it (default: beside the other records)")
    parser.add_argument("--output", metavar="FILE", help="write to this new file; “-” prints it")
    parser.add_argument("--edit", action="store_true", help="open it in the editor that git uses")
    parser.add_argument("--no-input", action="store_true", help="ask nothing, in a terminal neither")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Write the record and say where it is, what it lacks and what comes next; return the exit code."""
    if options.dialect and options.template:
        raise UsageFault("--dialect and --template both name a form: one of them will do")
    root = repository()
    config = load_config(root, options.config)
    day = today(options)
    everything = select_untracked_too(root, config)
    log = look_at_log(everything, root, config, vocabulary_of(config))
    content, is_typed = content_of(options, log, day), False
    if not options.no_input and options.output != "-" and sys.stdin.isatty() and sys.stdout.isatty():
        try:
            content, is_typed = ask(content, log.vocabulary, root), True
        except (KeyboardInterrupt, EOFError):
            print("\nNothing was written.")
            return 130
    if options.output == "-":
        form = place_of(options, log, content, day)
        sys.stdout.write(_text(options, log, content, form, is_typed))
        return 0
    path = write_new(options, log, content, day, lambda form: _text(options, log, content, form, is_typed))
    if options.edit and (fault := open_editor(root / path, root)):
        say([f"{fault}; the record is there all the same"])
    _tell(path, content, everything, root, config, options)
    return 0


def write_new(
    options: argparse.Namespace, log: LogAround, content: Content, day: str, text_of: Callable[[Form], str]
) -> str:
    """Choose a number and write, alone in this clone: two runs at once get two numbers. Return the path."""
    root = log.root
    with alone_in(root, lambda: say(["another run is writing here; waiting for it"])):
        for _ in range(TRIES):
            form = place_of(options, log, content, day)
            text = text_of(form)
            try:
                done = create(root / form.path, root, text)
            except DiskFault as error:
                raise Unwritable(f"{form.path}: {error}") from error
            except Unwritable as error:
                raise UsageFault(f"{form.path}: {error}") from error
            if done:
                return form.path
            if options.output or not form.number:
                raise UsageFault(f"{form.path} is there already; another title or --output names another file")
    raise UsageFault(f"{form.path} is there already")


def _text(options: argparse.Namespace, log: LogAround, content: Content, form: Form, is_typed: bool) -> str:
    """Return the record's text; what was just typed is never thrown away, even where it would be read as something else."""
    made = text_for(options, log, content, form)
    say(made.notes)
    if made.lost:
        parts = ", ".join(name.replace("_", " ") for name in made.lost)
        if is_typed:
            say([f"what was said as {parts} would not be read back as it was entered; please look at it in the file"])
            return made.text
        others = [name for name in SHAPES if name != options.dialect]
        raise UsageFault(
            f"what was said as {parts} would not be read back as it was entered; nothing was written. Shorter words help,"
            f" or another form (--dialect {', '.join(others)})"
        )
    return made.text


def _tell(
    path: str, content: Content, everything: Selection, root: Path, config: Config, options: argparse.Namespace
) -> None:
    from onrecord.cli.new_told import told

    for line in told(path, content, root, config, options, everything):
        print(for_terminal(line))
