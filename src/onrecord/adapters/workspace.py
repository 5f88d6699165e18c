"""Where one run of the Action finds its files: in the checkout, or on GitHub when there is none.

What a stranger proposes is judged by the base's configuration: else a pull request could switch its own check off.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.checkout import Checkout, checked_out
from onrecord.adapters.git import GitError, tracked_files
from onrecord.adapters.settings import DEFAULT_BASELINE, NAMES, load_config
from onrecord.adapters.templates import PULL_REQUEST_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.github import GitHub
    from onrecord.change import ChangedFile
    from onrecord.check import Config

    Read: TypeAlias = Callable[[str], bytes | None]

CODE_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
MAX_RECORDS = 1_000


class Workspace(NamedTuple):
    """What a run looks at.

    `root` holds the files of the change, `settings` the team's configuration, schema, baseline, templates and code
    owners. `files` is what the change touches, None when that is not known. `records` are the only files to look for
    records in; None: look through all of `root`. `before` gives a file as it was; `paths` are all files at the base, None
    where the checkout tells.
    """

    root: Path
    settings: Path
    files: tuple[ChangedFile, ...] | None = None
    records: tuple[str, ...] | None = None
    before: Read = lambda _path: None
    notes: tuple[str, ...] = ()
    paths: tuple[str, ...] | None = None

    def all_files(self) -> tuple[str, ...] | None:
        """Return the paths of all files, None when nobody can tell."""
        if self.paths is not None:
            return self.paths
        try:
            return tuple(tracked_files(self.root))
        except GitError:
            return None


def local_workspace(
    root: Path,
    occasion: Occasion,
    known: tuple[ChangedFile, ...] | None,
    scratch: Path,
    github: GitHub | None,
    config: str | None,
) -> Workspace:
    """Return the workspace of a checkout. With an occasion that is no change, all of it is looked at.

    `known` are the changed files as GitHub lists them, for a checkout that is too shallow to tell.
    """
    if occasion.kind == "other":
        return Workspace(root, root)
    notes = []
    checkout: Checkout | None = None
    try:
        checkout = checked_out(root, occasion.base_sha or None, occasion.head_sha or None)
        if checkout is None and known is None:
            notes.append(
                "The checkout is too shallow to tell what changed, so all records were checked; “fetch-depth: 2” limits that to the changed ones."
            )
    except GitError as error:
        notes.append(f"The changed files are not known ({error}), so all records were checked.")
    settings = root
    if not occasion.is_trusted:
        read = checkout.before if checkout else _remote_reader(occasion, github)
        if read is None:
            notes.append(
                "This pull request comes from outside and the configuration of its base is out of reach, so the defaults were used; “fetch-depth: 2” helps."
            )
        settings = _settings(scratch / "base", read, config)
    return Workspace(
        root,
        settings,
        checkout.files() if checkout else known,
        None,
        checkout.before if checkout else (lambda _path: None),
        tuple(notes),
    )


def remote_workspace(
    occasion: Occasion, files: tuple[ChangedFile, ...], scratch: Path, github: GitHub, config: str | None
) -> Workspace:
    """Return a workspace made from what GitHub holds: the base's settings and records, and the records of the change.

    Nothing of it is ever run; only Markdown, the configuration and what that names are fetched.
    """
    notes: list[str] = []
    place = occasion.repository

    def before(path: str) -> bytes | None:
        return github.file(place, path, occasion.base_sha)

    settings = _settings(scratch / "base", before, config)
    loaded = load_config(settings, config, settings)
    root = scratch / "files"
    root.mkdir()
    paths = tuple(github.tree(place, occasion.base_sha))
    at_base = [path for path in paths if _may_be_record(path, loaded)]
    gone = {f.previous or f.path for f in files if f.status in ("removed", "renamed")}
    at_head = [f.path for f in files if f.status != "removed" and _may_be_record(f.path, loaded)]
    if len(at_base) > MAX_RECORDS:
        notes.append(f"Only {MAX_RECORDS} of {len(at_base)} records of the base were read.")
    kept = [path for path in at_base if path not in gone and path not in at_head][:MAX_RECORDS]
    base = github.files(place, occasion.base_sha, kept)
    # The base repository holds the commits of its pull requests, those from forks too (refs/pull/N/head).
    head = github.files(place, occasion.head_sha, at_head[:MAX_RECORDS])
    written = [path for path, content in (base | head).items() if _write(root, path, content)]
    return Workspace(root, settings, files, tuple(sorted(written)), before, tuple(notes), paths)


def _may_be_record(path: str, config: Config) -> bool:
    from onrecord.adapters.discover import is_candidate
    from onrecord.adapters.files import MARKDOWN
    from onrecord.record.globs import matches

    return (
        path.lower().endswith(MARKDOWN)
        and not matches(path, config.exclude)
        and is_candidate(path, config, lambda: b"")
    )


def _remote_reader(occasion: Occasion, github: GitHub | None) -> Read | None:
    if github is None or not occasion.base_sha:
        return None
    return lambda path: github.file(occasion.repository, path, occasion.base_sha)


def _settings(folder: Path, read: Read | None, config: str | None) -> Path:
    """Write the base's configuration, and what it names, into a folder of its own; return that folder."""
    folder.mkdir()
    if read is None:
        return folder
    for name in (config,) if config else (*NAMES, "pyproject.toml"):
        _copy(name, read, folder)
    loaded = load_config(folder, config, folder)
    for named in (loaded.schema, loaded.baseline or DEFAULT_BASELINE, *PULL_REQUEST_TEMPLATES, *CODE_OWNERS):
        if named:
            _copy(named, read, folder)
    return folder


def _copy(name: str, read: Read, folder: Path) -> None:
    content = read(name)
    if content is not None:
        _write(folder, name, content)


def _write(folder: Path, name: str, content: bytes) -> bool:
    """Write a file below a folder, and tell so; a name that leads out of it is left out."""
    path = folder / name
    if ".." in Path(name).parts or Path(name).is_absolute():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
