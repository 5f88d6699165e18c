"""`onrecord coverage combine`: the JSON reports of many repositories as one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.common import say, screen, wants_color, write_out
from onrecord.cli.main import USAGE, UsageFault
from onrecord.coverage.combine import CombineFault, Failure, Part, combine, combined_json, read_part

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from onrecord.coverage.combine import Combined

FORMATS = ("text", "json", "markdown")
_ANY = ("coverage", "report")
_OWN = ("run", "output", "output_format")


def add_combine(parser: argparse.ArgumentParser) -> None:
    """Declare the word `combine` of `onrecord coverage`, which works without it as before."""
    from argparse import SUPPRESS

    words = parser.add_subparsers(metavar="[combine]", title="with another word")
    summary = "put the JSON reports of many repositories together: onrecord coverage combine REPORT…"
    sub = words.add_parser("combine", help=summary, description=summary, allow_abbrev=False)
    sub.add_argument("reports", nargs="+", metavar="REPORT", help="what onrecord coverage --output-format json wrote")
    sub.add_argument("--output-format", choices=FORMATS, default=SUPPRESS)  # what stands before the word stays
    sub.add_argument("--output", metavar="FILE", default=SUPPRESS, help="write to a file")
    sub.set_defaults(run=run_combine)


def run_combine(options: argparse.Namespace) -> int:
    """Read, add up and print; return the exit code. A file that cannot be read is said and listed, and the rest counts."""
    _verify(options)
    parts = [read_file(file) for file in dict.fromkeys(options.reports)]
    if faults := [f"{part.source}: {one.reason}" for part in parts for one in part.failed if not part.rows]:
        say(faults)
    found = combined(parts)
    if found.rows or not faults:
        show(found, options.output_format, options.output)
    return USAGE if faults else 0


def read_file(file: str) -> Part:
    """Return what a file holds; where it cannot be read, a failure under the file's name."""
    name = _name_of(Path(file))
    try:
        return read_part(json.loads(Path(file).read_bytes()), file, name)
    except CombineFault as fault:
        reason = str(fault).removeprefix(f"{file}: ")
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
    except (ValueError, RecursionError):
        reason = "this is not JSON"
    return Part(file, failed=(Failure(name, reason),))


def _name_of(file: Path) -> str:
    """Return what a report without a repository is called: by its file, or, where every one is called so, by its folder."""
    return file.stem if file.stem not in _ANY else file.absolute().parent.name or file.stem


def combined(parts: Iterable[Part]) -> Combined:
    """Put parts together; raises UsageFault where two do not go together."""
    try:
        return combine(parts)
    except CombineFault as fault:
        raise UsageFault(str(fault)) from fault


def show(found: Combined, output_format: str, output: str | None) -> None:
    """Write it to standard output or a file, as text, JSON or Markdown."""
    if output_format == "json":
        from onrecord.cli.coverage import as_json

        write_out(as_json(combined_json(found)), output)
        return
    from onrecord.render.coverage_combined import render_combined_markdown, render_combined_text

    if output_format == "markdown":
        write_out(render_combined_markdown(found), output)
    else:
        write_out(render_combined_text(found, screen(output), wants_color(output)), output)


def _verify(options: argparse.Namespace) -> None:
    """Refuse what would be left aside without a word."""
    if options.output_format not in FORMATS:
        raise UsageFault(f"--output-format {options.output_format}: coverage combine writes {', '.join(FORMATS)}")
    import argparse

    from onrecord.cli.coverage import add_arguments

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    default = vars(parser.parse_args([]))
    for name, value in vars(options).items():
        if name not in _OWN and name in default and value != default[name]:
            flag = f"--{name.replace('_', '-')}"
            raise UsageFault(
                f"{flag} does not go with coverage combine: what a report counts was settled when it was made"
            )
