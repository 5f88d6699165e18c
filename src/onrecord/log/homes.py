"""Where a repository keeps its records, and how they are written there: dialects, languages, numbering."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.markdown import plain
from onrecord.record.data import load
from onrecord.record.folders import in_records_folder
from onrecord.record.identity import number_in_path
from onrecord.record.vocabulary import LANGUAGES, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.markdown import Document

MIN_RECORDS = 3  # below that, a folder with an unusual name is no home, but a file that reads like a record
MOST = 0.6  # of the records of a home: then they are numbered, or dated
RARE = 0.1  # of the records of a home: a dialect or language below that is not worth a word
_DATED = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)")
_PREFIX = re.compile(r"[A-Za-z]{2,}[A-Za-z_-]*(?=\d)")
_NUMBERING = re.compile(r"^[\d.]+[ .)]+\s*")
_ASIDE = re.compile(
    r"(?:.*/)?(?:(?:[\w.]+[-_])?tests?|testing|testdata|test-resources|fixtures?|examples?|samples?|templates?|vendor|third[-_]party)(?=/)",
    re.IGNORECASE,
)


class Seen(NamedTuple):
    """One record: its path in the repository, its dialect, and the language of its headings (empty: cannot be told).

    `by_name` tells that its folder or its own name alone says that it is one.
    """

    path: str
    dialect: str
    language: str
    by_name: bool = True


class Home(NamedTuple):
    """A folder of records with what is in it.

    `beginning` is what the names of all its files begin with ("adr-"), empty when they differ or the folder holds
    nothing else. `usual` tells that the folder is named as those of records are, `by_name` that folder or file is.
    `dialects` and `languages` are sorted by how often they occur; `numbering` is "numbered", "dated" or empty.
    """

    folder: str
    beginning: str
    size: int
    dialects: tuple[str, ...]
    languages: tuple[str, ...]
    numbering: str
    usual: bool
    by_name: bool


class Stray(NamedTuple):
    """A file that reads like a record and lives nowhere; `aside` is the folder of templates, tests or examples it is in."""

    path: str
    by_name: bool
    aside: str


class Homes(NamedTuple):
    """Where the records are, the largest home first, and the files elsewhere that read like records."""

    homes: tuple[Home, ...]
    strays: tuple[Stray, ...]


def find_homes(records: Iterable[Seen]) -> Homes:
    """Sort records by where they live. Templates, tests and examples are no home where there is another one."""
    by_folder: dict[str, list[Seen]] = {}
    for seen in sorted(records):
        by_folder.setdefault(home_of(seen.path), []).append(seen)
    homes = [_home(folder, group) for folder, group in by_folder.items() if _is_home(folder, group)]
    if any(not _aside(f"{home.folder}/") for home in homes):
        homes = [home for home in homes if not _aside(f"{home.folder}/")]
    homes.sort(key=lambda home: (-home.size, home.folder))
    settled = {home.folder for home in homes}
    left = (seen for folder, group in by_folder.items() if folder not in settled for seen in group)
    return Homes(tuple(homes), tuple(sorted({Stray(seen.path, seen.by_name, _aside(seen.path)) for seen in left})))


def language_of(document: Document) -> str:
    """Return the language (ISO 639-1) that knows most of the headings, empty when none knows any."""
    titles = [_NUMBERING.sub("", fold(plain(section.title))) for section in document.sections if section.title]
    known = {language: sum(title in words for title in titles) for language, words in _words().items()}
    best = max(LANGUAGES, key=known.__getitem__)  # the first of several: English, where a word is the same in both
    return best if known[best] else ""


@cache
def _words() -> dict[str, frozenset[str]]:
    files = {language: load(f"vocabulary/{language}.json") for language in LANGUAGES}
    return {name: frozenset(fold(w) for words in file["terms"].values() for w in words) for name, file in files.items()}


def home_of(path: str) -> str:
    """Return the topmost folder that is named as those of records are, else the one that holds the files."""
    folder, _, name = path.rpartition("/")
    return _home_in(folder, name.casefold().startswith(("readme.", "index.")))


@lru_cache(maxsize=4_096)
def _home_in(folder: str, is_page: bool) -> str:
    parts = folder.split("/") if folder else []
    for i in range(len(parts)):
        if in_records_folder(f"{parts[i]}/x"):
            return "/".join(parts[: i + 1])
    return "/".join(parts[:-1] if is_page else parts)  # a page: one folder for each record


def _is_home(folder: str, group: list[Seen]) -> bool:
    named = sum(number_in_path(seen.path) is not None or _is_dated(seen.path) for seen in group)
    return in_records_folder(f"{folder}/x") or (len(group) >= MIN_RECORDS and named >= MOST * len(group))


def _aside(path: str) -> str:
    """Return the innermost folder of a path that is named as one for templates, tests or examples, empty when none is."""
    match = _ASIDE.match(path)
    return match[0] if match else ""


def _is_dated(path: str) -> bool:
    return any(_DATED.match(part) for part in path.split("/"))


def _home(folder: str, group: list[Seen]) -> Home:
    numbered = sum(number_in_path(seen.path) is not None for seen in group)
    dated = sum(_is_dated(seen.path) for seen in group)
    usual = in_records_folder(f"{folder}/x")
    return Home(
        folder,
        "" if usual else _beginning(group),
        len(group),
        _often(seen.dialect for seen in group),
        _often(seen.language for seen in group),
        "numbered" if numbered >= MOST * len(group) else "dated" if dated >= MOST * len(group) else "",
        usual,
        all(seen.by_name for seen in group),
    )


def _beginning(group: list[Seen]) -> str:
    names = [_PREFIX.match(seen.path.rsplit("/", 1)[-1]) for seen in group]
    found = {name[0] if name else "" for name in names}
    return found.pop() if len(found) == 1 else ""


def _often(words: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(word for word in words if word)
    return tuple(word for word, count in counts.most_common() if count >= RARE * counts.total())
