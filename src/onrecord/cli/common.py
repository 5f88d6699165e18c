"""What several verbs share: the repository, today's date, names of rules, where output goes."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from onrecord.adapters.files import find_root, git_folders, is_below, leads_out
from onrecord.cli.main import UsageFault
from onrecord.lazily import TYPE_CHECKING, lazy_pattern

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from onrecord.check import Config
    from onrecord.record import Vocabulary

FORMATS = ("text", "json", "github", "markdown")
RECORD_FORMATS = (*FORMATS, "sarif", "junit", "rdjson")  # those that need a file to point at
FIRST_DAY = "1000-01-01"  # of what can be today
OF_SPARSE = "in a sparse checkout"
OF_UNFETCHED = "in an empty folder, such as that of a submodule which was not fetched"
_SPARSE = lazy_pattern(r"^\s*sparseCheckout\s*=\s*(\w+)", re.IGNORECASE | re.MULTILINE)


def vocabulary_of(config: Config) -> Vocabulary:
    """Return the words of all languages with the team's own on top."""
    from onrecord.record.vocabulary import Vocabulary, shipped

    return Vocabulary(config.vocabulary) if config.vocabulary else shipped()


def file_exists(root: Path, untold: dict[str, str] | None = None) -> Callable[[str], bool]:
    """Return a function that tells whether a path (relative to `root`) is there; where nobody can tell: yes.

    That is outside of it, in a submodule that was not fetched, and in a sparse checkout; for the last two, `untold` gets
    the path with why, in words that end a sentence.
    """
    is_sparse = cache(partial(_is_sparse, root))
    is_unfetched = cache(partial(_is_unfetched, root))

    def exists(name: str) -> bool:
        path = os.path.normpath(os.path.join(root, name))  # noqa: PTH118 - quicker, and there may be thousands
        if not is_below(path, str(root)) or os.path.exists(path):  # noqa: PTH110
            return True
        if not is_sparse() and not is_unfetched(os.path.dirname(path)):  # noqa: PTH120
            return False
        if untold is not None:
            untold[name] = OF_SPARSE if is_sparse() else OF_UNFETCHED
        return True

    return exists


def _is_unfetched(root: Path, folder: str) -> bool:
    """Tell whether nobody can say what there is in a folder."""
    around = next((place for place in (Path(folder), *Path(folder).parents) if os.path.isdir(place)), root)  # noqa: PTH112
    try:
        with os.scandir(around) as entries:  # the first is enough: a folder may hold thousands
            return around != root and next(entries, None) is None  # git keeps no empty folder but a submodule's
    except OSError:  # a folder that may not be looked into
        return True


def _is_sparse(root: Path) -> bool:
    """Tell whether only a part is checked out, without asking git: the list of that part outlives being switched off."""
    own, shared = git_folders(root)
    told = []
    for file in (shared / "config", own / "config.worktree"):
        with suppress(OSError):
            told += _SPARSE.findall(file.read_text("utf-8", "replace"))
    return bool(told) and told[-1].casefold() in ("true", "yes", "on", "1")


def tell_unfinished(paths: list[str]) -> None:
    """Say what an interrupted run had left, and this one does first."""
    say([f"a run that was interrupted here is finished first: {', '.join(paths)}"])


def without_git(error: Exception) -> str:
    """Return why git cannot be asked, to end a sentence with; nothing where there is just no repository."""
    return "" if "not a git repository" in str(error) else f" (git does not answer here: {error})"


def repository() -> Path:
    """Return the root of the repository around the current folder."""
    return find_root(Path.cwd())


def today(options: argparse.Namespace) -> str:
    """Return the date of `--today`, else the clock's, as ISO."""
    if options.today is None:
        import time

        return time.strftime("%Y-%m-%d")
    day = iso_date("--today", options.today)
    if day < FIRST_DAY:
        raise UsageFault(f"--today {options.today}: a day from {FIRST_DAY} on, so that one can look back from it")
    return day


def iso_date(flag: str, given: str) -> str:
    """Return the date that was given with a flag, as ISO; raises UsageFault."""
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageFault(f"{flag} {given}: a date is written like 2026-11-22") from error


def verify_rule_names(options: argparse.Namespace, root: Path, config: Config) -> None:
    """Refuse a rule that does not exist in --select and --ignore: a check that looks at nothing is green for ever."""
    from onrecord.adapters.settings import make_policy, words_of
    from onrecord.rules import ALL_RULES
    from onrecord.rules.model import nearest

    for flag in ("select", "ignore"):
        for name in words_of(getattr(options, flag)):
            if name in ALL_RULES:
                continue
            known = (*ALL_RULES, *make_policy(root, config).judge.rules)  # a team's own schema names rules of its own
            if name not in known:
                raise UsageFault(f"--{flag} {name}: there is no such rule{nearest(name, known)}")


def verify_looked_at(options: argparse.Namespace, looks_at: Callable[[str], bool]) -> None:
    """Refuse a --select of nothing but rules that only other verbs look at: it would always be green."""
    from onrecord.adapters.settings import words_of

    chosen = words_of(options.select)
    if not chosen or any(map(looks_at, chosen)):
        return
    from onrecord.rules import CHANGE_RULES, UPKEEP_RULES

    verb = "review" if chosen[0] in UPKEEP_RULES else "pr" if chosen[0] in CHANGE_RULES else "check"
    raise UsageFault(f"--select {chosen[0]}: “onrecord {verb}” looks at that, and this verb does not")


def write_out(text: str, output: str | None) -> None:
    """Write to standard output, or to a file."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    _verify_output(Path(output))
    from onrecord.adapters.write import DiskFault, Unwritable, put_report

    try:
        put_report(Path(output), text.encode("utf-8", "backslashreplace"))
    except DiskFault as error:
        raise Unwritable(f"--output {output}: {error}") from error
    except Unwritable as error:
        raise UsageFault(f"--output {output}: {error}") from error


def _verify_output(path: Path) -> None:
    """Refuse a file of the repository that is a link out of it: whoever wrote the repository may have put it there."""
    root = repository()
    if Path(os.path.abspath(path)).is_relative_to(root) and leads_out(path, root):  # noqa: PTH100
        raise UsageFault(f"--output {path}: a symlink that leads out of the repository is not followed")


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
