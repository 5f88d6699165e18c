"""Points in time as transcripts write them, in seconds."""

from __future__ import annotations

import re

CLOCK = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,6})?"  # Microsoft Graph writes 0:0:5.320


def seconds(text: str) -> float | None:
    """Return the seconds of "0:03", "00:00:05,320" or "12.5", None for anything else."""
    if not re.fullmatch(rf"{CLOCK}|\d{{1,9}}(?:\.\d{{1,6}})?", text.strip(), re.ASCII):
        return None
    total = 0.0
    for part in text.strip().replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def clock(start: float) -> str:
    """Return seconds as people write them: 0:03:05."""
    whole = int(start)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
