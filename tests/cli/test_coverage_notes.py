"""What `onrecord coverage` says of what it could not see, before the numbers where these would be misread without it."""

from typing import Any

import pytest
from test_coverage_verb import BODY, HOME, RECORD, Merges, report

ACCEPTED = RECORD.format(status="accepted")


@pytest.fixture
def merge(repo: Any) -> Merges:
    repo.write("onrecord.yml", "pull-requests: {paths: ['api/**']}\n")
    return Merges(repo)


class TestBranchesMergedIntoOthers:
    def test_what_came_in_through_another_branch_is_told_first(self, repo, run, merge) -> None:
        merge("Start", **{"api/calls.py": "1\n", HOME: ACCEPTED})
        for release in (1, 2, 3):
            repo.git("checkout", "-qB", "next")
            merge(f"Count here (#{10 * release})")
            merge(f"Count there (#{10 * release + 1})")
            repo.git("checkout", "-q", "main")
            title = f"Merge pull request #{10 * release + 5} from shop/next\n\nVersion 1.{release}.0"
            repo.git("merge", "-q", "--no-ff", "next", "-m", title)
        out = run("coverage").out
        told = out.split("\n\n")[1].replace("\n", " ")
        assert told.startswith("About 6 pull requests came in through 3 of these (merged into another branch first)")
        assert "check out the branch they were merged into, for example “next”" in told
        assert report(run)["notes"][0] == told
        repo.git("checkout", "-q", "next")
        assert "came in through" not in run("coverage").out

    def test_a_stack_of_two_is_not(self, repo, run, merge) -> None:
        merge("Start", **{HOME: ACCEPTED})
        repo.git("checkout", "-qb", "work")
        merge("Count here (#1)")
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "work", "-m", "Merge pull request #2 from ann/work\n\nCount")
        assert "came in through" not in run("coverage").out


class TestTheWorkingTree:
    def test_records_that_were_deleted_in_it_are_told_first(self, repo, run, merge) -> None:
        other = "docs/adr/0002-keep-calls.md"
        merge(f"Count calls (#1)\n\n{BODY}", **{HOME: ACCEPTED, other: ACCEPTED})
        (repo.folder / HOME).unlink()
        told = f"1 record of this commit is not in the working tree, and was not counted: {HOME}."
        assert report(run)["notes"][0] == told
        assert run("coverage").out.split("\n\n")[1].replace("\n", " ") == told
        assert told.split(": ")[0] in run("coverage", "--output-format", "markdown").out.splitlines()[2]
        assert told.split(": ")[0] in run("coverage", "--output-format", "html").out

    def test_none_left_is_refused(self, repo, run, merge) -> None:
        merge(f"Count calls (#1)\n\n{BODY}", **{HOME: ACCEPTED})
        (repo.folder / HOME).unlink()
        outcome = run("coverage")
        assert (outcome.code, outcome.out) == (3, "")
        assert f"the commit holds 1 record ({HOME}), and the working tree none of them" in outcome.err
        repo.git("rm", "-q", HOME)
        merge("Tidy (#2)", **{"src/a.py": "1\n"})  # without any in the commit either, it is an ordinary report
        assert run("coverage").code == 0

    def test_one_that_was_edited_is_told(self, repo, run, merge) -> None:
        merge(f"Count calls (#1)\n\n{BODY}", **{HOME: ACCEPTED})
        repo.write(HOME, f"{ACCEPTED}\nMore.\n")
        assert "1 record differs from the last commit, and was read as it is now" in run("coverage").out.replace(
            "\n", " "
        )


class TestAnEmptyWindow:
    def test_it_says_when_something_was_merged_last(self, run, merge) -> None:
        merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": "1\n" * 60, HOME: ACCEPTED})
        out = run("coverage", "--since", "2026-02-01").out
        assert "No pull request was merged in this window; the last one was #1 on 2026-01-01." in out
        assert "day one" not in out
        assert "was asked for a decision, so there is no share" not in out

    def test_a_history_without_pull_requests(self, run, merge) -> None:
        merge("Start", **{HOME: ACCEPTED})
        assert "No commit of this history names a merged pull request" in run("coverage").out


def test_globs_that_match_nothing_are_told(repo, run, merge) -> None:
    repo.write(
        "onrecord.yml", "pull-requests: {paths: ['api/**', 'apis/**']}\ncoverage: {exempt: ['samples/**', 'x/**']}\n"
    )
    merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": "1\n", HOME: ACCEPTED})
    notes = report(run)["notes"]
    assert "pull-requests: paths: “apis/**” matches no file of this commit." in notes
    assert "coverage: exempt: “samples/**”, “x/**” match no file of this commit." in notes
