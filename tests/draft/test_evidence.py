"""The turns about a decision that a person has named; and no window where nothing was said about it."""

import pytest

from onrecord.adapters import evidence_index
from onrecord.adapters.evidence_index import find_windows
from onrecord.draft.cues import is_cue, marked
from onrecord.draft.evidence import MOST_WORDS, expression_of, short, spans_of
from onrecord.draft.transcript import Transcript, Turn


def meeting(length: int, **said: str) -> Transcript:
    """Return a meeting of so many turns of small talk; `t7="…"` is what turn 7 says."""
    return Transcript(tuple(Turn(i, "Ann Lee", said.get(f"t{i}", f"Small talk {i}.")) for i in range(1, length + 1)))


def test_windows_are_twelve_turns_and_half_over_each_other() -> None:
    spans = spans_of(meeting(31))
    assert [(one[0].number, one[-1].number) for one in spans] == [(1, 12), (7, 18), (13, 24), (19, 30), (25, 31)]
    assert spans_of(meeting(0)) == []
    assert [len(one) for one in spans_of(meeting(3))] == [3]


@pytest.fixture(params=[True, False], ids=["fts5", "without fts5"])
def index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Search both as nearly every Python can, and as one whose SQLite was built without full-text search."""
    monkeypatch.setattr(evidence_index, "has_fts5", lambda: request.param)
    return bool(request.param)


def test_the_turns_that_name_it_are_found(index: bool) -> None:
    talk = meeting(120, t40="Redis for the sessions?", t41="Sessions in Redis, yes.", t90="The sessions are long.")
    found = find_windows(talk, "Use Redis for sessions")
    assert {40, 41} <= {turn.number for turn in found.windows[0].turns}
    assert bool(found.notes) is not index
    numbers = [turn.number for window in found.windows for turn in window.turns]
    assert len(numbers) == len(set(numbers))
    assert [one.turn.number for one in found.windows[0].quotes] == [40, 41]


@pytest.mark.usefixtures("index")
def test_nothing_is_padded() -> None:
    assert find_windows(meeting(120), "Use Redis for sessions").windows == []
    assert len(find_windows(meeting(120, t40="Redis"), "Use Redis for sessions").windows) == 1
    assert find_windows(meeting(5), "the of").windows == []
    assert find_windows(meeting(0), "Redis").windows == []


@pytest.mark.parametrize(
    "title", ['Redis" OR 1', "NEAR(a b)", "Redis AND NOT (", "words: Redis*", "“Redis” — ^x", "-", "数据库"]
)
def test_no_title_is_an_expression_of_the_engine(title: str) -> None:
    find_windows(meeting(9, t3="Redis and a b 数据库"), title)
    assert all(term.startswith('"') and term.endswith('"') for term in expression_of(title).split(" OR ") if term)


def test_words_of_an_unspaced_script_are_found() -> None:
    assert find_windows(meeting(9, t3="我们决定使用数据库。"), "数据库").windows


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("DECISION: we use Redis", [("decision", "we use Redis")]),
        ("Decision: we use Redis", [("decision", "we use Redis")]),
        ("**DECIDED:** we use Redis", [("decision", "we use Redis")]),
        ("ok. AGREED: a b. ACTION: Ann to go", [("decision", "a b."), ("action", "Ann to go")]),
        ("[ADR] keep it", [("decision", "keep it")]),
        ("RESOLVED: x ACTION ITEM: y", [("decision", "x"), ("action", "y")]),
        ("and our decision: later", []),
        ("he wrote “DECISION: x”", []),
        ("DECISION:", []),
        ("The decision is made", []),
    ],
)
def test_markers_are_what_people_write_on_purpose(text: str, kinds: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.text) for one in marked(text)] == kinds


@pytest.mark.parametrize(
    "text", ["We have decided on Redis.", "Let's go with Redis.", "We’ll keep it.", "Redis rather than that."]
)
def test_a_cue_sounds_like_deciding(text: str) -> None:
    assert is_cue(text)


@pytest.mark.parametrize(
    "text", ["We did not decide on Redis.", "We have decided on Redis?", "Let's decide later.", "It rains."]
)
def test_a_question_and_a_no_switch_it_off(text: str) -> None:
    assert not is_cue(text)


def test_a_quote_is_a_short_piece_of_the_turn() -> None:
    text = f"{'word ' * 80}. We keep Redis. {'word ' * 80}".strip()
    piece = short(text, ["redis"])
    assert piece in text
    assert piece.startswith("We keep Redis.")
    assert len(piece.split()) <= MOST_WORDS
    assert "redis" in short(f"{'word ' * 80} redis {'word ' * 80}", ["redis"])
