"""Where a list of records stands, and what is looked up about the records around it: sorted once, not for each row."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from onrecord.lazily import lazy_pattern
from onrecord.log.index.names import digits_of, file_or_folder, is_template_title, stem, title_of, value_of
from onrecord.log.references import log_of
from onrecord.record.identity import number_in_path
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from onrecord.log.index.entry import Slot
    from onrecord.record import DecisionRecord, Vocabulary

_VIEW = lazy_pattern(r"https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw)/[^/]+/(?P<path>.+)", re.IGNORECASE)
_ABSOLUTE = lazy_pattern(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_BEHIND = lazy_pattern(r"[#?]")
_DIGIT = lazy_pattern(r"\d")
_DIGITS = lazy_pattern(r"\d+")
_ENDS = ("", ".md", ".mdx", "/README.md", "/index.md")
_Key = TypeVar("_Key", bound="Hashable")


@dataclass(frozen=True)
class Here:
    """Where a list stands and what is known around it.

    `path` is the index file, `records` are those of the log; `exists` answers for a path relative to the repository.
    """

    path: str
    records: tuple[DecisionRecord, ...]
    exists: Callable[[str], bool]
    vocabulary: Vocabulary
    slots: dict[tuple[str, int], tuple[Slot, ...]] = field(default_factory=dict)  # of texts that were read already
    _meant: dict[str, DecisionRecord | None] = field(default_factory=dict)
    _there: dict[str, bool] = field(default_factory=dict)
    _own: dict[int, bool] = field(default_factory=dict)
    _titles: dict[int, str] = field(default_factory=dict)

    @cached_property
    def folder(self) -> str:
        """Return the folder that the list stands in."""
        return posixpath.dirname(self.path)

    def among(self, records: tuple[DecisionRecord, ...]) -> Here:
        """Return the same place with only these records around it."""
        return Here(self.path, records, self.exists, self.vocabulary)

    def resolve(self, target: str) -> str:
        """Return the path a link leads to, relative to the repository; empty for an address or an anchor."""
        return _resolve(target, self.folder)

    def meant_by(self, target: str) -> DecisionRecord | None:
        """Return the record that a link leads to, with or without its extension, in this repository or on a site made of it."""
        if target not in self._meant:
            self._meant[target] = self._find(target)
        return self._meant[target]

    def _find(self, target: str) -> DecisionRecord | None:
        path = self.resolve(target)
        if path:
            exact = next((found[0] for end in _ENDS if (found := self.by_path.get(f"{path}{end}"))), None)
            if exact or not target.startswith("/"):
                return exact
        name = stem(unquote(_BEHIND.split(target.strip("<>"), maxsplit=1)[0]).rstrip("/"))
        named = self._by_stem.get(name, ()) if _DIGIT.search(name) else ()
        return named[0] if len(named) == 1 else None

    def is_there(self, path: str) -> bool:
        """Tell whether a file that a link leads to is there, under one of the names that it may have."""
        if path not in self._there:
            self._there[path] = any(self.exists(f"{path}{end}") for end in ("", ".md", ".mdx", ".rst", ".adoc"))
        return self._there[path]

    def is_own_title(self, record: DecisionRecord) -> bool:
        """Tell whether a record has a title that somebody gave to it alone: no template's, and none copied with its text."""
        if id(record) not in self._own:
            is_given = bool(record.title) and not is_template_title(record.title or "", self.vocabulary)
            self._own[id(record)] = is_given and self._title_counts[fold(record.title or "")] == 1
        return self._own[id(record)]

    def title_of(self, record: DecisionRecord) -> str:
        """Return the title for a record that is not listed yet: its own, else the words of its file's or folder's name."""
        if id(record) not in self._titles:
            self._titles[id(record)] = title_of(record, self.is_own_title(record), self.vocabulary)
        return self._titles[id(record)]

    @cached_property
    def width(self) -> int:
        """Return the digits of the numbers in the names of the files, 0 where they have no zeros in front."""
        digits = [
            m[0] for r in self.records if number_in_path(r.path) and (m := _DIGITS.search(file_or_folder(r.path)))
        ]
        widths = Counter(len(one) for one in digits if one[0] == "0")
        return widths.most_common(1)[0][0] if widths else 0

    @cached_property
    def by_path(self) -> dict[str, list[DecisionRecord]]:
        """Return the records of each file."""
        return _sorted((one.path, one) for one in self.records)

    @cached_property
    def by_title(self) -> dict[str, list[DecisionRecord]]:
        """Return the records of each title, folded."""
        return _sorted((fold(one.title), one) for one in self.records if one.title)

    @cached_property
    def by_value(self) -> dict[int, list[DecisionRecord]]:
        """Return the records whose number is a number alone, by it."""
        return _sorted((int(one.number), one) for one in self.records if one.number and one.number.isdecimal())

    @cached_property
    def by_digits(self) -> dict[str, list[DecisionRecord]]:
        """Return the records by the digits of their number, else by their number as it stands."""
        return _sorted((digits_of(one.number or ""), one) for one in self.records)

    @cached_property
    def by_series(self) -> dict[int, dict[str, list[DecisionRecord]]]:
        """Return the records whose number has a prefix ("api-012", folded to small letters), by the length of that."""
        found: dict[int, dict[str, list[DecisionRecord]]] = {}
        for one in self.records:
            if one.number and not one.number.isdigit():
                number = one.number.casefold()
                found.setdefault(len(number), {}).setdefault(number, []).append(one)
        return found

    @cached_property
    def logs(self) -> frozenset[str]:
        """Return the folders of the logs that the records belong to."""
        return frozenset(log_of(path) for path in self.by_path)

    @cached_property
    def values(self) -> frozenset[int | None]:
        """Return the digits of all their numbers."""
        return frozenset(value_of(one) for one in self.records)

    @cached_property
    def _by_stem(self) -> dict[str, list[DecisionRecord]]:
        return _sorted((stem(one.path), one) for one in self.records)

    @cached_property
    def _title_counts(self) -> Counter[str]:
        return Counter(fold(one.title or "") for one in self.records)


def _sorted(pairs: Iterable[tuple[_Key, DecisionRecord]]) -> dict[_Key, list[DecisionRecord]]:
    found: dict[_Key, list[DecisionRecord]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


@lru_cache(maxsize=16_384)
def _resolve(target: str, folder: str) -> str:
    text = unquote(_BEHIND.split(target.strip("<>"), maxsplit=1)[0]).replace("\\", "/")
    if view := _VIEW.fullmatch(text):
        return posixpath.normpath(view["path"])
    if not text or _ABSOLUTE.match(text):
        return ""
    path = posixpath.normpath(posixpath.join("" if text.startswith("/") else folder, text.lstrip("/")))
    return "" if path.startswith("..") else path
