"""Globs that name files: those of a team's configuration, and those in a record's scope."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache

from onrecord.lazily import lazy_pattern

_BRACKETS = r"\[[^\]]{0,100}\]"  # without a limit, each of many brackets would look for an end that is not there
_CLASS = lazy_pattern(_BRACKETS)
_PARTS = lazy_pattern(rf"((?:^|(?<=/))\*\*/|\*\*|\*|\?|{_BRACKETS})")  # "**/" crosses where a folder may begin
_CROSSING = {"**/": "(?:[^/]*/)*?", "**": "(?s:.)*?"}
_BELOW, _WHOLE = r"(?=/|\Z)", r"\Z"


def matches(name: str, globs: tuple[str, ...]) -> bool:
    """Tell whether a POSIX path matches one of the globs; `**` crosses folders, `*` does not."""
    return any(glob_pattern(glob).match(name) for glob in globs)


@lru_cache(maxsize=1024)
def glob_pattern(glob: str, whole: bool = False) -> re.Pattern[str]:
    """Compile a glob: `docs/**`, `**/adr/*.md`, `src/*.py`; a folder name alone means everything in it, unless `whole`.

    Whoever writes a glob or names a file may be a stranger: every wildcard takes the first place where what follows
    it fits and never tries another (atomic groups), so that no pair of them can take long. That finds the same, as no
    later place leaves more room to the rest.
    """
    glob = glob.removeprefix("./").removeprefix("/")
    if glob.endswith("/"):
        glob += "**"
    runs: list[list[str]] = [[""]]  # between wildcards that cross folders: pieces between stars
    crossings: list[str] = []
    for part in _PARTS.split(glob):
        if part in _CROSSING:
            crossings.append(_CROSSING[part])
            runs.append([""])
        elif part == "*":
            runs[-1].append("")
        else:
            runs[-1][-1] += _literal(part)
    runs[-1][-1] += _WHOLE if whole else _BELOW
    first, *others = ["".join([run[0], *(f"(?>[^/]*?{piece})" for piece in run[1:])]) for run in runs]
    return re.compile(first + "".join(f"(?>{c}{run})" for c, run in zip(crossings, others, strict=True)))


def stays_inside(glob: str) -> bool:
    """Tell whether a glob names files of this repository: it is relative, and does not lead out of it."""
    return not re.match(r"[/\\~]|[A-Za-z][A-Za-z0-9+.-]*:", glob) and ".." not in re.split(r"[/\\]", glob)


def literal_length(glob: str) -> int:
    """Return how many characters of a glob are no wildcards: the more, the more specific it is; 0 matches everything."""
    return len(_PARTS.sub("", glob.removeprefix("./")).replace("/", ""))


def _literal(part: str) -> str:
    if part == "?":
        return "[^/]"
    if _CLASS.fullmatch(part):
        return "(?!/)" + translate(part).removeprefix("(?s:").removesuffix(r")\Z")
    return re.escape(part)
