"""Which files of a repository are decision records: by folder, by name, and by a look inside."""

from __future__ import annotations

import os
import re
import stat
from functools import cache, partial
from pathlib import Path

from onrecord.adapters.files import MARKDOWN, UNREAD_FORMATS, Unreadable, as_posix, read_bytes
from onrecord.adapters.git import GitError, tracked_files, untracked_files
from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.record.folders import in_records_folder
from onrecord.record.globs import matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.check import Config, Skipped

    Sniff = Callable[[list[str], Callable[[str], bytes]], set[str]]

_SKIPPED_FOLDERS = frozenset(("node_modules", ".git", ".venv", "venv", "site-packages", "__pycache__", ".tox"))
_RECORD_NAME = re.compile(r"(?:^|/)(?:adr|decision-record|dr|pdr)[-_ ]?\d{1,5}[^/]*$", re.IGNORECASE)
_PROMPT = re.compile(
    r"(?:^|/)\.claude/(?:agents|commands|skills)/"
)  # tells an assistant how to write a record; is none
SNIFF_BYTES = 16_384
UNTRACKED = "not tracked by git yet"


class Limits(NamedTuple):
    """What a configuration says of where records are: `records` (empty: wherever they are found) and `exclude`, globs."""

    records: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Discovery(NamedTuple):
    """Files to read, relative to the folder that was searched, and those left out with the reason.

    `untold` is why git could not tell which files there are, empty where it could.
    """

    files: list[str]
    skipped: list[Skipped]
    tracked_only: bool
    names: list[str]  # all files, whether read or not
    untold: str = ""


def discover(folder: Path, config: Config, prefix: str = "", everywhere: bool = True) -> Discovery:
    """Return the candidate records below `folder`, as `find_candidates` does, and what git does not track yet as skipped."""
    found = find_candidates(folder, config, prefix, everywhere)
    if found.tracked_only:
        from onrecord.check import Skipped

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
    from onrecord.check import Skipped

    closed: list[tuple[str, str]] = []
    try:
        names, untold = tracked_files(folder), ""
    except GitError as error:
        names, untold = files_below(folder, closed), str(error)
    limits = config if everywhere else Limits()
    files: list[str] = []
    skipped = [Skipped(name, f"a folder that cannot be looked into: {why}") for name, why in closed]

    def head_of(name: str) -> bytes:
        """Return the beginning of a file; one that may not be opened may be a record, and that is said."""
        fault: list[str] = []
        found = _head_of(folder / name, folder, fault)
        skipped.extend(Skipped(name, why) for why in fault)
        return found

    for name in names:
        whole = prefix + name
        if matches(whole, config.exclude):
            if name.lower().endswith(MARKDOWN) and would_be_record(whole):
                skipped.append(Skipped(name, "excluded by the configuration"))
            continue
        suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - names, thousands of them
        if suffix in UNREAD_FORMATS and would_be_record(whole):
            skipped.append(Skipped(name, f"{UNREAD_FORMATS[suffix]} is not read"))
        elif suffix in MARKDOWN and is_candidate(whole, limits, partial(head_of, name)):
            files.append(name)
    return Discovery(files, skipped, not untold, names, untold)


def candidates_among(folder: Path, names: list[str], limits: Limits, sniff: Sniff) -> list[str]:
    """Return the candidates among files below the repository's root, as `find_candidates` does.

    `sniff` takes the names that say nothing and a function that reads the beginning of a file; it returns those that
    are written like a record.
    """
    ending = [name for name in names if name.lower().endswith(MARKDOWN)]
    readable = [name for name in ending if os.path.splitext(name)[1].lower() in MARKDOWN]  # noqa: PTH122 - not ".md"
    told = {name: _by_name(name, limits) for name in readable if not matches(name, limits.exclude)}
    mute = [name for name, is_one in told.items() if is_one is None]
    written = sniff(mute, lambda name: _head_of(folder / name, folder)[:SNIFF_BYTES])
    return [name for name, is_one in told.items() if is_one or name in written]


