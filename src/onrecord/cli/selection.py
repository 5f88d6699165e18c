"""Which files a run reads: those that were named, those found in folders, or those staged for the next commit."""

from __future__ import annotations

import errno
import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import (
    MARKDOWN,
    Text,
    Unreadable,
    as_posix,
    decode,
    in_repository,
    read_as_records,
    read_bytes,
    read_many,
)
from onrecord.adapters.kept import Kept, kept_beside
from onrecord.adapters.kept_records import KeptRecords
from onrecord.adapters.templates import Templates
from onrecord.check import Config, ReadFile, Skipped
from onrecord.cli.common import say, vocabulary_of
from onrecord.record.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.cli.keeping import Keeping

EXCLUDED = "excluded by the configuration"


class Selection(NamedTuple):
    """The files a run reads, those it left out, and the paths that could not be found.

    `others` were read only because the checked ones must agree with them. `folders` were looked through whole ("" is the
    repository), and `unread` are the files in them that were left out. Of what is staged, `former` gives for each file its
    blob in the last commit, empty for a new one. `refused` are those of the left out that could not be opened: nobody
    knows what they say.
    """

    files: list[ReadFile]
    skipped: list[Skipped]
    missing: list[str]
    others: tuple[ReadFile, ...] = ()
    folders: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    former: Mapping[str, str] = {}
    refused: tuple[str, ...] = ()

    def among(self, paths: set[str]) -> Selection:
        """Return the selection with only these paths to be checked."""
        return self._replace(
            files=[file for file in self.files if file.record.path in paths],
            skipped=[skipped for skipped in self.skipped if skipped.path in paths],
            others=tuple(file for file in self.files if file.record.path not in paths),
        )


def select_files(
    paths: list[str], root: Path, config: Config, as_named: bool = False, keeping: Keeping | None = None
) -> Selection:
    """Read the named files, and in folders (default: all of the current one) the records found there.

    Paths come back relative to the repository. With `as_named` they come back as they were named, and a file that was
    named is read whatever the configuration excludes. `keeping` gives what was read before.
    """
    reader = _Reader(root, config, as_named, keeping)
    for name in paths or ["."]:
        path = Path(name)
        if os.path.isdir(path):  # noqa: PTH112 - whatever the name, it is answered
            reader.read_folder(name, everywhere=not paths)
        elif _may_be_there(path):
            reader.read_named(name)
        else:
            reader.selection.missing.append(name)
    return reader.result()


def select_everything(root: Path, config: Config) -> Selection:
    """Read the records of the whole repository, wherever the current folder is."""
    reader = _Reader(root, config, as_named=False)
    reader.read_folder(str(root), everywhere=True)
    return reader.result()


def select_untracked_too(root: Path, config: Config) -> Selection:
    """Read the records of the whole repository, also those that git does not track yet: just written, they count already."""
    selection = select_everything(root, config)
    new = untracked_candidates(root, config)
    files = select_files([str(root / name) for name in new], root, config).files if new else []
    read = {file.record.path for file in files}
    return selection._replace(
        files=[*selection.files, *files],
        skipped=[one for one in selection.skipped if one.path not in read],
        unread=tuple(path for path in selection.unread if path not in read),
    )


def untracked_candidates(root: Path, config: Config) -> list[str]:
    """Return the files that git does not track yet and that may be records, from the root; without git there are none."""
    from onrecord.adapters.discover import Limits, candidates_among, is_written_like_one
    from onrecord.adapters.git import GitError, untracked_files

    try:
        names = untracked_files(root)
    except GitError:
        return []
    limits = Limits(config.records, config.exclude)
    return candidates_among(root, names, limits, lambda mute, head: {n for n in mute if is_written_like_one(head(n))})


