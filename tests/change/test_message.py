"""A commit message, read as a description is: without what git drops, with its trailers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.change import Change, Triggers, judge_change
from onrecord.change.message import SCISSORS, comment_prefix, hint_place, read_message
from onrecord.record.vocabulary import shipped

STATUS = """\
# Please enter the commit message for your changes. Lines starting
# with '#' will be ignored, and an empty message aborts the commit.
#
# On branch main
#
"""
DIFF = f"""\
#{SCISSORS}
# Do not modify or remove the line above.
# Everything below it will be ignored.
diff --git a/a.md b/a.md
+Decision: this is only in the diff
"""


class TestWhatIsRead:
    def test_title_and_body(self) -> None:
        message = read_message("\n\nCount calls\n\nThe gateway counts.\n\nIn Redis.\n\n")
        assert message == ("Count calls", "The gateway counts.\n\nIn Redis.", "written")

    @pytest.mark.parametrize("text", ["", "\n \n", "# only\n# comments\n", STATUS, f"\n{STATUS}{DIFF}"])
    def test_nothing(self, text: str) -> None:
        assert read_message(text) == ("", "", "written")

    def test_comments_are_dropped(self) -> None:
        message = read_message("Count calls\n# a comment\n\n#one\nThe gateway counts. # stays\n # stays\n" + STATUS)
        assert message.body == "The gateway counts. # stays\n # stays"

    def test_with_another_comment_character(self) -> None:
        message = read_message("# Count calls\n\n; a comment\n## Decision\n\nUse Redis.\n", ";")
        assert message[:2] == ("# Count calls", "## Decision\n\nUse Redis.")

    def test_with_a_longer_comment_prefix(self) -> None:
        assert read_message("Count calls\n\n// a comment\n/ stays\n", "//").body == "/ stays"

    def test_comments_stay_where_git_keeps_them(self) -> None:
        assert read_message("Count calls\n\n## Decision\n\nUse Redis.\n", None).body == "## Decision\n\nUse Redis."

    @pytest.mark.parametrize("comment", ["#", None])
    def test_nothing_below_the_scissors(self, comment: str | None) -> None:
        assert read_message(f"Count calls\n\nIn Redis.\n{DIFF}", comment).body == "In Redis."

    def test_scissors_inside_a_line_cut_nothing(self) -> None:
        assert read_message(f"Count calls\n\nSee “#{SCISSORS}” in git.\nIn Redis.\n").body.endswith("In Redis.")

    def test_windows_line_ends(self) -> None:
        text = f"Count calls\n\n# no\nDecision: Use Redis\n{DIFF}".replace("\n", "\r\n")
        assert read_message(text) == ("Count calls", "Decision: Use Redis", "written")

    def test_a_squashed_branch_is_read_as_its_messages(self) -> None:
        text = "Squashed commit of the following:\n\ncommit 1f\nAuthor: Ann\n\n    Count calls\n\n    No-decision: because it is small\n"
        assert read_message(text).body.endswith("\nCount calls\n\nNo decision: because it is small")

    def test_a_squashed_branch_with_a_revert_in_it_is_no_revert(self) -> None:
        text = 'Squashed commit of the following:\n\n    Revert "x"\n    \n    This reverts commit 0123456789.\n'
        assert read_message(text).kind == "written"

    @given(st.text(alphabet=st.sampled_from("# ;:\n\r\tab-/>8\x1b\u2028é") | st.characters()))
    def test_any_text_can_be_read(self, text: str) -> None:
        message = read_message(text, comment_prefix(text, "auto"))
        assert "\n" not in message.title


class TestTrailers:
    def test_those_about_a_decision_are_spelled_out(self) -> None:
        message = read_message("Use Redis\n\nDecision: Redis\nInstead-of: a file\ndecided-by: Ann\nOwner : Bo\n")
        assert message.body.split("\n") == ["Decision: Redis", "Instead of: a file", "Decided by: Ann", "Owner: Bo"]

    def test_signatures_are_dropped(self) -> None:
        message = read_message(
            "Use Redis\n\nSoon.\n\nNo-decision: small\nSigned-off-by: Ann <ann@example.org>\nChange-Id: I0123\n"
        )
        assert message.body == "Soon.\n\nNo decision: small"

    def test_other_lines_with_a_colon_stay(self) -> None:
        assert read_message("Use Redis\n\nFixes: #12\nTrade-off: speed\n").body == "Fixes: #12\nTrade-off: speed"

    def test_a_title_that_is_one_counts(self) -> None:
        message = read_message("No-decision: because it is small\n")
        assert message[:2] == ("No-decision: because it is small", "No decision: because it is small")


class TestTheJudgement:
    """Read like this, messages are understood by the judgement of pull requests."""

    @pytest.mark.parametrize(
        ("trailers", "covered"),
        [
            ("Decision: Keep the counters in Redis\nInstead-of: sticky sessions\nOwner: Mara Lindqvist", True),
            ("Decision: Keep the counters in Redis\nAlternatives: sticky sessions\nDecided-by: Mara Lindqvist", True),
            ("Decision: Keep the counters\n  in Redis\nInstead-of: sticky\n  sessions\nOwner: Mara Lindqvist", True),
            ("Decision: Keep the counters in Redis\nOwner: Mara Lindqvist", False),
        ],
    )
    @pytest.mark.parametrize("lead", ["The gateway counts.\n\n", "The gateway counts.\n", ""])
    def test_decision(self, lead: str, trailers: str, covered: bool) -> None:
        facts = self.judge(f"{lead}{trailers}\nSigned-off-by: Ann Example <ann@example.org>")
        assert facts["decision"]["text"].split() == ["Keep", "the", "counters", "in", "Redis"]
        assert facts["owner"] == {"name": "Mara Lindqvist", "source": "explicit"}
        assert facts["covered"] is covered

    def test_a_signature_is_no_owner(self) -> None:
        assert self.judge("Signed-off-by: Mara Lindqvist <m@example.org>")["owner"]["source"] == "author"

    @pytest.mark.parametrize("value", ["ADR-12", "docs/adr/0012-use-redis.md"])
    def test_a_record(self, value: str) -> None:
        assert self.judge(f"Decision: {value}")["covered"] is True

    @pytest.mark.parametrize("line", ["No-decision: because it is small", "No decision here, because it is small."])
    def test_a_waiver(self, line: str) -> None:
        assert self.judge(f"The gateway counts.\n{line}\nSigned-off-by: Ann <a@example.org>")["waived"] == "it is small"

    @staticmethod
    def judge(body: str) -> dict:
        message = read_message(f"Count calls per shop\n\n{body}\n")
        return judge_change(Change(message.title, message.body, "ann"), Triggers(), shipped()).facts


class TestKind:
    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("fixup! Count calls", "fixup"),
            ("squash! Count calls", "fixup"),
            ("amend! Count calls", "fixup"),
            ("Merge branch 'main' into topic", "merge"),
            ("Merge remote-tracking branch 'origin/main'", "merge"),
            ("Merge branches 'a' and 'b'", "merge"),
            ("Merge tag 'v1.0'", "merge"),
            ("Merge pull request #7 from acme/topic", "merge"),
            ('Revert "Count calls"', "revert"),
            ('Reapply "Count calls"', "revert"),
            ("revert: count calls", "revert"),
            ("revert(api)!: count calls", "revert"),
            ("Merge the two queues", "written"),
            ("Revert to Redis", "written"),
            ("fixup the counters", "written"),
        ],
    )
    def test_by_the_title(self, title: str, kind: str) -> None:
        assert read_message(f"{title}\n\nText.\n").kind == kind

    def test_a_revert_under_a_title_of_its_own(self) -> None:
        text = "Go back to one queue\n\nThis reverts commit 0123456789abcdef.\n"
        assert read_message(text).kind == "revert"


class TestCommentPrefix:
    @pytest.mark.parametrize("configured", ["#", ";", "//"])
    def test_as_configured(self, configured: str) -> None:
        assert comment_prefix(STATUS.replace("#", "%"), configured) == configured

    @pytest.mark.parametrize("character", "#;%|")
    def test_auto_is_seen_in_git_s_own_lines(self, character: str) -> None:
        text = "# Title\n\n" + STATUS.replace("#", character)
        assert comment_prefix(text, "auto") == character
        assert comment_prefix(text + DIFF.replace("#", character), "auto") == character

    @pytest.mark.parametrize("text", ["", "Title", "Title\n\n@ann did it\n", "* one\n* two\n"])
    def test_auto_without_any_is_the_usual_one(self, text: str) -> None:
        assert comment_prefix(text, "auto") == "#"


class TestHintPlace:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("\n", STATUS),
            ("\n", STATUS + DIFF),
            ("# of the template\n\nTitle\n\n", STATUS),
            ("Title\n\n", STATUS + "\n\n"),
            ("\n", STATUS.rstrip("\n")),
            ("", STATUS),
            ("Title\n", ""),
            ("\n", ""),
            ("", ""),
            (f"\n#{SCISSORS}\n# Do not modify.\n# Is ignored.\n", "#\n# On branch main\n"),
            (f"\n#{SCISSORS}\n# Do not modify.\n# Is ignored.\n", "diff --git a/a b/a\n"),
            (f"\n#{SCISSORS}\n", "diff --git a/a b/a\n"),
            (f"\n#{SCISSORS}", ""),
        ],
    )
    def test_before_what_git_added(self, before: str, after: str) -> None:
        assert hint_place(before + after, "#") == len(before)

    @given(st.lists(st.sampled_from(("Title", "", " ", "# c", "#", f"#{SCISSORS}", "Decision: x", "\r", "+\r"))))
    def test_comments_added_there_change_no_message(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        place = hint_place(text, "#")
        before, after = text[:place], text[place:]
        added = before + ("" if before.endswith("\n") else "\n") + "# a hint\n#\n" + after
        assert read_message(added) == read_message(text)

    def test_with_another_comment_character(self) -> None:
        text = "# A title\n\n" + STATUS.replace("#", ";")
        assert hint_place(text, ";") == len("# A title\n\n")

    def test_below_the_scissors_where_comments_are_kept(self) -> None:
        before = f"# stays\n#{SCISSORS}\n# Do not modify.\n# Is ignored.\n"
        assert hint_place(f"{before}#\n", "#", keeps_comments=True) == len(before)
