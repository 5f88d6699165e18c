"""Sound records that the rules' examples vary: one in Nygard's shape, one in MADR's."""

from __future__ import annotations

WE_WILL = "We will keep invoices in PostgreSQL, because billing needs transactions."
REDIS = 'Chosen option: "Redis", because it keeps data across restarts.'


def nygard(
    status: str = "Accepted", decision: str | None = WE_WILL, header: str = "Date: 2026-03-01", more: str = ""
) -> str:
    """Return a sound record with this status, decision (None leaves the section out), header line and closing text."""
    middle = "" if decision is None else f"## Decision\n\n{decision}\n\n"
    return (
        f"# 7. Keep invoices in PostgreSQL\n\n{header}\n\n## Status\n\n{status}\n\n"
        "## Context\n\nBilling writes to three tables at once and lost two invoices last month.\n\n"
        f"{middle}## Consequences\n\nOperations runs one more database.\n{more}"
    )


def madr(
    options: str = "* Redis\n* Memcached, which loses everything at a restart",
    outcome: str = REDIS,
    owner: str = "[Ann Example]",
    status: str = "status: accepted",
    more: str = "",
) -> str:
    """Return a sound record with these options, outcome, owner, status lines of the front matter and closing text."""
    return (
        f"---\n{status}\ndate: 2026-03-01\ndecision-makers: {owner}\n---\n\n# Keep sessions in Redis\n\n"
        "## Context and Problem Statement\n\nSessions are lost at each deploy.\n\n"
        f"## Considered Options\n\n{options}\n\n## Decision Outcome\n\n{outcome}\n{more}"
    )
