"""A description read like a record: where a decision may stand, and what is nobody's word."""

from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.change.body import Description, read_description
from onrecord.record.vocabulary import shipped

TITLE = "Count calls per shop"
TEMPLATE = "## Summary\n\n<!-- Say what changes.\nAdd a line such as: Fixes #12345 -->\n\n## Test plan\n"


def read(body: str, title: str = TITLE, templates: tuple[str, ...] = ()) -> Description:
    return read_description(title, body, shipped(), templates)


def decided(body: str) -> str | None:
    decision = read(body).decision
    return decision.text if decision else None


WE_WILL = "We will cache tracking pages for 60 seconds, because the database cannot take the Monday peak."
INSTEAD = "Instead of Redis in each service, which nobody wants to run."
OWNER = "Owner: Ann Example"


class TestThreeSentences:
    @pytest.mark.parametrize("order", list(permutations((WE_WILL, INSTEAD, OWNER))))
    @pytest.mark.parametrize("between", [" ", "\n", "\n\n", "\r\n"], ids=["line", "lines", "paragraphs", "CRLF"])
    def test_are_enough_in_any_order(self, order: tuple[str, ...], between: str) -> None:
        end = "." if between == " " else ""
        found = read(between.join(part + end if part == OWNER else part for part in order))
        assert found.decision
        assert found.decision.text == WE_WILL
        assert found.decision.justification == "the database cannot take the Monday peak"
        assert [option.title for option in found.alternatives] == ["Redis in each service"]
        assert found.owner == "Ann Example"
        assert (found.stated, found.why) == (False, True)

    def test_one_sentence_holds_them_all(self) -> None:
        found = read("Because the database is slow on Mondays, we will cache tracking pages instead of Redis.")
        assert found.decision
        assert found.decision.justification == "the database is slow on Mondays"
        assert [option.title for option in found.alternatives] == ["Redis"]


MARKED = {
    "keys on one line": "Decision: Cache pages for an hour. Instead of: Redis. Because: Mondays are too much. Owner: Ann Example",
    "below a sentence": "Mondays are slow.\nDecision: Cache pages for an hour\nInstead of: Redis\nBecause: Mondays are too much\nOwner: Ann Example",
    "table of keys": "| | |\n|---|---|\n| Decision | Cache pages for an hour |\n| Instead of | Redis |\n| Because | Mondays are too much |\n| Owner | Ann Example |\n",
    "table with a head": "| Decision | Alternatives | Because | Owner |\n|---|---|---|---|\n| Cache pages for an hour | Redis | Mondays are too much | Ann Example |\n",
    "bold bullets": "- **Decision**: Cache pages for an hour\n- **Instead of**: Redis\n- **Because**: Mondays are too much\n- **Owner**: Ann Example\n",
    "trailers": "Mondays are slow.\n\nDecision: Cache pages for an hour\nAlternatives: Redis\nBecause: Mondays are too much\nDecided-by: Ann Example\nReviewed-by: Bo Other\nCo-authored-by: Cy <cy@example.org>\n",
    "literal asterisks": "** Decision: ** Cache pages for an hour\n\n**Instead of:** ** Redis **\n\n** Because: ** Mondays are too much\n\n** Owner: ** Ann Example\n",
    "headings": "## Decision\n\nCache pages for an hour\n\n## Alternatives\n\n- Redis\n\n## Rationale\n\nMondays are too much\n\n## Owner\n\nAnn Example\n",
    "no space behind the marks": "#Decision\nCache pages for an hour\n\n#Alternatives\n- Redis\n\n## Because\nMondays are too much\n\nOwner: Ann Example\n",
    "a rule on top": "---\nDecision: Cache pages for an hour\nInstead of: Redis\nBecause: Mondays are too much\nOwner: Ann Example\n---\nMore.\n",
    "a closed comment before it": "<!-- say it --> Decision: Cache pages for an **hour**\n\nInstead of: Redis\n\nBecause: Mondays are too much\n\nOwner: Ann Example\n",
    "an alert box": "> [!IMPORTANT]\n> Decision: Cache pages for an hour\n> Instead of: Redis\n> Because: Mondays are too much\n> Owner: Ann Example\n",
    "raw HTML": "<p>Decision: Cache pages for an hour</p>\n<p>Instead of: Redis</p>\n<p>Because: Mondays are too much</p>\n<p>Owner: Ann Example</p>\n",
}  # fmt: skip


