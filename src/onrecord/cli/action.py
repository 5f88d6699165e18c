"""`onrecord action`: what the GitHub Action runs. Needs no token: event file, checkout, and the runner's files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

from onrecord.adapters.event import load_json, read_change
from onrecord.adapters.files import leads_out
from onrecord.adapters.git import GitError, change_in_checkout
from onrecord.adapters.runner import (
    RunnerContext,
    print_bracketed,
    read_context,
    read_input,
    write_outputs,
    write_summary,
)
from onrecord.adapters.settings import load_config
from onrecord.change import ChangedFile, Judged, judge_change
from onrecord.check import Config, ConfigFault, Finding, Report
from onrecord.check.config import severity_or_never
from onrecord.cli.check import make_report
from onrecord.cli.common import repository, say, vocabulary_of
from onrecord.cli.main import NOTHING, USAGE, UsageFault
from onrecord.cli.pull_request import judge_policy, triggers_of
from onrecord.cli.selection import select_files
from onrecord.rules import Severity

PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
OUTPUTS = ("result", "errors", "warnings", "notices", "hidden", "asks", "report-path")


class Run(NamedTuple):
    """All that one run of the Action found; `note` says what was left out, and why."""

    report: Report
    judged: Judged | None
    description: tuple[Finding, ...]
    note: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, of records and of the description."""
        return (*self.report.findings, *self.description)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: the inputs come from the environment."""
    parser.epilog = "Reads ONRECORD_CONFIG, ONRECORD_PATHS, ONRECORD_FAIL_ON, ONRECORD_REPORT_PATH and the runner's GITHUB_* variables."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001
    """Check the event's pull request and its records; write annotations, summary and outputs; return the exit code.

    Every output is written on every path, so that a stranger's text on the log can never stand in for one.
    """
    context = read_context(os.environ)
    outputs = dict.fromkeys(OUTPUTS, "") | {"result": "fail", "asks": "false"}
    try:
        fail_on = read_input(os.environ, "FAIL_ON")
        if fail_on not in (None, "error", "warning", "notice", "never"):
            raise UsageFault(f"fail-on: “{fail_on}” is none of error, warning, notice, never")
        os.chdir(context.workspace)
        root = repository()
        config = load_config(root, read_input(os.environ, "CONFIG"))
        done = _check_all(context, config, root)
        level = severity_or_never(fail_on) if fail_on else config.fail_on
        code = _exit_code(done, level)
        outputs |= _outputs(done, code)
        outputs["report-path"] = _write_report(done)
        _show(done, context)
        return code
    except (UsageFault, ConfigFault, GitError) as fault:
        _tell(str(fault), context)
        raise
    finally:
        write_outputs(context, outputs)


def _tell(fault: str, context: RunnerContext) -> None:
    """Show a set-up error where the author looks; the log alone is not read."""
    from onrecord.render.safe import for_command, for_markdown

    sys.stdout.write(f"::error title=OnRecord::{for_command(fault)}\n")
    sys.stdout.flush()
    write_summary(context, f"### OnRecord could not run\n\n{for_markdown(fault)}\n")


def _check_all(context: RunnerContext, config: Config, root: Path) -> Run:
    pull = None
    if context.event_path and context.event_name in PULL_REQUEST_EVENTS:
        payload = load_json(context.event_path)
        pull = payload.get("pull_request") if isinstance(payload, dict) else None
    files, note = _changed(root, pull)
    judged: Judged | None = None
    description: tuple[Finding, ...] = ()
    if pull is not None and context.event_path and (change := read_change(context.event_path)):
        change = change._replace(files=files)
        judged = judge_change(change, triggers_of(config, root), vocabulary_of(config))
        description = tuple(judge_policy(judged, config))
    paths = (read_input(os.environ, "PATHS") or "").split("\n")
    paths = [path.strip() for path in paths if path.strip()]
    selection = select_files(paths, root, config)
    if selection.missing:
        raise UsageFault(f"paths: {', '.join(selection.missing)}: no such file or folder")
    if files is not None:
        selection = selection.among({file.path for file in files})
    options = argparse.Namespace(select=None, ignore=None, today=None)
    return Run(make_report(selection, config, options), judged, description, note)


def _changed(root: Path, pull: dict[str, object] | None) -> tuple[tuple[ChangedFile, ...] | None, str]:
    """Return the files a pull request changes; None, with a note, when the checkout cannot tell."""
    if pull is None:
        return None, ""
    try:
        found = change_in_checkout(root, _sha(pull, "base"), _sha(pull, "head"))
    except GitError as error:
        return None, f"The changed files are not known ({error}), so all records were checked."
    if found is None:
        return (
            None,
            "The checkout is too shallow to tell what changed, so all records were checked; “fetch-depth: 2” limits that to the changed ones.",
        )
    return tuple(ChangedFile(path, status) for path, status in found), ""


def _sha(pull: dict[str, object], side: str) -> str | None:
    found = pull.get(side)
    sha = found.get("sha") if isinstance(found, dict) else None
    return sha if isinstance(sha, str) else None


def _exit_code(done: Run, level: Severity | None) -> int:
    worst = max((finding.severity for finding in done.findings), default=Severity.OFF)
    if level is not None and worst >= level:
        return 1
    return NOTHING if not done.report.files and done.judged is None else 0


def _outputs(done: Run, code: int) -> dict[str, str]:
    def count(severity: Severity) -> str:
        return str(sum(finding.severity == severity for finding in done.findings))

    skipped = code == NOTHING or (
        done.judged is not None and bool(done.judged.facts["exempt"]) and not done.report.files
    )
    result = (
        "skipped"
        if skipped
        else "fail"
        if code in (1, USAGE)
        else "warn"
        if any(f.severity >= Severity.WARNING for f in done.findings) or _nudges(done)
        else "pass"
    )
    return {
        "result": result,
        "errors": count(Severity.ERROR),
        "warnings": count(Severity.WARNING),
        "notices": count(Severity.NOTICE),
        "hidden": str(sum(done.report.hidden)),
        "asks": str(bool(done.judged and done.judged.facts["asks"])).lower(),
    }


def _nudges(done: Run) -> bool:
    return bool(done.judged and done.judged.facts["nudge"])


def _write_report(done: Run) -> str:
    from onrecord.cli.common import write_out
    from onrecord.render.json_report import render_json

    path = read_input(os.environ, "REPORT_PATH")
    if path is None:
        return ""
    if leads_out(Path(path), repository()):
        say([f"report-path: {path}: not written: a symlink that leads out of the repository is not followed"])
        return ""
    write_out(render_json(done.report), path)
    return path


def _show(done: Run, context: RunnerContext) -> None:
    from onrecord.render import pull_request as faces
    from onrecord.render.github import annotate
    from onrecord.render.markdown import render_markdown
    from onrecord.render.text import render_text

    summary, log = [], []
    if done.judged:
        summary.append(faces.render_markdown(done.judged.facts, done.description))
        log.append(faces.render_text(done.judged.facts, done.description, done.judged.change.title))
    if done.report.files or done.report.skipped or done.judged is None:
        summary.append(render_markdown(done.report))
        log.append(render_text(done.report))
    if done.note:
        summary.append(done.note + "\n")
        log.append(done.note + "\n")
    print_bracketed("\n".join(log), sys.stdout)
    sys.stdout.write(annotate(done.findings))
    sys.stdout.flush()
    write_summary(context, "\n".join(summary))
