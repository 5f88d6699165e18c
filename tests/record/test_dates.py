"""Dates as people write them, each form with its reading."""

import pytest

from onrecord.record.dates import read_date, without_date
from onrecord.record.vocabulary import shipped


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2021-10-5", "2021-10-05"),
        ("2023/01/30", "2023-01-30"),
        ("2023.01.30", "2023-01-30"),
        ("2021-10-05T14:22:10+02:00", "2021-10-05"),
        ("2021-10-05T14:22:10.123Z", "2021-10-05"),
        ("2026-05-15 18:40:51", "2026-05-15"),
        ("20240502", "2024-05-02"),
        ("12.06.2025", "2025-06-12"),
        ("1.2.2023", "2023-02-01"),
        ("27/06/24", "2024-06-27"),
        ("28/02/2019", "2019-02-28"),
        ("2/14/22", "2022-02-14"),
        ("03/03/2023", "2023-03-03"),
        ("29-Jul-2003", "2003-07-29"),
        ("27-06-2024", "2024-06-27"),
        ("9th November 2021", "2021-11-09"),
        ("1st of March 2022", "2022-03-01"),
        ("November 9, 2021", "2021-11-09"),
        ("November 9th, 2021", "2021-11-09"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("3 May 2024", "2024-05-03"),
        ("Tuesday, 3 May 2022", "2022-05-03"),
        ("on 2 May 2024, after the review", "2024-05-02"),
        ("29 February 2024", "2024-02-29"),
        ("14. März 2024", "2024-03-14"),
        ("1er février 2023", "2023-02-01"),
        ("5 de mayo de 2022", "2022-05-05"),
        ("12 de abril de 2019", "2019-04-12"),
        ("9 febbraio 2023", "2023-02-09"),
        ("21 maart 2022", "2022-03-21"),
        ("17 października 2022", "2022-10-17"),
        ("4 июня 2023", "2023-06-04"),
        ("2023年4月18日", "2023-04-18"),
        ("2023 年 4 月 18 日", "2023-04-18"),
        ("2023년 7월 12일", "2023-07-12"),
        ("July 2024 (written down later)", "2024-07"),
        ("April 2025", "2025-04"),
        ("März 2023", "2023-03"),
        ("2022-10", "2022-10"),
        ("2022-12", "2022-12"),
        ("2026/25/04", "2026-04-25"),  # year, day, month
        ("2026.31.12", "2026-12-31"),
        ("05.13.2026", "2026-05-13"),
        ("2000-02-29", "2000-02-29"),
        ("1 Mar 69", "2069-03-01"),
        ("1 Mar 70", "1970-03-01"),
        ("13/12/2026", "2026-12-13"),
        ("12/13/2026", "2026-12-13"),
        ("2023年4月", "2023-04"),
        ("2026-08-06 (backfilled; shipped 2026-06)", "2026-08-06"),
        ("Accepted 2023-01-09, revised 2024-02-01", "2023-01-09"),
    ],
)
def test_a_date_is_read(text: str, value: str) -> None:
    assert tuple(read_date(text, shipped())) == (value, "ok")


@pytest.mark.parametrize("text", ["04/01/2020", "07/06/2019", "1-2-2023", "3/4/22"])
def test_day_and_month_that_could_be_swapped_are_never_guessed(text: str) -> None:
    assert tuple(read_date(text, shipped())) == (None, "ambiguous")


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-45",
        "2024-13-41",
        "2024-02-30",
        "2023-02-29",
        "31/04/2023",
        "31 April 2023",
        "2024-00-10",
        "2024-05-00",
        "1900-02-29",
        "2026-13",
        "2026-13-13",
        "2026-25-13",
        "2026-13-02",  # with hyphens, or none, the order is year, month, day
        "2026-31-12",
        "20261302",
        "2026年13月2日",
        "2026/25/13",
        "2026/32/04",
        "2026/00/04",
    ],
)
def test_a_date_that_does_not_exist_is_impossible(text: str) -> None:
    assert tuple(read_date(text, shipped())) == (None, "impossible")


@pytest.mark.parametrize("text", ["", "soon", "YYYY-MM-DD", "Q3", "version 1.2.3", "20201-02-13", "May", "#4123"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert tuple(read_date(text, shipped())) == (None, "unread")


@pytest.mark.parametrize(("text", "rest"), [("2026-01-02: x", "x"), ("x - 2026-01-02", "x"), ("x 2026", "x 2026")])
def test_a_text_without_its_date(text: str, rest: str) -> None:
    assert without_date(text) == rest
