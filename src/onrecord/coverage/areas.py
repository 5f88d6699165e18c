"""Area coverage: which busy code no decision speaks of. A map of silence, not a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.completeness import is_active
from onrecord.coverage.score import area_of, is_document, is_made, is_test_file
from onrecord.log.scope import scope_globs
from onrecord.record.globs import glob_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.coverage.records import Known

SHORT = 50  # lines; below that a file is exempt
BROAD = 0.2  # of the source files; a wider scope says nothing of one file
HOT = 10  # the busiest tenth
EXEMPT = ("document", "test", "generated", "binary", "short")


class Source(NamedTuple):
    """A source file: its lines, the commits of the year that touched it, and the ids of the records over it."""

    path: str
    lines: int
    commits: int
    records: tuple[str, ...]


class Wide(NamedTuple):
    """A record whose scope is too wide to say something of one file, and how many source files it names."""

    id: str
    files: int


class Area(NamedTuple):
    """A folder, two levels deep: its files, the commits that touched them (one for each file), and how many are governed."""

    name: str
    files: int
    commits: int
    governed: int


class AreaCoverage(NamedTuple):
    """All source files with what governs them; what was exempt, by kind; scopes too wide, stale, or over nothing.

    `stale` gives, by the id of a record, the rules that speak against relying on it.
    """

    sources: tuple[Source, ...]
    exempt: tuple[tuple[str, int], ...]
    wide: tuple[Wide, ...]
    stale: tuple[tuple[str, tuple[str, ...]], ...]
    empty: tuple[str, ...]

    def hot(self) -> tuple[Source, ...]:
        """Return the busiest tenth of the files, at least one; those nobody touched are never among them."""
        most = -(-len(self.sources) // HOT)
        ranked = sorted(self.sources, key=lambda one: (-one.commits, one.path))
        return tuple(one for one in ranked[:most] if one.commits)

    def areas(self) -> list[Area]:
        """Return the areas, the busiest first."""
        found: dict[str, list[Source]] = {}
        for one in self.sources:
            found.setdefault(area_of(one.path), []).append(one)
        areas = [Area(name, len(of), commits_of(of), commits_of(of, True)) for name, of in found.items()]
        return sorted(areas, key=lambda area: (-area.commits, area.name))

    def silent(self) -> list[Area]:
        """Return busy areas that no record governs at all, the busiest first."""
        return [area for area in self.areas() if area.commits and not area.governed]


def commits_of(sources: Sequence[Source], governed: bool = False) -> int:
    """Return how many commits touched these files, one for each file; only those of governed files, if asked."""
    return sum(one.commits for one in sources if one.records or not governed)


def map_areas(
    known: Sequence[Known],
    lines: Mapping[str, int | None],
    commits: Mapping[str, int],
    stale: Mapping[str, Sequence[str]],
) -> AreaCoverage:
    """Return what governs which file. `lines` gives all files of the commit, None for a binary one."""
    exempt = dict.fromkeys(EXEMPT, 0)
    paths: list[str] = []
    for path, count in sorted(lines.items()):
        if kind := _kind(path, count):
            exempt[kind] += 1
        else:
            paths.append(path)
    over: dict[str, list[str]] = {}
    wide, empty = [], []
    for one in known:
        globs = scope_globs(one.record) if is_active(one.record) else ()
        if not globs:
            continue
        patterns = [glob_pattern(glob) for glob in globs]
        under = [path for path in paths if any(pattern.match(path) for pattern in patterns)]
        if not under:
            if not any(pattern.match(path) for path in lines for pattern in patterns):
                empty.append(one.id)
        elif len(under) > BROAD * len(paths):
            wide.append(Wide(one.id, len(under)))
        elif not stale.get(one.id):
            for path in under:
                over.setdefault(path, []).append(one.id)
    sources = tuple(Source(p, lines[p] or 0, commits.get(p, 0), tuple(over.get(p, ()))) for p in paths)
    old = tuple((name, tuple(rules)) for name, rules in sorted(stale.items()) if rules)
    return AreaCoverage(sources, tuple(exempt.items()), tuple(wide), old, tuple(empty))


def _kind(path: str, lines: int | None) -> str:
    """Return why a file is exempt, empty when it is a source."""
    if is_document(path):
        return "document"
    if is_test_file(path):
        return "test"
    if is_made(path):
        return "generated"
    return "binary" if lines is None else "short" if lines < SHORT else ""
