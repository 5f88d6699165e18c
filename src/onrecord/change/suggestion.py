"""What a team may set, after a calibration: only what was measured, and only what stays quiet."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from onrecord.change.calibration import ALARM, Calibration, Share, Tally
from onrecord.change.paths import is_contract, is_documentation, is_generated, is_lock_file, is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.change.judge import Judged
    from onrecord.change.model import Hints

MOST = 5  # folders; a longer list is no rule that anybody remembers
_DEPTH = 4  # folders below the root; deeper ones are parts of one thing
_WIDER = 5  # more hints that wide would have given; below that, nothing tells the two apart
_FEWEST = 3  # pull requests that tell of a decision; fewer are chance
_TOOLS = re.compile(r"openapi|swagger", re.IGNORECASE)
_WRITTEN = (".json", ".yaml", ".yml")  # how what these tools describe is written down
_PLAIN = re.compile(r"[\w .@+/-]+")  # what means itself in a glob, in YAML and in Markdown


class Candidate(NamedTuple):
    """A folder, as a glob: how many pull requests touch it, and how many of these change a contract or bring a record."""

    glob: str
    share: Share
    contracts: int
    records: int


class Suggestion(NamedTuple):
    """Settings to paste. `hints` is None where nothing was measured; `paths` come on top of the team's own.

    `asks` is what asks with these paths and all triggers of the team's but its paths above the alarm rate.
    """

    hints: Hints | None
    paths: tuple[Candidate, ...]
    asks: Share


class _Touched(NamedTuple):
    """Pull requests, by their place in the list: those that touch a folder, and those with something worth a record."""

    all: set[int]
    contracts: set[int]
    records: set[int]

    @property
    def telling(self) -> set[int]:
        return self.contracts | self.records


def suggest(tally: Tally) -> Suggestion:
    """Return the loudest hints that stay below the alarm rate, and folders where at least every second change decides.

    A folder counts when half of the pull requests that touch it change a public contract or bring a record. All that
    asks together stays below the alarm rate.
    """
    asking: set[int] = set()
    for trigger, places in zip(tally.calibration.triggers, tally.fired, strict=True):
        if trigger.by != "path" or not trigger.share.is_loud:
            asking |= places
    most = ALARM * len(tally.judged)
    picked: list[Candidate] = []
    for folder, touched in _ranked(tally.judged):
        together = asking | touched.all
        nested = any(f"{folder}/".startswith(p.glob[:-2]) or p.glob.startswith(f"{folder}/") for p in picked)
        if nested or len(together) > most or together == asking:
            continue
        asking = together
        share = Share(len(touched.all), len(tally.judged))
        picked.append(Candidate(f"{folder}/**", share, len(touched.contracts), len(touched.records)))
        if len(picked) == MOST:
            break
    return Suggestion(_hints(tally.calibration), tuple(picked), Share(len(asking), len(tally.judged)))


def _hints(found: Calibration) -> Hints | None:
    if not found.tells_of_hints:
        return None
    narrow, wide = (trial.share for trial in found.trials)
    if narrow.is_loud:
        return "off"
    return "wide" if wide.part >= narrow.part + _WIDER and not wide.is_loud else "narrow"


def _ranked(judged: tuple[Judged, ...]) -> list[tuple[str, _Touched]]:
    """Return folders worth asking about, those with most to tell first, of equal ones the quieter and the shorter."""
    found: defaultdict[str, _Touched] = defaultdict(lambda: _Touched(set(), set(), set()))
    for i, one in enumerate(judged):
        brings = bool(one.facts["records_added"] or set(one.facts["record_links"]) - set(one.facts["unresolved_links"]))
        for folder, holds_contract in _folders(one):
            touched = found[folder]
            touched.all.add(i)
            if holds_contract:
                touched.contracts.add(i)
            if brings:
                touched.records.add(i)
    worth = [
        (folder, touched)
        for folder, touched in found.items()
        if len(touched.telling) >= _FEWEST and 2 * len(touched.telling) >= len(touched.all) and _PLAIN.fullmatch(folder)
    ]
    return sorted(worth, key=lambda item: (-len(item[1].telling), len(item[1].all), item[0].count("/"), item[0]))


def _folders(one: Judged) -> Iterator[tuple[str, bool]]:
    """Yield every folder above a source that the change touches, and whether that source is a contract."""
    records = set(one.facts["records_added"])
    for file in one.change.files or ():
        path = file.path
        if path in records or is_test(path) or is_documentation(path) or is_lock_file(path) or is_generated(path):
            continue
        parts = path.split("/")[:-1][:_DEPTH]
        for depth in range(1, len(parts) + 1):
            yield "/".join(parts[:depth]), _is_interface(path)


def _is_interface(path: str) -> bool:
    """Tell whether a path is a contract by itself: code about a tool is none, and neither is what CI is made of."""
    folder, _, name = path.rpartition("/")
    if not name.lower().endswith(_WRITTEN):
        name = _TOOLS.sub("", name)
    return not path.startswith(".github/") and is_contract(f"{_TOOLS.sub('', folder)}/{name}")
