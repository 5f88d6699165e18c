"""What GitHub answers: pages of GraphQL, rows of REST, errors with their headers; through the client that asks."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from github import GithubException

from fuzz.places import folder
from onrecord.adapters import github_faults as faults
from onrecord.adapters import github_queries as queries
from onrecord.adapters.comment import keep_comment
from onrecord.adapters.github import GitHub
from onrecord.adapters.github_client import Client, Pace
from onrecord.adapters.github_coverage import OtherBranch, Wanted, read_pulls
from onrecord.adapters.github_coverage_cache import open_cache
from onrecord.adapters.github_coverage_pull import as_json, as_merged, from_json, read_kept, with_more_files
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.upkeep_issue import Upkeep, keep_issue

IS_JSON = True
MOST_REQUESTS = 40  # for one answer, given again and again
QUICK = Pace(None, None, 0, 0, 1)
ACTOR = {"__typename": "User", "login": "ann"}
PULL = {
    "number": 12, "title": "Use Redis", "body": "Decision: Redis", "isDraft": False, "state": "OPEN", "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-03T03:04:05Z",
    "mergedAt": "2026-01-03T03:04:05Z", "author": ACTOR, "mergeCommit": {"oid": "1" * 40, "message": "x (#12)"}, "baseRefName": "main", "baseRefOid": "1" * 40, "headRefOid": "2" * 40, "isCrossRepository": False,
    "headRepository": {"nameWithOwner": "a/b"}, "labels": {"nodes": [{"name": "x"}]}, "latestOpinionatedReviews": {"nodes": [{"state": "APPROVED", "author": ACTOR}]},
    "files": {"totalCount": 1, "pageInfo": {"hasNextPage": False, "endCursor": "x"}, "nodes": [{"path": "docs/adr/0001-x.md", "changeType": "ADDED", "additions": 1, "deletions": 0}]},
    "comments": {"totalCount": 1, "pageInfo": {"hasNextPage": False}, "nodes": [{"fullDatabaseId": "12", "body": "<!-- onrecord:v1 -->\n### x", "viewerDidAuthor": True, "author": ACTOR, "authorAssociation": "MEMBER"}]},
    "timelineItems": {"pageInfo": {"hasNextPage": False}, "nodes": [{"actor": ACTOR, "deletedCommentAuthor": {"__typename": "Bot", "login": "onrecord"}}]},
}  # fmt: skip
WHOLE = {
    "data": {
        "viewer": {"login": "ann"}, "rateLimit": {"limit": 5000, "remaining": 4999, "resetAt": "2026-01-01T00:00:00Z"},
        "repository": {
            "nameWithOwner": "a/b", "defaultBranchRef": {"name": "main"}, "hasIssuesEnabled": True, "label": {"name": "x"}, "pullRequest": PULL,
            "pullRequests": {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": [PULL]},
            "object": {"oid": "1" * 40, "p0": {"mode": 33188, "object": {"oid": "3" * 40, "byteSize": 1, "text": "x"}}, "p1": None},
            "p0": {"number": 12, "files": {"totalCount": 2, "pageInfo": {"hasNextPage": True, "endCursor": "y"}, "nodes": []}, "end": {"nodes": []}},
        },
    },
    "rest": [{"number": 3, "user": {"login": "ann", "type": "User"}, "body": "<!-- onrecord:upkeep:v1 known=0a1b2c3d -->", "state": "open", "locked": False}],
    "status": 403, "headers": {"retry-after": "3", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000000"},
}  # fmt: skip
SEEDS = (
    json.dumps(WHOLE),
    json.dumps({"data": {"repository": None}, "errors": [{"type": "RATE_LIMITED", "message": "API rate limit"}], "status": 200, "headers": {}, "rest": {"message": "x"}}),
    json.dumps({"data": {"repository": {"nameWithOwner": "a/b", "pullRequests": {"nodes": [None, PULL | {"files": None}], "pageInfo": {"hasNextPage": True, "endCursor": "z"}}}}, "rest": {"id": 5, "number": 6, "body": "x"}}),
)  # fmt: skip
WORDS = ("nodes", "pageInfo", "hasNextPage", "endCursor", "totalCount", "message", "errors", "type", "Bot", "RENAMED", "MERGED", "9" * 400, "2026-01-03T03:04:05Z", "<!-- onrecord:v1 -->", "\u2028", "p1")  # fmt: skip


class _Requester:
    """Answers every request alike, and says that it is unreachable after many."""

    def __init__(self, whole: dict[str, Any]) -> None:
        self._whole, self._left = whole, MOST_REQUESTS

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise AssertionError("the same answer is asked for without end")

    def graphql_query(self, _query: str, _variables: dict[str, Any]) -> tuple[dict[str, Any], Any]:
        self._count()
        if self._whole.get("errors"):
            raise GithubException(400, self._whole, {})
        return {}, self._whole

    def requestJsonAndCheck(self, *_arguments: Any, **_named: Any) -> tuple[dict[str, Any], Any]:  # noqa: N802 - PyGithub's name
        self._count()
        if isinstance(self._whole.get("errors"), list):
            status, headers = self._whole.get("status"), queries.mapping(self._whole.get("headers"))
            told = {name: str(value) for name, value in headers.items()}
            raise GithubException(status if isinstance(status, int) else 500, self._whole.get("rest"), told)
        return {}, self._whole.get("rest")


def read(data: bytes) -> None:
    """Give an answer to everything that is asked; only GitHubError, and the branch that is another one, may come of it."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return
    whole = whole if isinstance(whole, dict) else {"data": whole}
    repository = queries.mapping(queries.mapping(whole.get("data")).get("repository"))
    for node in (repository.get("pullRequest"), *queries.nodes_of(repository.get("pullRequests"))):
        kept = read_kept(queries.mapping(node))
        assert from_json(as_json(kept)) == kept
        as_merged(with_more_files(kept, queries.mapping(repository.get("p0"))), {"ann"})
    headers, status = queries.mapping(whole.get("headers")), whole.get("status")
    faults.of_answer(
        "x", status if isinstance(status, int) else 500, whole, {str(k): str(v) for k, v in headers.items()}
    )

    def fresh() -> GitHub:
        api: Any = SimpleNamespace(requester=_Requester(whole))
        return GitHub(Client(api, QUICK, 0))

    for ask in _questions():
        with contextlib.suppress(GitHubError, OtherBranch):
            ask(fresh())


def _questions() -> tuple[Callable[[GitHub], object], ...]:
    return (
        lambda hub: keep_comment(hub, hub.pull_request("a/b", 12), "### x", "done"),
        lambda hub: hub.comments("a/b", 12),
        lambda hub: hub.files("a/b", "1" * 40, ["docs/x.md", "y"]),
        lambda hub: hub.find_open_pull("a/b", "2" * 40, "a/b"),
        lambda hub: hub.added_by_others("a/b", 1),
        lambda hub: list(hub.merged("a/b", 5)),
        lambda hub: keep_issue(hub, "a/b", Upkeep("x", frozenset(("0a1b2c3d",)))),
        _read_coverage,
    )


def _read_coverage(hub: GitHub) -> object:
    cache = open_cache(folder(), "github.com/a/b main")  # no repository: in memory
    try:
        wanted = Wanted("a/b", 5, "2026-01-01", "", "2026-02-01T00:00:00Z", frozenset())
        return read_pulls(hub._client, wanted, "main", cache, lambda _: None)
    finally:
        cache.close()
