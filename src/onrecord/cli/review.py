"""`onrecord review`: the upkeep queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_baseline, load_config, make_policy
from onrecord.check.config import severity_or_never
from onrecord.check.upkeep import REVIEW_RULES, Queue, queue_json, review
from onrecord.cli.check import add_policy_arguments
from onrecord.cli.common import (
    repository,
    say,
    screen,
    today,
    verify_looked_at,
    verify_rule_names,
    wants_color,
    write_out,
)
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.cli.selection import select_files
from onrecord.cli.status_line import StatusLine

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from onrecord.check import Config

DEFAULT_LIMIT = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only records in these files or folders")
    parser.add_argument(
        "--limit",
        type=_count,
        default=DEFAULT_LIMIT,
        metavar="N",
        help=f"show so many (default: {DEFAULT_LIMIT}; 0: all)",
    )
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument(
        "--model",
        action="store_true",
        help="also ask a model for wording fixes, and show those that hold as a diff (ONRECORD_MODEL_URL or ONRECORD_MODEL_COMMAND tells which model)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "notice", "never"),
        default="never",
        help="lowest severity that gives exit code 1 (default: never; they inform)",
    )
    add_policy_arguments(parser)
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")


def run(options: argparse.Namespace) -> int:
    """Print the queue; return the exit code."""
    if options.model and options.output_format != "text":
        raise UsageFault("--model shows a diff: --output-format does not go with it")
    root = repository()
    config = load_config(root, options.config)
    verify_rule_names(options, root, config)
    verify_looked_at(options, lambda rule: rule in REVIEW_RULES)
    queue, missing = _watched(root, config, options)
    if missing:
        say(f"{name}: no such file or folder" for name in missing)
        return USAGE
    if not queue.records:
        where = f"in {', '.join(options.paths)}" if options.paths else "here; “onrecord init” helps to begin"
        say([f"no decision record was found {where}"])
        return NOTHING
    write_out(_render(queue, options) + _proposed(queue, root, config, options), options.output)
    level = severity_or_never(options.fail_on)
    return 1 if level is not None and queue.worst() >= level else 0


def _watched(root: Path, config: Config, options: argparse.Namespace) -> tuple[Queue, list[str]]:
    """Return what `make_queue` does, and tell on a terminal how far it is: a long history takes its time."""
    line = StatusLine()
    try:
        return make_queue(
            root,
            config,
            options.paths,
            today(options),
            options.select,
            options.ignore,
            lambda count, day: line.show(f"{count:,} commits read, back to {day}"),
        )
    finally:
        line.end()


def make_queue(
    root: Path,
    config: Config,
    paths: list[str],
    day: str,
    select: str | None = None,
    ignore: str | None = None,
    tell: Callable[[int, str], None] = lambda _count, _day: None,
) -> tuple[Queue, list[str]]:
    """Return the upkeep queue of the repository at `root`, and the paths that could not be found.

    The whole log is read whatever `paths` are, because a citation may name any of it. `tell` hears how many commits of
    the history were read, and the day of the last.
    """
    from onrecord.adapters.citing import citing_lines
    from onrecord.adapters.upkeep import read_past

    policy = make_policy(root, config, select, ignore)
    chosen = select_files(paths, root, config)
    files = [file for file in chosen.files if file.record.kind == "record"]
    if not files or chosen.missing:
        return Queue((), (), 0, day), chosen.missing
    records = [file.record for file in files]
    documents = {file.record.path: file.document for file in files}
    past, note = read_past(root, records, documents, day, tell)
    citing = () if paths else citing_lines(root, {record.path for record in records})
    return review(files, past, policy, day, citing, load_baseline(root, config), note), []


def _proposed(queue: Queue, root: Path, config: Config, options: argparse.Namespace) -> str:
    """Return a diff of wording fixes, empty unless a model was asked for them."""
    if not options.model:
        return ""
    from onrecord.cli.review_model import proposed

    diff = proposed(queue, root, config, options.limit, options.output)
    return f"\n{diff}" if diff else ""


def _render(queue: Queue, options: argparse.Namespace) -> str:
    from onrecord.render.json_report import as_json
    from onrecord.render.review import render_review_markdown, render_review_text

    if options.output_format == "json":
        return as_json(queue_json(queue, options.limit))
    if options.output_format == "markdown":
        return render_review_markdown(queue, options.limit)
    return render_review_text(queue, options.limit, screen(options.output), wants_color(options.output))


def _count(text: str) -> int:
    if not text.isdigit():
        raise UsageFault(f"--limit {text}: a whole number is needed, 0 for all")
    return int(text)
