"""Re-affirming a record: one line in its own way, read back, and no other byte changes."""

import difflib

import pytest

from onrecord.record import parse_record
from onrecord.record.touch import Untouchable, touch
from onrecord.record.vocabulary import shipped

PLACE = "docs/adr/0007-keep.md"
BODY = "## Context\n\nBilling lost invoices.\n\n## Decision\n\nWe will keep invoices in PostgreSQL.\n"
MATTER = f"---\nstatus: accepted\ndate: 2026-03-01\ndecision-makers: [Ann Example]\n---\n\n# Keep invoices\n\n{BODY}"
HEADERS = {
    "nygard": "Date: 2026-03-01\n\n## Status\n\nAccepted\n",
    "no date": "## Status\n\nAccepted\n",
    "bullets": "* Status: accepted\n* Deciders: Ann Example\n* Date: 2026-03-01\n",
    "bold bullets": "- **Status:** Accepted\n- **Date:** 2026-03-01\n",
    "bold lines": "**Status**: Accepted  \n**Date**: 2026-03-01  \n",
    "lines": "Status: Accepted\nDate: 2026-03-01\n",
    "table": "| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2026-03-01 |\n",
    "date section": "## Date\n\n2026-03-01\n\n## Status\n\nAccepted\n",
}


def touched(text: str, by: str = "Bo Li", day: str = "2026-11-22", review_by: str | None = None) -> str:
    return touch(text, PLACE, shipped(), day, by, review_by)


def added(before: str, after: str) -> list[str]:
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith("-")], lines
    return [line[2:] for line in lines if line.startswith("+") and line[2:].strip()]


