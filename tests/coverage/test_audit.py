"""An audit by hand: who is drawn, what the answers say, and whether the interval keeps its word."""

from random import Random

import pytest

from onrecord.coverage import audit
from onrecord.coverage.audit import Answer, Sample, Size, Stratum, correct, draw, split_sample
from onrecord.coverage.audit_answers import Unreadable, read_answers
from onrecord.coverage.model import Pull, PullCoverage
from onrecord.coverage.score import HINT

SHA = "0123456789abcdef0123456789abcdef01234567"
YES, UNRECORDED, NO = Answer(True, True), Answer(True, False), Answer(False, None)


@pytest.mark.parametrize(
    ("size", "strata", "drawn"),
    [
        (Size(90), (200, 1_000), (30, 60)),
        (Size(90), (12, 1_000), (12, 78)),
        (Size(90), (200, 10), (80, 10)),
        (Size(90), (20, 40), (20, 40)),
        (Size(90), (0, 1_000), (0, 90)),
        (Size(2), (5, 5), (1, 1)),
        (Size(1), (5, 5), (0, 1)),
        (Size(50, 40), (200, 1_000), (40, 10)),
        (Size(50, 40), (5, 1_000), (5, 45)),
    ],
)
def test_what_is_drawn_from_each(size: Size, strata: tuple[int, int], drawn: tuple[int, int]) -> None:
    assert split_sample(size, *strata) == drawn


def pull(number: int, asked: bool = False, score: int = 0, excluded: str = "") -> Pull:
    by = (("label", "decision"),) if asked else ()
    return Pull(number, "", "2026-06-01", "", excluded, by, score, (), True, "uncovered", (), "", "", "")


class TestDrawing:
    ALL = tuple(pull(n, asked=n % 3 == 0, excluded="a bot" if n > 90 else "") for n in range(1, 101))

    def drawn(self, pulls: tuple[Pull, ...], whole: int, seed: int = 1) -> Sample:
        return draw(PullCoverage(pulls, (), (), ()), Size(whole), seed)

    def test_a_third_comes_from_those_that_look_like_decisions(self) -> None:
        found = self.drawn(self.ALL, 30)
        assert (len(found.flagged.every), len(found.flagged.drawn)) == (30, 10)
        assert (len(found.rest.every), len(found.rest.drawn)) == (60, 20)
        assert set(found.flagged.drawn) < set(range(3, 91, 3))
        assert max(found.numbers) <= 90, "what is left out cannot be drawn"

    def test_who_was_not_asked_and_looks_like_one_is_among_them(self) -> None:
        found = self.drawn((pull(1, score=HINT), pull(2, score=HINT - 1), pull(3, asked=True)), 3)
        assert (found.flagged.every, found.rest.every) == ((1, 3), (2,))

    def test_a_seed_draws_the_same_and_of_a_longer_window_most_of_them_again(self) -> None:
        first, shorter, other = self.drawn(self.ALL, 30), self.drawn(self.ALL[6:], 30), self.drawn(self.ALL, 30, 2)
        assert self.drawn(self.ALL, 30) == first
        assert len({*first.numbers} & {*shorter.numbers}) > 24
        assert len({*first.numbers} & {*other.numbers}) < 20


def sample(flagged: int, rest: int, drawn: tuple[int, int]) -> Sample:
    every = range(1, flagged + rest + 1)
    return Sample(
        Stratum(tuple(every[:flagged]), tuple(every[: drawn[0]])),
        Stratum(tuple(every[flagged:]), tuple(every[flagged : flagged + drawn[1]])),
    )


@pytest.mark.parametrize(
    ("flagged", "rest", "coverage", "recall"),
    [
        (YES, NO, (0.51, 1), (0.405, 1)),  # 4 of 4 decisions on record: Wilson's lower end
        (UNRECORDED, NO, (0, 0.49), (0.405, 1)),
        (NO, YES, (0.51, 1), (0, 0.261)),
    ],
)
def test_a_handful_of_equal_answers_leaves_an_interval(flagged: Answer, rest: Answer, coverage: tuple[float, float],
                                                       recall: tuple[float, float]) -> None:  # fmt: skip
    drawn = sample(10, 20, (4, 4))
    answers = dict.fromkeys(drawn.flagged.drawn, flagged) | dict.fromkeys(drawn.rest.drawn, rest)
    found = correct(drawn, answers)
    assert found.coverage
    assert found.recall
    assert found.decisions
    assert tuple(found.coverage.interval) == pytest.approx(coverage, abs=0.005)
    assert tuple(found.recall.interval) == pytest.approx(recall, abs=0.005)
    assert found.decisions.interval.high > found.decisions.interval.low + 5


def test_where_all_were_judged_nothing_is_open() -> None:
    drawn = sample(2, 2, (2, 2))
    found = correct(drawn, dict.fromkeys(drawn.flagged.drawn, YES) | dict.fromkeys(drawn.rest.drawn, NO))
    assert found.coverage
    assert found.coverage.interval == (1, 1)


