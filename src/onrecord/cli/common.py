"""What several verbs share: reading files, today's date, where output goes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import MARKDOWN, Unreadable, as_posix, decode, find_root, read_as_records, read_bytes
from onrecord.adapters.templates import Templates
from onrecord.check import Config, ReadFile, Skipped
from onrecord.cli.main import UsageFault
from onrecord.record import Vocabulary

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

FORMATS = ("text", "json", "github", "markdown")


class Selection(NamedTuple):
    """The files a run reads, those it left out, and the paths that could not be found."""

    files: list[ReadFile]
    skipped: list[Skipped]
    missing: list[str]


def vocabulary_of(config: Config) -> Vocabulary:
    """Return the words of all languages with the team's own on top."""
    from onrecord.record.vocabulary import shipped

    return Vocabulary(config.vocabulary) if config.vocabulary else shipped()


def select_files(paths: list[str], root: Path, config: Config, named_always: bool = False) -> Selection:
    """Read the named files, and in folders (default: all of the current one) the records found there."""
    from onrecord.adapters.discover import discover, matches

    templates = Templates(vocabulary_of(config), root)
    files: list[ReadFile] = []
    skipped: list[Skipped] = []
    missing: list[str] = []
    seen: set[str] = set()
    for name in paths or ["."]:
        path = Path(name)
        if path.is_dir():
            here = _hint(path, root)
            found = discover(path, config, "" if here in ("", ".") else f"{here}/", everywhere=not paths)
            if not found.tracked_only:
                say([f"{name}: not a git repository, so every file below it was looked at"])
            skipped += [Skipped(_join(name, s.path), s.reason) for s in found.skipped]
            names = [_join(name, inner) for inner in found.files]
        elif path.exists() or path.is_symlink():
            if not named_always and config.exclude and matches(_hint(path, root), config.exclude):
                skipped.append(Skipped(as_posix(name), "excluded by the configuration"))
                continue
            if not named_always and path.suffix.lower() not in MARKDOWN:
                skipped.append(Skipped(as_posix(name), "not a Markdown file"))
                continue
            names = [name]
        else:
            missing.append(name)
            continue
        for each in names:
            if each not in seen:
                seen.add(each)
                _read_one(each, root, templates.for_file(Path(each)), files, skipped)
    return Selection(files, skipped, missing)


def _read_one(name: str, root: Path, vocabulary: Vocabulary, files: list[ReadFile], skipped: list[Skipped]) -> None:
    path = Path(name)
    try:
        content = decode(read_bytes(path, root))
    except Unreadable as error:
        skipped.append(Skipped(as_posix(name), str(error)))
        return
    files += read_as_records(content, as_posix(name), _hint(path, root), vocabulary)


def select_staged(root: Path, config: Config) -> Selection:
    """Read the staged contents of the staged records."""
    from onrecord.adapters.discover import is_candidate, matches
    from onrecord.adapters.git import staged_blobs, staged_files

    templates = Templates(vocabulary_of(config), root)
    names = [n for n in staged_files(root) if n.lower().endswith(MARKDOWN) and not matches(n, config.exclude)]
    names = [n for n in names if is_candidate(root / n, n, config)]
    blobs = staged_blobs(root, names) if names else {}
    files = [
        file
        for n in names
        if n in blobs
        for file in read_as_records(decode(blobs[n]), n, n, templates.for_file(root / n))
    ]
    return Selection(files, [], [])


def _hint(path: Path, root: Path) -> str:
    """Return the path relative to the repository, which tells folder and number; outside of it, the path as it is."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow symlinks
    return as_posix(absolute.relative_to(root)) if absolute.is_relative_to(root) else as_posix(absolute)


def _join(folder: str, name: str) -> str:
    return name if folder in (".", "./") else as_posix(Path(folder) / name)


def file_exists(root: Path) -> Callable[[str], bool]:
    """Return a function that tells whether a path (relative to the current folder) is there; outside `root`: yes."""
    here = Path.cwd()

    def exists(name: str) -> bool:
        path = Path(os.path.normpath(here / name))
        return not path.is_relative_to(root) or path.exists()

    return exists


def repository() -> Path:
    """Return the root of the repository around the current folder."""
    return find_root(Path.cwd())


def today(options: argparse.Namespace) -> str:
    """Return the date of `--today`, else the clock's, as ISO."""
    given: str | None = options.today
    if given is None:
        import time

        return time.strftime("%Y-%m-%d")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", given):
        raise UsageFault(f"--today {given}: a date is written like 2026-11-22")
    return given


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
