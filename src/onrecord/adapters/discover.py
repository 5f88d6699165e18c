"""Which files of a repository are decision records: by folder, by name, and by a look inside."""

from __future__ import annotations

import os
import re
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import MARKDOWN, UNREAD_FORMATS, Unreadable, as_posix, read_bytes
from onrecord.adapters.git import GitError, tracked_files, untracked_files
from onrecord.check import Config, Skipped
from onrecord.record.globs import matches
from onrecord.record.recognize import in_records_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_SKIPPED_FOLDERS = frozenset(("node_modules", ".git", ".venv", "venv", "site-packages", "__pycache__", ".tox"))
_RECORD_NAME = re.compile(r"(?:^|/)(?:adr|decision-record|dr|pdr)[-_ ]?\d{1,5}[^/]*$", re.IGNORECASE)
_HEADING = re.compile(
    rb"(?im)^[ \t>*_|#+-]*(?:\d[\d.]*[ .)]+)?[ *_]*(?:decisions?|decision outcome|chosen (?:option|decision)|considered options|entscheidung|d\xc3\xa9cisions?|"
    rb"decisi\xc3\xb3n|decis\xc3\xa3o|decisione|besluit|beslissing|decyzja|\xd1\x80\xd0\xb5\xd1\x88\xd0\xb5\xd0\xbd\xd0\xb8\xd0\xb5|"
    rb"\xe6\xb1\xba\xe5\xae\x9a|\xe5\x86\xb3\xe7\xad\x96|\xe5\x86\xb3\xe5\xae\x9a|\xea\xb2\xb0\xec\xa0\x95)\b"
)
_COMPANION = re.compile(
    rb"(?im)^[ \t>*_|#+-]*(?:\d[\d.]*[ .)]+)?[ *_]*(?:status|state|context|consequences|statut|kontext|contexte?o?|estado|stato|\xd1\x81\xd1\x82\xd0\xb0\xd1\x82\xd1\x83\xd1\x81)\b"
)
SNIFF_BYTES = 16_384
UNTRACKED = "not tracked by git yet"


class Discovery(NamedTuple):
    """Files to read, relative to the folder that was searched, and those left out with the reason."""

    files: list[str]
    skipped: list[Skipped]
    tracked_only: bool
    names: list[str]  # all files, whether read or not


def discover(folder: Path, config: Config, prefix: str = "", everywhere: bool = True) -> Discovery:
    """Return the candidate records below `folder`, as `find_candidates` does, and what git does not track yet as skipped."""
    found = find_candidates(folder, config, prefix, everywhere)
    if found.tracked_only:
        new = [name for name in untracked_files(folder) if name.lower().endswith(MARKDOWN)]
        found.skipped.extend(
            Skipped(n, UNTRACKED)
            for n in new
            if in_records_folder(prefix + n) and not matches(prefix + n, config.exclude)
        )
    return found


def find_candidates(folder: Path, config: Config, prefix: str = "", everywhere: bool = True) -> Discovery:
    """Return the candidate records below `folder`. Only tracked files count; without git, all files do.

    `prefix` is the folder's path in the repository, which the configuration's globs are relative to. `everywhere`
    is false for a folder that was named in the call: then `records` does not limit what is found in it.
    """
    try:
        names, tracked = tracked_files(folder), True
    except GitError:
        names, tracked = _walk(folder), False
    limits = config if everywhere else Config()
    files, skipped = [], []
    for name in names:
        whole = prefix + name
        if matches(whole, config.exclude):
            if name.lower().endswith(MARKDOWN) and would_be_record(whole):
                skipped.append(Skipped(name, "excluded by the configuration"))
            continue
        suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - names, thousands of them
        if suffix in UNREAD_FORMATS and would_be_record(whole):
            skipped.append(Skipped(name, f"{UNREAD_FORMATS[suffix]} is not read"))
        elif suffix in MARKDOWN and is_candidate(whole, limits, partial(_head_of, folder / name, folder)):
            files.append(name)
    return Discovery(files, skipped, tracked, names)


def is_candidate(name: str, config: Config, read_head: Callable[[], bytes]) -> bool:
    """Tell whether a Markdown file may be a record: listed, in a records folder, named like one, or written like one.

    `read_head` gives the beginning of its text; it is called only when neither list, folder nor name can tell.
    """
    if config.records:
        return matches(name, config.records)
    if would_be_record(name):
        return True
    head = read_head()[:SNIFF_BYTES]
    return bool(_HEADING.search(head) and _COMPANION.search(head))


def may_be_record(path: str, config: Config) -> bool:
    """Tell by its path alone whether a file may be one of this team's records, as long as nobody can look inside."""
    is_ours = path.lower().endswith(MARKDOWN) and not matches(path, config.exclude)
    return is_ours and is_candidate(path, config, lambda: b"")


def would_be_record(name: str) -> bool:
    """Tell by folder or name whether a file would be looked at without a word from the configuration."""
    return in_records_folder(name) or bool(_RECORD_NAME.search(name))


def _head_of(path: Path, folder: Path) -> bytes:
    """Return the beginning of a file; what is no plain file may lead anywhere, such as to a pipe that never ends."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return read_bytes(path, folder)[:SNIFF_BYTES]
        with path.open("rb") as handle:
            return handle.read(SNIFF_BYTES)
    except (OSError, Unreadable):
        return b""


def _walk(folder: Path) -> list[str]:
    found = []
    for current, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith(".git"))
        found += [as_posix(os.path.relpath(Path(current) / name, folder)) for name in names]
    return sorted(found)
