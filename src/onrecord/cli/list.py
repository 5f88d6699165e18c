"""`onrecord list`: the records of the log, filtered and in order."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.search_index import open_log
from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, screen, vocabulary_of, wants_color, write_out
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.log import governing
from onrecord.render.records import Screen, list_json, list_markdown, list_text
from onrecord.render.words import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.adapters.search_index import Log
    from onrecord.check import Config
    from onrecord.log.search_text import Card
    from onrecord.record import Vocabulary

SORTS = ("path", "number", "date", "status", "title", "owner")
_MOST_NAMED = 3
STATUSES = ("proposed", "draft", "accepted", "rejected", "deprecated", "superseded", "unknown")


class Wanted(NamedTuple):
    """Which records are asked for, and in which order; what is None or empty is not looked at."""

    paths: Sequence[str] = ()
    status: Sequence[str] | None = None
    owner: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    scope: str | None = None
    sort: str = "path"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only records in these files or folders")
    parser.add_argument("--status", action="append", metavar="STATUS", help=f"only these: {', '.join(STATUSES)}")
    parser.add_argument("--owner", metavar="NAME", help="only records of this person or team: a name or a part of it")
    parser.add_argument("--tag", metavar="TAG", help="only records with this tag")
    parser.add_argument("--since", metavar="DATE", help="only records from this date on (2026, 2026-11 or 2026-11-22)")
    parser.add_argument("--until", metavar="DATE", help="only records up to this date, itself included")
    parser.add_argument("--scope", metavar="FILE", help="only records in force that govern this file")
    parser.add_argument("--sort", choices=SORTS, default="path", help="default: path; date puts the newest first")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Print the records that are asked for; return the exit code. None that fit is an answer, not a failure."""
    root = repository()
    config = load_config(root, options.config)
    vocabulary = vocabulary_of(config)
    with closing(read(root, config, vocabulary)) as log:
        everything = log.cards()
    cards = chosen(everything, Wanted(*(getattr(options, name) for name in Wanted._fields)), root, vocabulary)
    if options.output_format == "json":
        text = list_json(cards)
    elif options.output_format == "markdown":
        text = list_markdown(cards)
    else:
        face = Screen(screen(options.output), wants_color(options.output))
        text = list_text(cards, face, grouped=options.sort == "path") if cards else ""
    write_out(text, options.output)
    if not everything:
        return nothing(log)
    if not cards:
        say([f"none of {counted(len(everything), 'record')} is like that"])
    return 0


def read(root: Path, config: Config, vocabulary: Vocabulary) -> Log:
    """Return the log of the repository, and say on standard error when that takes long."""
    log = open_log(root, config, vocabulary, lambda line: say([line]))
    say(log.notes)
    return log


def nothing(log: Log) -> int:
    """Say that there is no record, and which files might be some; return the exit code."""
    say(no_record(log))
    return NOTHING


def no_record(log: Log) -> list[str]:
    """Return the words for a repository without records, and which files might be some."""
    from onrecord.adapters.discover import UNTRACKED

    words = ["no decision record was found here; “onrecord init” helps to begin"]
    if new := [skipped.path for skipped in log.skipped if skipped.reason == UNTRACKED]:
        more = f" and {len(new) - _MOST_NAMED} more" if len(new) > _MOST_NAMED else ""
        one = "it is read" if len(new) == 1 else "they are read"
        words = [f"git does not track {', '.join(new[:_MOST_NAMED])}{more} yet; {one} here after “git add”"]
        return words + [f"{s.path}: {s.reason}" for s in log.skipped if s.reason != UNTRACKED][:5]
    return words + [f"{skipped.path}: {skipped.reason}" for skipped in log.skipped[:5]]


def chosen(cards: list[Card], wanted: Wanted, root: Path, vocabulary: Vocabulary) -> list[Card]:
    """Return the records that are asked for, in order; raises UsageFault for what cannot be asked for."""
    if wanted.paths:
        cards = _inside(cards, wanted.paths, root)
    if wanted.scope:
        cards = _governing(cards, wanted.scope, root)
    if wanted.status:
        statuses = _statuses(wanted.status, vocabulary)
        cards = [card for card in cards if (card.status or "unknown") in statuses]
    if wanted.owner:
        cards = [card for card in cards if _names(wanted.owner, card.owners)]
    if wanted.tag:
        tag = wanted.tag.casefold().lstrip("#")
        cards = [card for card in cards if any(tag == one.casefold() for one in card.tags)]
    return _ordered(_dated(cards, wanted), wanted.sort)