class TestWhereItStands:
    def test_front_matter_gets_a_key_beside_the_date(self) -> None:
        after = touched(MATTER)
        assert after == MATTER.replace("date: 2026-03-01\n", "date: 2026-03-01\nlast-reviewed: 2026-11-22 by Bo Li\n")

    def test_front_matter_without_such_keys_gets_it_at_its_end(self) -> None:
        text = f"---\ntitle: Keep invoices\nlayout: page\n---\n\n{BODY}"
        assert touched(text) == text.replace("page\n", "page\nlast-reviewed: 2026-11-22 by Bo Li\n")

    @pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
    def test_a_header_in_the_text_gets_a_line_like_its_others(self, header: str) -> None:
        before = f"# 7. Keep invoices\n\n{header}\n{BODY}"
        after = touched(before)
        (line,) = added(before, after)
        assert "Last reviewed" in line
        assert parse_record(after, PLACE).last_reviewed == ("2026-11-22", "Bo Li")
        assert parse_record(after, PLACE).status == parse_record(before, PLACE).status

    def test_its_shape_is_theirs(self) -> None:
        assert "\n- **Last reviewed:** 2026-11-22 by Bo Li\n" in touched(
            f"# 7. Keep\n\n{HEADERS['bold bullets']}\n{BODY}"
        )
        assert "\n| Last reviewed | 2026-11-22 by Bo Li |\n" in touched(f"# 7. Keep\n\n{HEADERS['table']}\n{BODY}")
        assert "\n**Last reviewed**: 2026-11-22 by Bo Li  \n" in touched(
            f"# 7. Keep\n\n{HEADERS['bold lines']}\n{BODY}"
        )

    def test_a_second_time_takes_the_first_ones_place(self) -> None:
        for text in (MATTER, *(f"# 7. Keep\n\n{header}\n{BODY}" for header in HEADERS.values())):
            once = touched(text)
            again = touched(once, "Ann Example", "2027-01-31")
            assert len(again.splitlines()) == len(once.splitlines())
            assert parse_record(again, PLACE).last_reviewed == ("2027-01-31", "Ann Example")

    def test_line_ends_stay(self) -> None:
        for text in (MATTER, f"# 7. Keep\n\n{HEADERS['nygard']}\n{BODY}"):
            before = text.replace("\n", "\r\n")
            assert touched(before) == touched(text).replace("\n", "\r\n")

    @pytest.mark.parametrize("name", ["Ann: lead # 1", "O'Hara", "Łucja Żak", '"Bo"', "a, b", "- x"])
    def test_any_name_is_read_back_from_front_matter(self, name: str) -> None:
        review = parse_record(touched(MATTER, name), PLACE).last_reviewed
        assert review is not None
        assert review.by == name

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (
                "| Last reviewed | 2026-01-01 by Ann | Keep this |",
                "| Last reviewed | 2026-11-22 by Bo Li | Keep this |",
            ),
            (
                "Last reviewed: 2026-01-01 by Ann <!-- keep this -->",
                "Last reviewed: 2026-11-22 by Bo Li <!-- keep this -->",
            ),
            ("Last reviewed: **2026-01-01 by Ann**", "Last reviewed: 2026-11-22 by Bo Li"),
        ],
    )
    def test_what_stands_beside_the_first_one_stays(self, old: str, new: str) -> None:
        head = "| Field | Value | Notes |\n|---|---|---|\n" if old.startswith("|") else ""
        before = f"# 7. Keep invoices\n\n{head}{old}\n\n## Status\n\nAccepted\n\n{BODY}"
        assert touched(before) == before.replace(old, new)

    def test_a_comment_of_the_front_matter_stays(self) -> None:
        before = MATTER.replace("date:", "last-reviewed: '2026-01-01 by Ann' # keep this\ndate:")
        assert touched(before) == before.replace("'2026-01-01 by Ann'", "2026-11-22 by Bo Li")

    def test_a_value_that_another_key_points_at_stays(self) -> None:
        before = MATTER.replace("date:", "last-reviewed: &day 2026-01-01\nseen: *day\ndate:")
        assert "&day 2026-01-01\n" in touched(before)

    def test_the_head_of_a_table_stays_one(self) -> None:
        before = f"# 7. Keep invoices\n\n| Owner | Ann |\n|---|---|\n| Team | Blue |\n\n## Status\n\nAccepted\n\n{BODY}"
        assert touched(before) == before.replace("| Team", "| Last reviewed | 2026-11-22 by Bo Li |\n| Team")

    @pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
    def test_lines_are_those_of_markdown(self, sign: str) -> None:
        before = f"# 7. Keep{sign}invoices\n\nDate: 2026-03-01\nLast reviewed: 2026-01-01 by Ann\n\n## Status\n\nAccepted\n\n{BODY}"
        assert touched(before) == before.replace("2026-01-01 by Ann", "2026-11-22 by Bo Li")

    @pytest.mark.parametrize(
        ("header", "line"),
        [
            ("Date: 2026-03-01", "\nLast reviewed: {}"),
            ("Status: Accepted\nDate: 2026-03-01", "Last reviewed: {}"),
            ("| Date | Owner |\n|---|---|\n| 2026-03-01 | Ann |", "\nLast reviewed: {}"),
            ("| Field | Value | Note |\n|---|---|---|\n| Date | 2026-03-01 | x |", "| Last reviewed | {} | |"),
            ("Field | Value\n---|---\nDate | 2026-03-01", "Last reviewed | {} "),
            ("Words alone.", "\nLast reviewed: {}"),
            ("- Deciders:\n  - Ann\n  - Bo", "\nLast reviewed: {}"),  # between them it would cut the list
        ],
    )
    def test_where_it_goes_in_a_header(self, header: str, line: str) -> None:
        before = f"# 7. Keep invoices\n\n{header}\n\n## Status\n\nAccepted\n\n{BODY}"
        new = line.format("2026-11-22 by Bo Li")
        below = "# 7. Keep invoices\n" if line.startswith("\n") and "Date: " not in header else f"{header}\n"
        assert touched(before) == before.replace(below, f"{below}{new}\n")
        assert touched(before, by=" ") == before.replace(below, f"{below}{line.format('2026-11-22')}\n")

    def test_front_matter_without_a_neighbor_gets_it_at_its_end(self) -> None:
        before = f"---\ntitle: Keep invoices\nstatus: accepted\n---\n\n# Keep invoices\n\n{BODY}"
        assert touched(before) == before.replace("accepted\n", "accepted\nlast-reviewed: 2026-11-22 by Bo Li\n")
        toml = f'+++\nstatus = "accepted"\n+++\n\n# Keep invoices\n\n{BODY}'
        assert touched(toml) == toml.replace('"accepted"\n', '"accepted"\nlast-reviewed = "2026-11-22 by Bo Li"\n')

    def test_without_any_title_it_goes_to_the_top(self) -> None:
        before = f"## Status\n\nAccepted\n\n{BODY}"
        assert touched(before) == f"Last reviewed: 2026-11-22 by Bo Li\n\n{before}"

    def test_which_of_two_records_nobody_can_tell(self) -> None:
        one = f"# {{}}. Keep invoices\n\n## Status\n\nAccepted\n\n{BODY}\n"
        with pytest.raises(Untouchable) as refused:
            touched(one.format(7) + one.format(8))
        assert str(refused.value) == "it holds 2 records, and none of them can be told by the path alone"


class TestNextReview:
    def test_it_moves_only_when_a_date_is_given(self) -> None:
        before = MATTER.replace("date: 2026-03-01\n", "date: 2026-03-01\nreview-by: 2026-09-01\n")
        assert parse_record(touched(before), PLACE).review_by == "2026-09-01"
        after = touched(before, review_by="2027-09-01")
        assert "review-by: 2027-09-01\n" in after
        assert "2026-09-01" not in after

    @pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
    def test_a_first_one_gets_a_line(self, header: str) -> None:
        after = touched(f"# 7. Keep\n\n{header}\n{BODY}", review_by="2027-09-01")
        assert parse_record(after, PLACE).review_by == "2027-09-01"


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            (MATTER.replace("accepted", "superseded by ADR-9"), "superseded"),
            (MATTER.replace("accepted", "rejected"), "rejected"),
            (MATTER.replace("accepted", "proposed"), "record the outcome"),
            ("# Shopping\n\nMilk.\n", "not a record"),
        ],
        ids=["superseded", "rejected", "proposed", "no record"],
    )
    def test_what_is_not_to_be_re_affirmed(self, text: str, word: str) -> None:
        with pytest.raises(Untouchable, match=word):
            touch(text, "docs/notes.md", shipped(), "2026-11-22", "Bo Li")
