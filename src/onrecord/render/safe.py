"""Text written by others, made harmless for the place it goes to."""

from __future__ import annotations

import re

from onrecord.lazily import lazy_pattern

_CONTROL = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COMMAND = lazy_pattern(
    r"\A(\s*:)(?=:)|##(?=\[)"
)  # what the Actions runner takes for a command: at a start, and anywhere
_MARKDOWN = lazy_pattern(r"[\\`*_{}\[\]<>|#~!@&]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "@\u200b", "#": "#\u200b"}


def for_terminal(text: str) -> str:
    r"""Show control and direction characters as escapes, line breaks as `\n`; an `ESC` never reaches a terminal.

    A terminal may be the log of a workflow: what its runner would read as a command is broken by an invisible space.
    """
    shown = _CONTROL.sub(lambda m: _escape(m[0]), text.replace("\n", "\\n").replace("\t", " "))
    return _COMMAND.sub(lambda m: f"{m[0]}\u200b", shown)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def for_command(text: str) -> str:
    """Escape the message of a workflow command (actions/runner, ActionCommand.cs)."""
    return (
        _CONTROL.sub(lambda m: m[0] if m[0] in "\r\n" else _escape(m[0]), text)
        .replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
    )


def for_property(text: str) -> str:
    """Escape a property of a workflow command."""
    return for_command(text).replace(":", "%3A").replace(",", "%2C")


def for_markdown(text: str) -> str:
    """Escape text for GitHub Markdown: no markup, no HTML, no mention, no issue reference, one line."""
    text = for_terminal(text).replace("\\n", " ")
    return _MARKDOWN.sub(lambda m: _ENTITIES.get(m[0], f"\\{m[0]}"), text)


def code_span(text: str) -> str:
    """Return a Markdown code span that the text cannot leave, safe inside a table."""
    text = for_terminal(text).replace("\\n", " ").replace("|", "\\|")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
