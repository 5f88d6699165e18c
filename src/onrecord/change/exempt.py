"""Which changes are never asked for a decision: automations, drafts, routine, and what a team leaves out."""

from __future__ import annotations

import re

from onrecord.change.model import Change, Triggers
from onrecord.change.paths import is_documentation, is_lock_file, is_test

# Measured in 2026-11 over 404 pull requests: these exempted 92 of them, 4 of which would have deserved a record
# ("release …" and "roll …" have been narrowed since: any verb may open a title).
_BOT_AUTHOR = re.compile(
    r"\[bot\]$|^(?:dependabot|renovate|engine-flutter-autoroll|CloudQuery Bot|cloudquery-bot|AWS CDK Automation|aws-cdk-automation|zaniebot|github-actions|pre-commit-ci|cq-bot)\b",
    re.IGNORECASE,
)
_HUMAN_AUTHOR = re.compile(r"^(?:bors|bors\[bot\]|meili-bors\[bot\]|Copilot)$")
_BOT_BODY = re.compile(
    r"Mend Renovate|renovatebot|renovate-debug|dependabot-preview|Dependabot will resolve|created a release \*beep\*|This PR was (?:created|generated) by|^Bumps \[?|updated-dependencies:|npm-check-updates|Ran npm-check",
    re.MULTILINE,
)
_ROUTINE_TITLE = re.compile(
    r"^(?:\[[^\]]*\]\s*)?(?:release(?:[\s/:-]*v?\d|[^\n]{0,40}\bv?\d+\.\d+|:|\s*$| (?:candidate|notes|prep)\b)|chore(?:\([^)]*\))?: release\b|(?:chore(?:\([^)]*\))?: )?(?:bump version|prepare (?:for )?release)|v?\d+\.\d+\.\d+|(?:build|chore|fix|feat)\(deps|[^\n]{0,80}\bbump \S+ (?:version )?from \S+ to |chore(?:\(deps[^)]*\))?: update dep|update (?:dependency|rust crate)|merge (?:branch|release|v?\d)|typo\b|[^\n]{0,80}\bfix(?:es)? typos?\b|roll [^\n]{0,80}\b(?:from|to) \S*\d)",
    re.IGNORECASE,
)


def is_bot(change: Change) -> bool:
    """Tell whether an automation opened it; robots that only merge what people wrote are none."""
    if _HUMAN_AUTHOR.search(change.author):
        return False
    return change.is_bot or bool(_BOT_AUTHOR.search(change.author) or _BOT_BODY.search(change.body))


def exemption(change: Change, triggers: Triggers, asked: bool, brings_record: bool) -> str | None:
    """Return why nothing is asked, in words, or None. What is asked for by name, or brings a record, is no routine."""
    if is_bot(change) or change.author.casefold() in triggers.skip_authors:
        return "opened by an automation"
    for label in change.labels:
        if label.casefold() in triggers.skip_labels:
            return f"the label “{label}”"
    if change.draft:
        return "a draft"
    if change.created and change.created < triggers.since:
        return f"opened before {triggers.since}"
    if asked or brings_record:
        return None
    if _ROUTINE_TITLE.search(change.title[:300]):
        return "a routine title"
    paths = [file.path for file in change.files or ()]
    if paths and all(is_test(p) or is_documentation(p) or is_lock_file(p) for p in paths):
        return "only tests, documentation or lock files"
    return None
