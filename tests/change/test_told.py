"""A decision that nobody marked: is it told, and in which words?"""

from __future__ import annotations

import pytest

from onrecord.change.body import Description, read_description
from onrecord.change.told import read_told, weigh
from onrecord.record.vocabulary import shipped


def read(title: str, body: str) -> Description:
    return read_description(title, body, shipped())


TOLD = {
    "in words": ("Speed up pages", "The page was slow. We decided to cache it for an hour."),
    "by one person": ("Fix slow pages", "I decided to cache the pages for an hour because that seemed simpler than asking twice."),
    "in German": ("Seiten", "Die Seite war langsam. Wir haben uns entschieden, sie eine Stunde zu speichern."),
    "in French": ("Pages", "La page était lente. Nous avons décidé de la garder une heure."),
    "in a title that replaces": (
        "refactor: replace the home-made cache with the one of the framework",
        "The framework's cache evicts pages by age, and ours does not. It also removes a dependency that nobody looks after.",
    ),
    "in a default that changes": (
        "Change the default page size to 50",
        "Users with slow connections wait too long. The page size can still be raised in the settings when somebody needs it.",
    ),
    "in a breaking feature": (
        "feat(cli)!: require a shop number",
        "The command used to guess the shop from the folder, which went wrong for people with two of them.",
    ),
    "at length": (
        "Shop numbers in the address",
        "Until today the shop came from a header that two of our proxies drop. " * 3
        + "The address is the one thing that every proxy leaves alone, and we would like to keep the header for the old clients. " * 3,
    ),
}  # fmt: skip

NOT_TOLD = {
    "nothing said": ("Replace the cache", ""),
    "only a reference": ("Show the page again", "Fixes #12."),
    "the title again": ("Use the field's name in rows instead of its key", "Use field's name in rows instead of key."),
    "a long title again": (
        "feat: replace the counter of the shop by the counter of the gateway",
        "Replace the counter of the shop by the counter of the gateway.",
    ),
    "a small repair": ("Fix crash on empty pages", "The page crashed when it had no rows. Check for them first."),
    "a test": ("test: move the fixtures of the counter", "The fixtures now stand beside the tests that use them."),
    "documentation": ("docs: explain the page size", "Says what the page size does and where to set it."),
    "a bump": ("Update the parser to 1.2.3", "Brings the fix for empty rows."),
    "what comes later": ("Show the page", "We will need to look at the cache later."),
    "a question": ("Show the page", "Should we use the cache here, or have we decided against it?"),
    "why it was so": ("Show the page", "Nobody remembers why we decided to hide it."),
}


@pytest.mark.parametrize(("title", "body"), TOLD.values(), ids=TOLD.keys())
def test_it_is_told(title: str, body: str) -> None:
    found = read(title, body)
    assert found.decision
    assert found.stated is False


@pytest.mark.parametrize(("title", "body"), NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_it_is_not(title: str, body: str) -> None:
    assert read(title, body).decision is None


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("Speed up pages", TOLD["in words"][1], "We decided to cache it for an hour."),
        ("Seiten", TOLD["in German"][1], "Wir haben uns entschieden, sie eine Stunde zu speichern."),
        (*TOLD["in a title that replaces"], "replace the home-made cache with the one of the framework"),
        (
            "Pages for shops",
            "Pages were slow on Mondays, and nobody knew. This PR replaces the query by a cache that is filled at night. "
            "I measured it twice. The numbers are in the sheet that everybody has, and they look good to me and to others.",
            "This PR replaces the query by a cache that is filled at night.",
        ),
    ],
)
def test_its_words_are_those_that_say_it(title: str, body: str, text: str) -> None:
    decision = read(title, body).decision
    assert decision
    assert decision.text == text


@pytest.mark.parametrize(
    "body",
    [
        "We decided to cache pages, because they are slow.",
        "We decided to cache pages. Because they are slow, support was called twice.",
        "Because they are slow, we decided to cache pages.",
    ],
)
def test_its_reason_stands_beside_it(body: str) -> None:
    decision = read("Pages", body).decision
    assert decision
    assert (decision.justification or "").startswith("they are slow")


