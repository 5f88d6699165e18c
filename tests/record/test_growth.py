"""Reading time grows with the text and no faster, also for texts that are built to hurt."""

from __future__ import annotations

import time

import pytest

from onrecord.markdown import plain
from onrecord.record import parse_record, record_facts
from onrecord.record.placeholders import find_placeholder

HURTFUL = {
    "nested quotes": lambda n: "> " * 15 + "\n" + ("> " * 12 + "word\n") * (n // 2),
    "long table": lambda n: "| a | b |\n|---|---|\n" + "| x | y |\n" * n,
    "unclosed comments": lambda n: "text <!-- open\n\n" * n,
    "headings": lambda n: "## Decision\n\nWe will.\n\n" * n,
    "options": lambda n: "## Considered Options\n\n" + "* Redis, because it is fast\n" * n,
    "different options": lambda n: "## Considered Options\n\n" + "".join(f"* Store number {i}\n" for i in range(n)),
    "options weighed": lambda n: (
        "## Considered Options\n\n"
        + "".join(f"* Store {i} of {i}\n" for i in range(n // 4))
        + "\n## Pros and Cons of the Options\n\n"
        + "".join(f"### Store {i} of {i}\n\n* Good, because x\n\n" for i in range(n // 4))
    ),
    "labels": lambda n: "## Decision\n\n" + "Decision: x\nInstead of: y\nOwner: z\n" * n,
    "links": lambda n: "[a](b.md) " * n,
    "prose": lambda n: "We considered Redis, but it is slow. Instead of it we use PostgreSQL.\n\n" * n,
}
START = 300
SHORTEST_S = 0.03
TRIES = 3
AT_MOST = 8.0  # two doublings: four times the time when it grows with the text, sixteen when with its square


def cpu_seconds(text: str) -> float:
    plain.cache_clear()  # a warm cache would make the small text look too fast
    find_placeholder.cache_clear()
    start = time.process_time()
    record_facts(parse_record(text, "docs/adr/0007-x.md"))
    return time.process_time() - start


@pytest.mark.parametrize("name", HURTFUL)
def test_time_grows_with_the_text(name: str) -> None:
    """Measured in pairs, side by side in time: what else the machine does then slows both alike."""
    make = HURTFUL[name]
    size = START
    while cpu_seconds(make(size)) < SHORTEST_S and size < 20_000:  # long enough to be measured
        size *= 2
    small, large = make(size), make(4 * size)
    ratios: list[float] = []
    while len(ratios) < TRIES and not any(ratio <= AT_MOST for ratio in ratios):  # one good pair is proof
        ratios.append(cpu_seconds(large) / cpu_seconds(small))
    assert min(ratios) <= AT_MOST, (
        f"{size} to {4 * size}: {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the CPU"
    )
