"""What GitHub knows a line by when lines above it move: the hash its own upload action computes.

Another value than that action's would be kept, and told in a warning for each result (github/codeql-action,
src/fingerprints.ts): 100 characters from the beginning of the line on, without spaces and tabs, as a polynomial
modulo 2**64, and which of the lines with this hash it is.
"""

from __future__ import annotations

import re
from collections import Counter

WINDOW = 100
_FACTOR = 37
_END_OF_FILE = 0xFFFF


def line_hashes(text: str) -> list[str]:
    """Return the hash of each line of a text; `text` is read as UTF-8 with nothing taken off, also no byte order mark."""
    text = re.sub(r"[ \t]", "", re.sub(r"\r\n?", "\n", text))
    coded = text.encode("utf-16-le", "surrogatepass")
    units = [coded[i] | coded[i + 1] << 8 for i in range(0, len(coded), 2)]
    starts = [0, *(i + 1 for i, unit in enumerate(units) if unit == ord("\n"))]
    units += [_END_OF_FILE, *[0] * WINDOW]
    seen: Counter[int] = Counter()
    out = []
    for start in starts:
        value = 0
        for unit in units[start : start + WINDOW]:
            value = (value * _FACTOR + unit) % 2**64
        seen[value] += 1
        out.append(f"{value:x}:{seen[value]}")
    return out
