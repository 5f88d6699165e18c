"""`onrecord coverage --compare` and its gates: another report or commit beside this one, a floor, and a ratchet."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.adapters.coverage_tree import commit_named, tree_at
from onrecord.adapters.settings import load_config
from onrecord.check import ConfigFault
from onrecord.cli.common import say, screen, wants_color, write_out
from onrecord.cli.coverage_reading import hashes_of, make_report, told_of
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.coverage.compare import compare, comparison_json
from onrecord.coverage.gate import SLACK, judge_floor, judge_ratchet, raised, read_best
from onrecord.coverage.report import VERSION, report_json
from onrecord.coverage.settings import settings_of

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config
    from onrecord.coverage.compare import Comparison
    from onrecord.coverage.gate import Best, Verdict
    from onrecord.coverage.report import Report, Window

FORMATS = ("text", "json", "markdown")
_MAX_BYTES = 200_000_000
_WRONG_SHAPE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_HUNDRED = 100


def add_change_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what looks at a change: a comparison, a trend, the gates, and one pull request."""
    parser.add_argument(
        "--compare", metavar="REV|FILE", help="print what is different from a commit, or from a report saved as JSON"
    )
    parser.add_argument(
        "--trend",
        metavar="N|monthly|DATE,…",
        help="add the trend: after every N merged pull requests, at the end of each month, or on these days",
    )
    parser.add_argument(
        "--fail-under",
        type=percent,
        metavar="PERCENT",
        help="exit code 1 where decision coverage is lower (below ten asked it is not judged, without any the code is 4)",
    )
    parser.add_argument(
        "--ratchet",
        metavar="FILE",
        help=f"exit code 1 where it is more than {SLACK} points below the best figure so far, which FILE keeps (JSON)",
    )
    parser.add_argument("--ratchet-update", action="store_true", help="with --ratchet: write a higher figure to FILE")
    parser.add_argument(
        "--pull-request",
        metavar="EVENT",
        help="print only what the pull request of an event file (JSON) would change if it were merged now",
    )


def render_comparison(report: Report, root: Path, options: argparse.Namespace) -> str:
    """Return what is different from `--compare`, in the wanted format; raises UsageFault."""
    if options.output_format not in FORMATS:
        raise UsageFault(f"--compare is told as {', '.join(FORMATS)}, not as {options.output_format}")
    base = read_base(options.compare, root, report.window._replace(first="", last=""), options)
    head = report_json(report)
    try:
        found = compare(base, head)
        return _face(found, base, head, options)
    except _WRONG_SHAPE as error:
        raise UsageFault(f"--compare {options.compare}: it has not the shape of a coverage report") from error


def _face(found: Comparison, base: dict[str, Any], head: dict[str, Any], options: argparse.Namespace) -> str:
    if options.output_format == "json":
        from onrecord.cli.coverage import as_json

        return as_json(head | {"change": comparison_json(found, base)})
    from onrecord.render.coverage_change import render_change_markdown, render_change_text

    if options.output_format == "markdown":
        return render_change_markdown(found, base, head)
    return render_change_text(found, base, head, screen(options.output), wants_color(options.output))


def read_base(given: str, root: Path, window: Window, options: argparse.Namespace) -> dict[str, Any]:
    """Return a saved report, else that of a commit: its records and history, judged by today's configuration.

    In place of today's configuration it carries its own, so that what was changed in between can be told.
    """
    if Path(given).is_file():
        return read_saved(given)
    commit = commit_named(root, given)
    if commit is None:
        raise UsageFault(f"--compare {given}: there is neither a saved report nor a commit of that name")
    config = load_config(root, options.config)
    told = told_of(root, options, window, commit)
    with tree_at(root, commit, *filter(None, (config.path, config.schema))) as tree:
        found = report_json(make_report(tree, config, window, None, options.areas, settings=root, told=told))
        named = os.path.relpath(Path(options.config).resolve(), root.resolve()) if options.config else None
        if named and named.startswith(".."):  # it has no history here, so it was the same
            return found
        return found | {"config": _configuration(tree, config, named)}


