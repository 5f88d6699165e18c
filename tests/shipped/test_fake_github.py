"""The fake GitHub itself: what GitHub does not know or would not answer fails the test that asked for it."""

import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest
from fake_github import FakeGitHub, PullFile, contract, graph
from graphql import build_schema

REPO = "/repos/harbor-example/harbor"
COMMENTS = f"{REPO}/issues/231/comments"
HEADERS = {"User-Agent": "onrecord/0", "X-GitHub-Api-Version": "2022-11-28", "Authorization": "token ghs_ours"}


def send(fake: FakeGitHub, method: str, path: str, body: Any = None, **headers: str | None) -> tuple[int, Any]:
    """Send a request as it is, with nothing in between that would keep it from being wrong."""
    fake.environment("ghs_ours")
    connection = http.client.HTTPConnection(fake.url.removeprefix("http://"), timeout=10)
    given = {name: value for name, value in (HEADERS | headers).items() if value is not None}
    connection.request(method, path, None if body is None else json.dumps(body), given)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, json.loads(content) if content else None


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("GET", "/user", None, "GitHub has no GET /user"),
        ("PUT", COMMENTS, {"body": "x"}, "GitHub has no PUT"),
        ("POST", COMMENTS, {"text": "x"}, "'body' is a required property"),
        ("POST", COMMENTS, {"body": 1}, "1 is not of type 'string'"),
        ("POST", COMMENTS, None, "None is not of type 'object'"),
        ("DELETE", f"{REPO}/issues/comments/7", {}, "takes no body"),
        ("GET", f"{REPO}/pulls/231/files?pages=2", None, r"no such parameters: \['pages'\]"),
        ("GET", f"{REPO}/pulls", None, "not served yet"),
        ("POST", "/graphql", {"query": "{ viewer { email } }", "variables": {}}, "Cannot query field 'email'"),
        ("POST", "/graphql", {"query": "{ viewer { login } }"}, "no GraphQL request"),
    ],
)
def test_what_github_does_not_know_fails_the_test(method: str, path: str, body: Any, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint), FakeGitHub() as fake:
        fake.pull()
        assert send(fake, method, path, body)[0] == 500


@pytest.mark.parametrize("header", ["User-Agent", "X-GitHub-Api-Version", "Host"])
def test_every_request_says_who_asks_and_what_for(header: str) -> None:
    wrong = {"User-Agent": "python", "X-GitHub-Api-Version": None, "Host": "api.github.com"}[header]
    with pytest.raises(AssertionError), FakeGitHub() as fake:
        send(fake, "GET", f"{REPO}/pulls/231/files", **{header: wrong})


def test_an_answer_that_github_would_not_give_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="does not fit GitHub's description"), FakeGitHub() as fake:
        fake.pull(files=[PullFile("a.py", status="eaten")])
        send(fake, "GET", f"{REPO}/pulls/231/files")


def test_it_remembers_what_it_is_told() -> None:
    with FakeGitHub() as fake:
        fake.pull()
        status, created = send(fake, "POST", COMMENTS, {"body": "one"})
        assert (status, created["body"], created["user"]["login"]) == (201, "one", "github-actions[bot]")
        one = f"{REPO}/issues/comments/{created['id']}"
        assert send(fake, "PATCH", one, {"body": "two"})[1]["body"] == "two"
        assert send(fake, "DELETE", one) == (204, None)
        assert [send(fake, method, one, body)[0] for method, body in (("PATCH", {"body": "x"}), ("DELETE", None))] == [
            404,
            404,
        ]


@pytest.mark.parametrize(
    ("setup", "status"),
    [
        (lambda fake: fake.token("ghs_ours", access="read"), 403),
        (lambda fake: setattr(fake.token("ghs_ours"), "is_valid", False), 401),
    ],
)
def test_a_token_may_do_what_it_may_do(setup: Callable[[FakeGitHub], object], status: int) -> None:
    with FakeGitHub() as fake:
        fake.pull()
        setup(fake)
        answer = send(fake, "POST", COMMENTS, {"body": "x"})
        assert answer[0] == status
        assert fake.world.repositories["harbor-example/harbor"].pulls[231].comments == []


def test_a_server_of_an_enterprise_answers_only_at_its_own_addresses() -> None:
    with pytest.raises(AssertionError, match="outside of the interface"), FakeGitHub(enterprise=True) as fake:
        fake.pull()
        assert send(fake, "GET", f"/api/v3{REPO}/pulls/231/files")[0] == 200
        send(fake, "GET", f"{REPO}/pulls/231/files")


def test_pages_lead_to_each_other_on_this_machine() -> None:
    with FakeGitHub() as fake:
        fake.pull().labels = ["x"]
        fake.repository().pulls_of_commit["a" * 40] = [231] * 3
        status, rows = send(fake, "GET", f"{REPO}/commits/{'a' * 40}/pulls?per_page=2")
        assert (status, len(rows)) == (200, 2)
        assert "api.github.com" not in json.dumps(rows)
        assert len(send(fake, "GET", f"{REPO}/commits/{'a' * 40}/pulls?per_page=2&page=2")[1]) == 1


# The price of a query, by the examples of GitHub's documentation of the formula.
SCHEMA = build_schema("type Query { a(first: Int): Query, b(first: Int): Query, n: Int }")


@pytest.mark.parametrize(
    ("query", "requests", "nodes"),
    [
        ("{ n }", 0, 0),
        ("{ a(first: 100) { n } }", 1, 100),
        ("{ a(first: 100) { b(first: 50) { a(first: 60) { n } } } }", 5_101, 305_100),
        ("{ a(first: 10) { ...F } } fragment F on Query { b(first: 2) { n } }", 11, 30),
        ("query($i: Boolean!) { a(first: 10) @include(if: $i) { n } }", 0, 0),
    ],
)
def test_what_a_query_costs(query: str, requests: int, nodes: int) -> None:
    document = graph.parse(query)
    assert not graph.validate(SCHEMA, document)
    assert graph.cost_of(document, {"i": False}) == (requests, nodes)


def test_an_address_is_that_of_the_operation_that_fits_best() -> None:
    assert contract.match("PATCH", f"{REPO}/issues/comments/7").id == "issues/update-comment"
    assert contract.match("GET", f"{REPO}/issues/7/comments").id == "issues/list-comments"
    assert contract.match("GET", f"{REPO}/contents/docs/adr/0001.md").values["path"] == "docs/adr/0001.md"
