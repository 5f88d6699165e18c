"""Does the name of a decision find what was said of it? hit@1, 3 and 5 over the questions about decisions of QMSum.

    python bench/evidence.py FOLDER [--width 12] [--all]

FOLDER holds meetings of QMSum as JSON (https://github.com/Yale-LILY/QMSum, MIT: data/ALL/train and data/ALL/val), in
any depth; they stay outside of the repository. A hit is a window with at least one gold turn among the first ones. Chance
is the same with windows drawn at random. QMSum's questions were written by people who had read the meeting: names that
people type from memory find less.
"""

import argparse
import json
import random
import re
import time
from pathlib import Path
from typing import Any

from onrecord.adapters.evidence_index import find_windows
from onrecord.draft.evidence import COUNT, Window, best, spans_of
from onrecord.draft.transcript import Transcript, Turn

RANKS = (1, 3, 5)
DRAWS = 20
_DECISION = re.compile(r"\bdeci(?:de[sd]?|sions?|ding)\b", re.IGNORECASE)


def meetings(folder: Path) -> list[tuple[Transcript, list[tuple[str, set[int]]]]]:
    """Return each meeting with its questions and the numbers of the turns that answer them."""
    found = []
    for path in sorted(folder.rglob("*.json")):
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        turns = (Turn(i, one["speaker"], one["content"]) for i, one in enumerate(data["meeting_transcripts"], 1))
        asked = [(one["query"], gold(one["relevant_text_span"])) for one in data["specific_query_list"]]
        found.append((Transcript(tuple(turns)), asked))
    return found


def gold(spans: list[list[str]]) -> set[int]:
    """Return the numbers of the turns in these spans, which count from 0 and hold both ends."""
    return {number + 1 for first, last in spans for number in range(int(first), int(last) + 1)}


def rank_of(windows: list[Window], wanted: set[int]) -> int:
    """Return the place of the first window with a gold turn, from 1 on; 99 for none."""
    hits = (place for place, window in enumerate(windows, 1) if any(turn.number in wanted for turn in window.turns))
    return next(hits, 99)


def main() -> None:
    """Print the share of questions whose gold turns are among the first windows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--width", type=int, default=12)
    parser.add_argument("--all", action="store_true", help="questions of all kinds")
    options = parser.parse_args()
    seeded, ranks, chance, spent = random.Random(7), [], [], 0.0  # noqa: S311 - the same draws each time
    for transcript, asked in meetings(options.folder):
        for query, wanted in asked:
            if not options.all and not _DECISION.search(query):
                continue
            start = time.perf_counter()
            ranks.append(rank_of(find_windows(transcript, query, COUNT, options.width).windows, wanted))
            spent += time.perf_counter() - start
            spans = spans_of(transcript, options.width)
            for _ in range(DRAWS):
                drawn = [(place, 0.0) for place in seeded.sample(range(len(spans)), len(spans))]
                chance.append(rank_of(best(spans, drawn, query), wanted))
    print(f"{len(ranks)} questions, windows of {options.width} turns, {1000 * spent / max(1, len(ranks)):.1f} ms each")
    for most in RANKS:
        hit, random_hit = (sum(rank <= most for rank in some) / max(1, len(some)) for some in (ranks, chance))
        print(f"hit@{most} {hit:.3f}   by chance {random_hit:.3f}")


if __name__ == "__main__":
    main()