class TestMarked:
    @pytest.mark.parametrize("body", MARKED.values(), ids=MARKED.keys())
    def test_a_decision_in_lines(self, body: str) -> None:
        found = read(body)
        assert found.stated
        assert found.decision
        assert found.decision.text.rstrip(".") == "Cache pages for an hour"
        assert (found.decision.justification or "").rstrip(".") == "Mondays are too much"
        assert [option.title for option in found.alternatives] == ["Redis"]
        assert found.owner == "Ann Example"

    @pytest.mark.parametrize(
        "body",
        [
            "## Result\n\nPages come from memory.\n",
            "## Solution\n\nPages come from memory.\n",
            "Result: all tests pass\n",
            "## Decision needed\n\nRedis or memory?\n",
            "## Ergebnis\n\nDie Seiten kommen aus dem Speicher.\n",
            "We will cache pages for an hour.\n",
            "The words of the decision: nobody wrote them.\n",
        ],
    )
    def test_what_only_sounds_like_a_mark_is_none(self, body: str) -> None:
        assert not read(body).stated

    def test_a_ticked_box_marks_it(self) -> None:
        found = read(
            "Pages come from memory.\n\n- [x] This PR contains a decision\n- [ ] No decision here, because …\n"
        )
        assert (found.stated, found.decision, found.waived) == (True, None, None)

    def test_a_ticked_box_may_say_it(self) -> None:
        found = read("- [X] This PR contains a decision: pages are cached for an hour\n")
        assert found.stated
        assert found.decision
        assert found.decision.text == "pages are cached for an hour"

    def test_an_empty_box_is_nobodys_word(self) -> None:
        found = read("Pages come from memory.\n\n- [ ] This PR contains a decision\n")
        assert (found.stated, found.decision) == (False, None)

    def test_what_is_struck_out_was_given_up(self) -> None:
        found = read("## Decision\n\n~~Use Redis.~~ Cache pages in memory.\n")
        assert found.decision
        assert found.decision.text == "Cache pages in memory."
        assert [(o.title, o.outcome, o.argued) for o in found.alternatives] == [("Use Redis.", "rejected", False)]

    @pytest.mark.parametrize(
        ("beside", "titles"),
        [
            ("", []),
            ("## Decision\n\nUse Redis.\n", ["Kafka", "Disk"]),
            ("## Alternatives\n\n- Tape\n", ["Kafka", "Disk", "Tape"]),
        ],
    )
    def test_options_are_those_of_a_program_where_nothing_is_decided(self, beside: str, titles: list[str]) -> None:
        found = read(f"## Options\n\n- Kafka\n- Disk\n\n{beside}")
        assert [option.title for option in found.alternatives] == titles

    def test_a_reviewer_is_no_owner(self) -> None:
        assert read("Cache pages.\n\nReviewed-by: Bo Other <bo@example.org>\n").owner is None

    def test_initials_stay_with_the_name(self) -> None:
        assert read("Owner: J. R. Example. We will cache pages.\n").owner == "J. R. Example"


FORM = [
    "Decision: Cache pages for an hour",
    "Instead of: Redis, which nobody wants to run",
    "Because: Mondays are too much",
    "Owner: Ann Example",
]
LINES = "\n".join(FORM)
FORMS = {
    "lines": LINES,
    "bullets": "\n".join(f"- **{line.replace(':', ':**', 1)}" for line in FORM),
    "paragraphs": "\n\n".join(FORM),
    "answers in the line below": LINES.replace(": ", ":\n"),
    "answers in the line below, set apart": "\n\n".join(FORM).replace(": ", ":\n"),
    "answers in the paragraph below": "\n\n".join(FORM).replace(": ", ":\n\n"),
    "behind a sentence": f"Mondays are slow, as everybody knows.\n\n{LINES}",
    "before a sentence": f"{LINES}\n\nMondays are slow, as everybody knows.",
    "another order": "\n".join(reversed(FORM)),
}  # fmt: skip
HEADINGS = ["", "## Decision\n\n", "## Decision\n\n## Notes\n\n", "## Summary\n\n", "# Decision\n", "**Notes**\n\n"]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS.keys())
def test_the_lines_of_the_form_win_over_the_heading_above_them(body: str, heading: str, end: str) -> None:
    found = read((heading + body).replace("\n", end))
    assert found.decision
    assert (found.decision.text, found.decision.justification) == ("Cache pages for an hour", "Mondays are too much")
    assert [option.title for option in found.alternatives] == ["Redis, which nobody wants to run"]
    assert (found.owner, found.stated, found.waived) == ("Ann Example", True, None)


def test_a_reason_in_its_line_is_no_part_of_the_decision_above_it() -> None:
    found = read("## Decision\n\nCache pages for an hour.\n\nInstead of: Redis\nBecause: Mondays are too much\n")
    assert found.decision
    assert (found.decision.text, found.decision.justification) == ("Cache pages for an hour.", "Mondays are too much")


def test_prose_below_a_form_that_nobody_filled_in_is_the_decision() -> None:
    found = read("## Decision\n\nDecision:\nInstead of:\nBecause:\nOwner:\n\nCache pages for an hour.\n")
    assert found.decision
    assert (found.decision.text, found.owner) == ("Cache pages for an hour.", None)


