"""How a record was read, part by part: so that a misreading can be seen and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = (
    "number", "title", "status", "date", "decision_makers", "authors", "consulted", "informed", "context", "decision",
    "considered_options", "consequences", "supersedes", "superseded_by", "amends", "relates_to",
)  # fmt: skip
_OPTIONAL = frozenset(
    ("number", "authors", "consulted", "informed", "supersedes", "superseded_by", "amends", "relates_to")
)
_STATES = {"absent": "not found", "empty": "nothing written", "placeholder": "not filled in"}
WIDTH = 64


def render_reading(facts: Mapping[str, Any], color: bool = False) -> str:
    """Return one record's reading as a table: line, part, what was read, and why it was taken for that."""
    bold, dim, end = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if color else ("", "", "")
    head = f"{bold}{for_terminal(facts['path'])}{end}"
    if facts["kind"] != "record":
        return f"{head}  not a record ({facts['reason']})\n\n"
    lines = [f"{head}  record, {facts['dialect']}"]
    slots = facts["reading"]["slots"]
    for part in PARTS:
        slot = slots.get(part)
        if slot is None and part in _OPTIONAL:
            continue
        lines.append(_row(part, slot or {"state": "absent"}, _shown(facts.get(part)), dim, end))
        if part == "considered_options":
            lines += [f"{'':>6}    - {for_terminal(o['title'])[:WIDTH]}  {dim}{o['outcome']}{end}" for o in facts[part]]
    lines += [f"{'':>6}  unfilled: {for_terminal(text)[:WIDTH]}" for text in facts["reading"]["placeholders"]]
    return "\n".join(lines) + "\n\n"


def _row(part: str, slot: Mapping[str, Any], shown: str, dim: str, end: str) -> str:
    what = shown if slot["state"] == "filled" else _STATES[slot["state"]]
    how = for_terminal(slot.get("how", ""))
    line = str(slot.get("line", ""))
    return f"{line:>6}  {part.replace('_', ' '):<19}{for_terminal(what)[:WIDTH]:<{WIDTH}}  {dim}{how}{end}".rstrip()


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        text = str(value.get("text", ""))
        value = f"{value['value']} ({text})" if "value" in value else text
    elif isinstance(value, list):
        value = (
            ", ".join(item if isinstance(item, str) else "" for item in value)
            if value and isinstance(value[0], str)
            else f"{len(value)} options"
            if value
            else ""
        )
    text = " ".join(str(value or "").split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
