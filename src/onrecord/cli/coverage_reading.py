"""Reads all that a coverage report is counted from, and counts: one repository in, one report out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord import __version__
from onrecord.adapters.codeowners import PLACES as CODE_OWNERS
from onrecord.adapters.codeowners import read_code_owners
from onrecord.adapters.coverage_past import (
    as_of,
    commits_of_year,
    hash_of,
    lines_of_files,
    when_added,
    when_listed,
)
from onrecord.adapters.history import read_merged
from onrecord.adapters.settings import make_policy
from onrecord.adapters.survey import remote_of
from onrecord.cli.common import vocabulary_of
from onrecord.cli.coverage_ground import with_history
from onrecord.cli.coverage_notes import Looked, missing_records, notes_on, warnings_of
from onrecord.cli.coverage_trend import notes_on_history, read_breaks, read_trend
from onrecord.cli.pull_request import triggers_of
from onrecord.cli.selection import select_everything
from onrecord.coverage.areas import Moved, Terrain, by_folder, by_owner, map_areas
from onrecord.coverage.completeness import complete, is_active
from onrecord.coverage.later import LATER, put_off
from onrecord.coverage.pulls import Ground, cover
from onrecord.coverage.records import know
from onrecord.coverage.report import Report
from onrecord.coverage.settings import settings_of
from onrecord.log.numbering import next_beginning
from onrecord.log.references import log_of
from onrecord.log.scope import scope_globs
from onrecord.record.facts import record_facts

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.change import Triggers
    from onrecord.change.history import Merged
    from onrecord.check import Config, Policy, ReadFile
    from onrecord.cli.coverage_github import Told
    from onrecord.cli.coverage_trend import Wanted
    from onrecord.coverage.areas import Grouping
    from onrecord.coverage.records import Known
    from onrecord.coverage.report import Window
    from onrecord.coverage.trend import Point

_STALE = ("scope-dead", "scope-churned", "review-by-passed", "owner-gone", "successor-missing", "status-outdated")


class Here(NamedTuple):
    """What is checked out: its records, the lines of all its files, and what merged pull requests are judged by."""

    files: list[ReadFile]
    lines: dict[str, int | None]
    ground: Ground


def make_report(
    root: Path,
    config: Config,
    window: Window,
    day: str | None,
    grouping: Grouping = "folders",
    *,
    settings: Path | None = None,
    points: Wanted | None = None,
    told: Told | None = None,
    here: Here | None = None,
) -> Report:
    """Return the report of what is checked out; `day` is the day of its last commit by default. Raises GitError.

    The team's schema and code owners are those below `settings`, by default `root`; a trend has the `points` wanted.
    Pull requests are `told`, or read from git; whoever has looked around already gives what is `here`.
    """
    head = as_of(root)
    day = day or head.day
    files, lines, ground = here or look_around(root, config, settings or root, grouping)
    known = ground.known
    merged = told.merged if told else read_window(root, window)
    in_git = [one for one in merged.changes if told is None or one.sha in told.here]
    ground = with_history(root, ground._replace(triggers=_with_later(ground.triggers)), merged.changes, in_git)
    policy = make_policy(settings or root, config)
    stale, moved = _stale(root, files, known, policy, day)
    commits = commits_of_year(root, day, lines.keys())
    terrain = Terrain(lines, commits, stale, moved, config.coverage.exempt, grouping, ground.areas_of)
    paths = [file.record.path for file in files]
    missing = missing_records(root, lines, paths, ground.triggers.is_record)
    looked = Looked(root, head, merged, window, config, told, lines)
    report = Report(
        __version__,
        head.sha,
        head.branch,
        config.path,
        None,
        day,
        _days_of(window, merged),
        put_off(cover(merged, ground), day),
        map_areas(known, terrain),
        complete(known, lambda record: not policy.judge.judge(record_facts(record).value)),
        known,
        _folder(paths),
        next_beginning(file.record for file in files),
        tuple(notes_on(looked, paths)),
        repository=ground.repository,
        source=told.source if told else "git",
        warnings=tuple(warnings_of(looked, missing, in_git)),
    )
    trend = read_trend(root, points, merged, ground, report.window, day, told is None) if points else ()
    return _with_history(report, root, config, settings or root, trend)


def _days_of(window: Window, merged: Merged) -> Window:
    """Return a window with the days of the first and the last pull request in it."""
    days = sorted(one.merged_at for one in merged.changes if one.merged_at)
    return window._replace(first=days[0], last=days[-1]) if days else window


def look_around(
    root: Path, config: Config, settings: Path, grouping: Grouping = "folders", read: Sequence[ReadFile] | None = None
) -> Here:
    """Return what is checked out below `root`, under the triggers of `settings`; no patches are compared yet.

    `read` are the files of its records where somebody has read them already.
    """
    found = select_everything(root, config).files if read is None else read
    files = [file for file in found if file.record.kind == "record"]
    known = know(files, when_added(root, (file.record.path for file in files)))
    lines = lines_of_files(root)
    remote = remote_of(root)
    areas_of = by_owner(read_code_owners(settings).owners_of) if grouping == "codeowners" else by_folder
    ground = Ground(
        known,
        lines.keys(),
        triggers_of(
            config,
            settings,
            log=lambda: [file.record for file in files],
            files=lambda: list(lines),
            repository=remote.slug if remote else "",
        ),
        vocabulary_of(config),
        {},
        remote.slug if remote else "",
        {},
        when_listed(root, known),
        areas_of,
    )
    return Here(files, lines, ground)


def _with_history(report: Report, root: Path, config: Config, settings: Path, trend: tuple[Point, ...]) -> Report:
    """Add a trend, the settings, and the days on which they changed."""
    files = hashes_of(settings, config)
    breaks = read_breaks(root, files, report.pulls, trend)
    return report._replace(
        notes=(*report.notes, *notes_on_history(trend, breaks)),
        trend=trend,
        breaks=breaks,
        settings=settings_of(config),
        config_files=files,
    )


def told_of(root: Path, options: Namespace, window: Window, commit: str = "HEAD") -> Told | None:
    """Return the pull requests of GitHub where they are wanted, as far as a commit holds them. Raises GitHubError."""
    if getattr(options, "github", None) is None:
        return None
    from onrecord.cli.coverage_github import read_from_github

    return read_from_github(root, options.github, window, commit)


def _with_later(triggers: Triggers) -> Triggers:
    """Let the label that puts a decision off ask for it."""
    return triggers._replace(labels=triggers.labels | {LATER})


def hashes_of(root: Path, config: Config) -> dict[str, str]:
    """Return the SHA-256 by path of all files that decide what counts: configuration, schema, code owners if they ask."""
    owners = next((name for name in CODE_OWNERS if (root / name).is_file()), None)
    names = (config.path, config.schema, owners if config.pull_requests.code_owners else None)
    return {name: found for name in names if name and (found := hash_of(root / name))}


def read_window(root: Path, window: Window) -> Merged:
    """Return the pull requests of a window; those after its last day are read on the way and left out."""
    since = max(window.since, window.baseline) or None
    merged = read_merged(root, None if window.until else window.last_count, since, "HEAD")
    if window.until:
        changes = tuple(one for one in merged.changes if one.merged_at <= window.until)
        merged = merged._replace(changes=changes[: window.last_count], direct=(), repeated=())
    return merged


def _stale(
    root: Path, files: Sequence[ReadFile], known: Sequence[Known], policy: Policy, day: str
) -> tuple[dict[str, list[str]], tuple[Moved, ...]]:
    """Return by id of a record with a scope the rules that speak against relying on it, and where its files went."""
    scoped = {one.record.path for one in known if is_active(one.record) and scope_globs(one.record)}
    if not scoped:
        return {}, ()
    from onrecord.adapters.upkeep import read_past
    from onrecord.check.upkeep import review

    own = [file for file in files if file.record.path in scoped]
    past, _ = read_past(root, [f.record for f in own], {f.record.path: f.document for f in own}, day)
    found: dict[str, list[str]] = {}
    moved: list[Moved] = []
    for entry in review(own, past, policy, day).entries:
        record = entry.standing.record
        rules = sorted({finding.rule for finding in entry.findings} & set(_STALE))
        ids = [one.id for one in known if one.record is record]
        found |= {name: rules for name in ids if rules}
        moved += [Moved(name, dead.name, dead.to) for name in ids for dead in entry.standing.dead_scope if dead.to]
    return found, tuple(sorted(moved))


def _folder(paths: Iterable[str]) -> str:
    """Return the folder of most records."""
    homes = [log_of(path) for path in paths]
    return min(set(homes), key=lambda home: (-homes.count(home), home), default="")
