"""One run of the Action: where its files are, what the pull request says, what the records say, and the one comment."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from onrecord.adapters.event import change_of
from onrecord.adapters.github import GitHubError, open_github
from onrecord.adapters.settings import load_config
from onrecord.adapters.workspace import Workspace, local_workspace, remote_workspace
from onrecord.change import judge_change
from onrecord.change.added import added_lines, touches
from onrecord.check.change import check_change
from onrecord.cli.common import vocabulary_of
from onrecord.cli.judging import make_report
from onrecord.cli.main import UsageFault
from onrecord.cli.pull_request import GITHUB, change_policy, refuses, subject_of, taken_by_others, triggers_of
from onrecord.cli.selection import Selection, select_files
from onrecord.log.links import name_of
from onrecord.markdown import Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from onrecord.adapters.comment import Kept
    from onrecord.adapters.event import Kind, Occasion
    from onrecord.adapters.github import GitHub, PullRequest
    from onrecord.adapters.runner import RunnerContext
    from onrecord.change import Change, ChangedFile
    from onrecord.check import Config, Finding, Report
    from onrecord.render.comment import Governing
    from onrecord.rules import ChangeSubject

QUEUED = "This is the merge queue: the description was checked on the pull request."
FROM_EVENT = (
    "No token was given, so the description is the one of the event: after an edit, a re-run still sees the old one."
)
NOT_FETCHED = "The pull request could not be fetched, so the description is the one of the event"


class Inputs(NamedTuple):
    """The inputs of the action, None where they were left out."""

    config: str | None
    paths: str | None
    mode: str | None
    comment: str | None
    fail_on: str | None
    report_path: str | None
    sarif_file: str | None
    coverage: str | None = None


class Run(NamedTuple):
    """All that one run of the Action found; `notes` say what was left out, and why.

    `coverage` are sentences on what the pull request would make of decision coverage, none unless they were asked for.
    """

    report: Report
    subject: ChangeSubject | None
    description: tuple[Finding, ...]
    config: Config
    mode: str
    files: tuple[ChangedFile, ...] | None
    notes: tuple[str, ...]
    kind: Kind = "other"
    comment: Kept | None = None
    coverage: tuple[str, ...] = ()

    @property
    def is_queued(self) -> bool:
        """Tell whether this is the merge queue."""
        return self.kind == "merge-group"

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to look at: no record, no pull request."""
        return not self.report.files and self.facts is None and not self.is_queued

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, of records and of the description."""
        return (*self.report.findings, *self.description)

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """What the pull request says, None where there is none."""
        return self.subject.facts if self.subject else None

    @property
    def is_refused(self) -> bool:
        """Tell whether the team itself, not the author alone, asked for a decision that is not there."""
        return self.facts is not None and refuses(self.facts)

    @property
    def has_failed_lines(self) -> bool:
        """Tell whether a record has a finding at the team's level on a line that the change adds."""
        level = self.config.fail_on
        found = [f for f in self.report.findings if level is not None and f.severity >= level]
        if self.files is None:
            return bool(found)
        added = {f.path: frozenset(n for n, _ in added_lines(f.patch)) for f in self.files if f.patch is not None}
        return any(
            f.location.path not in added or touches(Span(f.location.line, f.location.end_line), added[f.location.path])
            for f in found
        )


def look_at(occasion: Occasion, inputs: Inputs, context: RunnerContext, scratch: Path) -> Run:
    """Return what there is to say about an event. Faults of GitHub become notes; those of the set-up are raised."""
    notes: list[str] = []
    github = _open(occasion, notes)
    occasion, pull = _fetch(occasion, github, notes)
    change = pull.change if pull else change_of(occasion.pull, None) if occasion.pull else None
    workspace = _workspace(occasion, pull, github, context.workspace, scratch, inputs, notes)
    os.chdir(workspace.root)
    config = load_config(workspace.settings, inputs.config, workspace.settings)
    mode = inputs.mode or config.pull_requests.mode
    selection = _select(workspace, config, inputs.paths)
    subject = _judge(change, workspace, selection, config, occasion, mode, github) if change else None
    if occasion.kind == "merge-group":
        notes.append(QUEUED)
    run = Run(
        _check(workspace, selection, config),
        subject,
        tuple(check_change(subject, change_policy(config))) if subject else (),
        config,
        mode,
        workspace.files,
        (*notes, *workspace.notes),
        occasion.kind,
    )
    return _with_comment(run, github, pull, inputs)


def _open(occasion: Occasion, notes: list[str]) -> GitHub | None:
    """Return GitHub where there is a token for it, and a use."""
    if occasion.kind not in ("pull-request", "workflow-run"):
        return None
    if not os.environ.get("ONRECORD_TOKEN"):
        if occasion.kind == "workflow-run":
            raise UsageFault("token: a workflow_run has no pull request in its event, so a token is needed to find it")
        notes.append(FROM_EVENT)
        return None
    try:
        return open_github(os.environ)
    except GitHubError as error:
        notes.append(f"{NOT_FETCHED}: {error}.")
        return None


