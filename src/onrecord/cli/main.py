"""The command line: finds the verb, loads only that verb's code, and turns every failure into a sentence and a code.

Exit codes: 0 nothing to say at the chosen level; 1 findings at or above --fail-on; 2 wrong usage or configuration;
3 our fault or the outside world's; 4 nothing was checked.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from onrecord import __version__

VERBS = {
    "check": "Check decision records and print findings.",
    "parse": "Print the normalised record of each file as JSON.",
    "list": "List the decision records, filtered and in order.",
    "show": "Show one record at a glance: the decision, its rivals, its owner, and what it is tied to.",
    "search": "Search the decision records, best match first.",
    "mcp": "Serve the decision log to a coding assistant (Model Context Protocol, read-only; needs onrecord[mcp]).",
    "index": "Say whether the list of records in an index file is up to date, or rewrite it.",
    "graph": "Draw which record replaces, amends or relates to which.",
    "pr": "Read a pull request from its event file and say what is missing.",
    "explain": "Explain a rule, with examples.",
    "rules": "List all rules.",
    "why": "Find the decisions behind a file, a folder or a line.",
    "review": "Show the few records that most need a human now, and why.",
    "touch": "Say that a record is still true: writes date and name into it.",
    "schema": "Print a JSON Schema: of a record, a pull request, the configuration, or what a verb prints.",
    "commit-msg": "As git's hook of that name: ask for the decision when a commit's files do.",
    "prepare-commit-msg": "As git's hook of that name: hint at it in the editor.",
    "new": "Write a new decision record, in the repository's own form.",
    "migrate": "Move decision records to another dialect, with nothing dropped.",
    "promote": "Make a record of the decision that a pull request or a commit states, in the author's own words.",
    "accept": "Accept a record: writes status, date and who decided.",
    "reject": "Reject a proposed record.",
    "deprecate": "Retire a record that nothing takes the place of.",
    "supersede": "Say in both records that one replaces the other.",
    "amend": "Say in both records that one amends the other.",
    "link": "Say in both records that they are related.",
    "draft": "Write a proposed record from a transcript: what was said about a decision that you name.",
    "agenda": "Make a page for the meeting that decides a proposed record.",
    "init": "Propose settings, workflow, hooks and a template section; write them once that is agreed to.",
    "calibrate": "Count how often each trigger would have fired over the last merged pull requests.",
    "coverage": "Count how much of what was decided is on record, and list what is missing.",
    "survey": "Make the coverage reports of many clones at once, and put them together (--workers needs onrecord[cluster]).",
    "baseline": "Write today's findings to a baseline, so that only new ones are reported.",
    "action": "Run as the GitHub Action (reads the runner's environment).",
}
USAGE, OUTSIDE, NOTHING = 2, 3, 4


class UsageFault(Exception):
    """The call cannot be carried out as it was written; the message is for people."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _make_output_safe()
    options = argparse.Namespace()
    try:
        parser = _parser(arguments[0] if arguments[:1] and arguments[0] in VERBS else None)
        options = parser.parse_args(arguments)
        if not hasattr(options, "run"):
            parser.print_help()
            return USAGE if arguments else 0
        return int(options.run(options))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        code = _explain(error, is_nudge=getattr(options, "fail_on", None) == "never")
        return 0 if code == OUTSIDE and getattr(options, "never_fails", False) else code


def _explain(error: Exception, is_nudge: bool) -> int:
    """Say what went wrong and return its code; a nudge never fails, not even on a typo in the configuration."""
    from onrecord.adapters.git import GitError
    from onrecord.adapters.github_faults import GitHubError
    from onrecord.check import ConfigFault
    from onrecord.render.safe import for_terminal

    if isinstance(error, UsageFault | ConfigFault):
        print(f"onrecord: {for_terminal(str(error))}", file=sys.stderr)
        return 0 if is_nudge and isinstance(error, ConfigFault) else USAGE
    if isinstance(error, GitError | GitHubError):
        where = "git" if isinstance(error, GitError) else "GitHub"
        print(f"onrecord: {where}: {for_terminal(str(error))}", file=sys.stderr)
        return OUTSIDE
    if os.environ.get("ONRECORD_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"
    print(f"onrecord: internal error, please report it: {for_terminal(what)}", file=sys.stderr)
    print("onrecord: ONRECORD_DEBUG=1 shows where it happened", file=sys.stderr)
    return OUTSIDE


def _parser(verb: str | None) -> argparse.ArgumentParser:
    """Build the parser of one verb; without one, a parser that knows all of them by name."""
    parser = argparse.ArgumentParser(
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


def _make_output_safe() -> None:
    """Print any text on any terminal: what its encoding cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