def test_prose_below_an_open_key_is_nobody() -> None:
    assert read("Owner:\n\nPages come from memory\n").owner is None


@pytest.mark.parametrize(
    ("value", "titles"),
    [
        ("Redis, because nobody runs it", ["Redis, because nobody runs it"]),
        ("Redis, which nobody has ever wanted to run on a Monday", ["Redis, which nobody has ever wanted to run on a Monday"]),
        ("Redis, Kafka and NATS", ["Redis", "Kafka", "NATS"]),
        ("Redis, Kafka, which nobody runs.", ["Redis", "Kafka, which nobody runs"]),
    ],
)  # fmt: skip
def test_a_clause_behind_a_comma_is_no_second_option(value: str, titles: list[str]) -> None:
    found = read(f"Decision: Cache pages\nInstead of: {value}\nOwner: Ann Example\n")
    assert [option.title for option in found.alternatives] == titles


def test_a_list_below_a_key_of_the_form_is_its_answer() -> None:
    found = read("## Decision\n\nDecision: Cache pages\nAlternatives:\n- Redis\n- Kafka\n")
    assert [option.title for option in found.alternatives] == ["Redis", "Kafka"]


SAID = "We decided to keep Redis, because nobody has time, instead of Kafka. Owner: Eve Other"
NOT_SAID = {
    "details with a blank line": f"<details>\n<summary>Log</summary>\n\n## Decision\n\n{SAID}\n\n</details>\n",
    "details without one": f"<details><summary>Log</summary>\n## Decision\n{SAID}\n</details>\n",
    "details in a line": f"Log: <details><summary>open</summary> {SAID} </details> end.\n",
    "details in details": f"<details>\n\n<details>\n\nx\n\n</details>\n\n{SAID}\n\n</details>\n",
    "unclosed details": f"<details>\n\n{SAID}\n",
    "quote": f"> {SAID}\n",
    "quote below an alert": f"> [!NOTE]\n> See below.\n\n> {SAID}\n",
    "fence": f"~~~text\n{SAID}\n~~~\n",
    "mark of a summary": f"<!-- CURSOR_SUMMARY -->\n---\n\n{SAID}\n\n## Decision\n\n{SAID}\n",
    "marks around a summary": f"<!-- This is an auto-generated comment: release notes by coderabbit.ai -->\n\n## Summary\n\n- {SAID}\n\n<!-- end of auto-generated comment: release notes by coderabbit.ai -->\n",
    "heading of a summary": f"## Summary by Sourcery\n\n{SAID}\n\n### Decision\n\n{SAID}\n",
    "checklist": f"### PR checklist:\n\n- [x] {SAID}\n\n{SAID}\n",
    "checklist in bold": f"**Checklist**\n\nTick them.\n\n- [x] x\n\n{SAID}\n",
    "ticked box with a tail": f"- [x] We follow the guide\n{SAID}\n",
    "box without a bullet": f"[x] {SAID}\n",
    "signature": "🤖 Generated with [Claude Code](https://example.org): we decided to use Redis\n",
    "struck out": f"~~{SAID}~~\n",
    "merge notes": f"ACKs for top commit:\n  eve:\n    ACK abc. {SAID}\n",
}  # fmt: skip


class TestNobodysWord:
    @pytest.mark.parametrize("body", NOT_SAID.values(), ids=NOT_SAID.keys())
    def test_is_not_read(self, body: str) -> None:
        found = read(f"A counter.\n\n{body}")
        assert (found.decision, found.stated, found.alternatives, found.owner) == (None, False, [], None)
        assert "Redis" not in found.prose

    @pytest.mark.parametrize("name", [name for name in NOT_SAID if name.startswith(("marks", "details"))])
    def test_what_stands_behind_it_is(self, name: str) -> None:
        assert decided(f"{NOT_SAID[name]}\nDecision: Cache pages for an hour\n") == "Cache pages for an hour"

    def test_the_next_line_in_bold_ends_a_checklist_in_bold(self) -> None:
        assert (
            decided("**Checklist**\n\nTick them.\n\n**Notes**\n\nWe decided to cache pages.\n")
            == "We decided to cache pages."
        )

    def test_a_tag_in_a_code_span_folds_nothing(self) -> None:
        assert decided("Use `<details>` sparingly.\n\nWe decided to cache pages.\n") == "We decided to cache pages."

    def test_a_mark_in_a_fence_cuts_nothing(self) -> None:
        assert (
            decided("```\n<!-- CURSOR_SUMMARY -->\n```\n\nWe decided to cache pages.\n") == "We decided to cache pages."
        )

    def test_lines_of_the_template_whose_comment_lost_its_opening_mark(self) -> None:
        template = "<!--\nWe decided that you say in a few words what changes.\n* Fixes #12345\n-->\n\n## Summary\n"
        body = template.removeprefix("<!--\n") + "\nA counter.\n"
        assert read(body).decision is not None
        found = read(body, templates=(template,))
        assert (found.decision, found.prose) == (None, "A counter.")

    def test_a_line_of_the_template_above_a_line_of_ones_own(self) -> None:
        template = "<!-- We decided that you say in a few words what changes. -->\n"
        body = "We decided that you say in a few words what changes. -->\nA counter.\n"
        assert read(body, templates=(template,)).prose == "A counter."

    def test_trailers_are_no_prose(self) -> None:
        body = "A counter.\nSigned-off-by: Ann <ann@example.org>\nChange-Id: I12\nOwner: Ann\n"
        assert read(body).prose == "A counter."


