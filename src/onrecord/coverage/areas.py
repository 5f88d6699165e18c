"""Area coverage: which busy code no decision speaks of. A map of silence, not a target."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.coverage.completeness import is_active
from onrecord.coverage.score import area_of, is_document, is_made, is_test_file
from onrecord.log.scope import in_scope, scope_globs
from onrecord.record.globs import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from onrecord.coverage.records import Known

SHORT = 50  # lines; below that a file is exempt
BROAD = 0.2  # of the source files; a wider scope says nothing of one file
HOT = 10  # the busiest tenth
EXEMPT = ("document", "test", "generated", "binary", "short", "configured")
NO_OWNER = "(no owner)"
Grouping: TypeAlias = Literal["folders", "codeowners"]
AreasOf: TypeAlias = "Callable[[str], tuple[str, ...]]"  # a path's areas: its folder, or one or more teams


def by_folder(path: str) -> tuple[str, ...]:
    """Return where a file belongs by its folder, two levels deep."""
    return (area_of(path),)


def by_owner(owners_of: AreasOf) -> AreasOf:
    """Return where a file belongs by who owns it; what nobody owns is an area as well."""
    return cache(lambda path: tuple(dict.fromkeys(owners_of(path))) or (NO_OWNER,))


class Source(NamedTuple):
    """A source file: its lines, the commits of the year that touched it, the ids of the records over it, and its areas."""

    path: str
    lines: int
    commits: int
    records: tuple[str, ...]
    areas: tuple[str, ...]


class Wide(NamedTuple):
    """A record whose scope is too wide to say something of one file, and which source files it names."""

    id: str
    paths: tuple[str, ...]

    @property
    def files(self) -> int:
        """Return how many files these are."""
        return len(self.paths)


class Area(NamedTuple):
    """A folder, two levels deep, or a team: its files, the commits that touched them, and how many of these are governed.

    A commit counts once for each file.
    """

    name: str
    files: int
    commits: int
    governed: int


class Moved(NamedTuple):
    """A glob in a record's scope that names no file any more, and where git saw most of its files go."""

    id: str
    glob: str
    to: str


class Terrain(NamedTuple):
    """What areas are counted from: the lines of all files of the commit (None: binary), and the year's commits of each.

    `stale` gives, by the id of a record, the rules that speak against relying on it. `exempt` are the team's own globs.
    """

    lines: Mapping[str, int | None]
    commits: Mapping[str, int]
    stale: Mapping[str, Sequence[str]]
    moved: tuple[Moved, ...] = ()
    exempt: tuple[str, ...] = ()
    grouping: Grouping = "folders"
    areas_of: AreasOf = by_folder


class AreaCoverage(NamedTuple):
    """All source files with what governs them; files that are exempt, by kind; scopes too wide, stale, or over nothing.

    `stale` gives, by the id of a record, the rules that speak against relying on it; `moved` the new paths for a scope.
    """

    sources: tuple[Source, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
    wide: tuple[Wide, ...]
    stale: tuple[tuple[str, tuple[str, ...]], ...]
    empty: tuple[str, ...]
    moved: tuple[Moved, ...] = ()
    grouping: Grouping = "folders"

    @property
    def exempt(self) -> tuple[tuple[str, int], ...]:
        """Return how many files are exempt, by kind."""
        return tuple((kind, len(paths)) for kind, paths in self.left_out)

    def hot(self) -> tuple[Source, ...]:
        """Return the busiest tenth of the files, at least one; those nobody touched are never among them."""
        most = -(-len(self.sources) // HOT)
        ranked = sorted(self.sources, key=lambda one: (-one.commits, one.path))
        return tuple(one for one in ranked[:most] if one.commits)

    def areas(self) -> list[Area]:
        """Return the areas, the busiest first; a file of two teams counts in both."""
        found: dict[str, list[Source]] = {}
        for one in self.sources:
            for name in one.areas:
                found.setdefault(name, []).append(one)
        areas = [Area(name, len(of), commits_of(of), commits_of(of, True)) for name, of in found.items()]
        return sorted(areas, key=lambda area: (-area.commits, area.name))

    def silent(self) -> list[Area]:
        """Return busy areas that no record governs at all, the busiest first."""
        return [area for area in self.areas() if area.commits and not area.governed]

    def overlaps(self) -> dict[tuple[str, ...], list[str]]:
        """Return the files that more than one record speaks of, by these records: each is governed once."""
        found: dict[tuple[str, ...], list[str]] = {}
        for one in self.sources:
            if len(one.records) > 1:
                found.setdefault(one.records, []).append(one.path)
        return found


def lines_of(sources: Sequence[Source], governed: bool = False) -> int:
    """Return how many lines these files have; only those of governed files, if asked."""
    return sum(one.lines for one in sources if one.records or not governed)


def commits_of(sources: Sequence[Source], governed: bool = False) -> int:
    """Return how many commits touched these files, one for each file; only those of governed files, if asked."""
    return sum(one.commits for one in sources if one.records or not governed)


def map_areas(known: Sequence[Known], terrain: Terrain) -> AreaCoverage:
    """Return what governs which file."""
    lines = terrain.lines
    exempt: dict[str, list[str]] = {kind: [] for kind in EXEMPT}
    paths: list[str] = []
    for path, count in sorted(lines.items()):
        kind = _kind(path, count) or ("configured" if matches(path, terrain.exempt) else "")
        if kind:
            exempt[kind].append(path)
        else:
            paths.append(path)
    over: dict[str, list[str]] = {}
    wide, empty = [], []
    for one in known:
        if not (is_active(one.record) and scope_globs(one.record)):
            continue
        under = in_scope(one.record, paths)
        if not under:
            if not in_scope(one.record, lines):
                empty.append(one.id)
        elif len(under) > BROAD * len(paths):
            wide.append(Wide(one.id, tuple(under)))
        elif not terrain.stale.get(one.id):
            for path in under:
                over.setdefault(path, []).append(one.id)
    sources = tuple(_source(path, terrain, tuple(over.get(path, ()))) for path in paths)
    old = tuple((name, tuple(rules)) for name, rules in sorted(terrain.stale.items()) if rules)
    left = tuple((kind, tuple(some)) for kind, some in exempt.items())
    return AreaCoverage(sources, left, tuple(wide), old, tuple(empty), terrain.moved, terrain.grouping)


def _source(path: str, terrain: Terrain, records: tuple[str, ...]) -> Source:
    return Source(path, terrain.lines[path] or 0, terrain.commits.get(path, 0), records, terrain.areas_of(path))


def _kind(path: str, lines: int | None) -> str:
    """Return why a file is exempt, empty when it is a source."""
    if is_document(path):
        return "document"
    if is_test_file(path):
        return "test"
    if is_made(path):
        return "generated"
    return "binary" if lines is None else "short" if lines < SHORT else ""
