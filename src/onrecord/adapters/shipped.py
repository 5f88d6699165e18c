"""The schemas that travel with the tool: in the wheel beside the package, in a checkout at the top level."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

SCHEMAS = (
    "decision-record",
    "pull-request",
    "report",
    "config",
    "list",
    "search",
    "show",
    "why",
    "review",
    "calibrate",
    "coverage-report",
    "coverage-combined",
    "draft-reply",
)


@cache
def schema_text(name: str) -> str:
    """Return the text of a shipped schema; raises KeyError for a name that does not exist."""
    if name not in SCHEMAS:
        raise KeyError(name)
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "schemas", package.parent.parent / "schemas"):
        file = folder / f"{name}.schema.json"
        if file.is_file():
            return file.read_text("utf-8")
    raise FileNotFoundError(f"the schema {name} is missing from this installation")


@cache
def schema(name: str) -> dict[str, Any]:
    """Return a shipped schema."""
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded
