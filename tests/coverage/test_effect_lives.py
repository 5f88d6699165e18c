"""What became of records over time."""

import pytest

from onrecord.coverage.effect_lives import Life, Stuck, Version, acceptance, lead_time, replacement, stuck
from onrecord.coverage.survival import Wait

TODAY = "2026-06-30"


def life(name: str, seen: str, merged: str = "") -> Life:
    """Return a life out of "2026-01-01 proposed, 2026-01-09 accepted"; merged as it was written, unless told otherwise."""
    first, second = (
        tuple(Version(*one.split()) if " " in one else Version(one, "") for one in told.split(", ")) if told else ()
        for told in (seen, merged or seen)
    )
    return Life(name, first, second)


@pytest.mark.parametrize(
    ("seen", "merged", "days", "ended"),
    [
        ("2026-01-01 proposed, 2026-01-09 accepted", "", 8, True),
        ("2026-01-01 draft, 2026-01-09 accepted", "2026-01-20 accepted", 19, True),  # the branch came in later
        ("2026-01-01 proposed, 2026-01-09 superseded", "", 8, True),
        ("2026-06-20 proposed", "", 10, False),
        ("2026-01-01 proposed, 2026-01-04 rejected", "", 3, False),
    ],
)
def test_from_proposed_to_accepted(seen: str, merged: str, days: int, ended: bool) -> None:
    assert acceptance([life("a", seen, merged)], TODAY) == [Wait("a", days, ended)]


@pytest.mark.parametrize("seen", ["2026-01-01 accepted", "2026-01-01, 2026-02-01 accepted", "2026-01-01 rejected"])
def test_what_did_not_begin_open_was_not_waited_for(seen: str) -> None:
    assert acceptance([life("a", seen)], TODAY) == []


def test_stuck_is_what_is_open_now_and_since_when() -> None:
    lives = [
        life("again", "2026-01-01 proposed, 2026-02-01 accepted, 2026-05-01 draft, 2026-05-09 proposed"),
        life("old", "2026-03-01 proposed"),
        life("month", "2026-05-31 proposed"),
        life("done", "2026-01-01 proposed, 2026-02-01 accepted"),
    ]
    assert stuck(lives, TODAY) == [Stuck("old", "2026-03-01", 121), Stuck("again", "2026-05-01", 60)]


def test_from_accepted_to_replaced() -> None:
    lives = [
        life("status", "2026-01-01 accepted, 2026-01-11 superseded"),
        life("link", "2026-01-01 accepted"),
        life("new", "2026-02-01 accepted"),
        life("left", "2026-01-01 accepted, 2026-01-06 deprecated"),
        life("born", "2026-01-01 superseded"),
        life("day", "2026-01-01 accepted, 2026-01-01 superseded"),
        life("open", "2026-01-01 proposed"),
    ]
    assert replacement(lives, {"link": ["new", "open"]}, "2026-03-01") == [
        Wait("status", 10, True),
        Wait("link", 31, True),
        Wait("new", 28, False),
        Wait("left", 5, False),
        Wait("day", 0, True),
    ]


def test_from_the_first_commit_of_a_pull_request_to_its_record() -> None:
    lives = {"a": life("a", "2026-01-01 proposed, 2026-01-15 accepted"), "b": life("b", "2025-01-01 accepted")}
    pulls = [(1, "2026-01-05", ["a"]), (2, "2026-01-05", ["a", "b"]), (3, "2026-06-01", []), (4, "2026-01-05", ["c"])]
    found = lead_time(pulls, lives, {"c": "2026-01-08"}.get, TODAY)
    assert found == [Wait(1, 10, True), Wait(2, 0, True), Wait(3, 29, False), Wait(4, 3, True)]
