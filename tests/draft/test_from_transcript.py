"""A draft says what was marked, by whom and where; what was not said stays empty, and nothing hostile gets into it."""

from pathlib import Path

import pytest

from onrecord.adapters.evidence_index import find_windows
from onrecord.draft.from_transcript import Drafted, draft_of, finished
from onrecord.draft.given_back import written
from onrecord.draft.harmless import harmless
from onrecord.draft.shapes import SHAPES
from onrecord.draft.tasks import owner_of
from onrecord.draft.transcript import read
from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, read_record
from onrecord.record.draft_hash import is_untouched
from onrecord.record.vocabulary import shipped

TITLE = "Use Redis for sessions"
TEAMS = (Path(__file__).with_name("transcripts") / "teams.vtt").read_bytes()
PATH = "docs/decisions/0001-use-redis-for-sessions.md"


def drafted(text: str | bytes, title: str = TITLE) -> Drafted | None:
    transcript = read(text)
    return draft_of(title, transcript, find_windows(transcript, title).windows, "a.vtt", "2026-05-04")


def text_of(text: str | bytes, dialect: str = "brief") -> str:
    draft = drafted(text)
    assert draft is not None
    return finished(written(draft.content, dialect, PATH).text, draft.evidence)


def record_of(text: str) -> DecisionRecord:
    return read_record(parse_document(text), PATH, shipped())


@pytest.mark.parametrize("dialect", SHAPES)
def test_a_draft_is_proposed_sealed_and_read_as_what_was_marked(dialect: str) -> None:
    text = text_of(TEAMS, dialect)
    record = record_of(text)
    assert is_untouched(text)
    assert "> Draft from transcript, not a decision." in text
    assert record.title == TITLE
    assert record.status is not None
    assert record.status.value == "proposed"
    assert record.decision is not None
    assert "“We use Redis for sessions, because they must survive a deploy.” — Bob Jones, turn 3 (0:00:12)" in text
    assert (record.decision_makers, record.considered_options, record.consequences) == ([], [], None)
    assert [(one.who, one.due) for one in record.follow_ups] == [
        ("Alice Smith", "2026-12-05"),
        ("Carol Reyes", None),
        (None, None),
    ]


def test_what_is_left_open_is_said_with_the_reason() -> None:
    draft = drafted(TEAMS)
    assert draft is not None
    assert draft.left_open == ("who does it (turn 6): Dave Miller is not among those who were there",)


def test_every_quote_is_verbatim_in_its_turn() -> None:
    transcript = read(TEAMS)
    draft = drafted(TEAMS)
    assert draft is not None
    for line in (line for line in draft.evidence.splitlines() if "“" in line):
        quote, place = line.split("“")[1].split("”")[0], int(line.split("turn ")[1].split(" ")[0])
        assert quote in transcript.turns[place - 1].text


TALK = "Ann Lee: Redis for sessions?\nBob Ray: maybe.\n"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "no turn about it is marked"),
        ("Ann Lee: We have decided on Redis for sessions.\n", "no turn about it is marked"),
        ("Ann Lee: DECISION: not decided yet, Redis is postponed\n", "asks, or leaves it open"),
        ("Ann Lee: DECISION: Redis or not?\n", "asks, or leaves it open"),
        ("Ann Lee: DECISION: Redis\n\nBob Ray: DECISION: no Redis\n", "several turns mark one (3, 4)"),
    ],
)
def test_without_one_marked_decision_the_question_stands_there(said: str, why: str) -> None:
    draft = drafted(TALK + said)
    assert draft is not None
    assert draft.content.decision == ""
    assert why in draft.left_open[0]


def test_of_several_the_one_about_the_title_is_taken() -> None:
    draft = drafted(f"{TALK}Ann Lee: DECISION: lunch at noon\nAnn Lee: DECISION: we keep sessions there\n")
    assert draft is not None
    assert draft.content.decision.startswith("“we keep sessions there” — Ann Lee, turn 4")


def test_nothing_about_it_is_no_draft() -> None:
    assert drafted("Ann Lee: DECISION: lunch at noon\nBob Ray: fine\n") is None


@pytest.mark.parametrize(
    ("text", "speaker", "owner"),
    [
        ("Bob to write it", "Ann Lee", "Bob Ray"),
        ("Bob Ray: write it", "Ann Lee", "Bob Ray"),
        ("@bob will write it", None, "Bob Ray"),
        ("I will write it", "Ann Lee", "Ann Lee"),
        ("I will write it", "SPEAKER_00", ""),
        ("I will write it", None, ""),
        ("write it", "Ann Lee", ""),  # who says it need not do it
        ("Dave Miller: write it", "Ann Lee", ""),
        ("Lee to write it", "Ann Lee", ""),  # two of them
        ("we will write it", "Ann Lee", ""),
        ("Bob orders the managed Redis by 2026-12-01", "Ann Lee", "Bob Ray"),
        ("Bob (Ray) orders it", "Ann Lee", "Bob Ray"),
        ("Lee orders it", "Ann Lee", ""),
        ("Bob thinks we order it", "Ann Lee", ""),
    ],
)
def test_whose_task_it_is_is_never_guessed(text: str, speaker: str | None, owner: str) -> None:
    assert owner_of(text, speaker, ("Ann Lee", "Bob Ray", "Cho Lee"))[0] == owner


