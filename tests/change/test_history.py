"""Merged pull requests from the messages of commits."""

import time
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.change import ChangedFile
from onrecord.change.history import Commit, MergedChange, login_of, pull_numbers, read_commit, unwrap

FILES = (ChangedFile("src/a.py"),)


def read_all(
    message: str, parents: int = 1, author: str = "Ann Example", email: str = "ann@example.org"
) -> list[MergedChange]:
    return read_commit(Commit("c0ffee", ("p",) * parents, "2026-03-01", author, email, message), FILES)


def read(message: str, parents: int = 1, **who: str) -> MergedChange:
    (one,) = read_all(message, parents, **who)
    return one


class TestSubjects:
    @pytest.mark.parametrize(
        ("message", "number", "title", "shape"),
        [
            ("Count calls per shop (#12)\n\nBecause of limits.\n", 12, "Count calls per shop", "squash"),
            ("Back-port: count calls (#12) (#15)", 15, "Back-port: count calls (#12)", "squash"),
            ('Revert "Count calls (#12)" (#15)', 15, 'Revert "Count calls (#12)"', "squash"),
            ("Cut short by hand (#12", 12, "Cut short by hand", "squash"),
            ("Merge pull request #12 from ann/side\n\nCount calls\n", 12, "Count calls", "merge"),
            ("Merge pull request #12 from ann/side\r\n\r\nCount calls\r\n", 12, "Count calls", "merge"),
            ("Merge pull request #12 from ann/side", 12, "Merge pull request #12 from ann/side", "merge"),
            ("Merge pull request #12, count calls", 12, "count calls", "merge"),
            ("Merge pull request #12 [bot] autoupdate", 12, "[bot] autoupdate", "merge"),
            ("Auto merge of #12 - ann:side, r=bo\n\nCount calls\n", 12, "Count calls", "bors"),
            ("auto merge of #12 : ann/shop/side, r=bo\n\nCount calls\n", 12, "Count calls", "bors"),
            ("Merge #12\n\n12: Count calls r=bo a=ann\n\nBecause.\n", 12, "Count calls", "bors-ng"),
            ("Merge acme/shop#12: Count calls\n\nabc1234 Count (Ann)\n", 12, "Count calls", "named-merge"),
            ("Merge #12: Count calls", 12, "Count calls", "named-merge"),
        ],
    )
    def test_every_shape(self, message: str, number: int, title: str, shape: str) -> None:
        one = read(message)
        assert (one.change.number, one.change.title, one.shape) == (number, title, shape)
        assert pull_numbers(message) == [number]
        assert one.change.files == FILES
        assert (one.sha, one.merged_at, one.message) == ("c0ffee", "2026-03-01", message)

    @pytest.mark.parametrize(
        "message",
        [
            "Count calls",
            "Fix #12",
            'Revert "Count calls (#12)"',
            "Count calls (acme/other#12)",
            "Merge pull request acme/other#12 from ann/side",
            "Merge branch 'main' into side",
            "Merge commit from fork",
            "Merge #12\n\nNothing that robots write",
            "Count calls\n\nSecond line (#12)",
            "",
            "\n\n",
        ],
    )
    def test_a_direct_push_is_none(self, message: str) -> None:
        assert read_all(message) == []
        assert pull_numbers(message) == []

    def test_a_merge_commit_with_the_title_in_its_subject(self) -> None:
        assert read("Count calls (#12)\n\nBecause of limits.\n", parents=2).shape == "merge"

    def test_a_title_that_github_cut(self) -> None:
        one = read(
            "Count the calls of every shop in a store that all proces… (#12)\n\n…ses share (#9)\n\nBecause of limits."
        )
        assert one.change.title == "Count the calls of every shop in a store that all processes share"
        assert one.change.body == "Because of limits."

    def test_a_batch_is_several_and_nobody_knows_whose_the_files_are(self) -> None:
        one, two = read_all(
            "Merge #12 #14\n\n12: Count r=bo a=ann\n\nOne.\n\n13: no head of this batch\n\n14: Drop r=kim a=robin\n\nTwo.\n"
        )
        assert [(o.change.number, o.change.title, o.change.author, o.change.files) for o in (one, two)] == [
            (12, "Count", "ann", None),
            (14, "Drop", "robin", None),
        ]
        assert "13: no head" in one.change.body
        assert two.change.body == "Two."


