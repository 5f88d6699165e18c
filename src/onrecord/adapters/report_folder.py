"""A folder of finished reports, one file for each repository, written whole or not at all: what a survey resumes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.adapters.write import Unwritable, put_report


def file_name(repository: str) -> str:
    """Return the name of a repository's file: "owner/name" is kept as owner+name.json."""
    return f"{repository.replace('/', '+')}.json"


def open_folder(folder: Path) -> None:
    """Make the folder where there is none; raises Unwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(error.strerror or "it cannot be made") from error


def read_finished(folder: Path, repository: str) -> dict[str, Any] | None:
    """Return the report that is there, None where there is none that can be read."""
    try:
        found = json.loads((folder / file_name(repository)).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def keep_finished(folder: Path, repository: str, text: str) -> None:
    """Write a report in one step, so that a run that is killed leaves either all of it or nothing; raises Unwritable."""
    put_report(folder / file_name(repository), text.encode("utf-8", "backslashreplace"))
