"""Findings as JSON (schemas/report.schema.json)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onrecord.check import report_json

if TYPE_CHECKING:
    from onrecord.check import Report


def render_json(report: Report) -> str:
    """Return the versioned report as JSON text; ASCII only, so that no terminal or pipe can stumble over it."""
    return json.dumps(report_json(report), indent=2) + "\n"
