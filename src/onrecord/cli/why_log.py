"""The records that may be behind a place: their texts, and what was read of them, now or in an earlier run."""

from __future__ import annotations

import json
import os
import time

from onrecord.adapters.discover import SNIFF_BYTES, Limits, candidates_among
from onrecord.adapters.files import MARKDOWN, Unreadable, decode, read_bytes, read_many
from onrecord.adapters.kept import Kept, key_of
from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.log.brief import Brief, brief_from, brief_of
from onrecord.log.shortlist import keys_of, named_files
from onrecord.log.titles import heading_words
from onrecord.log.why import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    from onrecord.adapters.templates import Templates
    from onrecord.record import Vocabulary

SETTLED_NS = 2_000_000_000  # after so long, no change of a file can have the time of the one before
TEMPLATE_FOLDERS = (".", "templates", "template", "../templates")  # as adapters/templates.py has them


class Settings(NamedTuple):
    """What of the configuration has to do with reading records; `words` are the team's own."""

    limits: Limits = Limits()
    words: dict[str, Any] | None = None

    def vocabulary(self) -> Vocabulary:
        """Return the words of all languages with the team's own on top."""
        from onrecord.record.vocabulary import Vocabulary, shipped

        return Vocabulary(self.words) if self.words else shipped()

    def key(self) -> str:
        """Return what of this changes how a text is read."""
        return json.dumps(self.words, default=str)


def read_settings(root: Path, config_file: str | None, kept: Kept) -> Settings:
    """Return the settings of the repository, or of a named file; raises ConfigFault for a wrong one."""
    from onrecord.adapters import config_file as finding

    found = finding.config_file(root, config_file)
    if found is None:
        return Settings()
    path, shown = found

    def read() -> list[Any]:
        from onrecord.adapters.settings import load_config

        config = load_config(root, config_file)
        return [list(config.records), list(config.exclude), config.vocabulary]

    try:
        content = read_bytes(path, root)
    except Unreadable:
        records, exclude, words = read()  # which says why
    else:
        records, exclude, words = kept.once(key_of("settings", shown, content), read)
    return Settings(Limits(tuple(records), tuple(exclude)), words)


