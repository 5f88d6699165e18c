"""Which commit of OnRecord is running, if that can be known without the network.

A workflow pins an Action by its commit, and a release cannot hold the hash of its own. Two records may tell it: the one
pip leaves when it installs from git (PEP 610, `direct_url.json`), and the checkout that this code runs from.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from onrecord import __version__
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.survey import parse_remote, remote_of

REPOSITORY = "onrecord/onrecord"
COMMIT = re.compile(r"[0-9a-f]{40}\Z")


class Release(NamedTuple):
    """A version to point at: `owner/name` on GitHub, its commit where that is known, and its tag where it has one."""

    repository: str
    commit: str | None
    tag: str | None


def our_release() -> Release:
    """Return what to point at: the commit that is recorded, else that of the checkout, else the tag alone."""
    recorded = _direct_url()
    folder = Path(__file__).resolve().parents[3]
    if isinstance(path := recorded.get("url"), str) and path.startswith("file:"):
        folder = Path(unquote(urlsplit(path).path))
    return from_direct_url(recorded) or from_checkout(folder) or Release(REPOSITORY, None, _tag())


def from_direct_url(recorded: dict[str, object]) -> Release | None:
    """Return what pip recorded of an installation from a repository on GitHub, None for any other."""
    source, address = recorded.get("vcs_info"), recorded.get("url")
    if not isinstance(source, dict) or not isinstance(address, str):
        return None
    remote, commit = parse_remote(address), str(source.get("commit_id"))
    if remote is None or remote.host != "github.com" or not COMMIT.match(commit):
        return None
    return Release(remote.slug, commit, _tag() if source.get("requested_revision") == _tag() else None)


def from_checkout(folder: Path) -> Release | None:
    """Return the commit of this version's tag, else the one checked out, if GitHub has it; None if it may not have it."""
    if not (folder / "action.yml").is_file() or not (folder / ".git").exists():
        return None
    remote = remote_of(folder)
    if remote is None or remote.host != "github.com":
        return None
    for reference, tag in ((f"refs/tags/{_tag()}", _tag()), ("HEAD", None)):
        try:
            commit = os.fsdecode(run_git(folder, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")).strip()
            if run_git(folder, "branch", "--remotes", "--contains", commit).strip():
                return Release(remote.slug, commit, tag)
        except GitError:
            continue
    return None


def _tag() -> str:
    return f"v{__version__}"


def _direct_url() -> dict[str, object]:
    """Return what pip wrote down of where it installed us from, empty for a release from an index."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        recorded = json.loads(distribution("onrecord").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return recorded if isinstance(recorded, dict) else {}
