"""What is asked of GitHub, what it costs, and what becomes of every way in which it can go wrong."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from fake_github import FakeGitHub, Fault, PullFile, rest
from fake_github.faults import PRIMARY_LIMIT, RATE_LIMITED, READ_ONLY, SECONDARY_LIMIT, TIMED_OUT

from onrecord.adapters.github import GitHub, GitHubError, Pace, open_github
from onrecord.adapters.github_client import open_client
from onrecord.change import ChangedFile

Open = Callable[..., GitHub]

ROOT = Path(__file__).resolve().parents[2]
HARBOR = "harbor-example/harbor"
NUMBER = 231
SHA = "c0ffee" + "0" * 34


def files(count: int, folder: str = "src") -> list[PullFile]:
    return [PullFile(f"{folder}/{number:04}.py", additions=number) for number in range(count)]


# One pull request.


def test_a_pull_request_costs_one_request_and_one_point(fake: FakeGitHub, github: GitHub) -> None:
    pull = fake.pull(labels=["decision", "area: billing"], draft=True, head_repository="fork-fiona/harbor")
    pull.files = [
        PullFile("a.py", "added", 3, 0),
        PullFile("b.py", "removed", 0, 2),
        PullFile("c.py", "renamed", previous_filename="old.py"),
        PullFile("d.py", "changed"),
    ]
    fake.comment(pull, "reader-rita", "Which library?")
    found = github.pull_request(HARBOR, NUMBER)
    assert (fake.count(), fake.points) == (1, 1)
    assert found.change._replace(files=None) == (
        *("Render invoices with WeasyPrint", "Invoices are rendered by another program.", "harbor-tomasz", False, True),
        *(("decision", "area: billing"), None, NUMBER, "2026-10-05", ()),
    )
    assert found.change.files == (
        ChangedFile("a.py", "added", 3, 0),
        ChangedFile("b.py", "removed", 0, 2),
        ChangedFile("c.py", "renamed", 1, 0),
        ChangedFile("d.py", "changed", 1, 0),
    )
    assert (found.repository, found.number, found.state) == (HARBOR, NUMBER, "open")
    assert (found.base_sha, found.base_ref, found.head_sha) == ("b" * 40, "main", f"{NUMBER:040x}")
    assert (found.head_repository, found.is_fork) == ("fork-fiona/harbor", True)
    assert [(one.author, one.body) for one in found.comments] == [("reader-rita", "Which library?")]
    assert (found.viewer, found.comment_deleted) == ("github-actions[bot]", False)


def test_patches_and_earlier_paths_come_by_rest_when_they_are_asked_for(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(
        files=[PullFile("c.py", "renamed", previous_filename="old.py"), PullFile("logo.png", "added", 0, 0, patch=None)]
    )
    found = github.pull_request(HARBOR, NUMBER, patches=True)
    assert found.change.files == (
        ChangedFile("c.py", "renamed", 1, 0, "old.py", "@@ -1 +1 @@\n-a\n+b"),
        ChangedFile("logo.png", "added"),
    )
    assert [one.operation for one in fake.requests] == ["graphql", "pulls/list-files"]
    assert fake.requests[0].variables["withFiles"] is False


def test_what_is_gone_or_not_known_is_empty(fake: FakeGitHub, github: GitHub) -> None:
    pull = fake.pull(author=None, body=None, head_repository=None, files=None, state="merged")
    fake.comment(pull, None, "Bye")
    fake.review(pull, None)
    found = github.pull_request(HARBOR, NUMBER)
    assert (found.change.author, found.change.body, found.change.files, found.change.approvers) == ("", "", None, ())
    assert (found.head_repository, found.is_fork, found.state) == ("", True, "merged")
    assert found.comments[0].author == ""


def test_a_pull_request_of_the_repository_itself_is_no_fork(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull()
    assert not github.pull_request(HARBOR, NUMBER).is_fork


def test_a_pull_request_whose_head_is_gone_counts_as_a_forks(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(head_repository=None)
    own = {"isCrossRepository": False}
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"]["pullRequest"].update(own)))
    assert github.pull_request(HARBOR, NUMBER).is_fork


def test_bots_have_the_names_that_rest_gives_them(fake: FakeGitHub, github: GitHub) -> None:
    pull = fake.pull(author="dependabot[bot]")
    fake.comment(pull, "github-actions[bot]", "Ours, or another workflow's")
    fake.comment(pull, "github-actions", "A person who took that name")
    found = github.pull_request(HARBOR, NUMBER)
    assert (found.change.author, found.change.is_bot) == ("dependabot[bot]", True)
    assert [one.author for one in found.comments] == ["github-actions[bot]", "github-actions"]
    assert found.viewer == "github-actions[bot]"


def test_who_approved_last_and_may_write_here_approves(fake: FakeGitHub, github: GitHub) -> None:
    pull = fake.pull()
    fake.review(pull, "mara", "CHANGES_REQUESTED")
    fake.review(pull, "tomasz", "APPROVED")
    fake.review(pull, "mara", "APPROVED")
    fake.review(pull, "mara", "COMMENTED")
    fake.review(pull, "tomasz", "DISMISSED")
    fake.review(pull, "stranger", "APPROVED", can_write=False)
    fake.review(pull, "approving-robot[bot]", "APPROVED")
    assert github.pull_request(HARBOR, NUMBER).change.approvers == ("mara",)


def test_three_thousand_files_take_thirty_requests(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(files=files(3_200))
    found = github.pull_request(HARBOR, NUMBER)
    assert found.change.files is not None
    assert [one.path for one in found.change.files] == [f"src/{number:04}.py" for number in range(3_000)]
    assert fake.count() == 30
    assert [one.variables["withComments"] for one in fake.requests] == [True] + [False] * 29


def test_a_thousand_patches_take_ten_requests_by_rest(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(files=files(1_000))
    found = github.pull_request(HARBOR, NUMBER, patches=True)
    assert len(found.change.files or ()) == 1_000
    assert (fake.count("graphql"), fake.count("pulls/list-files")) == (1, 10)


def test_files_comments_and_events_are_paged_through_together(fake: FakeGitHub, github: GitHub) -> None:
    pull = fake.pull(files=files(210))
    for number in range(120):
        fake.comment(pull, "reader-rita", f"{number}")
    for _ in range(101):
        fake.delete_comment(fake.comment(pull, "reader-rita", "Off topic"))
    fake.delete_comment(fake.comment(pull, "github-actions[bot]", "Ours"))
    found = github.pull_request(HARBOR, NUMBER)
    assert (len(found.change.files or ()), len(found.comments), found.comment_deleted) == (210, 120, True)
    assert [one.body for one in found.comments] == [str(number) for number in range(120)]
    assert fake.count() == 3


@pytest.mark.parametrize(
    ("author", "actor", "counts"),
    [
        ("github-actions[bot]", "maintainer-mara", True),
        ("github-actions[bot]", None, True),
        ("github-actions[bot]", "github-actions[bot]", False),
        ("github-actions", "maintainer-mara", False),
        (None, "maintainer-mara", False),
    ],
)
def test_only_a_comment_of_ours_that_somebody_else_deleted_counts(
    fake: FakeGitHub, github: GitHub, author: str | None, actor: str | None, counts: bool
) -> None:
    pull = fake.pull()
    fake.delete_comment(fake.comment(pull, author, "x"), by=actor)
    assert github.pull_request(HARBOR, NUMBER).comment_deleted is counts


def test_a_field_that_is_refused_does_not_take_the_others_along(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull()
    forbidden = [{"type": "FORBIDDEN", "path": ["repository", "pullRequest", "x"], "message": READ_ONLY}]
    fake.on("graphql", Fault(change=lambda answer: answer.update(errors=forbidden)))
    assert github.pull_request(HARBOR, NUMBER).change.author == "harbor-tomasz"
    assert fake.count() == 1


def test_an_answer_without_the_pull_request_is_an_error(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull()
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"].update(pullRequest=None)))
    with pytest.raises(GitHubError, match="could not be read"):
        github.pull_request(HARBOR, NUMBER)


def test_a_page_that_leads_to_itself_is_the_last(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(files=files(2))
    same = {"hasNextPage": True, "endCursor": "Mg=="}
    again = Fault(
        change=lambda answer: answer["data"]["repository"]["pullRequest"]["files"].update(pageInfo=same), times=5
    )
    fake.on("graphql", again)
    assert github.pull_request(HARBOR, NUMBER).change.files is not None
    assert fake.count() == 2


# Other things to read.


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docs/über die Größe #1?.md", b"\xff\x00text"),
        ("empty.md", b""),
        ("docs", None),
        ("link.md", None),
        ("missing.md", None),
        ("../secret", None),
        ("docs/../../x", None),
        ("/etc/passwd", None),
        ("", None),
    ],
)
def test_a_file_is_read_at_a_commit(fake: FakeGitHub, github: GitHub, path: str, content: bytes | None) -> None:
    fake.repository().contents[SHA] = {
        "docs/über die Größe #1?.md": b"\xff\x00text",
        "empty.md": b"",
        "docs": None,
        "link.md": "docs/über die Größe #1?.md",
    }
    assert github.file(HARBOR, path, SHA) == content


def test_a_file_at_a_commit_that_is_not_there_is_no_file(fake: FakeGitHub, github: GitHub) -> None:
    fake.repository()
    assert github.file(HARBOR, "a.md", "f" * 40) is None


def test_a_file_too_large_to_be_handed_out_is_an_error(fake: FakeGitHub, github: GitHub) -> None:
    fake.repository().contents[SHA] = {"big.md": b"x" * 1_000_001}
    with pytest.raises(GitHubError, match=r"big\.md: the file is larger than 1 MB") as raised:
        github.file(HARBOR, "big.md", SHA)
    assert raised.value.kind == "refused"


def test_a_commit_knows_its_pull_requests(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(104)
    fake.pull(105)
    fake.repository().pulls_of_commit[SHA] = [104, 105]
    assert github.pull_numbers_of_commit(HARBOR, SHA) == [104, 105]
    assert github.pull_numbers_of_commit(HARBOR, "d" * 40) == []
    assert fake.count() == 2


def test_the_open_pull_request_of_a_fork_is_found_by_its_head(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(1, head_sha=SHA, head_repository="fork-fiona/harbor", state="closed")
    fake.pull(2, head_sha=SHA)
    fake.pull(3, head_sha=SHA, head_repository="fork-fiona/harbor")
    fake.pull(4, head_sha=SHA, head_repository=None)
    assert github.find_open_pull(HARBOR, SHA, "Fork-Fiona/harbor") == 3
    assert github.find_open_pull(HARBOR, SHA, HARBOR) == 2
    assert fake.count() == 2
    assert github.find_open_pull(HARBOR, "d" * 40, HARBOR) is None


def test_a_head_is_looked_for_in_no_more_than_a_thousand_pull_requests(fake: FakeGitHub, github: GitHub) -> None:
    for number in range(1, 1_102):
        fake.pull(number)
    assert github.find_open_pull(HARBOR, f"{1:040x}", HARBOR) is None
    assert fake.count() == 10


@pytest.mark.parametrize(
    ("count", "sizes"), [(250, [100, 100, 50]), (1_000, [100, 100, 100]), (120, [100, 20]), (0, [])]
)
def test_merged_pull_requests_come_newest_first(fake: FakeGitHub, github: GitHub, count: int, sizes: list[int]) -> None:
    for number in range(1, 301):
        state = "merged" if number > 50 else "closed"
        fake.pull(number, state=state, labels=["decision"], files=files(2), title=f"Change {number}")
    found = list(github.merged(HARBOR, count))
    assert [one.number for one in found] == list(range(300, 300 - min(count, 250), -1))
    assert [one.variables["first"] for one in fake.requests] == sizes
    assert all(one.title == f"Change {one.number}" and one.labels == ("decision",) for one in found)
    assert all(one.files and one.files[1].path == "src/0001.py" for one in found)


def test_a_hundred_merged_pull_requests_cost_three_points(fake: FakeGitHub, github: GitHub) -> None:
    for number in range(1, 101):
        fake.pull(number, state="merged")
    assert len(list(github.merged(HARBOR, 100))) == 100
    assert (fake.count(), fake.points) == (1, 3)


def test_a_merged_pull_request_has_all_its_files(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(1, state="merged", files=None)
    fake.pull(2, state="merged", files=files(250))
    large, unknown = github.merged(HARBOR, 10)
    assert [one.path for one in large.files or ()] == [f"src/{number:04}.py" for number in range(250)]
    assert unknown.files is None
    assert fake.count() == 3


def test_what_other_open_pull_requests_add(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(1, files=[PullFile("adr/0012-a.md", "added"), PullFile("adr/0003-b.md"), PullFile("src/a.py", "removed")])
    fake.pull(2, files=[PullFile("adr/0012-a.md", "added"), PullFile("adr/0013-c.md", "renamed")])
    fake.pull(3, files=[PullFile("adr/0014-own.md", "added")])
    fake.pull(4, files=[PullFile("adr/0015-merged.md", "added")], state="merged")
    fake.pull(5, files=None)
    assert github.added_by_others(HARBOR, 3) == {"adr/0012-a.md": 1, "adr/0013-c.md": 2}
    assert (fake.count(), fake.points) == (1, 1)


def test_of_many_open_pull_requests_two_hundred_are_looked_at(fake: FakeGitHub, github: GitHub) -> None:
    for number in range(1, 251):
        fake.pull(number, files=[PullFile(f"adr/{number:04}-a.md", "added")])
    assert len(github.added_by_others(HARBOR, 999)) == 200
    assert [one.variables["first"] for one in fake.requests] == [100, 100]


def test_pages_get_smaller_when_they_are_too_much_for_github(fake: FakeGitHub, github: GitHub) -> None:
    for number in range(1, 121):
        fake.pull(number, state="merged")
    fake.on("graphql", Fault(status=502, when=lambda request: request.variables["first"] > 25, times=None))
    assert [one.number for one in github.merged(HARBOR, 120)] == list(range(120, 0, -1))
    assert [one.variables["first"] for one in fake.requests] == [100, 50, 25, 25, 25, 25, 20]


# Faults. Each row: what goes wrong, the kind of error (None: none in the end), and how many requests it took.

IN_50_MINUTES = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 3_000)}
COMMON: list[tuple[Fault, str]] = [
    (Fault(401, "Bad credentials"), "expired"),
    (Fault(403, READ_ONLY), "forbidden"),
    (Fault(403, PRIMARY_LIMIT, IN_50_MINUTES), "limited"),
    (Fault(404, "Not Found"), "not-found"),
    (Fault(422, "Validation Failed"), "refused"),
    (Fault(429, SECONDARY_LIMIT), "limited"),
]
READS: list[tuple[Fault, str | None, int]] = [
    *((fault, kind, 1) for fault, kind in COMMON),
    (Fault(429, headers={"Retry-After": "0"}), None, 2),
    (Fault(403, headers={"Retry-After": "0"}), None, 2),
    (Fault(429, headers={"Retry-After": "0"}, times=None), "limited", 3),
    (Fault(403, headers={"Retry-After": "0"}, times=None), "limited", 3),
    (Fault(500), None, 2),
    (Fault(500, times=None), "unreachable", 3),
    (Fault(502, times=2), None, 3),
    (Fault(drop=True), None, 2),
    (Fault(drop=True, times=None), "unreachable", 3),
    (Fault(delay_s=1.2), None, 2),
]
QUERIES = [
    *READS,
    (Fault(cut=True), None, 2),
    (Fault(cut=True, times=None), "unreachable", 3),
    (Fault(200, "This is no answer"), None, 2),
    (Fault(200, "This is no answer", times=None), "unreachable", 3),
    (Fault(403, SECONDARY_LIMIT), "limited", 1),
    (Fault(429, headers={"Retry-After": "3600"}), "limited", 1),
    (Fault(graphql=RATE_LIMITED), "limited", 1),
    (Fault(graphql=TIMED_OUT), None, 2),
    (Fault(graphql=[{"type": "FORBIDDEN", "message": READ_ONLY}]), "forbidden", 1),
    (Fault(graphql=[{"message": "Something new"}]), "refused", 1),
]
GETS = [
    *READS,
    (Fault(cut=True), "unreachable", 1),
    (Fault(403, SECONDARY_LIMIT, times=None), "limited", 3),
]
WRITES = [
    *COMMON,
    (Fault(403, SECONDARY_LIMIT), "limited"),
    (Fault(403, headers={"Retry-After": "0"}), "limited"),
    (Fault(429, headers={"Retry-After": "0"}), "limited"),
    (Fault(410, "Gone"), "not-found"),
    (Fault(500), "unreachable"),
    (Fault(502), "unreachable"),
    (Fault(503), "unreachable"),
    (Fault(drop=True), "unreachable"),
    (Fault(drop=True, lost=True), "unreachable"),
    (Fault(cut=True), "unreachable"),
    (Fault(307, "Moved Permanently"), "unreachable"),
]


def outcome(ask: Callable[[], object]) -> str | None:
    """Return the kind of error, None without one; no message gives the token away."""
    try:
        ask()
    except GitHubError as error:
        assert "ghs_" not in str(error)
        assert "\n" not in str(error)
        return error.kind
    return None


@pytest.mark.parametrize(("fault", "kind", "requests"), QUERIES)
def test_a_query_that_goes_wrong(fake: FakeGitHub, opened: Open, fault: Fault, kind: str | None, requests: int) -> None:
    github = opened(fake, timeout=1 if fault.delay_s else 20)
    fake.pull()
    fake.on("graphql", fault_again(fault))
    assert outcome(lambda: github.pull_request(HARBOR, NUMBER)) == kind
    assert fake.count() == requests


@pytest.mark.parametrize(("fault", "kind", "requests"), [row for row in GETS if row[1] != "not-found"])
def test_a_read_by_rest_that_goes_wrong(
    fake: FakeGitHub, opened: Open, fault: Fault, kind: str | None, requests: int
) -> None:
    github = opened(fake, timeout=1 if fault.delay_s else 20)
    fake.repository().contents[SHA] = {"a.md": b"text"}
    fake.on("repos/get-content", fault_again(fault))
    assert outcome(lambda: github.file(HARBOR, "a.md", SHA)) == kind
    assert fake.count() == requests


@pytest.mark.parametrize(("fault", "kind"), WRITES)
def test_a_comment_is_created_by_one_request_whatever_happens(
    fake: FakeGitHub, github: GitHub, fault: Fault, kind: str
) -> None:
    fake.pull()
    fake.on("issues/create-comment", fault_again(fault))
    assert outcome(lambda: github.create_comment(HARBOR, NUMBER, "text")) == kind
    assert fake.count() == 1


@pytest.mark.parametrize("operation", ["issues/update-comment", "issues/delete-comment"])
@pytest.mark.parametrize(("fault", "kind"), [row for row in WRITES if row[0].status in (401, 403, 429, 500, 502)])
def test_other_writes_are_never_repeated_either(
    fake: FakeGitHub, github: GitHub, operation: str, fault: Fault, kind: str
) -> None:
    comment = fake.comment(fake.pull(), "github-actions[bot]", "old")
    fake.on(operation, fault_again(fault))
    if operation == "issues/update-comment":
        assert outcome(lambda: github.update_comment(HARBOR, comment.id, "new")) == kind
    else:
        assert outcome(lambda: github.delete_comment(HARBOR, comment.id)) == kind
    assert fake.count() == 1


def fault_again(fault: Fault) -> Fault:
    """Return a fault that has not happened yet: a row may be used by several tests."""
    return Fault(**vars(fault))


def test_deleting_what_is_gone_is_done(fake: FakeGitHub, github: GitHub) -> None:
    comment = fake.comment(fake.pull(), "github-actions[bot]", "text")
    fake.delete_comment(comment)
    github.delete_comment(HARBOR, comment.id)
    assert fake.writes() == ["issues/delete-comment"]


def test_a_server_that_is_not_there(fake: FakeGitHub) -> None:
    environment = fake.environment("ghs_ours") | {"GITHUB_API_URL": "http://127.0.0.1:9/api/v3"}
    github = open_github(environment, pace=Pace(None, None, 0, 0, 1))
    with pytest.raises(GitHubError, match=r"could not be reached") as raised:
        github.pull_request(HARBOR, NUMBER)
    assert raised.value.kind == "unreachable"
    github.close()


@pytest.mark.parametrize(
    ("repository", "number"), [(HARBOR, 999), ("harbor-example/other", 1), ("harbor", 1), ("../user", 1), ("a/b/c", 1)]
)
def test_what_is_not_there_is_an_error_with_its_name(
    fake: FakeGitHub, github: GitHub, repository: str, number: int
) -> None:
    fake.pull()
    with pytest.raises(GitHubError, match=re.escape(repository)) as raised:
        github.pull_request(repository, number)
    assert raised.value.kind == "not-found"


def test_a_token_that_ran_out(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull()
    fake.world.tokens["ghs_ours"].is_valid = False
    with pytest.raises(
        GitHubError, match=r"harbor#231: GitHub does not accept the token; it may have expired"
    ) as raised:
        github.pull_request(HARBOR, NUMBER)
    assert raised.value.kind == "expired"


# Which server, and which token.


def test_an_enterprise_server_has_its_own_addresses(opened: Open) -> None:
    with FakeGitHub(enterprise=True) as fake:
        fake.pull(files=files(150))
        fake.repository().contents[SHA] = {"a.md": b"text"}
        github = opened(fake)
        assert len(github.pull_request(HARBOR, NUMBER, patches=True).change.files) == 150
        assert github.file(HARBOR, "a.md", SHA) == b"text"
        assert github.create_comment(HARBOR, NUMBER, "text").author == "github-actions[bot]"
        assert {one.path.split(HARBOR)[0] for one in fake.requests} == {"/api/graphql", "/api/v3/repos/"}
        assert fake.count("pulls/list-files") == 2


@pytest.mark.parametrize(
    ("environment", "rest", "graphql"),
    [
        ({}, "https://api.github.com", "https://api.github.com/graphql"),
        ({"GH_HOST": "github.com"}, "https://api.github.com", "https://api.github.com/graphql"),
        ({"GH_HOST": "git.example.org"}, "https://git.example.org/api/v3", "https://git.example.org/api/graphql"),
        ({"GH_HOST": "harbor.ghe.com"}, "https://api.harbor.ghe.com", "https://api.harbor.ghe.com/graphql"),
        (
            {"GITHUB_API_URL": "https://git.example.org/api/v3/", "GH_HOST": "other.example.org"},
            "https://git.example.org/api/v3",
            "https://git.example.org/api/graphql",
        ),
    ],
)
def test_the_server_is_that_of_the_environment(environment: dict[str, str], rest: str, graphql: str) -> None:
    requester = open_client({"GITHUB_TOKEN": "ghs_x", **environment}, 15, Pace()).api.requester
    assert (requester.base_url, requester.graphql_url) == (rest, graphql)


@pytest.mark.parametrize(
    "url", ["ftp://git.example.org", "git.example.org", "https://who:secret@git.example.org", "x y"]
)
def test_an_address_that_is_none_is_an_error(url: str) -> None:
    with pytest.raises(GitHubError, match="no address of a server"):
        open_github({"GITHUB_TOKEN": "ghs_x", "GITHUB_API_URL": url})


def test_the_token_of_the_action_goes_first(fake: FakeGitHub) -> None:
    fake.pull()
    for name in ("ghs_action", "ghs_runner", "ghs_person"):
        fake.token(name, f"{name}[bot]")
    environment = fake.environment("ghs_runner") | {"GH_TOKEN": "ghs_person"}
    for more, viewer in (({"ONRECORD_TOKEN": " ghs_action\n"}, "ghs_action[bot]"), ({}, "ghs_runner[bot]")):
        github = open_github(environment | more)
        assert github.pull_request(HARBOR, NUMBER).viewer == viewer
        github.close()
    github = open_github(environment | {"ONRECORD_TOKEN": "", "GITHUB_TOKEN": " "})
    assert github.pull_request(HARBOR, NUMBER).viewer == "ghs_person[bot]"
    github.close()


@pytest.mark.parametrize("token", ["", "  ", "ghs_one\nX-Evil: 1", "ghs_one two", "ghs_größe"])
def test_without_a_token_that_could_be_one_nothing_is_sent(token: str) -> None:
    with pytest.raises(GitHubError, match="token") as raised:
        open_github({"GITHUB_TOKEN": token})
    assert "ghs_" not in str(raised.value)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "github", None)
    with pytest.raises(GitHubError, match=re.escape("pip install 'onrecord[github]'")):
        open_github({"GITHUB_TOKEN": "ghs_x"})


def test_waits_and_repetitions_are_bounded_as_measured() -> None:
    requester = open_client({"GITHUB_TOKEN": "ghs_x"}, 15, Pace()).api.requester.kwargs
    retry = requester["retry"]
    assert retry.allowed_methods == {"GET", "HEAD"}
    assert (retry.total, retry.backoff_factor, retry.backoff_max) == (2, 0.5, 10)
    assert (retry.secondary_rate_wait, retry.max_rate_limit_wait, retry.retry_after_max) == (15, 15, 15)
    assert (requester["timeout"], requester["per_page"], requester["lazy"]) == (15, 100, True)
    assert (requester["seconds_between_requests"], requester["seconds_between_writes"]) == (0.25, 1)


# Files without a checkout.


def test_the_tree_is_one_request_and_a_hundred_files_another(fake: FakeGitHub, github: GitHub) -> None:
    files = {f"docs/adr/{number:04}-a.md": f"# {number}. Ä\r\n".encode() for number in range(150)}
    fake.repository().contents[SHA] = {**files, "docs": None, "link.md": "docs/adr/0001-a.md"}
    assert github.tree(HARBOR, SHA) == sorted(files)
    asked = [*files, "docs/adr/9999-gone.md", "link.md", "docs", "../../user", ""]
    assert github.files(HARBOR, SHA, asked) == files
    assert (fake.count("git/get-tree"), fake.count("graphql"), fake.points, fake.count()) == (1, 2, 2, 3)


def test_what_graphql_does_not_hand_out_as_it_is_is_fetched_by_itself(fake: FakeGitHub, github: GitHub) -> None:
    files = {"binary.md": b"\0\xff", "long.md": b"x" * 600_000, "latin.md": "Größe".encode("latin-1"), "empty.md": b""}
    fake.repository().contents[SHA] = {**files, "huge.md": b"x" * 1_000_001}
    assert github.files(HARBOR, SHA, [*files, "huge.md"]) == files
    assert fake.count("repos/get-content") == 4


def test_a_file_that_an_answer_leaves_out_is_asked_for_again(fake: FakeGitHub, github: GitHub) -> None:
    files = {"a.md": b"a", "b.md": b"b", "c.md": b"c"}
    fake.repository().contents[SHA] = dict(files)
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"]["object"].pop("p1")))
    assert github.files(HARBOR, SHA, files) == files
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"]["object"].pop("p0")))
    assert github.files(HARBOR, SHA, files) == {}


def test_no_files_are_no_request_and_those_of_no_commit_are_none(fake: FakeGitHub, github: GitHub) -> None:
    fake.repository()
    assert github.files(HARBOR, SHA, []) == {}
    assert fake.count() == 0
    assert github.files(HARBOR, SHA, ["a.md"] * 300) == {}
    assert fake.count() == 1


def test_fewer_files_are_asked_for_when_a_hundred_are_too_much(fake: FakeGitHub, github: GitHub) -> None:
    files = {f"{number:04}.md": b"text" for number in range(120)}
    fake.repository().contents[SHA] = dict(files)
    fake.on("graphql", Fault(status=502, when=lambda request: len(request.variables) > 60, times=None))
    assert github.files(HARBOR, SHA, files) == files
    assert [len(request.variables) - 3 for request in fake.requests] == [100, 50, 50, 20]


def test_a_tree_that_github_does_not_list_whole_is_refused(fake: FakeGitHub, github: GitHub) -> None:
    fake.repository().contents[SHA] = {f"{number}.md": b"" for number in range(101)}
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(GitHubError, match="more files than GitHub lists") as raised,
    ):
        patch.setattr(rest, "MAX_TREE", 100)
        github.tree(HARBOR, SHA)
    assert raised.value.kind == "refused"


@pytest.mark.parametrize("commit", ["main", "", "HEAD~1", "../../x", "c0ffee:secret"])
def test_only_a_commit_is_one(fake: FakeGitHub, github: GitHub, commit: str) -> None:
    with pytest.raises(GitHubError, match="is no commit"):
        github.tree(HARBOR, commit)
    with pytest.raises(GitHubError, match="is no commit"):
        github.files(HARBOR, commit, ["a.md"])
    with pytest.raises(GitHubError, match="is no commit"):
        github.pull_numbers_of_commit(HARBOR, commit)
    assert fake.count() == 0


@pytest.mark.parametrize("status", [301, 302, 307])
def test_no_redirect_takes_the_token_elsewhere(fake: FakeGitHub, github: GitHub, status: int) -> None:
    with FakeGitHub() as elsewhere:
        address = elsewhere.environment("")["GITHUB_API_URL"].replace("127.0.0.1", "localhost")
        for operation in ("graphql", "repos/get-content", "issues/create-comment"):
            fake.on(operation, Fault(status, headers={"Location": f"{address}/taken"}, times=None))
        for ask in (
            lambda: github.pull_request(HARBOR, 1),
            lambda: github.file(HARBOR, "a.md", "main"),
            lambda: github.create_comment(HARBOR, 1, "text"),
        ):
            with suppress(GitHubError):
                ask()
        assert elsewhere.count() == 0
    assert fake.count() >= 3


# What is left alone.


def test_checking_a_file_loads_nothing_of_github() -> None:
    script = (
        "import contextlib, io, json, sys\n"
        "from onrecord.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(sys.argv[1:])\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    record = "examples/docs/decisions/0001-store-parcel-events-in-postgresql.md"
    command = [sys.executable, "-c", script, "check", record]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(json.loads(done.stdout))
    assert "onrecord.check.engine" in loaded
    assert loaded & {"github", "requests", "urllib3", "onrecord.adapters.github_client"} == set()


def test_the_lock_with_github_holds_what_the_other_one_holds() -> None:
    def pins(name: str) -> dict[str, set[str]]:
        text = (ROOT / "action" / name).read_text("utf-8")
        return {
            block.split(" ")[0]: set(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
            for block in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", text))
        }

    base, more = pins("requirements.txt"), pins("requirements-github.txt")
    assert base.items() <= more.items()
    assert {name.split("==")[0] for name in more} > {"pygithub", "urllib3", "requests"}
    assert all(more.values())