class Log:
    """The texts of the files that may be records, each read as a record only when that is needed."""

    def __init__(self, root: Path, names: list[str], settings: Settings, kept: Kept) -> None:
        """Load the texts of those files among `names` that may be records; what cannot be read is left out."""
        self._root, self._settings, self._kept = root, settings, kept
        files = candidates_among(root, names, settings.limits, self._sniff)
        self.texts = {name: decode(content).text for name, content in read_many(root, files).items()}
        self._known: dict[str, list[Known]] = {}
        self._keys: dict[str, bytes] = {}
        self._around: dict[str, list[str | bytes]] = {}
        self._templates: Templates | None = None

    @property
    def size(self) -> int:
        """Return how many files there are, as far as their names tell."""

        def count() -> int:
            from onrecord.record.recognize import is_page_name

            return sum(not is_page_name(path) for path in self.texts)

        return self._kept.once(key_of("records by name", list(self.texts)), count)

    def scoped(self) -> list[str]:
        """Return the files that may say by `scope` what they are about."""
        keys = {path: keys_of(text) for path, text in self.texts.items()}
        every = sorted(set().union(*keys.values()))

        def choose() -> list[str]:
            vocabulary = self._settings.vocabulary()
            return [key for key in every if vocabulary.label(key) == "scope"]

        chosen = set(self._kept.once(key_of("words for scope", self._settings.key(), every), choose))
        return [path for path, of in keys.items() if of & chosen]

    def headings(self) -> dict[str, list[str]]:
        """Return the words in the headings of each file."""
        key = key_of("words of headings", list(self.texts), list(self.texts.values()))
        return self._kept.once(key, lambda: {path: heading_words(text) for path, text in self.texts.items()})

    def unread(self, paths: Iterable[str]) -> list[str]:
        """Return those of some files that no run has read so far."""
        return [path for path in paths if path not in self._known and not self._recall(path)]

    def read(self, paths: Iterable[str] | None = None) -> list[Known]:
        """Return the records of some files (None: of all), and those that replaced them; sorted by path."""
        found: dict[str, list[Known]] = {}
        left = set(self.texts if paths is None else paths)
        while left:
            for path in self.unread(left):
                self._read(path)
            new = {path: self._known[path] for path in left}
            found |= new
            names = [name for knowns in new.values() for known in knowns for name in known.record.superseded_by]
            left = named_files(names, self.texts) - found.keys()
        return [known for path in sorted(found) for known in found[path]]

    def _recall(self, path: str) -> bool:
        """Take a file's records from what is kept; tell whether they were there."""
        stored = self._kept.get(self._key(path))
        if stored is not None:
            self._take(path, [brief_from(values) for values in json.loads(stored)])
        return stored is not None

    def _read(self, path: str) -> None:
        """Read a file's records now, and keep what is worth keeping of them."""
        from onrecord.adapters.files import read_as_records
        from onrecord.adapters.templates import Templates
        from onrecord.log.why import decision_of

        if self._templates is None:
            self._templates = Templates(self._settings.vocabulary(), self._root)
        content = decode(self.texts[path].encode("utf-8", "replace"))
        files = read_as_records(content, path, path, self._templates.for_file(path))
        text = json.dumps([brief_of(file.record, decision_of(file.record)) for file in files])
        self._kept.put(self._key(path), text.encode())
        self._take(path, [brief_from(values) for values in json.loads(text)])

    def _take(self, path: str, briefs: list[Brief]) -> None:
        text = self.texts[path]
        if len(briefs) > 1:  # each with its own part of the file
            lines = text.split("\n")
            parts = ["\n".join(lines[brief.span.start - 1 : brief.span.end]) for brief in briefs]
        else:
            parts = [text for _ in briefs]
        self._known[path] = [
            Known(brief.as_record(), part, brief.decision) for brief, part in zip(briefs, parts, strict=True)
        ]

    def _key(self, path: str) -> bytes:
        """Return what a file's records are kept under: its path and text, the words, and the templates around it."""
        if path not in self._keys:
            folder = path.rpartition("/")[0]
            if folder not in self._around:
                self._around[folder] = self._templates_of(folder)
            parts = self._around[folder]
            self._keys[path] = key_of("records", self._settings.key(), path, self.texts[path], str(len(parts)), *parts)
        return self._keys[path]

    def _templates_of(self, folder: str) -> list[str | bytes]:
        """Return the names and contents of the templates around the files of a folder."""
        names = [name for place in TEMPLATE_FOLDERS for name in _markdown_in(self._root / folder / place, place)]

        def choose() -> list[str]:
            from onrecord.record.recognize import is_template_name

            return [name for name in names if is_template_name(name.rpartition("/")[2])]

        parts: list[str | bytes] = []
        for name in self._kept.once(key_of("templates by name", names), choose):
            try:
                parts += [name, read_bytes(self._root / folder / name, self._root)]
            except Unreadable:
                parts += [name, "cannot be read"]
        return parts

    def _sniff(self, names: list[str], _read_head: Callable[[str], bytes]) -> set[str]:
        """Return those files that are written like a record; looked at again only when one of them has changed."""

        def look() -> list[str]:
            from onrecord.adapters.discover import is_written_like_one

            return [
                name for name, head in read_many(self._root, names, SNIFF_BYTES).items() if is_written_like_one(head)
            ]

        marks = unchanged(self._root, names)
        if marks is None:  # one was written just now, and may be again before the clock goes on
            return set(look())
        return set(self._kept.once(key_of("written like records", marks), look)) if names else set()


def unchanged(root: Path, names: list[str]) -> list[str] | None:
    """Return what changes whenever one of the files does, without reading them; None when that is not certain yet."""
    settled = time.time_ns() - SETTLED_NS
    found = []
    for name in names:
        try:
            seen = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - quicker
        except OSError:
            found.append(f"{name} cannot be looked at")
            continue
        if max(seen.st_ctime_ns, seen.st_mtime_ns) > settled:
            return None
        found.append(f"{name} {seen.st_ctime_ns} {seen.st_mtime_ns} {seen.st_size} {seen.st_ino}")
    return found


def _markdown_in(folder: Path, shown: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - quicker, and nothing but names is needed
    except OSError:
        return []
    return [f"{shown}/{name}" for name in names if os.path.splitext(name)[1].lower() in MARKDOWN]  # noqa: PTH122
