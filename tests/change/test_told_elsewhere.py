"""Shapes of descriptions that were met in repositories nobody had looked at: decisions, and options set aside, or neither."""

from __future__ import annotations

import pytest

from onrecord.change.body import Description, read_description
from onrecord.record.vocabulary import shipped


def read(title: str, body: str) -> Description:
    return read_description(title, body, shipped())


TOLD = {
    "in a chore that switches": (
        "chore: migrate from counter-lib to counters",
        "Nobody has looked after counter-lib for a year. Counters is a drop-in replacement with all of the same calls.",
    ),
    "in what is done without": (
        "Don't rely on the counter's clock",
        "Some shops need to count without a clock of their own, and they would all have to set one.",
    ),
    "in support for something new": (
        "Support for shops without a number",
        "Adds a switch that lets a shop go without a number, since some of them have never been given one.",
    ),
    "in a feature that is added": (
        "feat: add an hourly count",
        "It was possible to count by the hour in the file of a shop, and now it is from the page, in order to run it often.",
    ),
    "in an option to fail tests": (
        "Add `--max-pages` option to fail test runs",
        "Lets a shop name the number of pages above which the run ends with a status of its own. It helps to go down step by step, "
        "without asking everybody to get rid of all of their pages in one go, and nothing is counted without it.",
    ),
    "by what was chosen": ("Fix pages", "The page fails. This way of counting was chosen as it is the plainest."),
    "without naming anybody": ("Fix pages", "Went with the plain count, the others are slow."),
    "until something can be done": (
        "Skip new counters",
        "Due to Monday, we will keep the old counter until we can move on.",
    ),
}

NOT_TOLD = {
    "a bump at length": (
        "chore: bump counter to v6.1.0",
        "It takes the new image. " + "Both pins move in lockstep, for the first chip and for the other. " * 7,
    ),
    "a bump to the version it names": (
        "Update counter version 1.26.5",
        "Both pins move in lockstep, for this chip and for that one too. " * 7,
    ),
    "the notes of a release": (
        "pages: prepare to release v0.3.16",
        "Pages are fast now. Rows with no counter are shown again, too. " * 7,
    ),
    "a repair at length": (
        "Fix pages of shops",
        "Pages with no rows came back in the order of the day. We sort them by number. " * 6,
    ),
    "what nobody would keep": (
        "Remove redundant counter",
        "It counts the pages twice, in the head of the loop and inside of it, and all of it for nothing.",
    ),
    "an error that is raised": (
        "pages: raise CountError for odd rows",
        "Odd rows came back as no rows, and a long list of calls was shown, for every page of a shop that has one of them.",
    ),
    "a repair of tests": (
        "Fix count tests with new counter",
        "The latest counter counts at night. We patch its clock, which is open to all. " * 6,
    ),
    "tests at length": (
        "chore(e2e): tests for the counter",
        "The page of the counter has no tests. We now call it with every default that a shop can have, and look at its rows. "
        * 4,
    ),
    "a test that should be there": (
        "config: Add a test for pages",
        "It was hidden before, and is an error now, so we should have a test for it.",
    ),
    "tests and an option in their names": (
        "Add tests for the page option",
        "Counts the pages by their option, and by the day on which they were shown to the shop.",
    ),
    "an attempt": ("Show pages", "Decided to see if the page can be shown."),
    "an option that a user chose": ("Show pages", "Shows that the option was chosen by the shop."),
    "a solution that a user chose": ("Show pages", "Marks the solution chosen by the shop."),
    "a feature with nothing said": ("feat: add a page option", "Closes #12."),
}

RIVALS = {
    "An earlier version of this PR asked the proxy, which drops headers.": "An earlier version of this PR asked the proxy, which drops headers.",
    "My first idea was a proxy, but nobody runs one.": "My first idea was a proxy, but nobody runs one.",
    "We initially planned a proxy, but nobody runs one.": "We initially planned a proxy, but nobody runs one.",
    "Redis was considered and rejected as too much to run.": "Redis was considered and rejected as too much to run.",
    "I didn't use the proxy because it drops headers.": "I didn't use the proxy because it drops headers.",
    "We could ask the proxy, but it is simpler to count.": "We could ask the proxy, but it is simpler to count.",
    "Uses the old table rather than introducing a new one for pages.": "introducing a new one for pages",
    "We use the old table rather than introducing a new one for pages.": "introducing a new one for pages",
    "Rather than adding a hard need for Redis, we load it late.": "adding a hard need for Redis",
    "## Options\n\n1. Count at night.\n2. Ask the proxy.\n\nWent with 1), which breaks least.\n": "Ask the proxy",
    "## Options\n\n1. Count at night.\n2. Ask the proxy.\n\nI went with option #2, which breaks least.\n": "Count at night",
}

NO_RIVALS = [
    "The first version of the page had no rows.",
    "An earlier attempt shows the page.",
    "It fails on the first attempt, but not on the next.",
    "I initially thought it was a bug, but it is not.",
    "The request was considered and answered.",
    "We didn't use to count.",
    "We could not open it but it is open now.",
    "It overwrites the row instead of adding a new one.",
    "The page was shown rather than adding a new one.",
    "Instead of adding a new row, the importer wrote over the old one.",
    "We use one counter rather than adding rows to pages.",
    "Replaces the code that was writing over rows instead of adding a new one.",
    "To be quick, we will later load small tables instead of one giant one.",
    "## Options\n\n1. `--page`: the page\n2. `--size`: its size\n\nI went with 2 pages in tests.\n",
    "## Options\n\n1. `--page`: the page\n2. `--size`: its size\n\nWent with 1.5 as a size.\n",
]


@pytest.mark.parametrize(("title", "body"), TOLD.values(), ids=TOLD.keys())
def test_it_is_told(title: str, body: str) -> None:
    found = read(title, body)
    assert found.decision
    assert found.stated is False


@pytest.mark.parametrize(("title", "body"), NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_it_is_not(title: str, body: str) -> None:
    assert read(title, body).decision is None


@pytest.mark.parametrize(("body", "rival"), RIVALS.items())
def test_a_rival_in_passing(body: str, rival: str) -> None:
    assert [option.title for option in read("Pages", body).alternatives] == [rival]


@pytest.mark.parametrize("body", NO_RIVALS)
def test_what_only_sounds_like_a_rival(body: str) -> None:
    assert read("Pages", body).alternatives == []
