"""What a coding assistant may ask: each tool answers with the JSON and the text of the verb that a person would use."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.adapters.files import in_repository
from onrecord.adapters.git import GitError
from onrecord.adapters.mcp_server import Reply
from onrecord.adapters.settings import load_config
from onrecord.check import Config, ConfigFault
from onrecord.cli import list as listing
from onrecord.cli import search as searching
from onrecord.cli import show as showing
from onrecord.cli import why as asking
from onrecord.cli.common import vocabulary_of
from onrecord.cli.main import UsageFault
from onrecord.cli.mcp_words import MOST_HITS
from onrecord.cli.why_search import search as search_why
from onrecord.record import record_facts
from onrecord.render import why as why_face
from onrecord.render.assistant import as_text, as_value
from onrecord.render.one_record import record_json, record_text
from onrecord.render.records import Result, Screen, list_json, list_text, search_json, search_text
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.adapters.search_index import Log

    Answer = tuple[str, dict[str, Any]]
    Ask = Callable[[Path, dict[str, Any]], Answer]


def call(root: Path, tool: str, arguments: dict[str, Any]) -> Reply:
    """Carry out a call on the repository at `root`, which has to be the current folder.

    Whatever goes wrong is a sentence for the assistant.
    """
    try:
        text, value = _ASK[tool](root, arguments)
        return Reply(as_text(text), as_value(value))
    except (UsageFault, ConfigFault) as fault:
        return Reply(as_text(str(fault)), None)
    except GitError as error:
        return Reply(as_text(f"git: {error}"), None)
    except Exception as error:
        what = f"internal error, please report it: {type(error).__name__}: {error}"
        print(f"onrecord: {as_text(what)}", file=sys.stderr)
        return Reply(as_text(what), None)


def _open(root: Path) -> tuple[Config, Log]:
    """Return the configuration and the log as they are now; raises UsageFault when there is no record."""
    config = load_config(root, None)
    log = listing.read(root, config, vocabulary_of(config))
    if not log.cards():
        with closing(log):
            raise UsageFault("\n".join(listing.no_record(log)))
    return config, log


def _search(root: Path, arguments: dict[str, Any]) -> Answer:
    query, limit = arguments["query"], arguments.get("limit", 10)
    searching.verify_query(query)
    _, log = _open(root)
    with closing(log):
        found = log.search(query, limit)
    results = [Result(*hit) for hit in found.hits]
    more = [f"{len(results)} of {found.total} shown"] if len(results) < found.total else []
    text = _with(search_text(results, Screen()), *searching.how_found(query, found), *more)
    return text, json.loads(search_json(query, results, found.total, found.every))


def _show(root: Path, arguments: dict[str, Any]) -> Answer:
    name = arguments["record"]
    config, log = _open(root)
    with closing(log):
        cards, texts = log.cards(), log.texts()
    found = showing.named(name, cards, root)
    if len(found) > 1:
        raise UsageFault("\n".join(showing.which_of(name, found)))
    shown = showing.shown_of(found[0], cards, texts, root, config)
    return record_text(shown, Screen()), json.loads(record_json(shown, record_facts(shown.record).value))


def _why(root: Path, arguments: dict[str, Any]) -> Answer:
    given, line = arguments["path"], arguments.get("line", 0)
    path = inside(given, root)
    if not line:
        path, line = asking.split(path)
    elif not asking.is_there(path):
        raise UsageFault(f"{given}: there is no such file or folder")
    elif Path(path).is_dir():
        raise UsageFault(f"{given}: a folder has no lines")
    told = search_why(path, line, 5)
    return why_face.render_text(told), json.loads(why_face.render_json(told))


def _list(root: Path, arguments: dict[str, Any]) -> Answer:
    wanted = {name: value for name, value in arguments.items() if name != "limit"}
    if "scope" in wanted:
        wanted["scope"] = inside(wanted["scope"], root)
    if isinstance(status := wanted.get("status"), str):
        wanted["status"] = [status]
    config, log = _open(root)
    with closing(log):
        everything = log.cards()
    order = {"sort": "path"} if "scope" in wanted else {"sort": "date"}
    cards = listing.chosen(everything, listing.Wanted(**wanted, **order), root, vocabulary_of(config))
    shown = cards[: arguments.get("limit", MOST_HITS)]
    value = json.loads(list_json(shown))
    if len(shown) < len(cards):
        value["notes"] = [f"{len(shown)} of {counted(len(cards), 'record')} shown; a filter or a limit brings others."]
    nothing = [] if cards else [f"none of {counted(len(everything), 'record')} is like that"]
    return _with(list_text(shown, Screen(), grouped=False), *nothing, *value.get("notes", [])), value


def _check(root: Path, arguments: dict[str, Any]) -> Answer:
    from onrecord.cli.mcp_draft import check_draft  # loads the rules, which nothing else needs

    path = arguments.get("path", "")
    return check_draft(arguments["text"], inside(path, root) if path else "", root)


def inside(name: str, root: Path) -> str:
    """Return a path relative to the repository; raises UsageFault for one outside of it, or in git's own folder."""
    path = in_repository(root / name, root)
    if "\0" in name or Path(path).is_absolute():
        raise UsageFault(f"{name}: this is outside of the repository")
    if path.split("/")[0].casefold() == ".git":
        raise UsageFault(f"{name}: this is git's own folder, where nobody decides anything")
    return path


def _with(text: str, *notes: str) -> str:
    """Return text with sentences below it."""
    return "\n".join(part for part in (text.rstrip("\n"), *notes) if part) + "\n"


_ASK: dict[str, Ask] = {
    "why": _why,
    "search_decisions": _search,
    "show_decision": _show,
    "list_decisions": _list,
    "check_draft": _check,
}
