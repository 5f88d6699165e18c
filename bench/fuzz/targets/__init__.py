"""One file for each kind of foreign text: SEEDS (small texts of our own), WORDS (of the format), and `read`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

NAMES = (
    "records",
    "logs",
    "descriptions",
    "events",
    "transcripts",
    "replies",
    "settings",
    "github",
    "git",
    "kept",
    "reports",
)


def target(name: str) -> Any:
    """Return the module of a target."""
    return import_module(f"fuzz.targets.{name}")
