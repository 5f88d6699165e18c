"""What several verbs share: the repository, today's date, names of rules, where output goes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import find_root
from onrecord.cli.main import UsageFault

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from onrecord.check import Config
    from onrecord.record import Vocabulary

FORMATS = ("text", "json", "github", "markdown")
RECORD_FORMATS = (*FORMATS, "sarif", "junit", "rdjson")  # those that need a file to point at
_SPARSE = re.compile(r"^\s*sparseCheckout\s*=\s*(\w+)", re.IGNORECASE | re.MULTILINE)


def vocabulary_of(config: Config) -> Vocabulary:
    """Return the words of all languages with the team's own on top."""
    from onrecord.record.vocabulary import Vocabulary, shipped

    return Vocabulary(config.vocabulary) if config.vocabulary else shipped()


def file_exists(root: Path) -> Callable[[str], bool]:
    """Return a function that tells whether a path (relative to `root`) is there; where nobody can tell: yes.

    That is outside of it, in a submodule that was not fetched, and in a sparse checkout.
    """

    def exists(name: str) -> bool:
        path = Path(os.path.normpath(root / name))
        return not path.is_relative_to(root) or path.exists() or _is_out_of_reach(path, root)

    return exists


def _is_out_of_reach(path: Path, root: Path) -> bool:
    if _is_sparse(root):
        return True
    around = next((folder for folder in path.parents if folder.is_dir()), root)
    return around != root and not any(around.iterdir())  # git keeps no empty folder but a submodule's


def _is_sparse(root: Path) -> bool:
    """Tell whether only a part is checked out, without asking git: the list of that part outlives being switched off."""
    settings = (root / ".git" / name for name in ("config", "config.worktree"))
    told = [
        match[1]
        for file in settings
        if file.is_file()
        for match in _SPARSE.finditer(file.read_text("utf-8", "replace"))
    ]
    return bool(told) and told[-1].casefold() in ("true", "yes", "on", "1")


def repository() -> Path:
    """Return the root of the repository around the current folder."""
    return find_root(Path.cwd())


def today(options: argparse.Namespace) -> str:
    """Return the date of `--today`, else the clock's, as ISO."""
    if options.today is None:
        import time

        return time.strftime("%Y-%m-%d")
    return iso_date("--today", options.today)


def iso_date(flag: str, given: str) -> str:
    """Return the date that was given with a flag, as ISO; raises UsageFault."""
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageFault(f"{flag} {given}: a date is written like 2026-11-22") from error


def verify_rule_names(options: argparse.Namespace, root: Path, config: Config) -> None:
    """Refuse a rule that does not exist in --select and --ignore: a check that looks at nothing is green for ever."""
    from onrecord.adapters.settings import make_policy
    from onrecord.check.config import nearest
    from onrecord.rules import ALL_RULES

    for flag in ("select", "ignore"):
        for name in (getattr(options, flag) or "").replace(",", " ").split():
            if name in ALL_RULES:
                continue
            known = (*ALL_RULES, *make_policy(root, config).judge.rules)  # a team's own schema names rules of its own
            if name not in known:
                raise UsageFault(f"--{flag} {name}: there is no such rule{nearest(name, known)}")


def write_out(text: str, output: str | None) -> None:
    """Write to standard output, or to a file."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        Path(output).write_text(text, "utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageFault(f"--output {output}: {error.strerror}") from error


def say(lines: Iterable[str]) -> None:
    """Print lines for people to standard error, made harmless."""
    from onrecord.render.safe import for_terminal

    for line in lines:
        print(f"onrecord: {for_terminal(line)}", file=sys.stderr)


def wants_color(output: str | None) -> bool:
    """Tell whether to color: only on a terminal, never with NO_COLOR (no-color.org) or a dumb terminal."""
    if output is not None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def screen(output: str | None) -> int | None:
    """Return how many columns the terminal has that is written to, None when it is a file or a pipe."""
    if output is not None or not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns
