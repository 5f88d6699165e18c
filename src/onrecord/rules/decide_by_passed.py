"""decide-by-passed: a proposal whose own deadline has passed."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    if (
        record.decide_by
        and record.status
        and record.status.value in ("proposed", "draft")
        and record.decide_by < subject.today[: len(record.decide_by)]
    ):
        span = record.slots["status"].span or record.span
        yield Hit(span, f"it was to be decided by {record.decide_by} and is still {record.status.value}")


RULE = Rule(
    id="decide-by-passed",
    scope="record",
    severity=Severity.WARNING,
    summary="The proposal's own deadline has passed.",
    why="An open proposal past its date is usually decided in practice and recorded nowhere.",
    help="Record the outcome in the status, or move the date: “decide-by: 2027-01-31”.",
    check=_check,
    good=(
        Example(
            "Still time.",
            """\
---
status: proposed
decide-by: 2026-06-01
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
        Example(
            "Decided.",
            """\
---
status: accepted
decide-by: 2026-01-31
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
    ),
    bad=(
        Example(
            "Passed.",
            """\
---
status: proposed
decide-by: 2026-05-31
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
    ),
)
