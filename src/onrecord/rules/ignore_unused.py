"""ignore-unused: a suppression that hides nothing."""

from __future__ import annotations

from onrecord.rules.model import Example, Rule, Severity
from onrecord.rules.samples import madr, nygard

RULE = Rule(
    id="ignore-unused",
    scope="record",
    severity=Severity.NOTICE,
    summary="A suppression hides nothing.",
    why="A leftover suppression will hide the next, real finding.",
    help="Delete it, or correct it: “<!-- onrecord-disable-file RULE: reason -->”, also -line and -next-line.",
    good=(
        Example(
            "It hides something.",
            nygard(more="\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->\n"),
        ),
    ),
    bad=(
        Example(
            "No such rule.",
            nygard(more="\n<!-- onrecord-disable-file ownr-missing: imported from the wiki -->\n"),
        ),
        Example(
            "Nothing to hide.",
            madr(more="\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->\n"),
        ),
    ),
)
