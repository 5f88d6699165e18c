"""Coverage of many repositories for people: a row for each, those that need attention first, and totals last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.fractions import plain_share, told_share
from onrecord.render.columns import cut, pad, painter, width_of, wrap
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.coverage.combine import Combined, Numbers, Row

_WIDEST, _LEAST = 132, 60
_FEWEST = 34  # letters of a name that are not left out for a table
_BOLD, _DIM = "1", "2"
_HEADINGS = ("repository", "1. asked and on record", "2. busy files governed", "3. minimal records", "open")
_TOTALS = (
    "Totals add up counts, so large repositories weigh most, and a share may rise in every repository and fall in the"
    " total: compare rows first."
)
_MEANING = (
    "1: pull requests that asked for a decision, waived ones left out. 2: changes of the busiest tenth of files within 365"
    " days. 3: records in force with decision, alternative and owner. Open: pull requests without an answer."
)


class _Cells(NamedTuple):
    """A line of the table."""

    name: str
    pulls: str
    areas: str
    records: str
    open: str


def render_combined_text(found: Combined, columns: int | None = None, color: bool = False) -> str:
    """Return the rows for a terminal of so many columns, None for a pipe."""
    paint = painter(color)
    width = max(_LEAST, min(columns or _WIDEST, _WIDEST))
    lines = [paint(line, _BOLD) for line in wrap(for_terminal(_headline(found)), width)]
    if found.rows:
        lines += ["", *_table(found, width if columns else None, paint)]
    if found.failed:
        lines += ["", paint(f"No report ({len(found.failed)})", _BOLD)]
        for one in found.failed:
            lines += wrap(f"  {for_terminal(one.repository)}: {for_terminal(one.reason)}", width - 2)
    lines += ["", *(paint(line, _DIM) for note in _notes(found) for line in wrap(for_terminal(note), width))]
    return "\n".join(lines).rstrip() + "\n"


def render_combined_markdown(found: Combined) -> str:
    """Return the rows as GitHub Markdown, the same for the same reports."""
    lines = [f"### {for_markdown(_headline(found))}", ""]
    if found.rows:
        lines += [f"| {' | '.join(for_markdown(one) for one in _HEADINGS)} |", "|---|---|---|---|---|"]
        for row in found.by_attention():
            _, *cells = map(for_markdown, _cells(row.repository, row.numbers))
            lines.append(f"| {code_span(row.repository)} | {' | '.join(cells)} |")
        total = map(for_markdown, _cells(_all(found), found.totals()))
        lines += [f"| {' | '.join(f'**{cell}**' if cell else '' for cell in total)} |", ""]
    if found.failed:
        lines += [f"**No report** ({len(found.failed)})", ""]
        lines += [f"- {code_span(one.repository)}: {for_markdown(one.reason)}" for one in found.failed] + [""]
    lines += [f"_{for_markdown(note)}_  " for note in _notes(found)]
    return "\n".join(lines).rstrip() + "\n"


def _table(found: Combined, width: int | None, paint: Callable[[str, str], str]) -> Iterator[str]:
    """Yield the table; where it does not fit, each repository has its numbers on lines of their own. A pipe is endless."""
    rows = [_cells(for_terminal(row.repository), row.numbers) for row in found.by_attention()]
    total = _cells(_all(found), found.totals())
    head = _Cells(*_HEADINGS)
    every = [head, *rows, total]
    sizes = [max(width_of(line[at]) for line in every) for at in range(len(head))]
    if width:
        room = width - sum(sizes[1:]) - 2 * len(sizes)
        sizes[0] = min(sizes[0], max(room, _FEWEST, width_of(total.name)))
    if width and sum(sizes) + 2 * len(sizes) > width:
        for line in (*rows, total):
            yield paint(line.name, _BOLD) if line is total else cut(line.name, width)
            yield from (f"  {pad(heading, 26)}{cell}" for heading, cell in zip(head[1:], line[1:], strict=True) if cell)
        return
    for line in every:
        cells = [pad(cut(cell, size), size) for cell, size in zip(line, sizes, strict=True)]
        text = f"  {'  '.join(cells)}".rstrip()
        yield text if line not in (head, total) else paint(text, _DIM if line is head else _BOLD)


def _cells(name: str, numbers: Numbers) -> _Cells:
    pulls = numbers.share("pull_requests", "decision_coverage")
    pending = numbers.states["pending"]
    waiting = f" ({pending} pending)" if pending else ""
    return _Cells(
        name,
        told_share(*pulls),
        plain_share(*numbers.share("areas", "hot")),
        plain_share(*numbers.share("records", "minimal")),
        f"{pulls.open}{waiting}" if pulls.open else "",
    )


def _all(found: Combined) -> str:
    return "one repository" if len(found.rows) == 1 else f"all {len(found.rows)} repositories"


def _headline(found: Combined) -> str:
    merged = found.totals().sums["pull_requests", "merged"]
    return f"Decision coverage of {_all(found).removeprefix('all ')}: {counted(merged, 'merged pull request')}"


def _notes(found: Combined) -> Iterator[str]:
    if not found.rows:
        return
    yield _MEANING
    if len(found.rows) > 1:
        yield _TOTALS
    silent = sum(not row.numbers.sums["pull_requests", "asked"] for row in found.rows)
    if silent:
        yield f"In {silent} of these no pull request was asked for a decision, so they add nothing to the first number."
    for what, differ in (("windows", _differ(found.rows, "window")), ("versions of onrecord", _tools(found.rows))):
        if differ:
            yield f"The reports have different {what}; the JSON tells which."


def _differ(rows: tuple[Row, ...], part: str) -> bool:
    wanted = ("last_count", "since", "until")
    return len({tuple(row.about[part][key] for key in wanted) for row in rows}) > 1


def _tools(rows: tuple[Row, ...]) -> bool:
    return len({row.about["tool"] for row in rows}) > 1
