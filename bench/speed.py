"""Time the command line on made records, each figure against a bare interpreter or another run of its own.

    python bench/speed.py                       # 2,000 records, five interleaved pairs
    python bench/speed.py --records 4000 --pairs 7 --rival "rumdl check --no-cache -q docs/decisions"

Prints a row for each kind of work: medians of wall and CPU seconds, their range, the ratio, and the largest memory.
The records are written here, all different; those of a real log are longer or shorter, so compare rows with each other.
"""

import argparse
import random
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

WORDS = "queue ledger tenant parcel index shard cache gateway schema worker batch tariff invoice event replica".split()  # noqa: SIM905
RECORD = """# {number}. Keep the {a} beside the {b}

* Status: {status}
* Date: 2026-{month:02}-{day:02}
* Deciders: Ada Lovelace, @grace

## Context and Problem Statement

{context}

## Considered Options

* The {a} beside the {b}
* One `{c}` for all, see [the numbers](https://example.org/{c})
* *Nothing* at all

## Decision Outcome

Chosen option: "The {a} beside the {b}", because {reason}.

### Consequences

* Good, because the {c} needs no second {d}.
* Bad, because {context_end}
"""


class Row(NamedTuple):
    """Wall and CPU seconds of each run, and the largest memory in MiB."""

    wall: list[float]
    cpu: list[float]
    memory: float


def sentence(chance: random.Random, words: int) -> str:
    """Return so many words."""
    return " ".join(chance.choice(WORDS) for _ in range(words))


def record(number: int) -> str:
    """Return the text of a record, like no other."""
    chance = random.Random(number)  # noqa: S311
    a, b, c, d = chance.sample(WORDS, 4)
    paragraphs = [f"{sentence(chance, chance.randint(20, 60)).capitalize()}." for _ in range(chance.randint(3, 9))]
    return RECORD.format(
        number=number, a=a, b=b, c=c, d=d, status=chance.choice(("Accepted", "Proposed", "Rejected")),
        month=chance.randint(1, 9), day=chance.randint(1, 28), context="\n\n".join(paragraphs),
        reason=sentence(chance, 12), context_end=f"{sentence(chance, 9)}.",
    )  # fmt: skip


def repository(folder: Path, count: int) -> Path:
    """Make a repository of so many records."""
    home = folder / str(count)
    (home / "docs" / "decisions").mkdir(parents=True)
    for number in range(1, count + 1):
        (home / f"docs/decisions/{number:05}-keep.md").write_text(record(number), "utf-8")
    for words in ("init -q", "add -A", "-c user.name=x -c user.email=x@example.com commit -qm records"):
        subprocess.run(["git", *words.split()], cwd=home, check=True)
    return home


def run(command: Sequence[str], home: Path) -> tuple[float, float, float]:
    """Run once; return wall seconds, CPU seconds and the memory of the largest process so far."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=home, capture_output=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{shlex.join(command)}: {done.stderr.decode()[-400:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def pair(
    name: str, ours: Sequence[str], theirs: Sequence[str], home: Path, pairs: int, first: Callable[[], object] = int
) -> None:
    """Interleave two commands and print a row; `first` is done before each run of ours."""
    rows = (Row([], [], 0), Row([], [], 0))
    for _ in range(pairs):
        for i, command in enumerate((ours, theirs)):
            if i == 0:
                first()
            wall, cpu, memory = run(command, home)
            rows[i].wall.append(wall)
            rows[i].cpu.append(cpu)
            rows = (rows[0]._replace(memory=memory), rows[1]) if i == 0 else rows
    ratio = statistics.median(rows[0].wall) / statistics.median(rows[1].wall)
    spread = sorted(a / b for a, b in zip(rows[0].wall, rows[1].wall, strict=True))
    print(
        f"{name:34} {statistics.median(rows[0].wall):7.3f} s  {statistics.median(rows[0].cpu):7.3f} s CPU  "
        f"{ratio:6.2f} times ({spread[0]:.2f} to {spread[-1]:.2f})  {rows[0].memory:5.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Print all rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--command", default=f"{sys.executable} -m onrecord", help="how to start OnRecord")
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument(
        "--rival", help="another command, run in the same repository, to compare cold and warm runs with"
    )
    options = parser.parse_args()
    command, bare = shlex.split(options.command), [sys.executable, "-I", "-c", "pass"]
    folder, check = "docs/decisions", [*command, "check", "docs/decisions"]
    with tempfile.TemporaryDirectory() as scratch:
        small, large = repository(Path(scratch), 50), repository(Path(scratch), options.records)
        half = repository(Path(scratch), options.records // 2)
        one = f"{folder}/00007-keep.md"
        text = (large / one).read_text("utf-8")
        counter = iter(range(10**6))

        def edit(home: Path) -> None:
            (home / one).write_text(f"{text}\nEdit {next(counter)}.\n", "utf-8")

        for verb in (["--help"], ["explain", "owner-missing"]):
            pair(f"{verb[0]}, to a bare interpreter", [*command, *verb], bare, small, options.pairs * 2)
        pair(
            "one record, new text, to the same",
            [*command, "check", one],
            bare,
            small,
            options.pairs * 2,
            lambda: edit(small),
        )
        pair("one record, known, to the same", [*command, "check", one], bare, small, options.pairs * 2)
        rival = shlex.split(options.rival) if options.rival else check
        to = "the other command" if options.rival else "a warm run"
        run(check, large)
        pair(f"{options.records}, --no-cache, to {to}", [*check, "--no-cache"], rival, large, options.pairs)
        pair(f"{options.records}, warm, to {to}", check, rival, large, options.pairs)
        pair("one changed, to a warm run", check, check, large, options.pairs, lambda: edit(large))
        cpu = [statistics.median(run([*check, "--no-cache"], home)[1] for _ in range(3)) for home in (half, large)]
        print(f"twice the records, --no-cache: {cpu[1] / cpu[0]:.2f} times the CPU")


if __name__ == "__main__":
    main()
