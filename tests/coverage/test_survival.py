"""The estimate of Kaplan and Meier, against figures that were published."""

import pytest

from onrecord.coverage.survival import Wait, days_until, kaplan_meier

# Freireich et al. 1963 (Blood 21), weeks in remission of acute leukemia; 35+ was still in remission after 35.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def waits(told: str) -> list[Wait]:
    return [Wait(i, int(one.rstrip("+")), not one.endswith("+")) for i, one in enumerate(told.split())]


def test_as_published() -> None:
    steps = kaplan_meier(waits(TREATED))
    assert [(step.day, step.watched, step.ended) for step in steps] == [
        (6, 21, 3), (7, 17, 1), (10, 15, 1), (13, 12, 1), (16, 11, 1), (22, 7, 1), (23, 6, 1)
    ]  # fmt: skip
    assert [step.left for step in steps] == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert days_until(steps, 0.5) == 23
    assert days_until(steps, 0.9) is None


def test_where_nothing_lasts_it_is_the_plain_quantile() -> None:
    steps = kaplan_meier(waits(PLACEBO))
    assert (days_until(steps, 0.5), days_until(steps, 0.9)) == (8, 17)
    assert steps[-1].left == 0


def test_nothing_ended() -> None:
    assert kaplan_meier(waits("3+ 9+")) == kaplan_meier([]) == ()
    assert days_until((), 0.5) is None
