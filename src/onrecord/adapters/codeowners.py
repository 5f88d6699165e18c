"""CODEOWNERS: who owns which files, by GitHub's rules, which are not all of gitignore's nor GitLab's.

Source: docs.github.com, "About code owners". The last line that matches wins, and one without owners takes ownership
away. There is no negation, no character range and no escaped `#`; a line that is not understood is skipped. That brackets
count when they are escaped is what GitHub's own message about such a line says.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import Unreadable, leads_out, reason_of
from onrecord.record.globs import glob_pattern

if TYPE_CHECKING:
    from pathlib import Path

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")  # the first that is there counts, alone
MAX_BYTES = 3 * 1024 * 1024  # GitHub does not load a larger file
_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?(?:\s|$)")  # GitLab's
_WORD = re.compile(r"(?:\\.|[^\\\s])+|\\")
_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
_STARS = re.compile(r"(?<!\\)\*{2,}")
_WILD = re.compile(r"[]*?[]")
_ANY = "/"  # what any path has


class Line(NamedTuple):
    """One line: a glob of ours (`only_inside`: of the files in the folder itself), and its owners as written.

    Without owners, nobody owns what it matches.
    """

    number: int
    glob: str
    only_inside: bool
    owners: tuple[str, ...]


class Fault(NamedTuple):
    """A line that was skipped, and why; line 0 is the whole file."""

    line: int
    reason: str


class CodeOwners:
    """A CODEOWNERS file, read: of its lines, only those are tried on a path that share a name with it."""

    def __init__(self, lines: tuple[Line, ...] = (), faults: tuple[Fault, ...] = ()) -> None:
        """Take the lines in order, and those that were skipped."""
        self.lines, self.faults = lines, faults
        self._patterns: dict[int, re.Pattern[str]] = {}

    def owners_of(self, path: str) -> tuple[str, ...]:
        """Return the owners of a file, as written; `path` is POSIX and relative to the repository."""
        names = {_ANY, *(sign for name in path.split("/") for sign in (name, _ending(name)))}
        near = sorted((at for name in names for at in self._by_name.get(name, ())), reverse=True)
        return next((self.lines[at].owners for at in near if self._pattern(at).match(path)), ())

    def _pattern(self, at: int) -> re.Pattern[str]:
        if at not in self._patterns:
            self._patterns[at] = glob_pattern(self.lines[at].glob, self.lines[at].only_inside)
        return self._patterns[at]

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """Return the places of lines by a name, or the ending of one, that what they match has: by their rarest."""
        names = [_names(line.glob) for line in self.lines]
        count = Counter(name for own in names for name in own)
        found: dict[str, list[int]] = {}
        for at, own in enumerate(names):
            found.setdefault(min(own, key=count.__getitem__, default=_ANY), []).append(at)
        return found


def _names(glob: str) -> set[str]:
    """Return names and endings of names ("/.js", which is no name) without which a path does not match."""
    parts = {part for part in glob.removeprefix("./").split("/") if part}  # as `glob_pattern` reads it
    endings = (_ending(_WILD.split(part)[-1]) for part in parts if _WILD.search(part))
    return {part for part in parts if not _WILD.search(part)} | {one for one in endings if one != _ANY}


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f"/.{ending}" if dot else _ANY


def read_code_owners(root: Path) -> CodeOwners:
    """Return who owns what below `root`; nothing where no file says so."""
    for name in PLACES:
        path = root / name
        if not path.is_file():
            continue
        try:
            if leads_out(path, root):
                raise Unreadable("a symlink that leads out of the repository is not followed")
            with path.open("rb") as handle:
                return parse_code_owners(handle.read(MAX_BYTES + 1))
        except (OSError, Unreadable) as error:
            return CodeOwners((), (Fault(0, reason_of(error)),))
    return CodeOwners()


def parse_code_owners(content: bytes) -> CodeOwners:
    """Read the content of a CODEOWNERS file; never raises."""
    if len(content) > MAX_BYTES:
        return CodeOwners((), (Fault(0, "the file is larger than 3 MB, and GitHub does not read it either"),))
    lines, faults = [], []
    for number, text in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        words = _words(text) if text else []  # most of a large file may be empty
        if not words or _SECTION.match(text.strip()):
            continue
        name, *owners = words
        strange = [owner for owner in owners if not _OWNER.fullmatch(owner)]
        if reason := _unreadable(name):
            faults.append(Fault(number, reason))
        elif strange:
            faults.append(Fault(number, f"“{strange[0]}” is neither @name, @organization/team nor an email address"))
        else:
            lines.append(Line(number, *_glob_of(name), tuple(owners)))
    return CodeOwners(tuple(lines), tuple(faults))


def _words(text: str) -> list[str]:
    """Return pattern and owners of a line, without its comment; a space behind a backslash belongs to the pattern."""
    words: list[str] = []
    for word in _WORD.findall(text):
        if word.startswith("#"):
            break
        words.append(word)
    return words


def _unreadable(name: str) -> str | None:
    if name.startswith("!"):
        return "a pattern cannot be negated with “!”"
    if name.startswith("\\#"):
        return "a pattern cannot begin with “#”"
    if re.search(r"(?<!\\)[][]", name):
        return "there are no character ranges; “[” and “]” in a name are written “\\[” and “\\]”"
    if "***" in name:
        return "three stars in a row mean nothing"
    return None


def _glob_of(name: str) -> tuple[str, bool]:
    """Turn a pattern into a glob of ours: anchored where it has a slash before its end, else found in any folder."""
    if name == "/":
        return "", True  # no path is empty
    parts = name.split("/")
    anchored = len([part for part in parts if part]) > 1 or name.startswith("/")
    only_inside = parts[-1] == "*"  # "docs/*" means the files directly in it; a bare "*" everything
    parts = [part if part == "**" else _STARS.sub("*", part) for part in parts]
    glob = re.sub(r"\\(.?)", lambda m: f"[{m[1]}]" if m[1] in tuple("*?[") else m[1], "/".join(parts))
    glob = glob.removeprefix("/")
    return glob if anchored or glob.startswith("**") else f"**/{glob}", only_inside
