"""Records in rows: the whole log, or what a search found; for a terminal, a pipe, Markdown and JSON."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from onrecord.log.search_text import END, MARK, RELATIONS
from onrecord.render.columns import cut, pad, painter, width_of, wrap
from onrecord.render.json_report import as_json
from onrecord.render.safe import for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.log.search_text import Card

STATUS_COLORS = {"accepted": "32", "proposed": "33", "draft": "33", "rejected": "31"}
_DIM, _BOLD = "2", "1"
_GAP = "  "
_MOST_OWNERS, _SHARE_OF_OWNERS = 24, 4  # columns, and which part of a wide screen
_LEAST_OWNERS = 18
_MOST_PEOPLE = 2
_LEAST_TITLE = 30  # columns; owners and then dates make room for it
_MOST_LINE = 100  # columns of running text, which nobody likes to read wider


class Screen(NamedTuple):
    """What is written to: columns of the terminal, None for a pipe or a file; whether it shows colors."""

    columns: int | None = None
    color: bool = False


class Result(NamedTuple):
    """One thing that a search found: its card, its score, and text with MARK and END around what matches."""

    card: Card
    score: float
    snippet: str


def card_json(card: Card) -> dict[str, Any]:
    """Return a card as JSON."""
    named = {name: [to for kind, to in card.relations if kind == name] for name in RELATIONS}
    return {key: value for key, value in card._asdict().items() if key != "relations"} | named


def list_json(cards: Iterable[Card]) -> str:
    """Return all records as JSON."""
    return as_json({"version": 1, "records": [card_json(card) for card in cards]})


def list_markdown(cards: Sequence[Card]) -> str:
    """Return all records as a Markdown table, for a summary or a wiki."""
    lines = ["| Number | Status | Date | Title | Owners |", "|---|---|---|---|---|"]
    for card in cards:
        title = f"[{for_markdown(card.title or card.path)}]({quote(card.path, errors='surrogateescape')})"
        cells = (card.number or "", card.status or "", card.date or "")
        owners = for_markdown(", ".join(card.owners))
        lines.append(f"| {' | '.join(for_markdown(cell) for cell in cells)} | {title} | {owners} |")
    return "\n".join(lines) + "\n"


def list_text(cards: Sequence[Card], screen: Screen, grouped: bool) -> str:
    """Return all records as a table; `grouped` by folder on a terminal, a line for each with its path in a pipe."""
    if screen.columns is None:
        rows = [(*_cells(card), for_terminal(card.path)) for card in cards]
        widths = [max((width_of(row[i]) for row in rows), default=0) for i in range(5)]
        return "".join(
            f"{_GAP.join([*(pad(cell, width) for cell, width in zip(row, widths, strict=False) if width), row[-1]])}\n"
            for row in rows
        )
    paint = painter(screen.color)
    groups = [(folder, list(group)) for folder, group in groupby(cards, key=_folder)] if grouped else []
    lines = []
    if len(groups) < 2 or 3 * len(groups) > len(cards):  # a folder for every few records tells nothing
        lines, groups = _table(cards, screen, ""), []
    for folder, group in groups:
        lines += [paint(cut(for_terminal(folder) or ".", screen.columns), _BOLD), *_table(group, screen, _GAP, cards)]
        lines.append("")
    return "\n".join([*lines, *([""] if lines and lines[-1] else []), paint(summary(cards), _DIM)]) + "\n"


def summary(cards: Sequence[Card]) -> str:
    """Return one sentence: how many records there are, by status."""
    counts = Counter(card.status or "without status" for card in cards)
    return f"{counted(len(cards), 'record')}: {', '.join(f'{n} {status}' for status, n in counts.most_common())}."


def _table(cards: Sequence[Card], screen: Screen, indent: str, like: Sequence[Card] = ()) -> list[str]:
    """Return aligned rows that fit the screen; `like` are the records whose columns they share."""
    columns = (screen.columns or 0) - len(indent)
    most = max(_MOST_OWNERS, columns // _SHARE_OF_OWNERS)
    like = like or cards
    seen = [(*_cells(card)[:4], _people(card.owners, most)) for card in like]
    widths = _fitted([max((width_of(row[i]) for row in seen), default=0) for i in range(5)], columns)
    rows = [(*_cells(card)[:4], _people(card.owners, widths[4])) for card in cards]
    paint = painter(screen.color)
    lines = []
    for card, row in zip(cards, rows, strict=True):
        codes = (_DIM, status_color(card), _DIM, "", _DIM)
        shown = [
            _cell(cell, width, paint, code, right=i == 0)
            for i, (cell, width, code) in enumerate(zip(row, widths, codes, strict=True))
            if width
        ]
        lines.append((indent + _GAP.join(shown)).rstrip())
    return lines


def _cell(text: str, columns: int, paint: Callable[[str, str], str], code: str, right: bool) -> str:
    text = cut(text, columns)
    space = " " * (columns - width_of(text))
    return space + paint(text, code) if right else paint(text, code) + space


def _fitted(widths: list[int], columns: int) -> list[int]:
    """Return the widths that fit: owners give way first and are then left out, then dates; the title gets what is left."""
    number, status, date, title, owners = widths

    def left() -> int:
        return columns - sum(width + len(_GAP) for width in (number, status, date, owners) if width)

    if (lacking := min(title, _LEAST_TITLE) - left()) > 0:
        owners = max(min(owners, _LEAST_OWNERS), owners - lacking)
    if left() < min(title, _LEAST_TITLE):
        owners = 0
    if left() < min(title, _LEAST_TITLE):
        date = 0
    return [number, status, date, max(1, min(title, left())), owners]


def _cells(card: Card) -> tuple[str, str, str, str, str]:
    title = for_terminal(" ".join((card.title or card.path.rsplit("/", 1)[-1]).split()))
    number, owners = for_terminal(card.number or ""), for_terminal(", ".join(card.owners))
    return number, card.status or "", for_terminal(card.date or ""), title, owners


def _people(names: Sequence[str], columns: int) -> str:
    """Return the first two of several names, or one where two are too long, and how many more there are."""
    safe = [for_terminal(name) for name in names]
    for shown in range(min(_MOST_PEOPLE, len(safe)), 0, -1):
        left = len(safe) - shown
        more = f" and {left} more" if left else ""
        text = ", ".join(safe[:shown])
        if width_of(text + more) <= columns:
            return text + more
    return cut(safe[0], columns - width_of(more)) + more if safe else ""


def status_color(card: Card) -> str:
    """Return the color of a record's status: what is in force stands out, what is over steps back."""
    return STATUS_COLORS.get(card.status or "", _DIM)


