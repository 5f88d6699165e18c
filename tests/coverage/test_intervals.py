"""Published figures, and a simulation of what the intervals promise."""

from math import comb, sqrt
from random import Random

import pytest

from onrecord.coverage.intervals import Z, change_in_words, newcombe, wilson, wilson_of_sample


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [
        (41, 50, 69, 90),
        (6, 55, 5, 22),
        (20, 223, 6, 13),
        (54, 121, 36, 54),
        (1, 2, 9, 91),
        (0, 20, 0, 16),
        (10, 10, 72, 100),
        (7, 298, 1, 5),
        (12, 108, 6, 18),
        (1, 84, 0, 6),
        (8, 114, 4, 13),
        (7, 66, 5, 20),
        (4, 12, 14, 61),
        (25, 42, 44, 73),
        (86, 211, 34, 47),
        (31, 228, 10, 19),
        (19, 228, 5, 13),
    ],
)
def test_wilson(part: int, of: int, low: int, high: int) -> None:
    found = wilson(part, of)
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_published_it(part: int, of: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson(part, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("part", "of"), [(0, 1), (1, 1), (0, 10_000), (10_000, 10_000)])
def test_wilson_stays_between_zero_and_one(part: int, of: int) -> None:
    found = wilson(part, of)
    assert 0 <= found.low < found.high <= 1


@pytest.mark.parametrize(("part", "of"), [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_fraction_is_refused(part: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no fraction"):
        wilson(part, of)


@pytest.mark.parametrize(
    ("first", "second", "low", "high", "words"),
    [
        ((41, 50), (33, 50), -1, 32, "-1 to +32 points (no clear change)"),
        ((41, 50), (25, 50), 14, 48, "+14 to +48 points"),  # 13.504
        ((25, 50), (41, 50), -48, -14, "-48 to -14 points"),
    ],
)
def test_newcombe(first: tuple[int, int], second: tuple[int, int], low: int, high: int, words: str) -> None:
    found = newcombe(first, second)
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)
    assert change_in_words(found) == words


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_as_he_published_it(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    found = newcombe(first, second)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def chances(of: int, share: float) -> list[float]:
    """Return how likely each number from 0 to `of` is."""
    return [comb(of, part) * share**part * (1 - share) ** (of - part) for part in range(of + 1)]


@pytest.mark.parametrize(
    ("of", "share", "wald", "stated"),
    [(8, 0.05, 0.34, 0.94), (20, 0.05, 0.64, 0.93), (20, 0.15, 0.82, 0.98), (40, 0.9, 0.91, 0.94)],
)
def test_the_interval_covers_what_is_stated_and_the_naive_one_does_not(
    of: int, share: float, wald: float, stated: float
) -> None:
    """All outcomes are summed up, so nothing is left to chance."""
    held = naive = 0.0
    for part, chance in enumerate(chances(of, share)):
        low, high = wilson(part, of)
        held += chance * (low <= share <= high)
        half = Z * sqrt(part / of * (1 - part / of) / of)
        naive += chance * (abs(part / of - share) <= half)
    assert held == pytest.approx(stated, abs=0.006)
    assert naive == pytest.approx(wald, abs=0.006)


@pytest.mark.parametrize("of", [5, 10, 20, 50, 200])
def test_over_all_shares_the_interval_covers_nineteen_of_twenty(of: int) -> None:
    """Newcombe found .952 on average over many sizes and shares (1998, method 3)."""
    held = []
    for share in (step / 200 for step in range(1, 200)):
        intervals = [wilson(part, of) for part in range(of + 1)]
        held.append(
            sum(c for c, (low, high) in zip(chances(of, share), intervals, strict=True) if low <= share <= high)
        )
    assert 0.945 <= sum(held) / len(held) <= 0.965
    assert min(held) >= 0.83


@pytest.mark.parametrize(("first", "second"), [(20, 20), (50, 10), (30, 50)])
def test_the_interval_of_a_difference_covers_nineteen_of_twenty(first: int, second: int) -> None:
    changes = [[newcombe((a, first), (b, second)) for b in range(second + 1)] for a in range(first + 1)]
    held = []
    for before, after in ((0.1, 0.1), (0.5, 0.5), (0.2, 0.6), (0.9, 0.8), (0.05, 0.3)):
        rows, columns = chances(first, before), chances(second, after)
        held.append(
            sum(
                row * column
                for row, found in zip(rows, changes, strict=True)
                for column, change in zip(columns, found, strict=True)
                if change.low <= before - after <= change.high
            )
        )
    assert 0.94 <= sum(held) / len(held) <= 0.975
    assert min(held) >= 0.92


def test_a_sample_of_few_is_surer_than_one_of_many() -> None:
    random, runs, truth = Random(6), 4_000, 54  # noqa: S311
    held = width = 0.0
    for _ in range(runs):
        part = sum(one < truth for one in random.sample(range(120), 40))
        low, high = wilson_of_sample(part, 40, 120)
        held += low <= truth / 120 <= high
        width += high - low
    assert 0.945 <= held / runs <= 0.975
    assert width / runs < wilson(18, 40).high - wilson(18, 40).low


def test_a_sample_of_two_in_three_is_worth_four_of_many() -> None:
    assert wilson_of_sample(1, 2, 3) == pytest.approx(wilson(2, 4))


def test_all_of_them_looked_at_is_no_sample() -> None:
    assert wilson_of_sample(7, 12, 12) == pytest.approx((7 / 12, 7 / 12))
    assert wilson_of_sample(3, 10, 10**9) == pytest.approx(wilson(3, 10), abs=1e-6)
    with pytest.raises(ValueError, match="is no sample"):
        wilson_of_sample(3, 13, 12)
