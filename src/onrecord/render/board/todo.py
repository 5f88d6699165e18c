"""What to do next, and all that is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coverage.score import HINT
from onrecord.coverage.steps import listings
from onrecord.render.board.pieces import file_address, foreign, link, section, sentence, short, step, text
from onrecord.render.coverage import parts_of
from onrecord.render.review import shell_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.coverage.steps import Listing, Missing
    from onrecord.render.board.model import Board

_FIRST = 3
_QUOTED = re.compile(r"“([^”]*)”")
_SHOWN = 8


def next_steps(board: Board) -> str:
    """Return the section on top: where to begin."""
    found = enumerate(listings(board.report, HINT), 1)
    names = _places(board)
    items = [_next(names, board, one, at) for at, one in found if one.step or one.entries[0].step][:_FIRST]
    told = [*board.report.warnings, *_unasked(board)]
    begin = "".join(f'<p class="callout">{text(words)}</p>' for words in told)
    done = (
        "" if items else '<p class="callout">Nothing that was asked for is missing, and no list is left to work on.</p>'
    )
    return section(
        "next", "What to do next", "", begin, done, f'<ol class="next">{"".join(items)}</ol>' if items else ""
    )


def _unasked(board: Board) -> list[str]:
    """Return why there is no share, where there are pull requests and none was asked."""
    pulls = board.report.pulls
    return [parts_of(board.report)[0].notes[0]] if pulls.pulls and not pulls.asked() else []


def _next(names: Mapping[str, str], board: Board, one: Listing, at: int) -> str:
    first = one.entries[0]
    what = f" {foreign(first.what)}" if first.what else f" <small>{foreign(first.seen)}</small>"
    day = f" <time>{text(first.day)}</time>" if first.day else ""
    all_of = f' <a class="all" href="#list-{at}">See all {len(one.entries)}</a>' if len(one.entries) > 1 else ""
    help_with = step(sentence(_filled(first.step or one.step, first, names)))
    return (
        f'<li><p class="count">{len(one.entries)}</p><div><h3>{text(one.heading.partition(";")[0])}{all_of}</h3>'
        f'<p class="begin"><span class="tag">{"Begin with " if all_of else ""}</span>{_name(names, board, first)}{what}{day}</p>'
        f"{help_with}</div></li>"
    )


def lists(board: Board) -> str:
    """Return the section of all lists."""
    found, names = listings(board.report, HINT), _places(board)
    return section(
        "lists",
        "What is missing",
        "Each line is a place where somebody will ask “why?” one day. What would help stands beside it."
        if found
        else "Nothing.",
        *(_list(names, board, one, at) for at, one in enumerate(found, 1)),
    )


def _list(names: Mapping[str, str], board: Board, one: Listing, at: int) -> str:
    heading, _, order = one.heading.partition("; ")
    rows = [_entry(names, board, entry, one.step) for entry in one.entries]
    remark = f'<p class="fine">{text(sentence(order))}.</p>' if order else ""
    return (
        f'<details class="list" id="list-{at}"{" open" if at == 1 else ""}><summary><h3>{text(heading)}</h3>'
        f' <span class="badge">{len(rows)}</span></summary>{remark}{step(sentence(one.step))}{short("li", rows, _SHOWN, "entries")}</details>'
    )


def _entry(names: Mapping[str, str], board: Board, one: Missing, help_with_all: str) -> str:
    day = f"<time>{text(one.day)}</time>" if one.day else ""
    title = f'<span class="title">{foreign(one.what)}</span>' if one.what else ""
    own = step(one.step) if one.step else _ready(one, help_with_all, names)
    return (
        f'<li><p class="head"><span class="name">{_name(names, board, one)}</span> {title} {day}</p>'
        f'<p class="seen">{foreign(one.seen)}</p>{own}</li>'
    )


def _ready(one: Missing, words: str, names: Mapping[str, str]) -> str:
    """Return the line to copy for one entry, where the help with all of them leaves a place for it."""
    filled = _filled(words, one, names)
    parts = zip(_QUOTED.findall(words), _QUOTED.findall(filled), strict=False)
    return step(next((f"“{after}”" for before, after in parts if before != after), ""))


def _filled(words: str, one: Missing, names: Mapping[str, str]) -> str:
    """Return the help with an entry, its own name in the place that is left for it: a number, a folder in YAML, a file."""
    if one.name.startswith("#"):
        return words.replace("#NUMBER", one.name)
    path = names.get(one.name)
    if path is None or any(mark in path for mark in "“”\n"):
        return words
    folder = path.replace("'", "''")
    return words.replace("FOLDER/…", f"{folder}/**").replace("check FILE", f"check {shell_word(path)}")


def _places(board: Board) -> dict[str, str]:
    """Return the path that each name of an area (where these are folders) or a record stands for."""
    areas = board.report.areas
    folders = [area.name for area in areas.areas()] if areas.grouping == "folders" else []
    return dict(zip(folders, folders, strict=True)) | {one.id: one.record.path for one in board.report.known}


def _name(names: Mapping[str, str], board: Board, one: Missing) -> str:
    if one.name.startswith("#"):
        return link(f"{board.address}/pull/{one.name[1:]}" if board.address else "", text(one.name))
    path = names.get(one.name, "")
    return link(file_address(board, path) if path else "", f"<code>{foreign(one.name)}</code>")
