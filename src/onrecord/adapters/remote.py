"""Where a repository is pushed to."""

from __future__ import annotations

import os
import re

from onrecord.adapters.git import GitError, run_git
from onrecord.lazily import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[\w.-]+@)(?P<alias>[\w.-]+):)"
    r"(?P<slug>[\w.-]+/[\w.-]+?)(?:\.git)?/?\Z"
)


class Remote(NamedTuple):
    """Where the repository is pushed to: a host, and `owner/name` on it."""

    host: str
    slug: str


def remote_of(root: Path, name: str = "origin") -> Remote | None:
    """Return host and owner/name of a remote, None when there is none or its address has another form."""
    try:
        address = os.fsdecode(run_git(root, "config", "--get", f"remote.{name}.url")).strip()
    except GitError:
        return None
    return parse_remote(address)


def parse_remote(address: str) -> Remote | None:
    """Read `https://github.com/owner/name.git`, `git@github.com:owner/name` and the like."""
    match = _REMOTE.match(address)
    return Remote((match["host"] or match["alias"]).casefold(), match["slug"]) if match else None
