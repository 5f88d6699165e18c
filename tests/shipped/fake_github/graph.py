"""GitHub's GraphQL interface over the fake's data: queries are checked against GitHub's own schema and carried out."""

import base64
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graphql import (
    DirectiveNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
    execute_sync,
    parse,
    specified_rules,
    validate,
    value_from_ast_untyped,
)
from graphql.validation import NoDeprecatedCustomRule

from .faults import RATE_LIMITED
from .world import IssueComment, Pull, PullFile, Repository, Review, Token, User, World

_SCHEMA = build_schema(Path(__file__).with_name("schema.graphql").read_text("utf-8"))
MAX_NODES = 500_000
MAX_FIRST = 100
MAX_TEXT = 512_000  # bytes of a file's text that are handed out
_CHANGE_TYPES = {"added": "ADDED", "removed": "DELETED", "renamed": "RENAMED", "copied": "COPIED", "changed": "CHANGED"}


class RateLimit(NamedTuple):
    """How many points an hour there are, and are left; `reset_at` as GitHub writes a time."""

    limit: int
    remaining: int
    reset_at: str


class NotFoundError(Exception):
    """GitHub's `NOT_FOUND`, which comes with HTTP 200."""


def answer(
    world: World, token: Token, query: str, variables: dict[str, Any], limit: RateLimit
) -> tuple[dict[str, Any], int]:
    """Return GitHub's answer and what it costs, in points; raises AssertionError for a query that GitHub would refuse.

    `limit` is how it stands before. When it does not suffice, the answer is an error, and costs nothing.
    """
    document = _checked(query)
    requests, nodes = cost_of(document, variables)
    assert nodes <= MAX_NODES, f"{nodes} nodes are more than GitHub returns"
    cost = max(1, round(requests / 100))
    if cost > limit.remaining:
        return {"data": None, "errors": RATE_LIMITED}, 0
    root = _Root(world, token, limit._replace(remaining=limit.remaining - cost))
    result = execute_sync(_SCHEMA, document, root, variable_values=variables)
    told = []
    for error in result.errors or ():
        assert isinstance(error.original_error, NotFoundError), f"a query failed: {error!r} {error.original_error!r}"
        told.append({"type": "NOT_FOUND", "path": error.path, "message": error.message})
    return {"data": result.data} | ({"errors": told} if told else {}), cost


@cache
def _checked(query: str) -> DocumentNode:
    document = parse(query)
    errors: list[GraphQLError] = validate(_SCHEMA, document, [*specified_rules, NoDeprecatedCustomRule])
    assert not errors, f"a query does not fit GitHub's schema: {errors}"
    return document


def cost_of(document: DocumentNode, variables: dict[str, Any]) -> tuple[int, int]:
    """Return how many requests a query stands for, and nodes, by GitHub's documented formula."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}

    def inside(selected: SelectionSetNode, parents: int) -> tuple[int, int]:
        requests = nodes = 0
        for node in selected.selections:
            if not all(_is_included(one, variables) for one in node.directives or ()):
                continue
            arguments = getattr(node, "arguments", None) or ()
            given = {one.name.value: value_from_ast_untyped(one.value, variables) for one in arguments}
            first = given.get("first", given.get("last"))
            assert first is None or 1 <= first <= MAX_FIRST, f"first or last: {first}"
            if first:
                requests, nodes = requests + parents, nodes + parents * first
            source = fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            if source.selection_set:
                more = inside(source.selection_set, parents * (first or 1))
                requests, nodes = requests + more[0], nodes + more[1]
        return requests, nodes

    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    return inside(operation.selection_set, 1)


def _is_included(directive: DirectiveNode, variables: dict[str, Any]) -> bool:
    assert directive.name.value == "include", "a directive that the fake does not know"
    return bool(value_from_ast_untyped(directive.arguments[0].value, variables))


def _connection(items: Sequence[Any], shape: Callable[[Any], Any]) -> Callable[..., dict[str, Any]]:
    """Return a field that pages through `items`."""

    def page(
        _info: Any, first: int | None = None, after: str | None = None, last: int | None = None, **_: Any
    ) -> dict[str, Any]:
        assert (first is None) != (last is None), "either first or last"
        start = int(base64.b64decode(after)) if after else 0
        if last is not None:
            start = max(start, len(items) - last)
        end = len(items) if first is None else min(start + first, len(items))
        info = {"hasNextPage": end < len(items), "endCursor": base64.b64encode(str(end).encode()).decode()}
        return {"nodes": [shape(item) for item in items[start:end]], "pageInfo": info, "totalCount": len(items)}

    return page


def _in_order(
    items: Sequence[Any],
    key: Callable[[Any], tuple[str, int]],
    first: int,
    after: str | None,
    shape: Callable[..., Any],
) -> dict[str, Any]:
    """Page through `items`, largest key first. A cursor is a key, as GitHub's are: who moves to the front is not met again."""
    edge = tuple(json.loads(base64.b64decode(after))) if after else None
    left = sorted((one for one in items if edge is None or key(one) < edge), key=key, reverse=True)
    some = left[:first]
    cursor = base64.b64encode(json.dumps(key(some[-1])).encode()).decode() if some else None
    return {
        "nodes": [shape(one) for one in some],
        "pageInfo": {"hasNextPage": len(left) > first, "endCursor": cursor},
        "totalCount": len(items),
    }


