"""What is different between two reports, both as JSON (schemas/coverage-report.schema.json): a base, and a head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.fractions import ENOUGH
from onrecord.coverage.intervals import newcombe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.coverage.intervals import Change

HEADLINE, ANSWERED, WAIVED, AREAS, MINIMAL = "decision_coverage", "answered", "waiver_rate", "areas", "minimal"


class Shift(NamedTuple):
    """A share before and after, each as (part, of); `change` is head minus base, None where it cannot be told.

    That is below ENOUGH, where a percentage says nothing, and for commits, which are no sample of anything.
    """

    base: tuple[int, int]
    head: tuple[int, int]
    change: Change | None


class Pulls(NamedTuple):
    """Numbers of pull requests, in order. What was asked in the base and is older than the head's window is out of it.

    `newly_uncovered` are asked and neither covered nor waived now, and were not so before; new ones are among them.
    """

    newly_covered: tuple[int, ...]
    newly_uncovered: tuple[int, ...]
    newly_asked: tuple[int, ...]
    no_longer_asked: tuple[int, ...]
    out_of_window: tuple[int, ...]


class Parts(NamedTuple):
    """A record in force on both sides, and which of its parts (fields, "valid") were gained or lost."""

    id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class Records(NamedTuple):
    """Ids of records that came, went, or came into or out of force; and those that tell more or less than before."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    into_force: tuple[str, ...]
    out_of_force: tuple[str, ...]
    changed: tuple[Parts, ...]


class Ground(NamedTuple):
    """Files of one area that a record governs on one side alone, and for each of these records (id, why) it differs."""

    area: str
    files: tuple[str, ...]
    records: tuple[tuple[str, str], ...]


class Setting(NamedTuple):
    """A setting, a file or a bound of the window that differs; None where there was none."""

    what: str
    before: Any
    after: Any


class Comparison(NamedTuple):
    """All differences; `shares` are those of HEADLINE, ANSWERED, WAIVED, AREAS and MINIMAL."""

    shares: dict[str, Shift]
    pulls: Pulls
    records: Records
    won: tuple[Ground, ...]
    lost: tuple[Ground, ...]
    settings: tuple[Setting, ...]


def compare(base: Mapping[str, Any], head: Mapping[str, Any]) -> Comparison:
    """Return what is different in `head`. Both have the schema's shape; counts are taken from their ids."""
    found = {
        **{name: _shift(base["pull_requests"][name], head["pull_requests"][name]) for name in (HEADLINE, ANSWERED, WAIVED)},
        AREAS: Shift(_counts(base["areas"]["commits"]), _counts(head["areas"]["commits"]), None),
        MINIMAL: _shift(base["records"]["minimal"], head["records"]["minimal"]),
    }  # fmt: skip
    return Comparison(
        found,
        _pulls(base["pull_requests"], head["pull_requests"]),
        _records(base["records"], head["records"]),
        _grounds(head, base),
        _grounds(base, head),
        settings_changed(base, head),
    )


def settings_changed(base: Mapping[str, Any], head: Mapping[str, Any]) -> tuple[Setting, ...]:
    """Return which settings, files and bounds of the window differ: who moves them moves the goal-posts."""
    window = {f"window.{name}": _wanted(base, head, name) for name in ("last_count", "since", "until", "baseline")}
    found = [Setting(what, *both) for what, both in window.items() if both[0] != both[1]]
    before, after = base["config"], head["config"]
    path = Setting("path", before["path"], after["path"])
    found += [path] if path.before != path.after else []
    found += changed_settings(before["settings"], after["settings"])
    files = sorted({*before["files"], *after["files"]})
    return (*found, *(s for s in (_hashes(before, after, path) for path in files) if s))


