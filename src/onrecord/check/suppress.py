"""Suppressions in the text: `<!-- onrecord-disable-file RULE: reason -->`, and `# onrecord: ignore[RULE] reason` in front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.check.model import Finding, Location
from onrecord.rules import ALL_RULES, LOG_RULES, Severity, load_rule
from onrecord.rules.model import near_to

if TYPE_CHECKING:
    from collections.abc import Set

    from onrecord.markdown import Document
    from onrecord.rules import Suggestion

MAX_FIXES = 5  # in a file: for each, all of it is read again
MAX_READ_AGAIN = 100_000  # characters; the largest of 2,170 real records has 60,000
_COMMENT = re.compile(
    r"^onrecord-disable-(?P<range>file|line|next-line)\s+"
    r"(?P<rules>[a-z0-9-](?:[a-z0-9, -]*[a-z0-9-])?)[\s,]*(?::\s*(?P<reason>.*))?$",  # no blank at an end of the rules:
    re.DOTALL,  # a long run of them would take for ever
)
_FRONT = re.compile(r"^onrecord:\s*ignore\[(?P<rules>[^\]]*)\]\s*(?P<reason>.*)$")
_WORD = re.compile(r"\w")


class Suppression(NamedTuple):
    """One rule switched off for lines `start` to `end`; `reason` is empty when none was given."""

    rule: str
    start: int
    end: int
    reason: str
    line: int


def read_suppressions(document: Document) -> list[Suppression]:
    """Return the suppressions in a document; there are none where “onrecord” does not stand."""
    found: list[Suppression] = []
    last = len(document.lines)
    for comment in document.comments:
        if match := _COMMENT.match(comment.text):
            start, end = 1, last
            if match["range"] == "line":
                start = end = comment.span.start
            elif match["range"] == "next-line":
                start = end = comment.span.end + 1
            found += _each(match["rules"], start, end, match["reason"] or "", comment.span.start)
        elif comment.text.startswith("onrecord-"):
            found.append(Suppression("", 0, 0, comment.text.split("\n")[0], comment.span.start))
    for comment in document.front_matter.comments if document.front_matter else ():
        if match := _FRONT.match(comment.text):
            found += _each(match["rules"], 1, last, match["reason"], comment.span.start)
    return found


def _each(rules: str, start: int, end: int, reason: str, line: int) -> list[Suppression]:
    reason = reason.strip() if _WORD.search(reason) else ""
    return [Suppression(rule, start, end, reason, line) for rule in re.split(r"[\s,]+", rules.strip()) if rule]


def apply_suppressions(
    path: str,
    document: Document,
    findings: list[Finding],
    suppressions: list[Suppression],
    ran: Set[str],
    known: Set[str],
) -> tuple[list[Finding], int, list[Finding]]:
    """Return the findings left, how many were hidden, and findings about the suppressions themselves.

    A suppression without a reason is not followed. One for a known rule that has not `ran` is left alone: nothing can
    be said about it.
    """
    own: list[Finding] = []
    used: set[Suppression] = set()
    left = []
    for finding in findings:
        hit = next((s for s in suppressions if s.reason and _covers(s, finding)), None)
        if hit and load_rule_or_none(finding.rule):
            used.add(hit)
        else:
            left.append(finding)
    for suppression in dict.fromkeys(suppressions):
        if not suppression.rule:
            own.append(_own("ignore-unused", path, suppression, f"“{suppression.reason[:60]}” is not understood"))
        elif not suppression.reason:
            own.append(
                _own("ignore-unreasoned", path, suppression, f"the suppression of {suppression.rule} gives no reason")
            )
        elif suppression.rule not in known:
            own.append(
                _own(
                    "ignore-unused",
                    path,
                    suppression,
                    f"there is no rule {suppression.rule}{_nearest(suppression.rule, known)}",
                )
            )
        elif suppression not in used and suppression.rule in ran:
            seen = f"the suppression of {suppression.rule} hides nothing"
            fix = _fix(document, suppression) if len(own) < MAX_FIXES else None
            own.append(_own("ignore-unused", path, suppression, seen)._replace(suggestion=fix))
    return left, len(findings) - len(left), own


def load_rule_or_none(rule: str) -> bool:
    """Tell whether findings of this rule may be hidden: a team's own rules may, a few of ours may not."""
    return rule not in ALL_RULES or load_rule(rule).can_ignore


def _covers(suppression: Suppression, finding: Finding) -> bool:
    return suppression.rule == finding.rule and suppression.start <= finding.location.line <= suppression.end


def _own(rule: str, path: str, suppression: Suppression, seen: str) -> Finding:
    return Finding(
        rule, Severity.NOTICE, seen, load_rule(rule).help, Location(path, suppression.line, suppression.line)
    )


def _fix(document: Document, suppression: Suppression) -> Suggestion | None:
    """Return how to take the suppression out; of a rule about several files none, because not all may have been read."""
    if suppression.rule in LOG_RULES or sum(map(len, document.lines)) > MAX_READ_AGAIN:
        return None
    from onrecord.rules.ignore_unused import without_suppression

    return without_suppression(document, suppression.line, suppression.rule)


def _nearest(name: str, known: Set[str]) -> str:
    near = near_to(name, sorted(known), 0.6)
    return f"; {near} is near" if near else ""
