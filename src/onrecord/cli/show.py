"""`onrecord show`: one record at a glance, and what it is tied to."""

from __future__ import annotations

import posixpath
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import in_repository
from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, screen, vocabulary_of, wants_color, write_out
from onrecord.cli.list import nothing, read
from onrecord.cli.main import USAGE, UsageFault
from onrecord.cli.selection import select_files, untracked_candidates
from onrecord.log.links import has_number, record_named
from onrecord.log.similar import Vectors, related_to
from onrecord.record import record_facts
from onrecord.render.one_record import RELATION_WORDS, Near, Shown, Tie, choices, record_json, record_text
from onrecord.render.records import Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from onrecord.adapters.search_index import Log
    from onrecord.check import Config
    from onrecord.log.search_text import Card
    from onrecord.record import DecisionRecord

_NUMBER = re.compile(r"(?:ADR[-_ ]?)?#?0*(?P<number>\d{1,5})", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "name", nargs="+", metavar="NAME", help="a number (12, ADR-12, 0012), a path, or words of the title"
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Find the record and print it; return the exit code."""
    root = repository()
    config = load_config(root, options.config)
    with closing(read(root, config, vocabulary_of(config))) as log:
        cards, texts = with_just_written(log, root, config)
        if not cards:
            return nothing(log)
    name = " ".join(options.name)
    found = named(name, cards, root)
    if len(found) > 1:
        say(which_of(name, found))
        return USAGE
    shown = shown_of(found[0], cards, texts, root, config)
    if options.output_format == "json":
        write_out(record_json(shown, record_facts(shown.record).value), options.output)
    else:
        write_out(record_text(shown, Screen(screen(options.output), wants_color(options.output))), options.output)
    return 0


def with_just_written(log: Log, root: Path, config: Config) -> tuple[list[Card], list[str]]:
    """Return `cards` and `texts` of the log, and of what git does not track yet: who names a record may just have written it."""
    from onrecord.adapters.entries import EntryReader

    cards, texts = log.cards(), log.texts()
    known = {card.path for card in cards}
    reader = EntryReader(root, config, vocabulary_of(config))
    for name in untracked_candidates(root, config):
        content = reader.content(name) if name not in known else None
        for card, text in reader.read(name, content) if content is not None else ():
            cards.append(card)
            texts.append(f"{text.title}\n{text.body}")
    return cards, texts


def which_of(name: str, found: list[Card]) -> list[str]:
    """Return the words for a name that several records go by, with these records."""
    return [f"“{name}” may be one of {len(found)} records; a path or more of the title tells which", *choices(found)]


def named(name: str, cards: list[Card], root: Path) -> list[Card]:
    """Return the records that go by a name, at least one; raises UsageFault when there is none."""
    if found := _going_by(name, cards, root):
        return found
    raise UsageFault(f"no record goes by “{name}”{_nearest(name, cards)} “onrecord search” looks into the texts")


def _going_by(name: str, cards: list[Card], root: Path) -> list[Card]:
    """Return the records that go by a name: by path, else by number, else by title or file name."""
    places = {in_repository(Path(name), root), posixpath.normpath(name)}
    if found := [card for card in cards if card.path in places]:
        return found
    if (match := _NUMBER.fullmatch(name)) and (
        found := [card for card in cards if has_number(card.as_record(), match["number"] or "0")]
    ):
        return found
    wanted = _folded(name)
    named = [(card, _folded(card.title or ""), _folded(card.path)) for card in cards]
    prefixed = re.sub(r"(?<=\D)0+(?=\d)", "", wanted)
    for fits in (
        [card for card, title, _ in named if wanted in (title, _folded(card.number or "-")) or prefixed == card.number],
        [card for card, title, _ in named if wanted in title],
        [card for card, title, path in named if all(word in title or word in path for word in wanted.split())],
    ):
        if fits:
            return fits
    return []


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _nearest(name: str, cards: list[Card]) -> str:
    from difflib import get_close_matches

    titles = {_folded(card.title or ""): card.title for card in cards}
    near = get_close_matches(_folded(name), list(titles), 1, 0.5)
    return f"; did you mean “{titles[near[0]]}”?" if near else ";"


def shown_of(card: Card, cards: list[Card], texts: list[str], root: Path, config: Config) -> Shown:
    """Return one record of the log with what it is tied to; `texts` are those of all `cards`, in their order."""
    records = [one.as_record() for one in cards]
    at = cards.index(card)
    read_again = [file.record for file in select_files([str(root / card.path)], root, config).files]
    record = next((one for one in read_again if one.span.start == card.line), records[at])
    likeness = related_to(at, Vectors(texts))
    ties = tuple(dict.fromkeys((*_own_ties(at, cards, records), *_others_ties(at, cards, records))))
    tied = {tie.card for tie in ties}
    near = [
        Near(cards[one.place], one.score, group is likeness.twins)
        for group in (likeness.twins, likeness.related)
        for one in group
        if cards[one.place] not in tied
    ]
    return Shown(card, record, ties, tuple(near))


def _own_ties(at: int, cards: list[Card], records: list[DecisionRecord]) -> Iterator[Tie]:
    for kind, link in cards[at].relations:
        to = _followed(link, cards[at], records)
        found = None if to is None else next(c for c, r in zip(cards, records, strict=True) if r is to)
        yield Tie(RELATION_WORDS[kind][0], "" if found else link, found)


def _others_ties(at: int, cards: list[Card], records: list[DecisionRecord]) -> Iterator[Tie]:
    """Yield what other records say of this one."""
    for card in cards:
        for kind, link in card.relations:
            is_near = card is not cards[at] and _followed(link, card, records[at : at + 1]) is not None
            if is_near and _followed(link, card, records) is records[at]:
                yield Tie(RELATION_WORDS[kind][1], "", card)


def _followed(link: str, card: Card, records: list[DecisionRecord]) -> DecisionRecord | None:
    """Return the record a link leads to: from the folder of the record that holds it, else by the end of its path."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(card.path), link.split("#", 1)[0]))
    there = [record for record in records if record.path == beside]
    if len(there) == 1:
        return there[0]
    if link.strip("# ").isdigit():
        same = [record for record in records if has_number(record, link.strip("# "))]
        return same[0] if len(same) == 1 else None
    return record_named(link, records)
