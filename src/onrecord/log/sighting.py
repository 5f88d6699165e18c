"""Where code and records see each other: lines of code that cite a record, records that name a file or what it defines."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern
from onrecord.log.citations import cited_numbers
from onrecord.log.links import has_number
from onrecord.log.names import is_broad, is_common_file, is_common_folder, is_distinctive, stem_of
from onrecord.log.paths import paths_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from onrecord.log.place import Place
    from onrecord.record import DecisionRecord

NEAR = 15  # lines; a comment that far away still speaks of the line
HEAD = 30  # lines at the top, where a file says what it is for
_CITED = ((0, 100.0), (NEAR, 88.0))
_CITED_ABOVE, _CITED_FAR = 65.0, 50.0
MOST_IDENTIFIERS = 12
_USED_TYPE = 42.0  # what the line uses and a file of the repository is called by
_USED = 36.0  # a name that may be anybody's: a guess
OFTEN = 3  # times in blocks of code; what stands there more seldom is part of an example
_IN_PROSE, _IN_EXAMPLE = 0.75, 0.6
MAX_LINE = 2_000  # characters; a longer one was generated
MAX_HEAD = 300  # characters; what is defined stands at the beginning
_IDENTIFIER = lazy_pattern(r"[A-Za-z_$][\w$]*")
_DEFINES = lazy_pattern(
    r"^\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|sealed|async|override|virtual|"
    r"partial|readonly|pub(?:\([a-z]+\))?|unsafe|const|open|data|declare)\s+)*"
    r"(?:def|class|func|fn|fun|function|interface|struct|enum|type|trait|impl|record|object|protocol|"
    r"const|let|var|val|sub)\b[*]?\s+(?:\([^)]*\)\s*)?(?P<name>[A-Za-z_$][\w$]*)"
)
_METHOD = lazy_pattern(
    r"^\s+(?:(?:public|private|protected|internal|static|final|abstract|async|override|virtual|sealed)\s+)+"
    r"[\w<>\[\],.? ]*?(?P<name>[A-Za-z_]\w*)\s*\("
)
_CODE = lazy_pattern(r"(`{1,2})(?P<span>[^`\n]{1,300})\1")
_FENCED = lazy_pattern(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


class Term(NamedTuple):
    """A word to look for in the texts, and its weight; whether it counts in code only; the folder that it stands for."""

    word: str
    weight: float
    only_code: bool = False
    folder: str = ""


def may_cite(line: str) -> bool:
    """Tell whether a line of code is worth a look for citations."""
    return len(line) <= MAX_LINE and any(mark in line for mark in ("ADR", "adr", ".md", ".rst", "decision"))


def citations(
    lines: Sequence[str], at: int, records: Iterable[DecisionRecord]
) -> list[tuple[DecisionRecord, int, float]]:
    """Return the records that a file's text cites by number or file name, each with the line and its weight.

    `at` is the line that is asked about, 0 for the whole file. A line closest to it counts.
    """
    known = list(records)
    by_name = {name: r for r in known if re.search(r"\d", name := r.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])}
    found: dict[int, tuple[DecisionRecord, int, float]] = {}
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE or not (
            "ADR" in line or any(mark in line for mark in (".md", ".rst", "adr", "decision"))
        ):
            continue
        weight = _cited_weight(number, at)
        cited = [one for digits in cited_numbers(line) if (one := _numbered(digits, known))]
        cited += [record for name, record in by_name.items() if name in line]
        for record in cited:
            if id(record) not in found or found[id(record)][2] < weight:
                found[id(record)] = (record, number, weight)
    return list(found.values())


def _numbered(digits: str, records: list[DecisionRecord]) -> DecisionRecord | None:
    found = [record for record in records if has_number(record, digits)]
    return found[0] if len(found) == 1 else None


def _cited_weight(number: int, at: int) -> float:
    if at:
        for distance, weight in _CITED:
            if abs(number - at) <= distance:
                return weight - min(8, abs(number - at)) / 2
        return _CITED_ABOVE if number <= HEAD else _CITED_FAR
    return 80.0


def mentions(place: Place, texts: Sequence[str], files: Collection[str] | None = None) -> list[tuple[int, str, float]]:
    """Return which texts name the place, by index, with the word and its weight: the more texts share it, the less.

    Looked for are the path, the folders it lies in, its file's name, what the line defines or lies in, and what it uses.
    `files` are all files of the repository: the name of a folder that holds many of them says nothing.
    """
    spans, blocks = cache(_spans), cache(_blocks)
    found: list[tuple[int, str, float]] = []
    for word, weight, only_code, folder in _terms(place, files):
        pattern = lazy_pattern(rf"(?<![\w$-]){re.escape(word)}(?![\w$-]|/\w)")  # a folder is not what lies in it
        shares = {
            i: share
            for i, text in enumerate(texts)
            if word in text and (share := _share(pattern, text, spans(text), blocks(text), only_code))
        }
        if shares and not (folder and is_broad(folder, files)):
            others = len(shares) if only_code else len(shares) ** 0.5  # an everyday word says little where many use it
            found += [(i, word, weight * share / others) for i, share in shares.items()]
    return _best_of_each_text(found)


def _share(pattern: re.Pattern[str], text: str, spans: str, blocks: str, only_code: bool) -> float:
    """Return how much of a word's weight a text gets that names it, 0 when it does not; an example in passing counts less."""
    if pattern.search(spans):
        return 1.0
    shown = len(pattern.findall(blocks))
    if shown >= OFTEN:
        return 1.0
    if not only_code and len(pattern.findall(text)) > shown:
        return _IN_PROSE
    return _IN_EXAMPLE if shown else 0.0


