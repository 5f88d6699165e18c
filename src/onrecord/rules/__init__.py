"""The rules: one file each. A rule is loaded when it is needed, by its id."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from onrecord.rules.model import (
    ChangeSubject,
    Edit,
    Example,
    FileExample,
    Fix,
    Hit,
    LogSubject,
    Move,
    RecordSubject,
    Rule,
    Severity,
    Suggestion,
)

SCHEMA_RULES = (
    "decision-empty",
    "decision-missing",
    "decision-placeholder",
    "date-ambiguous",
    "date-impossible",
    "option-straw-man",
    "option-unargued",
    "options-missing",
    "options-too-few",
    "owner-missing",
    "owner-placeholder",
    "placeholder-left",
    "status-unknown",
    "successor-missing",
    "template-unfilled",
)
CODE_RULES = (
    "decide-by-passed",
    "encoding-not-utf8",
    "front-matter-invalid",
    "front-matter-key-repeated",
    "link-broken",
    "markup-unclosed",
    "number-mismatch",
    "record-unreadable",
    "supersedes-self",
)
LOG_RULES = (
    "file-name-irregular",
    "number-duplicate",
    "number-gap",
    "relation-outdated",
    "status-outdated",
    "supersedes-contested",
    "supersedes-cycle",
    "supersedes-dangling",
    "supersedes-one-sided",
    "supersedes-premature",
)
CHANGE_RULES = (
    "accepted-edited",
    "answer-contradictory",
    "citation-dangling",
    "citation-outdated",
    "decision-unanswered",
    "description-empty",
    "number-collision",
    "proposal-implemented",
    "record-deleted",
    "record-required",
    "scope-touched",
    "template-untouched",
    "transition-illegal",
    "waiver-unreasoned",
)
HOUSE_RULES = ("ignore-unreasoned", "ignore-unused")
ALL_RULES = tuple(sorted(SCHEMA_RULES + CODE_RULES + LOG_RULES + CHANGE_RULES + HOUSE_RULES))


@cache
def load_rule(rule_id: str) -> Rule:
    """Return the rule of this id; raises KeyError for an id that does not exist."""
    if rule_id not in ALL_RULES:
        raise KeyError(rule_id)
    rule: Rule = import_module(f"onrecord.rules.{rule_id.replace('-', '_')}").RULE
    return rule


__all__ = [
    "ALL_RULES",
    "CHANGE_RULES",
    "CODE_RULES",
    "HOUSE_RULES",
    "LOG_RULES",
    "SCHEMA_RULES",
    "ChangeSubject",
    "Edit",
    "Example",
    "FileExample",
    "Fix",
    "Hit",
    "LogSubject",
    "Move",
    "RecordSubject",
    "Rule",
    "Severity",
    "Suggestion",
    "load_rule",
]
