"""`onrecord check`: decision records in, findings out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import as_posix
from onrecord.adapters.settings import load_baseline, load_config, make_policy
from onrecord.check import Around, Report, check
from onrecord.check.config import severity_or_never
from onrecord.cli.common import (
    RECORD_FORMATS,
    file_exists,
    repository,
    say,
    today,
    verify_rule_names,
    wants_color,
    write_out,
)
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.cli.selection import Selection, select_files, select_staged
from onrecord.rules import CHANGE_RULES_OF_LOG, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

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
    verify_rule_names(options, root, config)
    if options.staged and options.paths:
        raise UsageFault("--staged takes no paths: it reads what is staged")
    selection = select_staged(root, config) if options.staged else select_files(options.paths, root, config)
    report = make_report(selection, config, options, root, root, changing(selection, config, options, root))
    level = severity_or_never(options.fail_on) if options.fail_on else config.fail_on
    if not options.quiet or report.worst() >= min(Severity.WARNING, level or Severity.WARNING):
        write_out(render(report, options, root, level), options.output)
    say(f"{name}: no such file or folder" for name in selection.missing)
    return exit_code(report, selection, level, options)


def make_report(
    selection: Selection,
    config: Config,
    options: argparse.Namespace,
    root: Path,
    settings: Path,
    changed: Around | None = None,
    exists: Callable[[str], bool] | None = None,
) -> Report:
    """Judge the selected files of `root` under the configuration; schema and baseline lie below `settings`.

    Of `changed` only what is being changed counts; the rest is the selection's.
    """
    policy = make_policy(settings, config, options.select, options.ignore)
    known = load_baseline(settings, config)
    return check(
        selection.files,
        policy,
        today(options),
        exists or file_exists(root),
        selection.skipped,
        known,
        (changed or Around())._replace(others=selection.others, folders=selection.folders, unread=selection.unread),
    )


def changing(selection: Selection, config: Config, options: argparse.Namespace, root: Path) -> Around | None:
    """Return which records are being changed, as far as git tells; it is not asked about files that were named."""
    if not options.staged and not any(Path(name).is_dir() for name in options.paths or ["."]):
        return None
    from onrecord.cli.changing import look_around

    chosen, left_out = ((words or "").replace(",", " ").split() for words in (options.select, options.ignore))
    off = {*left_out, *(name for name, severity in config.rules.items() if severity == Severity.OFF)}
    wanted = {name for name in CHANGE_RULES_OF_LOG if name not in off and (not chosen or name in chosen)}
    return look_around(selection, root, config, wanted, options.staged)


def render(report: Report, options: argparse.Namespace, root: Path, level: Severity | None) -> str:
    """Return the report in one of the formats, each loaded only when used; from `level` on, findings fail the run."""
    if options.output_format == "json":
        from onrecord.render.json_report import render_json

        return render_json(report)
    if options.output_format == "github":
        from onrecord.render.github import render_github

        return render_github(report)
    if options.output_format == "markdown":
        from onrecord.render.markdown import render_markdown

        return render_markdown(report)
    if options.output_format == "sarif":
        from onrecord.cli.code_scanning import render_for_code_scanning

        return render_for_code_scanning(report, root)
    if options.output_format == "junit":
        from onrecord.render.junit import render_junit

        return render_junit(report, level)
    if options.output_format == "rdjson":
        from onrecord.render.rdjson import render_rdjson

        return render_rdjson(report)
    from onrecord.render.text import render_text

    seen = report if Path.cwd() == root else _from_here(report, root)
    return render_text(seen, wants_color(options.output), everything=bool(options.select))


def _from_here(report: Report, root: Path) -> Report:
    """Return the report with paths relative to the current folder: those a person can open from here."""

    def here(path: str) -> str:
        return as_posix(os.path.relpath(root / path))

    return report._replace(
        findings=tuple(f._replace(location=f.location._replace(path=here(f.location.path))) for f in report.findings),
        skipped=tuple(skipped._replace(path=here(skipped.path)) for skipped in report.skipped),
    )


def exit_code(report: Report, selection: Selection, level: Severity | None, options: argparse.Namespace) -> int:
    """Return 2 for paths that are not there, 1 for findings at the level (not with SARIF), 4 when nothing was checked."""
    if selection.missing:
        return USAGE
    if level is not None and report.worst() >= level and options.output_format != "sarif":
        return 1
    if not report.files and not options.allow_empty and not options.staged:
        say(["nothing was checked: no decision record was found"])
        return NOTHING
    return 0
