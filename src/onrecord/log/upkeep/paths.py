"""Which files a record speaks of: by its scope, and by paths in its prose; which of them are gone, and where they went."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.scope import BROAD_FILES, BROAD_SHARE, scope_globs
from onrecord.record.globs import glob_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

_CODE = re.compile(r"(?<!`)`(?P<code>[^`\n]{3,200})`(?!`)")
_PATH = re.compile(r"(?:\./|/)?(?P<path>[\w.@+-]+(?:/[\w.@+\[\]-]+)*/?)(?::\d+(?:-\d+)?|#L\d+(?:-L\d+)?)?")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\s*[#|]")
MAX_LINE = 5_000  # characters; a longer one was generated
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_FILE = re.compile(r"[\w.@+-]*[A-Za-z][\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}")
# A line that tells of a path's end, or of its beginning, knows that it is not there.
_TELLS = re.compile(
    r"\b(?:remov|delet|drop|replac|renam|mov(?:e|ing)\b|moved|migrat|deprecat|obsolet|former|previous|legacy|old\b|retir|split|extract|"
    r"merg|inlin|eliminat|discard|no longer|was\b|were\b|used to|instead of|get rid|superse|convert|refactor|would|could|e\.g\.|"
    r"for example|such as|promot|originally|graduat|in the past|at the time|entfern|ersetz|lösch)",
    re.IGNORECASE,
)


class Gone(NamedTuple):
    """A path that is no longer there: the day it went, and where git says it went (empty: it was deleted)."""

    path: str
    day: str
    to: str = ""


class Named(NamedTuple):
    """A path as a record's prose writes it, and its line."""

    path: str
    line: int
    tells: bool


class Dead(NamedTuple):
    """Something a record points at that is not there; `day` and `to` are empty when git does not know better."""

    name: str
    line: int
    day: str = ""
    to: str = ""


def named_paths(record: DecisionRecord, document: Document) -> list[Named]:
    """Return the paths in code spans of a record's prose, each once; code blocks and commands do not count."""
    found: dict[str, Named] = {}
    fenced = False
    lines = document.lines[record.span.start - 1 : record.span.end]
    telling = _telling(lines)
    for number, line in enumerate(lines, record.span.start):
        fenced ^= bool(_FENCE.match(line))
        if fenced or len(line) > MAX_LINE:
            continue
        for code in _CODE.finditer(line):
            match = _PATH.fullmatch(code["code"].strip())
            if match and ("/" in match["path"].strip("/") or _FILE.fullmatch(match["path"])):
                found.setdefault(match["path"], Named(match["path"], number, number - record.span.start in telling))
    return list(found.values())


def _telling(lines: Sequence[str]) -> set[int]:
    """Return the places of the lines whose paragraph or list item tells of a path's end, or of its beginning."""
    found: set[int] = set()
    start = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].strip() or _ITEM.match(lines[at]):
            if any(len(line) <= MAX_LINE and _TELLS.search(line) for line in lines[start:at]):
                found.update(range(start, at))
            start = at
    return found


class Tree(NamedTuple):
    """The files of a repository, its folders with how many files lie in each, and all of them by their last name."""

    files: frozenset[str]
    folders: Counter[str]
    ends: dict[str, list[str]]

    def is_broad(self, covered: int) -> bool:
        """Tell whether so many of the files are too many to say anything about one of them."""
        return covered > BROAD_FILES and covered > BROAD_SHARE * len(self.files)


def tree_of(files: Iterable[str]) -> Tree:
    """Return the tree that these files make."""
    known = frozenset(files)
    folders: Counter[str] = Counter(folder for path in known for folder in folders_above(path))
    ends: dict[str, list[str]] = {}
    for path in (*known, *folders):
        ends.setdefault(path.rsplit("/", 1)[-1], []).append(path)
    return Tree(known, folders, ends)


def candidates(record: DecisionRecord, document: Document, tree: Tree) -> list[Named]:
    """Return the paths with a folder in a record's prose that nothing of the repository answers to."""
    named = named_paths(record, document)
    return [one for one in named if "/" in one.path.strip("/") and not _answers(one.path, record.path, tree)]


def living_paths(record: DecisionRecord, document: Document, tree: Tree) -> set[str]:
    """Return the files and folders that a record's prose names; folders with too much in them are left out."""
    found = {path for one in named_paths(record, document) for path in _answers(one.path, record.path, tree)}
    return {path for path in found if path != record.path and not tree.is_broad(tree.folders[path])}


def dead_globs(record: DecisionRecord, document: Document, tree: Tree, gone: Sequence[Gone]) -> Iterator[Dead]:
    """Yield the globs of a record's scope that name no file, with where most of what they named went."""
    lines = document.front_matter.lines if document.front_matter else {}
    for glob in scope_globs(record):
        pattern = glob_pattern(glob)
        if any(pattern.match(path) for path in tree.files):
            continue
        went = [one for one in gone if pattern.match(one.path)]
        if not went and not re.search(r"[/*?.\[]", glob):
            continue  # "org", "component": a word of another meaning
        at = record.scope.index(glob)
        line = lines.get(f"/scope/{at}", lines.get("/scope", record.span.start))
        yield Dead(glob, line, *_where(went, re.split(r"[*?\[]", glob.removeprefix("./"), maxsplit=1)[0].strip("/")))


def dead_paths(
    record: DecisionRecord, document: Document, tree: Tree, gone: Sequence[Gone], since: str
) -> Iterator[Dead]:
    """Yield the paths of a record's prose that went after `since`, when it was written, where the line does not tell of it itself."""
    for one in candidates(record, document, tree) if since else ():
        for path in ways(one.path, record.path):
            went = [away for away in gone if _lies_in(away.path, path)]
            if went:
                day, to = _where(went, path)
                if day > since and not one.tells:
                    yield Dead(one.path, one.line, day, to)
                break


def _where(went: Sequence[Gone], base: str) -> tuple[str, str]:
    """Return the last day that something of `base` went, and where most of it went when that is one place."""
    if not went:
        return "", ""
    places = Counter(place for one in went if (place := _new_base(one, base)))
    place, count = places.most_common(1)[0] if places else ("", 0)
    return max(one.day for one in went), place if 2 * count > len(went) else ""


def _new_base(one: Gone, base: str) -> str:
    """Return what became of `base` when one of its files moved: the rest of the path must have stayed."""
    rest = one.path[len(base) :] if _lies_in(one.path, base) else ""
    return one.to.removesuffix(rest) if one.to.endswith(rest) else ""


def ways(path: str, place: str) -> list[str]:
    """Return what a path in a record may mean: from the root, from its own folder, or from any folder above that."""
    bare = path.strip("/")
    starts = ["", *folders_above(place)]
    found = [posixpath.normpath(f"{start}/{bare}" if start else bare) for start in starts]
    return [way for way in dict.fromkeys(found) if not way.startswith("..")]


def folders_above(path: str) -> list[str]:
    """Return the folders a path lies in, the nearest first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _answers(path: str, place: str, tree: Tree) -> list[str]:
    """Return the file or folder a written path means; by its end alone only where that is one of few."""
    for way in ways(path, place):
        if way in tree.files or way in tree.folders:
            return [way]
    bare = posixpath.normpath(path.strip("/"))
    found = [one for one in tree.ends.get(bare.rsplit("/", 1)[-1], ()) if one.endswith(f"/{bare}") or one == bare]
    return found if "/" in bare or len(found) == 1 else []
