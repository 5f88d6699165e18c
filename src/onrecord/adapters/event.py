"""A pull request as GitHub writes it down: the webhook event, and the list of changed files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.change import Change, ChangedFile
from onrecord.check import ConfigFault

MAX_BYTES = 25_000_000  # GitHub's own limit for a webhook payload


def read_change(event: str | Path, files: str | Path | None = None) -> Change | None:
    """Return the pull request of an event file, None when the event carries none; raises ConfigFault for a bad file."""
    payload = load_json(event)
    pull = payload.get("pull_request") if isinstance(payload, dict) else None
    if not isinstance(pull, dict):
        return None
    return change_of(pull, _files(files) if files else None)


def change_of(pull: dict[str, Any], files: tuple[ChangedFile, ...] | None) -> Change:
    """Return a pull request's JSON as plain data; whatever has another shape counts as absent."""
    user = _mapping(pull.get("user"))
    labels = pull.get("labels")
    names = (
        tuple(_text(label.get("name")) for label in labels if isinstance(label, dict))
        if isinstance(labels, list)
        else ()
    )
    number = pull.get("number")
    return Change(
        title=_text(pull.get("title")),
        body=_text(pull.get("body")),
        author=_text(user.get("login")),
        is_bot=user.get("type") == "Bot",
        draft=pull.get("draft") is True,
        labels=names,
        files=files,
        number=number if isinstance(number, int) else None,
        created=_text(pull.get("created_at"))[:10],
    )


def load_json(path: str | Path) -> Any:
    """Return a JSON file; raises ConfigFault with the place when it cannot be read."""
    try:
        content = Path(path).read_bytes()
        if len(content) > MAX_BYTES:
            raise ConfigFault(f"{path}: the file is larger than any event")
        return json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigFault(f"{path}: {error.strerror or 'it cannot be read'}") from error
    except json.JSONDecodeError as error:
        raise ConfigFault(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ConfigFault(f"{path}: not valid JSON") from error


def _files(path: str | Path) -> tuple[ChangedFile, ...]:
    rows = load_json(path)
    if not isinstance(rows, list):
        raise ConfigFault(f"{path}: this is no list of changed files")
    return tuple(
        ChangedFile(
            _text(row.get("filename")),
            _text(row.get("status")) or "modified",
            _count(row.get("additions")),
            _count(row.get("deletions")),
            _text(row.get("previous_filename")) or None,
            _text(row.get("patch")) or None,
        )
        for row in rows
        if isinstance(row, dict) and row.get("filename")
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0
