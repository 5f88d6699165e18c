"""Merged pull requests from GitHub: complete, each asked for once, and kept."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_github import FakeGitHub, Fault, Pull, PullFile
from fake_github.faults import PRIMARY_LIMIT, TIMED_OUT
from fake_github.world import DeletedComment

from onrecord.adapters.comment import MARKER
from onrecord.adapters.git import run_git
from onrecord.adapters.github import GitHubError, Pace
from onrecord.adapters.github_client import Client, open_client
from onrecord.adapters.github_coverage import OtherBranch, Progress, Reading, Wanted, read_pulls
from onrecord.adapters.github_coverage_cache import Reach, joined, open_cache
from onrecord.adapters.github_coverage_pull import with_more_files
from onrecord.change import ChangedFile
from onrecord.change.history import Nudge

HARBOR = "harbor-example/harbor"
QUICK = Pace(between_requests=None, between_writes=None, backoff=0, settle=0, timeout=20)
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def at(hours: float) -> str:
    return (FIRST + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def merge(fake: FakeGitHub, number: int, hours: float, updated: float | None = None, **fields: Any) -> Pull:
    """Merge a pull request so many hours after FIRST."""
    given = {
        "created_at": at(hours - 5),
        "updated_at": at(hours if updated is None else updated),
        "merged_at": at(hours),
    }
    return fake.pull(number, **({"state": "merged", "merge_sha": f"{number:040x}"} | given | fields))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    run_git(tmp_path, "init", "--quiet")
    return tmp_path


@pytest.fixture
def client(fake: FakeGitHub) -> Iterator[Client]:
    opened = open_client(fake.environment("ghs_ours"), 1, QUICK)
    yield opened
    opened.close()


@pytest.fixture
def read(client: Client, root: Path) -> Callable[..., Reading]:
    """Read as a run does, with the cache of one repository; `told` gets how far it is."""

    def call(last: int | None = None, told: list[Progress] | None = None, base: str = "main", **bounds: Any) -> Reading:
        wanted = {"since": "", "until": "", "head_at": "2099-01-01T00:00:00Z", "shas": frozenset()} | bounds
        cache = open_cache(root, f"github.com/{HARBOR} {base}")
        try:
            return read_pulls(
                client, Wanted(HARBOR, last, **wanted), base, cache, (told if told is not None else []).append
            )
        finally:
            cache.close()

    return call


def numbers(reading: Reading) -> list[int]:
    return [one.change.number or 0 for one in reading.merged.changes]


class TestCost:
    def test_a_thousand_take_twelve_requests_at_most(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 1_201):
            late = number % 40 == 0  # somebody commented weeks after
            pull = merge(
                fake, number, number, number + 500 if late else number + 0.5, labels=["decision", "area: billing"]
            )
            pull.files = [PullFile(f"src/{n}.py") for n in range(250 if number % 200 == 0 else 2)]
        found = read(1_000)
        assert numbers(found) == list(range(1_200, 200, -1))
        assert all(one.change.files for one in found.merged.changes)
        assert {len(one.change.files or ()) for one in found.merged.changes} == {2, 250}
        assert fake.count() <= 12
        assert fake.points <= 60
        before = fake.count()
        assert numbers(read(1_000)) == numbers(found)
        assert fake.count() == before + 1  # whether anything is new

    def test_a_second_run_asks_for_what_is_new(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 151):
            merge(fake, number, number)
        read(120)
        before = fake.count()
        merge(fake, 151, 151)
        fake.repository().pulls[7].updated_at = at(152)
        fake.repository().pulls[7].body = "Edited since"
        found = read(120)
        assert numbers(found) == list(range(151, 31, -1))
        assert [one.variables["first"] for one in fake.requests[before:]] == [100, 4]
        assert read(150).merged.changes[144].change.body == "Edited since"

    def test_a_larger_window_goes_on_where_the_smaller_one_ended(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 351):
            merge(fake, number, number)
        read(50)
        before = fake.count()
        assert len(numbers(read(250))) == 250
        assert [one.variables["after"] is None for one in fake.requests[before:]] == [True, False, False, True]


class TestWindow:
    def test_they_come_in_the_order_of_their_merging(self, fake: FakeGitHub, read: Any) -> None:
        merge(fake, 1, 30)
        merge(fake, 2, 20, 400)
        merge(fake, 3, 10, 500)
        assert numbers(read()) == [1, 2, 3]
        assert numbers(read(2)) == [1, 2]

    def test_what_was_updated_late_was_not_merged_late(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 301):
            merge(fake, number, number, 10_000 - number)
        assert numbers(read(5)) == [300, 299, 298, 297, 296]
        assert fake.count() == 4

    def test_days_bound_it(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 241):
            merge(fake, number, 24 * number)
        assert numbers(read(since="2026-01-03", until="2026-01-05")) == [4, 3, 2]
        assert numbers(read(2, until="2026-01-05")) == [4, 3]
        assert fake.count() == 5  # three pages, and twice whether anything is new

    def test_only_the_default_branch_counts(self, fake: FakeGitHub, read: Any) -> None:
        merge(fake, 1, 1)
        merge(fake, 2, 2, base_ref="release-1")
        fake.pull(3)
        assert numbers(read()) == [1]
        fake.repository().default_branch = "trunk"
        with pytest.raises(OtherBranch, match="trunk"):
            read()

    def test_what_was_merged_after_the_commit_at_hand_is_left_out(self, fake: FakeGitHub, read: Any) -> None:
        for number in (1, 2, 3, 4):
            merge(fake, number, number)
        found = read(2, head_at=at(2.5), shas=frozenset({f"{3:040x}"}))
        assert (numbers(found), found.later) == ([3, 2], (4,))

    def test_nothing_was_merged_yet(self, fake: FakeGitHub, read: Any) -> None:
        fake.pull()
        assert numbers(read(5)) == []
        merge(fake, 1, 1)
        assert numbers(read(5)) == [1]

    def test_what_moves_to_the_front_while_it_is_read_is_read_too(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 251):
            merge(fake, number, number)

        def move() -> None:
            fake.repository().pulls[100].updated_at = at(900)

        fake.on("graphql", Fault(before=move, when=lambda request: request.variables.get("after") is not None))
        found = read()
        assert len(numbers(found)) == 250
        assert not found.is_moving

    def test_what_never_stands_still_is_told(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 102):
            merge(fake, number, number)
        hours = iter(range(1_000, 9_000))

        def move() -> None:
            for number in range(1, 102):
                fake.repository().pulls[number].updated_at = at(next(hours))

        fake.on("graphql", Fault(before=move, times=None))
        assert read().is_moving


class TestContent:
    def test_what_a_pull_request_tells(self, fake: FakeGitHub, read: Any) -> None:
        pull = merge(
            fake, 7, 48, labels=["Decision"], title="Count calls", body="Because.", merge_message="Decision: ADR-2"
        )
        pull.files = [PullFile("a.py", "added", 3, 0), PullFile("b.py", "removed", 0, 2)]
        fake.review(pull, "mara")
        fake.review(pull, "harbor-tomasz")
        fake.review(pull, "stranger", can_write=False)
        (one,) = read().merged.changes
        assert (one.sha, one.merged_at, one.body_from) == (f"{7:040x}", "2026-01-03", "description")
        change = one.change
        assert (change.title, change.body, change.labels) == ("Count calls", "Because.", ("Decision",))
        assert (change.author, change.approvers, change.created) == ("harbor-tomasz", ("mara",), "2026-01-03")
        assert change.files == (ChangedFile("a.py", "added", 3, 0), ChangedFile("b.py", "removed", 0, 2))
        assert one.message == "Because.\n\nDecision: ADR-2"

    def test_what_is_gone_is_empty(self, fake: FakeGitHub, read: Any) -> None:
        merge(fake, 7, 1, author=None, body=None, merge_sha=None, files=None)
        found = read()
        (one,) = found.merged.changes
        assert (one.sha, one.change.author, one.change.body, one.change.files) == ("", "", "", None)
        assert found.unlisted == (7,)

    def test_all_files_come_a_few_requests_for_all_pull_requests(self, fake: FakeGitHub, read: Any) -> None:
        for number, count in ((1, 100), (2, 101), (3, 300), (4, 450)):
            merge(fake, number, number, files=[PullFile(f"src/{n:04}.py") for n in range(count)])
        found = read()
        files = [[file.path for file in one.change.files or ()] for one in found.merged.changes]
        assert files == [[f"src/{n:04}.py" for n in range(count)] for count in (450, 300, 101, 100)]
        assert [one.variables.get("n1") for one in fake.requests] == [None, 3, None, None]

    def test_of_more_files_than_github_lists_the_first_are_kept(self, fake: FakeGitHub, read: Any, root: Path) -> None:
        merge(fake, 1, 1)
        read()
        cache = open_cache(root, f"github.com/{HARBOR} main")
        (kept,) = cache.pulls([1])
        many = tuple((f"src/{n}.py", "modified", 1, 0) for n in range(2_900))
        page = {"pageInfo": {"hasNextPage": True, "endCursor": "x"}, "totalCount": 3_000}
        page["nodes"] = [
            {"path": f"lib/{n}.py", "changeType": "ADDED", "additions": 1, "deletions": 0} for n in range(100)
        ]
        assert with_more_files(kept._replace(files=many, behind="c"), {"files": page, "end": page}).behind is None
        cache.close()

    @pytest.mark.parametrize(
        ("login", "association", "body", "nudge"),
        [
            ("github-actions[bot]", "NONE", f"{MARKER} -->\n### Almost there", Nudge(True)),
            (
                "github-actions[bot]",
                "NONE",
                f"{MARKER} -->\nA decision is stated. Thank you.",
                Nudge(True, answered=True),
            ),
            ("maintainer-mara", "MEMBER", f"{MARKER} -->\n### Almost there", Nudge(True)),
            ("reader-rita", "CONTRIBUTOR", f"{MARKER} -->\n### Almost there", Nudge(False)),
            ("github-actions[bot]", "NONE", "Built.", Nudge(False)),
        ],
    )
    def test_our_comment(
        self, fake: FakeGitHub, read: Any, login: str, association: str, body: str, nudge: Nudge
    ) -> None:
        fake.token("ghs_ours", "reader")
        fake.comment(merge(fake, 7, 1), login, body).association = association
        assert read().merged.changes[0].nudge == nudge

    def test_of_many_comments_nobody_knows(self, fake: FakeGitHub, read: Any) -> None:
        pull = merge(fake, 7, 1)
        for number in range(21):
            fake.comment(pull, "reader-rita", str(number))
        assert read().merged.changes[0].nudge == Nudge(None)

    def test_a_comment_that_was_deleted(self, fake: FakeGitHub, read: Any) -> None:
        robot, mara = fake.world.user("nudger[bot]"), fake.world.user("maintainer-mara")
        fake.comment(merge(fake, 1, 1), "nudger[bot]", f"{MARKER} -->\n### Almost there")
        merge(fake, 2, 2).deleted.append(DeletedComment(mara, robot))
        merge(fake, 3, 3).deleted.append(DeletedComment(mara, fake.world.user("other[bot]")))
        merge(fake, 4, 4).deleted.append(DeletedComment(robot, robot))
        nudges = [one.nudge for one in read().merged.changes]
        assert nudges == [Nudge(False), Nudge(False), Nudge(True, deleted=True), Nudge(True)]


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "kind"),
        [
            (Fault(403, PRIMARY_LIMIT), "limited"),
            (Fault(429, headers={"Retry-After": "3600"}), "limited"),
            (Fault(401), "expired"),
            (Fault(502, times=3), "unreachable"),
            (Fault(graphql=TIMED_OUT, times=3), "unreachable"),
        ],
    )
    def test_a_run_that_was_cut_short_goes_on_where_it_stopped(
        self, fake: FakeGitHub, read: Any, fault: Fault, kind: str
    ) -> None:
        for number in range(1, 351):
            merge(fake, number, number)
        fault.when = lambda _request: fake.count() >= 3
        fake.on("graphql", fault)
        with pytest.raises(GitHubError) as caught:
            read()
        assert caught.value.kind == kind
        before = fake.count()
        assert len(numbers(read())) == 350
        asked = [one.variables["first"] for one in fake.requests[before:] if one.variables["after"]]
        assert sum(asked) <= 200  # of the 150 that were not read

    def test_the_hours_points_are_used_up(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 351):
            merge(fake, number, number)
        fake.hourly_points = 12
        told: list[Progress] = []
        with pytest.raises(GitHubError, match="rate limit"):
            read(300, told)
        assert told[-1] == Progress(200, 300, at(151), 2, 12, "2026-10-05T15:20:55Z")
        fake.hourly_points = 5_000
        assert len(numbers(read(300))) == 300

    def test_one_that_did_not_come_is_told_and_asked_for_again(self, fake: FakeGitHub, read: Any) -> None:
        for number in (1, 2, 3):
            merge(fake, number, number)

        def lose(answer: Any) -> None:
            answer["data"]["repository"]["pullRequests"]["nodes"][1] = None
            answer["errors"] = [{"message": "Something went wrong", "path": ["repository", "pullRequests", "nodes", 1]}]

        fake.on("graphql", Fault(change=lose))
        found = read()
        assert (numbers(found), found.holes) == ([3, 1], 1)
        found = read()
        assert (numbers(found), found.holes) == ([3, 2, 1], 0)

    def test_a_timeout_makes_the_pages_smaller(self, fake: FakeGitHub, read: Any) -> None:
        for number in range(1, 101):
            merge(fake, number, number)
        fake.on("graphql", Fault(502))
        assert len(numbers(read())) == 100
        assert [one.variables["first"] for one in fake.requests][:3] == [100, 50, 50]


class TestCache:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ([("9", "5", "x"), ("6", "2", "y")], [("9", "2", "y")]),
            ([("9", "6", "x"), ("6", "2", "y")], [("9", "6", "x"), ("6", "2", "y")]),
            ([("9", "1", "x"), ("6", "2", "y")], [("9", "1", "x")]),
            ([("9", "1", None), ("6", "2", "y")], [("9", "1", None)]),
            ([("9", "5", "x"), ("6", "2", None)], [("9", "2", None)]),
            ([("9", "7", "x"), ("9", "5", "y")], [("9", "5", "y")]),
            ([("9", "8", "x"), ("5", "4", "y"), ("7", "3", "z")], [("9", "8", "x"), ("7", "3", "z")]),
        ],
    )
    def test_stretches_join_where_they_overlap(self, given: Any, expected: Any) -> None:
        assert joined(Reach(*one) for one in given) == [Reach(*one) for one in expected]
        assert joined(Reach(*one) for one in reversed(given)) == [Reach(*one) for one in expected]

    @pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
    def test_one_that_is_damaged_is_made_anew(self, fake: FakeGitHub, read: Any, root: Path, content: bytes) -> None:
        merge(fake, 1, 1)
        file = root / ".git/onrecord/github.sqlite"
        file.parent.mkdir()
        file.write_bytes(content)
        assert numbers(read()) == [1]
        assert read().note == ""
        assert fake.count() == 2  # the second time whether anything is new

    def test_where_nothing_can_be_written_it_is_kept_in_memory(self, fake: FakeGitHub, read: Any, root: Path) -> None:
        merge(fake, 1, 1)
        (root / ".git/onrecord").write_text("a file")
        found = read()
        assert (numbers(found), "cannot be kept" in found.note) == ([1], True)

    def test_another_run_that_does_not_let_go_loses_nothing(
        self, fake: FakeGitHub, read: Any, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("onrecord.adapters.github_coverage_cache.BUSY_S", 0)
        for number in range(1, 151):
            merge(fake, number, number)
        others = []

        def hold() -> None:
            others.append(sqlite3.connect(root / ".git/onrecord/github.sqlite", check_same_thread=False))
            others[0].execute("BEGIN IMMEDIATE")

        fake.on("graphql", Fault(before=hold, when=lambda request: request.variables.get("after") is not None))
        found = read()
        assert (len(numbers(found)), "cannot be kept" in found.note) == (150, True)
        others[0].close()
        assert (len(numbers(read())), read().note) == (150, "")

    def test_an_older_answer_replaces_no_newer_one(self, fake: FakeGitHub, read: Any, root: Path) -> None:
        merge(fake, 1, 1, 50, body="new")
        read()
        cache = open_cache(root, f"github.com/{HARBOR} main")
        (new,) = cache.pulls([1])
        cache.save([new._replace(updated=at(40), body="old")])
        assert cache.pulls([1]) == [new]
        cache.close()

    def test_two_runs_at_once_keep_what_both_read(self, root: Path) -> None:
        one, two = (open_cache(root, "x main") for _ in range(2))
        one.save([], Reach("9", "7", "a"))
        two.save([], Reach("8", "3", "b"))
        one.save([], Reach("9", "6", "c"))
        assert one.reaches() == two.reaches() == [Reach("9", "3", "b")]
        assert open_cache(root, "other main").reaches() == []


@pytest.mark.parametrize("data", ["{}", "[]", "no JSON", "null"])
def test_kept_rows_of_another_shape_are_told_and_thrown_away(
    fake: FakeGitHub, read: Callable[..., Reading], root: Path, data: str
) -> None:
    merge(fake, 1, 1)
    read()
    with sqlite3.connect(root / ".git/onrecord/github.sqlite") as connection:
        connection.execute("UPDATE pull SET data = ?", (data,))
    connection.close()
    with pytest.raises(GitHubError, match="thrown away"):
        read()
    assert numbers(read()) == [1]


def test_a_page_whose_list_is_none_is_no_fault(fake: FakeGitHub, read: Callable[..., Reading]) -> None:
    merge(fake, 1, 1)
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"]["pullRequests"].update(nodes=1.5)))
    assert numbers(read()) == []
    assert numbers(read()) == [1]
    odd = [{"number": "one", "updatedAt": at(9)}]
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["repository"]["pullRequests"].update(nodes=odd)))
    assert numbers(read()) == [1]
