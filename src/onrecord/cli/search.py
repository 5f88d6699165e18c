"""`onrecord search`: the records that are about something, best first."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, screen, vocabulary_of, wants_color, write_out
from onrecord.cli.list import nothing, read
from onrecord.cli.main import UsageFault
from onrecord.render.records import Result, Screen, search_json, search_text
from onrecord.render.words import counted

if TYPE_CHECKING:
    import argparse

    from onrecord.adapters.search_index import Found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "query",
        nargs="+",
        metavar="WORD",
        help="words to look for; '\"in quotes\"' for words side by side, sess* for all words that begin so",
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="how many results (default: 10)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument("--config", metavar="FILE", help="configuration file")


def run(options: argparse.Namespace) -> int:
    """Search and print; return the exit code. Nothing found is an answer, not a failure."""
    if options.limit < 1:
        raise UsageFault(f"--limit {options.limit}: a number from 1 on")
    query = " ".join(options.query)
    verify_query(query)
    root = repository()
    config = load_config(root, options.config)
    with closing(read(root, config, vocabulary_of(config))) as log:
        if not log.cards():
            return nothing(log)
        found = log.search(query, options.limit)
    results = [Result(*hit) for hit in found.hits]
    if options.output_format == "json":
        write_out(search_json(query, results, found.total, found.every), options.output)
    else:
        write_out(search_text(results, Screen(screen(options.output), wants_color(options.output))), options.output)
    say(how_found(query, found))  # standard output holds nothing but results
    if len(found.hits) < found.total:
        say([f"{len(found.hits)} of {found.total} shown; “--limit {found.total}” shows all"])
    return 0


def verify_query(query: str) -> None:
    """Raise UsageFault for a query without any word."""
    if not any(ch.isalnum() for ch in query):
        raise UsageFault(f"{query}: there is no word in it to look for")


def how_found(query: str, found: Found) -> list[str]:
    """Return what the results are of, in words; nothing when all words of the query are in them."""
    if not found.hits:
        more = f" (“{query}*” looks for words that begin so)" if query.isalnum() else ""
        return [f"no record says anything of: {query}{more}"]
    return [] if found.every else [f"no record has all these words; {counted(found.total, 'record')} with some of them"]
