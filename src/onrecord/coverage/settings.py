"""The settings that decide what counts, as a small mapping that two reports can be told apart by."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.check import Config

_SILENT = ("mode", "comment")  # how people are told changes no count


def settings_of(config: Config) -> dict[str, Any]:
    """Return the effective settings by their names in the file; those at their default are left out.

    Of the team's own words, only a hash is kept.
    """
    pulls, default = config.pull_requests, type(config.pull_requests)()
    found: dict[str, Any] = {
        f"pull-requests.{name.replace('_', '-')}": _plain(value)
        for name, value in pulls._asdict().items()
        if name not in _SILENT and value != getattr(default, name)
    }
    found |= {name: list(value) for name in ("records", "exclude") if (value := getattr(config, name))}
    if config.coverage.exempt:
        found["coverage.exempt"] = list(config.coverage.exempt)
    found |= {f"rules.{name}": severity.word for name, severity in config.rules.items()}
    if config.schema:
        found["schema"] = config.schema
    if config.vocabulary:
        words = json.dumps(config.vocabulary, sort_keys=True, default=str)
        found["vocabulary"] = hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return dict(sorted(found.items()))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
