"""A record moved to another dialect: it reads the same, its lines are the same, and what is lost is said."""

from functools import cache

import pytest

from onrecord.draft.migrated import DIALECTS, differences, lost_words, migrate
from onrecord.record import parse_record
from onrecord.record.vocabulary import shipped

PATH = "docs/adr/0007-use-redis.md"
NYGARD = """\
# 7. Use Redis for sessions

Date: 2026-03-01

Deciders: Ann Lee, Bo Park

## Status

Superseded by [0009](0009-use-valkey.md)

Amends [0003](0003-sessions.md)

## Context

Sessions are lost at each deploy.\x20\x20
![how it looks](sessions.png)

<!-- measured in March -->

## Decision

We will keep sessions in Redis, because it keeps data across restarts.

| Store | Latency |
|-------|---------|
| Redis | 1 ms    |

## Alternatives Considered

* Memcached: forgets everything
* Sticky sessions: break at each deploy

## Rollout

### In March

```sh
# no heading
redis-cli ping
```

---

## Consequences

Operations run one more server.
"""
MADR_2 = """\
# Use Redis for sessions

* Status: accepted
* Deciders: @ann, @bo
* Date: 2026-03-01
* Tags: store, web

Technical Story: WEB-12

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.

### Positive Consequences

* Nobody has to log in again.

## Pros and Cons of the Options

### Redis

* Good, because it is known.

### Memcached

* Bad, because it forgets.

## Links

* Refines [ADR 3](0003-sessions.md)
"""
LABELS = """\
# Use Redis for sessions

**Status**: accepted

**Context**: Sessions are lost at each deploy.
It happens twice a day.

**Decision**: We will keep sessions in Redis.

**Consequences**: Operations run one more server.
"""
SENTENCE = """\
# Use Redis for sessions

In the context of the web shop, facing lost sessions at each deploy, we decided for Redis and neglected Memcached,
to achieve safe restarts, accepting that we run one more server.
"""
TABLE = """\
# Use Redis for sessions

| Field | Value |
|---|---|
| Issue | Sessions are lost at each deploy |
| Decision | Redis |
| Status | Approved |
| Group | Data |
| Positions | Redis, Memcached |
| Argument | It keeps data across restarts |
| Implications | One more server |
"""
FRONT = """\
---
title: Use Redis for sessions
sidebar_position: 7   # in the menu
deciders: [Ann Lee]
status: accepted
---

## Context

Sessions are lost at each deploy.

## Decision

We will keep sessions in Redis.

## Consequences

Operations run one more server.
"""
ALL = {"nygard": NYGARD, "madr-2": MADR_2, "labels": LABELS, "sentence": SENTENCE, "table": TABLE, "front": FRONT}


@cache
def moved(text: str, dialect: str = "madr-4") -> str:
    found = migrate(text, PATH, dialect, shipped())
    assert found.outcome == "equal", found
    return found.text


def test_a_record_of_nygard_looks_as_if_a_careful_person_had_moved_it() -> None:
    assert (
        moved(NYGARD)
        == """\
---
status: "Superseded by [0009](0009-use-valkey.md)"
date: 2026-03-01
amends: [0003-sessions.md]
decision-makers: [Ann Lee, Bo Park]
---

# 7. Use Redis for sessions

## Context and Problem Statement

Sessions are lost at each deploy.\x20\x20
![how it looks](sessions.png)

<!-- measured in March -->

## Alternatives Considered

* Memcached: forgets everything
* Sticky sessions: break at each deploy

## Decision Outcome

We will keep sessions in Redis, because it keeps data across restarts.

| Store | Latency |
|-------|---------|
| Redis | 1 ms    |

### Consequences

Operations run one more server.

## More Information

Amends [0003](0003-sessions.md)

### Rollout

#### In March

```sh
# no heading
redis-cli ping
```
"""
    )


def test_what_has_no_place_is_named() -> None:
    assert migrate(NYGARD, PATH, "madr-4", shipped()).kept == ("Rollout",)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dialect", [name for name in DIALECTS if name != "y-statement"])
def test_each_dialect_keeps_what_is_read(name: str, dialect: str) -> None:
    found = migrate(ALL[name], PATH, dialect, shipped())
    assert (found.outcome, found.differences, found.lost_words) == ("equal", (), ())


