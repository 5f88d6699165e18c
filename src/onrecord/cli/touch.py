"""`onrecord touch RECORD…`: say that a record is still true, with date and name."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.apply import alone_in
from onrecord.adapters.files import MARKDOWN, RST, in_repository
from onrecord.adapters.git import author_of_commit
from onrecord.adapters.settings import load_config
from onrecord.adapters.templates import Templates
from onrecord.adapters.write import DiskFault, Unwritable, read_before, replace_file, tidy
from onrecord.cli.common import iso_date, repository, say, today, vocabulary_of
from onrecord.cli.main import OUTSIDE, USAGE, UsageFault
from onrecord.record.touch import Untouchable, touch

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config

_BOM = b"\xef\xbb\xbf"


class _Edit(NamedTuple):
    path: Path
    place: str
    before: bytes
    after: bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "paths", nargs="+", metavar="RECORD", help="records that still hold as they are written: their paths or numbers"
    )
    parser.add_argument("--by", metavar="NAME", help="who says so (default: git's user.name)")
    parser.add_argument("--review-by", metavar="DATE", help="also write until when it is to be looked at again")
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Write the mark into each record, or into none when one of them cannot have it; return the exit code."""
    root = repository()
    config = load_config(root, options.config)
    templates = Templates(vocabulary_of(config), root)
    day, next_day = today(options), iso_date("--review-by", options.review_by) if options.review_by else None
    by = options.by if options.by is not None else author_of_commit(root)[0]
    if not by.strip() or not by.isprintable():
        raise UsageFault("whose word is it? “--by NAME” tells, or git's user.name")
    edits, refused = [], []
    paths = _by_name(options.paths, root, config)
    if paths is None:
        return USAGE
    for path in dict.fromkeys(paths):
        try:
            edits.append(_edit(path, root, templates, day, by, next_day))
        except (Untouchable, Unwritable) as error:
            refused.append(f"{path}: {error}")
    if refused:
        say([*refused, *(["nothing was written"] if edits else [])])
        return USAGE
    with alone_in(root, lambda: say(["another run is writing here; this one waits for it"])):
        for edit in edits:
            tidy(edit.path)
            try:
                replace_file(edit.path, root, edit.before, edit.after)
            except DiskFault as error:
                say([f"{edit.place}: {error}"])
                return OUTSIDE
            except Unwritable as error:
                raise UsageFault(f"{edit.path}: {error}") from error
            say([f"{edit.place}: last reviewed {day} by {by}{f', next by {next_day}' if next_day else ''}"])
    return 0


def _by_name(names: list[str], root: Path, config: Config) -> list[Path] | None:
    """Return the files that are meant; None where several records go by a name, which was said. Raises UsageFault."""
    if all(os.path.lexists(name) or name.lower().endswith(MARKDOWN) for name in names):
        return [Path(name) for name in names]
    from onrecord.cli.list import read
    from onrecord.cli.show import named, which_of, with_just_written

    with closing(read(root, config, vocabulary_of(config))) as log:
        cards, _ = with_just_written(log, root, config)
    paths = []
    for name in names:
        if os.path.lexists(name) or name.lower().endswith(MARKDOWN):
            paths.append(Path(name))
            continue
        found = named(name, cards, root)
        if len(found) > 1:
            say(which_of(name, found))
            return None
        paths.append(Path(os.path.relpath(root / found[0].path)))
    return paths


def _edit(path: Path, root: Path, templates: Templates, day: str, by: str, next_day: str | None) -> _Edit:
    if not path.name.lower().endswith(MARKDOWN) or path.name.lower().endswith(RST):
        raise Untouchable("not a Markdown file")
    before = read_before(Path.cwd() / path, root)
    if before is None:
        raise Untouchable("no such file")
    bom = _BOM if before.startswith(_BOM) else b""
    try:
        text = before[len(bom) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Untouchable("it is not UTF-8; save it as UTF-8 first") from error
    place = in_repository(path, root)
    after = touch(text, place, templates.for_file(path), day, by, next_day)
    return _Edit(Path.cwd() / path, place, before, bom + after.encode())
