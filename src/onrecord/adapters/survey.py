"""What a repository has already: records, templates of pull requests, hooks, workflows, a remote, a default branch."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.discover import discover, would_be_record
from onrecord.adapters.files import Unreadable, decode, leads_out, read_as_records, read_bytes
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.templates import Templates
from onrecord.log.homes import Homes, Seen, find_homes, language_of

if TYPE_CHECKING:
    from onrecord.check import Config
    from onrecord.record import Vocabulary

# GitHub looks in these folders, in this order, whatever the case of the name (docs.github.com, "Creating a pull request
# template for your repository"); a folder of that name holds templates that are chosen by the address of the page.
TEMPLATE_FOLDERS = (".github", "", "docs")
_TEMPLATE = re.compile(r"pull_request_template\.(?:md|txt)\Z", re.IGNORECASE)
_TEMPLATES = "pull_request_template"
PRE_COMMIT = ".pre-commit-config.yaml"
# Each of them puts itself where pre-commit would: in .git/hooks, or in core.hooksPath.
_HOOK_MANAGERS = {
    ".husky": "Husky",
    "lefthook.yml": "Lefthook",
    "lefthook.yaml": "Lefthook",
    ".lefthook.yml": "Lefthook",
    ".lefthook.yaml": "Lefthook",
    ".overcommit.yml": "Overcommit",
}
# A step that runs OnRecord: `uses: onrecord/onrecord@…`, or its command line in a script. Comments do not count.
_STEP = re.compile(rb"""(?m)^[^#\n]*\buses:\s*["']?[\w.-]+/onrecord@|^[^#\n]*\bonrecord (?:check|pr|action)\b""")
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[\w.-]+@)(?P<alias>[\w.-]+):)"
    r"(?P<slug>[\w.-]+/[\w.-]+?)(?:\.git)?/?\Z"
)


class Remote(NamedTuple):
    """Where the repository is pushed to: a host, and `owner/name` on it."""

    host: str
    slug: str


class Survey(NamedTuple):
    """What was found. Paths are relative to the root, POSIX; `template` is the one GitHub puts into the description.

    `several` are the templates of a folder, which are chosen by hand. `branch` is empty when it cannot be told.
    """

    homes: Homes
    branch: str
    remote: Remote | None
    template: str | None
    several: tuple[str, ...]
    workflows: tuple[str, ...]
    has_pre_commit: bool
    hook_manager: str | None


def look_around(root: Path, config: Config, vocabulary: Vocabulary) -> Survey:
    """Look at the repository at `root`; reads only."""
    several = tuple(name for folder in TEMPLATE_FOLDERS for name in _templates_in(root, folder))
    managers = (name for file, name in _HOOK_MANAGERS.items() if (root / file).exists())
    return Survey(
        find_homes(_records(root, config, vocabulary)),
        default_branch(root),
        remote_of(root),
        next((name for folder in TEMPLATE_FOLDERS for name in _matching(root, folder)), None),
        several,
        tuple(name for name in _files(root, ".github/workflows") if _runs_us(root / name, root)),
        os.path.lexists(root / PRE_COMMIT),
        next(managers, None),
    )


def default_branch(root: Path) -> str:
    """Return the branch that `origin` calls its default, else the current one; empty on a detached HEAD."""
    for reference in ("refs/remotes/origin/HEAD", "HEAD"):
        try:
            found = run_git(root, "symbolic-ref", "--quiet", "--short", reference)
        except GitError:
            continue
        return os.fsdecode(found).strip().removeprefix("origin/")
    return ""


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


def _records(root: Path, config: Config, vocabulary: Vocabulary) -> list[Seen]:
    """Read all records of the repository as the other verbs do."""
    templates = Templates(vocabulary, root)
    seen: list[Seen] = []
    for name in discover(root, config).files:
        try:
            content = decode(read_bytes(root / name, root))
        except Unreadable:
            continue
        files = read_as_records(content, name, name, templates.for_file(root / name))
        seen += [
            Seen(name, file.record.dialect, language_of(file.document), would_be_record(name))
            for file in files
            if file.record.kind == "record"
        ]
    return seen


def _matching(root: Path, folder: str) -> list[str]:
    return [name for name in _files(root, folder) if _TEMPLATE.fullmatch(name.rsplit("/", 1)[-1])]


def _templates_in(root: Path, folder: str) -> list[str]:
    here = root / folder
    inner = [name for name in _names(here, root) if name.casefold() == _TEMPLATES and (here / name).is_dir()]
    found = [path for name in inner for path in _files(root, f"{folder}/{name}".removeprefix("/"))]
    return [path for path in found if path.lower().endswith((".md", ".txt"))]


def _files(root: Path, folder: str) -> list[str]:
    """Return the files of one folder, relative to the root; a folder that leads out of the repository has none."""
    here = root / folder
    prefix = f"{folder}/" if folder else ""
    return [prefix + name for name in _names(here, root) if not (here / name).is_dir()]


def _names(folder: Path, root: Path) -> list[str]:
    try:
        return [] if leads_out(folder, root) else sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _runs_us(path: Path, root: Path) -> bool:
    try:
        return path.suffix in (".yml", ".yaml") and _STEP.search(read_bytes(path, root)) is not None
    except Unreadable:
        return False
