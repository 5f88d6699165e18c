"""A floor and a ratchet: what they hold, what they refuse, and what they leave unjudged."""

from typing import Any

import pytest

from onrecord.coverage.fractions import Fraction
from onrecord.coverage.gate import Best, judge_floor, judge_ratchet, raised, read_best


def share(part: int, of: int) -> Fraction:
    return Fraction(tuple(range(part)), tuple(range(of)))


def best(part: int = 41, of: int = 50, config: str = "c") -> Best:
    return Best(part, of, "f" * 40, "2026-01-01", config)


class TestFloor:
    @pytest.mark.parametrize(
        ("part", "of", "least", "holds"),
        [(8, 10, 80, True), (79, 100, 80, False), (33, 40, 82.5, True), (1, 3, 0, None), (0, 0, 0, None), (0, 10, 0, True),
         (7, 9, 100, None), (10, 10, 100, True)],
    )  # fmt: skip
    def test_exact(self, part: int, of: int, least: float, holds: bool | None) -> None:
        assert judge_floor(share(part, of), least).holds is holds

    def test_what_was_not_judged_is_said(self) -> None:
        assert judge_floor(share(0, 0), 80).told == (
            "--fail-under 80 was not judged: no pull request of the window was asked for a decision"
        )
        assert "3/4 is on record, and below 10 a share says nothing" in judge_floor(share(3, 4), 80).told

    def test_below(self) -> None:
        assert judge_floor(share(79, 100), 80).told == "decision coverage 79/100 = 79 % is below 80 % (--fail-under)"

    def test_near_the_floor_the_decimals_that_decide_are_shown(self) -> None:
        assert judge_floor(share(1, 27), 4).told == "decision coverage 1/27 = 3.7 % is below 4 % (--fail-under)"
        assert "1999/2500 = 79.96 % is below 80 %" in judge_floor(share(1999, 2500), 80).told.replace(",", "")
        assert "= 82.5 % is not below 82.5 %" in judge_floor(share(33, 40), 82.5).told


class TestRatchet:
    def test_near_the_best_the_decimals_that_decide_are_shown(self) -> None:
        told = judge_ratchet(share(151, 200), best(311, 400), "c").told  # 75.5 % and 77.75 %
        assert "151/200 = 75.5 % is more than 2 points below the best so far, 311/400 = 77.8 %" in told
        assert (
            "157/200 = 78.5 % is above the best so far, 312/400 = 78.0 %"
            in judge_ratchet(share(157, 200), best(312, 400), "c").told
        )
        assert "is above the best so far" in judge_ratchet(share(5, 11), best(4, 9), "c").told
        assert "is not more than 2 points below" in judge_ratchet(share(8, 18), best(4, 9), "c").told

    @pytest.mark.parametrize(
        ("part", "of", "holds"),
        [
            (41, 50, True),
            (40, 50, True),
            (39, 50, False),
            (45, 50, True),
            (80, 100, True),
            (79, 100, False),
            (3, 4, None),
        ],
    )
    def test_it_gives_way_by_two_points_and_no_more(self, part: int, of: int, holds: bool | None) -> None:
        assert judge_ratchet(share(part, of), best(), "c").holds is holds

    def test_where_too_few_were_asked_it_says_so(self) -> None:
        told = judge_ratchet(share(3, 4), best(), "c").told
        assert told == "the ratchet was not judged: 3/4 is on record, and below 10 a share says nothing"
        assert judge_ratchet(share(8, 10), None, "c") == (True, "the ratchet begins with 8/10 = 80 %")

    def test_another_configuration_is_told(self) -> None:
        told = judge_ratchet(share(30, 50), best(config="d"), "c").told
        assert "below the best so far, 41/50 = 82 % on 2026-01-01 by another configuration (--ratchet)" in told
        assert "another" not in judge_ratchet(share(30, 50), best(), "c").told

    def test_it_never_falls(self) -> None:
        assert raised(share(40, 50), best(), "a", "2026-02-01", "c") is None
        assert raised(share(82, 100), best(), "a", "2026-02-01", "c") is None
        assert raised(share(9, 9), best(), "a", "2026-02-01", "c") is None
        assert raised(share(42, 50), best(), "a", "2026-02-01", "c") == Best(42, 50, "a", "2026-02-01", "c")
        assert raised(share(0, 10), None, "a", "2026-02-01", "c") == Best(0, 10, "a", "2026-02-01", "c")

    def test_what_is_kept_is_read_back(self) -> None:
        assert read_best(best().as_json()) == best()

    @pytest.mark.parametrize(
        "change",
        [
            {"version": 2},
            {"version": None},
            {"k": 51},
            {"k": -1},
            {"n": 0},
            {"k": True},
            {"k": "41"},
            {"sha": 1},
            {"day": None},
        ],
    )
    def test_another_shape_is_refused(self, change: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"version|fraction|text|ratchet"):
            read_best(best().as_json() | change)

    def test_a_list_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no ratchet"):
            read_best([])