def _best_of_each_text(found: list[tuple[int, str, float]]) -> list[tuple[int, str, float]]:
    """Keep two words for each text: a third one says no more."""
    kept: dict[int, list[tuple[int, str, float]]] = {}
    for one in sorted(found, key=lambda f: -f[2]):
        of = kept.setdefault(one[0], [])
        if len(of) < 2 and not any(one[1] in other[1] for other in of):
            of.append(one)
    return [one for of in kept.values() for one in of]


def _blocks(text: str) -> str:
    return "\n".join(match[0] for match in _FENCED.finditer(text))


def _spans(text: str) -> str:
    return "\n".join(match["span"] for match in _CODE.finditer(text))


def _terms(place: Place, files: Collection[str] | None) -> list[Term]:
    """Return the words to look for, the weightiest first."""
    terms: list[Term] = []
    for path in dict.fromkeys(path for path in (place.path, place.before) if path):
        terms += _path_terms(path, place.is_folder)
    terms += _symbol_terms(place, files or ())
    best: dict[str, Term] = {}
    for term in sorted(terms, key=lambda t: -t.weight):
        best.setdefault(term.word, term)
    return list(best.values())


def _path_terms(path: str, is_folder: bool) -> list[Term]:
    *folders, name = path.split("/")
    terms: list[Term] = []
    if is_folder:
        folders = [*folders, name]
    else:
        stem = stem_of(name)
        is_common = is_common_file(name)
        terms.append(Term(path, 85.0 if folders else 25.0))
        if folders:
            terms.append(Term(name, 20.0 if is_common else 65.0))
        if not is_common and is_distinctive(stem):
            terms.append(Term(stem, 60.0))
        elif not is_common and len(stem) > 3:
            terms.append(Term(stem, 22.0, only_code=True))
    for depth in range(len(folders), 0, -1):
        away = len(folders) - depth
        last, whole = folders[depth - 1], "/".join(folders[:depth])
        around = "" if is_folder and not away else whole
        if depth > 1:
            terms.append(Term(whole, max(20.0, (60.0 if is_folder else 45.0) - 8 * away), folder=around))
        if not is_common_folder(last) and (is_distinctive(last) or (is_folder and not away)):
            weight = max(16.0, (45.0 if is_folder else 28.0) - 6 * away)
            terms.append(Term(last, weight, not is_distinctive(last), around))
    return terms


def _symbol_terms(place: Place, files: Collection[str]) -> list[Term]:
    """Return made-up names that a line defines, lies in and uses; `files` are all of the repository's."""
    if not 0 < place.line <= len(place.lines):
        return []
    line = place.lines[place.line - 1][:MAX_LINE]
    own = defined_in(line[:MAX_HEAD])
    named = [(70.0, own), *((55.0 - 8 * i, name) for i, name in enumerate(_around(place)))]
    used = [name for name in dict.fromkeys(_IDENTIFIER.findall(line)) if is_distinctive(name)]
    return [
        *(Term(name, weight) for weight, name in named if is_distinctive(name)),
        *(Term(name, _USED_TYPE if _is_file(name, files) else _USED) for name in used[:MOST_IDENTIFIERS]),
    ]


def _is_file(name: str, files: Collection[str]) -> bool:
    """Tell whether a file goes by a name without its endings."""
    return any(stem_of(path.rsplit("/", 1)[-1]) == name for path in paths_of(files).holding(name))


def defined_in(line: str) -> str:
    """Return the name that a line of code defines, as most languages write it; empty when it defines none."""
    match = _DEFINES.match(line) or _METHOD.match(line)
    return match["name"] if match else ""


def _around(place: Place) -> list[str]:
    """Return the names of the definitions a line lies in, the innermost first: less indented lines above it."""
    lines = place.lines
    found: list[str] = []
    indent = _indent(lines[place.line - 1]) if lines[place.line - 1].strip() else 999
    for above in reversed(lines[: place.line - 1]):
        if not indent or len(found) > 2:
            break
        if above.strip() and _indent(above) < indent and (name := defined_in(above[:MAX_HEAD])):
            found.append(name)
            indent = _indent(above)
    return found


def _indent(line: str) -> int:
    spread = line[:400].expandtabs(4)
    return len(spread) - len(spread.lstrip())
