"""The one upkeep issue: opened, edited in place, closed and opened again, never a second one, never a reason to fail."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fake_github import FakeGitHub, Fault, Issue
from fake_github.faults import PRIMARY_LIMIT, READ_ONLY, SECONDARY_LIMIT

from onrecord.adapters.github import GitHub
from onrecord.adapters.upkeep_issue import LABEL, MARKER, MOST_MARKS, TITLE, Kept, Upkeep, keep_issue

Open = Callable[..., GitHub]

HARBOR = "harbor-example/harbor"
US = "github-actions[bot]"
LIST, CREATE, UPDATE = "issues/list-for-repo", "issues/create", "issues/update"
HEAD = f"{MARKER} -->\n"
DONE = (
    f"{MARKER} -->\nNothing is left: no decision record needs a look now. This issue is opened again once one does.\n"
)


def left(*names: str, text: str = "", is_whole: bool = True) -> Upkeep:
    """Return what a review says when these findings are left."""
    marks = frozenset(hashlib.sha256(name.encode()).hexdigest()[:8] for name in names)
    return Upkeep(text or "".join(f"- {name}\n" for name in names) or "Nothing.\n", marks, is_whole)


TWO = left("review of 0003", "scope of 0005")
NOTHING = left()


def keep(github: GitHub, upkeep: Upkeep = TWO) -> Kept:
    """Do what one run does."""
    return keep_issue(github, HARBOR, upkeep)


@pytest.fixture
def github(fake: FakeGitHub, opened: Open) -> GitHub:
    """The fake, as a scheduled workflow's token sees it."""
    fake.repository()
    fake.token("ghs_weekly", access="none", issues="write")
    return opened(fake, "ghs_weekly")


def issues(fake: FakeGitHub) -> list[Issue]:
    return list(fake.repository().issues.values())


def operations(fake: FakeGitHub) -> list[str]:
    return [one.operation for one in fake.requests]


@pytest.fixture
def ours(fake: FakeGitHub, github: GitHub) -> Issue:
    """Our issue, as the last run left it."""
    keep(github)
    fake.requests.clear()
    return issues(fake)[0]


def close(issue: Issue) -> None:
    """Let a person close it."""
    issue.state, issue.state_reason = "closed", "completed"


# What becomes of it over time.


def test_the_life_of_an_issue(fake: FakeGitHub, github: GitHub) -> None:
    assert keep(github, NOTHING) == Kept("none", None)
    assert keep(github) == Kept("opened", 1)
    (issue,) = issues(fake)
    assert (issue.title, issue.labels) == (TITLE, [])
    assert issue.body.startswith(f"{MARKER} known=")
    assert "\n- review of 0003\n- scope of 0005\n\n<sub>There is only this one issue" in issue.body
    first = issue.body
    assert keep(github) == Kept("unchanged", 1)
    assert keep(github, left("scope of 0005")) == Kept("edited", 1)
    assert "0003" not in issue.body
    assert (issue.state, issue.events) == ("open", ["opened"]), "an edit tells nobody"
    assert keep(github, NOTHING) == Kept("closed", 1)
    assert (issue.state, issue.state_reason, issue.body) == ("closed", "completed", DONE)
    assert keep(github, NOTHING) == Kept("unchanged", 1)
    assert keep(github) == Kept("reopened", 1)
    assert (issue.state, issue.body, issue.events) == ("open", first, ["opened", "closed", "reopened"])
    assert issues(fake) == [issue]
    assert fake.writes() == [CREATE] + [UPDATE] * 3


def test_what_it_costs(fake: FakeGitHub, github: GitHub) -> None:
    for upkeep, expected in (
        (NOTHING, ["graphql", LIST]),
        (TWO, ["graphql", LIST, CREATE, LIST]),
        (TWO, ["graphql", LIST]),
        (left("scope of 0005"), ["graphql", LIST, UPDATE]),
        (NOTHING, ["graphql", LIST, UPDATE]),
    ):
        fake.requests.clear()
        keep(github, upkeep)
        assert operations(fake) == expected


