"""The rules: one file each. A rule is loaded when it is needed, by its id."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from onrecord.record.edit.model import Edit, Fix, Move
from onrecord.rules.model import (
    ChangeSubject,
    Example,
    FileExample,
    Hit,
    LogSubject,
    RecordSubject,
    Rule,
    Severity,
    Suggestion,
    UpkeepSubject,
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
    "date-not-iso",
    "decide-by-passed",
    "draft-accepted",
    "encoding-not-utf8",
    "front-matter-invalid",
    "front-matter-key-repeated",
    "link-broken",
    "markup-unclosed",
    "number-mismatch",
    "record-unreadable",
)
LOG_RULES = (
    "conflict-accepted",
    "file-name-irregular",
    "index-stale",
    "number-duplicate",
    "number-gap",
    "relation-outdated",
    "status-outdated",
    "supersedes-contested",
    "supersedes-cycle",
    "supersedes-dangling",
    "supersedes-one-sided",
    "supersedes-premature",
    "supersedes-self",
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
CHANGE_RULES_OF_LOG = ("accepted-edited", "number-collision")  # they also speak where the change is not proposed yet
UPKEEP_RULES = (
    "follow-up-overdue",
    "follow-up-unassigned",
    "owner-gone",
    "proposal-stuck",
    "review-by-passed",
    "scope-churned",
    "scope-dead",
)
HOUSE_RULES = ("ignore-unreasoned", "ignore-unused")
ALL_RULES = tuple(sorted(SCHEMA_RULES + CODE_RULES + LOG_RULES + CHANGE_RULES + UPKEEP_RULES + HOUSE_RULES))


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
    "CHANGE_RULES_OF_LOG",
    "CODE_RULES",
    "HOUSE_RULES",
    "LOG_RULES",
    "SCHEMA_RULES",
    "UPKEEP_RULES",
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
    "UpkeepSubject",
    "load_rule",
]
