"""options-missing: no alternative was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity
from onrecord.rules.samples import madr, nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return "no alternatives were found"


RULE = Rule(
    id="options-missing",
    scope="record",
    severity=Severity.NOTICE,
    summary="No alternative is named, and nothing says that there was none.",
    why="The rejected way is what somebody will propose again in a year; the reason against it saves that day.",
    help="Name what else was possible, for example: “Instead of Memcached, which loses data at a restart.”",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "Options have a section.",
            madr(),
        ),
        Example(
            "A record may say that there was none.",
            nygard(more="\n## Alternatives\n\nNo alternatives were considered, because the license forces this.\n"),
        ),
        Example(
            "Alternatives may stand in prose.",
            nygard(
                decision="We will use PostgreSQL. We also considered MongoDB, but it has no transactions across collections."
            ),
        ),
    ),
    bad=(
        Example(
            "Only the decision is there.",
            nygard(),
        ),
    ),
)
