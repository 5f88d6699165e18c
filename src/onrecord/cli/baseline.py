"""`onrecord baseline`: write down what is known, so that only new findings are reported."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from onrecord.adapters.apply import alone_in
from onrecord.adapters.settings import baseline_path, load_baseline, load_config, make_policy, words_of
from onrecord.adapters.write import DiskFault, Unwritable, overwrite
from onrecord.check import Around, check, make_baseline
from onrecord.cli.check import add_policy_arguments
from onrecord.cli.common import file_exists, repository, say, today
from onrecord.cli.judging import changing, verify_selected
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.cli.selection import select_files
from onrecord.render.safe import for_terminal
from onrecord.render.words import counted
from onrecord.rules import UPKEEP_RULES

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.check import Config, Policy
    from onrecord.cli.selection import Selection

_OF_UPKEEP = (
    "--select: findings of upkeep come with time, so no baseline holds them; a record hushes its own, with a reason"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders; default: the records git tracks below the current folder",
    )
    add_policy_arguments(parser)
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.set_defaults(staged=False)


def run(options: argparse.Namespace) -> int:
    """Write the baseline; findings that were fixed leave it, and what was not looked at stays in it."""
    root = repository()
    config = load_config(root, options.config)
    if {*UPKEEP_RULES}.intersection(words_of(options.select)):
        raise UsageFault(_OF_UPKEEP)
    verify_selected(options, root, config)
    selection = select_files(options.paths, root, config)
    if selection.missing:
        say(f"{name}: no such file or folder" for name in selection.missing)
        return USAGE
    policy = make_policy(root, config, options.select, options.ignore)
    changed = changing(selection, config, options, root) or Around()  # as “check” looks: which of two was here first?
    around = changed._replace(others=selection.others, folders=selection.folders, unread=selection.unread)
    report = check(selection.files, policy, today(options), file_exists(root), selection.skipped, around=around)
    if not report.files:
        say(["nothing was checked: no decision record was found, and no baseline was written"])
        return NOTHING
    path = baseline_path(root, config)
    lines = {file.record.path: file.document.lines for file in selection.files}
    is_whole = "" in selection.folders and not options.select and not options.ignore
    kept = _not_looked_at(selection, policy, root, config) if path.is_file() and not is_whole else []
    made = make_baseline(report.findings, lines)
    made["findings"] = sorted([*made["findings"], *kept], key=lambda one: (one["rule"], one["path"], one["line"]))
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    try:
        with alone_in(root, lambda: say(["another run is writing here; this one waits for it"])):
            overwrite(path, root, (json.dumps(made, indent=2) + "\n").encode())
    except DiskFault as error:
        raise Unwritable(f"{shown}: {error}") from error
    except Unwritable as error:
        raise UsageFault(f"{shown}: {error}") from error
    known = f"{counted(len(report.findings), 'finding')} in {counted(len(report.files), 'record')}"
    known += f", and {counted(sum(one['count'] for one in kept), 'other')} as before" if kept else ""
    print(f"Known from now on: {known}, written to {for_terminal(str(shown))}.")
    return 0


def _not_looked_at(selection: Selection, policy: Policy, root: Path, config: Config) -> list[dict[str, Any]]:
    """Return the entries of today's baseline about rules and files that this run leaves out."""
    read = {file.record.path for file in selection.files}

    def is_looked_at(rule: str, path: str) -> bool:
        is_inside = any(not folder or path.startswith(f"{folder}/") for folder in selection.folders)
        return policy.wants(rule) and (is_inside or path in read)

    return [
        {"rule": rule, "path": path, "line": mark, "count": count}
        for (rule, path, mark), count in (load_baseline(root, config) or Counter()).items()
        if not is_looked_at(rule, path)
    ]
