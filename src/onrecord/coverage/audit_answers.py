"""Reads a filled-in audit sheet back: Markdown or JSON lines, as it was printed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from onrecord.coverage.audit import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

_HEAD = re.compile(r"##\s+#(?P<number>\d{1,9})\b")
_FIELD = re.compile(r"\s*[-*]\s*(?P<field>a decision|on record)\s*\?\s*:?(?P<value>.*)", re.IGNORECASE)
_COMMIT = re.compile(r"Commit `?(?P<sha>[0-9a-f]{7,64})`?")
_WORDS = {"yes": True, "y": True, "no": False, "n": False, "": None}
_FIELDS = ("is_decision", "is_on_record")


class Unreadable(Exception):
    """Answers cannot be taken; the message begins with the line, for people: "12: …"."""


def read_answers(text: str, sample: Set[int], sha: str) -> dict[int, Answer]:
    """Return the answers by number; raises Unreadable for what is outside of the sample, double, or not yes or no.

    `sha` is the commit the sample was drawn from: of another one, other pull requests would have been drawn.
    """
    found: dict[int, Answer] = {}
    rows = _json_rows(text, sha) if text.lstrip().startswith("{") else _markdown_rows(text, sha)
    for line, number, values in rows:
        if number not in sample:
            raise Unreadable(
                f"{line}: #{number} is not in the sample; with the flags of the sheet the same one is drawn"
            )
        if number in found:
            raise Unreadable(f"{line}: #{number} was answered before")
        found[number] = Answer(*values)
    return found


def _markdown_rows(text: str, sha: str) -> Iterator[tuple[int, int, list[bool | None]]]:
    start, number = 0, 0
    values: dict[str, bool | None] = {}
    for line, content in enumerate(text.splitlines(), 1):
        if not start and (commit := _COMMIT.match(content)):
            _verify_commit(commit["sha"], sha, line)
        elif head := _HEAD.match(content):
            if start:
                yield start, number, [values.get(name) for name in _FIELDS]
            start, number, values = line, int(head["number"]), {}
        elif start and (field := _FIELD.fullmatch(content)):
            name = _FIELDS[field["field"].casefold() == "on record"]
            if name in values:
                raise Unreadable(f"{line}: “{field['field']}” stands twice below #{number}")
            values[name] = _answer(field["value"].strip(" *_`.[]").casefold(), line)
    if not start:
        raise Unreadable("1: there is no pull request in it; a line “## #12 …” begins one")
    yield start, number, [values.get(name) for name in _FIELDS]


def _json_rows(text: str, sha: str) -> Iterator[tuple[int, int, list[bool | None]]]:
    for line, content in enumerate(text.splitlines(), 1):
        if not content.strip():
            continue
        try:
            row: Any = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"{line}: it is not JSON") from error
        if not isinstance(row, dict):
            raise Unreadable(f"{line}: a JSON object is expected")
        if "commit" in row and "number" not in row:
            _verify_commit(str(row["commit"]), sha, line)
            continue
        number = row.get("number")
        if not isinstance(number, int) or isinstance(number, bool):
            raise Unreadable(f"{line}: “number” is missing, or not a number")
        yield line, number, [_json_answer(row.get(name), line) for name in _FIELDS]


def _json_answer(value: Any, line: int) -> bool | None:
    return value if value is None or isinstance(value, bool) else _answer(str(value).strip().casefold(), line)


def _answer(word: str, line: int) -> bool | None:
    if word not in _WORDS:
        raise Unreadable(f"{line}: “{word[:40]}” is neither yes nor no")
    return _WORDS[word]


def _verify_commit(told: str, sha: str, line: int) -> None:
    if not sha.startswith(told):
        raise Unreadable(
            f"{line}: the sheet is of commit {told[:10]}, and {sha[:10]} is checked out; “git switch --detach {told[:10]}” brings it"
        )
