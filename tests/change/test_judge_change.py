"""What a pull request asks for and what it answers, from its text alone."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.record.vocabulary import shipped

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = (ROOT / ".github/pull_request_template.md").read_text("utf-8")
TRIGGERS = Triggers(
    labels=frozenset(("decision",)),
    skip_labels=frozenset(("trivial",)),
    skip_authors=frozenset(("release-robot",)),
    asked_by_path=lambda path: Asked("path", "billing/**", path) if path.startswith("billing/") else None,
    is_record=lambda path: path.startswith("docs/adr/") and path.endswith(".md"),
    templates=(TEMPLATE,),
)
ASKED: dict[str, Any] = {"labels": ("decision",)}


def judge(body: str, title: str = "Count calls per shop", author: str = "ann", **more: Any) -> dict[str, Any]:
    return judge_change(Change(title, body, author, **more), TRIGGERS, shipped()).facts


def is_silent(facts: dict[str, Any]) -> bool:
    """Tell whether a text neither states nor waives a decision, nor points to one."""
    return not facts["decision"] and facts["waived"] is None and not facts["record_links"] and not facts["asks"]


class TestDecision:
    @pytest.mark.parametrize(
        "body",
        [
            "## Decision\n\nKeep the counters in Redis, because a shop could exceed its limit.\n",
            "## What changes\n\nA counter.\n\n### Decision\n\nKeep the counters in Redis, because a shop could exceed its limit.\n",
            "Decision: Keep the counters in Redis, because a shop could exceed its limit.\n",
            "**Decision:** Keep the counters in Redis, because a shop could exceed its limit.\n",
            "- Decision: Keep the counters in Redis, because a shop could exceed its limit.\n",
            "## Decision\r\n\r\nKeep the counters in Redis, because a shop could exceed its limit.\r\n",
        ],
        ids=["heading", "heading below", "line", "bold line", "bullet", "CRLF"],
    )
    def test_one_that_the_author_marks_is_read_and_lacks_its_rival(self, body: str) -> None:
        facts = judge(body)
        assert facts["decision"]["text"].startswith("Keep the counters in Redis")
        assert facts["decision"]["justification"] == "a shop could exceed its limit"
        assert facts["reasons"] == ["the author states a decision"]
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, False, True)

    def test_a_heading_in_another_language(self) -> None:
        facts = judge("## Entscheidung\n\nWir zählen die Aufrufe in Redis, weil ein Shop sein Limit umgehen könnte.\n")
        assert facts["decision"]["text"].startswith("Wir zählen")

    def test_three_sentences_are_enough(self) -> None:
        facts = judge(
            "We decided to keep the counters in Redis because a shop could exceed its limit. "
            "We also considered sticky sessions, but a busy shop would stay on one process.\n\nOwner: Mara Lindqvist\n",
            **ASKED,
        )
        assert "Redis" in facts["decision"]["text"]
        assert "exceed its limit" in facts["decision"]["justification"]
        assert len(facts["alternatives"]) == 1
        assert "sticky sessions" in facts["alternatives"][0]["title"]
        assert facts["owner"] == {"name": "Mara Lindqvist", "source": "explicit"}
        assert (facts["why"], facts["covered"], facts["nudge"]) == (True, True, False)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
    def test_the_four_lines_we_offer_to_paste(self, end: str) -> None:
        lines = [
            "Decision: Keep the counters in Redis",
            "Instead of: sticky sessions at the load balancer",
            "Because: a shop could exceed its limit",
            "Owner: Mara Lindqvist",
        ]
        facts = judge(end.join(lines))
        assert facts["decision"]["text"] == "Keep the counters in Redis"
        assert facts["decision"]["justification"] == "a shop could exceed its limit"
        assert [o["title"] for o in facts["alternatives"]] == ["sticky sessions at the load balancer"]
        assert facts["owner"] == {"name": "Mara Lindqvist", "source": "explicit"}
        assert facts["nudge"] is False

    def test_one_that_only_the_title_tells_says_so(self) -> None:
        body = "One call per second is the default from now on, and a flag lifts it for legacy shops that need more."
        facts = judge(body, "feat(shop)!: enforce a limit of calls")
        assert (facts["decision"], facts["decision_from_title"]) == ({"text": "enforce a limit of calls"}, True)
        assert judge("Decision: Enforce a limit of calls\n", "feat(shop)!: enforce it")["decision_from_title"] is False

    def test_an_empty_heading_states_nothing(self) -> None:
        facts = judge("## What changes\n\nOne more column.\n\n## Decision\n\n## Owner\n", **ASKED)
        assert facts["decision"] is None
        assert facts["nudge"] is True

    @pytest.mark.parametrize("text", ["TBD", "{describe the decision}", "<!-- say it here -->", "…"])
    def test_a_placeholder_states_nothing(self, text: str) -> None:
        assert judge(f"## Decision\n\n{text}\n", **ASKED)["decision"] is None
        assert judge(f"Decision: {text}\n", **ASKED)["decision"] is None


UNREAD = {
    "template comment": "<!--\nDecision: we decided to use Redis.\n\nNo decision here, because it is small.\nSee ADR-0012.\n-->\n",
    "one-line comment": "<!-- Decision: we decided to use Redis. ADR-0012 -->\n<!-- No decision here, because it is small. -->\n",
    "quote": "> Decision: we decided to use Redis, see ADR-0012.\n>\n> No decision here, because it is small.\n",
    "fenced code": "```\nDecision: we decided to use Redis, see ADR-0012.\n\nNo decision here, because it is small.\n```\n",
    "indented code": "A counter.\n\n    Decision: we decided to use Redis, see ADR-0012.\n    No decision here, because it is small.\n",
    "details": "<details>\n<summary>Log</summary>\n\nDecision: we decided to use Redis, see ADR-0012.\n\nNo decision here, because it is small.\n\n</details>\n",
    "heading in details": "<details>\n<summary>Notes</summary>\n\n## Decision\n\nWe decided to use Redis.\n\n</details>\n",
    "text below a heading in details": "<details>\n<summary>Notes</summary>\n\n## 2.0\n\nWe decided to use Redis, see ADR-0012.\n\n</details>\n",
    "AI summary": "A counter.\n\n<!-- CURSOR_SUMMARY -->\n---\n\n## Decision\n\nWe decided to use Redis, see ADR-0012.\n\nNo decision here, because it is small.\n",
    "review bot's notes": "A counter.\n\n<!-- This is an auto-generated comment: release notes -->\n\n## Summary\n\n- We decided to use Redis\n\nNo decision here, because it is small.\n",
    "checklist": "## Checklist\n\n- [ ] Decision: we decided to use Redis\n- [x] We decided to use Redis, see ADR-0012\n- [ ] No decision here, because it is small\n",
    "checklist prose": "## Checklist\n\nWe decided to use these boxes in all pull requests.\n",
    "prose in details": "<details>\n<summary>Log</summary>\n\nWe decided to use Redis, see ADR-0012.\n\n</details>\n",
    "prose in a quote": "> We decided to use Redis, see ADR-0012.\n",
    "prose in code": "```\nWe decided to use Redis, see ADR-0012.\n```\n",
    "boxes under another heading": "## Before merging\n\n- [ ] We decided to use Redis, see ADR-0012\n- [x] We will test it\n",
    "boxes anywhere": "A counter.\n\n- [ ] I wrote down what we decided in [a record](docs/adr/0000-template.md)\n- [ ] No decision here, because …\n",
}


class TestWhatIsNotTheAuthorsWord:
    @pytest.mark.parametrize("body", UNREAD.values(), ids=UNREAD.keys())
    def test_it_neither_asks_nor_answers(self, body: str) -> None:
        facts = judge(body)
        assert facts["decision"] is None
        assert facts["waived"] is None
        assert facts["record_links"] == []
        assert facts["asks"] is False

    @pytest.mark.parametrize("body", UNREAD.values(), ids=UNREAD.keys())
    def test_what_is_asked_stays_unanswered(self, body: str) -> None:
        facts = judge(body, **ASKED)
        assert (facts["covered"], facts["nudge"]) == (False, True)

    @pytest.mark.parametrize("body", UNREAD.values(), ids=UNREAD.keys())
    def test_a_decision_beside_it_is_still_read(self, body: str) -> None:
        facts = judge(f"Decision: Keep the counters in memory, because it is cheap.\n\n{body}")
        assert facts["decision"]["text"].startswith("Keep the counters in memory")
        assert facts["waived"] is None

    def test_an_owner_in_an_unticked_box_is_none(self) -> None:
        facts = judge("A counter.\n\n## Checklist\n\n- [ ] Owner: Mara Lindqvist\n")
        assert facts["owner"] == {"name": "ann", "source": "author"}

    def test_a_word_in_a_comment_does_not_turn_prose_into_a_stated_decision(self) -> None:
        facts = judge("We will log one more field.\n\n<!--\nDecision: fill in\n-->\n")
        assert facts["asks"] is False


class TestTemplate:
    def test_unfilled_it_is_neither_decision_nor_waiver(self) -> None:
        for body in (TEMPLATE, TEMPLATE.replace("\n", "\r\n")):
            facts = judge(body)
            assert is_silent(facts)
            assert facts["template_untouched"] is True
            assert facts["alternatives"] == []
            assert facts["owner"] == {"name": "ann", "source": "author"}

    def test_unfilled_and_asked_it_gets_the_nudge(self) -> None:
        assert judge(TEMPLATE, **ASKED)["nudge"] is True

    def test_four_empty_lines_below_a_written_paragraph_state_nothing(self) -> None:
        body = TEMPLATE.replace("<!-- One or two", "We will log one more field.\n\n<!-- One or two")
        facts = judge(body)
        assert facts["asks"] is False
        assert facts["template_untouched"] is False

    def test_filled_in_it_says_everything(self) -> None:
        body = (
            TEMPLATE.replace("Decision:", "Decision: Keep the counters in Redis")
            .replace("Instead of:", "Instead of: sticky sessions")
            .replace("Because:", "Because: a shop could exceed its limit")
            .replace("Owner:", "Owner: @acme/payments")
        )
        facts = judge(body)
        assert facts["decision"] == {
            "text": "Keep the counters in Redis",
            "justification": "a shop could exceed its limit",
        }
        assert [o["title"] for o in facts["alternatives"]] == ["sticky sessions"]
        assert facts["owner"] == {"name": "@acme/payments", "source": "explicit"}
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, True, False)

    def test_the_waiver_below_its_heading_contradicts_nothing(self) -> None:
        facts = judge("## Decision\n\nNo decision here, because it is a repair.\n")
        assert (facts["waived"], facts["decision"], facts["asks"]) == ("it is a repair", None, False)

    def test_replaced_by_the_waiver(self) -> None:
        body = TEMPLATE[: TEMPLATE.index("Decision:\n")] + "No decision here, because only a label changes.\n"
        facts = judge(body, **ASKED)
        assert facts["waived"] == "only a label changes"
        assert facts["nudge"] is False

    def test_a_description_of_ones_own_is_not_the_template(self) -> None:
        assert judge("The gateway counts calls per shop.")["template_untouched"] is False
        assert judge("")["template_untouched"] is False


class TestWaiver:
    @pytest.mark.parametrize(
        "body",
        [
            "No decision here, because only a label changes.",
            "No decision here because only a label changes",
            "**No decision here**, because only a label changes.",
            "- No decision here, because only a label changes.",
            "- [x] No decision here, because only a label changes.",
            "No decision needed: only a label changes.",
            "no decision required – only a label changes",
            "A label.\r\n\r\nNo decision here, because only a label changes.\r\n",
        ],
    )
    def test_it_answers_with_its_reason(self, body: str) -> None:
        facts = judge(body, **ASKED)
        assert facts["waived"] == "only a label changes"
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, False, False)

    def test_without_a_reason_it_is_there_and_empty(self) -> None:
        assert judge("No decision here.", **ASKED)["waived"] == ""

    def test_an_unticked_box_is_none(self) -> None:
        facts = judge("A label.\n\n- [ ] No decision here, because only a label changes.\n", **ASKED)
        assert facts["waived"] is None
        assert facts["nudge"] is True

    def test_the_dots_of_the_template_are_no_reason(self) -> None:
        assert not judge("No decision here, because …", **ASKED)["waived"]
        assert not judge("No decision here, because ...", **ASKED)["waived"]

    @pytest.mark.parametrize(
        "body",
        [
            "No decision has been reached on the queue yet.",
            "No decision about the queue was taken in this call; we wait for the load test.",
            "We took no decision here on the queue.",
            "No decisions are stored in the cache.",
        ],
    )
    def test_a_sentence_about_decisions_is_none(self, body: str) -> None:
        assert judge(body, **ASKED)["waived"] is None


class TestOwner:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Owner: Mara Lindqvist", "Mara Lindqvist"),
            ("**Owner:** @acme/payments", "@acme/payments"),
            ("Decided by: Mara Lindqvist", "Mara Lindqvist"),
            ("## Owner\n\nMara Lindqvist", "Mara Lindqvist"),
        ],
    )
    def test_a_written_one(self, line: str, name: str) -> None:
        assert judge(f"A counter.\n\n{line}\n")["owner"] == {"name": name, "source": "explicit"}

    @pytest.mark.parametrize(
        "line", ["", "Owner:", "Owner: TBD", "Owner: {name}", "Owner: the team", "<!-- Owner: Mara -->"]
    )
    def test_else_the_author_stands_in_and_is_marked(self, line: str) -> None:
        assert judge(f"A counter.\n\n{line}\n")["owner"] == {"name": "ann", "source": "author"}

    def test_nobody(self) -> None:
        assert judge("A counter.", author="")["owner"] is None


class TestAlternatives:
    @pytest.mark.parametrize(
        "body",
        [
            "## Alternatives\n\n- Sticky sessions: a busy shop would stay on one process\n",
            "## Alternatives considered\n\n* Sticky sessions, but a busy shop would stay on one process\n",
            "Instead of: Sticky sessions\n",
        ],
    )
    def test_named_ones(self, body: str) -> None:
        facts = judge(f"## Decision\n\nKeep the counters in Redis.\n\n{body}")
        assert [o["title"].split(",")[0] for o in facts["alternatives"]] == ["Sticky sessions"]

    def test_none_with_a_reason(self) -> None:
        facts = judge(
            "## Decision\n\nUse Redis.\n\n## Alternatives\n\nNo alternatives were considered, because it is there.\n"
        )
        assert facts["alternatives"] == []
        assert "it is there" in facts["no_alternatives_reason"]


class TestAsking:
    def test_a_plain_description_asks_nothing(self) -> None:
        facts = judge("The gateway counts calls per shop.")
        assert is_silent(facts)
        assert (facts["exempt"], facts["nudge"], facts["bot"], facts["hint"]) == (None, False, False, False)

    @pytest.mark.parametrize("label", ["decision", "Decision", "DECISION"])
    def test_a_label(self, label: str) -> None:
        facts = judge("A counter.", labels=("size/S", label))
        assert facts["reasons"] == [f"the label “{label}” asks for a decision"]
        assert (facts["asks"], facts["nudge"]) == (True, True)

    def test_a_path_names_its_rule_once(self) -> None:
        files = (ChangedFile("src/a.py"), ChangedFile("billing/a.py"), ChangedFile("billing/b.py"))
        facts = judge("A counter.", files=files)
        assert facts["reasons"] == ["it touches billing/a.py (team rule billing/**)"]
        assert facts["asks"] is True

    def test_unknown_files_ask_nothing(self) -> None:
        assert judge("A counter.", files=None)["asks"] is False


class TestExempt:
    @pytest.mark.parametrize(
        "author", ["dependabot[bot]", "renovate[bot]", "github-actions[bot]", "dependabot-preview[bot]", "acme[bot]"]
    )
    def test_bots(self, author: str) -> None:
        facts = judge("Bumps x.", author=author, **ASKED)
        assert (facts["bot"], facts["asks"], facts["nudge"]) == (True, False, False)
        assert facts["exempt"] == "opened by an automation"

    def test_an_account_that_says_so(self) -> None:
        assert judge("x", author="acme-ci", is_bot=True)["bot"] is True

    def test_a_person_s_agent_is_no_bot(self) -> None:
        facts = judge("A counter.", author="Copilot", is_bot=True, **ASKED)
        assert (facts["bot"], facts["asks"]) == (False, True)

    @pytest.mark.parametrize("author", ["abbot", "robotnik", "renovator", "botanist"])
    def test_a_name_that_sounds_like_one_is_none(self, author: str) -> None:
        assert judge("A counter.", author=author, **ASKED)["asks"] is True

    def test_a_body_of_a_bot(self) -> None:
        assert judge("Dependabot will resolve any conflicts with this PR.", author="acme-ci")["bot"] is True

    @pytest.mark.parametrize("author", ["release-robot", "Release-Robot"])
    def test_authors_the_team_names(self, author: str) -> None:
        facts = judge("x", author=author, **ASKED)
        assert (facts["asks"], facts["exempt"]) == (False, "opened by an automation")

    def test_labels_the_team_names_win(self) -> None:
        facts = judge("x", labels=("decision", "Trivial"))
        assert (facts["asks"], facts["exempt"]) == (False, "the label “Trivial”")

    def test_drafts(self) -> None:
        facts = judge("x", draft=True, **ASKED)
        assert (facts["asks"], facts["exempt"]) == (False, "a draft")

    @pytest.mark.parametrize(
        "title",
        [
            "Release v1.2.3",
            "release: 2.0",
            "v1.2.3",
            "1.2.3",
            "chore: release 1.2.3",
            "chore(deps): bump lodash from 4.17.20 to 4.17.21",
            "Bump lodash from 4.17.20 to 4.17.21 in /web",
            "build(deps-dev): update ruff",
            "Update dependency ruff to v1",
            "Merge branch 'main' into next",
            "Fix typo in the readme",
            "typo",
        ],
    )
    def test_routine_titles(self, title: str) -> None:
        assert judge("", title=title)["exempt"] == "a routine title"

    @pytest.mark.parametrize(
        "title",
        ["Count calls per shop", "Typography of invoices", "Bump the limit for large shops", "Merge the two queues"],
    )
    def test_other_titles(self, title: str) -> None:
        assert judge("", title=title)["exempt"] is None

    @pytest.mark.parametrize("title", ["Roll out feature flags per shop", "Release the lock before waiting"])
    def test_titles_that_only_begin_like_routine(self, title: str) -> None:
        assert judge("", title=title)["exempt"] is None

    def test_an_explicit_ask_beats_a_routine_title(self) -> None:
        assert judge("", title="Release v2.0.0", **ASKED)["asks"] is True

    def test_a_listed_path_beats_files_that_are_only_documentation(self) -> None:
        facts = judge("", files=(ChangedFile("billing/guide.md"),))  # docs/action.md and docs/coverage.md say so
        assert (facts["asks"], facts["nudge"], facts["exempt"]) == (True, True, None)

    @pytest.mark.parametrize(
        "paths",
        [
            ("docs/guide.md",),
            ("README.md", "CHANGELOG.md"),
            ("tests/test_a.py", "src/a_test.go", "web/a.spec.ts"),
            ("package-lock.json", "web/yarn.lock", "go.sum"),
            ("docs/guide.md", "tests/a.py", "uv.lock"),
        ],
    )
    def test_only_tests_documentation_and_lock_files(self, paths: tuple[str, ...]) -> None:
        facts = judge("", files=tuple(ChangedFile(path) for path in paths))
        assert facts["exempt"] == "only tests, documentation or lock files"

    @pytest.mark.parametrize("paths", [("docs/guide.md", "src/a.py"), ("src/contest.py",), ("package.json",), ()])
    def test_other_files(self, paths: tuple[str, ...]) -> None:
        assert judge("", files=tuple(ChangedFile(path) for path in paths))["exempt"] is None


class TestRecords:
    @pytest.mark.parametrize("status", ["added", "modified", "renamed"])
    def test_a_record_in_the_change_answers(self, status: str) -> None:
        files = (ChangedFile("docs/adr/0012-use-kafka.md", status), ChangedFile("billing/a.py"))
        facts = judge("", files=files)
        assert facts["records_added"] == ["docs/adr/0012-use-kafka.md"]
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, True, False)

    def test_a_removed_record_does_not(self) -> None:
        facts = judge("", files=(ChangedFile("docs/adr/0012-use-kafka.md", "removed"),), **ASKED)
        assert facts["records_added"] == []
        assert facts["nudge"] is True

    def test_a_record_alone_is_more_than_documentation(self) -> None:
        assert judge("", files=(ChangedFile("docs/adr/0012-use-kafka.md", "added"),))["exempt"] is None

    @pytest.mark.parametrize(
        ("body", "link"),
        [
            ("This follows docs/adr/0012-use-kafka.md.", "docs/adr/0012-use-kafka.md"),
            ("See [the record](docs/decisions/0012-use-kafka.md).", "docs/decisions/0012-use-kafka.md"),
            ("See [the record](../adr/0012-use-kafka.md#context).", "../adr/0012-use-kafka.md"),
            ("Implements ADR-0012.", "ADR-0012"),
            ("Implements ADR 12.", "ADR 12"),
            ("As in 0012-use-kafka.md.", "0012-use-kafka.md"),
        ],
    )
    def test_a_link_answers(self, body: str, link: str) -> None:
        facts = judge(body, **ASKED)
        assert facts["record_links"] == [link]
        assert (facts["covered"], facts["nudge"]) == (True, False)

    def test_a_link_to_where_the_team_keeps_its_records_answers_unless_it_leads_nowhere(self) -> None:
        body = "See `notes/limits.md` and https://github.com/acme/shop/blob/main/notes/gone.md."
        triggers = TRIGGERS._replace(
            is_record=lambda path: path.startswith("notes/"), resolves=lambda link: "gone" not in link
        )
        facts = judge_change(Change("Count calls", body, "ann", **ASKED), triggers, shipped()).facts
        assert facts["record_links"] == ["notes/limits.md", "https://github.com/acme/shop/blob/main/notes/gone.md"]
        assert facts["unresolved_links"] == ["https://github.com/acme/shop/blob/main/notes/gone.md"]
        assert facts["covered"] is True

    def test_a_link_in_the_title(self) -> None:
        assert judge("", title="Use Kafka (ADR-0012)")["record_links"] == ["ADR-0012"]

    def test_a_full_address(self) -> None:
        facts = judge("See https://github.com/acme/shop/blob/main/docs/adr/0012-use-kafka.md.", **ASKED)
        assert len(facts["record_links"]) == 1
        assert "docs/adr/0012-use-kafka.md" in facts["record_links"][0]

    @pytest.mark.parametrize("body", ["The word madr/x is here.", "cadre/plan.md", "QUADR-12 is a plate.", "adr"])
    def test_what_only_looks_like_one(self, body: str) -> None:
        assert judge(body)["record_links"] == []


FRAGMENTS = [
    *UNREAD.values(),
    "Decision:", "## Decision\n", "\n", "<!--", "-->", "> ", "```\n", "<details>", "</details>", "- [ ] ", "- [x] ",
    "No decision here", "Owner:", "| a | b |\n|---|---|\n", "---\n", "\ud800", "\x00", "ADR-1", "[x](", "* ", "    ",
]  # fmt: skip


@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=20)), max_size=8).map("".join), st.text(max_size=30)
)
@settings(max_examples=60, deadline=None, database=None, derandomize=True)
def test_no_text_can_break_it(body: str, title: str) -> None:
    facts = judge(body, title=title)
    assert set(facts) >= {"asks", "exempt", "waived", "decision", "owner", "alternatives", "covered", "nudge"}
    assert facts["nudge"] == (facts["asks"] and not facts["covered"])
    assert facts["decision"] is None or facts["decision"]["text"].strip()


def test_three_sentences_are_enough() -> None:
    body = (
        "We will cache tracking pages for 60 seconds, because the database cannot take the Monday peak. "
        "Instead of Redis in each service, which nobody wants to run. Owner: Ann Example"
    )
    facts = judge_change(Change("Cache pages", body, "ann"), Triggers(), shipped()).facts
    assert facts["decision"]["text"].startswith("We will cache")
    assert [option["title"] for option in facts["alternatives"]] == ["Redis in each service"]
    assert facts["owner"] == {"name": "Ann Example", "source": "explicit"}
