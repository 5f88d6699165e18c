"""`onrecord reject RECORD --by NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.deciding import add_common
from onrecord.cli.deciding_moves import settle

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("record", metavar="RECORD", help="a number (12, ADR-12, 0012), a path, or words of the title")
    parser.add_argument("--by", metavar="NAME", action="append", help="a person who decided; repeatable")
    parser.add_argument("--because", metavar="TEXT", help="why not, in one line")
    parser.add_argument("--date", metavar="DATE", help="the day of the decision (YYYY-MM-DD; default: today)")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Settle the record; return the exit code."""
    return settle(options, "rejected")
