"""`onrecord index`: is the list of records in an index file as it should be?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.discover import UNTRACKED, is_candidate, may_be_record
from onrecord.adapters.files import MARKDOWN, RST, decode, files_in, in_repository, read_as_records, read_many
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.settings import load_config
from onrecord.adapters.write import Unwritable, read_before, replace_file, tidy
from onrecord.cli.common import file_exists, repository, say, vocabulary_of, wants_color, write_out
from onrecord.cli.main import NOTHING, OUTSIDE, USAGE, UsageFault
from onrecord.cli.selection import select_everything
from onrecord.log.index.entry import find_links
from onrecord.log.index.here import Here
from onrecord.log.index.listing import Fault
from onrecord.log.index.regions import CLOSE, OPEN, find_regions, revise_index
from onrecord.log.references import log_of
from onrecord.markdown import parse_document
from onrecord.record.globs import matches
from onrecord.record.vocabulary import shipped
from onrecord.render.diff import FileChange, render_diff
from onrecord.render.index import describe, describe_all, describe_untracked, rewritten

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from onrecord.check import Config
    from onrecord.cli.selection import Selection
    from onrecord.log.index.regions import Revision
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord, Vocabulary

_MANY = 3  # records that a page with a list of them names at least

_MARKS = (b"onrecord:index", b"adrlog")


class Index(NamedTuple):
    """An index file: its path in the repository, its bytes, its text, and its lists as they should be."""

    path: str
    content: bytes
    document: Document
    lists: list[Revision]

    @property
    def stale(self) -> int:
        """Return how many of its lists differ from the records."""
        return sum(bool(one.changes) for one in self.lists)

    def mended(self) -> bytes:
        """Return the file with its lists as they should be."""
        return rewritten(self.content, self.lists)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="index files, or folders to look for them in; default: every index among records or in a folder above them",
    )
    parser.add_argument("--fix", action="store_true", help="rewrite what stands between the markers, and nothing else")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    parser.add_argument(
        "--allow-empty",
        action="store_true",
        help="exit 0 where there is no list to keep, or what is staged has nothing to do with it, as in a hook",
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Look at each list, and rewrite it if asked to; return 0 (up to date, or now it is), 1 (stale) or 4 (no list).

    A hook that nobody gave a list yet says how to begin, and does not stop the commit.
    """
    root = repository()
    config = load_config(root, options.config)
    staged = _staged(root) if options.allow_empty else []
    if staged and not any(_matters(path, root, config) for path in staged):
        return 0
    selection = select_everything(root, config)
    records = [file.record for file in selection.files if file.record.kind == "record"]
    if not records:
        lines = [] if options.allow_empty else ["no decision record was found, so there is nothing to list"]
        return _nothing(lines, options.allow_empty)
    places = _places(options.paths, root, config, records)
    indexes, faults = _read_all(places, bool(options.paths), root, config, records)
    if faults:
        say(faults)
        return USAGE
    if not indexes:
        is_about_others = bool(staged) and not any(may_be_record(path, config) for path in staged)
        return _nothing([] if is_about_others else _how_to_begin(places, records, root), options.allow_empty)
    if untracked := _untracked(selection, indexes, root, vocabulary_of(config)):
        say([describe_untracked(untracked)])
    fixes = options.fix and not options.diff
    if fixes and any(one.stale for one in indexes) and (failed := _write(indexes, root)):
        return failed
    stale = sum(index.stale for index in indexes)
    if options.diff:
        _show(indexes)
    elif stale or not options.allow_empty:
        _tell(indexes, fixes)
    return 1 if stale and not fixes else 0


def _how_to_begin(places: Sequence[str], records: Sequence[DecisionRecord], root: Path) -> list[str]:
    """Say where the two lines go: around the list that is there, else where one belongs."""
    paths = {record.path for record in records}
    texts = read_many(root, list(places))
    named = [(len(paths & _linked(decode(texts[path]).text, path)), path) for path in sorted(texts)]
    count, path = max(named, default=(0, ""), key=lambda one: one[0])
    where = "put these two lines where the list belongs, in the README.md among the records for example"
    if count >= _MANY:
        where = f"{path} has links to {count} records; put these two lines around them"
    return f"no list of records was found: {where}:\n  {OPEN}\n  {CLOSE}".split("\n")


def _linked(text: str, path: str) -> set[str]:
    """Return the paths that the links of a page lead to."""
    here = Here(path, (), lambda _: False, shipped())
    return {here.resolve(link.target) for line in text.split("\n") for link in find_links(line)}


