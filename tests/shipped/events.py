"""Webhook events in the shape in which GitHub sends them, cut down to what says something here."""

from typing import Any

REPOSITORY = {
    "id": 700100200,
    "name": "harbor",
    "full_name": "harbor-example/harbor",
    "private": False,
    "fork": False,
    "owner": {"login": "harbor-example", "id": 100200, "type": "Organization"},
    "html_url": "https://github.com/harbor-example/harbor",
    "default_branch": "main",
}
NUMBER = 231


def pull_request_event(
    action: str = "opened",
    *,
    base_sha: str,
    head_sha: str,
    merge_sha: str | None = None,
    title: str = "Render invoices with WeasyPrint",
    body: str | None = "Invoices are rendered by another program.",
    author: str = "harbor-tomasz",
    author_type: str = "User",
    labels: tuple[str, ...] = (),
    draft: bool = False,
    head_ref: str = "weasyprint-invoices",
    changes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the payload of a `pull_request` event; `changes` is what GitHub adds when the action is `edited`."""
    user = {"login": author, "id": 200302, "type": author_type, "html_url": f"https://github.com/{author}"}
    pull = {
        "id": 1800000231,
        "number": NUMBER,
        "state": "open",
        "locked": False,
        "draft": draft,
        "title": title,
        "body": body,
        "html_url": f"{REPOSITORY['html_url']}/pull/{NUMBER}",
        "user": user,
        "author_association": "MEMBER",
        "labels": [_label(number, name) for number, name in enumerate(labels, 300401)],
        "created_at": "2026-10-05T14:20:55Z",
        "updated_at": "2026-10-05T14:20:55Z",
        "closed_at": None,
        "merged_at": None,
        "merged": False,
        "merge_commit_sha": merge_sha,
        "base": _side("main", base_sha),
        "head": _side(head_ref, head_sha),
    }
    event = {"action": action, "number": NUMBER, "pull_request": pull, "repository": REPOSITORY, "sender": user}
    return event | ({} if changes is None else {"changes": changes})


def push_event(before: str, after: str) -> dict[str, Any]:
    """Return the payload of a `push` event to the default branch."""
    return {
        "ref": "refs/heads/main",
        "before": before,
        "after": after,
        "created": False,
        "deleted": False,
        "forced": False,
        "commits": [],
        "head_commit": {"id": after, "message": "Change", "timestamp": "2026-10-05T14:20:55Z"},
        "pusher": {"name": "harbor-tomasz", "email": "tomasz@example.com"},
        "repository": REPOSITORY,
        "sender": {"login": "harbor-tomasz", "id": 200302, "type": "User"},
    }


def _label(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "name": name, "color": "1f6feb", "default": False, "description": None}


def _side(ref: str, sha: str) -> dict[str, Any]:
    return {"label": f"harbor-example:{ref}", "ref": ref, "sha": sha, "repo": REPOSITORY}
