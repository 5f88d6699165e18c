"""Shapes of options, choices and pages that logs outside the labelled ones are written in."""

from __future__ import annotations

import pytest

from onrecord.record import DecisionRecord, parse_record

HEAD = "# 7. Valves\n\n## Status\n\nAccepted\n\n"
LISTED = (
    "## Considered Options\n\n1. Brass valves\n2. MIT steel\n3. MIT\n4. Double MIT steel\n\n## Decision Outcome\n\n"
)


def read(body: str, path: str = "docs/adr/0007-valves.md") -> DecisionRecord:
    return parse_record(HEAD + body, path)


def names(body: str) -> list[str]:
    return [option.title for option in read(body).considered_options]


CHOICES = {
    "a number in brackets": ("Chosen option `(2)`. Reasons follow.", "MIT steel"),
    "a name with its number": ('Chosen option: _"4. Double MIT steel"_, because it holds.', "Double MIT steel"),
    "three letters among others": ("Chosen option: the license MIT", "MIT"),
    "the beginning of a longer name": ("Chosen option: Double MIT (from the north), as it holds.", "Double MIT steel"),
    "a name before the word": ("Option 2 is the preferred option here, as it holds.", "MIT steel"),
}


@pytest.mark.parametrize(("told", "chosen"), CHOICES.values(), ids=CHOICES)
def test_the_choice_is_found_in_the_list(told: str, chosen: str) -> None:
    options = read(LISTED + told + "\n").considered_options
    assert [o.title for o in options if o.outcome == "chosen"] == [chosen]


def test_a_name_stands_before_the_word_in_french() -> None:
    decision = read("## Décision\n\nL'acier est l'option retenue, car il tient.\n").decision
    assert decision is not None
    assert decision.chosen_option == "L'acier"


def test_headings_that_weigh_are_no_options() -> None:
    body = "### 1. Brass\n\nOld.\n\n### Pros:\n\nCheap.\n\n### Cons:\n\nSoft.\n\n### 2. Steel\n\nNew.\n\n### Comparison of costs\n\nClose.\n"
    assert names(f"## Considered Options\n\n{body}") == ["1. Brass", "2. Steel"]


def test_bold_lines_that_weigh_are_no_options() -> None:
    body = "**Brass**\n\nIt is old.\n\n**Vorteile**\n\nIt is cheap.\n\n**Steel**\n\nIt is new.\n"
    assert names(f"## Considered Options\n\n{body}") == ["Brass", "Steel"]


def test_a_matrix_is_no_option() -> None:
    tables = "### Comparativa Cualitativa\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n### Matriz de Decisión\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    body = f"## Contexto\n\nAlternativas evaluadas:\n\n- Latón\n- Acero\n\n## Comparativa de alternativas\n\n{tables}"
    assert names(body) == ["Latón", "Acero"]


TOLD = {
    "either of two": "## Context\n\nFor the valve we can either buy brass or cast steel.\n",
    "a way that would be too much": "## Context\n\nCasting all of them at once would be risky and slow.\n",
    "a tool used elsewhere": "## Consequences\n\nIn other halls we've used steel. However, brass was faster to get.\n",
    "a list behind either": "## Context\n\nWe can either:\n\n- buy brass\n- cast steel\n",
    "two options": "## Context\n\nWe have two main options for the valve - brass, or steel\n",
    "a few options": "## Context\n\nWe need a valve - there are a few options. Buy one, cast one or use the old one.\n",
    "what comes instead": "## Context\n\nBrass got soft.\n\n## Decision\n\nUse steel instead.\n",
    "ways in brackets": "## Context\n\nA valve can be made in many ways (cast, forged, printed, etc.).\n",
    "what was an option once": "## Context\n\nAfter the fire, brass is no longer an option.\n",
    "what would not scale": "## Context\n\nCasting each by hand needs ten people, which does not scale.\n",
    "what was tested": "## Context\n\nAfter testing brass, which was too soft, we went for steel.\n",
    "what there was": "## Context\n\nWhile the previous valve worked, it was slow to open.\n",
    "what is not done": "## Context\n\nRather than casting a valve for each hall, we need one for all.\n",
    "no use, in Dutch": "## Context\n\nDaarom werd beslist om geen gebruik te maken van messing.\n",
    "a heading in Japanese": "## 代替案の検討\n\n1. 鋼\n2. 真鍮\n",
}


