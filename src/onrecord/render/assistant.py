"""Text written by others on its way to a coding assistant: nothing invisible in it, and no more than can be read."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_TEXT = 20_000  # characters of an answer to read
MOST_VALUE = 40_000  # of the same as JSON, half of which is names and quotes
_STEPS = ((8_000, 400), (4_000, 200), (2_000, 100), (1_000, 50), (200, 50), (100, 20), (40, 5))  # of a text, of a list
_CUT = "[cut at {most} characters; the file has the rest]"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e0fff]"
    # Joiners are part of emoji and of several scripts, and nothing else needs them.
    r"|(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])"
)


def visible(text: str) -> str:
    r"""Return text with all that a reader would not see as escapes: controls, directions, zero width, tags."""
    return _UNSEEN.sub(
        lambda found: f"\\u{ord(found[0]):04x}" if found[0] < "\U00010000" else f"\\U{ord(found[0]):08x}", text
    )


def as_text(text: str, most: int = MOST_TEXT) -> str:
    """Return text for an assistant, cut where it is long, which is said."""
    shown = visible(text)
    end = _CUT.format(most=f"{most:,}")
    return shown if len(shown) <= most else f"{shown[: most - len(end) - 2].rstrip()}\n\n{end}"


def as_value(value: dict[str, Any], most: int = MOST_VALUE) -> dict[str, Any]:
    """Return JSON for an assistant. Above `most` characters, texts and lists are cut, and a sentence in `notes` says so."""
    shown: dict[str, Any] = _map(value, None, None)
    for text, items in _STEPS:
        if len(json.dumps(shown, ensure_ascii=False)) <= most:
            return shown
        note = f"Texts are cut at {text} characters and lists at {items} entries; the file has the rest."
        shown = _map(value, text, items)
        shown["notes"] = [*shown.get("notes", []), note]
    return shown


def _map(value: Any, text: int | None, items: int | None) -> Any:
    """Return a value with every text in it made visible; texts and lists longer than that are cut."""
    if isinstance(value, str):
        seen = visible(value)
        return seen if text is None or len(seen) <= text else f"{seen[: text - 1]}…"
    if isinstance(value, dict):
        return {visible(key): _map(inner, text, items) for key, inner in value.items()}
    if isinstance(value, list):
        return [_map(inner, text, items) for inner in value[:items]]
    return value
