"""The selected files, judged as the team wants them: what `check`, the hook, the Action and assistants share."""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import MARKDOWN
from onrecord.adapters.settings import load_baseline, make_policy, words_of
from onrecord.check import Around, check
from onrecord.cli.common import file_exists, say, today, verify_looked_at, verify_rule_names
from onrecord.log.numbering import numbers_beside
from onrecord.rules import CHANGE_RULES, CHANGE_RULES_OF_LOG, UPKEEP_RULES, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from onrecord.check import Config, Policy, Report
    from onrecord.check.engine import Judge
    from onrecord.cli.selection import Selection


def make_report(
    selection: Selection,
    config: Config,
    options: argparse.Namespace,
    root: Path,
    settings: Path,
    changed: Around | None = None,
    exists: Callable[[str], bool] | None = None,
    judge: Judge | None = None,
    policy: Policy | None = None,
) -> Report:
    """Judge the selected files of `root` under the configuration; schema and baseline lie below `settings`.

    Of `changed` only what is being changed counts, and what stands beside that; the rest is the selection's. `judge` is
    as in `check`.
    """
    policy = policy or make_policy(settings, config, options.select, options.ignore)
    changed = changed or Around()
    say(unheard(policy))
    known = load_baseline(settings, config)
    untold: dict[str, str] = {}
    report = check(
        selection.files,
        policy,
        today(options),
        exists or file_exists(root, untold),
        selection.skipped,
        known,
        changed._replace(
            others=(*selection.others, *changed.others), folders=selection.folders, unread=selection.unread
        ),
        judge,
    )
    if not getattr(options, "quiet", False):
        say(not_looked_for(untold))
    return report


def not_looked_for(untold: Mapping[str, str]) -> list[str]:
    """Return a line for each reason why it cannot be told whether linked files are there."""
    by_reason: dict[str, list[str]] = {}
    for path, why in sorted(untold.items()):
        by_reason.setdefault(why, []).append(path)
    return [
        f"{paths[0]}{f' and {len(paths) - 1} more' if paths[1:] else ''} could not be looked for {why}"
        for why, paths in by_reason.items()
    ]


def unheard(policy: Policy) -> list[str]:
    """Return a line for each rule of the team's own schema that can never speak where it stands."""
    return [f"{policy.own_schema}: {line}" for line in policy.judge.unheard()] if policy.own_schema else []


def verify_selected(options: argparse.Namespace, root: Path, config: Config) -> None:
    """Refuse --select and --ignore of rules that do not exist, and a --select of nothing that records are checked for."""
    verify_rule_names(options, root, config)
    verify_looked_at(options, _looks_at)


def _looks_at(rule: str) -> bool:
    """Tell whether a check of records looks at a rule: not what comes with time, nor most of what is about a change."""
    return rule not in UPKEEP_RULES and (rule not in CHANGE_RULES or rule in CHANGE_RULES_OF_LOG)


def changing(selection: Selection, config: Config, options: argparse.Namespace, root: Path) -> Around | None:
    """Return which records are being changed, as far as git tells.

    About files that were named it is asked only where another one beside them has the same number.
    """
    if not options.staged and not any(os.path.isdir(name) for name in options.paths or ["."]):  # noqa: PTH112
        paths = _with_number_beside(selection, root)
        if not paths or "number-duplicate" not in _wanted(config, options):
            return None
        from onrecord.cli.changing import look_beside

        return look_beside(selection, paths, root, config)
    from onrecord.cli.changing import look_around

    return look_around(selection, root, config, _wanted(config, options), options.staged)


def _wanted(config: Config, options: argparse.Namespace) -> set[str]:
    """Return those of the rules that look beyond the files which are not switched off."""
    chosen, left_out = words_of(options.select), words_of(options.ignore)
    off = {*left_out, *(name for name, severity in config.rules.items() if severity == Severity.OFF)}
    asked = (*CHANGE_RULES_OF_LOG, "number-duplicate")
    return {name for name in asked if name not in off and (not chosen or name in chosen)}


def _with_number_beside(selection: Selection, root: Path) -> set[str]:
    """Return the numbered records beside which a file of the same number lies that was not named: a look at each folder."""
    numbered = {file.record.path for file in selection.files if file.record.number is not None}
    named: dict[str, set[str]] = {}
    for folder, name in (posixpath.split(file.record.path) for file in selection.files):
        named.setdefault(folder, set()).add(name)
    found = (numbers_beside(folder, names, _names_in(root / folder) - names) for folder, names in named.items())
    return numbered & set().union(*found)


def _names_in(folder: Path) -> set[str]:
    with suppress(OSError):
        return {name for name in os.listdir(folder) if name.lower().endswith(MARKDOWN)}  # noqa: PTH208 - names are enough
    return set()
