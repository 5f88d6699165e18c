"""Small pieces of HTML. Whatever somebody else wrote goes through `text` or `attribute`, and through nothing else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.render.board.model import Board

EAGER = 100  # rows that are there without a script; the others wait in a template
_CODE = re.compile(r"“([^”]+)”")
_OPEN = re.compile(r"\b(NUMBER|FOLDER|FILE|NAME)\b")  # what somebody still has to fill in


def text(words: str) -> str:
    """Return one line of text as HTML; direction and control characters are shown as escapes."""
    return _escaped(" ".join(words.split()))


def _escaped(words: str) -> str:
    """Escape for text and for attributes, which all stand in double quotes."""
    return escape(for_terminal(words)).replace("&#x27;", "'")


def foreign(words: str) -> str:
    """Return the words of somebody else, which may run from right to left, apart from what stands around them."""
    return f"<bdi>{text(words)}</bdi>"


def link(address: str, shown: str) -> str:
    """Return `shown` (HTML) as a link to another place; without an address, as it is."""
    return f'<a href="{_escaped(address)}" rel="noreferrer">{shown}</a>' if address else shown


def pull_link(board: Board, number: int) -> str:
    """Return "#12", linked where GitHub shows it."""
    return link(f"{board.address}/pull/{number}" if board.address else "", f"#{number}")


def file_address(board: Board, path: str) -> str:
    """Return where GitHub shows a file as it was at the commit of the report, empty when nobody knows."""
    at = f"{board.address}/blob/{quote(board.report.sha)}/{quote(path, errors='surrogateescape')}"
    return at if board.address else ""


def section(name: str, heading: str, lead: str, *body: str) -> str:
    """Return a section with a heading and a sentence below it; `body` is HTML."""
    said = f'<p class="lead">{text(lead)}</p>' if lead else ""
    inside = "\n".join(filter(None, body))
    return (
        f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{text(heading)}</h2>{said}\n'
        f"{inside}\n</section>"
    )


def code(words: str) -> str:
    """Return code that a script puts a button beside, which copies it."""
    return f"<code data-copy>{text(words)}</code>"


def step(words: str) -> str:
    """Return what would help; what stands between “ and ” is code, and can be copied once nothing is left to fill in."""
    shown = [_code(part) if at % 2 else _escaped(part) for at, part in enumerate(_CODE.split(words))]
    return f'<p class="step">{"".join(shown)}</p>' if words else ""


def _code(words: str) -> str:
    return f"<code>{text(words)}</code>" if _OPEN.search(words) else code(words)


def sentence(words: str) -> str:
    """Return words that begin with a capital letter; a command stays as it is."""
    first = words.partition(" ")[0]
    return words[:1].upper() + words[1:] if first.isalpha() and first != "git" else words


def facts(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return names, values and remarks as a table; a name that begins with spaces belongs to the one above."""
    lines = [
        f'<tr{" class=sub" if name.startswith(" ") else ""}><th scope="row">{foreign(name)}</th><td>{text(value)}</td>'
        f"<td>{foreign(note) if note else ''}</td></tr>"
        for name, value, note in rows
    ]
    head = '<thead class="quiet"><tr><th scope="col">What</th><th scope="col">How much</th><th scope="col">Remark</th></tr></thead>'
    return f'<table class="facts">{head}<tbody>{"".join(lines)}</tbody></table>'


def short(kind: str, rows: Sequence[str], first: int, what: str, around: tuple[str, str] = ("", "")) -> str:
    """Return a long list of which a script shows the first few, and all at a click; on paper all are there.

    `rows` are HTML of `kind` ("li" in a list, "tr" in a table between `around`), `what` says what they are ("records").
    """
    tag, open_tag = ("tbody", "<tbody data-rows>") if kind == "tr" else ("ol", '<ol class="items" data-rows>')
    rest = "".join(rows[EAGER:])
    more = f"<template>{rest}</template>" if rest else ""
    left = (
        f"<noscript><p>A script is needed to show the other {len(rows) - EAGER} {text(what)}.</p></noscript>"
        if rest
        else ""
    )
    inside = f"{around[0]}{open_tag}{''.join(rows[:EAGER])}</{tag}>{around[1]}"
    return f'<div class="short" data-first="{first}" data-all="{len(rows)}" data-what="{text(what)}">{inside}{more}{left}</div>'
