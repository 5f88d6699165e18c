"""A coverage report for people: what is missing first, then counts, then shares with their interval."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.areas import BROAD, SHORT, commits_of, lines_of
from onrecord.coverage.completeness import FIELDS, FULL
from onrecord.coverage.fractions import plain_share
from onrecord.coverage.model import LATE_DAYS
from onrecord.coverage.score import HINT
from onrecord.coverage.steps import FIELD_WORDS, TOP, TOP_NAME, listings
from onrecord.render.columns import cut, painter, width_of, wrap
from onrecord.render.coverage_rows import ASK, BOLD, DIM, LEAST, WIDEST, Row, row_lines
from onrecord.render.coverage_trend import HEADING, trend_rows
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.coverage.fractions import Fraction
    from onrecord.coverage.model import PullCoverage
    from onrecord.coverage.report import Report
    from onrecord.coverage.steps import Listing, Missing

_DAY_ONE = (
    "On day one this reads near zero everywhere: in 30 repositories that keep records, the median was 3.8 % of all pull"
    " requests. The lists above are where to begin; “since” in the configuration leaves out what was merged before."
)
_EXACT = "Shares of the window are exact; the interval (Wilson, 95 %) tells what the same habit might give in another window."
_HINTS = (
    "A hint here is any strong sign in what changed; the hint that the Action shows, and “onrecord calibrate” counts, is a"
    " narrower one."
)
_AREAS = 5  # shown of those that were asked most
_FEW_ASKED = 0.2  # below that share, the words for day one are said


_KINDS = {
    "document": "text",
    "test": "tests",
    "generated": "generated",
    "binary": "binary",
    "short": f"below {SHORT} lines",
    "configured": "by the configuration",
}


class Part(NamedTuple):
    """One of the three numbers: a heading, rows, and sentences below them."""

    heading: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def render_coverage_text(report: Report, columns: int | None = None, color: bool = False) -> str:
    """Return the report for a terminal of so many columns, None for a pipe."""
    paint = painter(color)
    width = max(LEAST, min(columns or WIDEST, WIDEST))
    lines = [paint(line, BOLD) for line in wrap(for_terminal(_headline(report)), width)]
    lines += [paint(line, ASK) for one in report.warnings for line in ("", *wrap(for_terminal(one), width))]
    for one in listings(report, HINT):
        lines += ["", *(paint(line, BOLD) for line in wrap(f"{one.heading} ({len(one.entries):,})", width))]
        for entry in one.entries[: one.most]:
            lines += _entry_lines(entry, width, paint)
        if len(one.entries) > one.most:
            lines.append(paint(f"  and {len(one.entries) - one.most} more; --output-format json has all", DIM))
        lines += _step_lines(one.step, "  ", width, paint)
    for part in parts_of(report):
        lines += ["", paint(part.heading, BOLD)]
        lines += [line for row in part.rows for line in row_lines(row, width, paint)]
        lines += [paint(f"  {line}", DIM) for note in part.notes for line in wrap(for_terminal(note), width - 2)]
    if report.trend:
        rows = [line for row in trend_rows(report) for line in row_lines(Row(*row), width, paint)]
        lines += ["", paint(HEADING, BOLD), *rows]
    lines += ["", *(paint(line, DIM) for note in notes_of(report) for line in wrap(for_terminal(note), width))]
    return "\n".join(lines).rstrip() + "\n"


def render_coverage_markdown(report: Report) -> str:
    """Return the report as GitHub Markdown, the same for the same report."""
    lines = [f"### {for_markdown(_headline(report))}", ""]
    lines += [line for one in report.warnings for line in (f"> {for_markdown(one)}", "")]
    for one in listings(report, HINT):
        lines += [f"**{for_markdown(one.heading)}** ({len(one.entries)})", "", *_list_markdown(one), ""]
    for part in parts_of(report):
        lines += [f"| {for_markdown(part.heading)} | | |", "|---|---|---|"]
        lines += [
            f"| {for_markdown(r.name.strip())} | {for_markdown(r.value)} | {for_markdown(r.note)} |" for r in part.rows
        ]
        lines += ["", *(f"_{for_markdown(note)}_  " for note in part.notes), ""]
    if report.trend:
        lines += [f"| {for_markdown(HEADING)} | | |", "|---|---|---|"]
        lines += [f"| {' | '.join(for_markdown(cell) for cell in row)} |" for row in trend_rows(report)]
        lines.append("")
    lines += [f"_{for_markdown(note)}_  " for note in notes_of(report)]
    return "\n".join(lines).rstrip() + "\n"


def _entry_lines(entry: Missing, width: int, paint: Callable[[str, str], str]) -> list[str]:
    head = "  ".join(filter(None, (for_terminal(entry.name), entry.day, for_terminal(" ".join(entry.what.split())))))
    seen = for_terminal(entry.seen)
    if not entry.what and width_of(head) + width_of(seen) + 4 <= width:
        lines = [f"  {head}  {paint(seen, DIM)}"]
    else:
        lines = [f"  {cut(head, width - 2)}", *(f"    {paint(line, DIM)}" for line in wrap(seen, width - 4)[:3])]
    return [*lines, *_step_lines(entry.step, "    ", width, paint)]


def _step_lines(step: str, indent: str, width: int, paint: Callable[[str, str], str]) -> list[str]:
    first, *more = wrap(for_terminal(step), width - len(indent) - 2) or [""]
    return [f"{indent}{paint('→', ASK)} {first}", *(f"{indent}  {line}" for line in more)] if first else []


def _list_markdown(one: Listing) -> Iterator[str]:
    for entry in one.entries[: one.most]:
        told = [entry.day, for_markdown(" ".join(entry.what.split())), f"({for_markdown(entry.seen)})"]
        step = f" → {for_markdown(entry.step)}" if entry.step else ""
        yield f"- {code_span(entry.name)} {' '.join(filter(None, told))}{step}"
    if len(one.entries) > one.most:
        yield f"- and {len(one.entries) - one.most} more"
    if one.step:
        yield from ("", f"→ {for_markdown(one.step)}")


def _headline(report: Report) -> str:
    window = report.window
    dates = f", {window.first} to {window.last}" if window.first else ""
    read = counted(len(report.pulls.pulls), "merged pull request")
    waived = report.pulls.waiver_rate()
    told = f", waived {plain_share(len(waived.part), len(waived.of))}" if waived.part else ""
    return f"Decision coverage of {report.branch} at {report.sha[:10]}: {read}{told}{dates}"


def parts_of(report: Report) -> tuple[Part, ...]:
    """Return the three numbers, each with all it was counted from."""
    return _pulls(report), _areas(report), _records(report)


def _pulls(report: Report) -> Part:
    found = report.pulls
    rows = (*_shares(found), *_states(found), *_by_area(found), *_left_out(found), *_by_record(found))
    return Part("1. Pull requests: is what was asked for on record?", rows, tuple(_on_pulls(report)))


def _shares(found: PullCoverage) -> Iterator[Row]:
    headline = found.decision_coverage()
    covered = [pull for pull in found.asked() if pull.state == "covered"]
    in_records = sum(pull.is_in_records for pull in found.asked())
    made = f"{in_records} in records + {len(covered) - in_records} in descriptions only" if covered else ""
    yield Row("decision coverage", headline.told(), made)
    yield Row("answered, waivers included", found.answered().told())
    yield Row("waived", found.waiver_rate().told())
    if late := len(headline.part) - len(found.in_time().part):
        yield Row("as it was when merged", found.in_time().told(), f"{late} recorded {LATE_DAYS} days later or more")
    hinted = found.hinted(HINT)
    answered = sum(pull.state in ("covered", "waived") for pull in hinted)
    beside = f", {answered} of them on record or waived" if answered else ""
    yield Row("with hints counted as asked", found.wide(HINT).told(), counted(len(hinted), "hint") + beside)


def _states(found: PullCoverage) -> Iterator[Row]:
    states = Counter(pull.state for pull in found.asked())
    if pending := states["pending"]:
        yield Row("waiting for a record", str(pending))
    if later := states["later"]:
        yield Row("put off by a label", str(later))
    if states["covered"]:
        told = ", ".join(f"{n} {_STANDS[source]}" for source, n in found.owner_sources().items() if n)
        yield Row("who stands for the covered ones", told)


def _by_area(found: PullCoverage) -> Iterator[Row]:
    by_area = found.by_area()
    if len(by_area) > 1:
        yield Row("by area, the most asked first", "")
        for area, share in list(by_area.items())[:_AREAS]:
            yield Row(f"  {TOP_NAME if area == TOP else area}", share.told())
        if len(by_area) > _AREAS:
            yield Row(f"  and {counted(len(by_area) - _AREAS, 'more area')}", "")


def _left_out(found: PullCoverage) -> Iterator[Row]:
    left = sum(not pull.excluded for pull in found.pulls)
    reasons = Counter(pull.excluded for pull in found.pulls if pull.excluded)
    yield Row("asked, of those left", f"{len(found.asked()):,} of {left:,}")
    for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
        yield Row("  left out", f"{count:,}", reason)
    if found.direct:
        yield Row("no pull request found", counted(len(found.direct), "commit"))


def _by_record(found: PullCoverage) -> Iterator[Row]:
    record, covers = max(found.fan_out().items(), key=lambda row: (len(row[1]), row[0]), default=("", ()))
    if len(covers) > 1:
        yield Row("most covered by one record", str(len(covers)), record)


def _on_pulls(report: Report) -> Iterator[str]:
    asked, found = report.pulls.asked(), report.pulls.decision_coverage()
    if report.pulls.pulls and not asked:
        yield (
            "No pull request of this window was asked for a decision, so there is no share. “onrecord calibrate” tries"
            " which paths would ask, over the same history."
        )
    if report.pulls.pulls and len(found.part) < (_FEW_ASKED * len(found.of) or 1):
        yield _DAY_ONE
    if report.window.baseline:
        yield f"Nothing merged before {report.window.baseline} counts (the date of adoption)."
    yield _EXACT
    if report.pulls.hinted(HINT):
        yield _HINTS


def _areas(report: Report) -> Part:
    found = report.areas
    hot, sources = found.hot(), found.sources
    governed = sum(bool(one.records) for one in sources)
    rows = [
        Row("by commits of 365 days", plain_share(commits_of(sources, True), commits_of(sources)), "changes of a file"),
        Row(
            "in the busiest tenth of files",
            plain_share(commits_of(hot, True), commits_of(hot)),
            counted(len(hot), "file"),
        ),
        Row("by lines", plain_share(lines_of(sources, True), lines_of(sources))),
        Row("by files", plain_share(governed, len(sources))),
        Row(
            "exempt",
            f"{sum(count for _, count in found.exempt):,}",
            ", ".join(f"{n:,} {_KINDS[kind]}" for kind, n in found.exempt if n),
        ),
    ]
    rows += [Row("repository-wide, outside of this", str(one.files), f"files: {one.id}") for one in found.wide]
    rows += [Row("not relied on", name, ", ".join(rules)) for name, rules in found.stale]
    rows += [Row("scope matches nothing", name) for name in found.empty]
    about = (
        f"Only an explicit scope in a record in force counts, and none wider than {100 * BROAD:.0f} % of the source files;"
        f" files below {SHORT} lines are exempt. A map of silence, not a target."
    )
    return Part("2. Areas: does a record speak of the code people work on?", tuple(rows), (about,))


def _records(report: Report) -> Part:
    found = report.records
    statuses = Counter(k.record.status.value if k.record.status else "no status found" for k in report.known)
    told = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items(), key=lambda r: (-r[1], r[0])))
    mean, owners = found.mean(), found.owners()
    sources = ", ".join(f"{count} {_OWNERS[name]}" for name, count in owners.items() if count)
    rows = [
        Row("in force", f"{len(found.standings)} of {len(report.known)}", told),
        Row("valid: the schema passes", found.valid().told()),
        Row("minimal", found.minimal().told(), "decision, alternative, an owner of its own"),
        Row("full", found.full().told(), "and context, consequences, status, date, a date to look again"),
        Row(
            "parts found, on average",
            "n/a" if mean is None else f"{mean:.1f} of {len(FIELDS)}",
            "these without the date to look again" if report.records.standings else "",
        ),
        *(Row(f"  {FIELD_WORDS[name]}", plain_share(len(s.part), len(s.of))) for name, s in _shown_fields(report)),
        Row("who stands for it", sources or "n/a"),
    ]
    notes = ["An owner counts only where the record names one; who committed it stands beside."]
    unread = sum(k.record.status is None or k.record.status.value == "unknown" for k in report.known)
    if 2 * unread > len(report.known):
        notes.insert(0, f"A record counts once its status says that it is accepted; of {unread} no status was found.")
    return Part("3. Records: do they tell what a record should?", tuple(rows), tuple(notes))


_STANDS = {"explicit": "named", "approver": "only who approved", "author": "only the author"}
_OWNERS = {
    "decider": "name a decider",
    "author": "name an author",
    "committed": "only a committer",
    "nobody": "nobody",
}


def _shown_fields(report: Report) -> list[tuple[str, Fraction]]:
    fields = report.records.fields()
    return [(name, fields[name]) for name in FULL] if report.records.standings else []


def notes_of(report: Report) -> list[str]:
    """Return sentences on what could not be read, and what it was judged by."""
    config = f"{report.config} ({(report.config_hash or '')[:10]})" if report.config else "the defaults"
    return [*report.notes, f"Judged by {config}, onrecord {report.tool}."]
