"""`onrecord check`: decision records in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_baseline, load_config, make_policy
from onrecord.check import ConfigFault, Report, check
from onrecord.check.config import nearest, severity_or_never
from onrecord.cli.common import (
    FORMATS,
    Selection,
    file_exists,
    repository,
    say,
    select_files,
    select_staged,
    today,
    wants_color,
    write_out,
)
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.rules import ALL_RULES

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.check import Config


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
    parser.add_argument("--output-format", choices=FORMATS, default="text")
    parser.add_argument("--output", metavar="FILE", help="write the report to a file")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "notice", "never"),
        help="lowest severity that gives exit code 1 (default: error, or the configuration's)",
    )
    add_policy_arguments(parser)
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument("--quiet", "-q", action="store_true", help="print nothing when there is no error or warning")
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
    root = repository()
    try:
        config = load_config(root, options.config)
        _verify_rule_names(options, config)
        return _run(options, root, config)
    except ConfigFault as fault:
        if options.fail_on != "never":
            raise
        say([str(fault)])  # a nudge never fails, not even on a typo in the configuration
        return 0


def _run(options: argparse.Namespace, root: Path, config: Config) -> int:
    if options.staged and options.paths:
        raise UsageFault("--staged takes no paths: it reads what is staged")
    selection = select_staged(root, config) if options.staged else select_files(options.paths, root, config)
    report = make_report(selection, config, options)
    if not (options.quiet and not _is_loud(report)):
        write_out(render(report, options), options.output)
    say(f"{name}: no such file or folder" for name in selection.missing)
    return exit_code(report, selection, config, options)


def make_report(selection: Selection, config: Config, options: argparse.Namespace) -> Report:
    """Judge the selected files under the configuration."""
    root = repository()
    policy = make_policy(root, config, options.select, options.ignore)
    known = load_baseline(root, config)
    return check(selection.files, policy, today(options), file_exists(root), selection.skipped, known)


def render(report: Report, options: argparse.Namespace) -> str:
    """Return the report in one of the formats; each is loaded only when used."""
    if options.output_format == "json":
        from onrecord.render.json_report import render_json

        return render_json(report)
    if options.output_format == "github":
        from onrecord.render.github import render_github

        return render_github(report)
    if options.output_format == "markdown":
        from onrecord.render.markdown import render_markdown

        return render_markdown(report)
    from onrecord.render.text import render_text

    return render_text(report, wants_color(options.output), everything=bool(options.select))


def exit_code(report: Report, selection: Selection, config: Config, options: argparse.Namespace) -> int:
    """Return 2 for paths that are not there, 1 for findings at the level, 4 when nothing was checked."""
    if selection.missing:
        return USAGE
    level = severity_or_never(options.fail_on) if options.fail_on else config.fail_on
    if level is not None and report.worst() >= level:
        return 1
    if not report.files and not options.allow_empty and not options.staged:
        say(["nothing was checked: no decision record was found"])
        return NOTHING
    return 0


def _is_loud(report: Report) -> bool:
    from onrecord.rules import Severity

    return report.worst() >= Severity.WARNING


def _verify_rule_names(options: argparse.Namespace, config: Config) -> None:
    """Refuse a rule name that does not exist: a check that looks at nothing would be green for ever."""
    if config.schema is not None:
        return  # a team's own schema may name rules of its own
    for flag in ("select", "ignore"):
        for name in (getattr(options, flag) or "").replace(",", " ").split():
            if name not in ALL_RULES:
                raise UsageFault(f"--{flag} {name}: there is no such rule{nearest(name, ALL_RULES)}")