def _folder(card: Card) -> str:
    folder, _, name = card.path.rpartition("/")
    return folder.rpartition("/")[0] if name.casefold().startswith(("readme.", "index.")) else folder


def search_json(query: str, results: Iterable[Result], total: int, every: bool) -> str:
    """Return what was found as JSON; a higher score is a better match, comparable within one answer only."""
    rows = [
        card_json(one.card) | {"score": float(f"{one.score:.4g}"), "snippet": _plain(one.snippet)} for one in results
    ]
    return as_json({"version": 1, "query": query, "all_words": every, "total": total, "results": rows})


def search_text(results: Sequence[Result], screen: Screen) -> str:
    """Return what was found, best first: name, status and place of each, and the words around the match."""
    paint = painter(screen.color)
    columns = min(screen.columns, _MOST_LINE) if screen.columns else None
    lines: list[str] = []
    for card, _, snippet in results:
        name = heading(card)
        facts = " · ".join(part for part in (card.status or "no status", card.date or "") if part)
        path = for_terminal(f"{card.path}:{card.line}" if card.line > 1 else card.path)
        head = cut(name, columns) if columns else name
        lines.append(paint(head, _BOLD))
        lines.append(f"  {paint(for_terminal(facts), status_color(card))}  {paint(path, _DIM)}")
        lines += [f"  {line}" for line in _snippet_lines(snippet, columns, paint, screen.color)]
        lines.append("")
    return "\n".join(lines)


def heading(card: Card) -> str:
    """Return what people call a record: "ADR-12 Keep invoices in PostgreSQL"."""
    title = " ".join((card.title or card.path.rsplit("/", 1)[-1]).split())
    if card.number is None:
        return for_terminal(title)
    return for_terminal(f"ADR-{card.number} {title}" if card.number.isdigit() else f"{card.number} {title}")


def _snippet_lines(snippet: str, columns: int | None, paint: Callable[[str, str], str], color: bool) -> list[str]:
    """Return the snippet in lines; the words that match are bold in color, and between » and « where there is none."""
    open_mark, close_mark = ("\ue000", "\ue001") if color else ("»", "«")
    text = " · ".join(" ".join(part.split()) for part in snippet.splitlines() if part.strip())
    text = re.sub(r"[\ue000\ue001]", "", text)
    shown = for_terminal(text.replace(MARK, "\ue000").replace(END, "\ue001"))
    shown = shown.replace("\ue000", open_mark).replace("\ue001", close_mark)
    lines = wrap(shown, columns - 2) if columns else [shown]
    if not color:
        return lines
    painted, marked = [], False
    for line in lines:  # a marked phrase may go on in the next line
        parts = re.split("([\ue000\ue001])", line)
        out = ""
        for part in parts:
            if part in ("\ue000", "\ue001"):
                marked = part == "\ue000"
            else:
                out += paint(part, "1;33") if marked else part
        painted.append(out)
    return painted


def _plain(snippet: str) -> str:
    return " ".join(snippet.replace(MARK, "").replace(END, "").split())
