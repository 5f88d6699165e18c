"""`onrecord amend OLD NEW`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.deciding import add_common
from onrecord.cli.deciding_ties import tie

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the record that is amended: its number, path, or words of the title"
    )
    parser.add_argument("new", metavar="NEW", help="the record that amends it")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Write both sides; return the exit code."""
    return tie(options, "amends", options.new, options.old)
