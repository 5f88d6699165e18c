"""The metadata block at the top of a file: YAML between `---`, TOML between `+++`.

It is cut off before Markdown sees it; otherwise the closing `---` turns the last keys into a heading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.markdown.model import Comment, FrontMatter, Problem, Span
from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from onrecord.markdown.yaml_source import YamlTree

MAX_DEPTH, MOST_DOTS = 64, 300  # of TOML: parts inside of parts, and dots in one line
TOO_DEEP = "it is nested too deeply"
_SIMPLE = re.compile(r"(?P<key>[^\s:#\-][^:#\n]{0,60}?)\s*:\s+(?P<value>\S.*)\Z")
_BARE_KEY = re.compile(r"(?P<key>[^\s:#\-][^:#\n]{0,60}?)\s*:\s*\Z")
_ITEM = re.compile(r"\s*-\s+(?P<value>(?!.*:\s)[^\s:][^\n]{0,200})\Z")
_LEAD = re.compile(r"\s*\Z|\s*<!--.*-->\s*\Z")
_UNFILLED = re.compile(r":\s*(\{[^}:]*\}|<[^>:]*>)|:(?:\s*\[)?[^\[\]\n]{0,300}\s\|\s")


class Split(NamedTuple):
    """The front matter, if any, and the 0-based line where the body begins."""

    front_matter: FrontMatter | None
    body_start: int
    problems: list[Problem]


def split_front_matter(lines: list[str]) -> Split:
    """Cut the front matter off `lines`; without a closing mark there is none."""
    start = _opening(lines)
    if start is None:
        return Split(None, 0, [])
    mark = lines[start].rstrip()
    closings = (mark, "...") if mark == "---" else (mark,)
    for end in range(start + 1, len(lines)):
        if lines[end].rstrip() in closings:
            break
    else:
        return Split(None, 0, [])
    inside = lines[start + 1 : end]
    span = Span(start + 1, end + 1)
    if mark == "+++":
        data, at, problems = _read_toml(inside, start + 2)
        return Split(FrontMatter("toml", data, at, span, _comments(inside, start + 2)), end + 1, problems)
    from onrecord.markdown.yaml_source import (
        YamlProblem,
        read_yaml,
    )  # PyYAML costs 11 ms, and two records in three have no front matter

    tree = read_yaml("\n".join(inside))
    if not isinstance(tree.value, dict):
        if not _looks_like_metadata(inside):
            return Split(None, 0, [])  # two rules with prose between them
        if not tree.problems and any(line.strip() for line in inside):
            tree.problems.append(YamlProblem("invalid", "it holds no “key: value” pairs", 0))
        tree = _salvage(inside, tree)
    at = {pointer: line + start + 2 for pointer, line in tree.lines.items()}
    found = [
        Problem(f"front-matter-{p.code}", p.message, Span(p.line + start + 2, p.line + start + 2))
        for p in tree.problems
        if not _is_unfilled(inside, p.line)
    ]
    return Split(FrontMatter("yaml", tree.value, at, span, _comments(inside, start + 2)), end + 1, found)


def _opening(lines: list[str]) -> int | None:
    """Return the line of the opening mark: the first one, or the first after blank lines and one-line comments."""
    for i, line in enumerate(lines[:20]):
        if line.rstrip() in ("---", "+++"):
            return i if i == 0 or all(_LEAD.match(x) for x in lines[:i]) else None
        if not _LEAD.match(line):
            return None
    return None


def _looks_like_metadata(inside: list[str]) -> bool:
    filled = [line for line in inside if line.strip()]
    return not filled or any(re.match(r"\s*(#|-\s|[\w\"' -]{1,60}:)", line) for line in filled[:3])


def _is_unfilled(inside: list[str], line: int) -> bool:
    """Tell whether YAML stumbled over an unfilled template line such as `status: {a | b [c](d)}`."""
    return 0 <= line < len(inside) and bool(_UNFILLED.search(inside[line]))


def _salvage(inside: list[str], tree: YamlTree) -> YamlTree:
    """Keep the plain `key: value` lines of a block that is not valid YAML, and plain lists: one typo hides nothing else."""
    data: dict[str, Any] = {}
    at: dict[str, int] = {}
    key = ""
    items: list[str] = []
    for i, line in enumerate(inside):
        if match := _BARE_KEY.match(line):
            key, items = match["key"].strip("\"'"), []
            continue
        if key and (match := _ITEM.match(line)):  # "- @ada" is no YAML, and what people write
            items.append(match["value"].strip().strip("\"'"))
            data.setdefault(key, items)
            at.setdefault(f"/{escape_pointer(key)}", i - len(items))
            continue
        key = ""
        if match := _SIMPLE.match(line):
            key, value = match["key"].strip("\"'"), match["value"].strip().strip("\"'")
            data.setdefault(key, value.strip("[]"))
            at.setdefault(f"/{escape_pointer(key)}", i)
    return tree._replace(value=data, lines=at)


def _comments(inside: list[str], first: int) -> tuple[Comment, ...]:
    return tuple(
        Comment(line.split("#", 1)[1].strip(), Span(first + i, first + i), True)
        for i, line in enumerate(inside)
        if re.match(r"\s*#|.*\s#\s", line)
    )


def _read_toml(inside: list[str], first: int) -> tuple[dict[str, Any], dict[str, int], list[Problem]]:
    import tomllib

    at: dict[str, int] = {}
    for i, line in enumerate(inside):
        if match := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
            at.setdefault(f"/{escape_pointer(match[1])}", first + i)
    try:
        for i, line in enumerate(inside, 1):
            if line.count(".") > MOST_DOTS:  # tomllib would go through a name of many parts again for each of them
                raise ValueError(f"{TOO_DEEP} (at line {i})")
        data = _as_text(tomllib.loads("\n".join(inside)))
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        at_line = first + (int(found[1]) - 1 if found else 0)
        return {}, at, [Problem("front-matter-invalid", str(error).split(" (at")[0].lower(), Span(at_line, at_line))]
    return data, at, []


def _as_text(value: Any, depth: int = 0) -> Any:
    """Turn TOML's dates and numbers back into text; keep structure. Raises ValueError where that is too deep."""
    if depth > MAX_DEPTH:
        raise ValueError(TOO_DEEP)
    if isinstance(value, dict):
        return {k: _as_text(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v, depth + 1) for v in value]
    return value if isinstance(value, str | bool | int) else str(value)
