"""owner-placeholder: a stand-in where a name should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:
    return f"the decision-maker is given as {quote(at(facts, pointer))}"


RULE = Rule(
    id="owner-placeholder",
    scope="record",
    severity=Severity.WARNING,
    summary="The owner is a stand-in that names nobody.",
    why="“TBD” and “the team” cannot be asked; a person or a named team can.",
    help="Name a person or a real team, for example “Ann Example” or “@acme/payments”.",
    seen=_seen,
    slot="decision_makers",
    good=(
        Example(
            "A named team is an owner.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: ["@acme/payments"]
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
            "Words inside a name are fine.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: ["Team Apps", "Metest"]
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
            "TBD.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: TBD
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
            "Nobody in particular.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: ["the team"]
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
            "A template's brace.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: {list everyone involved in the decision}
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
