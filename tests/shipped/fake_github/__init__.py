"""A GitHub server on this machine that remembers what it is told, and refuses what GitHub would refuse.

Every request and every answer is held against GitHub's own description (README.md); what does not fit fails the test. It
serves the real client: nothing of ours is replaced.
"""

import json
import threading
import time
from types import TracebackType
from typing import Any, Self

from . import contract, graph, rest
from .faults import Fault, Request
from .rest import Answer, error
from .server import Server
from .world import DeletedComment, Issue, IssueComment, Pull, PullFile, Repository, Review, Token, User, World

__all__ = [
    "FakeGitHub",
    "Fault",
    "Issue",
    "IssueComment",
    "Pull",
    "PullFile",
    "Repository",
    "Request",
    "Review",
    "Token",
    "User",
]

HARBOR = "harbor-example/harbor"
API_VERSION = "2022-11-28"
WRITES = ("POST", "PATCH", "PUT", "DELETE")


class FakeGitHub:
    """A server, from `with` to the end of it, where it raises what did not fit (AssertionError) or broke.

    `enterprise` puts the interfaces where a GitHub Enterprise Server has them. `requests` holds all that arrived,
    `points` what GraphQL would have cost; beyond `hourly_points` it refuses.
    """

    def __init__(self, *, enterprise: bool = False) -> None:
        self.world = World()
        self.requests: list[Request] = []
        self.points = 0
        self.hourly_points = 5_000
        self._rest, self._graph = ("/api/v3", "/api/graphql") if enterprise else ("", "/graphql")
        self._faults: list[tuple[str, Fault]] = []
        self._violations: list[Exception] = []
        self._lock = threading.Lock()
        self._server = Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._violations:
            raise self._violations[0]

    # What a test sets up.

    def environment(self, token: str) -> dict[str, str]:
        """Return what the runner tells a step, with a token that is made, as the runner's own, if it is not there."""
        if token not in self.world.tokens:
            self.token(token)
        return {
            "GITHUB_TOKEN": token,
            "GITHUB_API_URL": f"{self.url}{self._rest}",
            "GITHUB_GRAPHQL_URL": f"{self.url}{self._graph}",
            "GITHUB_SERVER_URL": self.url,
        }

    def token(
        self, name: str, login: str = "github-actions[bot]", access: str = "write", issues: str = "none"
    ) -> Token:
        """Make a token; `access` and `issues` (none, read or write) are what it may do with pull requests and issues.

        Contents it may read.
        """
        made = Token(self.world.user(login), {"pull-requests": access, "issues": issues, "contents": "read"})
        self.world.tokens[name] = made
        return made

    def repository(self, name: str = HARBOR) -> Repository:
        """Return a repository, made when first asked for."""
        made = Repository(name, 700_000 + len(self.world.repositories))
        return self.world.repositories.setdefault(name, made)

    def pull(
        self, number: int = 231, repository: str = HARBOR, author: str | None = "harbor-tomasz", **fields: Any
    ) -> Pull:
        """Open a pull request; `fields` as in `Pull`."""
        now = self.world.next_time()
        given = {
            "title": "Render invoices with WeasyPrint",
            "body": "Invoices are rendered by another program.",
            "base_ref": "main",
            "base_sha": "b" * 40,
            "head_ref": "weasyprint-invoices",
            "head_sha": f"{number:040x}",
            "head_repository": repository,
            "created_at": now,
            "updated_at": now,
        }
        made = Pull(number, self.world.user(author) if author else None, **(given | fields))
        self.repository(repository).pulls[number] = made
        return made

    def comment(self, pull: Pull, login: str | None, body: str) -> IssueComment:
        """Let somebody comment (None: an account that is gone)."""
        made = IssueComment(
            self.world.next_id(), self.world.user(login) if login else None, body, self.world.next_time()
        )
        pull.comments.append(made)
        return made

    def issue(self, login: str | None, body: str, repository: str = HARBOR, **fields: Any) -> Issue:
        """Let somebody open an issue (None: an account that is gone); `fields` as in `Issue`."""
        where, now = self.repository(repository), self.world.next_time()
        number = where.next_number()
        given = {"title": "An issue", "created_at": now, "updated_at": now}
        author = self.world.user(login) if login else None
        made = Issue(number, author, body=body, **(given | fields))
        where.issues[number] = made
        return made

    def delete_issue(self, number: int, repository: str = HARBOR) -> None:
        """Let an administrator delete an issue, or transfer it, which looks the same from here."""
        where = self.repository(repository)
        del where.issues[number]
        where.gone.add(number)

    def delete_comment(self, comment: IssueComment, by: str | None = "maintainer-mara") -> None:
        """Let somebody delete a comment; the pull request remembers that."""
        found = self.world.comment(comment.id)
        assert found, "this comment is gone already"
        found[0].comments.remove(comment)
        found[0].deleted.append(DeletedComment(self.world.user(by) if by else None, comment.author))

    def review(self, pull: Pull, login: str | None, state: str = "APPROVED", *, can_write: bool = True) -> None:
        """Let somebody review."""
        pull.reviews.append(Review(self.world.user(login) if login else None, state, can_write))

    def on(self, operation: str, fault: Fault) -> None:
        """Let something go wrong with an operation: `graphql`, or GitHub's name for it (`issues/create-comment`)."""
        assert operation == "graphql" or operation in rest.KNOWN, f"{operation} is not served"
        self._faults.append((operation, fault))

    # What a test looks at.

    def count(self, operation: str | None = None) -> int:
        """Return how many requests arrived, of all kinds or of one."""
        return sum(operation in (None, request.operation) for request in list(self.requests))

    def writes(self) -> list[str]:
        """Return the operations that changed something, or tried to, in order."""
        return [one.operation for one in self.requests if one.method in WRITES and one.operation != "graphql"]

    # What the server calls.

    def receive(
        self, method: str, path: str, query: dict[str, str], content: bytes, headers: dict[str, str]
    ) -> tuple[Answer, Fault | None]:
        """Answer a request, and say which fault goes with the answer."""
        try:
            request, operation = self._read(method, path, query, content, headers)
            fault = self._fault(request)
            if fault:
                if fault.before:
                    fault.before()
                if not fault.lost:
                    time.sleep(fault.delay_s)
                if fault.replaces_answer and not fault.lost:
                    return self._with_limits(_answer_of(fault)), fault
            with self._lock:
                answer = self._carry_out(request, operation)
            if fault and fault.lost:
                time.sleep(fault.delay_s)
            if fault and fault.replaces_answer:
                answer = _answer_of(fault)
            elif fault and fault.change:
                fault.change(answer.body)
            return self._with_limits(answer), fault
        except Exception as violation:
            self._violations.append(violation)
            return error(500, f"The fake refuses this: {violation}"), None

    def _read(
        self, method: str, path: str, query: dict[str, str], content: bytes, headers: dict[str, str]
    ) -> tuple[Request, contract.Operation | None]:
        """Return the request and its operation (None for GraphQL); raises AssertionError for one GitHub has not."""
        assert headers.get("user-agent", "").startswith("onrecord/"), "GitHub wants to know who asks"
        assert headers.get("x-github-api-version") == API_VERSION, "the version of the interface is not said"
        assert headers.get("host") == self.url.removeprefix("http://"), f"a request for {headers.get('host')}"
        body = json.loads(content) if content else None
        if path == self._graph:
            assert method == "POST" and set(body) == {"query", "variables"}, "this is no GraphQL request"
            request, operation = Request("graphql", method, path, query, body, headers), None
        else:
            assert path.startswith(self._rest), f"{path} is outside of the interface"
            operation = contract.match(method, path.removeprefix(self._rest))
            assert operation, f"GitHub has no {method} {path}, or openapi.json does not hold it"
            assert operation.id in rest.KNOWN, f"{operation.id} is not served yet"
            contract.check_request(operation, query, body)
            request = Request(operation.id, method, path, query, body, headers)
        with self._lock:
            self.requests.append(request)
        return request, operation

    def _fault(self, request: Request) -> Fault | None:
        with self._lock:
            for operation, fault in self._faults:
                if operation == request.operation and fault.times != 0 and fault.when(request):
                    fault.times = fault.times and fault.times - 1
                    return fault
        return None

    def _carry_out(self, request: Request, operation: contract.Operation | None) -> Answer:
        given = request.headers.get("authorization", "").partition(" ")[2]
        token = self.world.tokens.get(given)
        if token is None or not token.is_valid:
            return error(401, "Bad credentials")
        if operation is None:
            limit = graph.RateLimit(self.hourly_points, self.hourly_points - self.points, "2026-10-05T15:20:55Z")
            answer, cost = graph.answer(self.world, token, request.body["query"], request.body["variables"], limit)
            self.points += cost
            return Answer(200, answer)
        path = request.path.removeprefix(self._rest)
        base = f"{self.url}{self._rest}"
        sent = rest.answer(rest.Call(self.world, token, operation, request.query, request.body, base, path))
        contract.check_response(operation, sent.status, sent.body)
        return sent

    def _with_limits(self, answer: Answer) -> Answer:
        limits = {
            "X-RateLimit-Limit": "1000",
            "X-RateLimit-Remaining": str(max(1, 1000 - len(self.requests))),
            "X-RateLimit-Reset": str(int(time.time()) + 3000),
            "X-GitHub-Api-Version-Selected": API_VERSION,
        }
        return Answer(answer.status, answer.body, {**limits, **answer.headers})


def _answer_of(fault: Fault) -> Answer:
    if fault.graphql is not None:
        return Answer(200, {"data": None, "errors": fault.graphql})
    return Answer(fault.status or 500, error(fault.status or 500, fault.message).body, dict(fault.headers))
