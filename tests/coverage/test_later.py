"""A decision that a label put off: due a week after the merge."""

import pytest

from onrecord.coverage.later import due_on, put_off
from onrecord.coverage.model import Pull, PullCoverage

LABEL = ("label", "Decision-Later")


def pull(
    state: str = "uncovered", asked: tuple[tuple[str, str], ...] = (LABEL,), merged_at: str = "2026-01-01"
) -> Pull:
    return Pull(7, "a" * 40, merged_at, "Fix it", "", asked, 0, (), True, state, (), "nothing is on record", "", "")  # type: ignore[arg-type]


def on(day: str, one: Pull) -> Pull:
    (found,) = put_off(PullCoverage((one,), (), (), ()), day).pulls
    return found


def test_it_waits_until_its_day_and_no_longer() -> None:
    assert [on(day, pull()).state for day in ("2026-01-01", "2026-01-08", "2026-01-09")] == [
        "later",
        "later",
        "uncovered",
    ]
    assert on("2026-01-08", pull()).lacks == "put off by “decision-later” until 2026-01-08"
    assert on("2026-01-09", pull()).lacks == "nothing is on record; put off by “decision-later” until 2026-01-08"


@pytest.mark.parametrize("state", ["covered", "pending", "waived", "unconfirmed"])
def test_what_is_answered_is_not_put_off(state: str) -> None:
    assert on("2026-01-02", pull(state)) == pull(state)


def test_only_the_label_puts_off() -> None:
    for one in (pull(asked=(("label", "decision"),)), pull(asked=(("path", "decision-later"),)), pull(merged_at="")):
        assert on("2026-01-02", one) == one


def test_one_that_waits_counts_as_asked_and_not_as_covered() -> None:
    found = put_off(PullCoverage((pull(),), (), (), ()), "2026-01-02")
    assert found.decision_coverage() == ((), (7,))


@pytest.mark.parametrize(
    ("merged", "due"),
    [
        ("2026-01-24", "2026-01-31"),
        ("2026-01-25", "2026-02-01"),
        ("2026-12-31", "2027-01-07"),
        ("2028-02-22", "2028-02-29"),
        ("2026-02-22", "2026-03-01"),
    ],
)
def test_the_day_it_is_due(merged: str, due: str) -> None:
    assert due_on(merged) == due
