"""`onrecord check --fix`: what is certain is mended, and then the rest is said."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

from onrecord.adapters.additions import added_at, named_in
from onrecord.adapters.apply import FileWrite, alone, finish, is_unfinished, write_all
from onrecord.adapters.files import RST, Content, Unreadable, as_posix, is_alias, read_as_records, read_bytes
from onrecord.adapters.git import GitError, git_folder
from onrecord.adapters.settings import load_baseline, load_config, make_policy
from onrecord.adapters.templates import Templates
from onrecord.adapters.write import Unwritable
from onrecord.check import Around, ReadFile, Report, check, report_json
from onrecord.check.config import severity_or_never
from onrecord.check.fix import Mended, fix_of, mend
from onrecord.cli.common import (
    file_exists,
    repository,
    say,
    tell_unfinished,
    today,
    vocabulary_of,
    wants_color,
    without_git,
    write_out,
)
from onrecord.cli.judging import changing, unheard, verify_selected
from onrecord.cli.main import OUTSIDE, UsageFault
from onrecord.cli.report import exit_code, render
from onrecord.cli.selection import select_files
from onrecord.render.safe import for_terminal
from onrecord.rules import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from onrecord.check import Config, Finding
    from onrecord.cli.selection import Selection
    from onrecord.rules import Move

NEED_GIT = frozenset(("number-duplicate", "file-name-irregular"))  # fixes that hang on what git knows of the files


class _Files(NamedTuple):
    """The files of a selection that may be mended: their bytes and texts by path, and the records read from each."""

    contents: dict[str, bytes]
    texts: dict[str, str]
    read: dict[str, list[ReadFile]]


def run(options: argparse.Namespace) -> int:
    """Mend what is certain, or show it; print what is left, and return the exit code."""
    if options.staged:
        raise UsageFault("--fix changes files, and --staged reads what git holds: one of the two at a time")
    if options.diff and options.output_format != "text":
        raise UsageFault("--diff prints a diff: --output-format does not go with it")
    root = repository()
    config = load_config(root, options.config)
    verify_selected(options, root, config)
    if options.diff:
        return _show(options, root, config)
    try:
        folder = git_folder(root)
    except GitError as error:
        raise UsageFault(
            f"--fix changes files only in a git repository, which can take it back; --fix --diff shows them{without_git(error)}"
        ) from error
    try:
        with alone(folder, lambda: say(["another run is mending files here; this one waits for it"])):
            return _apply(options, root, config, folder)
    except Unwritable as error:
        say([f"{error}, so nothing was written"])
        return OUTSIDE


def _show(options: argparse.Namespace, root: Path, config: Config) -> int:
    from onrecord.render.diff import FileChange, render_diff

    selection = select_files(options.paths, root, config)
    files = _mendable(selection, root)
    mended, notes = _mend(selection, files, options, root, config)
    changes = [
        FileChange(path, to, files.texts[path], mended.texts.get(path, files.texts[path]))
        for path, to in _paths(mended).items()
    ]
    on_screen = options.output is None and sys.stdout.isatty()
    write_out(render_diff(changes, wants_color(options.output), on_screen), options.output)
    say((*notes, *(f"{name}: no such file or folder" for name in selection.missing)))
    if is_unfinished(root):
        say(["a run that writes was interrupted here; the next one with --fix finishes it first"])
    return exit_code(mended.left._replace(findings=()), selection, None, options) or int(bool(changes))


def _apply(options: argparse.Namespace, root: Path, config: Config, folder: Path) -> int:
    undone = finish(root, folder, tell_unfinished)
    selection = select_files(options.paths, root, config)
    files = _mendable(selection, root)
    mended, notes = _mend(selection, files, options, root, config)
    writes = [
        FileWrite(path, to, files.contents[path], mended.texts.get(path, files.texts[path]).encode())
        for path, to in _paths(mended).items()
    ]
    undone += write_all(writes, root, folder)
    report = mended.left._replace(findings=tuple(one._replace(fix=None) for one in mended.left.findings))
    level = severity_or_never(options.fail_on) if options.fail_on else config.fail_on
    if mended.fixed or not options.quiet or report.worst() >= min(Severity.WARNING, level or Severity.WARNING):
        write_out(_rendered(mended, report, options, root, level), options.output)
    say((*undone, *notes, *(f"{name}: no such file or folder" for name in selection.missing)))
    return OUTSIDE if undone else exit_code(report, selection, level, options)


def _mendable(selection: Selection, root: Path) -> _Files:
    """Return the files whose text is known byte for byte; what was guessed, or made into Markdown first, is left alone."""
    files = _Files({}, {}, {})
    for file in selection.files:
        files.read.setdefault(file.record.path, []).append(file)
    for path, read in files.read.items():
        if Path(path).is_absolute() or path.lower().endswith(RST) or is_alias(path, root):
            continue
        if any(_is_guess(file) for file in read):
            continue
        try:
            content = read_bytes(root / path, root)
            text = content.decode()
        except (Unreadable, UnicodeDecodeError):
            continue
        if _lines(text) == list(read[0].document.lines):
            files.contents[path], files.texts[path] = content, text
    return files


def _is_guess(file: ReadFile) -> bool:
    return any(problem.code in ("encoding-not-utf8", "record-unreadable") for problem in file.record.problems)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _Looker:
    """Checks texts that may differ from those in the files, and knows which files may be moved."""

    def __init__(
        self, selection: Selection, files: _Files, options: argparse.Namespace, root: Path, config: Config
    ) -> None:
        self.selection, self.files, self.root, self.today = selection, files, root, today(options)
        self.policy = make_policy(root, config, options.select, options.ignore)
        self.known = load_baseline(root, config)
        self.around = (changing(selection, config, options, root) or Around())._replace(
            others=selection.others, folders=selection.folders, unread=selection.unread
        )
        self.templates = Templates(vocabulary_of(config), root)
        self.notes = unheard(self.policy)
        self._asked_git = False
        self._read: dict[tuple[str, str], list[ReadFile]] = {}
        self._may_move: dict[Move, bool] = {}

    def look(self, now: Mapping[str, str]) -> Report:
        """Check the files with these texts in them; git is asked for their age once that matters."""
        report = self._check(now)
        if self._asked_git or not any(finding.rule in NEED_GIT for finding in report.findings):
            return report
        self._asked_git = True
        self.around = self.around._replace(added=added_at(self.root))
        return self._check(now)

    def may_move(self, move: Move) -> bool:
        """Tell whether a file may be moved; else note why not."""
        if move not in self._may_move:
            why = _held(move, self.root, self.files)
            self._may_move[move] = not why
            if why:
                self.notes.append(f"{move.path}: it keeps its name, because {why}")
        return self._may_move[move]

    def _check(self, now: Mapping[str, str]) -> Report:
        untouched = [
            file for path, several in self.files.read.items() if path not in self.files.texts for file in several
        ]
        changed = [file for path, text in now.items() for file in self._as_records(path, text)]
        gone = self.files.texts.keys() - now.keys()
        is_there = file_exists(self.root)
        report = check(
            sorted((*untouched, *changed), key=lambda file: (file.record.path, file.record.span)),
            self.policy,
            self.today,
            lambda path: path in now or (path not in gone and is_there(path)),
            self.selection.skipped,
            self.known,
            self.around,
        )
        return report._replace(findings=tuple(self._without_aliases(finding) for finding in report.findings))

    def _without_aliases(self, finding: Finding) -> Finding:
        """Return a finding without its fix when it stands in a file of two names: the other record may know it by either."""
        path = finding.location.path
        if fix_of(finding) is None or path in self.files.texts or not is_alias(path, self.root):
            return finding
        self.notes.append(f"{path}: it is left as it is, because it is reached through a symlink")
        return finding._replace(fix=None, suggestion=None)

    def _as_records(self, path: str, text: str) -> list[ReadFile]:
        if self.files.texts.get(path) == text:
            return self.files.read[path]
        if (path, text) not in self._read:
            content = Content(text.removeprefix("\ufeff"), ())
            vocabulary = self.templates.for_file(self.root / path)
            self._read[path, text] = read_as_records(content, path, path, vocabulary)
        return self._read[path, text]


def _mend(
    selection: Selection, files: _Files, options: argparse.Namespace, root: Path, config: Config
) -> tuple[Mended, list[str]]:
    """Return what mending comes to, and notes on what was left because nobody can be certain."""
    looker = _Looker(selection, files, options, root, config)
    mended = mend(files.texts, looker.look, looker.may_move)
    unsure = [
        f"{finding.location.path}: its number stays, because it is not certain which file is the newer one, or which of"
        " them other texts mean"
        for finding in mended.left.findings
        if finding.rule == "number-duplicate" and finding.fix is None
    ]
    return mended, list(dict.fromkeys((*looker.notes, *unsure)))


def _held(move: Move, root: Path, files: _Files) -> str:
    """Return why a file cannot be moved, empty when it can."""
    if (root / move.path).is_symlink():
        return "it is a symlink"
    if os.path.lexists(root / move.to):
        return f"{move.to} is there already"
    stem = move.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    forms = (stem, normalize("NFC", stem), normalize("NFD", stem))
    spelled = (*forms, *map(quote, forms), *(json.dumps(form)[1:-1] for form in forms))
    others = [path for path in named_in(root, *spelled) if path not in files.texts]
    return f"{others[0]} names it too, and is no record" if others else ""


def _paths(mended: Mended) -> dict[str, str]:
    """Return the path of each file that changes, and the one it gets."""
    paths = {path: path for path in mended.texts}
    for move in mended.moves:
        first = next((old for old, new in paths.items() if new == move.path), move.path)
        paths[first] = move.to
    return dict(sorted(paths.items()))


def _rendered(mended: Mended, report: Report, options: argparse.Namespace, root: Path, level: Severity | None) -> str:
    if options.output_format == "json":
        from onrecord.render.json_report import as_json

        return as_json({**report_json(report), "fixed": [_as_json(finding) for finding in mended.fixed]})
    lines = [_line(finding, root) for finding in mended.fixed]
    if options.output_format != "text":
        say(lines)
        return render(report, options, root, level)
    text = "".join(f"{for_terminal(line)}\n" for line in lines)
    return f"{text}\n{render(report, options, root, level)}" if text else render(report, options, root, level)


def _as_json(finding: Finding) -> dict[str, object]:
    fix = fix_of(finding)
    files = {edit.path for edit in fix.edits} | {move.to for move in fix.moves} if fix else set()
    return {
        "rule": finding.rule,
        "message": finding.message,
        "path": finding.location.path,
        "files": sorted(files - ({move.path for move in fix.moves} if fix else set())),
    }


def _line(finding: Finding, root: Path) -> str:
    """Return one line on a fix: its rule, and the file that it changed."""
    fix = fix_of(finding)
    if fix is None:
        return ""
    names = list(dict.fromkeys(_here(edit.path, root) for edit in fix.edits))
    if fix.moves:
        move = fix.moves[0]
        links = len({edit.path for edit in fix.edits} - {move.path})
        more = f", and its links in {links} {'file' if links == 1 else 'files'}" if links else ""
        return f"fixed {finding.rule}: {_here(move.path, root)} is {_here(move.to, root)} now{more}"
    return f"fixed {finding.rule}: {', '.join(names)}"


def _here(path: str, root: Path) -> str:
    return as_posix(os.path.relpath(root / path))
