"""Reads all that a coverage report is counted from, and counts: one repository in, one report out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import __version__
from onrecord.adapters.coverage_past import (
    as_of,
    commits_of_year,
    equal_patches,
    lines_of_files,
    uncommitted,
    when_added,
)
from onrecord.adapters.history import read_merged
from onrecord.adapters.settings import make_policy
from onrecord.adapters.survey import remote_of
from onrecord.cli.common import vocabulary_of
from onrecord.cli.pull_request import triggers_of
from onrecord.cli.selection import select_everything
from onrecord.coverage.areas import map_areas
from onrecord.coverage.completeness import complete, is_active
from onrecord.coverage.pulls import Ground, cover
from onrecord.coverage.records import know
from onrecord.coverage.report import Report
from onrecord.log.numbering import next_number
from onrecord.log.references import log_of
from onrecord.log.scope import scope_globs
from onrecord.record.facts import record_facts
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.adapters.coverage_past import AsOf
    from onrecord.change.history import Merged
    from onrecord.check import Config, Policy, ReadFile
    from onrecord.coverage.records import Known
    from onrecord.coverage.report import Window

_STALE = ("scope-dead", "scope-churned", "review-by-passed", "owner-gone", "successor-missing", "status-outdated")


def make_report(root: Path, config: Config, window: Window, day: str | None) -> Report:
    """Return the report of what is checked out; `day` is the day of its last commit by default. Raises GitError."""
    head = as_of(root)
    day = day or head.day
    log = select_everything(root, config)
    files = [file for file in log.files if file.record.kind == "record"]
    added = when_added(root, (file.record.path for file in files))
    known = know(files, added)
    merged = _merged(root, window)
    lines = lines_of_files(root)
    remote = remote_of(root)
    ground = Ground(
        known,
        lines.keys(),
        triggers_of(config, root, log=lambda: [file.record for file in files], files=lambda: list(lines)),
        vocabulary_of(config),
        equal_patches(root, merged.changes),
        remote.slug if remote else "",
    )
    policy = make_policy(root, config)
    stale = _stale(root, files, known, policy, day)
    paths = [file.record.path for file in files]
    dates = sorted(one.merged_at for one in merged.changes if one.merged_at)
    return Report(
        __version__,
        head.sha,
        head.branch,
        config.path,
        None,
        day,
        window._replace(first=dates[0], last=dates[-1]) if dates else window,
        cover(merged, ground),
        map_areas(known, lines, commits_of_year(root, day), stale),
        complete(known, lambda record: not policy.judge.judge(record_facts(record).value)),
        known,
        _folder(paths),
        next_number(file.record for file in files) or "",
        tuple(_notes(head, merged, window, config, uncommitted(root, paths))),
    )


def _merged(root: Path, window: Window) -> Merged:
    """Return the pull requests of a window; those after its last day are read on the way and left out."""
    since = max(window.since, window.baseline) or None
    merged = read_merged(root, None if window.until else window.last_count, since, "HEAD")
    if window.until:
        changes = tuple(one for one in merged.changes if one.merged_at <= window.until)
        merged = merged._replace(changes=changes[: window.last_count], direct=(), repeated=())
    return merged


def _stale(
    root: Path, files: Sequence[ReadFile], known: Sequence[Known], policy: Policy, day: str
) -> dict[str, list[str]]:
    """Return by id of a record with a scope the rules that speak against relying on it; the others govern nothing."""
    scoped = {one.record.path for one in known if is_active(one.record) and scope_globs(one.record)}
    if not scoped:
        return {}
    from onrecord.adapters.upkeep import read_past
    from onrecord.check.upkeep import review

    own = [file for file in files if file.record.path in scoped]
    past, _ = read_past(root, [f.record for f in own], {f.record.path: f.document for f in own}, day)
    found: dict[str, list[str]] = {}
    for entry in review(own, past, policy, day).entries:
        record = entry.standing.record
        rules = sorted({finding.rule for finding in entry.findings} & set(_STALE))
        ids = [one.id for one in known if one.record is record]
        found |= {name: rules for name in ids if rules}
    return found


def _notes(head: AsOf, merged: Merged, window: Window, config: Config, edited: list[str]) -> Iterable[str]:
    """Yield sentences on what this report could not see."""
    if window.until:
        yield "Commits that name no pull request were not counted: they are found up to the newest commit only."
    yield from filter(None, (head.note, merged.note))
    told = sum(one.body_from == "description" for one in merged.changes)
    if told < len(merged.changes):
        yield (
            f"Git holds the description of {told} of {counted(len(merged.changes), 'pull request')}, of the others a title or"
            " a list of commits: what was decided or linked in those cannot be seen."
        )
    labels = f" ({', '.join(config.pull_requests.labels)})" if config.pull_requests.labels else ""
    yield f"Labels{labels} and most approvals are not in git, so what they ask for or confirm could not be counted."
    if config.pull_requests.since:
        yield "Git does not tell when a pull request was opened; the date of adoption was compared with the day it was merged."
    if edited:
        yield f"{counted(len(edited), 'record')} differ from the last commit, and were read as they are now: {', '.join(edited[:3])}."


def _folder(paths: Iterable[str]) -> str:
    """Return the folder of most records."""
    homes = [log_of(path) for path in paths]
    return min(set(homes), key=lambda home: (-homes.count(home), home), default="")
