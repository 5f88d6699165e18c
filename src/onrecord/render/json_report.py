"""Findings as JSON (schemas/report.schema.json)."""

from __future__ import annotations

import json

from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from onrecord.check import Report


def render_json(report: Report) -> str:
    """Return the versioned report as JSON text."""
    from onrecord.check import report_json

    return as_json(report_json(report))


def as_json(value: Any, indent: int | None = 2) -> str:
    """Return JSON text that no terminal, pipe or workflow log can stumble over: ASCII only, and no `##[`."""
    return json.dumps(value, indent=indent).replace("##[", "##\\u005b") + "\n"
