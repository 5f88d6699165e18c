"""`onrecord agenda RECORD`: a proposed record becomes a page for the meeting that decides it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import in_repository
from onrecord.adapters.settings import load_config
from onrecord.adapters.write import DiskFull, Unwritable, create_file, tidy
from onrecord.cli.common import repository, say, vocabulary_of, write_out
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.cli.selection import select_files
from onrecord.draft.agenda import agenda

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config, ReadFile

LEAST, MOST = 5, 480  # minutes
_OPEN = ("proposed", "draft", "unknown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "record", metavar="RECORD", help="a proposed record: its path, its number, or words of its title"
    )
    parser.add_argument("--minutes", type=int, default=30, metavar="N", help="how long the meeting is (default: 30)")
    parser.add_argument("--output", metavar="FILE", help="write to this new file")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Print the page, or say why there is nothing to decide; return the exit code."""
    if not LEAST <= options.minutes <= MOST:
        raise UsageFault(f"--minutes {options.minutes}: a number from {LEAST} to {MOST}")
    root = repository()
    config = load_config(root, options.config)
    file = _file(options.record, root, config)
    if file is None:
        return USAGE
    status = file.record.status
    if status and status.value not in _OPEN:
        say(
            [
                f"{file.record.path} is {status.value}: that is decided already; a new record may take it up again (onrecord new --supersedes)"
            ]
        )
        return NOTHING
    _put(agenda(file.record, file.document, options.minutes), options.output)
    if options.output:
        say(
            [
                f"{options.output}: once Outcome and Follow-ups are filled in, “onrecord draft {options.output}” reads them back"
            ]
        )
    return 0


def _put(page: str, output: str | None) -> None:
    """Print the page, or write it to a file that is not there yet: one that is may be filled in."""
    if output is None:
        write_out(page, None)
        return
    path = Path(output)
    try:
        tidy(path)
        if os.path.lexists(path) or not create_file(path, page.encode("utf-8", "backslashreplace")):
            raise UsageFault(f"{output} is there already; --output names another file")
    except DiskFull as error:
        raise Unwritable(f"--output {output}: {error}") from error
    except Unwritable as error:
        raise UsageFault(f"--output {output}: {error}") from error


def _file(name: str, root: Path, config: Config) -> ReadFile | None:
    """Return the record of this name; None where several go by it, which was said."""
    if Path(name).is_file():
        return _read(in_repository(Path(name), root), root, config)
    from onrecord.cli.list import read
    from onrecord.cli.show import named, which_of, with_just_written

    with closing(read(root, config, vocabulary_of(config))) as log:
        cards, _ = with_just_written(log, root, config)
    found = named(name, cards, root)
    if len(found) > 1:
        say(which_of(name, found))
        return None
    return _read(found[0].path, root, config, found[0].line)


def _read(path: str, root: Path, config: Config, line: int | None = None) -> ReadFile:
    files = [one for one in select_files([str(root / path)], root, config).files if one.record.kind == "record"]
    if not files:
        raise UsageFault(f"{path}: this does not read like a decision record")
    if line is None and len(files) > 1:
        raise UsageFault(f"{path}: there are {len(files)} records in this file; the number of one tells which")
    return next((one for one in files if one.record.span.start == line), files[0])