def _dated(cards: list[Card], wanted: Wanted) -> list[Card]:
    since, until = _date("since", wanted.since), _date("until", wanted.until)
    if since or until:
        dated = [card for card in cards if card.date]
        if len(dated) < len(cards):
            say([f"{counted(len(cards) - len(dated), 'record')} without a date left out"])
        cards = [card for card in dated if _is_between(card.date or "", since, until)]
    return cards


def _inside(cards: list[Card], paths: Iterable[str], root: Path) -> list[Card]:
    from pathlib import Path

    from onrecord.adapters.files import in_repository

    kept: dict[Card, None] = {}
    for name in paths:
        place = in_repository(Path(name), root)
        found = [c for c in cards if place in (".", "", c.path) or c.path.startswith(f"{place}/")]
        if not found and not Path(name).exists():
            raise UsageFault(f"{name}: no such file or folder")
        kept |= dict.fromkeys(found)
    return list(kept)


def _governing(cards: list[Card], name: str, root: Path) -> list[Card]:
    """Return the records that govern a file, which need not exist yet."""
    from pathlib import Path

    from onrecord.adapters.files import in_repository
    from onrecord.adapters.git import GitError, tracked_files

    try:
        files = tracked_files(root)
    except GitError:
        files = None
    governed = governing([card.as_record() for card in cards], (in_repository(Path(name), root),), files)
    places = {(one.record.path, one.record.span.start) for one in governed}
    return [card for card in cards if (card.path, card.line) in places]


def _statuses(given: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Return the values that are asked for, in any word that the vocabulary knows."""
    from onrecord.record.vocabulary import fold
    from onrecord.rules.model import nearest

    found = set()
    for word in (word.strip() for words in given for word in words.split(",")):
        value = word.casefold() if word.casefold() in STATUSES else vocabulary.statuses.get(fold(word))
        if value is None:
            raise UsageFault(f"--status {word}: there is no such status{nearest(word, STATUSES)}")
        found.add(value)
    return found


def _names(wanted: str, people: Iterable[str]) -> bool:
    """Tell whether a name, or the beginning of one of its words, is among people."""
    name = re.compile(rf"(?<!\w){re.escape(wanted.strip().lstrip('@').casefold())}")
    return any(name.search(person.casefold()) for person in people)


def _date(flag: str, given: str | None) -> str:
    if given is None:
        return ""
    from datetime import date

    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", given):
            raise ValueError
        date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError as error:
        raise UsageFault(f"--{flag} {given}: a date is written like 2026-11-22, 2026-11 or 2026") from error
    return given


def _is_between(date: str, since: str, until: str) -> bool:
    """Compare dates as far as both are known: a record of 2026-11 is one of 2026, and may be one of 2026-11-22."""
    return date[: len(since)] >= since[: len(date)] and date[: len(until)] <= (until[: len(date)] if until else date)


def _ordered(cards: list[Card], by: str) -> list[Card]:
    """Return the records in order; what a record has not comes last."""
    if by == "date":
        return sorted(cards, key=lambda card: card.date or "", reverse=True)
    keys = {
        "path": lambda card: (card.path.rpartition("/")[0], _number(card), card.path),
        "number": lambda card: (_number(card), card.path),
        "status": lambda card: (STATUSES.index(card.status or "unknown"), _number(card), card.path),
        "title": lambda card: ((card.title or "\uffff").casefold(), card.path),
        "owner": lambda card: ((*(one.casefold().lstrip("@") for one in card.owners), "\uffff"), card.path),
    }
    return sorted(cards, key=keys[by])


def _number(card: Card) -> tuple[str, int]:
    digits = re.search(r"\d+$", card.number or "")
    return ((card.number or "")[: digits.start()] if digits else "\uffff", int(digits[0]) if digits else 0)
