"""Which accepted records govern which files: by the globs under `scope` in their front matter."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.record.globs import glob_pattern, literal_length, stays_inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onrecord.record import DecisionRecord

BROAD_SHARE = 0.2  # of the repository's files: one record "covered" 54 % of a repository, which says nothing of a file
BROAD_FILES = 10  # so many are never too broad, however small the repository


class Governed(NamedTuple):
    """A record whose scope covers a touched file: the file, and the most specific glob that names it."""

    record: DecisionRecord
    path: str
    glob: str


def governing(
    records: Iterable[DecisionRecord], paths: Collection[str], files: Collection[str] | None = None
) -> list[Governed]:
    """Return the records that govern one of `paths`, most specific glob first, each record once.

    `files` are all files of the repository, None when they are not known; with them, broad scopes are left out.
    """
    found = []
    for record in in_force(records, files):
        named = [(literal_length(glob), glob, path) for glob, path in _first_paths(record, paths)]
        if named:
            _, glob, path = max(named, key=lambda one: (one[0], one[1]))
            found.append(Governed(record, path, glob))
    return sorted(found, key=lambda one: (-literal_length(one.glob), one.record.path))


def in_force(records: Iterable[DecisionRecord], files: Collection[str] | None = None) -> list[DecisionRecord]:
    """Return the records that are accepted, replaced by no other, and say by `scope` which few files they are about."""
    return [
        record
        for record in records
        if record.kind == "record"
        and record.status
        and record.status.value == "accepted"
        and not record.superseded_by
        and scope_globs(record)
        and not (files and _is_broad(record, files))
    ]


def scope_globs(record: DecisionRecord) -> tuple[str, ...]:
    """Return the globs of a record's scope that can name files of this repository, and not simply all of them."""
    return tuple(glob for glob in record.scope if glob[:1] != "!" and stays_inside(glob) and literal_length(glob))


def left_out(record: DecisionRecord) -> tuple[str, ...]:
    """Return the globs that a record's scope takes out again ("!src/pay/generated/**"), without the mark."""
    return tuple(glob[1:] for glob in record.scope if glob[:1] == "!" and literal_length(glob[1:]))


def in_scope(record: DecisionRecord, paths: Iterable[str]) -> list[str]:
    """Return which of these paths a record's scope names, in their order; what it takes out again is not among them."""
    wanted = [glob_pattern(glob).match for glob in scope_globs(record)]
    unwanted = [glob_pattern(glob).match for glob in left_out(record)]
    named = (path for path in paths if any(match(path) for match in wanted)) if wanted else ()
    return [path for path in named if not any(match(path) for match in unwanted)]


def _first_paths(record: DecisionRecord, paths: Collection[str]) -> list[tuple[str, str]]:
    """Return each glob of a record's scope that names one of the paths, with the first path it names."""
    found = []
    named = in_scope(record, paths)
    for glob in scope_globs(record):
        pattern = glob_pattern(glob)
        path = next((path for path in named if pattern.match(path)), None)
        if path is not None:
            found.append((glob, path))
    return found


def _is_broad(record: DecisionRecord, files: Collection[str]) -> bool:
    covered = len(in_scope(record, files))
    return covered > BROAD_FILES and covered > BROAD_SHARE * len(files)
