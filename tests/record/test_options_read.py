"""Which options are read from which shape of text, what became of each, and where it stands."""

from __future__ import annotations

import pytest

from onrecord.markdown import Span
from onrecord.record import DecisionRecord, parse_record
from onrecord.record.body import read_decision
from onrecord.record.choice import same_option
from onrecord.record.option_names import (
    MAX_TITLE,
    names_in_cell,
    names_in_line,
    option_title,
    outcome_in,
    outcome_told,
    outcome_word,
)
from onrecord.record.vocabulary import shipped
from onrecord.record.y_statement import read_y_statement

REDIS = "## Decision\n\nWe will use Redis.\n"
HEADED, TOLD, LISTED = 'heading "Considered Options"', "told in prose", "a list introduced as options"


def read(body: str, title: str = "Keep") -> DecisionRecord:
    return parse_record(f"# 7. {title}\n\n## Status\n\nAccepted\n\n{body}\n", "docs/adr/0007-keep.md")


def options(body: str) -> list[tuple[str, str, bool, int]]:
    return [(o.title, o.outcome, o.argued, o.span.start) for o in read(body).considered_options]


CHOSEN, OTHER = ("Redis", "chosen", True), ("Kafka", "rejected", False)
SHAPES = {
    "a table with a counter and a verdict": (
        f"## Considered Options\n\n| # | Name | Verdict |\n|---|---|---|\n| 1 | Redis | yes |\n| 2 | Kafka | no |\n| 3 | | no |\n| 4 | Disk |\n\n{REDIS}",
        [(*CHOSEN, 11), ("Kafka", "rejected", True, 12), ("Disk", "rejected", True, 14)],
    ),
    "a table with the name behind": (
        f"## Considered Options\n\n| Verdict | Option |\n|---|---|\n| no | Disk |\n| yes | Kafka (rejected) |\n\n{REDIS}",
        [("Disk", "rejected", True, 11), ("Kafka", "rejected", True, 12)],
    ),
    "a table of one column": (
        f"## Considered Options\n\n| # |\n|---|\n| Redis |\n| Kafka |\n\n{REDIS}", [(*CHOSEN, 11), (*OTHER, 12)],
    ),
    "a list": (
        f"## Considered Options\n\n- ~~Disk~~\n- [x] Redis\n- [ ] Kafka\n- none\n- Mem - which is simple and quick to run\n\n{REDIS}",
        [("Disk", "rejected", False, 9), (*CHOSEN, 10), (*OTHER, 11), ("Mem", "rejected", True, 13)],
    ),
    "a line": (
        f"**Considered Options:** Redis, Kafka and Disk\n\n{REDIS}",
        [(*CHOSEN, 7), (*OTHER, 7), ("Disk", "rejected", False, 7)],
    ),
    "labelled paragraphs": (
        f"## Considered Options\n\nOption 1: Redis\n\nOption 2: Kafka (rejected)\n\nSome words.\n\n{REDIS}",
        [("Option 1: Redis", "chosen", True, 9), ("Option 2: Kafka", "rejected", True, 11)],
    ),
    "a sentence of names": (
        f"## Considered Options\n\nRedis, Kafka and Disk\n\n{REDIS}",
        [(*CHOSEN, 9), (*OTHER, 9), ("Disk", "rejected", False, 9)],
    ),
    "short paragraphs": (
        f"## Considered Options\n\nRedis is quick.\n\nKafka is slow.\n\n{REDIS}",
        [("Redis is quick", "undecided", True, 9), ("Kafka is slow", "undecided", True, 11)],
    ),
    "bold names": (
        "## Considered Options\n\n**Redis** (chosen)\n\n**Kafka** is slow (rejected)\n\n**Disk** Rejected: it is slow.\n\n## Decision\n\nWe go.\n",
        [(*CHOSEN, 9), ("Kafka", "rejected", True, 11), ("Disk", "rejected", True, 13)],
    ),
    "headings": (
        "## Considered Options\n\n### Redis: the store\n\nQuick.\n\n### Kafka - a log (rejected)\n\n### {title}\n\n## Decision\n\nWe go.\n",
        [("Redis: the store", "undecided", True, 9), ("Kafka - a log", "rejected", True, 13)],
    ),
    "headings with the word itself": (
        f"## Alternatives\n\n### Alternatives considered\n\nKafka.\n\n### Disk\n\nSlow.\n\n{REDIS}",
        [("Alternatives considered", "rejected", True, 9), ("Disk", "rejected", True, 13)],
    ),
    "those that were not taken below a heading of their own": (
        f"## Considered Options\n\n- Redis\n- Kafka\n\n## Rejected options\n\n- Disk\n- redis\n- Redis streams\n\n{REDIS}",
        [(*CHOSEN, 9), (*OTHER, 10), ("Disk", "rejected", False, 14), ("Redis streams", "rejected", True, 16)],
    ),
    "what it is instead of": (f"## Instead of\n\n- Redis\n- Kafka\n\n{REDIS}", [("Redis", "rejected", True, 9), (*OTHER, 10)]),
    "arguments below headings of their own": (
        "## Considered Options\n\n- Redis\n- Kafka\n- Disk\n\n## Pros and Cons of the Options\n\n### Kafka\n\n- Good, because x\n\n### Use Disk now\n\nSlow.\n\n## Decision\n\nWe go.\n",
        [("Redis", "undecided", False, 9), ("Kafka", "undecided", True, 10), ("Disk", "undecided", True, 11)],
    ),
    "a table of HTML": (
        f"## Considered Options\n\n<table><tr><th>Option</th><th>Verdict</th></tr><tr><td>Redis</td><td>yes</td></tr><tr><td>Kafka</td><td>no</td></tr></table>\n\n{REDIS}",
        [(*CHOSEN, 9), ("Kafka", "rejected", True, 9)],
    ),
    "a table beside a list": (
        f"## Considered Options\n\n- Redis\n- Kafka\n\n| Option | Verdict |\n|---|---|\n| Disk | no |\n\n{REDIS}",
        [("Disk", "rejected", True, 14)],
    ),
    "none": (f"## Considered Options\n\nn/a\n\n{REDIS}", []),
    "pros and cons alone": (
        f"## Pros and Cons of the Options\n\n### Redis\n\n- Good, because x\n\n### Kafka ❌\n\n- Bad, because y\n\n{REDIS}",
        [(*CHOSEN, 9), ("Kafka", "rejected", True, 13)],
    ),
    "labels in bold": (
        f"## Context\n\n**Option 1: Redis** is quick\n\n**Option 2: Kafka**\n\n{REDIS}",
        [("Option 1: Redis", "chosen", True, 9), ("Option 2: Kafka", "rejected", False, 11)],
    ),
    "labels in a list": (
        f"## Context\n\n- Option 1: Redis is quick\n- Option 2: Kafka\n\n{REDIS}",
        [("Option 1: Redis is quick", "undecided", False, 9), ("Option 2: Kafka", "undecided", False, 10)],
    ),
    "chosen by its place": (
        "## Considered Options\n\n1. Redis\n2. Kafka\n3. Disk\n\n## Decision\n\nWe chose option 2.\n",
        [("Redis", "rejected", False, 9), ("Kafka", "chosen", True, 10), ("Disk", "rejected", False, 11)],
    ),
    "chosen by a place that is not there": (
        "## Considered Options\n\n- Redis\n- Kafka\n\n## Decision\n\nChosen option: 3\n",
        [("Redis", "undecided", False, 9), ("Kafka", "undecided", False, 10)],
    ),
    "chosen by the last place": (
        "## Considered Options\n\n- Redis\n- Kafka\n\n## Decision\n\nChosen option: 2\n",
        [("Redis", "rejected", False, 9), ("Kafka", "chosen", True, 10)],
    ),
    "chosen by its letter": (
        "## Considered Options\n\n- Option A: Redis\n- Option B: Kafka\n\n## Decision\n\nChosen option: B\n",
        [("Option A: Redis", "rejected", False, 9), ("Option B: Kafka", "chosen", True, 10)],
    ),
    "a list that is announced, behind code": (
        f"## Context\n\nThere are several ways to do it:\n\n```\nx\n```\n\n- Redis\n- Kafka\n\nMore.\n\n- Disk\n\n{REDIS}",
        [(*CHOSEN, 15), ("Kafka", "rejected", True, 16)],
    ),
    "names in a sentence": (
        f"## Context\n\nThere are several methods, including Redis, Kafka and Disk.\n\n{REDIS}",
        [(*CHOSEN, 9), ("Kafka", "rejected", True, 9), ("Disk", "rejected", True, 9)],
    ),
    "what cannot be used": (
        f"## Context\n\nKafka is not an option because nobody runs it.\n\n{REDIS}",
        [("Kafka is not an option because nobody runs it.", "rejected", True, 9)],
    ),
    "what was tried": (
        f"## Context\n\nWe tried Kafka for a year. It caused problems. So.\n\n{REDIS}",
        [("We tried Kafka for a year.", "rejected", True, 9)],
    ),
    "what was tried without trouble": (f"## Context\n\nWe tried Kafka for a year. It went well. So. It has problems.\n\n{REDIS}", []),
    "what cannot be used from now on": (f"## Consequences\n\nKafka is not an option any more.\n\n{REDIS}", []),
    "an alternative": (f"## Context\n\nAn alternative would be Kafka.\n\n{REDIS}", [("An alternative would be Kafka.", "rejected", True, 9)]),
    "what stands behind instead": (f"## Context\n\nInstead of Kafka, which is old, take it.\n\n{REDIS}", [("Kafka", "rejected", True, 9)]),
    "what was left for it": ("## Decision\n\nWe will use Redis rather than Kafka, as it is quick.\n", [("Kafka", "rejected", True, 9)]),
    "a way of acting": ("## Decision\n\nWe will use Redis instead of running it.\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "found"), SHAPES.values(), ids=SHAPES.keys())
def test_every_shape(body: str, found: list[tuple[str, str, bool, int]]) -> None:
    assert options(body) == found


@pytest.mark.parametrize(
    ("name", "state", "how"),
    [
        ("a table of one column", "filled", HEADED),
        ("a line", "filled", HEADED),
        ("none", "empty", HEADED),
        ("pros and cons alone", "filled", 'heading "Pros and Cons of the Options"'),
        ("labels in bold", "filled", "lines that name options"),
        ("names in a sentence", "filled", LISTED),
        ("an alternative", "filled", TOLD),
        ("a way of acting", "absent", ""),
    ],
)
def test_how_they_were_found(name: str, state: str, how: str) -> None:
    slot = read(SHAPES[name][0]).slots["considered_options"]
    assert (slot.state, slot.how) == (state, how)


@pytest.mark.parametrize(
    ("title", "rival"),
    [
        ("Do not use numbers in headings", "use numbers in headings"),
        ("Use pnpm rather than yarn", "yarn"),
        ("Use pnpm", None),
        (f"Use pnpm instead of {'something ' * 30}", f"{'something ' * (MAX_TITLE // 10)}…"),
    ],
)
def test_what_a_title_turns_down(title: str, rival: str | None) -> None:
    found = read(f"## Context\n\nc.\n\n{REDIS}", title).considered_options
    assert [(o.title, o.outcome, o.argued, o.span) for o in found] == [(rival, "rejected", True, (1, 1))] * bool(rival)


@pytest.mark.parametrize(
    ("text", "chosen", "reason"),
    [
        ('Chosen option: "Redis", because it is fast.', "Redis", "it is fast"),
        ("Chosen option: “Redis”", "Redis", None),
        ("Chosen option:\n\nRedis", "Redis", None),
        ("Chosen option: Redis (in memory), since it is quick", "Redis", "it is quick"),
        ("Chosen option: Redis - in memory", "Redis", None),
        ("Chosen option: Redis because of its speed", "Redis", "of its speed"),
        ("We chose the following: a", None, None),
        (f"Chosen option: {'x' * 201}", None, None),
        (f"Chosen option: {'x' * 200}", "x" * 200, None),
        ("Because x", None, None),
        ("Because it is.\nmore", None, "it is"),
        ("Because simpler", None, "simpler"),
    ],
)
def test_the_chosen_one_and_the_reason(text: str, chosen: str | None, reason: str | None) -> None:
    decision = read_decision(text, shipped())
    assert (decision.text, decision.chosen_option, decision.justification) == (text, chosen, reason)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Redis", "redis", True),
        ("Redis", "Use Redis now", True),
        ("Use Redis now", "Redis", True),
        ("abc", "abc d", False),  # too short to be told from any word
        ("abcd", "abcd e", True),
        ("Option 2: Redis", "Option 2", True),
        ("Option 1: Redis", "Option 2: Redis", False),
        ("Option 2", "2", True),
        ("Option B: x", "B", True),
        ("A1", "Redis", False),
        ("keep data here", "data we keep here", True),
        ("keep data", "data and keep", True),
        ("keep data in Redis", "Redis keeps data", False),
        ("", "x", False),
        ("x", "", False),
    ],
)
def test_two_names_of_one_option(first: str, second: str, same: bool) -> None:
    assert same_option(first, second) is same


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Redis (chosen)", "chosen"),
        ("Redis (accepted)", "chosen"),
        ("Redis ✅", "chosen"),
        ("Redis ❌", "rejected"),
        ("Redis (rejected)", "rejected"),
        ("Redis", None),
    ],
)
def test_a_mark_tells_the_outcome(text: str, outcome: str | None) -> None:
    assert outcome_in(text) == outcome


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("yes", "chosen"), ("Chosen", "chosen"), ("no", "rejected"), ("not chosen", "rejected"), ("maybe", None)],
)
def test_a_word_of_a_verdict(word: str, outcome: str | None) -> None:
    assert outcome_word(word) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Rejected: slow", "rejected"),
        ("- discarded\nThis was accepted.", "rejected"),
        ("It has been ruled out because it is slow", "rejected"),
        ("That alternative was not adopted for now", "rejected"),
        ("This was accepted, as it is quick", "chosen"),
        ("Selected.", "chosen"),
        ("Rejected users are many", None),
        ("Quick.\nRejected.", None),
        ("We rejected it", None),
    ],
)
def test_a_text_may_begin_with_the_outcome(text: str, outcome: str | None) -> None:
    assert outcome_told(text) == outcome


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Redis, Memcached and Hazelcast", ["Redis", "Memcached", "Hazelcast"]),
        ("Redis; Kafka", ["Redis", "Kafka"]),
        ("Redis vs. Kafka", ["Redis", "Kafka"]),
        ("Redis oder Kafka.", ["Redis", "Kafka"]),
        ("Redis., . , Kafka .", ["Redis", "Kafka"]),
        ("Redis", []),
        ("Redis, ", []),
        ("Redis or Kafka?", []),
        ("Redis or Kafka? ", []),
        ("Stores: Redis, Kafka", []),
        ("one two three four five six, b", ["one two three four five six", "b"]),
        ("one two three four five six seven, b", []),
    ],
)
def test_names_in_a_line(text: str, names: list[str]) -> None:
    assert names_in_line(text) == names


