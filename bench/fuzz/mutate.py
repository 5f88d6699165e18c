"""Changes to an input that reach depth: words of the format spliced into text, odd values into JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**30, 1e308, float("inf"), "", " ", "\x00", "\ud800", "\u202e", "\x1b[31m", "::error::x",
    "##[error]x", "9" * 5000, "0001-01-01", "2026-02-30T25:00:00Z", "²", "x" * 300, [], {}, [[]], {"": None}, [None], "\n", "../x",
)  # fmt: skip


def change_text(data: bytes, most: int, seed: int, words: Sequence[str]) -> bytes:
    """Return the text with a few words put in, lines moved, doubled, dropped, or one of them repeated very often."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    text = data.decode("utf-8", "replace")
    for _ in range(dice.randint(1, 4)):
        text = dice.choice((_insert, _insert, _lines, _cut, _repeat, _replace))(text, dice, words)
    return text.encode("utf-8", "replace")[:most]


def change_json(data: bytes, most: int, seed: int, words: Sequence[str]) -> bytes | None:
    """Return the JSON with one or two of its values or keys changed; None when it is none, or too long then."""
    dice = random.Random(seed)  # noqa: S311
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    for _ in range(dice.randint(1, 2)):
        value = _changed(value, dice, words)
    made = json.dumps(value).encode()
    return made if len(made) <= most else None


def _insert(text: str, dice: random.Random, words: Sequence[str]) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(words) + text[at:]


def _replace(text: str, dice: random.Random, words: Sequence[str]) -> str:
    pieces = text.split(" ")
    pieces[dice.randrange(len(pieces))] = dice.choice(words)
    return " ".join(pieces)


def _repeat(text: str, dice: random.Random, words: Sequence[str]) -> str:
    at = dice.randint(0, len(text))
    times = 9_999 if dice.random() < 0.03 else dice.choice((2, 9, 99))  # seldom so often that the square of it hurts
    return text[:at] + dice.choice(words) * times + text[at:]


def _cut(text: str, dice: random.Random, _words: Sequence[str]) -> str:
    start = dice.randint(0, len(text))
    return text[:start] + text[start + dice.choice((1, 3, 20)) :]


def _lines(text: str, dice: random.Random, words: Sequence[str]) -> str:
    lines = text.split("\n")
    at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
    how = dice.randrange(5)
    if how == 0:
        lines.insert(to, lines[at])
    elif how == 1:
        lines[at], lines[to] = lines[to], lines[at]
    elif how == 2:
        del lines[at]
    elif how == 3:
        lines[at] = dice.choice(("  ", "> ", "- ", "\t", "# ")) + lines[at]
    else:
        lines.insert(to, dice.choice(words))
    return "\n".join(lines)


def _changed(value: Any, dice: random.Random, words: Sequence[str]) -> Any:
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        how = dice.random()
        if how < 0.06:
            return {name: inner for name, inner in value.items() if name != key}
        if how < 0.1:
            return value | {dice.choice(words): value[key]}
        return value | {key: _changed(value[key], dice, words)}
    if isinstance(value, list) and value and dice.random() < 0.8:
        at = dice.randrange(len(value))
        if dice.random() < 0.15:
            return value[:at] + [value[at]] * dice.choice((0, 2, 3)) + value[at + 1 :]
        return [*value[:at], _changed(value[at], dice, words), *value[at + 1 :]]
    if isinstance(value, str) and dice.random() < 0.6:
        return dice.choice((_insert, _lines, _cut, _repeat))(value, dice, words)
    return dice.choice((*ODD, dice.choice(words)))
