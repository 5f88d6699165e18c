"""The one comment: created once, edited in place, never brought back, and never a reason to fail."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from fake_github import FakeGitHub, Fault, IssueComment, Pull
from fake_github.faults import PRIMARY_LIMIT, READ_ONLY, SECONDARY_LIMIT

from onrecord.adapters.comment import MARKER, Kept, keep_comment
from onrecord.adapters.github import GitHub
from onrecord.render import comment as rendered

Open = Callable[..., GitHub]

HARBOR = "harbor-example/harbor"
NUMBER = 231
US = "github-actions[bot]"
HEAD = f"{MARKER} -->\n"
MISSING = f"{HEAD}### The decision is not written down yet\n\nThree sentences are enough.\n"
RESOLVED = f"{HEAD}The decision is written down. Thank you.\n"


def keep(github: GitHub, body: str | None = MISSING) -> Kept:
    """Do what one run does."""
    return keep_comment(github, github.pull_request(HARBOR, NUMBER), body, RESOLVED)


def bodies(pull: Pull) -> list[str]:
    return [one.body for one in pull.comments]


@pytest.fixture
def pull(fake: FakeGitHub) -> Pull:
    return fake.pull()


# What becomes of it over time.


def test_the_life_of_a_comment(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    assert keep(github, None) == Kept("none", None)
    created = keep(github)
    assert (created.action, created.note, bodies(pull)) == ("created", "", [MISSING])
    assert created.id == pull.comments[0].id
    assert keep(github) == Kept("unchanged", created.id)
    assert keep(github, MISSING + "One more thing.\n") == Kept("updated", created.id)
    assert keep(github, None) == Kept("resolved", created.id)
    assert bodies(pull) == [RESOLVED]
    assert keep(github, None) == Kept("unchanged", created.id)
    assert keep(github) == Kept("updated", created.id)
    assert bodies(pull) == [MISSING]
    assert fake.writes() == ["issues/create-comment"] + ["issues/update-comment"] * 3


@pytest.mark.usefixtures("pull")
def test_a_quiet_pull_request_costs_one_request(fake: FakeGitHub, github: GitHub) -> None:
    keep(github, None)
    assert fake.count() == 1


def test_an_unchanged_comment_costs_one_request(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.comment(pull, US, MISSING)
    assert keep(github).action == "unchanged"
    assert fake.count() == 1


@pytest.mark.usefixtures("pull")
def test_a_new_comment_costs_three_requests(fake: FakeGitHub, github: GitHub) -> None:
    keep(github)
    assert [one.operation for one in fake.requests] == ["graphql", "issues/create-comment", "graphql"]


def test_other_line_ends_are_no_change(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.comment(pull, US, MISSING.replace("\n", "\r\n").rstrip())
    assert keep(github).action == "unchanged"


def test_ours_is_found_behind_hundreds_of_others(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    for number in range(230):
        fake.comment(pull, "reader-rita", f"{number}")
    ours = fake.comment(pull, US, "x")
    ours.body = HEAD + "Old"
    assert keep(github) == Kept("updated", ours.id)
    assert fake.count("graphql") == 3


def test_a_text_without_the_marker_gets_it(github: GitHub, pull: Pull) -> None:
    keep(github, "Three sentences are enough.")
    assert bodies(pull) == [f"{HEAD}Three sentences are enough."]
    assert keep(github, "Three sentences are enough.").action == "unchanged"


def test_the_marker_is_the_one_that_is_rendered() -> None:
    assert rendered.MARKER.startswith(MARKER)
    assert rendered.MAX_CHARACTERS <= 60_000


def test_a_text_that_github_does_not_take_is_no_failure(github: GitHub, pull: Pull) -> None:
    kept = keep(github, HEAD + "x" * 65_536)
    assert (kept.action, kept.id, bodies(pull)) == ("refused", None, [])
    assert "Validation Failed" in kept.note
    assert keep(github, HEAD + "x" * 60_000).action == "created"


# Whose it is.


@pytest.mark.parametrize(
    ("login", "body"),
    [
        ("forging-fred", MISSING),
        ("github-actions", MISSING),
        (None, MISSING),
        ("dependabot[bot]", MISSING),
        (US, f"Somebody wrote:\n{MISSING}"),
        (US, f" {MISSING}"),
        (US, MISSING.replace("v1", "v12")),
        (US, ""),
        (US, "\n"),
    ],
)
def test_what_is_not_ours_is_left_alone(
    fake: FakeGitHub, github: GitHub, pull: Pull, login: str | None, body: str
) -> None:
    other = fake.comment(pull, login, body)
    assert keep(github, None) == Kept("none", None)
    created = keep(github, MISSING + "Ours")
    assert created.action == "created"
    assert keep(github, None) == Kept("resolved", created.id)
    assert bodies(pull) == [body, RESOLVED]
    assert other in pull.comments


def test_a_person_with_a_token_of_their_own_has_their_own_comment(
    fake: FakeGitHub, github: GitHub, opened: Open, pull: Pull
) -> None:
    fake.token("ghp_person", "maintainer-mara")
    assert keep(opened(fake, "ghp_person")).action == "created"
    assert keep(github, MISSING + "Other").action == "created"
    assert keep(opened(fake, "ghp_person")).action == "unchanged"
    assert [one.author and one.author.login for one in pull.comments] == ["maintainer-mara", US]


def test_what_stands_behind_the_marker_may_change(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    ours = fake.comment(pull, US, f"{MARKER} state=anything -->\nOld")
    assert keep(github) == Kept("updated", ours.id)


# Deleted.


def test_a_comment_that_somebody_deleted_is_not_brought_back(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    keep(github)
    fake.delete_comment(pull.comments[0], by="maintainer-mara")
    before = len(fake.writes())
    kept = keep(github)
    assert (kept.action, kept.id) == ("deleted-by-maintainer", None)
    assert kept.note.endswith(".")
    assert keep(github, None) == Kept("none", None)
    assert (len(fake.writes()), bodies(pull)) == (before, [])


def test_a_comment_deleted_between_reading_and_writing_is_not_brought_back(
    fake: FakeGitHub, github: GitHub, pull: Pull
) -> None:
    ours = fake.comment(pull, US, HEAD + "Old")
    fake.on("issues/update-comment", Fault(before=lambda: fake.delete_comment(ours)))
    assert keep(github).action == "deleted-by-maintainer"
    assert keep(github).action == "deleted-by-maintainer"
    assert (fake.writes(), bodies(pull)) == (["issues/update-comment"], [])


def test_one_that_we_deleted_ourselves_does_not_count(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.delete_comment(fake.comment(pull, US, MISSING), by=US)
    assert keep(github).action == "created"


# Several at once.


def test_twenty_runs_at_once_leave_one_comment(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    together = Barrier(20)
    fake.comment(pull, "reader-rita", "Which library?")

    def run(_: int) -> Kept:
        github = opened(fake)
        read = github.pull_request(HARBOR, NUMBER)
        together.wait(timeout=30)
        return keep_comment(github, read, MISSING, RESOLVED)

    with ThreadPoolExecutor(20) as pool:
        kept = list(pool.map(run, range(20)))
    assert bodies(pull) == ["Which library?", MISSING]
    assert set(kept) == {Kept("created", pull.comments[1].id)}
    assert fake.count("issues/create-comment") == 20
    assert fake.count("issues/delete-comment") <= 19 * 2  # each its own, and the oldest's what it sees of them
    assert keep(opened(fake)).action == "unchanged"


def test_twenty_runs_at_once_on_a_pull_request_that_has_the_comment(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    ours = fake.comment(pull, US, HEAD + "Old")
    with ThreadPoolExecutor(20) as pool:
        kept = set(pool.map(lambda _: keep(opened(fake)), range(20)))
    assert kept <= {Kept("updated", ours.id), Kept("unchanged", ours.id)}
    assert bodies(pull) == [MISSING]


def test_comments_that_an_interrupted_run_left_are_taken_away(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    first, forged = fake.comment(pull, US, MISSING), fake.comment(pull, "forging-fred", MISSING)
    for _ in range(3):
        fake.comment(pull, US, MISSING)
    assert keep(github) == Kept("unchanged", first.id)
    assert pull.comments == [first, forged]
    assert keep(github, MISSING).action == "unchanged"


def test_the_later_text_stays_when_two_runs_meet(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    early, late = opened(fake), opened(fake)
    read = late.pull_request(HARBOR, NUMBER)
    created = keep(early)
    assert keep_comment(late, read, MISSING + "Later.\n", RESOLVED) == created
    assert bodies(pull) == [MISSING + "Later.\n"]


def test_one_too_many_that_is_gone_already_is_no_failure(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    early, late = opened(fake), opened(fake)
    read = late.pull_request(HARBOR, NUMBER)
    created = keep(early)
    fake.on("issues/delete-comment", Fault(before=lambda: fake.delete_comment(pull.comments[-1], by=US)))
    assert keep_comment(late, read, MISSING, RESOLVED) == created
    assert bodies(pull) == [MISSING]


# Faults.

WILL_NOT = [
    Fault(401, "Bad credentials"),
    Fault(403, READ_ONLY),
    Fault(403, PRIMARY_LIMIT),
    Fault(403, SECONDARY_LIMIT, {"Retry-After": "3600"}),
    Fault(404, "Not Found"),
    Fault(422, "Validation Failed"),
    Fault(429, SECONDARY_LIMIT),
    Fault(429, SECONDARY_LIMIT, {"Retry-After": "3600"}),
]
NOBODY_KNOWS = [Fault(500), Fault(502), Fault(503), Fault(drop=True)]
LOST = [
    Fault(500, lost=True),
    Fault(502, lost=True),
    Fault(drop=True, lost=True),
    Fault(cut=True),
    Fault(307, "Moved", lost=True),
]


def again(fault: Fault) -> Fault:
    return Fault(**vars(fault))


@pytest.mark.parametrize("fault", WILL_NOT)
def test_a_comment_that_is_refused_is_a_sentence(fake: FakeGitHub, github: GitHub, pull: Pull, fault: Fault) -> None:
    fake.on("issues/create-comment", again(fault))
    kept = keep(github)
    assert (kept.action, kept.id) == ("refused", None)
    assert kept.note.startswith("The comment was not written: ")
    assert kept.note.endswith(".")
    assert "\n" not in kept.note
    assert (fake.writes(), fake.count(), bodies(pull)) == (["issues/create-comment"], 2, [])


def test_a_token_that_may_only_read_is_told_apart(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    fake.token("ghs_fork", access="read")
    kept = keep(opened(fake, "ghs_fork"))
    assert kept.action == "refused"
    assert "pull-requests: write" in kept.note
    fake.comment(pull, US, HEAD + "Old")
    assert keep(opened(fake, "ghs_fork")).action == "refused"
    assert bodies(pull) == [HEAD + "Old"]


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_a_comment_that_did_not_arrive_is_not_sent_again(
    fake: FakeGitHub, github: GitHub, pull: Pull, fault: Fault
) -> None:
    fake.on("issues/create-comment", again(fault))
    kept = keep(github)
    assert (kept.action, kept.id) == ("refused", None)
    assert kept.note.startswith("Whether the comment was written is not known: ")
    assert (fake.writes(), fake.count("graphql"), bodies(pull)) == (["issues/create-comment"], 2, [])
    assert keep(github).action == "created"


@pytest.mark.parametrize("fault", LOST)
def test_a_comment_whose_answer_was_lost_is_found(fake: FakeGitHub, github: GitHub, pull: Pull, fault: Fault) -> None:
    fake.on("issues/create-comment", again(fault))
    kept = keep(github)
    assert kept == Kept("created", pull.comments[0].id)
    assert (fake.writes(), bodies(pull)) == (["issues/create-comment"], [MISSING])


def test_a_comment_whose_answer_takes_too_long_is_found(fake: FakeGitHub, opened: Open, pull: Pull) -> None:
    github = opened(fake, timeout=1)
    fake.on("issues/create-comment", Fault(delay_s=1.2, lost=True))
    assert keep(github) == Kept("created", pull.comments[0].id)
    assert (fake.writes(), bodies(pull)) == (["issues/create-comment"], [MISSING])


def test_a_comment_that_arrives_after_we_looked_is_found_by_the_next_run(
    fake: FakeGitHub, opened: Open, pull: Pull
) -> None:
    github = opened(fake, timeout=1)
    looked = Event()
    fake.on("issues/create-comment", Fault(before=lambda: looked.wait(30)))
    assert keep(github).action == "refused"
    looked.set()
    deadline = time.monotonic() + 30
    while not pull.comments and time.monotonic() < deadline:
        time.sleep(0.01)
    assert keep(github) == Kept("unchanged", pull.comments[0].id)
    assert fake.writes() == ["issues/create-comment"]


def test_when_looking_fails_too_nothing_is_sent_again(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.on("issues/create-comment", Fault(502, lost=True))
    fake.on("graphql", Fault(502, when=lambda _: bool(pull.comments), times=3))
    assert keep(github).action == "refused"
    assert keep(github) == Kept("unchanged", pull.comments[0].id)
    assert fake.writes() == ["issues/create-comment"]


def test_a_comment_that_arrived_counts_even_if_looking_fails(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.on("graphql", Fault(502, when=lambda _: bool(pull.comments), times=3))
    assert keep(github) == Kept("created", pull.comments[0].id)


@pytest.fixture
def old(fake: FakeGitHub, pull: Pull) -> IssueComment:
    """A comment of ours that no longer says what it should."""
    return fake.comment(pull, US, HEAD + "Old")


@pytest.mark.parametrize("fault", WILL_NOT)
def test_an_edit_that_is_refused_is_a_sentence(
    fake: FakeGitHub, github: GitHub, pull: Pull, old: IssueComment, fault: Fault
) -> None:
    fake.on("issues/update-comment", again(fault))
    kept = keep(github)
    if fault.status == 404:
        assert (kept.action, kept.id) == ("deleted-by-maintainer", None)
    else:
        assert (kept.action, kept.id) == ("refused", old.id)
        assert kept.note.startswith("The comment was not written: ")
    assert (fake.writes(), bodies(pull)) == (["issues/update-comment"], [HEAD + "Old"])


@pytest.mark.parametrize("fault", NOBODY_KNOWS + LOST[:-1])
@pytest.mark.parametrize(("body", "action"), [(MISSING, "updated"), (None, "resolved")])
def test_an_edit_is_tried_twice(
    fake: FakeGitHub, github: GitHub, pull: Pull, old: IssueComment, fault: Fault, body: str | None, action: str
) -> None:
    fake.on("issues/update-comment", again(fault))
    assert keep(github, body) == Kept(action, old.id)  # type: ignore[arg-type]
    assert (fake.writes(), bodies(pull)) == (["issues/update-comment"] * 2, [body or RESOLVED])


def test_an_edit_is_not_tried_three_times(fake: FakeGitHub, github: GitHub, pull: Pull, old: IssueComment) -> None:
    fake.on("issues/update-comment", Fault(502, times=None))
    kept = keep(github)
    assert (kept.action, kept.id, bodies(pull)) == ("refused", old.id, [HEAD + "Old"])
    assert fake.writes() == ["issues/update-comment"] * 2


@pytest.mark.parametrize("fault", [*WILL_NOT, *NOBODY_KNOWS, *LOST])
def test_one_too_many_that_cannot_be_deleted_is_left_to_the_next_run(
    fake: FakeGitHub, github: GitHub, pull: Pull, fault: Fault
) -> None:
    first = fake.comment(pull, US, MISSING)
    fake.comment(pull, US, MISSING)
    fake.on("issues/delete-comment", again(fault))
    assert keep(github) == Kept("unchanged", first.id)
    assert keep(github) == Kept("unchanged", first.id)
    assert pull.comments == [first]


def test_without_knowing_who_we_are_nothing_is_written(fake: FakeGitHub, github: GitHub, pull: Pull) -> None:
    fake.comment(pull, None, MISSING)
    read = github.pull_request(HARBOR, NUMBER)._replace(viewer="")
    kept = keep_comment(github, read, MISSING, RESOLVED)
    assert (kept.action, fake.writes()) == ("refused", [])