class TestPeople:
    @pytest.mark.parametrize(
        ("name", "email", "login"),
        [
            ("Ann Example", "7+ann@users.noreply.github.com", "ann"),
            ("Ann Example", "ann@users.noreply.github.com", "ann"),
            ("dependabot[bot]", "49+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"),
            ("Ann Example", "7+ann@users.noreply.github.example.org", "ann"),
            ("Ann Example", "ann@example.org", "Ann Example"),
            ("Ann Example", "ann@users.noreply.github.com@example.org", "Ann Example"),
            (" Ann ", "", "Ann"),
        ],
    )
    def test_a_login_from_the_address(self, name: str, email: str, login: str) -> None:
        assert login_of(name, email) == login

    def test_a_robot(self) -> None:
        assert read("Bump (#1)", email="49+renovate[bot]@users.noreply.github.com").change.is_bot
        assert not read("Bump (#1)").change.is_bot

    def test_who_merged_is_not_who_wrote(self) -> None:
        change = read("Auto merge of #12 - ann:side, r=bo,kim\n\nCount calls\n", author="bors").change
        assert (change.author, change.approvers) == ("ann", ("bo", "kim"))

    def test_without_a_name_nobody_approved(self) -> None:
        assert read("Auto merge of #12 - ann:side\n\nCount calls\n", author="bors").change.approvers == ()

    def test_nobody_approves_their_own(self) -> None:
        assert read("Auto merge of #12 - ann:side, r=ann\n\nCount calls\n").change.approvers == ()
        assert read("Auto merge of #12 - ann:side, r=me\n\nCount calls\n").change.approvers == ()

    def test_trailers_tell_people_and_are_no_prose(self) -> None:
        one = read(
            "Count calls (#12)\n\nBecause of limits.\n\n---------\n\n"
            "Co-authored-by: Robin Roe <9+robin@users.noreply.github.com>\n"
            "Reviewed-by: Kim Doe <kim@example.org>\nReviewed By: bo, @mara\nAcked-by: Kim Doe <kim@example.org>\n"
            "Signed-off-by: Ann Example <ann@example.org>\n"
        )
        assert one.change.body == "Because of limits."
        assert one.change.approvers == ("Kim Doe", "bo", "mara")
        assert one.co_authors == ("robin",)

    def test_acknowledgements_on_lines_of_their_own(self) -> None:
        assert read("Count calls (#12)\n\nBecause.\n\nACK kim\nutACK @bo\nACK c0ffee1\n").change.approvers == ()
        assert read("Count calls (#12)\n\nBecause.\n\nACK kim\nutACK @bo\n").change.approvers == ("kim", "bo")

    def test_acknowledgements_below_a_named_merge(self) -> None:
        change = read(
            "Merge acme/shop#12: Count calls\n\nc0ffee1 Count (Ann)\n\nPull request description:\n\n"
            "  Because of **limits**:\n\n  - one\n\nACKs for top commit:\n  bo:\n    ACK c0ffee1\n"
            "  kim:\n    Concept ACK\n  robin:\n    NACK, too slow\n  mara:\n    Code-review ACK c0ffee1.\n\nTree-SHA512: 00ff\n",
            parents=2,
        ).change
        assert change.approvers == ("bo", "mara")
        assert change.body == "Because of **limits**:\n\n- one"

    def test_a_decision_in_a_trailer_stays(self) -> None:
        assert read("Count calls (#12)\n\nBecause of limits.\n\nDecision: ADR-12\n").change.body.endswith(
            "Decision: ADR-12"
        )


class TestBodies:
    @pytest.mark.parametrize(
        ("text", "body", "body_from"),
        [
            ("", "", "none"),
            ("Signed-off-by: Ann <ann@example.org>", "", "none"),
            ("* Count calls\n\n* Fix the test\n\nIt was red.\n\n* Tidy up", "", "commits"),
            ("* Count calls\r\n\r\n* Fix the test", "", "commits"),
            ("* counts calls\n* drops the old counter", "* counts calls\n* drops the old counter", "description"),
            ("* counts calls", "* counts calls", "description"),
            ("Counts calls.\n\n* one\n\n* two", "Counts calls.\n\n* one\n\n* two", "description"),
        ],
    )
    def test_of_a_squash(self, text: str, body: str, body_from: str) -> None:
        one = read(f"Count calls (#12)\n\n{text}\n")
        assert (one.change.body, one.body_from) == (body, body_from)

    def test_a_named_merge_without_description_lists_commits(self) -> None:
        one = read("Merge acme/shop#12: Count calls\n\nc0ffee1 Count (Ann)\n", parents=2)
        assert (one.change.body, one.body_from) == ("", "commits")
        bare = read("Merge acme/shop#12: Count calls\n", parents=2)
        assert (bare.change.body, bare.body_from) == ("", "none")

    def test_of_a_named_merge(self) -> None:
        text = "Pull request description:\n\n  Because.\n\nTree-SHA512: 00ff\n"
        one = read(f"Merge acme/shop#12: Count calls\n\nc0ffee1 Count (Ann)\n\n{text}", parents=2)
        assert (one.change.body, one.body_from) == ("Because.", "description")

    def test_only_squash_messages_are_unwrapped(self) -> None:
        text = "Sessions are counted per process, so that a shop with several of them\ncan call twice as often as it should."
        assert "\n" not in read(f"Count calls (#12)\n\n{text}\n").change.body
        assert read(f"Auto merge of #12 - ann:side, r=bo\n\nCount calls\n\n{text}\n").change.body == text


