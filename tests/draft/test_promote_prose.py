"""Prose that answers a nudge becomes a record too; what only hints at a decision does not."""

import pytest

from onrecord.change import Change, judge_change
from onrecord.change.model import Triggers
from onrecord.draft.content import Choice, Content
from onrecord.draft.promote import Happened, Refusal, content_of
from onrecord.draft.promote_decides import states_decision
from onrecord.draft.shapes import write
from onrecord.record.vocabulary import shipped

WILL = "We will use PostgreSQL for billing because it has transactions."
GUESSED = "Bills move to PostgreSQL until Monday, we agreed it should be tried. Instead of MySQL."


def promoted(body: str, asked: bool = False, by_title: bool = False) -> Content | Refusal:
    change = Change("Use PostgreSQL for billing", body, author="ann", number=12, labels=("decision",))
    judged = judge_change(change, Triggers(labels=frozenset(["decision"] if asked else [])), shipped())
    return content_of(judged, Happened("2026-11-20"), "2026-11-22", shipped(), by_title=by_title)


def test_three_sentences_are_a_decision_with_all_its_parts() -> None:
    found = promoted(f"{WILL} Instead of MySQL, which has no licence. Owner: Ann Lee.")
    assert isinstance(found, Content)
    assert (found.decision, found.because) == ("We will use PostgreSQL for billing", "it has transactions.")
    assert found.choices == (Choice("MySQL", behind=", which has no licence"),)
    assert (found.status, found.decision_makers, found.context) == ("accepted", ("Ann Lee",), "")


@pytest.mark.parametrize(
    ("body", "asked", "by_title", "status"),
    [
        (WILL, False, False, ""),  # a plan
        (WILL, False, True, "proposed"),  # a person says that it decides
        (GUESSED, False, False, ""),
        (GUESSED, False, True, ""),
        (GUESSED, True, False, "proposed"),  # `pr` calls it stated
    ],
)
def test_less_is_proposed_where_somebody_asks(body: str, asked: bool, by_title: bool, status: str) -> None:
    found = promoted(body, asked, by_title)
    assert (found.status if isinstance(found, Content) else "") == status


def test_it_counts_as_stated_beside_a_record_that_it_mentions() -> None:
    judged = judge_change(
        Change("Billing", f"{WILL} Instead of MySQL. See ADR-1.", author="ann"), Triggers(), shipped()
    )
    assert states_decision(judged, shipped())


@pytest.mark.parametrize("dialect", ["brief", "tyree-akerman"])
def test_a_reason_in_the_decision_is_not_asked_for_again(dialect: str) -> None:
    found = promoted(f"## Decision\n\n{WILL} We run it already.")
    assert isinstance(found, Content)
    assert (found.is_reasoned, found.decision) == (True, f"{WILL} We run it already.")
    assert ("Why this one?" in write(found, dialect), "Why this one?" in write(found._replace(is_reasoned=False), dialect)) == (False, True)  # fmt: skip