@pytest.mark.parametrize(
    "said",
    [
        "Bob Ray: Ann would say she will order Redis.\n",
        "Bob Ray: Will Ann order Redis?\n",
        "Me: I will order Redis.\n",
        "Bob Ray: Dave will order Redis.\n",
        "Bob Ray: If it fails, I will order Redis.\n",
    ],
)
def test_talk_that_promises_nothing_is_no_task(said: str) -> None:
    draft = drafted(TALK + said)
    assert draft is not None
    assert draft.tasks == ()


def test_who_promises_something_in_passing_has_a_task() -> None:
    draft = drafted(f"{TALK}Bob Ray: Fine. I'll order Redis. Ann will write the guide.\n")
    assert draft is not None
    assert [(one.who, one.quote) for one in draft.tasks] == [
        ("Bob Ray", "I'll order Redis."),
        ("Ann Lee", "Ann will write the guide."),
    ]


@pytest.mark.parametrize(
    "owner",
    [
        "Dave Miller: tell them",
        "tell them (Dave Miller)",
        "tell them — Dave Miller",
        "owner: Dave Miller",
        "@dave-miller tell",
        "dave@example.org: tell",
    ],
)
def test_nobody_who_was_not_there_becomes_an_owner(owner: str) -> None:
    record = record_of(text_of(f"{TALK}Ann Lee: ACTION: {owner} of Redis\n"))
    assert all(one.who is None for one in record.follow_ups)


HOSTILE = (
    ("[the page](https://evil.example/a) ![x](http://evil.example/b.png)", ("evil.example",)),
    ("www.evil.example javascript:alert(1) <https://evil.example> [a]: https://evil.example", ("evil.example", "javascript:")),
    ("<script>alert(1)</script> <img src=x onerror=y> &lt;b>", ("<script", "<img", " <b")),
    ("@everyone and @ann-lee and ann@example.org", ("@everyone", "@ann-lee", "ann@example")),
    ("\u200b<!-- DECISION: use MySQL -->\u202e\U000e0055\U000e0073", ("MySQL", "\u202e", "\U000e0055")),
    ("fixes #12, see acme/store#13", (" #12", "store#13\n")),
    ("`code` **bold** | cell | ~~gone~~", ("**bold", "`code`", "~~gone")),
)  # fmt: skip


@pytest.mark.parametrize(("said", "never"), HOSTILE)
def test_what_others_said_does_nothing_in_the_record(said: str, never: tuple[str, ...]) -> None:
    talk = f"{TALK}Ann Lee: DECISION: Redis for sessions {said}\nAnn Lee: ACTION: Bob to order Redis {said}\n"
    text = text_of(talk)
    assert "Redis for sessions" in record_of(text).decision.text  # type: ignore[union-attr]
    for piece in never:
        assert piece not in text


@pytest.mark.parametrize("lead", ["# Status", "- [x] done", "> quote", "1. one", "---", "| a | b |", "```"])
def test_no_turn_becomes_a_block_of_the_record(lead: str) -> None:
    text = text_of(
        f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAnn Lee: DECISION: {lead} Redis for sessions\n## Status\n\n"
    )
    titles = [section.title for section in parse_document(text).sections]
    assert titles == ["", TITLE, "Decision", "Instead of", "Because", "Evidence"]


def test_a_speaker_is_made_harmless_as_well() -> None:
    text = text_of(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v [x](http://evil.example) @all>DECISION: Redis for sessions</v>\n"
    )
    assert "evil.example" not in text
    assert "@all" not in text


def test_a_long_text_is_cut() -> None:
    assert len(harmless("word " * 500)) <= 400


def test_the_transcript_itself_is_not_in_the_record() -> None:
    lines = "".join(f"Ann Lee: Redis and sessions, remark {i}, which is only talk.\n" for i in range(400))
    text = text_of(lines)
    assert text.count("which is only talk") <= 15


def test_a_flood_of_marks_stays_a_short_record() -> None:
    draft = drafted("".join(f"Ann Lee: ACTION: I will order Redis {i}\n" for i in range(2_000)))
    assert draft is not None
    assert len(draft.tasks) == 40
    assert len(draft.evidence.splitlines()) < 60


def test_a_name_with_brackets_owns_what_it_is_said_to_do() -> None:
    assert owner_of("Bob orders it", "Ann Lee", ("Ann Lee", "Bob (Ray)"))[0] == "Bob (Ray)"
