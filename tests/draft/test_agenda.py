"""A proposed record becomes a page for its meeting, and the filled page is read back."""

from itertools import pairwise

import pytest

from onrecord.draft.agenda import CONFIDENCE, agenda
from onrecord.draft.content import Choice, Task
from onrecord.draft.minutes import is_minutes, read_minutes
from onrecord.draft.questions import QUESTIONS
from onrecord.markdown import parse_document
from onrecord.record import read_record
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import madr

PATH = "docs/adr/0007-keep-sessions.md"
PROPOSED = madr(
    status="status: proposed\ndecide-by: 2026-05-20\nconsulted: [Cho Lee]",
    more="\n## Open questions\n\n* Who pays for it?\n* TBD\n\n## Pros and Cons of the Options\n\n### Redis\n\n* Good, because it is fast\n",
)


def page(text: str = PROPOSED, minutes: int = 30) -> str:
    document = parse_document(text)
    return agenda(read_record(document, PATH, shipped()), document, minutes)


def below(text: str, heading: str) -> str:
    return text.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]


def test_the_page_has_all_that_the_record_says() -> None:
    text = page()
    assert text.startswith("# Decide: Keep sessions in Redis\n")
    assert "because it keeps data across restarts" in below(text, "The decision in one line")
    options = below(text, "Options")
    assert "### Redis\n\n* Good, because it is fast" in options
    assert "### Memcached\n\n* which loses everything at a restart" in options
    assert below(text, "Who").strip().splitlines() == [
        "* Decides: Ann Example",
        "* Has input: Cho Lee",
        "* Decide by: 2026-05-20",
    ]


def test_what_the_record_lacks_is_asked() -> None:
    assert below(page(), "Open questions").strip().splitlines() == ["* Who pays for it?", f"* {CONFIDENCE}"]
    bare = below(
        page("# Keep sessions\n\n## Status\n\nProposed\n\n## Decision\n\n## Context\n\nThey are lost.\n"),
        "Open questions",
    )
    for name in ("decision", "choices", "decision_makers", "decide_by"):
        assert f"* {QUESTIONS[name]}" in bare
    assert QUESTIONS["context"] not in bare


@pytest.mark.parametrize("minutes", [5, 30, 47, 480])
def test_the_time_box_is_filled_without_a_gap(minutes: int) -> None:
    rows = below(page(minutes=minutes), f"Time box ({minutes} minutes)").strip().splitlines()
    spans = [row.removeprefix("* ").split(":")[0].split(" to ") for row in rows]
    assert spans[0][0] == "0"
    assert spans[-1][1] == str(minutes)
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert all(int(start) < int(end) for start, end in spans)


def filled(**answers: str) -> str:
    text = page()
    for label, said in answers.items():
        label = label.replace("_", " ")
        assert f"* {label}:\n" in text
        text = text.replace(f"* {label}:\n", f"* {label}: {said}\n")
    return text


def test_an_empty_page_says_nothing() -> None:
    assert is_minutes(page())
    assert not is_minutes(PROPOSED)
    content = read_minutes(page(), shipped()).content
    assert (content.decision, content.because, content.choices, content.tasks) == ("", "", (), ())


def test_a_filled_page_is_read_back() -> None:
    text = filled(
        Decided="We keep sessions in Redis\n  for a day.",
        Because="they must survive",
        Instead_of="Memcached, cookies",
        Decided_by="Ann Example and Bob Ray",
        Review_on="2027-01-31",
    ).replace("* [ ] \n", "* [ ] Bob Ray: order it (due 2026-06-01)\n* [x] write the guide\n")
    text = (
        text if "order it" in text else text.rstrip() + " Bob Ray: order it (due 2026-06-01)\n* [x] write the guide\n"
    )
    path, content, _ = read_minutes(text, shipped(), "2026-05-20")
    assert path == PATH
    assert (content.title, content.status, content.date) == ("Keep sessions in Redis", "proposed", "2026-05-20")
    assert content.decision == "We keep sessions in Redis for a day."
    assert content.because == "they must survive"
    assert content.choices == (Choice("Memcached"), Choice("cookies"))
    assert content.decision_makers == ("Ann Example", "Bob Ray")
    assert content.review_by == "2027-01-31"
    assert content.tasks == (Task("order it", "Bob Ray", "2026-06-01"), Task("write the guide", done=True))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Memcached, which loses all at a restart", ["Memcached|, which loses all at a restart"]),
        ("Nothing, because it was cheap", ["Nothing|, because it was cheap"]),
        ("Memcached; cookies, as they are small; a table", ["Memcached|", "cookies|, as they are small", "a table|"]),
        ("Memcached, cookies, which are small or lost", ["Memcached|", "cookies|, which are small or lost"]),
        ("Memcached because it is slow, or bad", ["Memcached| because it is slow, or bad"]),
        ("Memcached (slow, old), cookies or a table.", ["Memcached (slow, old)|", "cookies|", "a table|"]),
        ("One that nobody has ever run here before, cookies", ["One that nobody has ever run here before, cookies|"]),
        ("\n  * Memcached, too slow\n  * cookies", ["Memcached|, too slow", "cookies|"]),
    ],
)
def test_a_reason_behind_a_comma_is_no_option_of_its_own(said: str, names: list[str]) -> None:
    choices = read_minutes(filled(Instead_of=said), shipped()).content.choices
    assert [f"{one.title}|{one.behind}" for one in choices] == names


def test_a_placeholder_is_no_answer_and_markup_is_none() -> None:
    content = read_minutes(filled(Decided="TBD", Because="<b>so</b> https://evil.example @all"), shipped()).content
    assert content.decision == ""
    assert content.because == "&lt;b>so&lt;/b> (link left out) @\u200ball"


@pytest.mark.parametrize(
    ("answers", "lacks"),
    [
        ({}, "nothing stands below Outcome and Follow-ups yet"),
        ({"Because": "it is quick"}, "something stands behind “Because:”, and no decision behind “Decided:”"),
        ({"Decided": "TBD", "Review_on": "soon", "Because": "x"}, "behind “Because:”, “Review on:”, and no decision"),
        ({"Decided": "We keep it"}, ""),
    ],
)
def test_what_is_missing_is_told_beside_what_is_there(answers: dict[str, str], lacks: str) -> None:
    told = read_minutes(filled(**answers), shipped()).lacks
    assert lacks in told
    assert bool(told) == bool(lacks)


@pytest.mark.parametrize("said", ["# Status", "> Status", "1. Status", "- Status"])
def test_an_answer_is_no_block(said: str) -> None:
    assert read_minutes(filled(Decided=said), shipped()).content.decision == "Status"


def test_only_what_begins_as_a_page_is_one() -> None:
    assert is_minutes(f"\ufeff\n{page()}".replace("\n", "\r\n"))
    assert not is_minutes(f"Ann Lee: hi\n{page()}")


def test_nothing_that_steers_a_terminal_is_on_the_page() -> None:
    text = page(PROPOSED.replace("it is fast", "it is \x1b]0;fast\x07 \x9b31m\u202e"))
    assert "it is ]0;fast 31m" in text
    assert not set("\x1b\x07\x9b\u202e") & set(text)
