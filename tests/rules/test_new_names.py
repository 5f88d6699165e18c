"""Where a file of a log is renamed, to what, and where nothing is certain enough for that."""

import re
from typing import Any

import pytest
from log_of_texts import findings, moves, record, said

FOUR = record(3) | record(4) | record(5) | record(6)
MANY = record(1) | record(2) | FOUR | record(7)
ADR = {path: text for n in range(1, 5) for path, text in record(n, name=f"ADR-00{n}_x.md").items()}
DATED = {path: text for n in range(1, 5) for path, text in record(n, name=f"2026-03-0{n}-x.md").items()}
ONE, A, B, C = record(1), *(record(7, name=f"0007-{letter}.md") for letter in "abc")
LIKE = "the file is named “{}”, and most beside it are named like “{}”"


def named(name: str, log: dict[str, str] = FOUR, number: int = 7, **around: Any) -> list[str | None]:
    """Return the moves of a log with one more file, all of them known to git."""
    texts = log | record(number, name=name)
    return moves("file-name-irregular", texts, added=dict.fromkeys(texts, 1), **around)


class TestIrregularNames:
    @pytest.mark.parametrize(
        ("name", "to"),
        [
            ("7-other.md", "0007-other.md"),
            ("007-other.md", "0007-other.md"),
            ("00007-other.md", "0007-other.md"),
            ("adr-7-other.md", "0007-other.md"),
            ("ADR0007-other.md", "0007-other.md"),
            ("0007_other.md", "0007-other.md"),
        ],
    )
    def test_it_gets_the_digits_and_the_joint_of_the_others(self, name: str, to: str) -> None:
        assert named(name) == [f"{name} > {to}"]

    @pytest.mark.parametrize(
        ("name", "to"), [("7-other.md", "ADR-007_other.md"), ("adr-007-other.md", "ADR-007_other.md")]
    )
    def test_it_gets_the_word_before_the_number_too(self, name: str, to: str) -> None:
        assert named(name, ADR) == [f"{name} > {to}"]

    def test_at_the_top_of_a_repository(self) -> None:
        log = {path.removeprefix("docs/adr/"): text for path, text in (FOUR | record(7, name="7-other.md")).items()}
        assert moves("file-name-irregular", log, added=dict.fromkeys(log, 1)) == ["7-other.md > 0007-other.md"]

    @pytest.mark.parametrize(
        "name", ["other.md", "7.md", "0-other.md", "2026-03-01-other.md", "0007_other_thing.md", "0007 other.md"]
    )
    def test_where_number_or_rest_would_be_a_guess_it_is_only_said(self, name: str) -> None:
        assert named(name) == [None]

    @pytest.mark.parametrize("unread", ["0007-large.md", "0007-other.md"])
    def test_a_number_or_name_that_another_file_has_is_not_taken(self, unread: str) -> None:
        assert named("7-other.md", unread=(f"docs/adr/{unread}",)) == [None]
        assert named("7-other.md", FOUR | record(7)) == [None]
        assert named("7-other.md", unread=("docs/adr/0008-large.md",)) == ["7-other.md > 0007-other.md"]

    @pytest.mark.parametrize("name", ["7-other.md", "2026_03_07-other.md"])
    def test_among_dates_it_is_only_said(self, name: str) -> None:
        assert named(name, DATED) == [None]

    def test_without_what_git_knows_it_is_only_said(self) -> None:
        texts = FOUR | record(7, name="7-other.md")
        assert said("file-name-irregular", texts) == [f"7-other.md:1 {LIKE.format('7-other.md', '0003-keep.md')}"]
        assert moves("file-name-irregular", texts) == [None]

    def test_seven_of_ten_are_a_habit_and_two_of_three_are_none(self) -> None:
        odd = record(8, name="8-x.md") | record(9, name="9-x.md")
        assert len(said("file-name-irregular", MANY | odd | record(10, name="words.md"))) == 3
        assert len(said("file-name-irregular", FOUR | odd)) == 0

    def test_three_files_are_no_habit(self) -> None:
        assert said("file-name-irregular", record(3) | record(4) | record(5) | record(7, name="7-x.md")) == []

    @pytest.mark.parametrize("name", ["README.md", "Index.md", "12345-other.md"])
    def test_an_index_and_a_number_that_has_outgrown_the_others_are_left_in_peace(self, name: str) -> None:
        number = 12345 if name[0] == "1" else 7
        assert said("file-name-irregular", FOUR | record(number, name=name)) == []

    def test_each_folder_has_its_own_habit(self) -> None:
        other = {f"src/adr/{n}-x.md": record(n)[f"docs/adr/{n:04}-keep.md"] for n in range(1, 5)}
        assert said("file-name-irregular", FOUR | other) == []

    def test_files_that_are_not_checked_only_count(self) -> None:
        texts = FOUR | record(7, name="7-x.md") | record(8, name="8-x.md")
        found = said("file-name-irregular", MANY | texts, ["docs/adr/8-x.md"])
        assert found == [f"8-x.md:1 {LIKE.format('8-x.md', '0001-keep.md')}"]


def renumbered(*names: str, texts: dict[str, str] | None = None, **around: Any) -> list[str | None]:
    """Return the moves for a log whose files came one after the other as they are given, the named ones checked."""
    log = texts or ONE | A | B
    given = {"added": {path: age for age, path in enumerate(log)}} | around
    return moves("number-duplicate", log, [f"docs/adr/{name}" for name in names], **given)


