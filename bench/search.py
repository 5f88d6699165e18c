"""Does a record find the ones it links to? One row for each folder: hit@5 over records that link to others.

    python bench/search.py FOLDER …

Links, file names and numbers of records are taken out of the texts first, labels included, on both sides. Then each
record that held a link asks for its neighbors in three ways: as `onrecord search` would with its whole text,
with its title alone, and as `onrecord show` does for what reads alike. A hit is any linked record among the first five.
"""

import argparse
import posixpath
import re
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from onrecord.adapters.search_index import Log, open_log
from onrecord.check import Config
from onrecord.cli.pull_request import read_log
from onrecord.log.links import record_named
from onrecord.log.search_text import is_text, match_expression
from onrecord.log.similar import Vectors
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import shipped

FIRST = 5
_LINKS = re.compile(
    r"!?\[[^\]\n]*\]\([^)\n]*\)|\[\[[^\]\n]*\]\]|^\[[^\]\n]+\]:.*$|<?https?://\S+"
    r"|\b[\w./-]+\.mdx?\b|\b(?:ADR|DR|AD|RFC|PDR)[-_ #]*\d[\w-]*|\b\d{3,4}-[a-z][\w-]+",
    re.IGNORECASE | re.MULTILINE,
)
_MENTION = re.compile(r"\bADR[-_ #]{0,3}\d{1,5}\b", re.IGNORECASE)


class Score(NamedTuple):
    """How many records asked, and how many of them found a neighbor in each way; `chance` is expected by chance."""

    asked: int
    by_text: int
    by_title: int
    alike: int
    chance: float


def linked(record: DecisionRecord, records: list[DecisionRecord], text: str) -> set[str]:
    """Return the paths of the other records that a record links to or mentions."""
    by_path = {one.path for one in records}
    folder = posixpath.dirname(record.path)
    targets = [mark.text.split("#", 1)[0] for mark in record.links]
    found = {posixpath.normpath(posixpath.join(folder, target)) for target in targets if target} & by_path
    names = [*record.supersedes, *record.superseded_by, *record.amends, *record.relates_to, *_MENTION.findall(text)]
    found |= {other.path for name in names if (other := record_named(name, records))}
    return found - {record.path}


def measure(folder: Path) -> Score:
    """Return the score of one folder of records."""
    records = [record for record in read_log(folder, Config()) if record.kind == "record"]
    gold: dict[str, set[str]] = defaultdict(set)
    with tempfile.TemporaryDirectory() as home:
        for path in {record.path for record in records}:
            text = (folder / path).read_text("utf-8", errors="replace")
            for record in records:
                if record.path == path:
                    gold[path] |= linked(record, records, text)
            target = Path(home) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_LINKS.sub(" ", text), "utf-8")
        with closing(open_log(Path(home), Config(), shipped(), print)) as log:
            return score(log, gold)


def score(log: Log, gold: dict[str, set[str]]) -> Score:
    """Ask for the neighbors of every record that has some."""
    cards, texts = log.cards(), log.texts()
    vectors = Vectors(texts)
    there = {card.path for card in cards}
    counts = [0, 0, 0, 0]
    chance = 0.0
    for i, card in enumerate(cards):
        wanted = gold[card.path] & there
        if not wanted:
            continue
        near = [cards[one.place].path for one in vectors.nearest(i)]
        ways = (
            searched(log, re.sub(r'["*]', " ", texts[i]), card.path),
            searched(log, card.title or "", card.path),
            near,
        )
        hits = [not wanted.isdisjoint([path for path in way if path != card.path][:FIRST]) for way in ways]
        counts = [count + hit for count, hit in zip(counts, [True, *hits], strict=True)]
        missed = 1.0
        for k in range(min(FIRST, len(cards) - 1)):
            missed *= max(0.0, 1 - len(wanted) / (len(cards) - 1 - k))
        chance += 1 - missed
    return Score(counts[0], counts[1], counts[2], counts[3], chance)


def searched(log: Log, query: str, own: str) -> list[str]:
    """Return the paths that a search finds, best first; of a title any word will do."""
    if is_text(query):
        return [hit.card.path for hit in log.search(query, FIRST + 1).hits if hit.card.path != own]
    expression = match_expression(query, every=False)
    return [hit.card.path for hit in log.matching(expression, FIRST + 1) if hit.card.path != own] if expression else []


def row(name: str, found: Score) -> str:
    """Return one row of the table."""
    shares = [f"{count / found.asked:.2f}" if found.asked else "-" for count in found[1:]]
    return f"| {name} | {found.asked} | {' | '.join(shares)} |"


def main() -> None:
    """Measure every folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    folders = parser.parse_args().folders
    print(f"| records | asked | search by text, hit@{FIRST} | search by title | reads alike | chance |")
    print("|---|---|---|---|---|---|")
    total = Score(0, 0, 0, 0, 0.0)
    for folder in folders:
        found = measure(folder)
        total = Score(*(a + b for a, b in zip(total, found, strict=True)))
        print(row(folder.name, found), flush=True)
    print(row("all", total))


if __name__ == "__main__":
    main()
