"""A table of cases is one test, in which every case is tried and every one that fails is shown."""

from __future__ import annotations

import pytest

from tables import Case, cases_of, tried

LETTERS: list[Case] = [{"letter": letter} for letter in "abc"]


def refuse(letter: str) -> None:
    assert letter == "a", letter


def leave_out(letter: str) -> None:
    if letter != "a":
        pytest.skip(letter)


def test_all_that_fail_are_shown_with_their_cases() -> None:
    with pytest.raises(ExceptionGroup, match="2 of 3 cases fail") as caught:
        tried(refuse, LETTERS, None)()
    assert [error.__notes__ for error in caught.value.exceptions] == [["where letter is 'b'"], ["where letter is 'c'"]]


def test_one_that_fails_is_shown_as_it_is() -> None:
    with pytest.raises(AssertionError) as caught:
        tried(refuse, LETTERS[:2], None)()
    assert caught.value.__notes__ == ["where letter is 'b'"]


def test_what_leaves_out_all_its_cases_is_skipped() -> None:
    tried(leave_out, LETTERS, None)()
    with pytest.raises(pytest.skip.Exception):
        tried(leave_out, LETTERS[1:], None)()


def test_each_case_of_a_class_has_its_own_object() -> None:
    seen = []
    tried(lambda self, letter: seen.append((self, letter)), LETTERS, type("Some", (), {}))()
    assert len({id(one) for one, _ in seen}) == len(seen) == 3


def test_two_tables_are_each_case_with_each() -> None:
    tables = [
        pytest.mark.parametrize("a, b", [(1, 2), pytest.param(3, 4)]).mark,
        pytest.mark.parametrize("c", "xy").mark,
    ]
    assert [*map(str, cases_of(tables))] == [
        f"{{'a': {a}, 'b': {b}, 'c': '{c}'}}" for a, b in ((1, 2), (3, 4)) for c in "xy"
    ]


@pytest.mark.parametrize("letter", "abc")
def test_of_a_table(letter: str) -> None:
    assert letter in "abc"


@pytest.mark.parametrize("letter", ["a", pytest.param("b", marks=pytest.mark.filterwarnings("error"))])
def test_of_a_marked_table(letter: str) -> None:
    assert letter in "ab"


@pytest.mark.parametrize("letter", "ab")
def test_of_a_table_that_needs_more(letter: str, request: pytest.FixtureRequest) -> None:
    assert letter in request.node.name


def test_what_is_made_of_them(request: pytest.FixtureRequest) -> None:
    here = [item.name for item in request.session.items if item.path == request.path and "_of_a_" in item.name]
    whole = "[" not in "".join(request.config.invocation_params.args) and not request.config.getoption("--each-case")
    if len(here) > 4:
        assert here.count("test_of_a_table") == whole
        assert [name for name in here if "marked" in name] == [f"test_of_a_marked_table[{letter}]" for letter in "ab"]