RIVALS = {
    "Alternatively, the proxy could keep the page.": "Alternatively, the proxy could keep the page.",
    "We considered a proxy, but nobody runs one.": "We considered a proxy, but nobody runs one.",
    "I chose memory over a file on disk.": "a file on disk",
    "We decided to keep it in memory rather than on disk.": "on disk",
    "We decided not to ask the proxy.": "We decided not to ask the proxy.",
    "Alternative to #12.": "Alternative to #12.",
    "I tried the proxy first, but it drops headers.": "I tried the proxy first, but it drops headers.",
    "There are two other options:\n\n- keep it on disk\n- ask the proxy\n": "keep it on disk",
}
NO_RIVALS = [
    "The request was rejected because the token was too old.",
    "Adds another option to the command.",
    "Uses the alternative debug format.",
    "Instead of checking every file, check those in git.",
    "We neglected to update the counter.",
    "The first package is considered to be private.",
    "We will move over time.",
    "It writes 1.0 instead of `1.0~rc1`.",
    "## Options\n\n- `--page`: the page\n- `--size`: its size\n",
    "Is there an alternative?",
    "I chose memory over them, because they are slow.",
    "I chose memory over it.",
    "Two new methods have been added:\n\n- begin: starts it\n- end: ends it\n",
    "It adds two other options:\n\n- `--page`\n- `--size`\n",
]


@pytest.mark.parametrize(("body", "rival"), RIVALS.items())
def test_a_rival_in_passing(body: str, rival: str) -> None:
    found = [option.title for option in read("Pages", body).alternatives]
    assert found[:1] == [rival]


@pytest.mark.parametrize("body", NO_RIVALS)
def test_what_only_sounds_like_a_rival(body: str) -> None:
    assert read("Pages", body).alternatives == []


THREE_PARTS = [
    "We will keep counters in memory instead of in Redis, because nobody runs it.",
    "We will keep counters in memory rather than in Redis, since nobody runs it.",
    "We chose memory over in Redis because nobody runs it.",
    "We now keep counters in memory instead of in Redis, because nobody runs it.",
    "We keep counters in memory instead of in Redis, because nobody runs it.",
    "Keeps counters in memory instead of in Redis because nobody runs it.",
    "This PR stores counters in memory rather than in Redis, since nobody runs it.",
    "Use memory instead of in Redis, because nobody runs it.",
]


@pytest.mark.parametrize("title", ["Counters", "feat(shop): keep the counters in memory", "Fix crash on empty pages"])
@pytest.mark.parametrize("sentence", THREE_PARTS)
def test_one_sentence_says_what_instead_of_what_and_why(sentence: str, title: str) -> None:
    found = read(title, sentence)
    assert found.decision
    assert found.decision.text == sentence
    assert found.decision.justification == "nobody runs it"
    assert [option.title for option in found.alternatives] == ["in Redis"]
    assert not found.from_title


@pytest.mark.parametrize(
    "sentence",
    [
        "It shows the old page instead of the new one, because the key is stale.",
        "The parser returned the default instead of the value, because the flag was lost.",
        "Users see the old page instead of the new one, because the key is stale.",
        "Previously we kept the page per user instead of per shop, because it was easy.",
        "Should we keep the page instead of the query, because it is cheap?",
        "Builds fail instead of waiting for the lock, because it is stale.",
    ],
)
def test_what_went_wrong_so_far_is_no_choice(sentence: str) -> None:
    found = read("Fix crash on empty pages", sentence)
    assert (found.decision, found.alternatives) == (None, [])


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("feat(shop)!: enforce a maximum row count", "enforce a maximum row count"),
        ("Enforce a maximum row count", "Enforce a maximum row count"),
        ("shop: enforce a maximum row count", "shop: enforce a maximum row count"),
    ],
)
def test_a_decision_of_the_title_alone_says_so_and_loses_its_type(title: str, text: str) -> None:
    found = read(
        title,
        "One query may return ten thousand rows by default, and a flag lifts it for legacy clients. "
        "The rest of the rows is dropped, and a header says how many there were in the table.",
    )
    assert found.decision
    assert (found.decision.text, found.from_title) == (text, True)


