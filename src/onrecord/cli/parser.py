"""Calls as argparse reads them: help texts, mistakes, and whatever `PlainCall` leaves to it."""

from __future__ import annotations

import argparse
from importlib import import_module

from onrecord import __version__
from onrecord.cli.main import VERBS

TYPE_CHECKING = False  # a name that type checkers know; `typing` is not loaded for a help text
if TYPE_CHECKING:
    from typing import Any, NoReturn


class _Parser(argparse.ArgumentParser):
    """A parser whose errors may hold names of files, which strangers chose."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call, made harmless, and end."""
        from onrecord.render.safe import for_terminal

        super().error(for_terminal(message))


class _VerbParser(_Parser):
    """A parser of what stands behind a verb."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Let a misspelled flag be the error, and not what stands behind it, which would be taken for a file or a word.

        With a space in it, it is no flag, as for argparse: a title, a name, the words of a search.
        """
        given = list(args or ())
        names = (one.partition("=")[0] for one in given[: given.index("--") if "--" in given else None])
        flags = [name for name in names if name[:2] == "--" and " " not in name]
        if unknown := next((name for name in flags if name not in self._option_string_actions), ""):
            from onrecord.rules.model import nearest

            known = [flag for flag in self._option_string_actions if flag[:2] == "--"]
            self.error(f"unrecognized arguments: {unknown}{nearest(unknown, known, 0.6)}")
        return super().parse_known_args(args, namespace)


def parser_of(verb: str | None) -> argparse.ArgumentParser:
    """Build the parser of one verb; without one, a parser that knows all of them by name."""
    parser = _Parser(
        prog="onrecord",
        description="Put the decision on record: reads decision records and pull requests, and says what is missing.",
        epilog="Exit codes: 0 nothing to say, 1 findings, 2 wrong usage or configuration, 3 internal or outside error, 4 nothing was checked.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    # With a name, as argparse would format a help text to find it.
    verbs = parser.add_subparsers(metavar="VERB", prog="onrecord", parser_class=_VerbParser)
    if verb is None:
        for name, summary in VERBS.items():
            verbs.add_parser(name, help=summary, add_help=False, allow_abbrev=False)
        return parser
    sub = verbs.add_parser(verb, description=VERBS[verb], allow_abbrev=False)
    module = import_module(f"onrecord.cli.{verb.replace('-', '_')}")
    module.add_arguments(sub)
    sub.set_defaults(run=module.run)
    return parser
