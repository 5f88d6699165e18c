"""Calls as argparse reads them: help texts, mistakes, and whatever `PlainCall` leaves to it."""

from __future__ import annotations

import argparse
from importlib import import_module

from onrecord import __version__
from onrecord.cli.main import VERBS

TYPE_CHECKING = False  # a name that type checkers know; `typing` is not loaded for a help text
if TYPE_CHECKING:
    from typing import NoReturn


class _Parser(argparse.ArgumentParser):
    """A parser whose errors may hold names of files, which strangers chose."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call, made harmless, and end."""
        from onrecord.render.safe import for_terminal

        super().error(for_terminal(message))


def parser_of(verb: str | None) -> argparse.ArgumentParser:
    """Build the parser of one verb; without one, a parser that knows all of them by name."""
    parser = _Parser(
        prog="onrecord",
        description="Put the decision on record: reads decision records and pull requests, and says what is missing.",
        epilog="Exit codes: 0 nothing to say, 1 findings, 2 wrong usage or configuration, 3 internal or outside error, 4 nothing was checked.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", prog="onrecord")  # else argparse formats a help text to find its name
    if verb is None:
        for name, summary in VERBS.items():
            verbs.add_parser(name, help=summary, add_help=False, allow_abbrev=False)
        return parser
    sub = verbs.add_parser(verb, description=VERBS[verb], allow_abbrev=False)
    module = import_module(f"onrecord.cli.{verb.replace('-', '_')}")
    module.add_arguments(sub)
    sub.set_defaults(run=module.run)
    return parser
