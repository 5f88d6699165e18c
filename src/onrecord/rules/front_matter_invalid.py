"""front-matter-invalid: a metadata block that is not valid."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "front-matter-invalid":
            yield Hit(problem.span, f"the front matter is not valid: {problem.message}")


RULE = Rule(
    id="front-matter-invalid",
    scope="record",
    severity=Severity.ERROR,
    summary="The front matter cannot be read.",
    why="Site generators and reports drop the whole block, and with it status, date and owner.",
    help='Mend the line; a value that starts with [, {, @, ` or % or holds “: ” needs quotes, for example title: "ADR-1: Use Redis".',
    check=_check,
    good=(
        Example(
            "Braces of an unfilled template are no syntax error.",
            """\
---
status: {proposed | accepted}
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
            "Comments are fine.",
            """\
---
# optional
status: accepted
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
            "A bracket is open.",
            """\
---
status: [accepted
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
            "A handle without quotes.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: [@ann]
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
