"""Where records live, and how they are written there."""

import pytest

from onrecord.log.homes import Home, Seen, Stray, find_homes, language_of
from onrecord.markdown import parse_document


def seen(*paths: str, dialect: str = "nygard", language: str = "en", by_name: bool = True) -> list[Seen]:
    return [Seen(path, dialect, language, by_name) for path in paths]


def folders(*paths: str) -> list[str]:
    return [home.folder for home in find_homes(seen(*paths)).homes]


def test_a_folder_that_is_named_for_records_is_a_home_from_the_first_one_on() -> None:
    (home,) = find_homes(seen("docs/adr/0001-a.md")).homes
    assert home == Home("docs/adr", "", 1, ("nygard",), ("en",), "numbered", usual=True, by_name=True)


def test_what_lies_below_it_belongs_to_it() -> None:
    assert folders("docs/adr/0001-a.md", "docs/adr/old/0002-b.md", "docs/adr/2026-01-02-c/README.md") == ["docs/adr"]


def test_another_folder_is_one_from_three_numbered_records_on() -> None:
    two = ("docs/design/0001-a.md", "docs/design/0002-b.md")
    assert [stray.path for stray in find_homes(seen(*two)).strays] == list(two)
    (home,) = find_homes(seen(*two, "docs/design/0003-c.md", by_name=False)).homes
    assert (home.folder, home.size, home.usual, home.by_name) == ("docs/design", 3, False, False)


def test_three_texts_without_number_or_date_are_no_home() -> None:
    names = ("docs/a.md", "docs/b.md", "docs/c.md")
    assert [stray.path for stray in find_homes(seen(*names)).strays] == list(names)


def test_what_all_names_begin_with() -> None:
    (home,) = find_homes(seen("docs/adr-001-a.md", "docs/adr-002-b.md", "docs/adr-003-c.md")).homes
    assert (home.beginning, home.numbering) == ("adr-", "numbered")
    (home,) = find_homes(seen("docs/adr-001-a.md", "docs/dr-002-b.md", "docs/adr-003-c.md")).homes
    assert home.beginning == ""


@pytest.mark.parametrize(
    "name", ["2026-01-02-a.md", "20260102-a.md", "2026-01-02-a/README.md", "2026-01-02-a/index.md", "2026-01-02-a/a.md"]
)
def test_dated(name: str) -> None:
    (home,) = find_homes(seen(f"decisions/{name}")).homes
    assert (home.folder, home.numbering) == ("decisions", "dated")


@pytest.mark.parametrize(
    "aside",
    ["tests/data/adr", "test-resources/adr", "integration-tests/docs/adr", "examples/docs/adr", "templates/adr"],
)
def test_tests_and_examples_are_no_home_beside_another_one(aside: str) -> None:
    found = find_homes(seen("docs/adr/0001-a.md", f"{aside}/0001-b.md"))
    assert [home.folder for home in found.homes] == ["docs/adr"]
    assert [(stray.path, stray.by_name) for stray in found.strays] == [(f"{aside}/0001-b.md", True)]
    assert f"{found.strays[0].aside}/" in f"{aside}/"
    assert found.strays[0].aside
    assert folders(f"{aside}/0001-b.md") == [aside]


def test_one_folder_for_each_record() -> None:
    assert folders(
        *(f"notes/2026-01-{day}-a/{name}" for day, name in ((10, "README.md"), (11, "index.md"), (12, "readme.md")))
    ) == ["notes"]


def test_the_largest_home_comes_first_and_what_is_rare_is_not_named() -> None:
    many = [Seen(f"b/adr/{n:04}-x.md", "madr-4" if n < 15 else "custom", "de", True) for n in range(1, 17)]
    found = find_homes([*seen("a/adr/0001-x.md"), *many])
    assert [(home.folder, home.size) for home in found.homes] == [("b/adr", 16), ("a/adr", 1)]
    assert found.homes[0].dialects == ("madr-4", "custom")
    assert find_homes([*many, *many[:14]]).homes[0].dialects == ("madr-4",)


def test_a_file_at_the_top_is_a_stray() -> None:
    assert find_homes(seen("DECISIONS.md")) == ((), (Stray("DECISIONS.md", True, ""),))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("# A\n\n## Status\n\n## Context\n\n## Decision\n", "en"),
        ("# A\n\n## Status\n\n## 1. Kontext\n\n## 2. Entscheidung\n", "de"),
        ("# A\n\n## Contexte\n\n## Décision\n\n## Conséquences\n", "fr"),
        ("# A\n\n## 背景\n\n## 決定\n", "ja"),
        ("# A\n\n## Date\n", "en"),
        ("# A\n\nNo heading that anybody knows.\n", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(parse_document(text)) == language
