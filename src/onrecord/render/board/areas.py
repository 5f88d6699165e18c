"""The map of silence: how busy each area is, and for how much of that a record speaks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from onrecord.coverage.areas import Area
from onrecord.coverage.fractions import plain_share
from onrecord.coverage.steps import TOP, TOP_NAME
from onrecord.render.board.pieces import file_address, foreign, link, section, short, text
from onrecord.render.board.treemap import Box, squarified
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.render.board.model import Board

_TILES = 28
_WIDE, _HIGH = 1080, 400  # for what sides the boxes are laid out; they stretch with the page
_SHOWN = 10
_LEAST = 10  # letters of a name that say anything
_TIGHT = 0.6  # of a box: wider words are left out where the page is narrow
_LETTER = 8.2  # pixels of a bold letter at 14 px, a generous mean
_STEPS = (0, 0.25, 0.5, 0.75)  # of the governed share: where each tint begins
_LEGEND = ("no record", "up to 25 %", "25–50 %", "50–75 %", "more")


def areas(board: Board) -> str:
    """Return the section of the areas; empty where nobody touched a source file in the year."""
    busy = [area for area in board.report.areas.areas() if area.commits]
    if not busy:
        return ""
    silent = len(board.report.areas.silent())
    lead = (
        f"{silent} of {counted(len(busy), 'busy area')}: no record in force names a file there as its scope. The larger a"
        " field, the more was changed in a year."
    )
    return section(
        "areas", "Where the code is busy and the log is silent", lead, _map(busy), _legend(busy), _table(board, busy)
    )


def _map(busy: Sequence[Area]) -> str:
    shown = list(busy[:_TILES])
    if rest := busy[_TILES:]:
        shown.append(Area(f"{len(rest)} more", *(sum(getattr(a, of) for a in rest) for of in Area._fields[1:])))
    boxes = squarified([area.commits for area in shown], _WIDE, _HIGH)
    names = Counter(area.name.rpartition("/")[2] for area in shown)
    twins = frozenset(name for name, times in names.items() if times > 1)
    tiles = "".join(_tile(area, box, twins) for area, box in zip(shown, boxes, strict=True))
    return f'<svg class="map" width="100%" height="{_HIGH}" aria-hidden="true">{tiles}</svg>'


def _tile(area: Area, box: Box, twins: frozenset[str]) -> str:
    x, width = 100 * box.x / _WIDE, 100 * box.width / _WIDE
    lines = _label(area, box, twins)
    kind = " roomy" if any(len(words) * _LETTER > _TIGHT * box.width for _, words in lines) else ""
    label = "".join(
        f'<text class="{of}{kind}" x="10" y="{22 + 17 * at}">{text(words)}</text>'
        for at, (of, words) in enumerate(lines)
    )
    said = f"{_told(area)}: {counted(area.commits, 'change')}, {plain_share(area.governed, area.commits)} with a record"
    return (
        f'<svg x="{x:.2f}%" y="{box.y:.1f}" width="{width:.2f}%" height="{box.height:.1f}"><title>{text(said)}</title>'
        f'<rect class="tile t{_tint(area)}" width="100%" height="100%" rx="3"/>{label}</svg>'
    )


def _label(area: Area, box: Box, twins: frozenset[str]) -> list[tuple[str, str]]:
    """Return the lines that fit into a box: name, folder, how much was changed; of twins, a name that tells them apart."""
    folder, _, name = area.name.rpartition("/")
    letters, lines = (box.width - 18) / _LETTER, (box.height - 8) // 17
    whole = _told(area)
    if letters < min(_LEAST, len(name)) or lines < 1:
        return []
    is_apart = name not in twins or (lines > 1 and len(folder) < letters)
    named = [("", whole)] if len(whole) <= letters else [("", _cut(folder if not is_apart else "", name, int(letters)))]
    if folder and is_apart and len(whole) > letters:
        named.append(("small", f"{folder}/"))
    fits = [line for line in (*named, ("small", counted(area.commits, "change"))) if len(line[1]) <= letters]
    return fits[: int(lines)]


def _told(area: Area) -> str:
    return TOP_NAME if area.name == TOP else area.name


def _cut(folder: str, name: str, letters: int) -> str:
    """Return the end of a name that is too long: its beginning is what names beside each other share.

    Before it stands the beginning of its folder, where another one of that name has to be told apart.
    """
    left = letters - len(name) - 2
    if folder and left > 1:
        return f"{folder[:left]}…/{name}"
    return name if len(name) <= letters else f"…{name[1 - letters :]}"


def _tint(area: Area) -> int:
    return sum(area.governed > step * area.commits for step in _STEPS)


def _legend(busy: Sequence[Area]) -> str:
    tints = {0, *map(_tint, busy)}
    items = "".join(
        f'<li><svg width="14" height="14" aria-hidden="true"><rect class="tile t{at}" width="14" height="14" rx="3"/></svg>{said}</li>'
        for at, said in enumerate(_LEGEND)
        if at in tints
    )
    return f'<ul class="legend" aria-label="Share of the changes in files of which a record speaks">{items}</ul>'


def _table(board: Board, busy: Sequence[Area]) -> str:
    by_area = board.report.pulls.by_area()
    most = busy[0].commits
    is_folder = board.report.areas.grouping == "folders"
    rows = []
    for area in busy:
        asked = by_area.get(area.name)
        own = plain_share(len(asked.part), len(asked.of)) if asked else "–"
        name = link(
            file_address(board, area.name) if is_folder and area.name != TOP else "",
            f"<code>{foreign(_told(area))}</code>",
        )
        bar = f'<svg class="bar" width="100%" height="10" aria-hidden="true">{_bar(area, most)}</svg>'
        rows.append(
            f'<tr><th scope="row">{name}</th><td class="number changes">{area.commits:,}</td><td class="bars">{bar}</td>'
            f'<td class="number">{plain_share(area.governed, area.commits)}</td>'
            f"{f'<td class=number>{own}</td>' if by_area else ''}</tr>"
        )
    heads = ["Area", "Changes in a year", "", "With a record", *(["Pull requests asked, on record"] if by_area else [])]
    kinds = {1: ' class="changes"'}
    head = "".join(
        f'<th scope="col"{kinds.get(at, "")}>{h}</th>' if h else '<td class="bars"></td>' for at, h in enumerate(heads)
    )
    table = ('<table class="areas"><caption class="quiet">Areas, the busiest first</caption>'
             f"<thead><tr>{head}</tr></thead>", "</table>")  # fmt: skip
    return short("tr", rows, _SHOWN, "areas", table)


def _bar(area: Area, most: int) -> str:
    whole, part = 100 * area.commits / most, 100 * area.governed / most
    return (
        f'<rect class="tile t0" width="{max(0.4, whole):.1f}%" height="10" rx="2"/>'
        f'<rect class="tile t4" width="{part:.1f}%" height="10" rx="2"/>'
    )
