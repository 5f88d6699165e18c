"""A report for code scanning: real paths, and what finds an alert again when its line has moved."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import Unreadable, in_repository, read_bytes
from onrecord.check.engine import sort_key
from onrecord.render.sarif import render_sarif

if TYPE_CHECKING:
    from onrecord.check import Report


def render_for_code_scanning(report: Report, root: Path) -> str:
    """Return the report as SARIF; a symlink's findings stand in the file it leads to, because GitHub shows none at it."""
    real_root = Path(os.path.realpath(root))
    real = {
        path: in_repository(Path(os.path.realpath(real_root / path)), real_root)
        for path in {finding.location.path for finding in report.findings}
    }
    findings = dict.fromkeys(
        finding._replace(location=finding.location._replace(path=real[finding.location.path]))
        for finding in report.findings
    )
    texts = {path: text for path in real.values() if (text := _text(real_root / path, real_root)) is not None}
    return render_sarif(report._replace(findings=tuple(sorted(findings, key=sort_key))), texts)


def _text(path: Path, root: Path) -> str | None:
    """Return a file's text with all that stands in it, also a byte order mark."""
    try:
        return read_bytes(path, root).decode("utf-8", "replace")
    except Unreadable:
        return None
