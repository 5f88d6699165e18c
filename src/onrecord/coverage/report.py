"""The whole report as one value, and as JSON (schemas/coverage-report.schema.json) without a clock in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.areas import AreaCoverage, commits_of
from onrecord.coverage.completeness import FIELDS, Completeness
from onrecord.coverage.model import Pull, PullCoverage
from onrecord.coverage.score import HINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.coverage.areas import Source
    from onrecord.coverage.records import Known

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

    `folder` is where most records live and `number` the next free one, both empty where there is none; `notes` are
    sentences on what could not be read.
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

    def oldest_first(self, *states: str) -> list[Pull]:
        """Return the asked pull requests in one of these states, the oldest first."""
        return [pull for pull in reversed(self.pulls.asked()) if pull.state in states]


def report_json(report: Report) -> dict[str, Any]:
    """Return every number with the ids it was counted from; keys are sorted when it is written."""
    return {
        "version": VERSION,
        "tool": report.tool,
        "as_of": {"sha": report.sha, "branch": report.branch, "today": report.today},
        "config": {"path": report.config, "sha256": report.config_hash},
        "window": report.window._asdict(),
        "pull_requests": _pulls(report.pulls),
        "areas": _areas(report.areas),
        "records": _records(report.records, report.known),
        "notes": list(report.notes),
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
            for state in ("covered", "pending", "waived", "unconfirmed", "uncovered")
        },
        "in_records": [pull.number for pull in asked if pull.is_in_records],
        "decision_coverage": found.decision_coverage().as_json(),
        "as_merged": found.in_time().as_json(),
        "answered": found.answered().as_json(),
        "waiver_rate": found.waiver_rate().as_json(),
        "wide": found.wide(HINT).as_json(),
        "by_area": {area: share.as_json() for area, share in found.by_area().items()},
        "fan_out": found.fan_out(),
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
        "sources": [_source(one) for one in found.sources],
        "files": {"k": sum(bool(one.records) for one in found.sources), "n": len(found.sources)},
        "commits": _weighed(found.sources),
        "hot": _weighed(hot) | {"files": [one.path for one in hot]},
        "by_area": [area._asdict() for area in found.areas()],
        "exempt": dict(found.exempt),
        "repository_wide": [one._asdict() for one in found.wide],
        "stale": {name: list(rules) for name, rules in found.stale},
        "matches_nothing": list(found.empty),
    }


def _source(one: Source) -> dict[str, Any]:
    return {"path": one.path, "lines": one.lines, "commits": one.commits, "records": list(one.records)}


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