@pytest.mark.parametrize(
    ("source", "title", "whole"),
    [
        ("**Redis** is quick", "Redis", "Redis is quick"),
        ("Redis: quick", "Redis", "Redis: quick"),
        ("Redis - quick", "Redis", "Redis - quick"),
        ("Option 1: Redis: quick", "Option 1: Redis", "Option 1: Redis: quick"),
        ("✅ Redis (chosen)", "Redis", "Redis"),
        ("- Redis.", "Redis", "Redis"),
        ("x" * 170, "x" * MAX_TITLE, "x" * MAX_TITLE),
    ],
)
def test_the_name_of_an_option(source: str, title: str, whole: str) -> None:
    assert (option_title(source), option_title(source, whole=True)) == (title, whole)


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Redis, Kafka", ["Redis", "Kafka"]),
        ("1. Redis. 2. Kafka.", ["Redis", "Kafka"]),
        ("Redis<br>Kafka", ["Redis", "Kafka"]),
        ("Redis", ["Redis"]),
        ("", []),
    ],
)
def test_names_in_a_cell(cell: str, titles: list[str]) -> None:
    found = names_in_cell(cell, Span(3, 3))
    assert [(o.title, o.outcome, o.argued, o.span) for o in found] == [(t, "undecided", False, (3, 3)) for t in titles]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "In the context of the shop, facing many calls, we decided for Redis and neglected Kafka, Disk and files, "
            "to achieve speed, accepting that it costs. More.",
            ("the shop, facing many calls", "Redis", ["Kafka", "Disk", "files"], "speed", "it costs"),
        ),
        (
            "In the context of x, facing y, we decided for z to achieve q. More.",
            ("x, facing y", "z", [], "q", None),
        ),
        ("In the context of x, we decided for z, facing y, to achieve q.", None),
        ("In the context of x, facing y, we decided for z.", None),
    ],
)
def test_one_sentence_with_its_clauses(text: str, parts: tuple[object, ...] | None) -> None:
    assert read_y_statement(text) == parts
