"""The selected files, judged as the team wants them: what `check`, the hook, the Action and assistants share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_baseline, make_policy
from onrecord.check import Around, check
from onrecord.cli.common import file_exists, say, today
from onrecord.rules import CHANGE_RULES_OF_LOG, Severity

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


def changing(selection: Selection, config: Config, options: argparse.Namespace, root: Path) -> Around | None:
    """Return which records are being changed, as far as git tells; it is not asked about files that were named."""
    if not options.staged and not any(os.path.isdir(name) for name in options.paths or ["."]):  # noqa: PTH112
        return None
    from onrecord.cli.changing import look_around

    chosen, left_out = ((words or "").replace(",", " ").split() for words in (options.select, options.ignore))
    off = {*left_out, *(name for name, severity in config.rules.items() if severity == Severity.OFF)}
    asked = (*CHANGE_RULES_OF_LOG, "number-duplicate")
    wanted = {name for name in asked if name not in off and (not chosen or name in chosen)}
    return look_around(selection, root, config, wanted, options.staged)
