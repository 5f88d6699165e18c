"""`onrecord coverage`: how much of what was decided is on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.adapters.coverage_past import hash_of
from onrecord.adapters.settings import load_config
from onrecord.cli.common import iso_date, repository, screen, today, wants_color, write_out
from onrecord.cli.coverage_audit import add_effect_arguments, verify_effect_arguments
from onrecord.cli.coverage_board import FORMATS, render_face
from onrecord.cli.coverage_compare import add_change_arguments, gate, render_comparison
from onrecord.cli.coverage_reading import make_report, told_of
from onrecord.cli.coverage_trend import wanted_points
from onrecord.cli.main import UsageFault
from onrecord.coverage.report import Window

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config
    from onrecord.cli.coverage_github import Told
    from onrecord.cli.coverage_reading import Here
    from onrecord.coverage.report import Report

DEFAULT_LAST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    from onrecord.cli.coverage_combine import add_combine

    add_combine(parser)
    add_reading_arguments(parser)
    parser.add_argument(
        "--github",
        nargs="?",
        const="origin",
        metavar="OWNER/NAME",
        help="read the pull requests from GitHub (default: what the remote “origin” is), labels and approvals included;"
        " needs a token in GITHUB_TOKEN and onrecord[github]",
    )
    parser.add_argument(
        "--areas",
        choices=("folders", "codeowners"),
        default="folders",
        help="what areas are: folders (default), or who owns the code",
    )
    parser.add_argument("--output-format", choices=("text", "json", "markdown", *FORMATS), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    add_change_arguments(parser)
    add_effect_arguments(parser)


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what decides which pull requests are read and how they are judged."""
    parser.add_argument(
        "--last",
        type=_positive,
        metavar="N",
        help=f"how many merged pull requests (default: {DEFAULT_LAST}; with --since or --until: all of these)",
    )
    parser.add_argument("--since", metavar="DATE", help="only those merged from this date on (YYYY-MM-DD)")
    parser.add_argument("--until", metavar="DATE", help="only those merged up to this date, itself included")
    parser.add_argument(
        "--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD; default: the day of the last commit)"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Read, count and print; return the exit code. What is missing is information, a failure only at a gate that was asked for."""
    if options.pull_request:
        from onrecord.cli.action_coverage import print_line

        return print_line(options)
    verify_effect_arguments(options)
    if options.effect:
        from onrecord.cli.coverage_effect import print_effect

        return print_effect(options)
    report = read_report(repository(), options)
    if options.sample:
        from onrecord.cli.coverage_audit import print_audit

        return print_audit(report, options)
    write_out(_render(report, options), options.output)
    return gate(report, options)


def read_report(root: Path, options: argparse.Namespace, told: Told | None = None, here: Here | None = None) -> Report:
    """Return the report of one repository; what GitHub `told` and what was read `here` is not read again."""
    config = load_config(root, options.config)
    window = window_of(options, config)
    points = wanted_points(given) if (given := getattr(options, "trend", None)) else None
    told = told or told_of(root, options, window)
    report = make_report(
        root,
        config,
        window,
        today(options) if options.today else None,
        options.areas,
        points=points,
        told=told,
        here=here,
    )
    file = Path(options.config) if options.config else root / config.path if config.path else None
    return report._replace(config_hash=hash_of(file))


def as_json(value: dict[str, Any]) -> str:
    """Return the same bytes for the same value, none of which the log of a workflow takes for a command."""
    import json

    return json.dumps(value, indent=1, sort_keys=True).replace("##[", "##\\u005b") + "\n"


def window_of(options: argparse.Namespace, config: Config) -> Window:
    """Return which merged pull requests the flags name; raises UsageFault."""
    since, until = (
        iso_date(f"--{name}", given) if (given := getattr(options, name)) else "" for name in ("since", "until")
    )
    if since and until and since > until:
        raise UsageFault(f"--since {since} --until {until}: the first day comes after the last")
    last = options.last or (None if since or until else DEFAULT_LAST)
    return Window(last, since, until, config.pull_requests.since)


def _render(report: Report, options: argparse.Namespace) -> str:
    if options.compare:
        return render_comparison(report, repository(), options)
    if options.output_format == "json":
        from onrecord.coverage.report import report_json

        return as_json(report_json(report))
    if options.output_format in FORMATS:
        root = repository()
        return render_face(options.output_format, report, root, load_config(root, options.config))
    from onrecord.render.coverage import render_coverage_markdown, render_coverage_text

    if options.output_format == "markdown":
        return render_coverage_markdown(report)
    return render_coverage_text(report, screen(options.output), wants_color(options.output))


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise UsageFault(f"--last {text}: a whole number from 1 on")
    return int(text)
