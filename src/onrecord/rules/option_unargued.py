"""option-unargued: a rejected option about which nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote
from onrecord.rules.samples import madr


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    names = [
        quote(o["title"], 40) for o in facts["considered_options"] if o["outcome"] == "rejected" and not o["argued"]
    ]
    return f"nothing is said about {', '.join(names[:3])}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")


RULE = Rule(
    id="option-unargued",
    scope="record",
    severity=Severity.NOTICE,
    summary="A rejected option is named, and nothing is said about it.",
    why="Without the reason against it, the option comes back at the next meeting.",
    help="Add a few words behind it, for example: “Memcached: loses everything at a restart”.",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "A few words are enough.",
            madr(),
        ),
        Example(
            "The reason may stand elsewhere.",
            madr(
                options="* Redis\n* Memcached",
                outcome='Chosen option: "Redis", because Memcached loses everything at a restart.',
            ),
        ),
    ),
    bad=(
        Example(
            "A bare name.",
            madr(options="* Redis\n* Memcached"),
        ),
    ),
)
