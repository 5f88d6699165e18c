"""`onrecord migrate --to madr-4 [PATH…]`: the same decisions in another dialect, nothing dropped, file names kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.apply import FileWrite, alone, finish, write_all
from onrecord.adapters.files import RST, Unreadable, is_alias, read_bytes
from onrecord.adapters.git import GitError, git_folder
from onrecord.adapters.settings import load_config
from onrecord.adapters.templates import Templates
from onrecord.adapters.write import Unwritable
from onrecord.cli.common import repository, say, tell_unfinished, vocabulary_of, wants_color, without_git
from onrecord.cli.main import NOTHING, OUTSIDE, UsageFault
from onrecord.cli.selection import select_everything, select_files
from onrecord.draft.migrated import DIALECTS, Migrated, migrate
from onrecord.record.folders import FOLDERS, folder_name, in_records_folder
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.cli.selection import Selection

ELSEWHERE = "it lies in no folder of records; named by PATH it is moved too"
SHOWN = 70  # letters of a field before and after
HELD = 1


class _One(NamedTuple):
    """A file with its bytes as they are, and what migrating it comes to."""

    path: str
    before: bytes
    found: Migrated

    def is_written(self, accepts_loss: bool) -> bool:
        """Tell whether the file changes."""
        is_sound = self.found.outcome == "equal" or (self.found.outcome == "lossy" and accepts_loss)
        return is_sound and self.found.text.encode() != self.before


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="records, or folders of them (default: the whole log)")
    parser.add_argument("--to", required=True, choices=DIALECTS, help="the dialect they get")
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument(
        "--accept-loss", action="store_true", help="also write records of which something would be lost"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Move the records, or show it; say what is kept elsewhere and what would be lost, and return the exit code."""
    root = repository()
    if options.diff:
        selection, found = _look(options, root)
        _show(found, options)
        return _tell(selection, found, options)
    try:
        folder = git_folder(root)
    except GitError as error:
        raise UsageFault(
            f"migrate changes files only in a git repository, which can take it back; --diff shows what it would change{without_git(error)}"
        ) from error
    try:
        with alone(folder, lambda: say(["another run is writing here; this one waits for it"])):
            undone = finish(root, folder, tell_unfinished)
            selection, found = _look(options, root)
            writes = [
                FileWrite(one.path, one.path, one.before, one.found.text.encode())
                for one in found
                if one.is_written(options.accept_loss)
            ]
            undone += write_all(writes, root, folder)
    except Unwritable as error:
        say([f"{error}, so nothing was written"])
        return OUTSIDE
    say(undone)
    code = _tell(selection, found, options)
    return OUTSIDE if undone else code


def _look(options: argparse.Namespace, root: Path) -> tuple[Selection, list[_One]]:
    """Return the selection, and each of its records as it would be."""
    config = load_config(root, options.config)
    selection = select_files(options.paths, root, config) if options.paths else select_everything(root, config)
    if selection.missing:
        raise UsageFault(f"{selection.missing[0]}: no such file or folder")
    templates = Templates(vocabulary_of(config), root)
    paths = dict.fromkeys(file.record.path for file in selection.files)
    is_sure = bool(options.paths or config.records)
    return selection, [
        _one(path, root, templates, options.to)
        if is_sure or is_kept_here(path)
        else _One(path, b"", Migrated("", refused=ELSEWHERE))
        for path in paths
        if is_sure or is_kept_here(path) or _is_record(path, selection)
    ]


def is_kept_here(path: str) -> bool:
    """Tell whether a path lies where a team keeps its records: not among the files of a tool (`.claude/commands/adr`)."""
    hidden = [part for part in path.split("/")[:-1] if part.startswith(".") and part != ".github"]
    return in_records_folder(path) and all(folder_name(part.lstrip(".")) in FOLDERS for part in hidden)


def _is_record(path: str, selection: Selection) -> bool:
    return any(file.record.path == path and file.record.kind == "record" for file in selection.files)


def _one(path: str, root: Path, templates: Templates, dialect: str) -> _One:
    if path.lower().endswith(RST):
        return _One(path, b"", Migrated("", refused="it is not Markdown"))
    if is_alias(path, root):
        return _One(path, b"", Migrated("", refused="it is reached through a symlink"))
    try:
        before = read_bytes(root / path, root)
        text = before.decode()
    except Unreadable as error:
        return _One(path, b"", Migrated("", refused=str(error)))
    except UnicodeDecodeError:
        return _One(path, b"", Migrated("", refused="it is not UTF-8; it can be moved once it is saved as UTF-8"))
    return _One(path, before, migrate(text, path, dialect, templates.for_file(root / path)))


def _show(found: list[_One], options: argparse.Namespace) -> None:
    from onrecord.render.diff import FileChange, render_diff

    changes = [
        FileChange(one.path, one.path, one.before.decode(), one.found.text)
        for one in found
        if one.is_written(options.accept_loss)
    ]
    sys.stdout.write(render_diff(changes, wants_color(None), sys.stdout.isatty()))


def _tell(selection: Selection, found: list[_One], options: argparse.Namespace) -> int:
    """Say what became of each file, and return the exit code."""
    out = sys.stderr if options.diff else sys.stdout
    records = [one for one in found if not one.found.is_no_record]
    named = [one for one in found if one.found.is_no_record and options.paths]
    for one in (*records, *named):
        for line in _lines(one, options):
            print(for_terminal(line), file=out)
    say(f"{skipped.path}: left, {skipped.reason}" for skipped in selection.skipped if options.paths)
    if not records:
        say(["no record was found, so nothing was done"])
        return NOTHING
    written = sum(one.is_written(options.accept_loss) for one in records)
    left = [one for one in records if one.found.outcome != "equal" and not one.is_written(options.accept_loss)]
    held = [one for one in left if one.found.refused != ELSEWHERE]
    verb = "would be moved" if options.diff else "moved"
    done = sum(one.found.outcome == "equal" and not one.is_written(False) for one in records)
    print(
        f"{_count(written)} {verb} to {options.to}, {done} there already, {len(left)} left as {'it is' if len(left) == 1 else 'they are'}",
        file=out,
    )
    return HELD if held else 0


def _lines(one: _One, options: argparse.Namespace) -> list[str]:
    found = one.found
    if found.refused:
        return [f"{one.path}: left as it is, {found.refused}"]
    if found.outcome == "equal" and not one.is_written(False):
        return [f"{one.path}: nothing to do"]
    is_written = one.is_written(options.accept_loss)
    told = "to be moved" if options.diff else "moved"
    lines = [
        f"{one.path}: {told if is_written else 'left as it is, because something would be lost (--accept-loss writes it all the same)'}"
    ]
    if found.kept:
        lines.append(f"  kept under More Information: {', '.join(found.kept)}")
    lines += [f"  {d.field}: {_short(d.before)} would read {_short(d.after)}" for d in found.differences]
    if found.lost_words:
        lines.append(f"  words that would stand nowhere: {' '.join(found.lost_words)[: 4 * SHOWN]}")
    return lines


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text") or value
    text = (
        "nothing" if value in (None, [], "") else f"“{value if isinstance(value, str) else ', '.join(map(str, value))}”"
    )
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…”"


def _count(number: int) -> str:
    return f"{number} {'record' if number == 1 else 'records'}"
