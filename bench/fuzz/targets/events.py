"""The event of a run and the list of changed files, as JSON: what `pr`, `promote` and the Action read from disk."""

from __future__ import annotations

import json

from fuzz.places import door, empty, folder, write
from onrecord.adapters.event import PULL_REQUEST_EVENTS, read_occasion
from onrecord.check import ConfigFault

IS_JSON = True
PULL = {
    "number": 12, "title": "Use Redis", "body": "## Decision\n\nWe use Redis.\n\nInstead of: files\n", "draft": False, "created_at": "2026-01-02T03:04:05Z",
    "user": {"login": "ann", "type": "User"}, "labels": [{"name": "decision"}], "html_url": "https://github.com/a/b/pull/12", "merged_at": "2026-01-03T03:04:05Z",
    "base": {"sha": "1" * 40, "ref": "main", "repo": {"full_name": "a/b"}}, "head": {"sha": "2" * 40, "repo": {"full_name": "a/b"}}, "merge_commit_sha": "3" * 40,
}  # fmt: skip
EVENT = {
    "pull_request": PULL,
    "repository": {"full_name": "a/b", "default_branch": "main", "html_url": "https://github.com/a/b"},
}
FILES = [{"filename": "package.json", "status": "modified", "additions": 3, "deletions": 1, "patch": "@@ -1 +1,2 @@\n+  \"redis\": \"4\",\n"}, {"filename": "docs/adr/0001-x.md", "status": "renamed", "previous_filename": "x.md"}]  # fmt: skip
SEEDS = (
    json.dumps({"event": EVENT, "files": FILES}),
    json.dumps({"event": {"merge_group": {"head_ref": "refs/heads/gh-readonly-queue/main/pr-12-" + "a" * 40, "base_sha": "1" * 40, "head_sha": "2" * 40}, "repository": {"full_name": "a/b"}}, "files": []}),
    json.dumps({"event": {"workflow_run": {"head_sha": "2" * 40, "head_repository": {"full_name": "c/b"}}, "ref": "refs/heads/main"}, "files": None}),
)  # fmt: skip
WORDS = ("title", "body", "user", "labels", "number", "Decision: x\n", "Instead of: y\n", "No decision here", "\u2028", "refs/heads/x", "ann[bot]", "2026-01-02", "::error::", "```")  # fmt: skip
KINDS = (*PULL_REQUEST_EVENTS, "merge_group", "workflow_run", "push")
VERBS: tuple[tuple[str, ...], ...] = (
    ("pr", "--event", "event.json", "--files", "files.json"),
    ("pr", "--event", "event.json", "--output-format", "markdown"),
    ("pr", "--event", "event.json", "--files", "files.json", "--output-format", "json"),
    ("promote", "--event", "event.json", "--output", "-", "--today", "2026-02-03"),
    ("pr", "--event", "event.json", "--output-format", "github"),
)


def read(data: bytes) -> None:
    """Read an event as each kind of run would, and call a verb with it."""
    try:
        whole = json.loads(data)
        parts = whole if isinstance(whole, dict) and "event" in whole else {"event": whole, "files": whole}
        event, files = (json.dumps(parts.get(name)).encode() for name in ("event", "files"))
    except (ValueError, RecursionError):
        event = files = data
    empty()
    write("event.json", event)
    write("files.json", files)
    for kind in KINDS:
        try:
            read_occasion(kind, folder() / "event.json")
        except ConfigFault:
            continue
    verb = VERBS[len(data) % len(VERBS)]
    door(*verb, is_json=verb[-1] == "json")
