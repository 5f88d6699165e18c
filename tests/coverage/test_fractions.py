"""How a number is told, and what it was counted from."""

import pytest

from onrecord.coverage.fractions import Fraction, plain_share


def fraction(part: int, of: int) -> Fraction:
    return Fraction(tuple(range(part)), tuple(range(of)))


@pytest.mark.parametrize(
    ("part", "of", "told"),
    [
        (0, 0, "n/a"),
        (3, 4, "3/4"),
        (9, 9, "9/9"),
        (10, 10, "10/10 = 100 % (72–100 %)"),
        (41, 50, "41/50 = 82 % (69–90 %)"),
        (0, 20, "0/20 = 0 % (0–16 %)"),
    ],
)
def test_nothing_few_and_enough(part: int, of: int, told: str) -> None:
    assert fraction(part, of).told() == told


@pytest.mark.parametrize(("part", "of", "told"), [(1, 1000, "1/1,000 = 0.1 %"), (999, 1000, "999/1,000 = 99.9 %")])
def test_almost_none_is_not_none(part: int, of: int, told: str) -> None:
    assert plain_share(part, of) == told


def test_json_holds_all_it_was_counted_from() -> None:
    found = Fraction((12,), (12, 14)).as_json()
    assert found == {
        "k": 1,
        "n": 2,
        "ids": [12],
        "of": [12, 14],
        "share": 0.5,
        "interval": {"low": 0.0945, "high": 0.9055},
    }
    assert (fraction(0, 0).as_json()["share"], fraction(0, 0).as_json()["interval"]) == (None, None)
