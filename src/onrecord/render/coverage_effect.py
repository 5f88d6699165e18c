"""Does it work? For a terminal and as Markdown: what waits first, then numbers, each with how many it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.effect import FEW_WORDS, FIRST
from onrecord.coverage.effect_lives import REVERSED_DAYS, STUCK_DAYS
from onrecord.render.columns import painter, width_of, wrap
from onrecord.render.coverage_rows import ASK, BOLD, DIM, LEAST, WIDEST, Row, row_lines
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onrecord.coverage.effect import Duration, Effect, Finding
    from onrecord.coverage.report import Report

_SHOWN = 10  # entries of a list
_LOGS = 5
_NOT_IN_GIT = "not in git; --github reads them"
_NOTHING = "n/a"
_STUCK = f"Proposals that wait for more than {STUCK_DAYS} days; the oldest first"
_STUCK_STEP = "record the outcome in the status, or say until when it is decided: “decide-by: 2027-01-31”"
_ORPHANS = "Decisions in force that nothing leads to: no scope, no pull request, no link from another record"
_ORPHANS_STEP = "a “scope: ['FOLDER/…']”, or a link from the record it belongs to, lets people meet it"
_ABOUT = "Areas and logs are counted here, never people. Nothing was sent anywhere; all of it was read from git and the files."


class _Part(NamedTuple):
    heading: str
    rows: tuple[Row, ...]


class _List(NamedTuple):
    heading: str
    entries: tuple[tuple[str, str], ...]
    step: str


def render_effect_text(
    report: Report, effect: Effect, notes: Sequence[str] = (), columns: int | None = None, color: bool = False
) -> str:
    """Return the numbers for a terminal of so many columns, None for a pipe."""
    paint = painter(color)
    width = max(LEAST, min(columns or WIDEST, WIDEST))
    lines = [paint(line, BOLD) for line in wrap(for_terminal(_headline(report)), width)]
    for one in _lists(effect):
        lines += ["", *(paint(line, BOLD) for line in wrap(f"{one.heading} ({len(one.entries)})", width))]
        for name, seen in one.entries[:_SHOWN]:
            lines += _entry(name, seen, width, paint)
        if len(one.entries) > _SHOWN:
            lines.append(paint(f"  and {len(one.entries) - _SHOWN} more; --output-format json has all", DIM))
        first, *more = wrap(one.step, width - 4)
        lines += [f"  {paint('→', ASK)} {first}", *(f"    {line}" for line in more)]
    for part in _parts(effect):
        lines += ["", paint(part.heading, BOLD)]
        lines += [line for row in part.rows for line in row_lines(row, width, paint)]
    lines += ["", *(paint(line, DIM) for note in (*notes, _ABOUT) for line in wrap(for_terminal(note), width))]
    return "\n".join(lines) + "\n"


def render_effect_markdown(report: Report, effect: Effect, notes: Sequence[str] = ()) -> str:
    """Return the numbers as GitHub Markdown, the same for the same report."""
    lines = [f"### {for_markdown(_headline(report))}", ""]
    for one in _lists(effect):
        lines += [f"**{for_markdown(one.heading)}** ({len(one.entries)})", ""]
        lines += [
            f"- {code_span(name)}{f' {for_markdown(seen)}' if seen else ''}" for name, seen in one.entries[:_SHOWN]
        ]
        lines += [f"- and {len(one.entries) - _SHOWN} more"] if len(one.entries) > _SHOWN else []
        lines += ["", f"→ {for_markdown(one.step)}", ""]
    for part in _parts(effect):
        lines += [f"| {for_markdown(part.heading)} | | |", "|---|---|---|"]
        lines += [f"| {for_markdown(r.name)} | {for_markdown(r.value)} | {for_markdown(r.note)} |" for r in part.rows]
        lines.append("")
    return "\n".join([*lines, *(f"_{for_markdown(note)}_  " for note in (*notes, _ABOUT))]).rstrip() + "\n"


def _headline(report: Report) -> str:
    records = f"{counted(len(report.known), 'record')}, {len(report.records.standings)} in force"
    return f"Does it work? {report.branch} at {report.sha[:10]}, {report.today}: {records}"


def _entry(name: str, seen: str, width: int, paint: Callable[[str, str], str]) -> list[str]:
    name = for_terminal(name)
    if not seen or width_of(name) + width_of(seen) + 4 <= width:
        return [f"  {name}  {paint(seen, DIM)}".rstrip()]
    return [f"  {name}", f"    {paint(seen, DIM)}"]


def _lists(effect: Effect) -> list[_List]:
    found = [
        _List(_STUCK, tuple((s.id, f"since {s.since}, {s.days} days") for s in effect.stuck), _STUCK_STEP),
        _List(_ORPHANS, tuple((str(name), "") for name in effect.orphans.part), _ORPHANS_STEP),
    ]
    return [one for one in found if one.entries]


def _parts(effect: Effect) -> tuple[_Part, ...]:
    parts = (
        _Part("1. Nudges: are they answered?", tuple(_nudges(effect))),
        _Part("2. Time: how long until a decision is on record?", tuple(_time(effect))),
        _Part("3. Records: do they hold?", tuple(_records(effect))),
        _Part("4. Owners: on how many does the log rest?", tuple(_owners(effect))),
        _Part("5. Search: does a pull request's title find its record?", tuple(_search(effect))),
        _Part("6. Logs", tuple(_logs(effect))),
    )
    return tuple(part for part in parts if part.rows)


def _nudges(effect: Effect) -> Iterator[Row]:
    names = {
        "recorded": "answered with a record",
        "waived": "answered with “no decision”",
        "ignored": "not answered",
        "removed": "taken away by somebody",
    }
    if effect.nudged is None or effect.answers is None:
        yield Row("nudges and answers to them", _NOT_IN_GIT)
    else:
        yield Row("nudges shown", effect.nudged.told(), "of the pull requests of the window")
        yield from (Row(name, effect.answers[key].told()) for key, name in names.items())
    yield Row("waived, of those asked", effect.waived.told())
    yield Row("on record only later", effect.late.told(), "of those covered")


def _time(effect: Effect) -> Iterator[Row]:
    yield Row("first commit to accepted record", _told(effect.lead_time, "asked pull requests", "on record"))
    yield Row("proposed to accepted", _told(effect.acceptance, "records that began open", "accepted"))
    yield Row("accepted from the first commit", effect.born_accepted.told(), "not bad as such")
    days = effect.stuck_days()
    waiting = f"median {days:.0f} days" if days is not None else ""
    yield Row(f"proposed for more than {STUCK_DAYS} days", f"{len(effect.stuck)} of {len(effect.open)} open", waiting)


def _told(one: Duration, what: str, ended: str) -> str:
    """Return "median 12 days, 9 of 10 within 48 days (n = 110 …, 98 …)"; a time that was not reached is not made up."""
    count = len(one.waits)
    if not count:
        return f"{_NOTHING} (no {what})"
    middle, most = one.days(0.5), one.days(0.9)
    if middle is None:
        told = f"fewer than half {ended} so far"
    else:
        told = f"median {counted(middle, 'day')}, " + (
            f"fewer than 9 of 10 {ended} so far" if most is None else f"9 of 10 within {counted(most, 'day')}"
        )
    return f"{told} (n = {count} {what}, {one.ended()} {ended})"


def _records(effect: Effect) -> Iterator[Row]:
    yield Row("minimal", effect.minimal.told(), "decision, alternative, an owner of its own")
    yield Row(
        "reads like another record", effect.twins.told(), "nearly the same words (likeness of 0.85 or more, 1 is equal)"
    )
    yield Row("alternatives without a reason", effect.thin.told(), f"all of them in fewer than {FEW_WORDS} words")
    yield Row("nothing leads to them", effect.orphans.told())
    yield Row("stale", effect.stale.told(), ", ".join(f"{len(i)} {rule}" for rule, i in effect.stale_rules.items()))
    yield Row("day to look again has passed", effect.due.told(), "of those that name one")
    yield Row("accepted to replaced", _told(effect.replacement, "records that were accepted", "replaced"))
    ended = effect.replacement.ended()
    yield Row(f"  within {REVERSED_DAYS} days", f"{len(effect.reversals)} of {ended}" if ended else _NOTHING)


def _owners(effect: Effect) -> Iterator[Row]:
    if effect.bus_factor is not None:
        told = f"of {counted(effect.owners, 'owner')}"
        yield Row("stand for half of the records", str(effect.bus_factor), told)
    else:
        yield Row("stand for half of the records", _NOTHING)
    yield Row("records with one owner", effect.single_owner.told())
    yield Row("all owners away for 12 months", effect.left.told(), "of those whose owners are known to git")


def _search(effect: Effect) -> Iterator[Row]:
    for name, finding in (("new records", effect.found_new), ("changed records", effect.found_edited)):
        yield Row(f"{name}: in the first {FIRST}", finding.found.told(), _by_chance(finding))


def _by_chance(finding: Finding) -> str:
    return "" if finding.chance is None else f"by chance {100 * finding.chance:.0f} %"


def _logs(effect: Effect) -> Iterator[Row]:
    if len(effect.logs) < 2:
        return
    for one in effect.logs[:_LOGS]:
        note = f"{one.stuck} stuck; {_told(one.acceptance, 'began open', 'accepted')}"
        yield Row(one.folder or ".", f"{one.active} in force", note)
    if len(effect.logs) > _LOGS:
        yield Row(f"and {counted(len(effect.logs) - _LOGS, 'more log')}", "")