class TestHidden:
    HIDDEN = "A counter.\n\n<!-- Say it\n\n## Decision\n\nCache pages for an hour\n\n## Alternatives\n\n- Redis\n\nSee docs/adr/0012-cache-pages.md.\n"

    def test_text_behind_an_unclosed_comment_is_there_and_does_not_ask(self) -> None:
        found = read(self.HIDDEN)
        assert found.hidden_from == 3
        assert found.stated is False
        assert found.decision
        assert [option.title for option in found.alternatives] == ["Redis"]
        assert found.record_links == ["docs/adr/0012-cache-pages.md"]
        assert "Cache" not in found.prose

    def test_what_the_page_shows_comes_first(self) -> None:
        found = read(f"Decision: Count in memory\n\nInstead of: Kafka\n\nADR-7\n\n{self.HIDDEN}")
        assert found.decision
        assert found.decision.text == "Count in memory"
        assert [option.title for option in found.alternatives] == ["Kafka"]
        assert found.record_links == ["ADR-7"]

    @pytest.mark.parametrize(("opener", "line"), [("```", 3), ("~~~text", 3), ("<!--", 3)])
    def test_a_line_number_that_a_reader_can_look_up(self, opener: str, line: int) -> None:
        assert read(f"---\nA counter.\n{opener}\nNo decision here, because x is small.\n").hidden_from == line

    def test_a_waiver_in_it_is_a_waiver(self) -> None:
        assert read("A counter.\n\n```\nNo decision here, because it is small.\n").waived == "it is small"

    def test_an_opener_in_the_middle_of_a_line_hides_nothing(self) -> None:
        found = read("Text with <!-- an arrow\n\nDecision: Cache pages\n")
        assert (found.hidden_from, found.stated) == (None, True)


class TestProse:
    def test_code_and_addresses_are_one_word_each(self) -> None:
        found = read("See https://example.org/a/b-c?d=e and `a b c`, [here](https://example.org/x).\n")
        assert found.prose == "See link and code, here."

    def test_a_repeated_title_says_nothing(self) -> None:
        assert read(f"{TITLE}.\n").prose == ""

    @pytest.mark.parametrize("rule", ["---", "----------"])
    def test_a_paragraph_above_a_rule_is_no_heading(self, rule: str) -> None:
        found = read(f"We decided to cache pages for an hour\n{rule}\nMore text.\n")
        assert found.prose == "We decided to cache pages for an hour\nMore text."
        assert found.decision

    def test_an_underlined_heading_that_is_known_stays_one(self) -> None:
        assert read("Decision\n--------\n\nCache pages for an hour\n").stated

    def test_two_templates_in_one_body(self) -> None:
        body = f"{TEMPLATE}\n{TEMPLATE}\n## Decision\n\n## Decision\n\nCache pages for an hour\n"
        assert decided(body) == "Cache pages for an hour"

    def test_wrapped_lines_are_one_paragraph(self) -> None:
        body = "We decided to cache tracking pages for an hour at most, which is as long\nas support can live with.\n"
        assert decided(body) == body.replace("\n", " ").strip()


class TestReason:
    @pytest.mark.parametrize(
        "body",
        [
            "The cache makes the page fast enough so that nobody waits.",
            "## Rationale\n\nNobody runs it anymore.",
            "The page was not used any more.",
            "Saves two rows, and the guard isn't worth it.",
            "This is a temporary change for the old page.",
            "Counts calls. " * 15,
            "因为一个商店可能会超过限额,所以我们需要在内存中计算调用次数。",
        ],
    )
    def test_is_given(self, body: str) -> None:
        assert read(body).why

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "Fixes #12.",
            "Adds a counter.",
            "Shows the pages of shops as rows.",
            "Splits the counter into a module.\n\nFixes #12514",
            "Adds a counter.\n\n## Test plan\n\n" + "I ran the tests on my machine because they are there. " * 4,
            "Adds a counter.\n\n## Screenshots\n\n![the whole page with a counter in it so that it shows](https://example.org/a.png)",
        ],
    )
    def test_is_not(self, body: str) -> None:
        assert not read(body).why
