"""Globs as a team writes them in its configuration."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache


def matches(name: str, globs: tuple[str, ...]) -> bool:
    """Tell whether a POSIX path matches one of the globs; `**` crosses folders, `*` does not."""
    return any(glob_pattern(glob).match(name) for glob in globs)


@lru_cache(maxsize=256)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Compile a glob: `docs/**`, `**/adr/*.md`, `src/*.py`; a folder name alone means everything in it."""
    glob = glob.removeprefix("./").removeprefix("/")
    if glob.endswith("/"):
        glob += "**"
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    out = [special.get(part) or _literal(part) for part in re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", glob)]
    return re.compile("".join(out) + r"(?:/.*)?\Z")


def _literal(part: str) -> str:
    return translate(part).removeprefix("(?s:").removesuffix(r")\Z") if part.startswith("[") else re.escape(part)