def _fetch(occasion: Occasion, github: GitHub | None, notes: list[str]) -> tuple[Occasion, PullRequest | None]:
    """Return the pull request as it is now: the event is a snapshot, and a re-run replays it."""
    if github is None:
        return occasion, None
    try:
        number = occasion.number or github.find_open_pull(
            occasion.repository, occasion.head_sha, occasion.head_repository
        )
        if number is None:
            notes.append("There is no open pull request of this commit.")
            return occasion, None
        pull = github.pull_request(occasion.repository, number)
    except GitHubError as error:
        notes.append(f"{NOT_FETCHED}: {error}.")
        return occasion, None
    return occasion._replace(number=number, base_sha=occasion.base_sha or pull.base_sha), pull


def _workspace(
    occasion: Occasion,
    pull: PullRequest | None,
    github: GitHub | None,
    checkout: Path,
    scratch: Path,
    inputs: Inputs,
    notes: list[str],
) -> Workspace:
    """Return the checkout, or, where there is none of the change, what GitHub holds of it."""
    is_here = (checkout / ".git").exists()
    if is_here and (occasion.is_checked_out or pull is None):
        if not occasion.is_checked_out:
            notes.append("The records of the change are out of reach, so only the description was read.")
            return Workspace(checkout, checkout, (), ())
        known = pull.change.files if pull else None
        return local_workspace(checkout, occasion, known, scratch, github, inputs.config)
    if pull is not None and github is not None and pull.change.files is not None:
        try:
            return remote_workspace(occasion, pull.change.files, scratch, github, inputs.config)
        except GitHubError as error:
            notes.append(f"The records could not be fetched: {error}.")
            return Workspace(scratch, scratch, pull.change.files, ())
    return Workspace(checkout, checkout)


def _judge(
    change: Change,
    workspace: Workspace,
    selection: Selection,
    config: Config,
    occasion: Occasion,
    mode: str,
    github: GitHub | None,
) -> ChangeSubject:
    """Return the change with its answers, and what its records look like beside the others and before."""
    if workspace.files is not None:
        change = change._replace(files=workspace.files)
    log = [file.record for file in (*selection.files, *selection.others)]
    triggers = triggers_of(
        config,
        workspace.settings,
        log=lambda: log,
        files=workspace.all_files,
        exists=lambda path: (workspace.root / path).is_file(),
        changed=change.files,
        repository=occasion.repository,
        server=os.environ.get("GITHUB_SERVER_URL") or GITHUB,
    )
    judged = judge_change(change, triggers, vocabulary_of(config))
    return subject_of(
        judged,
        config,
        records=log,
        files=workspace.all_files(),
        before=workspace.before,
        taken=taken_by_others(github, occasion.repository, change, config) if github else None,
        mode=mode,
        repository=occasion.repository,
    )


def _check(workspace: Workspace, selection: Selection, config: Config) -> Report:
    """Check the records: those of the change where it is known, else all."""
    if workspace.files is not None:
        selection = selection.among({file.path for file in workspace.files})
    options = argparse.Namespace(select=None, ignore=None, today=None)
    return make_report(selection, config, options, workspace.root, workspace.settings, exists=workspace.exists())


def _select(workspace: Workspace, config: Config, paths: str | None) -> Selection:
    """Read the records, all of them or those below the paths that the workflow names."""
    named = [path.strip() for path in (paths or "").split("\n") if path.strip()]
    if workspace.records is None:
        selection = select_files(named, workspace.root, config)
        if selection.missing:
            raise UsageFault(f"paths: {', '.join(selection.missing)}: no such file or folder")
        return selection
    wanted = [
        path
        for path in workspace.records
        if not named or any(path == name or path.startswith(f"{name.rstrip('/')}/") for name in named)
    ]
    return select_files(wanted, workspace.root, config) if wanted else Selection([], [], [])


def _with_comment(run: Run, github: GitHub | None, pull: PullRequest | None, inputs: Inputs) -> Run:
    """Keep the one comment true: there when something is missing, one line once it is not, quiet on drafts."""
    setting = inputs.comment or run.config.pull_requests.comment
    facts = run.facts
    if github is None or pull is None or run.subject is None or facts is None or setting == "never":
        return run
    if pull.state != "open" or pull.change.draft:
        return run
    from onrecord.adapters.comment import keep_comment
    from onrecord.render.comment import render_comment, render_resolved

    body = render_comment(facts, _governing(run.subject, pull)) if facts["asks"] and facts["nudge"] else None
    kept = keep_comment(github, pull, body, render_resolved(facts))
    return run._replace(comment=kept, notes=(*run.notes, kept.note) if kept.note else run.notes)


def _governing(subject: ChangeSubject, pull: PullRequest) -> list[Governing]:
    """Return the accepted records that govern what is touched, with their addresses on the base branch."""
    from onrecord.render.comment import Governing

    server = os.environ.get("GITHUB_SERVER_URL") or GITHUB
    place = f"{server}/{pull.repository}/blob/{quote(pull.base_ref)}"
    return [Governing(name_of(one.record), f"{place}/{quote(one.record.path)}") for one in subject.governing]
