"""ignore-unreasoned: a suppression without a reason."""

from __future__ import annotations

from onrecord.rules.model import Example, Rule, Severity
from onrecord.rules.samples import nygard

RULE = Rule(
    id="ignore-unreasoned",
    scope="record",
    severity=Severity.NOTICE,
    summary="A suppression gives no reason, and is not followed.",
    why="The next reader cannot tell a considered exception from a forgotten one.",
    help="Add the reason behind a colon: “<!-- onrecord-disable-file owner-missing: imported from the wiki -->”.",
    good=(
        Example(
            "With a reason.",
            nygard(more="\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->\n"),
        ),
    ),
    bad=(
        Example(
            "Without.",
            nygard(more="\n<!-- onrecord-disable-file owner-missing -->\n"),
        ),
    ),
)