def test_the_corrected_share_by_hand() -> None:
    """Of 40 flagged 5 of 10 decide and 4 are on record; of 100 others 2 of 20 do and 1 is: (16 + 5) / (20 + 10)."""
    first = [YES] * 4 + [UNRECORDED] + [NO] * 5
    second = [YES, UNRECORDED] + [NO] * 18
    drawn = sample(40, 100, (10, 20))
    answers = dict(zip((*drawn.flagged.drawn, *drawn.rest.drawn), first + second, strict=True))
    found = correct(drawn, answers, frozenset({1, 5}))
    assert found.decisions
    assert found.coverage
    assert found.recall
    assert found.precision
    assert found.missed
    assert found.decisions.value == pytest.approx(30)
    assert found.coverage.value == pytest.approx(21 / 30)
    assert found.coverage.interval.low < 0.6 < 0.8 < found.coverage.interval.high
    assert (found.precision.value, found.missed.value) == (0.5, 0.1)
    assert found.recall.value == pytest.approx(20 / 30)
    assert found.agrees == (2, 7)
    assert found == correct(drawn, dict(reversed(answers.items())), frozenset({1, 5}))


def test_all_of_them_judged_leaves_nothing_to_chance() -> None:
    drawn = sample(2, 3, (2, 3))
    found = correct(drawn, {1: YES, 2: NO, 3: UNRECORDED, 4: NO, 5: NO})
    assert found.coverage
    assert found.precision
    assert found.coverage == (0.5, (0.5, 0.5))
    assert found.precision == (0.5, pytest.approx((0.5, 0.5)))


def test_a_half_answer_is_none_and_said() -> None:
    drawn = sample(3, 3, (2, 2))
    found = correct(drawn, {1: YES, 2: Answer(True, None), 4: NO, 5: Answer(None, True)})
    assert found.unanswered == (2, 5)
    assert (found.flagged.judged, found.rest.judged) == (1, 1)


def test_without_answers_for_one_kind_nothing_is_said_of_all() -> None:
    found = correct(sample(3, 3, (2, 2)), {1: YES, 2: NO})
    assert (found.coverage, found.decisions, found.recall, found.missed) == (None, None, None, None)
    assert found.precision
    nothing = correct(sample(3, 3, (2, 2)), {1: NO, 2: NO, 4: NO, 5: NO})
    assert nothing.coverage is None
    assert nothing.decisions
    assert nothing.decisions.value == 0


@pytest.mark.thorough
def test_the_interval_holds_the_truth_nineteen_times_of_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "DRAWS", 300)
    random, runs, held, flagged, rest = Random(6), 300, 0, 60, 240  # noqa: S311
    truth = dict(enumerate([YES] * 20 + [UNRECORDED] * 18 + [NO] * 22 + [YES] * 12 + [UNRECORDED] * 36 + [NO] * 192))
    share = sum(one is YES for one in truth.values()) / sum(one is not NO for one in truth.values())
    for _ in range(runs):
        drawn = Sample(
            Stratum(tuple(range(flagged)), tuple(random.sample(range(flagged), 30))),
            Stratum(tuple(range(flagged, flagged + rest)), tuple(random.sample(range(flagged, flagged + rest), 60))),
        )
        found = correct(drawn, {number: truth[number] for number in drawn.numbers}).coverage
        assert found
        held += found.interval.low <= share <= found.interval.high
    assert 0.92 <= held / runs <= 0.98


MARKDOWN = f"""\
# Audit of decision coverage

Commit `{SHA}`

## #12 A title with Commit `fff` in it

- a decision? yes
- on record? No

## #7 \\- a decision? no

* A decision?: **no**
- on record?
"""


def test_markdown_is_read_back() -> None:
    assert read_answers(MARKDOWN, {7, 12}, SHA) == {12: UNRECORDED, 7: NO}


def test_json_lines_are_read_back() -> None:
    text = (
        f'{{"commit": "{SHA}"}}\n{{"number": 12, "is_decision": true, "is_on_record": "no"}}\n\n'
        '{"number": 7, "is_decision": "n"}\n'
    )
    assert read_answers(f"\n {text}", {7, 12}, SHA) == {12: UNRECORDED, 7: NO}
    beside = f'{{"number": 7, "is_decision": "n", "commit": "{SHA}"}}'
    assert read_answers(beside, {7, 12}, SHA) == {7: NO}
    assert read_answers(text, {7, 12}, SHA) == {12: UNRECORDED, 7: NO}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("#12", "#13", "5: #13 is not in the sample"),
        ("#12", "#7", "10: #7 was answered before"),
        ("? yes", "? perhaps", "7: “perhaps” is neither yes nor no"),
        ("- on record? No", "- a decision? no", "8: “a decision” stands twice below #12"),
        (SHA, "fedcba987", "3: the sheet is of commit fedcba987, and 0123456789 is checked out"),
        (MARKDOWN, "", "1: there is no pull request in it"),
        (MARKDOWN, '{"number": 7}\n{"number": 7}', "2: #7 was answered before"),
        (MARKDOWN, '{"number": 7}\n{', "2: it is not JSON"),
        (MARKDOWN, '{"number": 7}\n[1]', "2: a JSON object is expected"),
        (MARKDOWN, '{"number": "7"}', "1: “number” is missing"),
        (MARKDOWN, '{"number": 7, "is_decision": 1}', "1: “1” is neither yes nor no"),
        (MARKDOWN, '{"commit": "fff"}', "1: the sheet is of commit fff"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(before: str, after: str, told: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_answers(MARKDOWN.replace(before, after, 1), {7, 12}, SHA)
    assert str(fault.value).startswith(told)
