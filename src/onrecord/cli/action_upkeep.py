"""One run of the Action that looks after the log: the upkeep queue, in the job's summary and in the one issue."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from typing import TYPE_CHECKING

from onrecord.adapters.files import Unreadable, read_bytes
from onrecord.adapters.github import GitHubError, open_github
from onrecord.adapters.runner import print_bracketed, write_summary
from onrecord.adapters.settings import load_config
from onrecord.adapters.upkeep_issue import Kept, Upkeep, keep_issue
from onrecord.check.baseline import finding_key
from onrecord.check.config import severity_or_never
from onrecord.check.upkeep import queue_json
from onrecord.cli.action_faces import may_write
from onrecord.cli.common import repository, today, write_out
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.cli.pull_request import GITHUB
from onrecord.cli.review import DEFAULT_LIMIT, make_queue
from onrecord.render.review import render_review_markdown, render_review_text
from onrecord.render.safe import for_markdown, for_terminal
from onrecord.rules import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.runner import RunnerContext
    from onrecord.check import Finding
    from onrecord.check.upkeep import Queue
    from onrecord.cli.action_run import Inputs

EVENTS = ("schedule", "workflow_dispatch")
NO_TOKEN = "No token was given, so the upkeep issue was left alone."  # noqa: S105 - a sentence
OTHER_BRANCH = "This is not the default branch, so the upkeep issue was left alone."
NO_RECORD = "No decision record was found here; is there a step with actions/checkout before this one?"
NO_SARIF = "No sarif-file was written: what a review finds is for people, not for code scanning."
_BECAME = {
    "opened": "The upkeep issue was opened",
    "edited": "The upkeep issue was brought up to date",
    "unchanged": "The upkeep issue is up to date",
    "closed": "Nothing is left, so the upkeep issue was closed",
    "reopened": "The upkeep issue was opened again",
}


def tend(occasion: Occasion, inputs: Inputs, context: RunnerContext) -> tuple[int, dict[str, str]]:
    """Review the log of the checkout, show it, keep the one issue; return the exit code and the outputs.

    Faults of GitHub become sentences of the summary; those of the set-up are raised (UsageFault, ConfigFault).
    """
    if context.event_name not in EVENTS:
        raise UsageFault(f"mode: upkeep runs on {' and '.join(EVENTS)}, and this is {context.event_name or 'neither'}")
    root = repository()
    config = load_config(root, inputs.config, root)
    named = [path.strip() for path in (inputs.paths or "").split("\n") if path.strip()]
    queue, missing = make_queue(root, config, named, today(argparse.Namespace(today=None)))
    if missing:
        raise UsageFault(f"paths: {', '.join(missing)}: no such file or folder")
    place = occasion.repository or os.environ.get("GITHUB_REPOSITORY", "")
    text = render_review_markdown(queue, DEFAULT_LIMIT, f"{_server()}/{place}/blob/HEAD/")
    kept = _keep(queue, text, root, occasion, place) if queue.records else Kept("none", None, NO_RECORD)
    outputs = _outputs(queue, kept) | _write_report(queue, inputs)
    notes = [kept.note, NO_SARIF if inputs.sarif_file else ""]
    _show(queue, text, [note for note in notes if note], kept, place, context)
    level = severity_or_never(inputs.fail_on) if inputs.fail_on else None
    if not queue.records:
        return NOTHING, outputs | {"result": "skipped"}
    if level is not None and queue.worst() >= level:
        return 1, outputs | {"result": "fail"}
    return 0, outputs


def _server() -> str:
    return os.environ.get("GITHUB_SERVER_URL") or GITHUB


def _keep(queue: Queue, text: str, root: Path, occasion: Occasion, place: str) -> Kept:
    if not occasion.is_default_branch:
        return Kept("none", None, OTHER_BRANCH)
    if not os.environ.get("ONRECORD_TOKEN"):
        return Kept("none", None, NO_TOKEN)
    try:
        github = open_github(os.environ)
    except GitHubError as error:
        return Kept("refused", None, f"The issue was not written: {error}.")
    return keep_issue(github, place, Upkeep(text, _marks(_findings(queue), root), not queue.note))


def _findings(queue: Queue) -> list[Finding]:
    return [*(finding for entry in queue.entries for finding in entry.findings), *queue.citations]


def _marks(findings: list[Finding], root: Path) -> frozenset[str]:
    """Return what tells findings apart: rule, file and words of the line, so that days and counts may go on."""
    lines = {path: _lines(root, path) for path in {finding.location.path for finding in findings}}
    keys = ("\0".join(finding_key(finding, lines)) for finding in findings)
    return frozenset(hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:8] for key in keys)


def _lines(root: Path, path: str) -> tuple[str, ...]:
    try:
        return tuple(read_bytes(root / path, root).decode("utf-8", "replace").split("\n"))
    except Unreadable:
        return ()


def _outputs(queue: Queue, kept: Kept) -> dict[str, str]:
    found = _findings(queue)
    levels = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "notices": Severity.NOTICE}
    return {
        "result": "warn" if queue.worst() >= Severity.WARNING else "pass",
        **{name: str(sum(finding.severity == level for finding in found)) for name, level in levels.items()},
        "hidden": str(sum(queue.hidden)),
        "issue-number": str(kept.number or ""),
    }


def _write_report(queue: Queue, inputs: Inputs) -> dict[str, str]:
    path = inputs.report_path
    if not path or not may_write(path, "report-path"):
        return {}
    from onrecord.render.json_report import as_json

    write_out(as_json(queue_json(queue)), path)
    return {"report-path": path}


def _show(queue: Queue, text: str, notes: list[str], kept: Kept, place: str, context: RunnerContext) -> None:
    """Write log and summary."""
    summary = [text] if queue.records else []
    log = [render_review_text(queue, DEFAULT_LIMIT)] if queue.records else []
    if became := _BECAME.get(kept.action):
        summary.append(f"{became}: [#{kept.number}]({_server()}/{place}/issues/{kept.number}).\n")
        log.append(f"{became}: #{kept.number}.\n")
    summary += [f"{for_markdown(note)}\n" for note in notes]
    log += [f"{for_terminal(note)}\n" for note in notes]
    print_bracketed("\n".join(log), sys.stdout)
    write_summary(context, "\n".join(summary))
