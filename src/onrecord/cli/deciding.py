"""What the verbs that settle or tie records share: which records are meant, and writing all of their files or none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.apply import FileWrite, alone, finish, write_all
from onrecord.adapters.files import MARKDOWN, RST, in_repository, is_alias
from onrecord.adapters.git import GitError, git_folder
from onrecord.adapters.settings import load_config
from onrecord.adapters.templates import Templates
from onrecord.adapters.write import Unwritable, read_before
from onrecord.cli.common import (
    file_exists,
    repository,
    say,
    tell_unfinished,
    vocabulary_of,
    wants_color,
    without_git,
    write_out,
)
from onrecord.cli.main import OUTSIDE, USAGE, UsageFault
from onrecord.cli.selection import select_files, select_untracked_too
from onrecord.cli.show import named, which_of
from onrecord.log.references import make_log
from onrecord.log.search_text import card_of
from onrecord.record.edit.page import Page, Refused
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from onrecord.check import Config
    from onrecord.cli.selection import Selection
    from onrecord.log.references import Log
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

_INDEX = "Next: onrecord index --fix brings the list of records up to date."
_BOM = b"\xef\xbb\xbf"


class Ambiguous(Exception):
    """Several records go by a name; the arguments are lines for people."""


class Desk(NamedTuple):
    """The log as it is, and the files of it that a verb looks at."""

    root: Path
    config: Config
    log: Log
    documents: Mapping[str, Document]
    selection: Selection
    contents: dict[str, bytes]
    templates: Templates

    def find(self, name: str) -> DecisionRecord:
        """Return the one record that goes by a number, a path, or words of the title; raises UsageFault or Ambiguous."""
        files = [file for file in self.selection.files if file.record.kind == "record"]
        cards = [card_of(file.document, file.record) for file in files]
        try:
            found = named(name, cards, self.root)
        except UsageFault:
            self._verify_filled(name)
            raise
        if len(found) > 1:
            raise Ambiguous(*which_of(name, found))
        return files[cards.index(found[0])].record

    def _verify_filled(self, name: str) -> None:
        """Say that the file that goes by a name holds nothing yet, where that is so; raises UsageFault."""
        files = [file for file in self.selection.files if file.record.reason == "stub"]
        try:
            found = named(name, [card_of(file.document, file.record) for file in files], self.root)
        except UsageFault:
            return
        raise UsageFault(_nothing_yet(found[0].path))

    def open(self, record: DecisionRecord) -> Page:
        """Return a record's file for editing; raises Refused for one that is not edited."""
        path = self.root / record.path
        if record.path.lower().endswith(RST):
            raise Refused("it is reStructuredText, which is only read")
        if is_alias(record.path, self.root):
            raise Refused("it is reached through a symlink; its own path leads to the file")
        try:
            content = read_before(path, self.root)
            text = (content or b"").removeprefix(_BOM).decode()
        except Unwritable as error:
            raise Refused(str(error)) from error
        except UnicodeDecodeError as error:
            raise Refused("it is not UTF-8; save it as UTF-8 first") from error
        if content is None:
            raise Refused("no such file")
        if not path.stat().st_mode & 0o222 or not os.access(path.parent, os.W_OK):
            raise Refused("it is read-only")
        self.contents[record.path] = content
        return Page(record.path, text, self.templates.for_file(path))


class Done(NamedTuple):
    """What a verb came to: the pages as they are to be, a line on each file, and what comes next."""

    pages: tuple[Page, ...]
    lines: tuple[str, ...]
    hints: tuple[str, ...] = ()