PAGES = "Cached pages"
WEIGHTS = [
    (PAGES, (), 0, 0),
    (PAGES, ("x",), 7, 0),
    (PAGES, ("x",), 8, 2),
    (PAGES, ("x",), 20, 3),
    (PAGES, ("x",), 40, 5),
    (PAGES, ("x",), 80, 7),
    (PAGES, ("Cached pages",), 80, 0),  # the title again
    (PAGES, ("Cached pages, and more",), 80, 7),
    ("feat: cached pages", (), 0, 2),
    ("feat!: cached pages", (), 0, 4),
    ("[shop] feat(cli)!: replace it", (), 0, 6),
    ("a: b: c: d: e: f: replace it", (), 0, 4),
    ("a: b: c: d: e: f: g: replace it", (), 0, 0),
    ("fix: cached pages", (), 0, -3),
    ("Fix the page", (), 0, -3),
    ("chore: cached pages", (), 0, -1),
    ("Bump the page", (), 0, -1),
    ("Update docs", (), 0, -3),
    ("Remove unused pages", (), 0, 2),
    ("Raise the limit", (), 0, 4),
    ("Raise an error", (), 0, -1),
    ("Don't use the page", (), 0, 4),
    ("Don't open the page", (), 0, -3),
    ("Bump the page to v2", (), 0, -3),
    ("Update page version 1.2", (), 0, -3),
    ("Prepare for release", (), 0, -2),
    ("v1.2.0", (), 0, -3),
    ("Fix the tests", (), 0, -3),
    ("Add tests for the option", (), 0, -1),
    ("Add an option to fail tests", (), 0, 4),  # no test, with one for the option itself
    ("feat: replace the page", (), 0, 4),  # the most that a title weighs alone
    ("feat: replace the page", ("x",), 8, 7),
    ("test: cached pages", (), 0, -3),
    ("Test the page", (), 0, -2),
    ("Test the page", ("x",), 80, 3),
    ("Move PagesTestSuite", (), 0, -2),
    ("Remove a count in TestPages", (), 0, -2),
    ('Revert "fix(docs): open the page"', (), 0, -1),
    ('Revert "Test the page"', ("x",), 80, 6),
    ("Add a page", (), 0, 1),
    ("feat: add a page", (), 0, 3),
    ("Replace the page", (), 0, 4),
    ("Introduce a page", (), 0, 3),
    ("Bug on the page", (), 0, -1),
    (PAGES, ("We decided to cache.",), 0, 2),
    (PAGES, ("Redis has drawbacks.",), 0, 2),
    (PAGES, ("This is a breaking change.",), 0, 2),
    (PAGES, ("It crashed.",), 0, -1),
    (PAGES, ("a", "b", "It crashed."), 0, 0),
    (PAGES, ("It has a flag.",), 0, 1),
    (PAGES, ("It asks for permission.",), 0, 1),
    (PAGES, ("It will last.",), 0, 1),
    ("Cached usage", ("It has a flag.", "We do it."), 0, 3),
]


@pytest.mark.parametrize(("title", "sentences", "words", "weight"), WEIGHTS)
def test_each_sign_has_its_weight(title: str, sentences: tuple[str, ...], words: int, weight: int) -> None:
    assert weigh(title, list(sentences), words, has_rivals=False) == weight


def test_rivals_weigh_two_once() -> None:
    assert weigh(PAGES, ["x"], 0, has_rivals=True) == 2
    assert weigh(PAGES, ["Redis has drawbacks."], 0, has_rivals=True) == 2


TOLD_BY = [  # which sentence says it, beside "It is quiet."
    ("The default now falls back to a flag.", "It is quiet.", 0),
    ("It is quiet.", "The default now falls back to a flag.", 1),
    ("This change replaces the query.", "This change replaces the page.", 0),  # the first of equals
    ("This change was quick and replaces the query.", "This change replaces the page.", 1),
    ("Does this change replace the query?", "This change replaces the page.", 1),
    ("This change replaces the query, with drawbacks.", "This change replaces the page.", 1),
    ("This change replaces the query.", "This change intentionally replaces the page.", 1),
    ("This change replaces the query.", "This change should replace the default of the page.", 1),
    ("This change is good.", "This change replaces the page.", 1),
    ("It is quiet.", "It is loud.", None),  # neither: the title says as much
    ("This change is good.", "It is loud.", None),
]


@pytest.mark.parametrize(("one", "two", "which"), TOLD_BY)
def test_the_sentence_with_the_most_signs_says_it(one: str, two: str, which: int | None) -> None:
    found = read_told(PAGES, [one, two], 200, True, shipped())
    assert found
    assert found.decision.text == (PAGES if which is None else (one, two)[which])
    assert found.from_title is (which is None)


def test_a_verb_of_choice_in_the_title_says_more_than_most_sentences() -> None:
    sentences = ["This change replaces the query.", "It is quiet."]
    assert read_told("Replace the query", sentences, 200, True, shipped()).decision.text == "Replace the query"
    strong = "This change replaces the query with a flag."
    assert read_told("Replace the query", [strong], 200, True, shipped()).decision.text == strong
    assert read_told("feat(cli)!: query", sentences, 200, True, shipped()).decision.text == "query"