def changed_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Setting]:
    """Return the settings that differ, by their names."""
    keys = sorted({*before, *after})
    return [Setting(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]


def _hashes(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> Setting | None:
    old, new = ((side["files"].get(path) or "")[:10] or None for side in (before, after))
    return Setting(path, old, new) if before["files"].get(path) != after["files"].get(path) else None


def _wanted(base: Mapping[str, Any], head: Mapping[str, Any], name: str) -> tuple[Any, Any]:
    return base["window"][name] or None, head["window"][name] or None


def _shift(base: Mapping[str, Any], head: Mapping[str, Any]) -> Shift:
    before, after = ((len(set(side["ids"]) & set(side["of"])), len(set(side["of"]))) for side in (base, head))
    told = before[1] >= ENOUGH and after[1] >= ENOUGH
    return Shift(before, after, newcombe(after, before) if told else None)


def _counts(side: Mapping[str, Any]) -> tuple[int, int]:
    return side["k"], side["n"]


def _pulls(base: Mapping[str, Any], head: Mapping[str, Any]) -> Pulls:
    asked_before, asked = set(base["asked"]), set(head["asked"])
    read = {pull["number"] for pull in head["merged"]}
    covered_before, covered = set(base["states"]["covered"]), set(head["states"]["covered"])
    open_before = asked_before - covered_before - set(base["states"]["waived"])
    open_ = asked - covered - set(head["states"]["waived"])
    gone = asked_before - asked
    return Pulls(
        tuple(sorted(covered - covered_before)),
        tuple(sorted(open_ - open_before)),
        tuple(sorted(asked - asked_before)),
        tuple(sorted(gone & read)),
        tuple(sorted(gone - read)),
    )


def _records(base: Mapping[str, Any], head: Mapping[str, Any]) -> Records:
    before, after = set(base["all"]), set(head["all"])
    was, now = ({one["id"]: one for one in side["active"]} for side in (base, head))
    changed = []
    for name in sorted(was.keys() & now.keys()):
        old, new = _parts(was[name]), _parts(now[name])
        if old != new:
            changed.append(Parts(name, tuple(p for p in new if p not in old), tuple(p for p in old if p not in new)))
    return Records(
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
        tuple(sorted((now.keys() - was.keys()) & before)),
        tuple(sorted((was.keys() - now.keys()) & after)),
        tuple(changed),
    )


def _parts(record: Mapping[str, Any]) -> list[str]:
    named = ["decider"] if record["owner"] == "decider" else []
    return [*record["has"], *named, *(["valid"] if record["valid"] else [])]


def _grounds(base: Mapping[str, Any], head: Mapping[str, Any]) -> tuple[Ground, ...]:
    """Return what is governed in `base` and not in `head`, though the file is a source in both, by area."""
    now = {one["path"]: one["records"] for one in head["areas"]["sources"]}
    lost: dict[str, list[str]] = {}
    by: dict[str, dict[str, None]] = {}
    for one in base["areas"]["sources"]:
        if one["records"] and now.get(one["path"]) == []:
            for area in one["areas"]:
                lost.setdefault(area, []).append(one["path"])
                by.setdefault(area, {}).update(dict.fromkeys(one["records"]))
    return tuple(
        Ground(area, tuple(files), tuple((name, _why(name, head)) for name in by[area])) for area, files in lost.items()
    )


def _why(record: str, side: Mapping[str, Any]) -> str:
    """Return why a record does not govern on a side where another side says that it does."""
    areas, log = side["areas"], side["records"]
    if record not in log["all"]:
        return "it is not there"
    if record not in [one["id"] for one in log["active"]]:
        return "it is not in force"
    if rules := areas["stale"].get(record):
        return f"it is not relied on: {', '.join(rules)}"
    if any(one["id"] == record for one in areas["repository_wide"]):
        return "its scope is too wide to say something of one file"
    return "its scope does not name them"


def comparison_json(found: Comparison, base: Mapping[str, Any]) -> dict[str, Any]:
    """Return the differences as the `change` of the head's JSON."""
    of_base = {name: base["as_of"][name] for name in ("sha", "today")} | {"tool": base["tool"]}
    return {
        "base": of_base | {"window": base["window"]},
        "shares": {name: _shift_json(shift) for name, shift in found.shares.items()},
        "pull_requests": {name: list(numbers) for name, numbers in found.pulls._asdict().items()},
        "records": {
            **{name: list(ids) for name, ids in found.records._asdict().items() if name != "changed"},
            "changed": [
                one._asdict() | {"gained": list(one.gained), "lost": list(one.lost)} for one in found.records.changed
            ],
        },
        "areas_won": _grounds_json(found.won),
        "areas_lost": _grounds_json(found.lost),
        "config": [one._asdict() for one in found.settings],
    }


def _shift_json(shift: Shift) -> dict[str, Any]:
    points = None
    if change := shift.change:
        points = {name: round(value, 4) for name, value in change._asdict().items()} | {"clear": change.is_clear}
    return {"base": _side(*shift.base), "head": _side(*shift.head), "points": points}


def _side(part: int, of: int) -> dict[str, Any]:
    return {"k": part, "n": of, "share": round(part / of, 4) if of else None}


def _grounds_json(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [
        {"area": one.area, "files": list(one.files), "records": [{"id": i, "why": why} for i, why in one.records]}
        for one in grounds
    ]
