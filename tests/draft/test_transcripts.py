"""Every shape of transcript becomes the same numbered turns, and no bytes make the reader fail."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.draft.transcript import FORMS, clock, read
from onrecord.draft.transcript.clean import MOST_OF_A_TURN
from onrecord.draft.transcript.slack import users_of

FOLDER = Path(__file__).with_name("transcripts")
ASKS, ANSWER = "Which store is it?", "Redis."
ALICE, BOB = "Alice Smith", "Bob Jones"

READ = {
    "graph.vtt": ("webvtt", (ALICE, BOB), [(ALICE, "Two words & more.", 0.0), (BOB, "Fine.", 5.32)]),
    "zoom.vtt": (
        "webvtt",
        (ALICE,),
        [(ALICE, "Redis, then.", 1.0), (None, "and for a day Note: nobody is called so", 3.0)],
    ),
    "subtitles.srt": ("srt", ("Alice",), [("Alice", "Is it Redis?", 1.0), (None, "Yes, it is.", 3.0)]),
    "meet.md": ("notes", (ALICE, BOB), [(ALICE, ASKS, 0.0), (BOB, "Redis. It lasts.", None), (ALICE, "Good.", 300.0)]),
    "gemini.md": ("notes", (ALICE, BOB), [(ALICE, ASKS, None), (BOB, ANSWER, None)]),
    "otter.txt": ("named-lines", (ALICE, BOB), [(ALICE, f"{ASKS} So?", 3.0), (BOB, ANSWER, 3723.0)]),
    "fireflies.txt": ("named-lines", (ALICE, BOB), [(ALICE, ASKS, 3.0), (BOB, ANSWER, 10.0)]),
    "granola.txt": ("plain", (), [("Me", ASKS, None), ("Them", ANSWER, None)]),
    "whisper.json": ("json", (), [("SPEAKER_00", ASKS, 0.0), ("SPEAKER_01", ANSWER, 3.0)]),
    "fireflies.json": ("json", (ALICE,), [(ALICE, ASKS, 0.5), ("Speaker 1", ANSWER, None)]),
    "plain.txt": (
        "plain",
        ("Carol", BOB),
        [
            (None, "Agenda: the store", None),
            ("Carol", "Redis goes on", None),
            (None, "nobody in particular", None),
            (BOB, "+1", 37925.0),
            (None, "Note: not a speaker http://example.org: neither", None),
            (None, "Decision: use Redis", None),
        ],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_each_shape_is_known_by_its_content_and_read(name: str) -> None:
    form, there, turns = READ[name]
    found = read((FOLDER / name).read_bytes())
    assert (found.form, found.participants) == (form, there)
    assert [(one.speaker, one.text, one.start) for one in found.turns] == turns
    assert [one.number for one in found.turns] == list(range(1, len(turns) + 1))


def test_cues_of_one_voice_are_one_turn_but_a_marker_begins_another() -> None:
    found = read((FOLDER / "teams.vtt").read_bytes())
    assert found.participants == (ALICE, BOB, "Carol Reyes")
    assert found.turns[0].text == "Sessions are lost at each deploy, so they need a place. What do we have?"
    assert [one.speaker for one in found.turns] == [ALICE, BOB, BOB, ALICE, ALICE, ALICE]
    assert found.turns[2].text.startswith("DECISION: ")


@pytest.mark.parametrize("mark", ["Decision:", "Agreed:", "**Action item:**", "[adr]"])
def test_a_cue_that_starts_with_a_marker_in_small_letters_begins_a_turn_too(mark: str) -> None:
    cues = ("So it is slow.", f"{mark} we use Redis", "for all sessions.")
    found = read(
        "WEBVTT\n\n" + "\n\n".join(f"00:0{i}.000 --> 00:0{i}.900\n<v Ann Lee>{one}</v>" for i, one in enumerate(cues))
    )
    assert [one.text for one in found.turns] == ["So it is slow.", f"{mark} we use Redis for all sessions."]


def test_a_slack_export_is_threads_of_what_people_said() -> None:
    users = users_of(json.loads((FOLDER / "users.json").read_text()))
    found = read((FOLDER / "slack.json").read_bytes(), users=users)
    assert [(one.speaker, one.text, one.start) for one in found.turns] == [
        (ALICE, "Which store, Bob Jones?", 0.0),
        (BOB, "Redis.", 8.0),
        ("U0AAAAAA3", "a < b & c the page #general here", 1.0),
    ]
    assert found.participants == (ALICE, BOB)
    assert [one.what for one in found.problems] == ["message 6 has no time or no text and was left out"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("WEBVTT\n\n00:xx --> 00:02\nAlice: a\n", 3, "does not read as a time"),
        ('{"segments": [\n{]}', 2, "does not read as JSON"),
        (b"Alice: a\nBob: caf\xe9\n", 2, "not UTF-8"),
        ("", 1, "nothing in it"),
        ('{"a": 1}', 1, "no list of segments"),
        ("[" * 100_000, 1, "nested too deeply"),
        ("Alice: " + "long " * MOST_OF_A_TURN, 1, "was cut"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str | bytes, line: int, what: str) -> None:
    found = read(text, "json" if str(text).startswith("[[") else None).problems
    assert [one.line for one in found] == [line]
    assert what in found[0].what


@pytest.mark.parametrize(
    "hidden",
    ["<!-- x -->", "\u200b", "\u202e", "\U000e0041\U000e0042", "\x1b", "\ufeff", "\u2066", "\ufe0f", "<!--\n-->"],
)
def test_what_nobody_sees_is_gone_before_turns_are_numbered(hidden: str) -> None:
    assert read(f"Alice: we {hidden}use it\n{hidden}\nAlice: ok\n") == read("Alice: we use it\n\nAlice: ok\n")


def test_a_file_in_utf_16_is_read() -> None:
    assert read("Alice: Grüße\n".encode("utf-16")).turns[0].text == "Grüße"


def test_lower_case_words_in_front_of_a_colon_are_names_only_when_they_come_back() -> None:
    assert read("carol: hi\nso: it is\ncarol: yes\n").participants == ("carol",)
    assert read("I think so: yes\nAlice: ok\n").participants == ("Alice",)


@pytest.mark.parametrize("name", ["Amy", "Amir Lee", "PM", "Pm"])
def test_a_name_that_begins_like_a_time_of_day_is_a_name(name: str) -> None:
    assert read(f"{name}: hi\n[10:32 am] Bob: ok\n{name}: yes\n").participants == (name, "Bob")


def test_a_time_is_shown_as_people_write_it() -> None:
    assert clock(3785.4) == "1:03:05"


@given(st.binary(max_size=400), st.sampled_from([None, *FORMS]))
def test_no_bytes_make_it_fail(content: bytes, form: str | None) -> None:
    found = read(content, form)
    assert found.turns or found.problems


_PIECES = st.sampled_from(
    ["WEBVTT\n", "\n", "0:0:1.0 --> 0:2\n", "<v A>", "</v>", "Alice: ", "**Bob:** ", "Bob  0:03\n", "[1:02] ", "{", "}", "[",
     "]", '"text": "a"', ",", '"ts": "1.0"', "<!--", "-->", "NOTE ", "Attendees: ", "1\n00:00:01,000 --> 00:00:02,000\n", "x ", "# Transcript\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join), st.sampled_from([None, *FORMS]))
def test_no_mixture_of_shapes_makes_it_fail(text: str, form: str | None) -> None:
    found = read(text, form)
    assert found.turns or found.problems
    assert all("\n" not in one.text and one.text.strip() for one in found.turns)
