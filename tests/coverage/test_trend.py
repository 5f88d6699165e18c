"""Windows over history: what is in each, as it stood on its day."""

from types import SimpleNamespace
from typing import Any

from onrecord.coverage.model import Link, Pull
from onrecord.coverage.records import Added
from onrecord.coverage.trend import ROLLED, Ends, Since, month_ends, since_when, trend, without_silence

HOME = "docs/adr/0001-calls.md"


def pull(number: int, day: str, *links: Link, asked: bool = True, state: str = "") -> Pull:
    by = (("path", "api/**"),) if asked else ()
    found: Any = state or ("covered" if links else "uncovered")
    return Pull(number, f"{number:040x}", day, f"Change {number}", "", by, 0, (), True, found, links, "", "", "")


def known(*added: str) -> Since:
    return Since({f"docs/adr/{at:04}-calls.md": day for at, day in enumerate(added, 1)}, {})


def shares(points: Any) -> list[tuple[str, int, int, int]]:
    return [(point.day, point.number, len(point.coverage.part), len(point.coverage.of)) for point in points]


class TestWindows:
    def test_after_every_so_many(self) -> None:
        pulls = [pull(number, f"2026-01-{number:02}") for number in range(9, 0, -1)]
        found = trend(pulls, known(), Ends(every=4))
        assert shares(found) == [("2026-01-01", 1, 0, 1), ("2026-01-05", 5, 0, 5), ("2026-01-09", 9, 0, 9)]
        assert found[-1].sha == pulls[0].sha

    def test_the_oldest_rolls_out(self) -> None:
        pulls = [pull(n, "2026-01-01", asked=n % 2 == 0) for n in range(4 * ROLLED, 0, -1)]
        (found,) = trend(pulls, known(), Ends(days=("2026-01-02",)))
        assert found.coverage.of == tuple(range(4 * ROLLED, 2 * ROLLED, -2))

    def test_on_days_of_which_some_saw_nothing(self) -> None:
        pulls = [pull(2, "2026-02-01"), pull(1, "2026-01-10")]
        found = trend(pulls, known(), Ends(days=("2026-01-09", "2026-01-31", "2026-02-28")))
        assert shares(found) == [("2026-01-31", 1, 0, 1), ("2026-02-28", 2, 0, 2)]

    def test_points_before_the_first_day_are_left_out(self) -> None:
        pulls = [pull(2, "2026-02-01"), pull(1, "2026-01-10")]
        assert shares(trend(pulls, known(), Ends(every=1, first="2026-02-01"))) == [("2026-02-01", 2, 0, 2)]

    def test_silence_before_the_first_that_was_asked(self) -> None:
        pulls = [pull(3, "2026-03-01", asked=False), pull(2, "2026-02-01"), pull(1, "2026-01-01", asked=False)]
        assert shares(without_silence(trend(pulls, known(), Ends(every=1)))) == [
            ("2026-02-01", 2, 0, 1),
            ("2026-03-01", 3, 0, 1),
        ]

    def test_waivers_answer_and_are_not_asked_for_a_record(self) -> None:
        pulls = [pull(2, "2026-01-02", state="waived"), pull(1, "2026-01-01")]
        (found,) = trend(pulls, known(), Ends(days=("2026-01-31",)))
        assert (found.coverage, found.answered) == (((), (1,)), ((2,), (2, 1)))


class TestAsItStood:
    def test_a_link_counts_from_the_day_its_record_came(self) -> None:
        pulls = [pull(1, "2026-01-01", Link("names", HOME, ""))]
        found = trend(pulls, known("2026-02-10"), Ends(days=("2026-01-31", "2026-02-10")))
        assert [len(point.coverage.part) for point in found] == [0, 1]
        assert [point.records for point in found] == [0, 1]

    def test_an_old_record_lists_a_change_from_the_day_the_line_was_written(self) -> None:
        home: Any = SimpleNamespace(
            id=HOME, record=SimpleNamespace(path=HOME), names=(1,), added=Added("2025-01-01", "Ann")
        )
        days = since_when([home], {(HOME, 1): "2026-02-10"})
        found = trend([pull(1, "2026-01-01", Link("listed", HOME, ""))], days, Ends(days=("2026-02-09", "2026-02-10")))
        assert [len(point.coverage.part) for point in found] == [0, 1]
        assert found[0].records == 1

    def test_what_it_touches_or_says_itself_counts_at_once(self) -> None:
        for link in (Link("touches", HOME, ""), Link("description", "", "")):
            (found,) = trend([pull(1, "2026-01-01", link)], known("2026-02-10"), Ends(days=("2026-01-01",)))
            assert found.coverage.part == (1,)

    def test_a_link_to_an_unfinished_record_never_counts(self) -> None:
        one = pull(1, "2026-01-01", Link("names", HOME, "it states no decision"), state="uncovered")
        assert not trend([one], known("2025-01-01"), Ends(days=("2026-01-31",)))[0].coverage.part

    def test_a_record_nobody_committed_yet_was_not_there(self) -> None:
        (found,) = trend([pull(1, "2026-01-01")], known("2026-01-01", ""), Ends(days=("2026-01-31",)))
        assert found.records == 1


def test_the_ends_of_months() -> None:
    assert month_ends("2025-11-30", "2026-03-10") == (
        "2025-11-30",
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-10",
    )
    assert month_ends("2024-02-01", "2024-03-31") == ("2024-02-29", "2024-03-31")
    assert month_ends("2026-03-05", "2026-03-05") == ("2026-03-05",)


def test_as_json_holds_the_ids() -> None:
    (found,) = trend([pull(1, "2026-01-01", Link("touches", HOME, ""))], known(), Ends(every=1))
    view = found.as_json()
    assert [view.pop(name)["ids"] for name in ("coverage", "answered")] == [[1], [1]]
    assert view == {"day": "2026-01-01", "sha": f"{1:040x}", "number": 1, "records": 0}
