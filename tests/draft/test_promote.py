"""What a description says of its decision becomes the parts of a record: the author's words, and no others."""

import sys
from types import FrameType

import pytest

from onrecord.change import Change, Judged, judge_change
from onrecord.change.model import Triggers
from onrecord.draft.content import Choice, Content
from onrecord.draft.given_back import written
from onrecord.draft.promote import Happened, Refusal, content_of, lighter
from onrecord.draft.promote_title import title_of
from onrecord.draft.promote_words import shown_of
from onrecord.markdown import parse_document
from onrecord.record.vocabulary import shipped

DAY = "2026-11-22"
MERGED = Happened("2026-11-20")
DECIDED = """\
Carts were lost at every deployment.

## Decision

Keep carts in **Redis**, because it keeps them over a restart.

## Alternatives

- Memcached: it forgets all at a restart.
- `localStorage`
- The database
  - 40 ms for each read
  - one more table

## Consequences

Operations run one more server.

Owner: Ann Lee

Closes #7
"""


def judged(body: str, title: str = "feat(cart): keep carts in Redis (#12)", **more: object) -> Judged:
    given = {"author": "ann-lee", "number": 12} | more
    return judge_change(shown_of(Change(title, body, **given)), Triggers(), shipped())  # type: ignore[arg-type]


def content(body: str, happened: Happened = MERGED, **more: object) -> Content:
    found = content_of(judged(body, **more), happened, DAY, shipped())  # type: ignore[arg-type]
    assert isinstance(found, Content), found
    return found


def refusal(body: str, **more: object) -> Refusal:
    found = content_of(judged(body, **more), MERGED, DAY, shipped())  # type: ignore[arg-type]
    assert isinstance(found, Refusal), found
    return found


@pytest.mark.parametrize("head", ["## Decision\n\nUse Redis", "Decision: Use Redis\n\n## Context\n\nIt was slow"])
def test_a_long_description_is_parsed_once_and_so_is_the_record(head: str) -> None:
    parsed = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is parse_document.__code__:
            parsed.append(len(frame.f_locals["text"]))

    bullets = "".join(f"- what happened in week {n}\n" for n in range(200))
    sys.setprofile(note)
    try:
        written(content(f"{head}\n\n{bullets}"), "nygard", "0001-a.md")
    finally:
        sys.setprofile(None)
    assert sum(length > len(bullets) / 2 for length in parsed) == 2


@pytest.mark.parametrize(
    "body",
    [
        "- first try\n- fix the tests of it all\n\nDecision: Keep carts in Redis",
        "We decided to keep carts in Redis, because it keeps them over a restart.",
    ],
)
def test_commits_and_the_decision_itself_are_no_context(body: str) -> None:
    assert content(body).context == ""


def test_all_parts_are_taken_as_they_stand() -> None:
    assert content(DECIDED) == Content(
        "Keep carts in Redis",
        status="accepted",
        date="2026-11-20",
        decision_makers=("Ann Lee",),
        authors=("@ann-lee",),
        pulls=("#12",),
        context="Carts were lost at every deployment.",
        choices=(
            Choice("Memcached", body="it forgets all at a restart."),
            Choice("localStorage"),
            Choice("The database", body="- 40 ms for each read\n- one more table"),
        ),
        decision="Keep carts in **Redis**",
        because="it keeps them over a restart.",
        consequences="Operations run one more server.",
    )


@pytest.mark.parametrize("dialect", ["brief", "madr-4", "nygard", "tyree-akerman"])
def test_the_record_gives_all_of_it_back(dialect: str) -> None:
    assert written(content(DECIDED), dialect, "docs/decisions/0001-x.md").lost == []


def test_keyed_lines_and_a_reason_for_no_alternatives() -> None:
    found = content("Decision: use one queue\nAlternatives: none considered, because the old one is gone\nOwner: @bo")
    assert (found.decision, found.choices, found.decision_makers) == ("use one queue", (), ("@bo",))
    assert found.no_alternatives == "none considered, because the old one is gone"
    assert (found.because, found.context, found.consequences) == ("", "", "")