def _may_be_there(path: Path) -> bool:
    """Tell whether there is something at a path; what may not be looked at is read as well, which then says why not."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


class _Reader:
    """Reads files one after the other into one selection, each once."""

    def __init__(self, root: Path, config: Config, as_named: bool, keeping: Keeping | None = None) -> None:
        self.root, self.config, self.as_named, self.keeping = root, config, as_named, keeping
        self.records = keeping.records if keeping else KeptRecords(Kept(None if as_named else kept_beside(root)))
        self.templates = Templates(vocabulary_of(config), root, self.records.kept)
        self.selection = Selection([], [], [])
        self.folders: list[str] = []
        self.refused: list[str] = []
        self._seen: set[str] = set()

    def result(self) -> Selection:
        """Return what was read, and leave it to later runs."""
        if not self.keeping:  # else whoever keeps it has more to add
            self.records.kept.save()
        unread = tuple(skipped.path for skipped in self.selection.skipped)
        return self.selection._replace(folders=tuple(self.folders), unread=unread, refused=tuple(self.refused))

    def read_folder(self, name: str, everywhere: bool) -> None:
        """Read what looks like a record below a folder, and note what was left out."""
        from onrecord.adapters.discover import discover

        here = in_repository(name, self.root)
        self.folders.append("" if here == "." else here)
        found = discover(Path(name), self.config, "" if here in ("", ".") else f"{here}/", everywhere)
        if not found.tracked_only:
            why = "not a git repository" if "not a git repository" in found.untold else f"git: {found.untold}"
            say([f"{name}: {why}, so every file below it was looked at"])
        self._skip((_join(name, skipped.path), skipped.reason) for skipped in found.skipped)
        places = {in_repository(one, self.root): one for one in (_join(name, inner) for inner in found.files)}
        contents = read_many(self.root, list(places))
        texts = [text for place, one in places.items() if (text := self._text(one, place, contents.get(place)))]
        if self.keeping:
            self.keeping.prepare(texts, self.templates)
        for text in texts:
            self._take(text)

    def read_named(self, name: str) -> None:
        """Read one file that was named in the call."""
        if not self.as_named:
            if matches(in_repository(name, self.root), self.config.exclude):
                return self._skip([(name, EXCLUDED)])
            if not name.lower().endswith(MARKDOWN):
                return self._skip([(name, "not a Markdown file")])
        if text := self._text(name, in_repository(name, self.root)):
            self._take(text)
        return None

    def _text(self, name: str, place: str, content: bytes | None = None) -> Text | None:
        """Return the text of a file at a place in the repository, None when it cannot be read or was read already."""
        if place in self._seen:
            return None
        self._seen.add(place)
        try:
            content = read_bytes(Path(name), self.root) if content is None else content  # which also says why it cannot
            return Text(decode(content), as_posix(name) if self.as_named else place, place)
        except Unreadable as error:
            if isinstance(error.__cause__, OSError):
                self.refused.append(self._shown(name))
            self._skip([(name, str(error))])
            return None

    def _take(self, text: Text) -> None:
        self.selection.files.extend(self.records.read(*text, self.templates.for_file(text.hint)))

    def _skip(self, files: Iterable[tuple[str, str]]) -> None:
        self.selection.skipped.extend(Skipped(self._shown(name), reason) for name, reason in files)

    def _shown(self, name: str) -> str:
        return as_posix(name) if self.as_named else in_repository(name, self.root)


def select_staged(root: Path, config: Config) -> Selection:
    """Read the staged contents of the staged records."""
    from onrecord.adapters.discover import is_candidate, would_be_record
    from onrecord.adapters.git import read_blobs, staged_files

    templates = Templates(vocabulary_of(config), root)
    staged = [file for file in staged_files(root) if file.path.lower().endswith(MARKDOWN)]
    contents = read_blobs(root, [file.blob for file in staged if file.is_plain])
    selection = Selection([], [], [])
    for path, blob, is_plain, _ in staged:
        if matches(path, config.exclude):
            if would_be_record(path):
                selection.skipped.append(Skipped(path, EXCLUDED))
        elif not is_plain:
            selection.skipped.append(Skipped(path, "a symlink is staged, not a text"))
        elif blob in contents and is_candidate(path, config, partial(contents.__getitem__, blob)):
            vocabulary = templates.for_file(path)
            selection.files.extend(read_as_records(decode(contents[blob]), path, path, vocabulary))
    return selection._replace(former={file.path: file.before for file in staged})


def _join(folder: str, name: str) -> str:
    return name if folder in (".", "./") else f"{_shortest(folder)}/{name}"


@cache
def _shortest(folder: str) -> str:
    return as_posix(Path(folder)).rstrip("/")
