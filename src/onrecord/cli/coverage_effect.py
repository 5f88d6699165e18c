"""`onrecord coverage --effect`: reads what tells whether the practice works, beside a report that is there already."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.coverage_effect import first_days, read_record_history
from onrecord.adapters.search_index import open_log
from onrecord.adapters.settings import load_config, make_policy
from onrecord.adapters.upkeep import read_past
from onrecord.check.upkeep import review
from onrecord.cli.common import repository, say, screen, vocabulary_of, wants_color, write_out
from onrecord.cli.coverage_compare import gate
from onrecord.cli.coverage_reading import look_around, told_of
from onrecord.coverage.completeness import is_active
from onrecord.coverage.effect import FEW_WORDS, FIRST, Seen, measure
from onrecord.coverage.effect_owners import kept
from onrecord.log.graph import build_graph
from onrecord.log.references import follow, log_of, make_log
from onrecord.log.similar import Vectors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from onrecord.change.history import Merged
    from onrecord.check import Config, ReadFile
    from onrecord.coverage.effect import Asked, Effect
    from onrecord.coverage.records import Known
    from onrecord.coverage.report import Report
    from onrecord.record import DecisionRecord

_STALE = frozenset(
    ("scope-dead", "scope-churned", "review-by-passed", "owner-gone", "successor-missing", "status-outdated")
)


def print_effect(options: argparse.Namespace) -> int:
    """Read, measure and print; return the exit code of the gate. Raises UsageFault, GitError and GitHubError."""
    from onrecord.cli.coverage import as_json, read_report, window_of
    from onrecord.coverage.effect_json import effect_json
    from onrecord.coverage.report import report_json
    from onrecord.render.coverage_effect import render_effect_markdown, render_effect_text

    root = repository()
    config = load_config(root, options.config)
    told = told_of(root, options, window_of(options, config))
    here = look_around(root, config, root, options.areas)
    report = read_report(root, options, told, here)
    effect, notes = read_effect(root, config, report, here.files, told.merged if told else None)
    if options.output_format == "json":
        text = as_json(report_json(report) | {"effect": effect_json(effect, notes)})
    elif options.output_format == "markdown":
        text = render_effect_markdown(report, effect, notes)
    else:
        text = render_effect_text(report, effect, notes, screen(options.output), wants_color(options.output))
    write_out(text, options.output)
    return gate(report, options)


def read_effect(
    root: Path, config: Config, report: Report, files: Sequence[ReadFile], merged: Merged | None = None
) -> tuple[Effect, tuple[str, ...]]:
    """Return what the practice does, and sentences on what could not be read. Raises GitError.

    `files` are the records of the report, and `merged` the pull requests as GitHub tells them; None where it was not asked.
    """
    ids = {(one.record.path, one.record.span): one.id for one in report.known}
    by_id = {ids[file.record.path, file.record.span]: file for file in files}
    alone = {one.record.path: one.id for one in report.known if one.id == one.record.path}
    history = read_record_history(root, alone, files, vocabulary_of(config))
    records = {name: file.record for name, file in by_id.items()}
    documents = {file.record.path: file.document for file in files}
    past, note = read_past(root, list(records.values()), documents, report.today)
    queue = review(files, past, make_policy(root, config), report.today)
    found = {
        ids[entry.standing.record.path, entry.standing.record.span]: sorted(
            {finding.rule for finding in entry.findings} & _STALE
        )
        for entry in queue.entries
    }
    active = [one for one in report.known if is_active(one.record)]
    searched = _search(root, config, history.asked, {name: record.path for name, record in records.items()})
    seen = Seen(
        history.lives,
        _starts(root, report, merged),
        _successors(records),
        _linked(records),
        _likeness(active, searched.texts),
        frozenset(one.id for one in active if _words_of_alternatives(by_id[one.id]) in range(FEW_WORDS)),
        tuple(one.id for one in active if _words_of_alternatives(by_id[one.id]) >= 0),
        tuple(kept(active, past.people, report.today)),
        found,
        {one.id: "review-by-passed" in found.get(one.id, ()) for one in active if one.record.review_by},
        history.asked,
        searched.hits,
        len(searched.texts),
        {name: log_of(record.path) for name, record in records.items()},
        None if merged is None else {o.change.number or 0: o.nudge for o in merged.changes if o.nudge},
    )
    return measure(report, seen), tuple(filter(None, (_without_status(report), history.note, note)))


def _without_status(report: Report) -> str:
    unread = sum(one.record.status is None or one.record.status.value == "unknown" for one in report.known)
    if not unread:
        return ""
    return f"Of {unread} of {len(report.known)} records no status was found: they are neither in force nor open here."


def _starts(root: Path, report: Report, merged: Merged | None) -> dict[int, str]:
    """Return by number the ISO day on which work on an asked pull request began: its first commit, or its opening."""
    asked = {pull.number: pull.sha for pull in report.pulls.asked() if pull.state != "waived"}
    found = first_days(root, asked)
    for one in merged.changes if merged else ():
        number, opened = one.change.number or 0, one.change.created[:10]
        if opened and number in asked:
            found[number] = min(opened, found.get(number, opened))
    return found


class _Searched(NamedTuple):
    """Which pull requests found a record of theirs by their title; what is compared of each record, by path and line."""

    hits: frozenset[int]
    texts: Mapping[tuple[str, int], str]


def _search(root: Path, config: Config, asked: Iterable[Asked], paths: Mapping[str, str]) -> _Searched:
    """Ask the search as a person would; `paths` gives by id where a record lies."""
    with closing(open_log(root, config, vocabulary_of(config), lambda told: say([told]))) as log:
        texts = {(card.path, card.line): text for card, text in zip(log.cards(), log.texts(), strict=True)}
        hits = {
            one.number
            for one in asked
            if not {paths[name] for name in one.records}.isdisjoint(
                h.card.path for h in log.search(one.title, FIRST).hits
            )
        }
    return _Searched(frozenset(hits), texts)


def _successors(records: Mapping[str, DecisionRecord]) -> dict[str, list[str]]:
    """Return by id the ids of those that replaced a record whole."""
    names = {id(record): name for name, record in records.items()}
    found: dict[str, list[str]] = {}
    for edge in build_graph(records.values()).supersessions():
        found.setdefault(names[id(edge.target)], []).append(names[id(edge.source)])
    return found


def _linked(records: Mapping[str, DecisionRecord]) -> frozenset[str]:
    """Return the ids of the records to which another one relates or links."""
    names = {id(record): name for name, record in records.items()}
    found = set()
    for edge in build_graph(records.values()).edges:
        found |= {names[id(edge.target)]} if edge.by_source else set()
        found |= {names[id(edge.source)]} if edge.by_target else set()
    log = make_log(records.values(), lambda _path: True)
    for record in records.values():
        for mark in record.links:
            other = follow(mark.text, record, log)
            if not isinstance(other, str) and other is not record:
                found.add(names[id(other)])
    return frozenset(found)


def _likeness(active: Sequence[Known], texts: Mapping[tuple[str, int], str]) -> dict[str, float]:
    """Return by id the likeness of each active record's nearest other active one."""
    known = [one for one in active if (one.record.path, one.record.span.start) in texts]
    vectors = Vectors([texts[one.record.path, one.record.span.start] for one in known])
    near = [vectors.nearest(i)[:1] for i in range(len(known))]
    return {one.id: round(found[0].score, 4) if found else 0.0 for one, found in zip(known, near, strict=True)}


def _words_of_alternatives(file: ReadFile) -> int:
    """Return in how many words a record tells of what it did not choose, -1 where it names no alternative."""
    lost = [option for option in file.record.considered_options if option.outcome != "chosen"]
    if not lost:
        return -1
    lines = {number for option in lost for number in range(option.span.start, option.span.end + 1)}
    return sum(len(file.document.lines[number - 1].split()) for number in lines)