def is_candidate(name: str, config: Config | Limits, read_head: Callable[[], bytes]) -> bool:
    """Tell whether a Markdown file may be a record: listed, in a records folder, named like one, or written like one.

    `read_head` gives the beginning of its text; it is called only when neither list, folder nor name can tell.
    """
    is_one = _by_name(name, config)
    return is_written_like_one(read_head()[:SNIFF_BYTES]) if is_one is None else is_one


def _by_name(name: str, config: Config | Limits) -> bool | None:
    """Tell whether a Markdown file may be a record by list, folder or name; None where only its text can tell."""
    if config.records:
        return matches(name, config.records)
    return would_be_record(name) or (False if _PROMPT.search(name) else None)


def is_written_like_one(head: bytes) -> bool:
    """Tell by the beginning of a file whether it may be a record, wherever it is and whatever its name."""
    heading, companion = _signs()
    return bool(heading.search(head) and companion.search(head))


@cache
def _signs() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what the headings of a decision and of the parts around it look like; they take their time to compile."""
    heading = re.compile(
        rb"(?im)^[ \t>*_|#+-]*+(?:\d[\d.]{0,20}[ .)]{1,9})?[ *_]*+(?:decisions?|decision outcome|chosen (?:option|decision)|considered options|entscheidung|d\xc3\xa9cisions?|"
        rb"decisi\xc3\xb3n|decis\xc3\xa3o|decisione|besluit|beslissing|decyzja|\xd1\x80\xd0\xb5\xd1\x88\xd0\xb5\xd0\xbd\xd0\xb8\xd0\xb5|"
        rb"\xe6\xb1\xba\xe5\xae\x9a|\xe5\x86\xb3\xe7\xad\x96|\xe5\x86\xb3\xe5\xae\x9a|\xea\xb2\xb0\xec\xa0\x95)\b"
    )
    companion = re.compile(
        rb"(?im)^[ \t>*_|#+-]*+(?:\d[\d.]{0,20}[ .)]{1,9})?[ *_]*+(?:status|state|context|consequences|statut|kontext|contexte?o?|estado|stato|\xd1\x81\xd1\x82\xd0\xb0\xd1\x82\xd1\x83\xd1\x81)\b"
    )
    return heading, companion


def may_be_record(path: str, config: Config) -> bool:
    """Tell by its path alone whether a file may be one of this team's records, as long as nobody can look inside."""
    is_ours = path.lower().endswith(MARKDOWN) and not matches(path, config.exclude)
    return is_ours and is_candidate(path, config, lambda: b"")


def would_be_record(name: str) -> bool:
    """Tell by folder or name whether a file would be looked at without a word from the configuration."""
    if _PROMPT.search(name):
        return False
    return in_records_folder(name) or bool(_RECORD_NAME.search(name))


def _head_of(path: Path, folder: Path, fault: list[str] | None = None) -> bytes:
    """Return the beginning of a file; what is no plain file may lead anywhere, such as to a pipe that never ends.

    `fault` is told why a plain file cannot be read. One that is gone since git was asked is none.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return read_bytes(path, folder)[:SNIFF_BYTES]
        with path.open("rb") as handle:
            return handle.read(SNIFF_BYTES)
    except OSError as error:
        if fault is not None and not isinstance(error, FileNotFoundError):
            fault.append(error.strerror or "it cannot be opened")
        return b""
    except Unreadable:
        return b""


def files_below(folder: Path, closed: list[tuple[str, str]] | None = None) -> list[str]:
    """Return all files below a folder without git's help: none of git's own, and none of installed packages.

    `closed` is told the folders that cannot be looked into, relative to `folder`, and why.
    """

    def note(error: OSError) -> None:
        if closed is not None:
            closed.append((as_posix(os.path.relpath(error.filename, folder)), error.strerror or "it cannot be opened"))

    found = []
    for current, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith(".git"))
        found += [as_posix(os.path.relpath(Path(current) / name, folder)) for name in names]
    return sorted(found)