def wrap(text: str) -> str:
    """Break lines as GitHub does in a squash message."""
    return "\n".join(fill(line, 72, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))


class TestUnwrap:
    @pytest.mark.parametrize(
        "plain",
        [
            "Sessions are counted per process, so that a shop with several of them can call twice as often.",
            "## Why the calls of a shop are counted in one place, and not in each one of its processes",
            "- [x] I have read the guidelines for contributions, which are long, and agree to all of them\n- [ ] Not yet",
            "See [the notes](https://example.org/a-rather-long-address/of-a-page/that-does-not-fit.html).",
            "| Redis | keeps its data over restarts, and is known to everybody in our team | yes |\n| None | no |",
            "| Redis | keeps its data over restarts, and is known to everybody in one | yes, it is |\n| None | no |",
            "> Sessions are counted per process, so that a shop with several of these can call twice as often.",
            "1. Sessions are counted per process, so that a shop with several of them can call twice.\n2. They are not.",
        ],
        ids=["prose", "heading", "checklist", "link", "row", "cell", "quote", "numbered"],
    )
    def test_what_github_broke_is_joined(self, plain: str) -> None:
        assert wrap(plain) != plain
        assert unwrap(wrap(plain)) == plain

    @pytest.mark.parametrize("before", ["", " "])
    def test_a_whole_row_ends_where_it_ends(self, before: str) -> None:
        text = f"{before}| Redis | keeps its data over restarts, and is known to all in the team |\n| None | no |"
        assert unwrap(text) == text

    @pytest.mark.parametrize(
        "after",
        ("- item", "* item", "+ item", "1. item", "2) item", "## Heading", "> quote", "| row |", "```", "~~~", "", "---",
         "===", "<details>", "</details>", "<!-- note -->", "-->", "Owner: Kim", "**Owner:** Kim",
         "Instead of: sticky sessions"),
    )  # fmt: skip
    def test_what_starts_a_block_is_not(self, after: str) -> None:
        line = "Decision: Keep the counters in one store that all processes share, now"
        text = f"{line}{'n' * (72 - len(line))}\n{after}"
        assert unwrap(text) == text

    def test_nor_a_line_that_had_room(self) -> None:
        for line in ("Counts calls.", "Counts calls in one place, so that all processes of a shop share it."):
            assert unwrap(f"{line}\nIt is.") == f"{line}\nIt is."

    def test_nor_one_longer_than_github_leaves(self) -> None:
        text = f"{'word ' * 20}\nFixed by hand."
        assert unwrap(text) == text

    def test_code_stays_as_it_is(self) -> None:
        line = "x" * 40 + " " + "y" * 31
        assert unwrap(f"```\n{line}\n{line}\n```\n{line}\n{line}") == f"```\n{line}\n{line}\n```\n{line} {line}"

    @given(st.text(st.sampled_from("ab .,-*#>|`~<1.\n"), max_size=300))
    def test_nothing_is_lost(self, text: str) -> None:
        assert unwrap(text).split() == text.split()

    @given(st.lists(st.text("abcdefgh", min_size=1, max_size=90), min_size=1, max_size=60))
    def test_a_paragraph_comes_back_whole(self, words: list[str]) -> None:
        assert unwrap(wrap(" ".join(words))) == " ".join(words)


class TestAnyText:
    @given(st.text(max_size=400))
    def test_it_never_raises(self, message: str) -> None:
        assert [one.change.number for one in read_all(message)] == pull_numbers(message)

    @pytest.mark.parametrize(
        "message",
        [
            f"{'a ' * 40_000}b",
            f"{' ' * 60_000}(#1",
            f"x (#1)\n\n{'Co-' * 30_000}",
            f"Auto merge of #1 - {'a' * 60_000},,",
            f"Merge #1\n\n1: {' r=a a=b' * 9_000}x",
            f"Merge a/b#1: t\n\nACKs for x:\n{' a:' * 30_000}",
            f"x (#1)\n\n{'- ' * 40_000}",
            f"x (#1)\n\n{'1. ' * 30_000}",
            f"x (#1)\n\n{'[x] ' * 20_000}",
            f"x (#1)\n\n{'A b: ' * 20_000}",
            "x (#1)\n\n" + f"{'-' * 50_000} \n" * 2,
        ],
    )
    def test_it_is_linear(self, message: str) -> None:
        start = time.process_time()
        read_all(message)
        assert time.process_time() - start < 1
