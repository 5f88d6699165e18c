"""How much of what a record should tell the active ones tell."""

import pytest

from onrecord.adapters.files import Content, read_as_records
from onrecord.coverage.completeness import Completeness, complete
from onrecord.coverage.records import Added, know
from onrecord.record.vocabulary import shipped

FULL = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
review-by: 2027-01-01
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.

### Consequences

* Bad, because there is one more server to run.
"""


def looked_at(*texts: str, valid: bool = True) -> Completeness:
    files = [
        file
        for number, text in enumerate(texts)
        for file in read_as_records(Content(text, ()), f"docs/adr/{number}.md", f"docs/adr/{number}.md", shipped())
    ]
    added = {"docs/adr/0.md": Added("2026-03-01", "Bo Example")}
    return complete(know(files, added), lambda _record: valid)


def test_a_full_one() -> None:
    found = looked_at(FULL)
    assert found.valid() == found.minimal() == found.full() == (("docs/adr/0.md",), ("docs/adr/0.md",))
    assert found.mean() == 7
    assert found.owners() == {"decider": 1, "author": 0, "committed": 0, "nobody": 0}


@pytest.mark.parametrize(
    ("gone", "minimal", "full", "mean"),
    [
        ("review-by: 2027-01-01\n", 1, 0, 7),
        ("date: 2026-03-01\n", 1, 0, 6),
        ("* Memcached, which loses everything at a restart\n", 0, 0, 6),
        ("decision-makers: [Ann Example]\n", 0, 0, 6),
        ("Sessions are lost at each deploy.\n", 1, 0, 6),
        ("### Consequences\n\n* Bad, because there is one more server to run.\n", 1, 0, 6),
    ],
)
def test_a_part_that_is_not_there(gone: str, minimal: int, full: int, mean: int) -> None:
    assert gone in FULL
    found = looked_at(FULL.replace(gone, ""))
    assert (len(found.minimal().part), len(found.full().part), found.mean()) == (minimal, full, mean)


def test_an_author_is_an_owner_and_no_decider_and_a_committer_is_neither() -> None:
    written = looked_at(FULL.replace("decision-makers", "authors"))
    assert (len(written.minimal().part), len(written.with_decider().part)) == (1, 0)
    bare = FULL.replace("decision-makers: [Ann Example]\n", "")
    assert looked_at(bare, bare).owners() == {"decider": 0, "author": 0, "committed": 1, "nobody": 1}


@pytest.mark.parametrize("status", ["proposed", "superseded by ADR-9", "rejected"])
def test_only_those_in_force_are_looked_at(status: str) -> None:
    found = looked_at(FULL.replace("status: accepted", f"status: {status}"))
    assert (found.standings, found.mean(), found.minimal().told()) == ((), None, "n/a")


def test_one_that_was_replaced_is_not_in_force_whatever_its_status_says() -> None:
    replaced = FULL.replace("review-by:", "superseded-by: [0009-more.md]\nreview-by:")
    assert looked_at(replaced).standings == ()


def test_what_the_schema_says_is_kept() -> None:
    assert looked_at(FULL, valid=False).valid() == ((), ("docs/adr/0.md",))
