"""`onrecord parse`: the normalised record of each file, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, wants_color, write_out
from onrecord.cli.main import NOTHING, OUTSIDE, USAGE
from onrecord.cli.selection import select_files
from onrecord.record import record_facts
from onrecord.render.json_report import as_json

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders; default: the records git tracks below the current folder",
    )
    parser.add_argument("--output-format", choices=("json", "jsonl"), default="json")
    parser.add_argument("--explain", action="store_true", help="show part by part which line was read as what, and why")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Parse and print, one object a file in argument order; return the exit code."""
    root = repository()
    selection = select_files(options.paths, root, load_config(root, options.config), as_named=True)
    rows: list[dict[str, Any]] = [record_facts(file.record).value for file in selection.files]
    if options.explain:
        from onrecord.render.reading import render_reading

        text = "".join(render_reading(row, wants_color(options.output)) for row in rows)
    elif options.output_format == "jsonl":
        text = "".join(as_json(row, indent=None) for row in rows)
    else:
        text = as_json(rows)
    if rows or not selection.missing:
        write_out(text, options.output)
    say(f"{name}: no such file or folder" for name in selection.missing)
    say(f"{skipped.path}: not read: {skipped.reason}" for skipped in selection.skipped)
    if selection.missing:
        return USAGE
    if not rows:
        return OUTSIDE if selection.skipped else NOTHING
    return 0
