"""Change the code a little, many times over, and count how many of the changes a room's tests notice.

    python bench/mutation record --sample 150 --seed 1 --keep FOLDER

needs `pip install mutmut coverage`. Mutants are mutmut's and those of `mutants.py`, drawn at random over all files of
src/onrecord/ROOM; the same seed draws the same. Each is tried against the tests that run its lines (by a map that coverage.py
makes once and FOLDER keeps), the quickest first, up to the first that fails. Everything is imported and collected once; each
mutant is a fork of that process. Survivors go to FOLDER/ROOM-SEED.jsonl: file, line, kind, diff.

Left out: rules' prose and examples (they are tests), tests that measure time, and single tests of more than --slowest seconds.
What takes ten times its time and three seconds more has been noticed. So the rate is a strict one: of the room's own quick
tests alone. Unix only.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

import libcst as cst
import pytest
from lines import AT_IMPORT, MEASURES_TIME, PACKAGE, ROOT, Lines
from mutants import Mutant, mutants_of, statements
from trial import Collected, Trial


class Settings(NamedTuple):
    room: str
    tests: list[Path]
    keep: Path
    sample: int
    seed: int
    slowest: float
    longest: float


def draw(settings: Settings) -> Iterator[tuple[Mutant, str]]:
    """Yield mutants that compile and differ, in the order of the seed."""
    files = [p for p in sorted((PACKAGE / settings.room).rglob("*.py")) if p.name != "samples.py"]
    every = [mutant for file in files for mutant in mutants_of(file)]
    random.Random(settings.seed).shuffle(every)  # noqa: S311
    for mutant in every:
        try:
            new = mutant.text()
            changed = ast.dump(ast.parse(new)) != ast.dump(ast.parse(mutant.module.code))
            compile(new, str(mutant.source), "exec")
        except (SyntaxError, ValueError, cst.CSTValidationError):
            continue
        if changed:
            yield mutant, new


def measure(settings: Settings, kept: Lines, items: dict[str, pytest.Item], out: int) -> float:
    """Try mutants until enough were born, and tell the rate; return the upper end of its interval."""
    counts, started = [0, 0, 0], time.time()
    trial = Trial(kept.seconds(settings.tests, settings.slowest), settings.longest)
    lines: dict[Path, dict[int, set[str]]] = {}
    with (settings.keep / f"{settings.room}-{settings.seed}.jsonl").open("w") as survivors:
        for mutant, new in draw(settings):
            if sum(counts[:2]) >= settings.sample:
                break
            if mutant.source not in lines:
                lines[mutant.source] = kept.lines(settings.tests, mutant.source)
            known = lines[mutant.source]
            names = {n for line in statements(mutant.module.code).get(mutant.line, ()) for n in known.get(line, ())}
            at_import = names == {AT_IMPORT}  # what tests run as well is tried by them alone
            if at_import:
                names = set().union(*known.values()) - {AT_IMPORT} or set(trial.seconds)
            chosen = trial.chosen(names)
            fate = trial.fork(mutant, new, chosen, items, at_import) if chosen else Trial.SURVIVED
            counts[fate] += 1
            if fate == Trial.SURVIVED:
                place = f"{mutant.source.relative_to(ROOT)}:{mutant.line}"
                told = {"place": place, "kind": mutant.kind, "tests": len(chosen), "diff": mutant.diff()}
                survivors.write(json.dumps(told, ensure_ascii=False) + "\n")
                survivors.flush()
            if not sum(counts) % 20:
                os.write(out, f"{sum(counts)} tried, {counts[0]} survived, {time.time() - started:.0f} s\n".encode())
    survived, killed, stillborn = counts
    low, high = wilson(killed, killed + survived)
    os.write(
        out,
        f"{settings.room}: {killed} of {killed + survived} mutants killed, "
        f"{killed / (killed + survived):.1%} ({low:.1%} to {high:.1%}); {stillborn} could not be imported\n".encode(),
    )
    return high


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share."""
    z = NormalDist().inv_cdf(0.975)
    middle, spread = hits + z * z / 2, z * (hits * (total - hits) / total + z * z / 4) ** 0.5
    return (middle - spread) / (total + z * z), (middle + spread) / (total + z * z)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("room", help="a folder of src/onrecord")
    parser.add_argument("--tests", nargs="*", help="folders of tests/; the room's own unless given")
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, required=True, help="a folder for the map of lines and for the survivors")
    parser.add_argument(
        "--slowest", type=float, default=1.0, help="CPU seconds of one test, traced; slower ones are left out"
    )
    parser.add_argument("--longest", type=float, default=10.0, help="CPU seconds of all tests of one mutant, traced")
    parser.add_argument("--least", type=float, default=0.0, help="exit 1 if the whole interval lies below this share")
    given = parser.parse_args()
    os.chdir(ROOT)
    given.keep.mkdir(parents=True, exist_ok=True)
    tests = [
        file
        for room in given.tests or [given.room]
        for file in sorted((ROOT / "tests" / room).rglob("test_*.py"))
        if MEASURES_TIME not in file.name
    ]
    settings = Settings(given.room, tests, given.keep, given.sample, given.seed, given.slowest, given.longest)
    kept = Lines(given.keep)
    kept.fill(tests)
    out = os.dup(1)
    highest: list[float] = []
    then = Collected(lambda items: highest.append(measure(settings, kept, items, out)))
    pytest.main([*map(str, tests), "-p", "no:cacheprovider", "--each-case", "-q"], plugins=[then])
    sys.exit(not highest or highest[0] < given.least)


if __name__ == "__main__":
    main()