def _configuration(tree: Path, config: Config, named: str | None) -> dict[str, Any]:
    """Return the configuration as it was in a commit; one that nobody can read is told as such."""
    if named and not (tree / named).is_file():
        return {"path": None, "sha256": None, "files": {}, "settings": {}}
    try:
        then = load_config(tree, named, tree)
    except ConfigFault as fault:
        unread = {"configuration": f"cannot be read: {fault}"}
        return {"path": config.path, "sha256": None, "files": {}, "settings": unread}
    files = hashes_of(tree, then)
    return {"path": then.path, "sha256": files.get(then.path or ""), "files": files, "settings": settings_of(then)}


def read_saved(name: str) -> dict[str, Any]:
    """Return a report that was saved as JSON; raises UsageFault when it is none, or of a newer version."""
    try:
        if Path(name).stat().st_size > _MAX_BYTES:
            raise UsageFault(f"{name}: the file is larger than any report")
        found = json.loads(Path(name).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageFault(f"{name}: {error.strerror or 'it cannot be read'}") from error
    except (ValueError, RecursionError) as error:
        raise UsageFault(f"{name}: not valid JSON; “onrecord coverage --output-format json” writes a report") from error
    version = found.get("version") if isinstance(found, dict) and "pull_requests" in found else None
    if type(version) is not int:
        raise UsageFault(f"{name}: no coverage report; “onrecord coverage --output-format json” writes one")
    if version != VERSION:
        raise UsageFault(f"{name}: a report of version {version}, and this onrecord reads version {VERSION}")
    return dict(found)


def percent(given: str) -> float:
    """Return the number behind `--fail-under`; raises UsageFault."""
    try:
        found = float(given.removesuffix("%").strip())
    except ValueError:
        found = -1.0
    if not 0 <= found <= _HUNDRED:
        raise UsageFault(f"--fail-under {given}: a percentage from 0 to 100")
    return found


def gate(report: Report, options: argparse.Namespace) -> int:
    """Judge the headline by the flags, say how it went, and return the exit code: 1 when it is lower than wanted.

    Where nothing at all was asked there was nothing to judge, which is never green: 4. With fewer than ten it is 0, and
    said: a team that begins would else be red until its tenth.
    """
    share = report.pulls.decision_coverage()
    verdicts = [judge_floor(share, options.fail_under)] if options.fail_under is not None else []
    if options.ratchet:
        verdicts.append(_ratchet(report, options))
    say(verdict.told for verdict in verdicts)
    if any(verdict.holds is False for verdict in verdicts):
        return 1
    return NOTHING if verdicts and not share.of else 0


def _ratchet(report: Report, options: argparse.Namespace) -> Verdict:
    share, config = report.pulls.decision_coverage(), (report.config_hash or "")[:10]
    best = _best(options)
    verdict = judge_ratchet(share, best, config)
    higher = raised(share, best, report.sha, report.today, config)
    if higher and options.ratchet_update:
        write_out(json.dumps(higher.as_json(), indent=1, sort_keys=True) + "\n", options.ratchet)
        return verdict._replace(told=f"{verdict.told}; {options.ratchet} was brought up to date")
    if higher and best:
        return verdict._replace(told=f"{verdict.told}; --ratchet-update keeps it")
    return verdict


def _best(options: argparse.Namespace) -> Best | None:
    file = Path(options.ratchet)
    if options.ratchet_update and not file.exists():
        return None
    try:
        return read_best(json.loads(file.read_bytes().decode("utf-8-sig")))
    except FileNotFoundError as error:
        raise UsageFault(f"{options.ratchet}: no such ratchet; --ratchet-update writes it") from error
    except OSError as error:
        raise UsageFault(f"{options.ratchet}: {error.strerror or 'it cannot be read'}") from error
    except RecursionError as error:
        raise UsageFault(f"{options.ratchet}: not valid JSON") from error
    except ValueError as error:
        what = "not valid JSON" if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) else str(error)
        raise UsageFault(f"{options.ratchet}: {what}") from error
