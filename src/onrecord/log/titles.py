"""Records whose title speaks of a place: the words of its file, class or folder name are among those of the title."""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern
from onrecord.log.names import is_broad, is_common_file, is_common_folder, stem_of
from onrecord.log.paths import paths_of
from onrecord.log.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from onrecord.log.place import Place

_WHOLE = 64.0  # a title with every word of a name
_ONE_WORD = 38.0  # at most: many things go by one word, so that is a guess
_ONE_WORD_TWICE = 39.5  # at most, where the file and its folder have it
_ONE_WORD_ABOVE = 24.0  # at most, where only a folder further up has it
_HALF = 0.5  # of a name's words: with fewer, one word of them is chance
_MOST = 72.0
_AWAY = 0.85  # for each folder further up
_FURTHER = 0.3  # of the weight of every further name
MOST_NAMES = 3  # the file and the two folders around it
MOST_TITLES = 4  # a word in more of them is what the whole log is about
MOST_OF_PATHS = 0.1  # of the repository's files: a word in more of their paths is what the whole code is about
_FEW_PATHS = 10
_HUMP = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = lazy_pattern(r"[^\W\d_]{3,}")
_HEADING = lazy_pattern(
    r"^(?:#{1,2}[ \t]+(?P<heading>.*)|[\"']?title[\"']?[ \t]*[:=](?P<key>.*))$", re.MULTILINE | re.I
)
_UNDERLINED = lazy_pattern(r"^(?P<heading>[^\n]+)\n(?:=+|-+)[ \t]*$", re.MULTILINE)


def _folded(word: str) -> str:
    """Return a word in lower case without the ending of its plural: cache and caches are "cach", box and boxes "box"."""
    word = word.casefold()
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


_EVERYDAY = (
    "abstract", "add", "adopt", "adr", "api", "app", "application", "architecture", "asset", "base", "build",
    "builder", "change", "class", "client", "code", "component", "config", "configuration", "content", "context",
    "controller", "core", "create", "custom", "data", "decide", "decision", "default", "document", "error",
    "factory", "feature", "file", "format", "general", "handle", "handler", "handling", "helper", "http", "impl",
    "implement", "implementation", "improve", "improvement", "info", "interface", "internal", "introduce", "item",
    "json", "library", "list", "local", "main", "make", "manager", "message", "method", "migrate", "migration",
    "mock", "model", "module", "name", "new", "object", "option", "package", "page", "path", "pattern", "program",
    "project", "property", "provide", "provider", "public", "record", "refactor", "remove", "request", "resource",
    "response", "result", "schema", "script", "server", "service", "set", "shared", "simple", "source", "spec",
    "standard", "state", "step", "structure", "support", "system", "test", "type", "update", "use", "user", "util",
    "utility", "value", "version", "view", "web", "xml", "yaml",
)  # fmt: skip
_SAYS_NOTHING = frozenset(_folded(word) for word in (*STOP_WORDS, *_EVERYDAY))


class Titled(NamedTuple):
    """A record, by its index, whose title has words of a name of the place, as they stand there; and what that weighs."""

    at: int
    words: str
    weight: float


class _Met(NamedTuple):
    """What a title has of a name: words, those of them that tell something, which part of the name, and how far up."""

    words: list[str]
    telling: set[str]
    part: float
    away: int
    weight: float


def titled(place: Place, titles: Sequence[str], files: Collection[str] | None = None) -> list[Titled]:
    """Return which titles speak of the place; the fewer titles share a word, the more it says.

    `files` are all files of the repository, whose paths tell which words are on everyone's lips.
    """
    names = _names(place, files)
    of_titles = [words_of(title) for title in titles]
    shared: dict[str, int] = {}
    for word in {word for name in names for word in name}:
        many = sum(word in of for of in of_titles)
        if 0 < many <= MOST_TITLES and not _is_on_every_path(word, files):
            shared[word] = many
    found = []
    for at, of in enumerate(of_titles):
        met = [one for away, name in enumerate(names) if (one := _met(name, of, shared, away))]
        if weight := _weight(met):
            words = {word: of[word] for one in met for word in one.words}
            found.append(Titled(at, " ".join(words.values()), weight))
    return found


def _met(name: dict[str, str], title: dict[str, str], shared: dict[str, int], away: int) -> _Met | None:
    """Return what a title has of one name of the place; None when none of its words tells anything."""
    words = [word for word in name if word in title]
    telling = {word for word in words if word in shared}
    if not telling:
        return None
    part = len(telling) / (len(telling) + len(name) - len(words))
    rarity = 1 / min(shared[word] for word in telling) ** 0.5
    return _Met(words, telling, part, away, _WHOLE * rarity * part**0.5 * _AWAY**away)


def _weight(met: list[_Met]) -> float:
    """Return what a title weighs with all that it has of the place's names, 0 when that may well be chance."""
    if not met:
        return 0.0
    best, *others = sorted((one.weight for one in met), reverse=True)
    whole = best + _FURTHER * sum(others)
    if len({word for one in met for word in one.telling}) > 1:
        return min(_MOST, whole)
    if others:
        return min(_ONE_WORD_TWICE, whole)
    if met[0].part < _HALF:
        return 0.0
    return min(_ONE_WORD_ABOVE if met[0].away else _ONE_WORD, whole)


def may_be_titled(
    place: Place, headings: Mapping[str, Collection[str]], files: Collection[str] | None = None
) -> set[str]:
    """Return the paths of texts, not read as records yet, with a heading that has a word of the place's names.

    `headings` are the words in the headings of each text (see `heading_words`).
    """
    there = set().union(*headings.values())
    words = {word for name in _names(place, files) for word in name if word in there}
    wanted = {word for word in words if not _is_on_every_path(word, files)}
    return {path for path, of in headings.items() if not wanted.isdisjoint(of)}


def heading_words(text: str) -> list[str]:
    """Return the words in the headings of a text, found without reading it, as `words_of` folds them."""
    lines = [match["heading"] or match["key"] or "" for match in _HEADING.finditer(text)]
    lines += [match["heading"] for match in _UNDERLINED.finditer(text)]
    return sorted({word for line in lines for word in words_of(line)})


def words_of(name: str) -> dict[str, str]:
    """Return the words of a name or a title as they stand there, each under what it has in common with its plural."""
    found: dict[str, str] = {}
    for word in _WORD.findall(_HUMP.sub(" ", name)):
        if (folded := _folded(word)) not in _SAYS_NOTHING:
            found.setdefault(folded, word)
    return found


def _names(place: Place, files: Collection[str] | None) -> list[dict[str, str]]:
    """Return the words of the names around the place, the nearest first: empty where a name says nothing."""
    if not place.path:
        return []
    *folders, last = place.path.split("/")
    own = words_of(last if place.is_folder else "" if is_common_file(last) else stem_of(last))
    names = [own]
    for depth in range(len(folders), max(0, len(folders) - MOST_NAMES + 1), -1):
        folder = folders[depth - 1]
        is_mute = is_common_folder(folder) or is_broad("/".join(folders[:depth]), files)
        names.append({} if is_mute else words_of(folder))
    return names


def _is_on_every_path(word: str, files: Collection[str] | None) -> bool:
    if not files:
        return False
    most = max(_FEW_PATHS, MOST_OF_PATHS * len(files))
    return any(number > most for number, _ in enumerate(paths_of(files).folded_holding(word), 1))
