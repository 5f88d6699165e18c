"""A pull request as GitHub writes it down: the webhook event, and the list of changed files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, NamedTuple

from onrecord.change import Change, ChangedFile
from onrecord.check import ConfigFault

MAX_BYTES = 25_000_000  # GitHub's own limit for a webhook payload


_QUEUED = re.compile(r"refs/heads/gh-readonly-queue/.+/pr-(\d+)-[0-9a-f]+\Z")
PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
Kind = Literal["pull-request", "merge-group", "workflow-run", "other"]


class Occasion(NamedTuple):
    """What started a run, and which commits it is about; fields that the event does not tell are empty or None.

    `repository` is `owner/name`. `is_checked_out` tells that a checkout, if there is one, holds the change;
    `is_trusted`, that the change comes from the repository itself besides: then its own configuration counts;
    `is_default_branch`, that no other branch was asked for by hand.
    """

    kind: Kind
    repository: str = ""
    number: int | None = None
    pull: dict[str, Any] | None = None
    base_sha: str = ""
    head_sha: str = ""
    head_repository: str = ""
    is_checked_out: bool = True
    is_trusted: bool = True
    is_default_branch: bool = True


def read_occasion(event_name: str, path: Path | None) -> Occasion:
    """Return what the runner's event is about; raises ConfigFault when its file cannot be read."""
    payload = _mapping(load_json(path)) if path else {}
    repository = _text(_mapping(payload.get("repository")).get("full_name"))
    pull = payload.get("pull_request")
    if event_name in PULL_REQUEST_EVENTS and isinstance(pull, dict):
        base, head = _mapping(pull.get("base")), _mapping(pull.get("head"))
        head_repository = _text(_mapping(head.get("repo")).get("full_name"))
        number = pull.get("number")
        return Occasion(
            "pull-request",
            repository,
            number if isinstance(number, int) else None,
            pull,
            _text(base.get("sha")),
            _text(head.get("sha")),
            head_repository,
            event_name == "pull_request",
            event_name == "pull_request" and bool(head_repository) and head_repository == repository,
        )
    if event_name == "merge_group":
        group = _mapping(payload.get("merge_group"))
        queued = _QUEUED.match(_text(group.get("head_ref")))
        number = int(queued[1]) if queued else None
        base_sha, head_sha = _text(group.get("base_sha")), _text(group.get("head_sha"))
        return Occasion("merge-group", repository, number, None, base_sha, head_sha, repository)
    if event_name == "workflow_run":
        done = _mapping(payload.get("workflow_run"))
        from_repository = _text(_mapping(done.get("head_repository")).get("full_name"))
        sha = _text(done.get("head_sha"))
        return Occasion(
            "workflow-run",
            repository,
            head_sha=sha,
            head_repository=from_repository,
            is_checked_out=False,
            is_trusted=False,
        )
    branch, ref = _text(_mapping(payload.get("repository")).get("default_branch")), _text(payload.get("ref"))
    is_default = not branch or not ref or ref.removeprefix("refs/heads/") == branch
    return Occasion("other", repository, is_default_branch=is_default)


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
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ConfigFault(f"{path}: the file is larger than any event")
        return json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigFault(f"{path}: {error.strerror or 'it cannot be read'}") from error
    except json.JSONDecodeError as error:
        raise ConfigFault(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:  # bytes that are no text, or a number that nobody can read
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
