"""`onrecord init`: propose what a repository needs to start, show it, and write it once somebody has agreed."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from onrecord import __version__
from onrecord.adapters.apply import alone_in
from onrecord.adapters.release import REPOSITORY, Release, our_release
from onrecord.adapters.settings import load_config, words_of
from onrecord.adapters.shipped import schema
from onrecord.adapters.survey import PRE_COMMIT, Survey, look_around
from onrecord.adapters.write import DiskFault, Unwritable, read_before, replace_file, tidy
from onrecord.cli.common import repository, say, today, vocabulary_of, wants_color
from onrecord.cli.main import UsageFault
from onrecord.render import setup
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from onrecord.check import Config
    from onrecord.render.setup import Proposal

CONFIG = ".github/onrecord.yml"
WORKFLOW = ".github/workflows/onrecord.yml"
TEMPLATE = ".github/pull_request_template.md"
_ACTION = re.compile(r"(?P<repository>[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)@(?P<commit>[0-9a-f]{40})\Z")
_ELSEWHERE = ("gitlab", "bitbucket", "codeberg", "gitea", "dev.azure")  # hosts that are not GitHub, under any domain


class Situation(NamedTuple):
    """All that a piece may depend on."""

    root: Path
    config: Config
    found: Survey
    release: Release
    options: argparse.Namespace
    day: str

    def before(self, path: str) -> str | None:
        """Return the text that stands at a path, None when there is none; raises UsageFault if it cannot be kept."""
        try:
            content = read_before(self.root / path, self.root)
            return None if content is None else content.decode()
        except (Unwritable, UnicodeDecodeError) as error:
            reason = error if isinstance(error, Unwritable) else "it is not UTF-8"
            raise UsageFault(f"{path}: {reason}; --only names the pieces to do without it") from error


class Piece(NamedTuple):
    """What becomes of one piece: a file as it would be, or why there is none, with a text to paste by hand."""

    proposal: Proposal | None = None
    there: str = ""
    reason: str = ""
    paste: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--only", metavar="PIECES", help=f"propose these only, comma-separated: {', '.join(PIECES)}")
    parser.add_argument(
        "--no-comment",
        dest="comment",
        action="store_false",
        help="let the workflow only read: its summary says what is missing, no comment does",
    )
    parser.add_argument(
        "--commit-hooks", action="store_true", help="add the hook that looks at the commit message, too"
    )
    parser.add_argument(
        "--action-ref",
        metavar="OWNER/NAME@COMMIT",
        help="the Action to use, with the commit of this version's release (40 hexadecimal digits)",
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.epilog = "Shows every change first. Without a terminal and without --yes, nothing is written."


def run(options: argparse.Namespace) -> int:
    """Look around, show what would be written, and write it if that is wanted; return the exit code."""
    names = _wanted(options.only)
    root = repository()
    if not (root / ".git").exists():
        raise UsageFault("there is no git repository here or above; “git init” makes one")
    config = load_config(root, None)
    release = _release(options.action_ref)
    found = look_around(root, config, vocabulary_of(config))
    situation = Situation(root, config, found, release, options, today(options))
    pieces = {name: PIECES[name](situation) for name in names}
    proposals = [piece.proposal for piece in pieces.values() if piece.proposal]
    _tell(situation, pieces, proposals)
    if not proposals or not _agreed(len(proposals), options.yes):
        return 0
    with alone_in(root, lambda: say(["another run is writing here; this one waits for it"])):
        _write(root, proposals)
    for line in setup.next_steps(_outcome(situation, pieces)):
        print(line)
    return 0


def _wanted(only: str | None) -> list[str]:
    names = words_of(only) if only is not None else list(PIECES)
    unknown = [name for name in names if name not in PIECES]
    if unknown or not names:
        raise UsageFault(f"--only {only}: there are {', '.join(PIECES)}")
    return [name for name in PIECES if name in names]


def _release(named: str | None) -> Release:
    if named is None:
        return our_release()
    match = _ACTION.match(named)
    if match is None:
        raise UsageFault(f"--action-ref {named}: it is written like {REPOSITORY}@ and 40 hexadecimal digits")
    return Release(match["repository"], match["commit"], f"v{__version__}")


def _config(now: Situation) -> Piece:
    if now.config.path is not None:
        return Piece(there=now.config.path)
    text = setup.config_text(now.found.homes, now.day, schema("config")["$id"], now.options.comment)
    return Piece(setup.Proposal(CONFIG, now.before(CONFIG), text))


def _workflow(now: Situation) -> Piece:
    if now.found.workflows:
        return Piece(there=now.found.workflows[0])
    if now.before(WORKFLOW) is not None:
        return Piece(there=WORKFLOW)
    if host := _other_host(now):
        return Piece(reason=f"workflow: {host} is not GitHub")
    release = now.release
    version = f" # {release.tag}" if release.tag and release.commit else ""
    action = f"{release.repository}@{release.commit or release.tag}{version}"
    return Piece(setup.Proposal(WORKFLOW, None, setup.workflow_text(action, now.options.comment)))


def _pre_commit(now: Situation) -> Piece:
    release = now.release
    folders = setup.unknown_folders(now.found.homes.homes)
    address = f"https://github.com/{REPOSITORY if now.options.action_ref else release.repository}"
    entry = setup.HookEntry(address, release.tag or str(release.commit), folders, now.options.commit_hooks)
    before = now.before(PRE_COMMIT)
    if before is None:
        if now.found.hook_manager and not now.options.only:
            return Piece(reason=f"pre-commit: {now.found.hook_manager} runs the hooks here")
        return Piece(setup.Proposal(PRE_COMMIT, None, setup.hooks_text(entry)))
    if setup.has_hooks(before):
        return Piece(there=PRE_COMMIT)
    after = setup.add_hooks(before, entry)
    if after is None:
        reason = f"{PRE_COMMIT}: its list of repositories is written in a way that is safer to change by hand"
        return Piece(reason=reason, paste=setup.entry_text(entry))
    return Piece(setup.Proposal(PRE_COMMIT, before, after))


def _template(now: Situation) -> Piece:
    path, words = now.found.template, vocabulary_of(now.config)
    if host := _other_host(now):
        return Piece(reason=f"template: {host} is not GitHub")
    if path is None:
        if now.found.several:
            names = ", ".join(now.found.several[:3])
            return Piece(reason=f"template: there are several to choose from ({names})", paste=setup.section_text())
        return Piece(setup.Proposal(TEMPLATE, now.before(TEMPLATE), setup.template_text()))
    before = now.before(path) or ""
    if setup.has_section(before, words):
        return Piece(there=path)
    after = setup.add_section(before, words)
    if after is None:
        reason = f"{path}: at its end, the section would not be read as one; another place may suit"
        return Piece(reason=reason, paste=setup.section_text())
    return Piece(setup.Proposal(path, before, after))


def _other_host(now: Situation) -> str:
    """Return the host of the remote if it is known not to be GitHub, unless the pieces were chosen by name."""
    host = now.found.remote.host if now.found.remote else ""
    return host if any(word in host for word in _ELSEWHERE) and not now.options.only else ""


PIECES: dict[str, Callable[[Situation], Piece]] = {
    "config": _config,
    "workflow": _workflow,
    "pre-commit": _pre_commit,
    "template": _template,
}


def _tell(now: Situation, pieces: dict[str, Piece], proposals: list[Proposal]) -> None:
    """Print what was found, what would change, and what stays as it is."""
    for line in setup.render_homes(now.found.homes):
        print(line)
    print()
    print(setup.render_diff(proposals, wants_color(None)), end="\n" if proposals else "")
    there = [piece.there for piece in pieces.values() if piece.there]
    if there:
        print(f"Already there: {', '.join(for_terminal(name) for name in there)}.")
    for piece in pieces.values():
        if piece.reason:
            print(f"Left out: {for_terminal(piece.reason)}{':' if piece.paste else '.'}")
        if piece.paste:
            print("\n" + "".join(f"    {line}".rstrip() + "\n" for line in piece.paste.splitlines()))
    if "workflow" in pieces and pieces["workflow"].proposal and not now.release.commit:
        print(setup.pin_hint(f"{now.release.repository}@{now.release.tag}"))
    if not proposals:
        print("Nothing to do.")


def _agreed(number: int, yes: bool) -> bool:
    """Ask, where there is somebody to ask."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("Nothing was written; --yes writes it, --only chooses among the pieces.")
        return False
    try:
        answer = input(f"Write {'this file' if number == 1 else f'these {number} files'}? [y/N] ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in ("y", "yes"):
        return True
    print("Nothing was written.")
    return False


def _write(root: Path, proposals: list[Proposal]) -> None:
    written: list[str] = []
    for path, before, after in proposals:
        tidy(root / path)
        try:
            replace_file(root / path, root, None if before is None else before.encode(), after.encode())
        except Unwritable as error:
            done = f"; written: {', '.join(written)}" if written else "; nothing was written"
            raise (DiskFault if isinstance(error, DiskFault) else UsageFault)(f"{path}: {error}{done}") from error
        written.append(path)
    print(f"Written: {', '.join(for_terminal(path) for path in written)}.")


def _outcome(now: Situation, pieces: dict[str, Piece]) -> setup.Outcome:
    remote = now.found.remote
    return setup.Outcome(
        tuple(name for name, piece in pieces.items() if piece.proposal),
        bool(now.found.homes.homes),
        now.found.branch,
        remote.slug if remote and remote.host == "github.com" else "",
        now.options.commit_hooks,
    )