@pytest.mark.parametrize("body", TOLD.values(), ids=TOLD)
def test_other_ways_are_seen(body: str) -> None:
    assert names(body + "\n## Decision\n\nThe hall gets new valves.\n")


def test_what_was_weighed_is_listed_among_the_consequences() -> None:
    assert names("## Consequences\n\nThe options that were considered:\n\n- brass\n- steel\n") == ["brass", "steel"]


LISTS = {
    "what was evaluated": "We evaluated some of the valves on the market:",
    "what was taken into account": "A couple of valves have been taken into account:",
    "what there is": "Only 2 are available at the moment:",
    "answers to a question": "Two defensible answers exist for what a valve is:",
}


@pytest.mark.parametrize("intro", LISTS.values(), ids=LISTS)
def test_a_list_of_what_was_weighed_holds_options(intro: str) -> None:
    assert names(f"## Context\n\n{intro}\n\n- brass\n- steel\n") == ["brass", "steel"]


@pytest.mark.parametrize("title", ["Replace brass with steel", "Prefer steel over brass"])
def test_what_a_title_replaces_is_an_option(title: str) -> None:
    record = parse_record(f"# 7. {title}\n\n## Decision\n\nCast the valves anew.\n", "docs/adr/0007-a.md")
    assert [(o.title, o.outcome) for o in record.considered_options] == [("brass", "rejected")]


NOT_WEIGHED = {
    "what is supported": "## Decision\n\nThe valve supports 2 ways of opening, by hand or by motor.\n\n- Turn it slowly\n- Wait a day\n",
    "what users may do now": "## Consequences\n\nUsers have these options:\n\n- open it\n- close it\n",
    "criteria": "## Context\n\nThe following factors have been considered:\n\n- weight\n- price\n",
    "options of users": "## Context\n\nThere are some options for later users to open it.\n",
    "options of a program": "## Context\n\nThere are several configuration options to set.\n",
    "examples in brackets": "## Context\n\nIt may leak in certain ways (e.g. drop by drop, or all at once).\n",
    "what is available": "## Context\n\nTwo doors are available:\n\n- north\n- south\n",
    "what goes on beside": "## Decision\n\nNew valves are bought while the existing ones are kept.\n",
    "a way of acting": "## Context\n\nInstead of opening at once, the valve waits a second.\n",
    "no options": "## Context\n\nThere were not many options to look at.\n",
    "options that come later": "## Consequences\n\nWe have several options later on.\n",
    "a question that is answered": "## Decision\n\nThe two questions it answers are apart.\n\n- brass\n- steel\n",
    "an instead that chooses nothing": "## Decision\n\nSome valves of the old hall had to be cast from steel instead.\n",
    "either of two states": "## Context\n\nA valve is either open or closed.\n",
}


@pytest.mark.parametrize("body", NOT_WEIGHED.values(), ids=NOT_WEIGHED)
def test_what_nobody_weighed_is_no_option(body: str) -> None:
    assert names(body) == []


def test_an_outcome_stands_in_wide_brackets() -> None:
    outcomes = [o.outcome for o in read("## 代替案\n\n1. 鋼（不採用）\n2. 真鍮（採用）\n").considered_options]
    assert outcomes == ["rejected", "chosen"]


@pytest.mark.parametrize("title", ["Architecture Decision Record (ADR)", "What is a decision record?"])
def test_a_page_on_records_is_none(title: str) -> None:
    text = f"# {title}\n\nIt tells what was decided and why. We use them to give a clear history of our choices.\n\n## Location\n\nAll of them stand in one folder.\n"
    record = parse_record(text, "topics/Decision-Record.md")
    assert (record.kind, record.reason) == ("not-a-record", "process")


def test_side_effects_are_consequences() -> None:
    assert read("## Side effects\n\nThe hall gets warm.\n").consequences == "The hall gets warm."


def test_deciders_are_named_in_french() -> None:
    assert read("* décisionnaires : Ada Lovelace\n").decision_makers == ["Ada Lovelace"]


def test_handles_are_read_where_yaml_has_no_word_for_them() -> None:
    front = "---\nstatus: accepted\ndecision-makers:\n - @ada\n - @grace\ntags:\n - name: Hall\n---\n"
    record = parse_record(f"{front}# Valves\n\n## Decision\n\nWe cast them.\n", "docs/adr/0001-valves.md")
    assert record.decision_makers == ["@ada", "@grace"]
    assert record.status is not None
    assert record.status.value == "accepted"
