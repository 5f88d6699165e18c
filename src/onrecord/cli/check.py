"""`onrecord check`: decision records in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_config, make_policy
from onrecord.check.config import severity_or_never
from onrecord.cli.common import (
    RECORD_FORMATS,
    repository,
    say,
    write_out,
)
from onrecord.cli.judging import changing, make_report, verify_selected
from onrecord.cli.keeping import keeping_for
from onrecord.cli.main import UsageFault
from onrecord.cli.report import exit_code, render
from onrecord.cli.selection import select_files, select_staged
from onrecord.rules import Severity

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
    parser.add_argument(
        "--staged", action="store_true", help="check what is staged for the next commit, as it is staged"
    )
    parser.add_argument(
        "--fix", action="store_true", help="mend what is certain, and print what was mended and what is left"
    )
    parser.add_argument(
        "--diff", action="store_true", help="with --fix: change nothing, and print the changes as a diff"
    )
    parser.add_argument(
        "--output-format",
        choices=RECORD_FORMATS,
        default="text",
        help="default: text; with sarif, findings never give exit code 1: whoever reads it decides",
    )
    parser.add_argument("--output", metavar="FILE", help="write the report to a file")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "notice", "never"),
        help="lowest severity that gives exit code 1 (default: error, or the configuration's)",
    )
    add_policy_arguments(parser)
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument(
        "--quiet", "-q", action="store_true", help="print nothing unless there is an error, a warning, or what fails"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="read and judge all files again, and keep nothing for the next run"
    )
    parser.add_argument(
        "--allow-empty", action="store_true", help="exit 0 when none of the files is a record, as in a hook"
    )


def add_policy_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what selects rules and configuration, for all verbs that judge."""
    parser.add_argument("--select", metavar="RULES", help="look at these rules only, comma-separated")
    parser.add_argument("--ignore", metavar="RULES", help="leave these rules out, comma-separated")
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="configuration file (default: .github/onrecord.yml, onrecord.yml, pyproject.toml)",
    )


def run(options: argparse.Namespace) -> int:
    """Check and print; return the exit code."""
    if options.fix:
        from onrecord.cli.fix import run as run_fix

        return run_fix(options)
    if options.diff:
        raise UsageFault("--diff shows what --fix would change: it takes both")
    root = repository()
    config = load_config(root, options.config)
    verify_selected(options, root, config)
    if options.staged and options.paths:
        raise UsageFault("--staged takes no paths: it reads what is staged")
    policy = make_policy(root, config, options.select, options.ignore)
    keeping = keeping_for(root, policy, options)
    selection = (
        select_staged(root, config) if options.staged else select_files(options.paths, root, config, keeping=keeping)
    )
    keeping.judge.expect(selection.files, policy)
    around = changing(selection, config, options, root)
    report = make_report(selection, config, options, root, root, around, judge=keeping.judge, policy=policy)
    keeping.save()
    level = severity_or_never(options.fail_on) if options.fail_on else config.fail_on
    if not options.quiet or report.worst() >= min(Severity.WARNING, level or Severity.WARNING):
        write_out(render(report, options, root, level), options.output)
    say(f"{name}: no such file or folder" for name in selection.missing)
    return exit_code(report, selection, level, options)