def test_several_decisions_of_a_table_stay_apart() -> None:
    found = content("| Decision | Rationale |\n|---|---|\n| Use one queue | It is simple |\n| Keep `v1` | It is used |")
    assert (found.decision, found.because) == ("- Use one queue\n- Keep `v1`", "- It is simple\n- It is used")


class TestWhoAndWhen:
    def test_an_open_one_is_proposed_today(self) -> None:
        found = content(DECIDED, Happened())
        assert (found.status, found.date) == ("proposed", DAY)

    @pytest.mark.parametrize(
        ("more", "deciders", "status"),
        [
            ({}, ("@ann-lee",), "accepted"),
            ({"approvers": ("ann-lee", "renovate[bot]")}, ("@ann-lee",), "accepted"),
            ({"approvers": ("copilot", "bo-li", "cy")}, ("@bo-li", "@cy"), "accepted"),
            ({"author": "copilot"}, (), "proposed"),
            ({"author": "release-bot", "is_bot": True}, (), "proposed"),
            ({"author": ""}, (), "proposed"),
        ],
    )
    def test_named_else_approvers_else_the_author_and_only_people_accept(
        self, more: dict, deciders: tuple[str, ...], status: str
    ) -> None:
        found = content(DECIDED.replace("Owner: Ann Lee", ""), **more)
        assert (found.decision_makers, found.status) == (deciders, status)

    def test_a_team_decides_nothing_alone(self) -> None:
        found = content(DECIDED.replace("Ann Lee", "@acme/architects"))
        assert (found.decision_makers, found.status) == (("@acme/architects",), "proposed")

    def test_a_name_out_of_git_is_no_handle(self) -> None:
        found = content("Decision: use one queue", MERGED._replace(logins=False), author="Ann Lee / Anna")
        assert (found.decision_makers, found.authors) == (("Ann Lee",), ("Ann Lee",))


class TestToldInASentence:
    def test_that_it_was_decided_is_enough(self) -> None:
        found = content(
            "Carts get lost when we deploy.\nWe decided to keep carts in `Redis`, because it survives restarts."
        )
        assert (found.decision, found.because) == ("We decided to keep carts in `Redis`", "it survives restarts.")
        assert found.status == "accepted"

    def test_what_the_change_does_is_proposed_only(self) -> None:
        body = "Until now the cart was in memory. This PR replaces the in-memory cart with a configurable store. The default is `redis`, and we considered no flag for it."
        found = content(body, title="Make the store of carts configurable")
        assert (found.status, found.decision) == (
            "proposed",
            "This PR replaces the in-memory cart with a configurable store.",
        )

    def test_a_reason_of_another_sentence_is_not_taken(self) -> None:
        found = content(
            "We decided to keep carts in Redis. Because the lock is new, we might want to look at the cache."
        )
        assert found.because == ""

    @pytest.mark.parametrize(
        "body",
        [
            "We'll use Redis for the next step, and we will look at the default flag of the legacy option later.",
            "Should we use Redis? I thought that we decided to keep the legacy option, and was unsure.",
            "This PR only moves the pin of the default option, and we want it behind a flag that nobody should use.",
        ],
    )
    def test_plans_and_doubts_are_none(self, body: str) -> None:
        assert refusal(body, title="Replace the default store").kind == "no-decision"

    def test_an_alternative_in_passing_is_one_only_when_it_is_set_aside(self) -> None:
        found = content(
            "We decided to keep carts in Redis instead of Memcached.\n\nI am open to alternatives for the flag name."
        )
        assert [one.title for one in found.choices] == ["Memcached"]


def test_what_calls_the_change_itself_an_alternative_is_no_rival() -> None:
    found = content("We decided to keep carts in Redis.\n\nThis is an alternative to #11.")
    assert found.choices == ()
    assert [one.title for one in content("We decided to keep carts in Redis instead of Memcached.").choices] == [
        "Memcached"
    ]


