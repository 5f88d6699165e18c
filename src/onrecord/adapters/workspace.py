"""Where one run of the Action finds its files: in the checkout, or on GitHub when there is none.

What a stranger proposes is judged by the base's configuration: else a pull request could switch its own check off.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.checkout import Checkout, checked_out
from onrecord.adapters.codeowners import PLACES as CODE_OWNERS
from onrecord.adapters.discover import may_be_record
from onrecord.adapters.git import GitError, files_at, tracked_files
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.pull_request_templates import find_templates
from onrecord.adapters.settings import DEFAULT_BASELINE, NAMES, load_config
from onrecord.adapters.write import DiskFull, fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.github import GitHub
    from onrecord.change import ChangedFile

    Read: TypeAlias = Callable[[str], bytes | None]

MAX_RECORDS = 1_000
OUT_OF_REACH = (
    "This pull request comes from outside and the configuration of its base is out of reach, so the defaults were used;"
    " “fetch-depth: 2” helps."
)


class Base(NamedTuple):
    """The commit that a change is proposed to: what gives its files, and the paths of them all, None when nobody lists them."""

    read: Read
    paths: Sequence[str] | None

    def copy(self, names: Iterable[str | None], folder: Path) -> None:
        """Write those of the files that are there below a folder; what is known not to be there is not asked for."""
        for path in [posixpath.normpath(name) for name in names if name]:
            if self.paths is None or path in self.paths:
                content = self.read(path)
                if content is not None:
                    _write(folder, path, content)


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

    def exists(self) -> Callable[[str], bool] | None:
        """Return what tells whether a path is there, None where the files below `root` tell.

        Where only records were fetched it goes by the base's files and the changed ones: of a folder that is not among
        those, such as a submodule, nobody can tell.
        """
        if self.paths is None:
            return None
        gone = {f.previous or f.path for f in self.files or () if f.status in ("removed", "renamed")}
        names = (set(self.paths) - gone) | {file.path for file in self.files or () if file.status != "removed"}
        folders = {""} | {name[:at] for name in names for at, letter in enumerate(name) if letter == "/"}
        return lambda path: path in names or path in folders or posixpath.dirname(path) not in folders


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
    trusted = occasion.is_trusted
    settings = root if trusted else _settings_of_base(occasion, checkout, scratch, github, config, notes)
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

    paths = tuple(github.tree(place, occasion.base_sha))
    settings = _settings(scratch / "base", Base(before, paths), config)
    loaded = load_config(settings, config, settings)
    root = scratch / "files"
    root.mkdir()
    at_base = [path for path in paths if may_be_record(path, loaded)]
    gone = {f.previous or f.path for f in files if f.status in ("removed", "renamed")}
    at_head = [f.path for f in files if f.status != "removed" and may_be_record(f.path, loaded)]
    if len(at_base) > MAX_RECORDS:
        notes.append(f"Only {MAX_RECORDS} of {len(at_base)} records of the base were read.")
    kept = [path for path in at_base if path not in gone and path not in at_head][:MAX_RECORDS]
    base = github.files(place, occasion.base_sha, kept)
    # The base repository holds the commits of its pull requests, those from forks too (refs/pull/N/head).
    head = github.files(place, occasion.head_sha, at_head[:MAX_RECORDS])
    written = [path for path, content in (base | head).items() if _write(root, path, content)]
    return Workspace(root, settings, files, tuple(sorted(written)), before, tuple(notes), paths)


def _settings_of_base(
    occasion: Occasion,
    checkout: Checkout | None,
    scratch: Path,
    github: GitHub | None,
    config: str | None,
    notes: list[str],
) -> Path:
    """Return a folder with the base's settings: from git, else from GitHub, else without any, which is noted."""
    base = None
    try:
        base = _base_in_git(checkout) if checkout else _base_on_github(occasion, github)
        if base is None:
            notes.append(OUT_OF_REACH)
        return _settings(scratch / "base", base, config)
    except GitHubError as error:
        notes.append(f"The configuration of the base could not be fetched, so the defaults were used: {error}.")
        return _settings(scratch / "defaults", None, config)


def _base_in_git(checkout: Checkout) -> Base:
    try:
        return Base(checkout.before, files_at(checkout.root, checkout.base))
    except GitError:  # a clone without its trees may fail to fetch them
        return Base(checkout.before, None)


def _base_on_github(occasion: Occasion, github: GitHub | None) -> Base | None:
    if github is None or not occasion.base_sha:
        return None
    paths = None
    try:
        paths = github.tree(occasion.repository, occasion.base_sha)
    except GitHubError as error:
        if error.kind != "refused":  # that is: there are more files than GitHub lists
            raise
    return Base(lambda path: github.file(occasion.repository, path, occasion.base_sha), paths)


def _settings(folder: Path, base: Base | None, config: str | None) -> Path:
    """Write the base's configuration, and what it names, into a folder of its own; return that folder."""
    folder.mkdir()
    if base is None:
        return folder
    base.copy((config,) if config else (*NAMES, "pyproject.toml"), folder)
    loaded = load_config(folder, config, folder)
    templates = find_templates(base.paths or ())
    base.copy((loaded.schema, loaded.baseline or DEFAULT_BASELINE, *templates.all(), *CODE_OWNERS), folder)
    return folder


def _write(folder: Path, name: str, content: bytes) -> bool:
    """Write a file below a folder, and tell so; a name that leads out of it, or that no file can have here, is left out."""
    path = folder / name
    if ".." in Path(name).parts or Path(name).anchor:  # on Windows, "C:a.md" is no absolute path and leads out
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except ValueError:
        return False
    except OSError as error:
        fault = fault_of(error)
        if isinstance(fault, DiskFull):  # without all files, what is said of the others may be wrong
            raise DiskFull(f"{path}: {fault}") from error
        return False
    return True
