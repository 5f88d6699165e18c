"""`onrecord supersede OLD NEW`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.deciding import add_common
from onrecord.cli.deciding_ties import supersede

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the record that is replaced: its number, path, or words of the title"
    )
    parser.add_argument("new", metavar="NEW", help="the record that replaces it")
    parser.add_argument("--partly", action="store_true", help="only a part is replaced: the old record stays in force")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Write both sides; return the exit code."""
    return supersede(options)
