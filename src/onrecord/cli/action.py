"""`onrecord action`: what the GitHub Action runs. Looks at one event, and tells its author what is missing."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.event import read_occasion
from onrecord.adapters.git import GitError
from onrecord.adapters.runner import read_context, read_input, write_outputs, write_summary
from onrecord.check import ConfigFault
from onrecord.check.config import severity_or_never
from onrecord.cli.action_faces import show, write_reports
from onrecord.cli.action_run import Inputs, Run, look_at
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.rules import Severity

if TYPE_CHECKING:
    import argparse

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.runner import RunnerContext

OUTPUTS = (
    *("result", "errors", "warnings", "notices", "hidden", "asks", "nudge"),
    *("comment-id", "issue-number", "report-path", "sarif-file"),
    *("promoted", "record-path", "record-title"),
)
CHOICES = {
    "mode": ("nudge", "require", "upkeep", "promote"),
    "comment": ("when-missing", "never"),
    "fail-on": ("error", "warning", "notice", "never"),
    "coverage": ("true", "false"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: the inputs come from the environment."""
    names = ", ".join(f"ONRECORD_{name.upper()}" for name in ("token", *Inputs._fields))
    parser.epilog = f"Reads {names} and the runner's GITHUB_* variables."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001
    """Check the event's pull request and its records; write annotations, summary, comment and outputs; return the code.

    With `mode: upkeep`, review all records instead, and keep the one issue; with `mode: promote`, make a record of what a
    merged pull request decided.

    Every output is written on every path, so that a stranger's text on the log can never stand in for one.
    """
    context = read_context(os.environ)
    outputs = dict.fromkeys(OUTPUTS, "") | {"result": "fail", "asks": "false", "nudge": "false", "promoted": "false"}
    try:
        inputs = _read_inputs()
        with tempfile.TemporaryDirectory(prefix="onrecord-", dir=os.environ.get("RUNNER_TEMP") or None) as scratch:
            os.chdir(context.workspace)
            occasion = read_occasion(context.event_name, context.event_path)
            if inputs.mode == "upkeep":
                from onrecord.cli.action_upkeep import tend

                code, found = tend(occasion, inputs, context)
                outputs |= found
                return code
            if inputs.mode == "promote":
                from onrecord.cli.action_promote import promote

                code, found = promote(occasion, inputs, context)
                outputs |= found
                return code
            done = look_at(occasion, inputs, context, Path(scratch))
            os.chdir(context.workspace)
        done = _with_coverage(done, occasion, inputs, context)
        code = _exit_code(done, inputs.fail_on)
        outputs |= _outputs(done, code) | write_reports(done, inputs.report_path, inputs.sarif_file)
        show(done, context)
        return code
    except (UsageFault, ConfigFault, GitError) as fault:
        _tell(str(fault), context)
        raise
    finally:
        write_outputs(context, outputs)


def _read_inputs() -> Inputs:
    found = Inputs(*(read_input(os.environ, name.upper()) for name in Inputs._fields))
    for name, choices in CHOICES.items():
        given = getattr(found, name.replace("-", "_"))
        if given is not None and given not in choices:
            raise UsageFault(f"{name}: “{given}” is none of {', '.join(choices)}")
    return found


def _with_coverage(done: Run, occasion: Occasion, inputs: Inputs, context: RunnerContext) -> Run:
    """Add what the pull request would make of decision coverage, where that was asked for."""
    if inputs.coverage != "true" or done.subject is None:
        return done
    from onrecord.cli.action_coverage import lines_for_summary

    lines = lines_for_summary(occasion, done.subject.change, context.workspace, inputs.config)
    return done._replace(coverage=tuple(lines))


def _tell(fault: str, context: RunnerContext) -> None:
    """Show a set-up error where the author looks; the log alone is not read."""
    from onrecord.render.safe import for_command, for_markdown

    sys.stdout.write(f"::error title=OnRecord::{for_command(fault)}\n")
    sys.stdout.flush()
    write_summary(context, f"### OnRecord could not run\n\n{for_markdown(fault)}\n")


def _exit_code(done: Run, fail_on: str | None) -> int:
    """Return 1 where the team wants a red check, 4 when there was nothing to check, else 0.

    A push that finds no record is set up wrongly; a workflow_run whose pull request is closed by now, or cannot be
    fetched, is nobody's fault. `nudge` never fails. `require` fails for what the team's own labels and paths select, and
    for errors on lines that the change adds. An explicit `fail-on` counts for all findings, in both.
    """
    if fail_on:
        level = severity_or_never(fail_on)
        if level is not None and max((f.severity for f in done.findings), default=Severity.OFF) >= level:
            return 1
    elif done.mode == "require" and (done.is_refused or done.has_failed_lines):
        return 1
    return NOTHING if done.is_empty and done.kind == "other" else 0


def _outputs(done: Run, code: int) -> dict[str, str]:
    def count(severity: Severity) -> str:
        return str(sum(finding.severity == severity for finding in done.findings))

    facts = done.facts or {}
    return {
        "result": _result(done, code),
        "errors": count(Severity.ERROR),
        "warnings": count(Severity.WARNING),
        "notices": count(Severity.NOTICE),
        "hidden": str(sum(done.report.hidden)),
        "asks": str(bool(facts.get("asks"))).lower(),
        "nudge": str(bool(facts.get("nudge"))).lower(),
        "comment-id": str(done.comment.id or "") if done.comment else "",
    }


def _result(done: Run, code: int) -> str:
    facts = done.facts or {}
    if done.is_empty or (facts.get("exempt") and not done.report.files):
        return "skipped"
    if code:
        return "fail"
    speaks = any(f.severity >= Severity.WARNING for f in done.findings) or (facts.get("asks") and facts.get("nudge"))
    return "warn" if speaks else "pass"
