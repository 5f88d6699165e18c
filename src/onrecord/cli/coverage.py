"""`onrecord coverage`: how much of what was decided is on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.coverage_past import hash_of
from onrecord.adapters.settings import load_config
from onrecord.cli.common import iso_date, repository, screen, today, wants_color, write_out
from onrecord.cli.coverage_reading import make_report
from onrecord.cli.main import UsageFault
from onrecord.coverage.report import Window

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config
    from onrecord.coverage.report import Report

DEFAULT_LAST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "--last",
        type=_positive,
        metavar="N",
        help=f"how many merged pull requests (default: {DEFAULT_LAST}; with --since or --until: all of these)",
    )
    parser.add_argument("--since", metavar="DATE", help="only those merged from this date on (YYYY-MM-DD)")
    parser.add_argument("--until", metavar="DATE", help="only those merged up to this date, itself included")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument(
        "--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD; default: the day of the last commit)"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Read, count and print; return the exit code. What is missing is information, never a failure."""
    root = repository()
    config = load_config(root, options.config)
    window = _window(options, config)
    report = make_report(root, config, window, today(options) if options.today else None)
    file = Path(options.config) if options.config else root / config.path if config.path else None
    report = report._replace(config_hash=hash_of(file))
    write_out(_render(report, options), options.output)
    return 0


def _window(options: argparse.Namespace, config: Config) -> Window:
    since, until = (
        iso_date(f"--{name}", given) if (given := getattr(options, name)) else "" for name in ("since", "until")
    )
    if since and until and since > until:
        raise UsageFault(f"--since {since} --until {until}: the first day comes after the last")
    last = options.last or (None if since or until else DEFAULT_LAST)
    return Window(last, since, until, config.pull_requests.since)


def _render(report: Report, options: argparse.Namespace) -> str:
    if options.output_format == "json":
        import json

        from onrecord.coverage.report import report_json

        return json.dumps(report_json(report), indent=1, sort_keys=True).replace("##[", "##\\u005b") + "\n"
    from onrecord.render.coverage import render_coverage_markdown, render_coverage_text

    if options.output_format == "markdown":
        return render_coverage_markdown(report)
    return render_coverage_text(report, screen(options.output), wants_color(options.output))


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise UsageFault(f"--last {text}: a whole number from 1 on")
    return int(text)