class _Root:
    """The fields of `Query`."""

    def __init__(self, world: World, token: Token, limit: RateLimit) -> None:
        self._world, self._token = world, token
        self.rateLimit = {"limit": limit.limit, "remaining": limit.remaining, "resetAt": limit.reset_at}
        self.viewer = {"login": token.user.login}  # with the `[bot]`, unlike every other login

    def repository(self, _info: Any, owner: str, name: str, **_: Any) -> dict[str, Any]:
        found = self._world.repositories.get(f"{owner}/{name}")
        if found is None or not self._token.may("read", "pull-requests", "issues", "contents"):
            raise NotFoundError(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return {
            "nameWithOwner": found.full_name,
            "hasIssuesEnabled": found.has_issues,
            "defaultBranchRef": found.default_branch and {"name": found.default_branch},
            "label": lambda _info, name: {"name": name} if name in found.labels else None,
            "object": lambda _info, oid: self._commit(found, oid),
            "pullRequest": lambda _info, number: self._pull_request(found, number),
            "pullRequests": lambda _info, states, **given: self._pull_requests(found, states, **given),
        }

    def _commit(self, repository: Repository, oid: str) -> dict[str, Any] | None:
        if oid not in repository.contents or not self._token.may("read", "contents"):
            return None
        files = repository.contents[oid]

        def file(_info: Any, path: str) -> dict[str, Any] | None:
            assert all(part not in ("", ".", "..") for part in path.split("/")), f"a path that is none: {path!r}"
            return _entry(files[path]) if path in files else None

        return {"__typename": "Commit", "oid": oid, "file": file}

    def _pull_request(self, repository: Repository, number: int) -> dict[str, Any]:
        if number not in repository.pulls or not self._token.may("read", "pull-requests"):
            raise NotFoundError(f"Could not resolve to a PullRequest with the number of {number}.")
        return self._pull(repository, repository.pulls[number])

    def _pull_requests(self, repository: Repository, states: list[str], **given: Any) -> dict[str, Any]:
        order, base = given["orderBy"], given.get("baseRefName")
        assert order["direction"] == "DESC", "an order that the fake does not know"
        field = {"CREATED_AT": "created_at", "UPDATED_AT": "updated_at"}[order["field"]]
        found = [
            pull for pull in repository.pulls.values() if pull.state.upper() in states and base in (None, pull.base_ref)
        ]

        def key(pull: Pull) -> tuple[str, int]:
            return getattr(pull, field), pull.number

        return _in_order(found, key, given["first"], given.get("after"), lambda pull: self._pull(repository, pull))

    def _pull(self, repository: Repository, pull: Pull) -> dict[str, Any]:
        return {
            "number": pull.number,
            "title": pull.title,
            "body": pull.body or "",
            "isDraft": pull.draft,
            "state": pull.state.upper(),
            "createdAt": pull.created_at,
            "updatedAt": pull.updated_at,
            "mergedAt": pull.merged_at,
            "mergeCommit": pull.merge_sha
            and {"__typename": "Commit", "oid": pull.merge_sha, "message": pull.merge_message},
            "author": _actor(pull.author),
            "baseRefName": pull.base_ref,
            "baseRefOid": pull.base_sha,
            "headRefOid": pull.head_sha,
            "isCrossRepository": pull.head_repository != repository.full_name,
            "headRepository": {"nameWithOwner": pull.head_repository} if pull.head_repository else None,
            "labels": _connection(pull.labels, lambda name: {"name": name}),
            "files": None if pull.files is None else _connection(pull.files, _file),
            "comments": _connection(pull.comments, self._comment),
            "latestOpinionatedReviews": lambda info, writersOnly, **given: _connection(  # noqa: N803 - GitHub's name
                _latest(pull.reviews, writersOnly), lambda r: {"state": r.state, "author": _actor(r.author)}
            )(info, **given),
            "timelineItems": lambda info, itemTypes, **given: _connection(  # noqa: N803 - GitHub's name
                pull.deleted if itemTypes == ["COMMENT_DELETED_EVENT"] else [],
                lambda event: {
                    "__typename": "CommentDeletedEvent",
                    "actor": _actor(event.actor),
                    "deletedCommentAuthor": _actor(event.author),
                },
            )(info, **given),
        }

    def _comment(self, comment: IssueComment) -> dict[str, Any]:
        return {
            "fullDatabaseId": str(comment.id),
            "body": comment.body,
            "authorAssociation": comment.association,
            "viewerDidAuthor": comment.author == self._token.user,
            "author": _actor(comment.author),
        }


def _entry(content: bytes | str | None) -> dict[str, Any]:
    """Return a file, a link or a folder of a commit."""
    if content is None:
        return {"mode": 0o040000, "object": {"__typename": "Tree", "oid": "d" * 40}}
    raw = content.encode() if isinstance(content, str) else content
    text = None if b"\0" in raw else raw[:MAX_TEXT].decode("utf-8", "replace")
    blob = {
        "__typename": "Blob",
        "oid": "a" * 40,
        "byteSize": len(raw),
        "text": text,
    }
    return {"mode": 0o120000 if isinstance(content, str) else 0o100644, "object": blob}


def _latest(reviews: Sequence[Review], writers_only: bool) -> list[Review]:
    by_author = {review.author: review for review in reviews if review.state != "COMMENTED"}
    return [review for review in by_author.values() if review.can_write or not writers_only]


def _file(file: PullFile) -> dict[str, Any]:
    return {
        "path": file.filename,
        "changeType": _CHANGE_TYPES.get(file.status, "MODIFIED"),
        "additions": file.additions,
        "deletions": file.deletions,
    }


def _actor(user: User | None) -> dict[str, Any] | None:
    return user and {"__typename": user.type, "login": user.login.removesuffix("[bot]")}
