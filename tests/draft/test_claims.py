"""A claim is kept when its quote stands in its turn, and when it says no more than that; else it is emptied with the reason."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.draft.claims import Claim, Emptied, Kept, verify
from onrecord.draft.transcript import Transcript, Turn

ALICE, BOB = "Alice Smith", "Bob Jones"
TURNS = (
    Turn(1, ALICE, "Sessions are lost at each deploy, so we should keep them in Postgres or “Redis” from 2027 on."),
    Turn(2, BOB, "Yes."),
    Turn(3, BOB, "I will write the runbook for it by Friday."),
    Turn(4, ALICE, "Bob will set up the staging cluster next week."),
    Turn(5, None, "I will tell the customers about all of it."),
    Turn(6, ALICE, "We will not use Redis for the sessions. We keep the sessions in Postgres instead."),
    Turn(7, "SPEAKER_00", "I will write the other runbook for it."),
    Turn(8, BOB, "Should we keep the sessions in Postgres then?"),
)
MEETING = Transcript(TURNS, (ALICE, BOB))
TITLE = "Where sessions live"
HONEST = Claim("decision", "Keep the sessions in Postgres", 6, "We keep the sessions in Postgres instead")
OWNER = Claim("owner", BOB, 3, "I will write the runbook for it")


def judged(claim: Claim) -> Kept | Emptied:
    return verify(claim, MEETING, MEETING.participants, TITLE)


def reason(claim: Claim) -> str:
    found = judged(claim)
    assert isinstance(found, Emptied), found
    return found.reason


@pytest.mark.parametrize(
    "claim",
    [
        HONEST._replace(text="We keep the sessions in Postgres instead"),
        OWNER,
        OWNER._replace(turn=4, quote="Bob will set up the staging cluster"),
        Claim("context", "Sessions are lost at a deploy", 1, "SESSIONS are  lost at each deploy"),
        Claim("context", 'It may be "Redis"', 1, 'keep them in Postgres or "redis" from 2027'),
        OWNER._replace(speaker="bob jones"),
    ],
)
def test_an_honest_answer_passes(claim: Claim) -> None:
    found = judged(claim)
    assert isinstance(found, Kept)
    assert (found.field, found.text, found.turn.number) == (claim.field, claim.text, claim.turn)


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (HONEST._replace(quote="we keep all of the sessions in Postgres"), "not in turn 6"),  # made up
        (HONEST._replace(turn=1), "not in turn 1"),  # the right quote, the wrong turn
        (HONEST._replace(quote="Postgres"), "1 of the 5 words"),
        (HONEST._replace(quote="Postgres - - - - - -"), "1 of the 5 words"),
        (HONEST._replace(quote="e keep the sessions in Postgres"), "not in turn 6"),  # cut within a word
        (Claim("decision", "Yes", 2, "Yes."), "1 of the 5 words"),  # no exception for a whole turn
        (OWNER._replace(text="Dave Miller"), "not among those who were there"),
        (OWNER._replace(text=ALICE), "Bob Jones said it"),
        (OWNER._replace(turn=5, quote="I will tell the customers about all"), "nobody by name said it"),
        (OWNER._replace(turn=4, text=ALICE, quote="Bob will set up the staging"), "does not name Alice Smith"),
        (OWNER._replace(text="SPEAKER_00", turn=7, quote="I will write the other runbook"), "not among"),
        (OWNER._replace(speaker=ALICE), "not said by that speaker"),
        (OWNER._replace(speaker=3), "not said by that speaker"),
    ],
)
def test_a_false_proof_empties_the_field(claim: Claim, why: str) -> None:
    assert why in reason(claim)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Use MySQL for sessions", "“MySQL” was not said"),
        ("use mysql for sessions", "“mysql” was not said"),
        ("MariaDB keeps the sessions", "“MariaDB” was not said"),
        ("Use Redis for the sessions", "“Redis” was not said"),  # it was, in the sentence before
        ("Keep the sessions in Postgres 16", "“16” was not said"),
        ("Keep the sessions in `pg_store`", "“`pg_store`” was not said"),
        ("Do not keep the sessions in Postgres", "says “not”"),
    ],
)
def test_an_honest_quote_proves_no_false_decision(text: str, why: str) -> None:
    assert why in reason(HONEST._replace(text=text))


def test_a_quote_that_leaves_out_the_not_proves_nothing() -> None:
    cut = Claim("decision", "Use Redis for the sessions", 6, "use Redis for the sessions")
    assert "says “not”" in reason(cut)


def test_a_question_decides_nothing() -> None:
    assert "asks" in reason(HONEST._replace(turn=8, quote="we keep the sessions in Postgres"))


def test_a_name_outside_of_the_turn_is_none_in_another_field_either() -> None:
    assert "“Kafka”" in reason(Claim("context", "They are lost by Kafka", 1, "Sessions are lost at each deploy"))


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (HONEST._replace(turn=True), "no number"),
        (HONEST._replace(turn="6"), "no number"),
        (HONEST._replace(turn=6.0), "no number"),
        (HONEST._replace(turn=0), "no turn 0"),
        (HONEST._replace(turn=160892), "no turn 160892"),
        (HONEST._replace(quote=None), "no quote"),
        (HONEST._replace(text=["a"]), "says nothing"),
        (HONEST._replace(text="\u200b…"), "says nothing"),
        (HONEST._replace(field={}), "names no field"),
    ],
)
def test_a_value_of_a_wrong_type_is_a_reason_and_no_error(claim: Claim, why: str) -> None:
    assert why in reason(claim)


_ANY = st.one_of(st.none(), st.booleans(), st.integers(-2, 9), st.floats(), st.text(max_size=20), st.lists(st.none()))


@given(st.sampled_from(["decision", "owner", "context"]), _ANY, _ANY, _ANY, _ANY)
def test_nothing_makes_it_fail(field: str, text: Any, turn: Any, quote: Any, speaker: Any) -> None:
    assert isinstance(judged(Claim(field, text, turn, quote, speaker)), Emptied)
