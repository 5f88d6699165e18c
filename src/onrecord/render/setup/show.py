"""What a person sees before anything is written: what was found, and every change as a unified diff."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from onrecord.render.safe import for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.log.homes import Home, Homes

_COLORS = {"+": "32", "-": "31", "@": "36"}
_DIALECTS = {
    "madr-2": "MADR 2",
    "madr-3": "MADR 3",
    "madr-4": "MADR 4",
    "structured-madr": "structured MADR",
    "nygard": "Nygard",
    "log4brains": "Log4brains",
    "cosmos": "Cosmos",
    "y-statement": "Y-statements",
    "tyree-akerman": "Tyree–Akerman",
    "edc": "decision and rationale",
    "custom": "a form of its own",
}
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
}


class Outcome(NamedTuple):
    """What was written, by the names of the pieces, and what the next steps depend on; empty texts: not known."""

    written: tuple[str, ...]
    has_records: bool
    branch: str
    repository: str
    commit_hooks: bool


class Proposal(NamedTuple):
    """One file as it would be: its path in the repository, and its text before (None: there is no such file) and after."""

    path: str
    before: str | None
    after: str


def render_homes(homes: Homes) -> list[str]:
    """Return a line for each folder of records, and one for the files elsewhere that read like records."""
    lines = [_home(home) for home in homes.homes]
    if homes.strays:
        names = ", ".join(for_terminal(stray.path) for stray in homes.strays[:3])
        more = f" and {counted(len(homes.strays) - 3, 'more')}".removesuffix("s") if len(homes.strays) > 3 else ""
        lines.append(f"Elsewhere, and like a record: {names}{more}.")
    return lines or ["No decision record was found yet."]


def _home(home: Home) -> str:
    details = [*(_DIALECTS.get(name, name) for name in home.dialects[:3])]
    details += [_LANGUAGES.get(code, code) for code in home.languages[:3]]
    details += [home.numbering] if home.numbering else []
    return f"{for_terminal(home.folder or '.')}: {counted(home.size, 'record')} ({', '.join(details)})"


def render_diff(proposals: Iterable[Proposal], color: bool = False) -> str:
    """Return the changes as one unified diff, harmless on a terminal."""
    return "".join(_paint(line, color) + "\n" for proposal in proposals for line in _diff(proposal))


def _diff(proposal: Proposal) -> Iterable[str]:
    before = [] if proposal.before is None else _lines(proposal.before)
    old = "/dev/null" if proposal.before is None else f"a/{proposal.path}"
    return unified_diff(before, _lines(proposal.after), old, f"b/{proposal.path}", lineterm="")


def _lines(text: str) -> list[str]:
    """Return the lines without their ends: those are kept as they are, and an escape on each would be noise."""
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _paint(line: str, color: bool) -> str:
    shown = for_terminal(line)
    code = "1" if line.startswith(("+++ ", "--- ")) else _COLORS.get(line[:1])
    return f"\x1b[{code}m{shown}\x1b[0m" if color and code else shown


def next_steps(outcome: Outcome) -> list[str]:
    """Return what is left to do, one sentence a line."""
    steps = []
    if "config" in outcome.written:
        place = f" (https://github.com/{outcome.repository}/labels)" if outcome.repository else ""
        steps.append(f"The label “decision” has to exist{place}, or take another one.")
    if "pre-commit" in outcome.written:
        types = " -t pre-commit -t commit-msg" if outcome.commit_hooks else ""
        steps.append(f"“pre-commit install{types}” lets the hooks run in a clone.")
    if outcome.has_records:
        steps.append("“onrecord check” tells what the records lack today, “onrecord baseline” takes that as known.")
    if {"workflow", "template"} & set(outcome.written):
        target = f" to {outcome.branch}" if outcome.branch else ""
        steps.append(f"A pull request with these files{target} is the first one that is read.")
    return [for_terminal(step) for step in steps]


def pin_hint(unpinned: str) -> str:
    """Return how to pin an Action that is written as `owner/name@tag`."""
    repository, _, tag = unpinned.partition("@")
    return (
        f"The workflow names the Action by its tag: this installation does not know the commit of {tag}.\n"
        f"To pin it, --action-ref {repository}@COMMIT takes the last line of\n"
        f"    git ls-remote https://github.com/{repository} {tag} '{tag}^{{}}'"
    )
