"""A baseline: findings a team knows and does not want to see again, without line numbers.

An entry is rule, path and the fingerprint of the finding's first line, so that text above may move. Equal findings
are counted: three known, a fourth is shown.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.check.model import Finding

Key = tuple[str, str, str]


def finding_key(finding: Finding, lines: Mapping[str, tuple[str, ...]]) -> Key:
    """Return the identity of a finding; `lines` holds the text of each file."""
    text = lines.get(finding.location.path, ())
    at = finding.location.line - 1
    words = " ".join(text[at].split()) if 0 <= at < len(text) else ""
    return finding.rule, finding.location.path, hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def make_baseline(findings: Iterable[Finding], lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return a baseline of these findings as JSON, sorted."""
    counts = Counter(finding_key(finding, lines) for finding in findings)
    entries = [
        {"rule": rule, "path": path, "line": mark, "count": n} for (rule, path, mark), n in sorted(counts.items())
    ]
    return {"version": 1, "findings": entries}


def read_baseline(value: Any) -> Counter[Key]:
    """Return the known findings of a baseline; raises ValueError when it is not one."""
    try:
        if value["version"] != 1:
            raise ValueError("it is of another version")
        return Counter({(str(e["rule"]), str(e["path"]), str(e["line"])): int(e["count"]) for e in value["findings"]})
    except (KeyError, TypeError) as error:
        raise ValueError("it does not have the shape of a baseline") from error


def apply_baseline(
    findings: list[Finding], known: Counter[Key], lines: Mapping[str, tuple[str, ...]]
) -> tuple[list[Finding], int]:
    """Return the findings that are not known, and how many were."""
    left_over, shown = Counter(known), []
    for finding in findings:
        key = finding_key(finding, lines)
        if left_over[key] > 0:
            left_over[key] -= 1
        else:
            shown.append(finding)
    return shown, len(findings) - len(shown)
