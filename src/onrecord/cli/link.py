"""`onrecord link RECORD RECORD`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.deciding import add_common
from onrecord.cli.deciding_ties import tie

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("one", metavar="RECORD", help="a number (12, ADR-12, 0012), a path, or words of the title")
    parser.add_argument("other", metavar="RECORD", help="the record that it is related to")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Write both sides; return the exit code."""
    return tie(options, "relates_to", options.one, options.other)
