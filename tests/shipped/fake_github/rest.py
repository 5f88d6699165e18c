"""GitHub's REST interface over the fake's data: one function for each operation that OnRecord uses."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .contract import Operation, fill, response_schema
from .faults import READ_ONLY
from .world import DeletedComment, Issue, IssueComment, Pull, Repository, Token, User, World

MAX_COMMENT = 65_536  # characters
MAX_TREE = 100_000  # entries


@dataclass
class Answer:
    """What is sent back; a `body` of None is no body at all."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """One request of somebody's."""

    world: World
    token: Token
    operation: Operation
    query: dict[str, str]
    body: Any
    base: str
    path: str

    @property
    def repository(self) -> Repository | None:
        return self.world.repositories.get(f"{self.operation.values['owner']}/{self.operation.values['repo']}")

    def filled(self, status: int, given: Any) -> Answer:
        return Answer(status, fill(response_schema(self.operation, status), given, self.base))

    def page(self, items: Sequence[Any], shape: Callable[[Any], Any]) -> Answer:
        """Answer with one page, and say where the next one is."""
        size, number = int(self.query.get("per_page", 30)), int(self.query.get("page", 1))
        answer = self.filled(200, [shape(item) for item in items[(number - 1) * size : number * size]])
        if number * size < len(items):
            answer.headers["Link"] = f'<{self.base}{self.path}?per_page={size}&page={number + 1}>; rel="next"'
        return answer


def error(status: int, message: str, **more: Any) -> Answer:
    """Return an error as GitHub words it."""
    body = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    return Answer(status, {**body, **more})


NOT_FOUND = "Not Found"


def answer(call: Call) -> Answer:
    """Answer a request, after what GitHub checks first: may the token see the repository, and do this."""
    handler, access, scopes = _OPERATIONS[call.operation.id]
    if call.repository is None:
        return error(404, NOT_FOUND)
    if not call.token.may(access, *scopes):
        return error(403, READ_ONLY)
    return handler(call)


def _pull(call: Call, name: str) -> Pull | None:
    return call.repository.pulls.get(int(call.operation.values[name])) if call.repository else None


def _create_comment(call: Call) -> Answer:
    pull = _pull(call, "issue_number")
    if pull is None:
        return error(404, NOT_FOUND)
    if refused := _too_long(call.body["body"]):
        return refused
    comment = IssueComment(call.world.next_id(), call.token.user, call.body["body"], call.world.next_time())
    pull.comments.append(comment)
    return call.filled(201, _comment(call, comment))


def _update_comment(call: Call) -> Answer:
    found = call.world.comment(int(call.operation.values["comment_id"]))
    if found is None:
        return error(404, NOT_FOUND)
    if found[1].author != call.token.user and not call.token.may("write", "contents"):
        return error(403, READ_ONLY)
    if refused := _too_long(call.body["body"]):
        return refused
    found[1].body = call.body["body"]
    return call.filled(200, _comment(call, found[1]))


def _delete_comment(call: Call) -> Answer:
    found = call.world.comment(int(call.operation.values["comment_id"]))
    if found is None:
        return error(404, NOT_FOUND)
    pull, comment = found
    pull.comments.remove(comment)
    pull.deleted.append(DeletedComment(call.token.user, comment.author))
    return Answer(204)


def _too_long(body: str, resource: str = "IssueComment") -> Answer | None:
    if len(body) <= MAX_COMMENT:
        return None
    reason = f"Body is too long (maximum is {MAX_COMMENT} characters)"
    return error(
        422,
        "Validation Failed",
        errors=[{"resource": resource, "code": "unprocessable", "field": "data", "message": reason}],
    )


def _comment(call: Call, comment: IssueComment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "body": comment.body,
        "user": _user(comment.author),
        "created_at": comment.created_at,
        "updated_at": comment.created_at,
        "url": f"{call.base}/repos/{call.repository and call.repository.full_name}/issues/comments/{comment.id}",
    }


def _list_issues(call: Call) -> Answer:
    """Answer with issues, and with pull requests, which are listed as issues."""
    repository, creator, state = call.repository, call.query.get("creator"), call.query.get("state", "open")
    assert repository
    assert repository.has_issues, "what GitHub lists where issues are switched off is not known here"
    if creator is not None and creator not in call.world.users:
        return error(422, "Validation Failed", errors=[{"resource": "Search", "field": "q", "code": "invalid"}])
    assert (call.query.get("sort"), call.query.get("direction")) == ("updated", "desc"), "only this order is served"
    found = [
        one
        for one in (*repository.issues.values(), *repository.pulls.values())
        if state in ("all", "open" if one.state == "open" else "closed")
        and creator in (None, one.author and one.author.login)
    ]
    found.sort(key=lambda one: (one.updated_at, one.number), reverse=True)
    return call.page(found, lambda one: _issue(call, one))


def _create_issue(call: Call) -> Answer:
    repository = call.repository
    assert repository
    if not repository.has_issues:
        return error(410, "Issues has been disabled in this repository.")
    if refused := _too_long(call.body.get("body") or "", "Issue"):
        return refused
    labels = [one if isinstance(one, str) else one["name"] for one in call.body.get("labels", ())]
    repository.labels |= set(labels)  # one that is not there is made
    now = call.world.next_time()
    number = repository.next_number()
    made = Issue(number, call.token.user, call.body["title"], call.body.get("body") or "", now, now, labels=labels)
    repository.issues[number] = made
    return call.filled(201, _issue(call, made))