class TestDuplicateNumbers:
    def test_the_newer_one_is_told_and_moved(self) -> None:
        log, newer = ONE | B | A, "0007-a.md:1 number 7 is also taken by 0007-b.md"
        assert said("number-duplicate", log, added={path: age for age, path in enumerate(log)}) == [newer]
        assert renumbered() == ["0007-b.md > 0008-b.md"]
        assert renumbered(texts=log) == ["0007-a.md > 0008-a.md"]

    def test_its_heading_moves_with_it(self) -> None:
        log = ONE | A | B
        (found,) = findings("number-duplicate", log, added={path: age for age, path in enumerate(log)})
        assert found.fix is not None
        assert [(one.path, one.lines) for one in found.fix.edits] == [("docs/adr/0007-b.md", ("# 8. Keep 7",))]

    @pytest.mark.parametrize(
        "added", [{}, {"docs/adr/0007-b.md": 2}, {"docs/adr/0007-a.md": 2, "docs/adr/0007-b.md": 2}]
    )
    def test_where_nobody_knows_which_is_older_nothing_moves(self, added: dict[str, int]) -> None:
        assert renumbered(added=added) == [None]

    def test_each_gets_a_number_of_its_own(self) -> None:
        assert renumbered(texts=ONE | A | B | C) == ["0007-b.md > 0008-b.md", "0007-c.md > 0009-c.md"]
        pair = record(2, name="0002-a.md") | record(2, name="0002-b.md")
        assert renumbered(texts=pair | A | B) == ["0002-b.md > 0008-b.md", "0007-b.md > 0009-b.md"]

    def test_folders_of_records_count_and_stay(self) -> None:
        pages = record(7, name="0007-a/README.md") | record(8, name="0008-x/README.md")
        assert renumbered(texts=pages | B) == ["0007-b.md > 0009-b.md"]
        assert renumbered(texts=B | pages) == [None]
        log = B | pages
        told = "0007-a/README.md:1 number 7 is also taken by 0007-b.md"
        assert said("number-duplicate", log, added={path: age for age, path in enumerate(log)}) == [told]

    def test_of_those_that_are_not_checked_none_moves_but_one_that_came_after_a_checked_one(self) -> None:
        log = ONE | A | B | C
        assert renumbered("0007-c.md", texts=log) == ["0007-c.md > 0008-c.md"]
        assert renumbered("0007-a.md", "0007-c.md", texts=log) == ["0007-b.md > 0008-b.md", "0007-c.md > 0009-c.md"]
        four = log | record(7, name="0007-d.md")
        assert renumbered("0007-a.md", "0007-d.md", texts=four) == ["0007-b.md > 0008-b.md", "0007-d.md > 0009-d.md"]

    @pytest.mark.parametrize(
        "around", [{"unread": ("docs/adr/0008-large.md",)}, {"taken": {"docs/adr/0008-x.md": "on the branch x"}}]
    )
    def test_a_number_that_a_file_has_that_was_not_read_is_not_free(self, around: dict[str, Any]) -> None:
        assert renumbered(**around) == ["0007-b.md > 0009-b.md"]

    @pytest.mark.parametrize("reference", ["ADR-7", "ADR-0007", "adr 07"])
    def test_where_a_record_names_the_number_nothing_moves(self, reference: str) -> None:
        assert renumbered(texts=record(1, notes=f"Amends: {reference}") | A | B) == [None]

    def test_a_number_that_ends_in_a_zero(self) -> None:
        log = record(10, name="0010-a.md") | record(10, name="0010-b.md")
        assert renumbered(texts=ONE | log) == ["0010-b.md > 0011-b.md"]
        assert renumbered(texts=record(1, notes="Amends: ADR-10") | log) == [None]

    @pytest.mark.parametrize(("reference", "expected"), [("API-7", [None]), ("API-9", ["API-007-b.md > API-008-b.md"])])
    def test_numbers_with_letters(self, reference: str, expected: list[str | None]) -> None:
        texts = record(1, notes=f"Amends: {reference}", name="API-001-x.md")
        texts |= record(7, name="API-007-a.md") | record(7, name="API-007-b.md")
        plain = {path: re.sub(r"# \d\. ", "# ", text, count=1) for path, text in texts.items()}
        assert renumbered(texts=plain) == expected

    def test_another_number_or_another_log_may_be_named(self) -> None:
        there = record(1, "Superseded by ADR-17") | record(17)
        assert renumbered(texts=there | A | B) == ["0007-b.md > 0018-b.md"]
        other = {"src/adr/0002-x.md": record(2, "Superseded by ADR-7")["docs/adr/0002-keep.md"]}
        assert renumbered(texts=ONE | other | A | B) == ["0007-b.md > 0008-b.md"]

    def test_each_series_counts_for_itself(self) -> None:
        adr = record(7, name="adr-007-a.md") | record(7, name="adr-007-b.md")
        assert renumbered(texts=adr | record(9, name="rfc-009-x.md")) == ["adr-007-b.md > adr-008-b.md"]

    def test_at_the_top_of_a_repository(self) -> None:
        log = {path.removeprefix("docs/adr/"): text for path, text in (ONE | A | B).items()}
        assert renumbered(texts=log) == ["0007-b.md > 0008-b.md"]
