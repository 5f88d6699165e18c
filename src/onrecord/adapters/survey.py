"""What a repository has already: records, templates of pull requests, hooks, workflows, a remote, a default branch."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.branch import ORIGIN, branch_at
from onrecord.adapters.discover import discover, would_be_record
from onrecord.adapters.files import Unreadable, decode, files_in, read_as_records, read_bytes
from onrecord.adapters.pull_request_templates import templates_below
from onrecord.adapters.remote import Remote as Remote
from onrecord.adapters.remote import parse_remote as parse_remote
from onrecord.adapters.remote import remote_of as remote_of
from onrecord.adapters.templates import Templates
from onrecord.log.homes import Homes, Seen, find_homes, language_of

if TYPE_CHECKING:
    from onrecord.check import Config
    from onrecord.record import Vocabulary

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
    hook_manager: str | None


def look_around(root: Path, config: Config, vocabulary: Vocabulary) -> Survey:
    """Look at the repository at `root`; reads only."""
    templates = templates_below(root)
    managers = (name for file, name in _HOOK_MANAGERS.items() if (root / file).exists())
    return Survey(
        find_homes(_records(root, config, vocabulary)),
        default_branch(root),
        remote_of(root),
        next(iter(templates.offered), None),
        templates.chosen,
        tuple(name for name in files_in(root, ".github/workflows") if _runs_us(root / name, root)),
        next(managers, None),
    )


def default_branch(root: Path) -> str:
    """Return the branch that `origin` calls its default, else the current one; empty on a detached HEAD."""
    return branch_at(root, ORIGIN).removeprefix("origin/") or branch_at(root)


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


def _runs_us(path: Path, root: Path) -> bool:
    try:
        return path.suffix in (".yml", ".yaml") and _STEP.search(read_bytes(path, root)) is not None
    except Unreadable:
        return False
