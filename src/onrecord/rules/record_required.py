"""record-required: the team wants an answer on these paths or labels, and none is there."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Span
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity
from onrecord.rules.samples import nygard

_CODE = FileExample("billing/render.py", "RATE = 1\n", "RATE = 2\n")


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    facts = subject.facts
    team = [
        reason for asked, reason in zip(facts["asked_by"], facts["reasons"], strict=False) if asked["by"] != "author"
    ]
    if not subject.required or not facts["asks"] or not team or facts["covered"] or facts["waived"] is not None:
        return
    if facts["decision"]:
        missing = "the description does not say what its decision was chosen over"
    elif facts["record_links"]:
        missing = "the record that is linked was not found"
    else:
        missing = "there is neither a decision, nor a record, nor a reason why none is needed"
    yield "", Hit(Span(1, 1), f"{team[0]}, and {missing}")


RULE = Rule(
    id="record-required",
    scope="change",
    severity=Severity.WARNING,
    summary="The team's own labels or paths require a decision, and the pull request is not answered.",
    why="The team has agreed that such changes are not merged without their reason; only the mode “require” asks for this.",
    help="State the decision and what it was chosen over, link a record (one in another pull request counts), or write “No decision here, because …”.",
    check_change=_check,
    good=(
        Example(
            "A decision, and what it was chosen over.",
            "Decision: keep the rate, because contracts name it. Instead of: a rate per region. Owner: Ann Example.\n",
            files=(_CODE,),
        ),
        Example("A link to a record.", "This follows ADR-7.\n", files=(_CODE,)),
        Example(
            "A record in the change.",
            "The rate of invoices.\n",
            files=(_CODE, FileExample("docs/adr/0007-keep-invoices.md", None, nygard())),
        ),
        Example("A waiver.", "No decision here, because only a name changes.\n", files=(_CODE,)),
        Example("Only the author speaks of a decision.", "Decision: keep the rate, because contracts name it.\n"),
    ),
    bad=(
        Example("A listed path.", "The rate of invoices.\n", files=(_CODE,)),
        Example("A listed label.", "The rate of invoices.\n", labels=("decision",)),
        Example(
            "A decision without its rival.",
            "Decision: keep the rate, because contracts name it.\n",
            labels=("decision",),
        ),
    ),
)
