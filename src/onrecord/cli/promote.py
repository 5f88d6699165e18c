"""`onrecord promote`: a decision that a pull request or a commit states becomes a record, in the author's own words."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, today, wants_color, write_out
from onrecord.cli.main import NOTHING
from onrecord.cli.new import write_new
from onrecord.cli.new_text import place_of
from onrecord.cli.pr import add_source_arguments
from onrecord.cli.promote_record import back_link, look_up, make_text
from onrecord.cli.promote_source import read_source
from onrecord.draft.shapes import SHAPES
from onrecord.record import parse_record
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.check import Config
    from onrecord.cli.new_text import LogAround
    from onrecord.draft.content import Content

REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add_source_arguments(parser)
    parser.add_argument("--commit", metavar="REV", help="read the message of a commit instead")
    parser.add_argument("--dialect", choices=tuple(SHAPES), help="default: that of the repository, else brief")
    parser.add_argument("--folder", metavar="FOLDER", help="where to put it (default: beside the other records)")
    parser.add_argument("--output", metavar="FILE", help="write to this new file; “-” prints it")
    parser.add_argument("--diff", action="store_true", help="show what would be written, and write nothing")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument("--config", metavar="FILE", help="configuration file")
    parser.set_defaults(template=None)


def run(options: argparse.Namespace) -> int:
    """Write the record, or say why there is none to write; return the exit code."""
    root = repository()
    config = load_config(root, options.config)
    source = read_source(options, root)
    if source is None:
        say([f"{options.event}: no pull request in this event"])
        return NOTHING
    day = today(options)
    found = look_up(source, root, config, day, by_title=True)  # whoever names it says that it decides something
    is_shown = options.output == "-" or options.diff
    if found.content is None:
        if found.state == "refused" or is_shown:
            say([found.sentence])
        else:
            print(for_terminal(f"{found.sentence}.{'' if found.state == 'known' else ' Nothing to do.'}"))
        return REFUSED if found.state == "refused" else 0
    say(found.notes)
    if is_shown:
        return _show(options, found.log, found.content)
    path, number = write_record(options, found.log, found.content)
    for line in _told(path, number, found.content, root, config, options):
        print(for_terminal(line))
    return 0


def write_record(options: argparse.Namespace, log: LogAround, content: Content) -> tuple[str, str]:
    """Write the record; return its path, and its number where it has one."""
    path = write_new(options, log, content, content.date, lambda form: make_text(options, log, content, form))
    return path, parse_record((log.root / path).read_text("utf-8"), path, log.vocabulary).number or ""


def _show(options: argparse.Namespace, log: LogAround, content: Content) -> int:
    form = place_of(options, log, content, content.date)
    text = make_text(options, log, content, form)
    if options.diff:
        from onrecord.render.diff import FileChange, render_diff

        text = render_diff(
            [FileChange(form.path, form.path, "", text, is_new=True)], wants_color(None), sys.stdout.isatty()
        )
    write_out(text, None)
    return 0


def _told(
    path: str, number: str, content: Content, root: Path, config: Config, options: argparse.Namespace
) -> list[str]:
    from onrecord.cli.new_told import is_elsewhere, told

    lines = told(path, content, root, config, options)
    for pull in () if is_elsewhere(path) else content.pulls[:1]:
        lines += [f"Add this line to the description of {pull}:", f"  {back_link(path, number)}"]
    return lines
