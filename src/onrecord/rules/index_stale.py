"""index-stale: a list of records between markers, and records it does not tell right."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.markdown import Document, Span
from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Edit, Fix
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, Suggestion, place_of
from onrecord.rules.samples import nygard

if TYPE_CHECKING:
    from onrecord.log.index.match import Change
    from onrecord.log.index.regions import Revision

_MOST = 3  # differences in one sentence
_MOST_MISSING = 1_000  # records: to write more than these into a list is the work of “onrecord index --fix”


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    everything = (*subject.records, *subject.others)
    others = [(record, subject.documents.get(record.path)) for record in everything if record.kind != "record"]
    indexes = [(record, document) for record, document in others if document and _has_marker(document)]
    if not indexes:
        return  # before the code for lists is loaded: most runs have none
    from onrecord.log.index.listing import Fault
    from onrecord.log.index.regions import revise_index
    from onrecord.log.references import log_of
    from onrecord.record.vocabulary import shipped

    known: dict[tuple[str, str, tuple[str, ...]], list[Revision]] = {}  # two that say the same in one place are one
    for record, document in indexes:
        key = (posixpath.dirname(record.path), log_of(record.path), document.lines)
        if key not in known:
            try:
                known[key] = revise_index(record.path, document, everything, subject.exists, shipped(), _MOST_MISSING)
            except Fault:  # “onrecord index” says what is wrong with the markers
                known[key] = []
        for revision in known[key]:
            if revision.changes and _is_known(revision, record.path, subject):
                yield from _hits(record, document, revision, subject)


def _has_marker(document: Document) -> bool:
    return (document.mentions("onrecord:index") or document.mentions("adrlog")) and any(
        "onrecord:index" in comment.text or "adrlog" in comment.text for comment in document.comments
    )


def _is_known(revision: Revision, path: str, subject: LogSubject) -> bool:
    """Tell whether all files that the list may be about were read."""
    from onrecord.log.references import is_whole, log_of

    homes = {log_of(one) for one in (path, *(record.path for record in revision.listed))}
    return all(is_whole(home, subject.folders) for home in homes)


def _hits(
    index: DecisionRecord, document: Document, revision: Revision, subject: LogSubject
) -> Iterator[tuple[str, Hit]]:
    """Speak at the index, or where only records are checked, at each of those that it does not tell right."""
    suggestion = _suggestion(document, revision) if revision.is_written else None
    fix = Fix((Edit(index.path, *suggestion),)) if suggestion else None
    if subject.checks(index):
        seen = [_seen(change) for change in revision.changes]
        more = f", and {len(seen) - _MOST} more" if len(seen) > _MOST else ""
        line = next((change.line for change in revision.changes if change.line), revision.region.start)
        yield (
            index.path,
            Hit(
                Span(line, line), f"the list differs from the records: {', '.join(seen[:_MOST])}{more}", suggestion, fix
            ),
        )
        return
    for change in revision.changes:
        if change.record is not None and change.kind in ("missing", "outdated") and subject.checks(change.record):
            what = "does not list it" if change.kind == "missing" else f"says another {_parts(change)}"
            yield change.record.path, Hit(place_of(change.record), f"{index.path} {what}", None, fix)


def _suggestion(document: Document, revision: Revision) -> Suggestion:
    """Return the new lines with those left out that stay; never without a line to replace."""
    first, last = revision.region.start, revision.region.end  # the markers themselves, 1-based
    old, new = document.lines[first - 1 : last], (document.lines[first - 1], *revision.lines, document.lines[last - 1])
    start = 0
    while start + 1 < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start - 1 and old[-1 - end] == new[-1 - end]:
        end += 1
    return Suggestion(Span(first + start, last - end), tuple(new[start : len(new) - end]))


def _seen(change: Change) -> str:
    return (
        f"outdated {_parts(change)} of {change.name}" if change.kind == "outdated" else f"{change.kind} {change.name}"
    )


def _parts(change: Change) -> str:
    return " and ".join(dict.fromkeys(name for name, _, _ in change.parts))


_PATH = "docs/adr/README.md"
_HEAD = "# Decisions\n\n<!-- onrecord:index -->\n\n- [ADR-0007](0007-example.md) - Keep invoices in PostgreSQL\n"
_SECOND = "- [ADR-0008](0008-keep-them.md) - Keep them in PostgreSQL\n"
_END = "\n<!-- /onrecord:index -->\n"
_UNMARKED = _HEAD.replace("<!-- onrecord:index -->\n\n", "")
_FILES = (
    FileExample("docs/adr/0007-example.md", nygard(), nygard()),
    FileExample("docs/adr/0008-keep-them.md", *(2 * (nygard().replace("# 7. Keep invoices", "# 8. Keep them"),))),
)

RULE = Rule(
    id="index-stale",
    scope="log",
    severity=Severity.NOTICE,
    summary="A list of records between markers is not what the records say.",
    why="Readers begin at the list; what is missing there is not found, and what is outdated is believed.",
    help="Run “onrecord index --fix”, which rewrites what stands between the markers and nothing else.",
    check_log=_check_log,
    good=(
        Example("All are listed.", _HEAD + _SECOND + _END, _PATH, files=_FILES),
        Example("A list without markers is left to its authors.", _UNMARKED, _PATH, files=_FILES),
    ),
    bad=(
        Example("One is missing.", _HEAD + _END, _PATH, files=_FILES),
        Example(
            "One has another title.",
            _HEAD + _SECOND.replace("Keep them in PostgreSQL", "Queue them") + _END,
            _PATH,
            files=_FILES,
        ),
    ),
)
