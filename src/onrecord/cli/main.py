"""The command line: finds the verb, loads only that verb's code, and turns every failure into a sentence and a code.

Exit codes: 0 nothing to say at the chosen level; 1 findings at or above --fail-on; 2 wrong usage or configuration;
3 our fault or the outside world's; 4 nothing was checked.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from types import SimpleNamespace

TYPE_CHECKING = False  # a name that type checkers know; `typing` is not loaded for a help text
if TYPE_CHECKING:
    from typing import Any

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
_RECORDS = (".md", ".mdx", ".markdown", ".mdown")


# Objects before what is no longer used is looked for: most runs end sooner, and it takes a tenth of them.
YOUNG = 20_000


class UsageFault(Exception):
    """The call cannot be carried out as it was written; the message is for people."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    gc.set_threshold(YOUNG)
    arguments = [_as_file(one) for one in (sys.argv[1:] if argv is None else argv)]
    _make_output_safe()
    options: Any = None
    try:
        options = _options(arguments)
        if options is None:
            return USAGE if arguments else 0
        code = int(options.run(options))
        sys.stdout.flush()  # else a full disk would be found out when nobody can say so any more
        return code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        try:
            code = _explain(error, is_nudge=getattr(options, "fail_on", None) == "never")
        except OSError:
            if os.environ.get("ONRECORD_DEBUG"):
                raise
            code = OUTSIDE  # and nobody can be told why
        return 0 if code == OUTSIDE and getattr(options, "never_fails", False) else code


def _as_file(argument: str) -> str:
    """Return the name of a record that looks like a flag as a path: pre-commit hands over names as strangers wrote them.

    A Mac may spell “é” as two characters, which its disk takes for one; git does not, and reads its own arguments so too.
    """
    if sys.platform == "darwin" and not argument.isascii():
        from unicodedata import normalize

        argument = normalize("NFC", argument)
    is_name = argument.startswith("-") and argument.lower().endswith(_RECORDS) and os.path.lexists(argument)
    return f"./{argument}" if is_name else argument


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
    if (lines := _of_the_disk(error)) is not None:
        print(f"onrecord: {for_terminal(lines)}", file=sys.stderr)
        return OUTSIDE
    what = f"{type(error).__name__}: {error}"
    print(f"onrecord: internal error, please report it: {for_terminal(what)}", file=sys.stderr)
    print("onrecord: ONRECORD_DEBUG=1 shows where it happened", file=sys.stderr)
    return OUTSIDE


def _of_the_disk(error: Exception) -> str | None:
    """Return what is said of a file or an output that could not be read or written, None when it is something else."""
    from onrecord.adapters.write import Unwritable

    if isinstance(error, Unwritable):
        return str(error)
    if not isinstance(error, OSError) or not error.strerror:
        return None
    is_named = isinstance(error.filename, str | bytes)
    return f"{os.fsdecode(error.filename) if is_named else 'what was to be printed could not be'}: {error.strerror}"


def _options(arguments: list[str]) -> Any:
    """Return the values of a call's arguments and, as `run`, what carries it out; None when a help text was printed."""
    if arguments == ["--version"]:
        return SimpleNamespace(run=_print_version)
    verb = arguments[0] if arguments[:1] and arguments[0] in VERBS else None
    if verb and (options := _plain_options(verb, arguments[1:])):
        return options
    if arguments and not verb and not arguments[0].startswith("-"):
        from onrecord.rules.model import nearest

        raise UsageFault(
            f"“{arguments[0]}” is no verb{nearest(arguments[0], VERBS) or ';'} “onrecord --help” lists all"
        )
    from onrecord.cli.parser import parser_of

    parser = parser_of(verb)
    options = parser.parse_args(arguments)
    if hasattr(options, "run"):
        return options
    parser.print_help()
    return None


def _print_version(_options: Any) -> int:
    from onrecord import __version__

    print(f"onrecord {__version__}")
    return 0


def _plain_options(verb: str, words: list[str]) -> Any:
    """Return the same for a call that is plain enough, else None."""
    from onrecord.cli.plain_call import PlainCall

    call = PlainCall()
    module = import_module(f"onrecord.cli.{verb.replace('-', '_')}")
    try:
        module.add_arguments(call)
    except NotImplementedError:
        return None
    call.set_defaults(run=module.run)
    return call.read(words)


def _make_output_safe() -> None:
    """Print any text on any terminal: what its encoding cannot show is escaped, never an error. Closed streams are emptied."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for the whole run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file or a pipe of Windows would get the code page of its users, which no reader of JSON or Markdown expects.
            is_page = sys.platform == "win32" and "PYTHONIOENCODING" not in os.environ and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if is_page else None, errors="backslashreplace", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
