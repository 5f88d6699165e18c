"""What a run of the Action leaves behind: the log, annotations, the job summary, and report files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import leads_out
from onrecord.adapters.runner import RunnerContext, print_bracketed, write_summary
from onrecord.cli.common import repository, say, write_out
from onrecord.rules import Severity

if TYPE_CHECKING:
    from onrecord.check import Finding
    from onrecord.cli.action_run import Run


def show(done: Run, context: RunnerContext) -> None:
    """Write log, annotations and summary."""
    from onrecord.render import pull_request as faces
    from onrecord.render.github import annotate
    from onrecord.render.markdown import render_markdown
    from onrecord.render.safe import for_markdown, for_terminal
    from onrecord.render.text import render_text

    summary, log = [], []
    if done.subject and done.facts:
        summary.append(faces.render_markdown(done.facts, done.description))
        log.append(faces.render_text(done.facts, done.description, done.subject.change.title))
    summary += [f"{for_markdown(line)}\n" for line in done.coverage]
    log += [f"{for_terminal(line)}\n" for line in done.coverage]
    if done.report.files or done.report.skipped or (done.facts is None and not done.is_queued):
        summary.append(render_markdown(done.report))
        log.append(render_text(done.report))
    summary += [f"{for_markdown(note)}\n" for note in done.notes]
    log += [f"{for_terminal(note)}\n" for note in done.notes]
    print_bracketed("\n".join(log), sys.stdout)
    sys.stdout.write(annotate([f for f in done.findings if _is_worth_an_annotation(f, done)]))
    sys.stdout.flush()
    write_summary(context, "\n".join(summary))


def _is_worth_an_annotation(finding: Finding, done: Run) -> bool:
    """Tell whether to interrupt with it: what is only worth a notice on a description that nobody asks stays in the summary."""
    is_asked = bool(done.facts and done.facts["asks"])
    return bool(finding.location.path) or is_asked or finding.severity > Severity.NOTICE


def write_reports(done: Run, report_path: str | None, sarif_file: str | None) -> dict[str, str]:
    """Write the files that were asked for; return the outputs that name those that were written."""
    written = {"report-path": "", "sarif-file": ""}
    if report_path and may_write(report_path, "report-path"):
        from onrecord.check import report_json
        from onrecord.render.json_report import as_json
        from onrecord.render.pull_request import pull_request_json

        pull = pull_request_json(done.facts, done.description) if done.facts else None
        write_out(as_json(report_json(done.report) | ({"pull_request": pull} if pull else {})), report_path)
        written["report-path"] = report_path
    if sarif_file and may_write(sarif_file, "sarif-file"):
        from onrecord.cli.code_scanning import render_for_code_scanning

        write_out(render_for_code_scanning(done.report, repository()), sarif_file)
        written["sarif-file"] = sarif_file
    return written


def may_write(path: str, name: str) -> bool:
    """Tell whether a file may be written where a pull request might have planted a symlink."""
    if leads_out(Path(path), repository()):
        say([f"{name}: {path}: not written: a symlink that leads out of the repository is not followed"])
        return False
    return True
