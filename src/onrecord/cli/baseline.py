"""`onrecord baseline`: write down what is known, so that only new findings are reported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onrecord.adapters.apply import alone_in
from onrecord.adapters.settings import baseline_path, load_config, make_policy
from onrecord.adapters.write import DiskFault, Unwritable, overwrite
from onrecord.check import Around, check, make_baseline
from onrecord.cli.check import add_policy_arguments
from onrecord.cli.common import file_exists, repository, say, today, verify_rule_names
from onrecord.cli.judging import changing
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.cli.selection import select_files
from onrecord.render.safe import for_terminal
from onrecord.render.words import counted
from onrecord.rules import UPKEEP_RULES

if TYPE_CHECKING:
    import argparse


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
    """Write the baseline; findings that were fixed leave it."""
    root = repository()
    config = load_config(root, options.config)
    verify_rule_names(options, root, config)
    if options.select and {one.strip() for one in options.select.split(",")}.intersection(UPKEEP_RULES):
        raise UsageFault(
            "--select: findings of upkeep come with time, so no baseline holds them; a record hushes its own, with a reason"
        )
    selection = select_files(options.paths, root, config)
    policy = make_policy(root, config, options.select, options.ignore)
    changed = changing(selection, config, options, root) or Around()  # as “check” looks: which of two was here first?
    around = changed._replace(others=selection.others, folders=selection.folders, unread=selection.unread)
    report = check(selection.files, policy, today(options), file_exists(root), selection.skipped, around=around)
    if not report.files:
        say(["nothing was checked: no decision record was found, and no baseline was written"])
        return NOTHING
    path = baseline_path(root, config)
    lines = {file.record.path: file.document.lines for file in selection.files}
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    try:
        with alone_in(root, lambda: say(["another run is writing here; this one waits for it"])):
            overwrite(path, root, (json.dumps(make_baseline(report.findings, lines), indent=2) + "\n").encode())
    except DiskFault as error:
        raise Unwritable(f"{shown}: {error}") from error
    except Unwritable as error:
        raise UsageFault(f"{shown}: {error}") from error
    known = f"{counted(len(report.findings), 'finding')} in {counted(len(report.files), 'record')}"
    print(f"Known from now on: {known}, written to {for_terminal(str(shown))}.")
    return 0