def _update_issue(call: Call) -> Answer:
    repository, number = call.repository, int(call.operation.values["issue_number"])
    assert repository
    if number in repository.gone:
        return error(410, "This issue was deleted")
    issue = repository.issues.get(number)
    if issue is None:
        return error(404, NOT_FOUND)
    assert set(call.body) <= {"body", "state", "state_reason"}, "no other field is served"
    if refused := _too_long(call.body.get("body") or "", "Issue"):
        return refused
    state = call.body.get("state", issue.state)
    if state != issue.state:
        issue.events.append("closed" if state == "closed" else "reopened")
        issue.state, issue.state_reason = state, call.body.get("state_reason") or "completed"
    issue.body = call.body.get("body", issue.body)
    issue.updated_at = call.world.next_time()
    return call.filled(200, _issue(call, issue))


def _issue(call: Call, one: Issue | Pull) -> dict[str, Any]:
    repository = call.repository and call.repository.full_name
    about = {
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "state": "open" if one.state == "open" else "closed",
        "user": _user(one.author),
        "labels": list(one.labels),
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "html_url": f"{call.base}/{repository}/issues/{one.number}",
        "url": f"{call.base}/repos/{repository}/issues/{one.number}",
    }
    if isinstance(one, Issue):
        return about | {"locked": one.locked, "state_reason": one.state_reason}
    address = f"{call.base}/repos/{repository}/pulls/{one.number}"
    addresses = dict.fromkeys(("url", "html_url", "diff_url", "patch_url"), address)
    return about | {"pull_request": {"merged_at": one.merged_at, **addresses}}


def _list_files(call: Call) -> Answer:
    pull = _pull(call, "pull_number")
    if pull is None:
        return error(404, NOT_FOUND)
    return call.page(
        (pull.files or [])[:3_000],
        lambda file: {
            "filename": file.filename,
            "status": file.status,
            "additions": file.additions,
            "deletions": file.deletions,
            "changes": file.additions + file.deletions,
            **({"previous_filename": file.previous_filename} if file.previous_filename else {}),
            **({"patch": file.patch} if file.patch is not None else {}),
        },
    )


def _pulls_of_commit(call: Call) -> Answer:
    repository = call.repository
    assert repository
    numbers = repository.pulls_of_commit.get(call.operation.values["commit_sha"], [])
    return call.page(
        [repository.pulls[number] for number in numbers],
        lambda pull: {
            "number": pull.number,
            "title": pull.title,
            "state": "open" if pull.state == "open" else "closed",
        },
    )


def _get_content(call: Call) -> Answer:
    repository, path = call.repository, call.operation.values["path"]
    assert repository
    ref = call.query.get("ref", "main")
    if ref not in repository.contents:
        return error(404, f"No commit found for the ref {ref}")
    files = repository.contents[ref]
    if path not in files:
        return error(404, NOT_FOUND)
    content = files[path]
    about = {"name": path.split("/")[-1], "path": path, "sha": "a" * 40, "url": f"{call.base}{call.path}"}
    if content is None:
        return Answer(200, [])
    if isinstance(content, str):
        about |= {"type": "symlink", "target": content, "size": len(content)}
        return Answer(200, fill({"$ref": "#/components/schemas/content-symlink"}, about, call.base))
    small = len(content) <= 1_000_000
    about |= {
        "type": "file",
        "encoding": "base64" if small else "none",
        "content": base64.encodebytes(content).decode() if small else "",
        "size": len(content),
    }
    return Answer(200, fill({"$ref": "#/components/schemas/content-file"}, about, call.base))


def _get_tree(call: Call) -> Answer:
    """Answer with the files, links and folders at a commit."""
    repository, ref = call.repository, call.operation.values["tree_sha"]
    assert repository
    assert call.query.get("recursive") == "1", "only whole trees are served"
    if ref not in repository.contents:
        return error(404, NOT_FOUND)
    rows = []
    for path, content in sorted(repository.contents[ref].items()):
        mode, kind = ("040000", "tree") if content is None else ("100644", "blob")
        mode = "120000" if isinstance(content, str) else mode
        rows.append({"path": path, "mode": mode, "type": kind, "sha": "a" * 40})
    return call.filled(200, {"sha": "c" * 40, "truncated": len(rows) > MAX_TREE, "tree": rows[:MAX_TREE]})


def _user(user: User | None) -> dict[str, Any] | None:
    return user and {"login": user.login, "id": user.id, "type": user.type}


_COMMENTING = ("pull-requests", "issues")
_OPERATIONS: dict[str, tuple[Callable[[Call], Answer], str, tuple[str, ...]]] = {
    "issues/create-comment": (_create_comment, "write", _COMMENTING),
    "issues/update-comment": (_update_comment, "write", _COMMENTING),
    "issues/delete-comment": (_delete_comment, "write", _COMMENTING),
    "issues/list-for-repo": (_list_issues, "read", ("issues",)),
    "issues/create": (_create_issue, "write", ("issues",)),
    "issues/update": (_update_issue, "write", ("issues",)),
    "pulls/list-files": (_list_files, "read", ("pull-requests",)),
    "repos/list-pull-requests-associated-with-commit": (_pulls_of_commit, "read", ("pull-requests",)),
    "git/get-tree": (_get_tree, "read", ("contents",)),
    "repos/get-content": (_get_content, "read", ("contents",)),
}
KNOWN = frozenset(_OPERATIONS)
