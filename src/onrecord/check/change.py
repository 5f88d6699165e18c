"""The findings on one change: on its description, and on the records it touches. A function, as `check` is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.check.model import Finding, Location
from onrecord.markdown import Span
from onrecord.rules import ALL_RULES, CHANGE_RULES, Hit, Severity, load_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.check.model import Policy
    from onrecord.rules import ChangeSubject, Rule

_STANDS_IN = {"owner-missing"}  # approver or author stand in for the owner of a pull request: this never fails one
_HELP = {  # what helps in a description, where the rule's own words speak of a record's parts
    "options-missing": "Add a line “Instead of: …”, or write why there was no other: “No other option, because …”.",
    "owner-missing": "Add a line “Owner: …”; until then whoever approves, else the author, stands in.",
}
_SAID_BY_OTHERS = {  # a finding of the key is not repeated by those of the value on the description
    "record-required": {"decision-unanswered", "options-missing", "description-empty", "template-untouched"},
    "decision-unanswered": {"description-empty", "template-untouched"},
    "answer-contradictory": {"waiver-unreasoned"},
}


def check_change(subject: ChangeSubject, policy: Policy) -> list[Finding]:
    """Return the findings on a change, worst first; those on the description have no path.

    The judge of `policy` holds the schema of pull requests. Rules made for records are one step quieter here. Where
    nothing is asked (bots, drafts and other exemptions), nothing is said about the description.
    """
    found = [_finding(rule, path, hit, policy) for rule, path, hit in _hits(subject, policy)]
    shown = [f for f in found if f.severity and (f.location.path or subject.facts["exempt"] is None)]
    described = {finding.rule for finding in shown if not finding.location.path}
    quiet = {name for rule in described for name in _SAID_BY_OTHERS.get(rule, ())}
    left = [finding for finding in shown if finding.location.path or finding.rule not in quiet]
    return sorted(dict.fromkeys(left), key=_worst_first)


def _hits(subject: ChangeSubject, policy: Policy) -> Iterator[tuple[Rule, str, Hit]]:
    facts = {**subject.facts, "considered_options": subject.facts["alternatives"]}
    for hit in policy.judge.judge(subject.facts):
        if hit.rule in ALL_RULES and policy.wants(hit.rule):
            rule = load_rule(hit.rule)
            yield rule, "", Hit(Span(1, 1), rule.seen(facts, hit.pointer) if rule.seen else rule.summary)
    for name in CHANGE_RULES:
        if (
            policy.wants(name)
            and policy.severities.get(name) != Severity.OFF
            and (rule := load_rule(name)).check_change
        ):
            for path, found in rule.check_change(subject):
                yield rule, path, found


def _finding(rule: Rule, path: str, hit: Hit, policy: Policy) -> Finding:
    severity = policy.severities.get(rule.id, rule.severity)
    if rule.scope != "change":
        severity = _quieter(severity)
        if rule.id in _STANDS_IN:
            severity = min(severity, Severity.NOTICE)
    help_here = _HELP.get(rule.id, rule.help)
    return Finding(rule.id, severity, hit.seen, help_here, Location(path, *hit.span), hit.suggestion)


def _quieter(severity: Severity) -> Severity:
    """Return one step less, and a notice where that would be nothing."""
    return Severity(max(Severity.NOTICE, severity - 1)) if severity else Severity.OFF


def _worst_first(finding: Finding) -> tuple[int, str, int, str, str]:
    return -finding.severity, finding.location.path, finding.location.line, finding.rule, finding.message