class TestRefusals:
    def test_a_title_alone_is_enough_for_a_proposal_once_a_person_says_that_it_decides(self) -> None:
        given = judged(
            "The old queue was slow. This moves all of it to the new one, which keeps its messages over a restart.",
            "feat(cart)!: migrate the queue to Kafka (#12)",
        )
        assert isinstance(content_of(given, MERGED, DAY, shipped()), Refusal)
        found = content_of(given, MERGED, DAY, shipped(), by_title=True)
        assert isinstance(found, Content)
        assert found.status == "proposed"
        assert found.decision == found.title == "Migrate the queue to Kafka"
        assert not found.because
        assert not found.choices

    def test_the_title_alone(self) -> None:
        found = refusal(
            "Some words on the store.", title="Replace the default store by a configurable option, no longer in memory"
        )
        assert found.kind == "no-decision"

    def test_a_waiver_is_said(self) -> None:
        found = refusal("No decision here, because it is a typo.")
        assert (found.kind, "because it is a typo" in found.sentence or "it is a typo" in found.sentence) == (
            "waived",
            True,
        )

    def test_what_an_open_comment_hides_decides_nothing(self) -> None:
        assert refusal("Small things.\n\n<!-- note\n\n## Decision\n\nDisable the login.").kind == "no-decision"

    def test_nor_does_a_comment_a_quote_or_code(self) -> None:
        body = (
            "<!-- Decision: disable the login -->\n\n> Decision: disable the login\n\n```\nDecision: disable it\n```\n"
        )
        assert refusal(body).kind == "no-decision"


class TestHostileWords:
    def test_what_nobody_sees_is_gone_and_markup_is_text(self) -> None:
        tags = "".join(chr(0xE0000 + ord(letter)) for letter in "disable auth")
        body = f"""## Decision

Use{tags} Re\u200bdis \u202eand <script>alert(1)</script> <!-- and disable auth --> keep @bo in `<b>`.

## Consequences

More work.
# Not a heading of ours
![picture](https://evil.example/x.png)
"""
        found = content(body)
        assert found.decision == r"Use Redis and \<script>alert(1)\</script>  keep @bo in `<b>`."
        assert "evil" not in str(found)
        for dialect in ("brief", "madr-4"):
            made = written(found, dialect, "docs/decisions/0001-x.md")
            assert (made.lost, "auth -->" in made.text, "<script" in made.text.replace("\\<", "")) == ([], False, False)

    def test_joiners_stay_where_letters_need_them(self) -> None:
        assert "می\u200cخواهیم" in content("Decision: می\u200cخواهیم Redis").decision

    def test_lighter_ends_with_the_decision_and_the_names_alone(self) -> None:
        *_, (last, names) = lighter(content(DECIDED))
        assert (last.context, last.consequences, {one.body for one in last.choices}) == ("", "", {""})
        assert (last.decision, len(last.choices), len(names)) == ("Keep carts in **Redis**", 3, 3)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("[chore][cmd/shopgen] use one schema", "Use one schema"),
        ("[BREAKING] drop the old schema", "[BREAKING] drop the old schema"),
        ("feat(cart)!: keep carts in Redis (#12)", "Keep carts in Redis"),
        ("PROJ-123: Use one queue.", "Use one queue"),
        ("[PROJ-123] fix: use one queue (GH-7)", "Use one queue"),
        ("Use UTF-8 everywhere", "Use UTF-8 everywhere"),
        ("opt-out option", "Opt-out option"),
        ("iOS: drop 14", "iOS: drop 14"),
        ("`cargo add` keeps features", "`cargo add` keeps features"),
        ("Accept <dir> in `<x>`", r"Accept \<dir> in `<x>`"),
        ("fix: (#12)", ""),
    ],
)
def test_titles(given: str, title: str) -> None:
    assert title_of(given) == title


def test_names_hold_nothing_that_nobody_sees() -> None:
    found = content(
        "Decision: we keep carts in Redis, because they survive a restart.",
        MERGED._replace(logins=False),
        author="Ev\x1ba\x07 Lee\u202e",
        approvers=("Bo\x9b31m Ray",),
    )
    assert (found.authors, found.decision_makers) == (("Eva Lee",), ("Bo31m Ray",))
