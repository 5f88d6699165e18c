"""A list in a YAML text that gets one more item: as text, so that comments, indentation and line ends stay as they are."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import yaml

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_Kind = Literal["scalar", "alias", "mapping", "sequence", "end", "document", "other"]
_KINDS: dict[type[yaml.Event], _Kind] = {
    yaml.ScalarEvent: "scalar",
    yaml.AliasEvent: "alias",
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceStartEvent: "sequence",
    yaml.MappingEndEvent: "end",
    yaml.SequenceEndEvent: "end",
    yaml.DocumentStartEvent: "document",
}
_MEANING = ("value", "anchor", "tag", "flow_style", "style", "explicit")


class Part(NamedTuple):
    """One scalar, or one end of a collection: where it stands in the text (an offset, a column), and all it says."""

    kind: _Kind
    value: str
    is_block: bool
    start: int
    column: int
    end: int
    meaning: tuple[object, ...]


class BlockList(NamedTuple):
    """A list in block style, as indexes into the parts: of its items, and of what ends it.

    `column` is where its dashes stand, `at` the offset where a next item would go, `is_spaced` whether a blank line would
    stand before it.
    """

    items: tuple[int, ...]
    end: int
    column: int
    at: int
    is_spaced: bool


def read_parts(text: str) -> list[Part]:
    """Return what stands in a YAML text, part by part; empty when it is none. Aliases are not followed."""
    try:
        return [_part(event) for event in yaml.parse(text, Loader=yaml.SafeLoader)]
    except (yaml.YAMLError, ValueError, RecursionError):
        return []


def find_list(text: str, parts: list[Part], key: str) -> BlockList | None:
    """Return the list of mappings below a top-level key; None unless there is one, in block style, in a single document."""
    if sum(part.kind == "document" for part in parts) != 1:
        return None
    depth, found = 0, []
    for i, part in enumerate(parts):
        depth -= part.kind == "end"
        if depth == 1 and part.kind == "scalar" and part.value == key:
            found.append(i + 1)
        depth += part.kind in ("mapping", "sequence")
    if len(found) != 1 or parts[found[0]].kind != "sequence" or not parts[found[0]].is_block:
        return None
    items, end = _items(parts, found[0])
    if not items or any(parts[i].kind != "mapping" or not parts[i].is_block for i in items):
        return None
    column = parts[found[0]].column
    written = max(part.end for part in parts[found[0] : end])
    last = parts[items[-1]]
    before = text[: last.start - (last.column - column)].rstrip(" ")
    is_spaced = len(items) > 1 and before.endswith(("\n\n", "\r\n\r\n"))
    return BlockList(tuple(items), end, column, _behind(text, written, column), is_spaced)


def with_item(text: str, parts: list[Part], found: BlockList, item: str) -> str | None:
    """Return the text with one more item (lines that end in a line feed) in the list.

    None when the result would say anything else than the old text and the item.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text[: found.at]
    gap = ("" if before.endswith("\n") else newline) + (newline if found.is_spaced else "")
    result = before + gap + item.replace("\n", newline) + text[found.at :]
    inner = read_parts(item)[3:-3]  # without the stream, the document and the list around it
    wanted = [*parts[: found.end], *inner, *parts[found.end :]]
    return result if [part.meaning for part in read_parts(result)] == [part.meaning for part in wanted] else None


def _part(event: yaml.Event) -> Part:
    kind = _KINDS.get(type(event), "other")
    meaning = (type(event), *(getattr(event, name, None) for name in _MEANING))
    if event.start_mark is None or event.end_mark is None:
        return Part(kind, "", False, 0, 0, 0, meaning)
    start, end = event.start_mark.index, event.end_mark.index
    # A block collection ends where the next thing begins: that is no text of its own. A bracket has one character.
    has_text = kind in ("scalar", "alias") or end - start == 1
    return Part(
        kind,
        event.value if isinstance(event, yaml.ScalarEvent) else "",
        not getattr(event, "flow_style", False),
        start,
        event.start_mark.column,
        end if has_text else 0,
        meaning,
    )


def _items(parts: list[Part], start: int) -> tuple[list[int], int]:
    """Return the items of the list that begins at `start`, and the index of what ends it."""
    depth = 0
    items: list[int] = []
    for i in range(start, len(parts)):
        depth -= parts[i].kind == "end"
        if depth == 0 and i > start:
            return items, i
        if depth == 1 and parts[i].kind != "end":
            items.append(i)
        depth += parts[i].kind in ("mapping", "sequence")
    return [], len(parts)


def _behind(text: str, last: int, column: int) -> int:
    """Return the beginning of the line behind the last item and the comments that are indented as its own."""
    at = last if last and text[last - 1] == "\n" else text.find("\n", last) + 1 or len(text)
    while at < len(text) and (line := _LINE.match(text, at)):
        content = line[0].lstrip(" ")
        if not content.startswith("#") or len(line[0]) - len(content) <= column:
            break
        at = line.end()
    return at