def test_ours_is_found_among_hundreds_of_the_same_author(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    for number in range(1_000, 1_150):
        fake.pull(number, author=US)
    fake.issue(US, "Nightly build failed")
    assert keep(github) == Kept("unchanged", ours.number)
    assert fake.count(LIST) == 2
    assert keep(github, NOTHING).action == "closed"
    fake.requests.clear()
    assert keep(github, NOTHING).action == "unchanged"
    assert fake.count(LIST) == 1, "what was updated last comes first"


def test_other_line_ends_are_no_change(github: GitHub, ours: Issue) -> None:
    ours.body = ours.body.replace("\n", "\r\n").rstrip()
    assert keep(github).action == "unchanged"


def test_a_new_title_labels_and_a_reopened_issue_without_work_are_left_alone(
    fake: FakeGitHub, github: GitHub, ours: Issue
) -> None:
    ours.title, ours.labels = "Decisions to look at in June", ["bug"]
    keep(github, NOTHING)
    ours.state = "open"
    assert keep(github, NOTHING) == Kept("unchanged", ours.number)
    assert keep(github).action == "edited"
    assert (ours.title, ours.labels, ours.state) == ("Decisions to look at in June", ["bug"], "open")
    assert issues(fake) == [ours]


def test_the_label_is_given_only_where_it_is_there(fake: FakeGitHub, github: GitHub) -> None:
    keep(github)
    assert LABEL not in fake.repository().labels
    fake.repository("harbor-example/quay").labels.add(LABEL)
    assert keep_issue(github, "harbor-example/quay", TWO).action == "opened"
    assert fake.repository("harbor-example/quay").issues[1].labels == [LABEL]


# What a person does.


def test_one_that_a_person_closed_stays_closed_until_more_is_left(
    fake: FakeGitHub, github: GitHub, ours: Issue
) -> None:
    close(ours)
    told = ours.body
    for upkeep in (TWO, left("scope of 0005"), TWO, left("review of 0003", "scope of 0005", text="Other words.\n")):
        kept = keep(github, upkeep)
        assert (kept.action, kept.number) == ("left-closed", ours.number)
        assert "somebody closed it" in kept.note
    assert (fake.writes(), ours.body) == ([], told)
    assert keep(github, left("scope of 0005", "owner of 0008")) == Kept("reopened", ours.number)
    assert (ours.state, "owner of 0008" in ours.body) == ("open", True)


def test_one_that_a_person_closed_because_all_is_done_is_opened_for_the_same_thing_later(
    github: GitHub, ours: Issue
) -> None:
    close(ours)
    assert keep(github, NOTHING) == Kept("edited", ours.number)
    assert (ours.state, ours.body, ours.events) == ("closed", DONE, ["opened"])
    assert keep(github) == Kept("reopened", ours.number)


def test_one_that_is_closed_and_locked_stays_closed(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    close(ours)
    ours.locked = True
    kept = keep(github, left("owner of 0008"))
    assert (kept.action, "locked" in kept.note) == ("left-closed", True)
    assert keep(github, NOTHING) == Kept("unchanged", ours.number)
    assert fake.writes() == []


def test_one_that_is_locked_and_open_is_kept_up_to_date(github: GitHub, ours: Issue) -> None:
    ours.locked = True
    assert keep(github, left("owner of 0008")).action == "edited"
    assert keep(github, NOTHING).action == "closed"


def test_one_that_is_gone_is_opened_anew_once(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    fake.delete_issue(ours.number)
    assert keep(github) == Kept("opened", ours.number + 1)
    assert keep(github) == Kept("unchanged", ours.number + 1)


def test_one_that_goes_away_between_reading_and_writing_is_not_opened_in_the_same_run(
    fake: FakeGitHub, github: GitHub, ours: Issue
) -> None:
    fake.on(UPDATE, Fault(before=lambda: fake.delete_issue(ours.number)))
    kept = keep(github, left("owner of 0008"))
    assert (kept.action, kept.number, issues(fake)) == ("deleted", None, [])
    assert kept.note == f"The issue #{ours.number} is gone, so nothing was written in this run."


def test_one_that_a_person_closes_meanwhile_is_not_opened(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    fake.on(UPDATE, Fault(before=lambda: close(ours)))
    assert keep(github, left("scope of 0005")).action == "edited"
    assert (ours.state, keep(github, left("scope of 0005")).action) == ("closed", "left-closed")


# What could not be looked at.


def test_without_history_nothing_counts_as_done(github: GitHub, ours: Issue) -> None:
    part = left(text="None of 8 records needs a look. This clone is shallow.\n", is_whole=False)
    assert keep(github, part) == Kept("edited", ours.number)
    assert (ours.state, "shallow" in ours.body) == ("open", True)
    close(ours)
    assert keep(github, part).action == "unchanged"
    assert keep(github, TWO).action == "left-closed", "it knows still what was left"
    assert keep(github, left("owner of 0008", is_whole=False)).action == "reopened"
    assert keep(github, NOTHING).action == "closed"
    assert keep(github, part).action == "unchanged"
    assert ours.body == DONE


# Whose it is.


@pytest.mark.parametrize(
    ("login", "body"),
    [
        ("forging-fred", DONE),
        ("github-actions", DONE),
        (None, DONE),
        ("dependabot[bot]", DONE),
        (US, f"Somebody wrote:\n{DONE}"),
        (US, f" {DONE}"),
        (US, DONE.replace("v1", "v12")),
        (US, DONE.replace("upkeep:v1", "upkeep-spare")),
        (US, ""),
    ],
)
def test_what_is_not_ours_is_left_alone(fake: FakeGitHub, github: GitHub, login: str | None, body: str) -> None:
    other = fake.issue(login, body, title=TITLE)
    assert keep(github, NOTHING) == Kept("none", None)
    assert keep(github) == Kept("opened", other.number + 1)
    assert keep(github, NOTHING).action == "closed"
    assert (other.body, other.state, other.events) == (body, "open", ["opened"])


def test_a_list_that_holds_more_than_was_asked_for_is_not_believed(
    fake: FakeGitHub, github: GitHub, ours: Issue
) -> None:
    fake.on(LIST, Fault(change=lambda rows: rows[0]["user"].update(login="forging-fred")))
    assert keep(github, NOTHING) == Kept("none", None)
    assert (ours.state, fake.writes()) == ("open", [])


def test_a_pull_request_with_the_marker_is_no_issue(fake: FakeGitHub, github: GitHub) -> None:
    fake.pull(7, author=US, body=DONE)
    assert keep(github) == Kept("opened", 8)


def test_a_person_with_a_token_of_their_own_has_their_own_issue(fake: FakeGitHub, opened: Open, ours: Issue) -> None:
    fake.token("ghp_person", "maintainer-mara", issues="write")
    assert keep(opened(fake, "ghp_person")).action == "opened"
    assert keep(opened(fake, "ghp_person")).action == "unchanged"
    assert [one.author and one.author.login for one in issues(fake)] == [US, "maintainer-mara"]
    assert ours.state == "open"


def test_a_marker_that_somebody_broke_is_written_anew(github: GitHub, ours: Issue) -> None:
    ours.body = f"{MARKER} known=zzz -->\nSomething else\n"
    assert keep(github).action == "edited"
    close(ours)
    assert keep(github).action == "left-closed"


# What it holds.


def test_nothing_in_it_reaches_out(fake: FakeGitHub, github: GitHub) -> None:
    text = (
        "- Closes GH-12, see https://github.com/acme/quay/issues/7 and www.github.com/acme/quay/pull/8\n"
        "- [0003](https://github.com/harbor-example/harbor/blob/HEAD/docs/issues/3.md)\n"
    )
    keep(github, left("a", text=text))
    body = issues(fake)[0].body
    assert "GH-\u200b12" in body
    assert "quay/issues/\u200b7" in body
    assert "quay/pull/\u200b8" in body
    assert "(https://github.com/harbor-example/harbor/blob/HEAD/docs/issues/3.md)" in body


def test_the_longest_of_texts_fits(fake: FakeGitHub, github: GitHub) -> None:
    names = [f"finding {number}" for number in range(5_000)]
    assert keep(github, left(*names, text="- GH-1 is one\n" * 8_000)) == Kept("opened", 1)
    (issue,) = issues(fake)
    assert 60_000 < len(issue.body) < 65_536
    assert issue.body.rstrip().endswith("</sub>")
    assert "\n- GH-\u200b1 is one\n\nThe rest did not fit here.\n" in issue.body


def test_of_very_many_findings_the_state_is_still_known(github: GitHub, ours: Issue) -> None:
    names = [f"finding {number}" for number in range(5 * MOST_MARKS)]
    keep(github, left(*names))
    close(ours)
    assert keep(github, left(*names)).action == "left-closed"
    assert keep(github, left(*names[:1_000])).action == "left-closed"
    assert keep(github, left(*names, *(f"new {number}" for number in range(100)))).action == "reopened"


# Several at once.


def test_twenty_runs_at_once_leave_one_issue(fake: FakeGitHub, github: GitHub, opened: Open) -> None:
    together = Barrier(20)
    fake.on(CREATE, Fault(before=lambda: together.wait(30), times=None))
    with ThreadPoolExecutor(20) as pool:
        kept = set(pool.map(lambda _: keep(opened(fake, "ghs_weekly")), range(20)))
    assert kept == {Kept("opened", 1)}
    assert fake.count(UPDATE) <= 19 * 2  # each its own, and the oldest's what it sees of them
    first, *spare = issues(fake)
    assert (first.state, len(spare)) == ("open", 19)
    assert {one.state for one in spare} == {"closed"}
    assert {one.state_reason for one in spare} == {"not_planned"}
    assert {one.body.splitlines()[-1] for one in spare} == {"Two runs met here. This is kept in #1."}
    assert keep(github) == Kept("unchanged", 1)
    assert keep(github, NOTHING) == Kept("closed", 1)


def test_the_later_text_stays_when_two_runs_meet(fake: FakeGitHub, github: GitHub, opened: Open) -> None:
    other = opened(fake, "ghs_weekly")
    fake.on(CREATE, Fault(before=lambda: keep(other)))
    assert keep(github, left("owner of 0008")) == Kept("opened", 1)
    assert [one.state for one in issues(fake)] == ["open", "closed"]
    assert "owner of 0008" in issues(fake)[0].body


def test_those_that_an_interrupted_run_left_are_closed(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    for _ in range(2):
        fake.issue(US, ours.body)
    assert keep(github) == Kept("unchanged", ours.number)
    assert [one.state for one in issues(fake)] == ["open", "closed", "closed"]
    fake.requests.clear()
    keep(github)
    assert operations(fake) == ["graphql", LIST]


# Faults.

WILL_NOT = [
    Fault(401, "Bad credentials"),
    Fault(403, READ_ONLY),
    Fault(403, PRIMARY_LIMIT),
    Fault(403, SECONDARY_LIMIT, {"Retry-After": "3600"}),
    Fault(404, "Not Found"),
    Fault(410, "Issues has been disabled in this repository."),
    Fault(422, "Validation Failed"),
    Fault(429, SECONDARY_LIMIT),
]
NOBODY_KNOWS = [Fault(500), Fault(502), Fault(503), Fault(drop=True)]
LOST = [
    Fault(500, lost=True),
    Fault(502, lost=True),
    Fault(drop=True, lost=True),
    Fault(cut=True),
    Fault(307, "Moved", lost=True),
]


def again(fault: Fault, **changes: object) -> Fault:
    return Fault(**(vars(fault) | changes))


@pytest.mark.parametrize("fault", WILL_NOT)
def test_one_that_is_refused_is_a_sentence(fake: FakeGitHub, github: GitHub, fault: Fault) -> None:
    fake.on(CREATE, again(fault))
    kept = keep(github)
    assert (kept.action, kept.number, issues(fake)) == ("refused", None, [])
    assert kept.note.startswith("The issue was not written: ")
    assert kept.note.endswith(".")
    assert operations(fake) == ["graphql", LIST, CREATE]


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_one_that_did_not_arrive_is_not_sent_again(fake: FakeGitHub, github: GitHub, fault: Fault) -> None:
    fake.on(CREATE, again(fault))
    kept = keep(github)
    assert (kept.action, kept.number) == ("refused", None)
    assert kept.note.startswith("Whether the issue was opened is not known: ")
    assert (fake.writes(), issues(fake)) == ([CREATE], [])
    assert keep(github).action == "opened"


@pytest.mark.parametrize("fault", LOST)
def test_one_whose_answer_was_lost_is_found(fake: FakeGitHub, github: GitHub, fault: Fault) -> None:
    fake.on(CREATE, again(fault))
    assert keep(github) == Kept("opened", 1)
    assert (fake.writes(), len(issues(fake))) == ([CREATE], 1)


@pytest.mark.usefixtures("github")
def test_one_whose_answer_takes_too_long_is_found(fake: FakeGitHub, opened: Open) -> None:
    fake.on(CREATE, Fault(delay_s=1.2, lost=True))
    assert keep(opened(fake, "ghs_weekly", timeout=1)) == Kept("opened", 1)
    assert (fake.writes(), len(issues(fake))) == ([CREATE], 1)


def test_when_looking_fails_too_nothing_is_sent_again(fake: FakeGitHub, github: GitHub) -> None:
    fake.on(CREATE, Fault(502, lost=True))
    fake.on(LIST, Fault(502, when=lambda _: bool(issues(fake)), times=3))
    assert keep(github).action == "refused"
    assert keep(github) == Kept("unchanged", 1)
    assert fake.writes() == [CREATE]


def test_one_that_arrived_counts_even_if_looking_fails(fake: FakeGitHub, github: GitHub) -> None:
    fake.on(LIST, Fault(502, when=lambda _: bool(issues(fake)), times=3))
    assert keep(github) == Kept("opened", 1)


@pytest.mark.parametrize("upkeep", [left("owner of 0008"), NOTHING])
@pytest.mark.parametrize("fault", WILL_NOT)
def test_a_change_that_is_refused_is_a_sentence(
    fake: FakeGitHub, github: GitHub, ours: Issue, fault: Fault, upkeep: Upkeep
) -> None:
    fake.on(UPDATE, again(fault))
    kept = keep(github, upkeep)
    if fault.status in (404, 410):
        assert (kept.action, kept.number) == ("deleted", None)
    else:
        assert (kept.action, kept.number) == ("refused", ours.number)
        assert kept.note.startswith("The issue was not written: ")
    assert (fake.writes(), issues(fake), ours.state) == ([UPDATE], [ours], "open")


@pytest.mark.parametrize(("upkeep", "action"), [(left("owner of 0008"), "edited"), (NOTHING, "closed")])
@pytest.mark.parametrize("fault", [*NOBODY_KNOWS, *LOST])
def test_a_change_that_nobody_knows_of_is_made_twice(
    fake: FakeGitHub, github: GitHub, ours: Issue, fault: Fault, upkeep: Upkeep, action: str
) -> None:
    fake.on(UPDATE, again(fault))
    assert keep(github, upkeep) == Kept(action, ours.number)  # type: ignore[arg-type]
    assert fake.writes()[:1] == [UPDATE]
    assert len(fake.writes()) <= 2
    assert ours.events == ["opened", "closed"][: 2 if action == "closed" else 1]
    assert keep(github, upkeep).action == "unchanged"


def test_a_change_is_not_tried_three_times(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    fake.on(UPDATE, Fault(502, times=None))
    assert keep(github, NOTHING).action == "refused"
    assert (fake.writes(), ours.state) == ([UPDATE] * 2, "open")


@pytest.mark.parametrize("operation", ["graphql", LIST])
@pytest.mark.parametrize("fault", [*WILL_NOT, *NOBODY_KNOWS, Fault(cut=True)])
def test_what_cannot_be_read_is_not_written(
    fake: FakeGitHub, github: GitHub, ours: Issue, operation: str, fault: Fault
) -> None:
    fake.on(operation, again(fault, times=None))
    kept = keep(github, NOTHING)
    assert (kept.action, kept.number, fake.writes()) == ("refused", None, [])
    assert kept.note.startswith("The issue was not written: ")
    assert ours.state == "open"


@pytest.mark.parametrize("operation", ["graphql", LIST])
@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_reading_is_tried_again(fake: FakeGitHub, github: GitHub, ours: Issue, operation: str, fault: Fault) -> None:
    fake.on(operation, again(fault, times=2))
    assert keep(github) == Kept("unchanged", ours.number)


@pytest.mark.parametrize("fault", [*WILL_NOT, *NOBODY_KNOWS, *LOST])
def test_one_too_many_that_cannot_be_closed_is_left_to_the_next_run(
    fake: FakeGitHub, github: GitHub, ours: Issue, fault: Fault
) -> None:
    spare = fake.issue(US, ours.body)
    fake.on(UPDATE, again(fault))
    assert keep(github) == Kept("unchanged", ours.number)
    assert keep(github) == Kept("unchanged", ours.number)
    assert (ours.state, spare.state) == ("open", "closed")


@pytest.mark.parametrize("access", ["none", "read"])
def test_without_the_permission_there_is_a_sentence(fake: FakeGitHub, opened: Open, access: str) -> None:
    fake.repository()
    fake.token("ghs_poor", access="none", issues=access)
    kept = keep(opened(fake, "ghs_poor"))
    assert (kept.action, issues(fake)) == ("refused", [])
    assert "issues: write" in kept.note


def test_where_issues_are_switched_off_there_is_a_sentence(fake: FakeGitHub, github: GitHub) -> None:
    fake.repository().has_issues = False
    kept = keep(github)
    assert kept == Kept("refused", None, "Issues are switched off in this repository, so there is the summary only.")
    assert operations(fake) == ["graphql"]


def test_without_knowing_who_we_are_nothing_is_written(fake: FakeGitHub, github: GitHub, ours: Issue) -> None:
    fake.on("graphql", Fault(change=lambda answer: answer["data"]["viewer"].update(login="")))
    assert keep(github, NOTHING).action == "refused"
    assert (fake.writes(), ours.state) == ([], "open")
