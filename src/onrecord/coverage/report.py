"""The whole report as one value, and as JSON (schemas/coverage-report.schema.json) without a clock in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.areas import AreaCoverage, commits_of, lines_of
from onrecord.coverage.completeness import FIELDS, Completeness
from onrecord.coverage.model import Pull, PullCoverage
from onrecord.coverage.score import HINT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.coverage.areas import Source
    from onrecord.coverage.records import Known
    from onrecord.coverage.trend import Point

VERSION = 1


class Window(NamedTuple):
    """Which merged pull requests were wanted: so many at most (None: all), between two ISO days (empty: no bound).

    `baseline` is the date of adoption: nothing before it counts. `first` and `last` are the days of those that were read.
    """

    last_count: int | None
    since: str
    until: str
    baseline: str
    first: str = ""
    last: str = ""


class Report(NamedTuple):
    """The three numbers with what they were counted from. `today` is an ISO day: up to it the year of commits counts.

    `folder` is where most records live and `number` what the next one's name begins with, both empty where there is none; `notes` are
    sentences on what could not be read. `trend` is there when it was asked for, the oldest point first; `breaks` are the
    days within it, or within the window, on which the configuration changed. `settings` are the effective ones by their
    names, and `config_files` give by path the SHA-256 of all files they stand in. `repository` is "owner/name", empty when
    its remote does not tell; `source` is where the pull requests come from: "git", or "github.com/owner/name". `warnings`
    are the sentences without which the numbers would be misread; in JSON they are the first notes.
    """

    tool: str
    sha: str
    branch: str
    config: str | None
    config_hash: str | None
    today: str
    window: Window
    pulls: PullCoverage
    areas: AreaCoverage
    records: Completeness
    known: Sequence[Known]
    folder: str
    number: str
    notes: tuple[str, ...]
    trend: tuple[Point, ...] = ()
    breaks: tuple[str, ...] = ()
    settings: Mapping[str, Any] = {}
    config_files: Mapping[str, str] = {}
    repository: str = ""
    source: str = "git"
    warnings: tuple[str, ...] = ()

    def oldest_first(self, *states: str) -> list[Pull]:
        """Return the asked pull requests in one of these states, the oldest first."""
        return [pull for pull in reversed(self.pulls.asked()) if pull.state in states]


def report_json(report: Report) -> dict[str, Any]:
    """Return every number with the ids it was counted from; keys are sorted when it is written."""
    return {
        "version": VERSION,
        "tool": report.tool,
        "source": report.source,
        "as_of": {
            "repository": report.repository or None,
            "sha": report.sha,
            "branch": report.branch,
            "today": report.today,
        },
        "config": {
            "path": report.config,
            "sha256": report.config_hash,
            "files": dict(report.config_files),
            "settings": dict(report.settings),
        },
        "window": report.window._asdict(),
        "pull_requests": _pulls(report.pulls),
        "areas": _areas(report.areas),
        "records": _records(report.records, report.known),
        "notes": [*report.warnings, *report.notes],
        "trend": [point.as_json() for point in report.trend],
        "breaks": list(report.breaks),
    }


def _pulls(found: PullCoverage) -> dict[str, Any]:
    excluded: dict[str, list[int]] = {}
    for pull in found.pulls:
        if pull.excluded:
            excluded.setdefault(pull.excluded, []).append(pull.number)
    asked = found.asked()
    hinted = found.hinted(HINT)
    return {
        "merged": [_pull(pull) for pull in found.pulls],
        "excluded": excluded,
        "asked": [pull.number for pull in asked],
        "hinted": [pull.number for pull in hinted],
        "states": {
            state: [pull.number for pull in asked if pull.state == state]
            for state in ("covered", "pending", "waived", "unconfirmed", "later", "uncovered")
        },
        "in_records": [pull.number for pull in asked if pull.is_in_records],
        "decision_coverage": found.decision_coverage().as_json(),
        "as_merged": found.in_time().as_json(),
        "answered": found.answered().as_json(),
        "waiver_rate": found.waiver_rate().as_json(),
        "wide": found.wide(HINT).as_json(),
        "by_area": {area: share.as_json() for area, share in found.by_area().items()},
        "fan_out": found.fan_out(),
        "owner_sources": found.owner_sources(),
        "deleted_records": [gone._asdict() for gone in found.gone],
        "no_pull_request": list(found.direct),
        "repeated": list(found.repeated),
    }


def _pull(pull: Pull) -> dict[str, Any]:
    return {
        "number": pull.number,
        "sha": pull.sha,
        "merged_at": pull.merged_at,
        "title": pull.title,
        "excluded": pull.excluded,
        "asked_by": [{"by": by, "what": what} for by, what in pull.asked_by],
        "score": pull.score,
        "signs": list(pull.signs),
        "described": pull.is_described,
        "state": pull.state,
        "links": [link._asdict() for link in pull.links],
        "lacks": pull.lacks,
        "waived": pull.waived,
        "owner_source": pull.owner_source,
        "areas": list(pull.areas),
    }


def _areas(found: AreaCoverage) -> dict[str, Any]:
    hot = found.hot()
    return {
        "grouping": found.grouping,
        "sources": [_source(one) for one in found.sources],
        "files": {"k": sum(bool(one.records) for one in found.sources), "n": len(found.sources)},
        "lines": {"k": lines_of(found.sources, True), "n": lines_of(found.sources)},
        "commits": _weighed(found.sources),
        "hot": _weighed(hot) | {"files": [one.path for one in hot]},
        "by_area": [area._asdict() for area in found.areas()],
        "exempt": dict(found.exempt),
        "exempt_files": {kind: list(paths) for kind, paths in found.left_out},
        "repository_wide": [{"id": one.id, "files": one.files, "paths": list(one.paths)} for one in found.wide],
        "stale": {name: list(rules) for name, rules in found.stale},
        "matches_nothing": list(found.empty),
        "moved": [one._asdict() for one in found.moved],
        "overlaps": [{"records": list(ids), "files": files} for ids, files in found.overlaps().items()],
    }


def _source(one: Source) -> dict[str, Any]:
    return {"path": one.path, "lines": one.lines, "commits": one.commits} | {
        "records": list(one.records),
        "areas": list(one.areas),
    }


def _weighed(sources: Sequence[Source]) -> dict[str, Any]:
    return {"k": commits_of(sources, True), "n": commits_of(sources)}


def _records(found: Completeness, known: Sequence[Known]) -> dict[str, Any]:
    mean = found.mean()
    return {
        "all": [one.id for one in known],
        "active": [
            {"id": one.id, "has": list(one.has), "valid": one.is_valid, "owner": one.owner} for one in found.standings
        ],
        "valid": found.valid().as_json(),
        "minimal": found.minimal().as_json(),
        "minimal_with_decider": found.with_decider().as_json(),
        "full": found.full().as_json(),
        "fields": {name: {"k": len(share.part), "n": len(share.of)} for name, share in found.fields().items()},
        "mean_of_fields": {"mean": None if mean is None else round(mean, 4), "of": len(FIELDS)},
        "owners": found.owners(),
    }