def add_common(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that all these verbs take."""
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def carry_out(
    options: argparse.Namespace, names: Sequence[str], work: Callable[[Desk, list[DecisionRecord]], Done]
) -> int:
    """Let a verb do its work on the named records, write what it came to or show it; return the exit code."""
    root = repository()
    config = load_config(root, options.config)
    if options.diff:
        return _guarded(lambda: _show(names, work, root, config))
    try:
        folder = git_folder(root)
    except GitError as error:
        raise UsageFault(
            f"records are changed only in a git repository, which can take it back; --diff shows what would change{without_git(error)}"
        ) from error
    try:
        with alone(folder, lambda: say(["another run is writing here; this one waits for it"])):
            say(finish(root, folder, tell_unfinished))
            return _guarded(lambda: _write(names, work, root, config, folder))
    except Unwritable as error:
        say([f"{error}, so nothing was written"])
        return OUTSIDE


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except Ambiguous as several:
        say([str(line) for line in several.args])
        return USAGE
    except Refused as error:
        raise UsageFault(str(error)) from error


def _show(
    names: Sequence[str],
    work: Callable[[Desk, list[DecisionRecord]], Done],
    root: Path,
    config: Config,
) -> int:
    from onrecord.render.diff import FileChange, render_diff

    desk, done = _work(names, work, root, config)
    before = {path: content.decode() for path, content in desk.contents.items()}
    marks = {path: "\ufeff" if text.startswith("\ufeff") else "" for path, text in before.items()}
    changes = [
        FileChange(page.path, page.path, before[page.path], marks[page.path] + page.text)
        for page in done.pages
        if marks[page.path] + page.text != before[page.path]
    ]
    write_out(render_diff(changes, wants_color(None), sys.stdout.isatty()), None)
    say(done.hints if changes else done.lines)
    return 0


def _write(
    names: Sequence[str], work: Callable[[Desk, list[DecisionRecord]], Done], root: Path, config: Config, folder: Path
) -> int:
    desk, done = _work(names, work, root, config)
    writes = []
    for page in done.pages:
        before = desk.contents[page.path]
        after = (_BOM if before.startswith(_BOM) else b"") + page.text.encode()
        if after != before:
            writes.append(FileWrite(page.path, page.path, before, after))
    undone = write_all(writes, root, folder)
    if undone:
        say(undone)
        return OUTSIDE
    hints = [*done.hints, *([_INDEX] if writes and _keeps_list(desk) else [])]
    for line in (*done.lines, *hints):
        print(for_terminal(line))
    return 0


def _work(
    names: Sequence[str], work: Callable[[Desk, list[DecisionRecord]], Done], root: Path, config: Config
) -> tuple[Desk, Done]:
    selection = select_untracked_too(root, config)
    for name in names:
        selection = _with_named(selection, name, root, config)
    log = make_log([file.record for file in selection.files], file_exists(root), selection.folders, selection.unread)
    documents = {file.record.path: file.document for file in selection.files}
    desk = Desk(root, config, log, documents, selection, {}, Templates(vocabulary_of(config), root))
    return desk, work(desk, [desk.find(name) for name in names])


def _with_named(selection: Selection, name: str, root: Path, config: Config) -> Selection:
    """Return the selection with a file that was named by its path, wherever it lies in the repository."""
    path = Path(name)
    if not os.path.lexists(path) or path.is_dir():
        return selection
    place = in_repository(path, root)
    if Path(place).is_absolute():
        raise UsageFault(f"{name}: it lies outside of this repository")
    if not name.lower().endswith(MARKDOWN):
        raise UsageFault(f"{name}: not a Markdown file")
    if any(file.record.path == place and file.record.kind == "record" for file in selection.files):
        return selection
    read = select_files([name], root, config)
    for skipped in read.skipped:
        raise UsageFault(f"{name}: {skipped.reason}")
    for file in read.files:
        if file.record.reason == "stub":
            raise UsageFault(_nothing_yet(place))
        if file.record.kind != "record":
            raise UsageFault(f"{name}: it is not a record ({file.record.reason})")
    return selection._replace(files=[*selection.files, *read.files])


def _nothing_yet(path: str) -> str:
    return f"{path}: it holds nothing yet (stub); a sentence that says what is decided makes it a record"


def _keeps_list(desk: Desk) -> bool:
    from onrecord.log.index.regions import find_regions

    return any(find_regions(file.document) for file in desk.selection.files if file.record.kind != "record")
