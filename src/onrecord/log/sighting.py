"""Where code and records see each other: lines of code that cite a record, records that name a file or what it defines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.log.citations import cited_numbers
from onrecord.log.links import has_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.log.place import Place
    from onrecord.record import DecisionRecord

NEAR = 15  # lines; a comment that far away still speaks of the line
HEAD = 30  # lines at the top, where a file says what it is for
_CITED = ((0, 100.0), (NEAR, 88.0))
_CITED_ABOVE, _CITED_FAR = 65.0, 50.0
MOST_IDENTIFIERS = 12
MAX_LINE = 2_000  # characters; a longer one was generated
MAX_HEAD = 300  # characters; what is defined stands at the beginning
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_DEFINES = re.compile(
    r"^\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|sealed|async|override|virtual|"
    r"partial|readonly|pub(?:\([a-z]+\))?|unsafe|const|open|data|declare)\s+)*"
    r"(?:def|class|func|fn|fun|function|interface|struct|enum|type|trait|impl|record|object|protocol|"
    r"const|let|var|val|sub)\b[*]?\s+(?:\([^)]*\)\s*)?(?P<name>[A-Za-z_$][\w$]*)"
)
_METHOD = re.compile(
    r"^\s+(?:(?:public|private|protected|internal|static|final|abstract|async|override|virtual|sealed)\s+)+"
    r"[\w<>\[\],.? ]*?(?P<name>[A-Za-z_]\w*)\s*\("
)
_CODE = re.compile(r"(`{1,2})(?P<span>[^`\n]{1,300})\1")
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_COMMON_FILES = re.compile(
    r"(?:index|main|mod|lib|__init__|__main__|conftest|setup|package|package-lock|pom|build|settings|readme|changelog|"
    r"go|cargo|makefile|dockerfile|app|util|utils|types|constants|config|startup|program|module-info|package-info)(?:\..*)?",
    re.IGNORECASE,
)
_COMMON_FOLDERS = re.compile(
    r"(?:src|lib|libs|app|apps|main|test|tests|docs|java|kotlin|resources|packages|common|core|internal|pkg|cmd|utils?|"
    r"components?|modules?|services?|api|org|com)",
    re.IGNORECASE,
)


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


def mentions(place: Place, texts: Sequence[str]) -> list[tuple[int, str, float]]:
    """Return which texts name the place, by index, with the word and its weight: the more texts share it, the less.

    Looked for are the path, the folders it lies in, its file's name, what the line defines or lies in, and what it uses.
    """
    spans = [_in_code(text) for text in texts]
    found: list[tuple[int, str, float]] = []
    for term, weight, only_code in _terms(place):
        pattern = re.compile(rf"(?<![\w$-]){re.escape(term)}(?![\w$-]|/\w)")  # a folder is not what lies in it
        naming = [i for i, text in enumerate(texts) if term in text and pattern.search(spans[i] if only_code else text)]
        for i in naming:
            in_code = only_code or bool(pattern.search(spans[i]))
            found.append((i, term, weight * (1.0 if in_code else 0.75) / len(naming) ** 0.5))
    return _best_of_each_text(found)


def _best_of_each_text(found: list[tuple[int, str, float]]) -> list[tuple[int, str, float]]:
    """Keep two words for each text: a third one says no more."""
    kept: dict[int, list[tuple[int, str, float]]] = {}
    for one in sorted(found, key=lambda f: -f[2]):
        of = kept.setdefault(one[0], [])
        if len(of) < 2 and not any(one[1] in other[1] for other in of):
            of.append(one)
    return [one for of in kept.values() for one in of]


def _in_code(text: str) -> str:
    """Return only what a Markdown text has in code spans and code blocks."""
    blocks = [match[0] for match in _FENCED.finditer(text)]
    return "\n".join([*blocks, *(match["span"] for match in _CODE.finditer(text))])


def _terms(place: Place) -> list[tuple[str, float, bool]]:
    """Return the words to look for, each with its weight, and whether it counts in code spans only."""
    terms: list[tuple[str, float, bool]] = []
    for path in dict.fromkeys(path for path in (place.path, place.before) if path):
        terms += _path_terms(path, place.is_folder)
    terms += _symbol_terms(place)
    best: dict[str, tuple[str, float, bool]] = {}
    for term in sorted(terms, key=lambda t: -t[1]):
        best.setdefault(term[0], term)
    return list(best.values())


def _path_terms(path: str, is_folder: bool) -> list[tuple[str, float, bool]]:
    *folders, name = path.split("/")
    terms: list[tuple[str, float, bool]] = []
    if is_folder:
        folders = [*folders, name]
    else:
        stem = name.lstrip(".").split(".")[0]
        is_common = bool(_COMMON_FILES.fullmatch(name))
        terms.append((path, 85.0 if folders else 25.0, False))
        if folders:
            terms.append((name, 20.0 if is_common else 65.0, False))
        if not is_common and is_distinctive(stem):
            terms.append((stem, 60.0, False))
        elif not is_common and len(stem) > 3:
            terms.append((stem, 22.0, True))
    for depth in range(len(folders), 0, -1):
        away = len(folders) - depth
        if depth > 1:
            terms.append(("/".join(folders[:depth]), max(20.0, (60.0 if is_folder else 45.0) - 8 * away), False))
        last = folders[depth - 1]
        if not _COMMON_FOLDERS.fullmatch(last) and (is_distinctive(last) or (is_folder and not away)):
            terms.append((last, max(16.0, (45.0 if is_folder else 28.0) - 6 * away), not is_distinctive(last)))
    return terms


def _symbol_terms(place: Place) -> list[tuple[str, float, bool]]:
    if not 0 < place.line <= len(place.lines):
        return []
    line = place.lines[place.line - 1][:MAX_LINE]
    terms: list[tuple[str, float, bool]] = []
    own = defined_in(line[:MAX_HEAD])
    for weight, name in [(70.0, own), *((55.0 - 8 * i, name) for i, name in enumerate(_around(place)))]:
        if name and len(name) > 2:
            terms.append((name, weight if is_distinctive(name) else weight / 2, not is_distinctive(name)))
    used = [name for name in dict.fromkeys(_IDENTIFIER.findall(line)) if is_distinctive(name)]
    return terms + [(name, 42.0, False) for name in used[:MOST_IDENTIFIERS]]


def defined_in(line: str) -> str:
    """Return the name that a line of code defines, as most languages write it; empty when it defines none."""
    match = _DEFINES.match(line) or _METHOD.match(line)
    return match["name"] if match else ""


def is_distinctive(word: str) -> bool:
    """Tell whether a word is a name somebody made up (keepAlive, max_age, data-plane) and not one of a language."""
    return len(word) > 4 and bool(re.search(r"[a-z0-9][A-Z]|[A-Za-z0-9][_-][A-Za-z0-9]|[A-Z]{2}[a-z]", word))


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
