"""What `pr` and `action` share: the team's triggers, and the findings on one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.files import MARKDOWN
from onrecord.adapters.globs import matches
from onrecord.adapters.shipped import schema
from onrecord.change import Asked, Judged, Triggers
from onrecord.check import Config, Finding, Location, SchemaJudge
from onrecord.record.recognize import in_records_folder
from onrecord.rules import ALL_RULES, Severity, load_rule

if TYPE_CHECKING:
    from pathlib import Path

_TEMPLATES = (
    ".github/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "pull_request_template.md",
    "PULL_REQUEST_TEMPLATE.md",
    "docs/pull_request_template.md",
    "docs/PULL_REQUEST_TEMPLATE.md",
)


def triggers_of(config: Config, root: Path) -> Triggers:
    """Return when this team asks, from its configuration and its pull-request templates."""
    pulls = config.pull_requests

    def asked_by_path(path: str) -> Asked | None:
        return next((Asked("path", glob, path) for glob in pulls.paths if matches(path, (glob,))), None)

    def is_record(path: str) -> bool:
        if not path.lower().endswith(MARKDOWN) or matches(path, config.exclude):
            return False
        return matches(path, config.records) if config.records else in_records_folder(path)

    return Triggers(
        frozenset(label.casefold() for label in pulls.labels),
        frozenset(label.casefold() for label in pulls.skip_labels),
        frozenset(login.casefold() for login in pulls.skip_authors),
        asked_by_path,
        is_record,
        _templates(root),
        pulls.hints,
        pulls.since,
    )


def _templates(root: Path) -> tuple[str, ...]:
    from onrecord.adapters.files import Unreadable, decode, read_bytes

    texts = []
    folder = root / ".github" / "PULL_REQUEST_TEMPLATE"
    paths = [root / name for name in _TEMPLATES] + (sorted(folder.glob("*.md")) if folder.is_dir() else [])
    for path in paths:
        try:
            texts.append(decode(read_bytes(path, root)).text)
        except Unreadable:
            continue
    return tuple(dict.fromkeys(texts))


def judge_policy(judged: Judged, config: Config, select: str | None = None, ignore: str | None = None) -> list[Finding]:
    """Return the findings on a change: the record rules, one step quieter, and the change rules."""
    chosen = set((select or "").replace(",", " ").split())
    left_out = set((ignore or "").replace(",", " ").split())
    judge = SchemaJudge(schema("pull-request"), (schema("decision-record"),))
    findings = []
    for hit in judge.judge(judged.facts):
        if hit.rule not in ALL_RULES or hit.rule in left_out or (chosen and hit.rule not in chosen):
            continue
        rule = load_rule(hit.rule)
        severity = config.rules.get(rule.id, rule.severity if rule.scope == "change" else Severity.NOTICE)
        if severity:
            seen = (
                rule.seen(judged.facts | {"considered_options": judged.facts["alternatives"]}, hit.pointer)
                if rule.seen
                else rule.summary
            )
            findings.append(Finding(rule.id, severity, seen, rule.help, Location("", 1, 1)))
    return sorted(findings, key=lambda f: (-f.severity, f.rule))
