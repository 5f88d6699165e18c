"""A call that is read without argparse means what argparse makes of it."""

import argparse
from typing import Any, NoReturn

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.cli import check, coverage, explain, new, why
from onrecord.cli.plain_call import PlainCall


class Strict(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueError(message)


def declare(parser: Any) -> None:
    parser.add_argument("place", metavar="PLACE")
    parser.add_argument("more", nargs="*")
    group = parser.add_argument_group("what counts")
    group.add_argument("--limit", type=int, default=5)
    group.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quiet", "-q", action="store_true")
    parser.add_argument("--owner", action="append", help="more than one")
    parser.set_defaults(fail_on="never")


def as_argparse_reads(declared: Any, words: list[str]) -> dict[str, Any] | None:
    parser = Strict(allow_abbrev=False, add_help=False)
    declared(parser)
    try:
        return vars(parser.parse_args(words))
    except ValueError:
        return None


def as_read_here(declared: Any, words: list[str]) -> dict[str, Any] | None:
    call = PlainCall()
    declared(call)
    found = call.read(words)
    return None if found is None else vars(found)


WORDS = ["a", "b.md", "", "7", "-7", "-", "--", "text", "json", "--limit", "--limit=7", "--limit=", "--format", "--format=json",
         "--format=xml", "--quiet", "-q", "-qq", "--quiet=yes", "--owner", "--owner=Ann", "--own", "-x", "--no such"]  # fmt: skip


@example(["a", "--limit", "7", "b"])
@example(["a", "--format=xml"])
@example(["--owner", "Ann", "--owner=Bob", "a", "b", "-q"])
@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_read_is_what_argparse_reads(words: list[str]) -> None:
    found = as_read_here(declare, words)
    assert found is None or found == as_argparse_reads(declare, words)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (why, ["src/store.py:5"]),
        (why, ["src/store.py:5", "--output-format", "json", "--limit=3"]),
        (check, []),
        (check, ["docs/adr/0001.md", "docs/adr/0002.md"]),
        (check, ["--fail-on", "warning", "-q", "docs/adr/0001.md"]),
        (explain, ["owner-missing"]),
        (new, ["Keep sessions in Redis", "--status", "proposed"]),
    ],
)
def test_everyday_calls_need_no_argparse(verb: Any, words: list[str]) -> None:
    assert as_read_here(verb.add_arguments, words) == as_argparse_reads(verb.add_arguments, words) is not None


@pytest.mark.parametrize(
    "words", [[], ["a", "b"], ["--help"], ["a", "--limit", "many"], ["a", "--config"], ["--lim=3", "a"]]
)
def test_mistakes_and_questions_are_left_to_argparse(words: list[str]) -> None:
    assert as_read_here(why.add_arguments, words) is None


def test_a_verb_that_takes_other_words_is_left_to_argparse() -> None:
    with pytest.raises(NotImplementedError):
        coverage.add_arguments(PlainCall())
