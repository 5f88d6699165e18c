"""Numbers in words; alone in its file, as a face without findings needs no rules."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """Return "1 record", "2 records", "2,345 records"."""
    return f"{number} {word}" if number == 1 else f"{number:,} {word}s"