@pytest.mark.parametrize("name", ALL)
def test_there_and_back_is_the_same_record(name: str) -> None:
    first = moved(ALL[name])
    back = moved(moved(first, "nygard"))
    assert not differences(parse_record(first, PATH), parse_record(back, PATH))


@pytest.mark.parametrize("name", ALL)
def test_a_moved_record_has_nothing_left_to_move(name: str) -> None:
    assert moved(moved(ALL[name])) == moved(ALL[name])


def test_a_record_that_is_in_the_dialect_is_left_alone() -> None:
    text = moved(FRONT).replace("## Decision Outcome", "## Glossary\n\nRedis: a store.\n\n## Decision Outcome")
    assert moved(text) == text


def test_a_sentence_becomes_sections_and_a_sentence_again() -> None:
    sections = moved(SENTENCE)
    assert "## Decision Outcome\n\nRedis\n" in sections
    assert "we decided for Redis\nand neglected Memcached,\n" in moved(sections, "y-statement")


def test_a_record_that_says_more_than_a_sentence_is_left() -> None:
    found = migrate(NYGARD, PATH, "y-statement", shipped())
    assert (found.outcome, found.text) == ("refused", NYGARD)


def test_labels_become_headings() -> None:
    text = moved(LABELS)
    assert "## Context and Problem Statement\n\nSessions are lost at each deploy.\nIt happens twice a day.\n" in text
    assert "status: accepted\n" in text


def test_front_matter_keeps_its_lines_and_other_keys() -> None:
    text = moved(FRONT)
    assert "sidebar_position: 7   # in the menu\ndecision-makers: [Ann Lee]\n" in text
    assert "# Use Redis for sessions\n\n## Context and Problem Statement" in text


def test_other_metadata_keeps_its_own_key() -> None:
    text = moved(MADR_2)
    assert 'tags: "store, web"' in text
    assert "Technical Story: WEB-12\n" in text


def test_nygard_has_its_number_its_date_and_its_status_in_the_text() -> None:
    assert "# 7. Use Redis for sessions\n\nDate: 2026-03-01\n" in moved(MADR_2, "nygard")
    assert "## Status\n\nAccepted\n" in moved(MADR_2, "nygard")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("name", ALL)
def test_line_ends_a_byte_order_mark_and_an_open_last_line_stay(ending: str, name: str) -> None:
    text = "\ufeff" + ALL[name].removesuffix("\n").replace("\n", ending)
    found = moved(text)
    assert found.startswith("\ufeff")
    assert found.count("\n") == found.count(ending)
    assert not found.endswith("\n")


@pytest.mark.parametrize("name", ["nygard", "madr-2", "front"])
@pytest.mark.parametrize("dialect", ["madr-4", "nygard", "brief", "tyree-akerman"])
def test_lines_below_headings_are_never_rewritten(name: str, dialect: str) -> None:
    body = ALL[name].partition("## Context")[2]
    kept = [line for line in body.split("\n") if line.strip() and not line.startswith(("#", "Superseded", "---"))]
    there = moved(ALL[name], dialect).split("\n")
    assert [line for line in kept if line not in there and line != " and Problem Statement"] == []


def test_what_would_be_lost_is_counted() -> None:
    record = parse_record(NYGARD, PATH)
    assert lost_words(NYGARD, NYGARD.replace("forgets everything", "forgets"), record, shipped()) == ("everything",)


def test_a_heading_that_the_text_links_to_keeps_its_name() -> None:
    text = NYGARD.replace("Operations run", "See [above](#context). Operations run")
    assert "## Context\n" in moved(text)


def test_rules_between_sections_are_not_scattered() -> None:
    assert "\n---\n\n##" not in moved(NYGARD).partition("# 7.")[2]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("+++\ndate = 2026-03-01\n+++\n" + NYGARD, "TOML"),
        (NYGARD + "\n<!-- never closed\n", "comment"),
        ("# Our records\n\n" + "\n".join(f"* [{n}](000{n}.md)" for n in range(1, 8)), "no record"),
    ],
)
def test_what_cannot_be_taken_apart_is_left_with_a_reason(text: str, why: str) -> None:
    found = migrate(text, PATH, "madr-4", shipped())
    assert (found.outcome, found.text) == ("refused", text)
    assert why in found.refused
