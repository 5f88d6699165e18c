"""Reports of many repositories as one: a row for each, and totals that are sums of counts, never means of shares.

What was combined can be combined again; neither order nor grouping changes the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord import __version__
from onrecord.coverage.fractions import share_json
from onrecord.coverage.report import VERSION as REPORT_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = 1
_MOST = 2**53  # what every reader of JSON takes for a whole number
_STATES = ("covered", "pending", "waived", "unconfirmed", "later", "uncovered")
_SUMS = {"pull_requests": ("merged", "excluded", "asked", "hinted"), "records": ("all", "active")}
_SHARES = {
    "pull_requests": ("decision_coverage", "as_merged", "answered", "waiver_rate", "wide"),
    "areas": ("commits", "hot", "files"),
    "records": ("valid", "minimal", "minimal_with_decider", "full"),
}
_AS_OF = ("sha", "branch", "today")  # of `as_of`; the repository is the row's own name
_CONFIG = ("path", "sha256")
_WINDOW = ("since", "until", "baseline", "first", "last")


class CombineFault(Exception):
    """A report cannot be read, or does not go with another; the message is for people."""


class Count(NamedTuple):
    """How many count, out of how many."""

    k: int
    n: int

    @property
    def open(self) -> int:
        """How many do not count."""
        return self.n - self.k


class Numbers(NamedTuple):
    """All that can be added up, by part of a report and name: plain sums, shares, and pull requests by state."""

    sums: Mapping[tuple[str, str], int]
    shares: Mapping[tuple[str, str], Count]
    states: Mapping[str, int]

    def share(self, part: str, name: str) -> Count:
        """Return one share."""
        return self.shares[part, name]


class Row(NamedTuple):
    """One repository: its name ("owner/name", or that of its file), what the report tells of itself, and its numbers."""

    repository: str
    about: Mapping[str, Any]
    numbers: Numbers


class Failure(NamedTuple):
    """A repository without a report, and why."""

    repository: str
    reason: str


class Part(NamedTuple):
    """What one file holds; `source` is what a message calls it."""

    source: str
    rows: tuple[Row, ...] = ()
    failed: tuple[Failure, ...] = ()


class Combined(NamedTuple):
    """All repositories by name, and those that have no report."""

    rows: tuple[Row, ...]
    failed: tuple[Failure, ...]

    def totals(self) -> Numbers:
        """Return the sums over all rows."""
        every = [row.numbers for row in self.rows]
        return Numbers(
            {key: sum(one.sums[key] for one in every) for key in _keys(_SUMS)},
            {
                key: Count(sum(one.shares[key].k for one in every), sum(one.shares[key].n for one in every))
                for key in _keys(_SHARES)
            },
            {state: sum(one.states[state] for one in every) for state in _STATES},
        )

    def by_attention(self) -> list[Row]:
        """Return those first that have most pull requests to answer, then most to wait for, then most silent places."""

        def key(row: Row) -> tuple[int, int, int, str]:
            numbers = row.numbers
            pulls, hot, minimal = (
                numbers.share(part, name).open
                for part, name in (("pull_requests", "decision_coverage"), ("areas", "hot"), ("records", "minimal"))
            )
            return -pulls, -hot, -minimal, row.repository

        return sorted(self.rows, key=key)


def read_part(data: Any, source: str, name: str) -> Part:
    """Read a report, or what was combined before, as parsed JSON; `name` is for a report that names no repository."""
    if not isinstance(data, dict) or not ("pull_requests" in data or "repositories" in data):
        raise CombineFault(f"{source}: this is no coverage report; “onrecord coverage --output-format json” writes one")
    is_combined = "repositories" in data
    version, known = data.get("version"), VERSION if is_combined else REPORT_VERSION
    if isinstance(version, bool) or version != known:
        newer = isinstance(version, int) and version > known
        step = "a newer onrecord reads it" if newer else "write it again with this onrecord"
        raise CombineFault(f"{source}: this report has version {version!r}, and version {known} can be read; {step}")
    if not is_combined:
        about = _dict(data, "as_of", source)
        named = about.get("repository")
        return Part(source, (_row(data, named if isinstance(named, str) and named else name, source),))
    rows = [_dict_of(one, "repositories", source) for one in _list(data, "repositories", source)]
    failed = [_dict_of(one, "failed", source) for one in _list(data, "failed", source)]
    return Part(
        source,
        tuple(_row(one, _text(one, "repository", source), source) for one in rows),
        tuple(Failure(_text(one, "repository", source), _text(one, "reason", source)) for one in failed),
    )


def combine(parts: Iterable[Part]) -> Combined:
    """Put parts together; raises CombineFault when two are of one repository and differ.

    The same report twice counts once, also under another name where it does not say which repository it is of. A repository
    that has failed somewhere, and has a report elsewhere, has not failed.
    """
    found: dict[str, tuple[Row, str]] = {}
    pieces = list(parts)
    for row, source in _once((r, p.source) for p in pieces for r in p.rows):
        known = found.setdefault(row.repository.casefold(), (row, source))
        if known[0]._replace(repository=row.repository) != row:
            raise CombineFault(_conflict(known, (row, source)))
    rows = sorted((row for row, _ in found.values()), key=lambda row: row.repository)
    failed = {one for part in pieces for one in part.failed if one.repository.casefold() not in found}
    return Combined(tuple(rows), tuple(sorted(failed)))


def _once(rows: Iterable[tuple[Row, str]]) -> list[tuple[Row, str]]:
    """Return rows with their sources in order, those first that name their repository; the same one without a name once."""
    kept: list[tuple[Row, str]] = []
    for row, source in sorted(rows, key=lambda one: ("/" not in one[0].repository, one[0].repository, one[1])):
        is_known = any(row == known._replace(repository=row.repository) for known, _ in kept)
        if "/" in row.repository or not is_known:
            kept.append((row, source))
    return kept


def combined_json(found: Combined) -> dict[str, Any]:
    """Return rows, totals and failures (schemas/coverage-combined.schema.json)."""
    return {
        "version": VERSION,
        "tool": __version__,
        "repositories": [
            {"repository": row.repository, **row.about, **_numbers_json(row.numbers)} for row in found.rows
        ],
        "totals": {"repositories": len(found.rows), **_numbers_json(found.totals())},
        "failed": [one._asdict() for one in found.failed],
    }


def _numbers_json(numbers: Numbers) -> dict[str, Any]:
    made: dict[str, Any] = {part: {} for part in _SHARES}
    for (part, name), value in numbers.sums.items():
        made[part][name] = value
    for (part, name), share in numbers.shares.items():
        made[part][name] = share._asdict() if part == "areas" else share_json(*share)
    made["pull_requests"]["states"] = dict(numbers.states)
    return made


def _conflict(first: tuple[Row, str], second: tuple[Row, str]) -> str:
    """Say which two reports do not go together, and what would help."""
    (one, file), (other, other_file) = first, second
    shas = [str(row.about["as_of"]["sha"])[:10] for row in (one, other)]
    if one.about["as_of"]["sha"] != other.about["as_of"]["sha"]:
        seen = f"{file} is of commit {shas[0]}, {other_file} of {shas[1]}"
    else:
        differ = [key for key in one.about if one.about[key] != other.about[key]] or ["numbers"]
        seen = f"{file} and {other_file} are of the same commit {shas[0]} and differ in: {', '.join(differ)}"
    named = "/" in one.repository
    step = (
        "leave one of them out" if named else "neither names its repository, so rename a file or leave one of them out"
    )
    return f"{one.repository} has two reports: {seen}; {step}"


def _row(data: Mapping[str, Any], name: str, source: str) -> Row:
    as_of, config, window = (_dict(data, part, source) for part in ("as_of", "config", "window"))
    last = window.get("last_count")
    about = {
        "tool": _text(data, "tool", source),
        "as_of": {key: _text(as_of, key, source) for key in _AS_OF},
        "config": {key: _text(config, key, source) if config.get(key) is not None else None for key in _CONFIG},
        "window": {
            "last_count": None if last is None else _whole(last, "window.last_count", source),
            **{key: _text(window, key, source) for key in _WINDOW},
        },
    }
    parts = {part: _dict(data, part, source) for part in _SHARES}
    states = _dict(parts["pull_requests"], "states", source)
    numbers = Numbers(
        {(p, key): _whole(parts[p].get(key), f"{p}.{key}", source) for p, key in _keys(_SUMS)},
        {(p, key): _share(_dict(parts[p], key, source), f"{p}.{key}", source) for p, key in _keys(_SHARES)},
        {state: _whole(states.get(state, 0), f"states.{state}", source) for state in _STATES},
    )
    return Row(name, about, numbers)


def _keys(table: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(part, name) for part, names in table.items() for name in names]


def _share(value: Mapping[str, Any], place: str, source: str) -> Count:
    count = Count(*(_whole(value.get(key), f"{place}.{key}", source) for key in ("k", "n")))
    if count.open < 0:
        raise CombineFault(f"{source}: {place}: {count.k} of {count.n} is no share")
    return count


def _whole(value: Any, place: str, source: str) -> int:
    """Return a count: a report has the ids themselves where a combined one has their number."""
    if isinstance(value, dict):
        return sum(_whole(one, place, source) for one in value.values())
    if isinstance(value, list):
        return len(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise CombineFault(f"{source}: {place}: a whole number from 0 on was expected")
    return value


def _text(data: Mapping[str, Any], key: str, source: str) -> str:
    found = data.get(key)
    if not isinstance(found, str):
        raise CombineFault(f"{source}: {key}: a text was expected")
    return found


def _list(data: Mapping[str, Any], key: str, source: str) -> list[Any]:
    found = data.get(key)
    if not isinstance(found, list):
        raise CombineFault(f"{source}: {key}: a list was expected")
    return found


def _dict(data: Mapping[str, Any], key: str, source: str) -> dict[str, Any]:
    return _dict_of(data.get(key), key, source)


def _dict_of(found: Any, key: str, source: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise CombineFault(f"{source}: {key}: an object was expected")
    return found
