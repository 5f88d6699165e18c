"""Whether anybody has worked on a draft that a machine wrote: the draft carries a hash of itself.

The line `draft-hash: sha256:…` stands in the front matter. What is hashed is the text without that line, and without what
changes when a draft is merely accepted: its status and its dates. So a draft that is only waved through is still a draft.
A mark of order (BOM), line ends, spaces at the end of lines and empty lines do not count either: tools change them.
"""

from __future__ import annotations

import hashlib
import re

KEY = "draft-hash"
_BOM = "\ufeff"
_FENCE = "---"
_NOTICE = re.compile(r"^> Draft from [^\n]{1,80}, not a decision[^\n]{0,80}\.\r?\n(?:[ \t]*\r?\n)?", re.MULTILINE)
_LINE = re.compile(rf"{KEY}:\s*[\"']?(?P<hash>sha256:[0-9a-f]{{64}})[\"']?\s*")
_STATES = r"(?:proposed|draft|accepted|active|approved)"
_UNWORKED = re.compile(  # "status: accepted", "* Date: 2026-05-01", and below a heading "Accepted", "2026-05-01"
    rf"\W*(?:(?:status|date|last-reviewed)\W*:.*|{_STATES}(?:[\s,:(]+(?:on\s)?[\d-]+\)?)?|\d{{4}}-\d\d-\d\d)\W*",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 200  # of a line that tells a status or a date


def seal(text: str) -> str:
    """Return a draft with its hash in the front matter, which it gets where it has none; a hash that is there is replaced."""
    bom, lines = _BOM if text.startswith(_BOM) else "", text.removeprefix(_BOM).splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    close = _closing(lines)
    if close is None:
        lines, close = [f"{_FENCE}{end}", f"{_FENCE}{end}", end, *lines], 1
    head = [line for line in lines[:close] if not line.startswith(f"{KEY}:")]
    return bom + "".join([*head, f"{KEY}: {_hash([*head, *lines[close:]])}{end}", *lines[close:]])


def is_untouched(text: str) -> bool:
    """Tell whether a text is a sealed draft that nobody has worked on since; False for any text without a hash."""
    lines = text.removeprefix(_BOM).splitlines(keepends=True)
    close = _closing(lines) or 0
    found = [match["hash"] for line in lines[:close] if (match := _LINE.fullmatch(line))]
    return bool(found) and found[0] == _hash(
        [line for line in lines[:close] if not _LINE.fullmatch(line)] + lines[close:]
    )


def without_notice(text: str) -> str:
    """Return a draft without the line that says that it is one: by its words only, as they were written."""
    return _NOTICE.sub("", text, count=1)


def _closing(lines: list[str]) -> int | None:
    """Return the index of the line that closes the front matter, None where there is none."""
    if not lines or lines[0].rstrip() != _FENCE:
        return None
    return next((i for i, line in enumerate(lines) if i and line.rstrip() == _FENCE), None)


def _hash(lines: list[str]) -> str:
    told = (line.rstrip() for line in lines)
    kept = [line for line in told if line and not _UNWORKED.fullmatch(line[:_MOST_CHARACTERS])]
    return f"sha256:{hashlib.sha256(chr(10).join(kept).encode()).hexdigest()}"
