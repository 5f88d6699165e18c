"""What `list`, `search`, `show`, `why` and `calibrate` print as JSON, against the published schemas."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from onrecord.adapters.shipped import schema

REGISTRY: Registry[Any] = Registry().with_resources(
    (schema(name)["$id"], Resource.from_contents(schema(name))) for name in ("decision-record", "show")
)
FULL = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
authors: [Bo Example]
consulted: [Cy Example]
informed: [Di Example]
tags: [data]
scope: ["src/**"]
supersedes: [0003-memory.md]
amends: [0099-nothing.md]
review-by: 2027-01-01
decide-by: 2026-02-01
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Decision Drivers

* Sessions outlive a deploy

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.

### Consequences

* Bad, because there is one more server to run.

### Confirmation

A test restarts it.

## Follow-ups

* [ ] @ann writes the runbook by 2026-12-01
"""
BARE = "# {title}\n\nDate: TBD\n\n## Status\n\n{status}\n\n## Decision\n\n{decision}\n"


def shape(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name), registry=REGISTRY)


@pytest.fixture(autouse=True)
def log(repo):
    """Write a record with everything and some with hardly anything, in a history with pull requests."""
    repo.write("docs/adr/0012-sessions.md", FULL)
    repo.write("docs/adr/0003-memory.md", BARE.format(title="Memory", status="Superseded by ADR-12", decision="Here."))
    for number in (4, 5):
        text = BARE.format(title="Run Redis in zones", status="On hold", decision="Redis keeps sessions in zones.")
        repo.write(f"docs/adr/{number:04}-zones.md", text)
    repo.write("docs/adr/0006-open.md", "# Who knows\n\n## Context\n\nNobody does.\n")
    repo.write("src/store.py", "import redis\n\n\ndef keep_alive(key):\n    return redis.expire(key, 600)\n")
    repo.git("commit", "-q", "-m", "Keep sessions in Redis (#12)")
    repo.write("src/other.py", "x = 1\n")
    repo.git("commit", "-q", "-m", "Expire (#13)\n\n## Decision\n\nOthers are kept as well.\n")
    return repo


def asked(run, *call: str) -> dict[str, Any]:
    outcome = run(*call, "--output-format", "json")
    assert outcome.code == 0, outcome.err
    return dict(json.loads(outcome.out))


CALLS = [
    ("list",),
    ("list", "--owner", "nobody"),
    ("search", "redis"),
    ("search", "redis", "garden"),
    ("search", "wheelbarrow"),
    ("show", "12"),
    ("show", "0004"),
    ("show", "0006-open"),
    ("why", "src/store.py:5"),
    ("why", "src/other.py"),
    ("why", "src"),
    ("why", "."),
    ("calibrate",),
]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_what_is_printed_is_what_is_published(run, call: tuple[str, ...]) -> None:
    shape(call[0]).validate(asked(run, *call))


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (("list",), ("records", 0)),
        (("search", "redis"), ("results", 0)),
        (("show", "12"), ("record",)),
        (("show", "4"), ("related", 0)),
        (("show", "12"), ("relations", 0)),
        (("why", "src/store.py:5"), ("answers", 0)),
        (("why", "src/store.py:5"), ("answers", 0, "evidence", 0)),
        (("why", "src/store.py:5"), ("commits", 0)),
        (("calibrate",), ("source",)),
        (("calibrate",), ("hints", 0)),
    ],
)
def test_a_field_that_comes_or_goes_is_noticed(run, call: tuple[str, ...], place: tuple[str | int, ...]) -> None:
    whole = asked(run, *call)

    def changed() -> tuple[dict[str, Any], dict[str, Any]]:
        value = copy.deepcopy(whole)
        inner: Any = value
        for step in place:
            inner = inner[step]
        return value, inner

    value, inner = changed()
    inner["surprise"] = 1
    with pytest.raises(ValidationError):
        shape(call[0]).validate(value)
    value, inner = changed()
    del inner[next(iter(inner))]
    with pytest.raises(ValidationError):
        shape(call[0]).validate(value)


def test_a_shown_record_has_the_fields_of_the_record_schema() -> None:
    fields = schema("show")["properties"]["record"]["properties"]
    assert set(fields) == set(schema("decision-record")["properties"]) - {"reason"}


def test_everything_a_record_can_hold_was_looked_at(run) -> None:
    record = asked(run, "show", "12")["record"]
    assert record["follow_ups"]
    assert {"decide_by", "review_by", "decision_drivers", "confirmation"} <= set(record)
