"""Five signs, a point each."""

import pytest

from onrecord.change import Change, ChangedFile
from onrecord.coverage.score import area_of, is_code, score


def points(*files: ChangedFile, title: str = "Change it") -> int:
    return score(Change(title, "", "ann", files=files)).points


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("src/a.py", True),
        ("docs/a.py", False),
        ("README.md", False),
        ("src/tests/a.py", False),
        ("src/a.spec.ts", False),
        ("yarn.lock", False),
        ("api/v1.pb.go", False),
        ("vendor/x/a.go", False),
        ("latest/a.py", True),
    ],
)
def test_code_is_what_is_neither_text_nor_test_nor_made(path: str, code: bool) -> None:
    assert is_code(path) is code


def test_areas_are_two_folders_deep() -> None:
    assert [area_of(path) for path in ("a.py", "src/a.py", "src/b/c/a.py")] == [".", "src", "src/b"]
    assert points(*(ChangedFile(f"src/{name}/a.py") for name in "ab")) == 0
    assert points(*(ChangedFile(f"src/{name}/a.py") for name in "abc")) == 1
    assert points(*(ChangedFile(f"tests/{name}/a.py") for name in "abc")) == 0


def test_lines_of_code() -> None:
    assert points(ChangedFile("src/a.py", "modified", 300, 900)) == 0
    assert points(ChangedFile("src/a.py", "modified", 301)) == 1
    assert points(ChangedFile("docs/a.md", "modified", 301)) == 0


@pytest.mark.parametrize("path", ["db/migrations/0001.py", "openapi.yaml", "api/v1.proto", "Schema.SQL", "a.graphql"])
def test_interfaces(path: str) -> None:
    assert points(ChangedFile(path)) == 1


@pytest.mark.parametrize(("added", "expected"), [(1, 1), (0, 0)])
def test_additions_to_what_the_product_needs(added: int, expected: int) -> None:
    assert points(ChangedFile("web/package.json", "modified", added, 3)) == expected


@pytest.mark.parametrize("title", ["feat!: drop it", "fix(api)!: drop it", "BREAKING: drop it"])
def test_titles_that_say_they_break_something(title: str) -> None:
    assert points(title=title) == 1


def test_files_that_are_not_known_give_no_sign() -> None:
    assert score(Change("Change it", "", "ann")).points == 0