def _show(indexes: Iterable[Index]) -> None:
    changes = [
        FileChange(one.path, one.path, one.content.decode(), one.mended().decode()) for one in indexes if one.stale
    ]
    write_out(render_diff(changes, wants_color(None), sys.stdout.isatty()), None)


def _tell(indexes: Sequence[Index], is_fixed: bool) -> None:
    stale = sum(index.stale for index in indexes)
    lines = [line for one in indexes for line in describe(one.path, one.lists, is_fixed)]
    lines.append(describe_all(stale, sum(len(one.lists) for one in indexes) - stale, is_fixed))
    write_out("".join(f"{line}\n" for line in lines), None)


def _staged(root: Path) -> list[str]:
    """Return all paths that the next commit changes, both of a rename; none where git cannot tell."""
    try:
        names = run_git(root, "diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z")
    except GitError:
        return []
    return [name for name in names.decode("utf-8", "surrogateescape").split("\0") if name]


def _matters(path: str, root: Path, config: Config) -> bool:
    """Tell whether a change of this file may change a list: it may be a record or hold a list, or it is gone."""
    if not path.lower().endswith(MARKDOWN):
        return False
    try:
        content = read_before(root / path, root)
    except Unwritable:
        return True
    return content is None or any(mark in content for mark in _MARKS) or is_candidate(path, config, lambda: content)


def _nothing(lines: list[str], is_fine: bool) -> int:
    say(lines)
    return 0 if is_fine else NOTHING


def _untracked(selection: Selection, indexes: Iterable[Index], root: Path, vocabulary: Vocabulary) -> list[str]:
    """Return the records that git does not track yet beside those that are listed."""
    logs = {log_of(record.path) for one in indexes for revision in one.lists for record in revision.listed}
    found = []
    for path, reason in selection.skipped:
        if reason == UNTRACKED and log_of(path) in logs:
            try:
                content = decode(read_before(root / path, root) or b"")
            except Unwritable:
                continue
            if read_as_records(content, path, path, vocabulary)[0].record.kind == "record":
                found.append(path)
    return found


def _places(names: Sequence[str], root: Path, config: Config, records: Iterable[DecisionRecord]) -> list[str]:
    """Return the files to look at: those that are named, else the Markdown files beside and above the records."""
    own = {record.path for record in records}
    folders = {""} | {str(parent) for path in own for parent in Path(path).parents if str(parent) != "."}
    near = [
        path for folder in sorted(folders) for path in files_in(root, folder) if path not in own and _is_markdown(path)
    ]
    near = [path for path in near if not matches(path, config.exclude)]
    if not names:
        return near
    found: dict[str, None] = {}
    for name in names:
        place = in_repository(Path(name), root)
        if not Path(name).exists():
            raise UsageFault(f"{name}: no such file or folder")
        if Path(name).is_dir():
            found |= dict.fromkeys(path for path in near if place in ("", ".") or path.startswith(f"{place}/"))
        elif not _is_markdown(place) or Path(place).is_absolute():
            raise UsageFault(f"{name}: a list is kept in a Markdown file of the repository")
        else:
            found[place] = None
    return list(found)


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(MARKDOWN) and not path.lower().endswith(RST)


def _read_all(
    paths: Iterable[str], are_named: bool, root: Path, config: Config, records: Sequence[DecisionRecord]
) -> tuple[list[Index], list[str]]:
    """Read the files that hold lists, and say what is wrong with those that cannot be kept."""
    indexes, faults = [], []
    vocabulary = vocabulary_of(config)
    for path in paths:
        try:
            content = read_before(root / path, root) or b""
        except Unwritable as error:
            faults += [f"{path}: {error}"] if are_named else []
            continue
        if not any(mark in content for mark in _MARKS):
            continue
        text = decode(content)
        try:
            document = parse_document(text.text)
            if text.problems and (are_named or find_regions(document)):
                faults.append(f"{path}: {text.problems[0].message}")
            lists = revise_index(path, document, records, file_exists(root), vocabulary)
        except Fault as fault:
            faults.append(f"{path}:{fault.line}: {fault.text}")
            continue
        if lists:
            indexes.append(Index(path, content, document, lists))
    return indexes, faults


def _write(indexes: Iterable[Index], root: Path) -> int:
    from onrecord.adapters.apply import alone_in

    with alone_in(root, lambda: say(["another run is writing here; this one waits for it"])):
        for one in indexes:
            if not one.stale:
                continue
            tidy(root / one.path)
            try:
                replace_file(root / one.path, root, one.content, one.mended())
            except Unwritable as error:
                say([f"{one.path}: {error}"])
                return OUTSIDE
    return 0
