"""What would help next: for each thing that is missing, one line that can be followed."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.completeness import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.coverage.model import Pull
    from onrecord.coverage.report import Report

HUB = 5  # pull requests that one record covers
TOP, TOP_NAME = ".", "(top)"  # the area of files that lie in no folder
_FEW = 5  # entries shown of a list that says less
FIELD_WORDS = {
    "decision": "a decision",
    "alternatives": "an alternative",
    "owner": "an owner",
    "context": "the context",
    "consequences": "the consequences",
    "status": "a status",
    "date": "a date",
    "review_by": "a date to look again",
}


class Missing(NamedTuple):
    """One thing in a list: its name, the day it dates from (empty where it has none), what was seen, what would help.

    Names and what was seen hold the words of strangers.
    """

    name: str
    day: str
    what: str
    seen: str
    step: str


class Listing(NamedTuple):
    """A list with its heading; `step` is what would help with each entry that has none of its own, `most` how many are shown."""

    heading: str
    entries: tuple[Missing, ...]
    step: str = ""
    most: int = 10


def listings(report: Report, hints: int) -> list[Listing]:
    """Return the lists that are not empty: what was asked for first, the oldest first; then hints, areas, records."""
    found = (*_on_pulls(report), *_on_links(report), *_on_hints(report, hints), *_on_code(report))
    return [one for one in found if one.entries]


def _on_pulls(report: Report) -> Iterator[Listing]:
    yield Listing(
        "Asked for a decision, and not on record; the oldest first",
        tuple(_pull(one) for one in report.oldest_first("uncovered")),
        _write_down(report),
    )
    yield Listing(
        "On record, and the record waits to be accepted",
        tuple(_pull(one) for one in report.oldest_first("pending")),
    )
    yield Listing(
        "“No decision” is stated, and no approval of it by somebody else was found",
        tuple(_pull(one) for one in report.oldest_first("unconfirmed")),
        "a trailer “Reviewed-by: NAME” in the commit confirms it"
        if report.source == "git"
        else "an approving review by somebody else confirms it",
    )
    yield Listing(
        "Put off by a label for a week; the first due first",
        tuple(_pull(one) for one in report.oldest_first("later")),
        _write_down(report),
    )
    yield Listing(
        "Waived, and approved by somebody else; the reasons, the oldest first",
        tuple(Missing(f"#{p.number}", p.merged_at, p.title, p.waived, "") for p in report.oldest_first("waived")),
    )


def _on_links(report: Report) -> Iterator[Listing]:
    yield Listing("Records that pull requests touched or name, and that are not there", tuple(_gone(report)))
    yield Listing(
        f"Records that cover {HUB} pull requests or more; whether they decide all of that is worth a look",
        tuple(_hubs(report)),
        "",
        _FEW,
    )


def _on_hints(report: Report, hints: int) -> Iterator[Listing]:
    yield Listing(
        "Hints: nobody asked, and what changed looks like a decision; about one in three such hints is none",
        tuple(_hint(one) for one in _open_hints(report, hints)),
        _write_down(report),
    )


def _on_code(report: Report) -> Iterator[Listing]:
    yield Listing(
        "Busy areas of which no record speaks; the busiest first",
        tuple(_areas(report)),
        "a line “scope: ['FOLDER/…']” in the front matter of the record that decides there",
        _FEW,
    )
    yield Listing(
        "Scopes that name what has moved",
        tuple(Missing(m.id, "", "", f"“{m.glob}” names no file", f"scope: ['{m.to}']") for m in report.areas.moved),
    )
    yield Listing(
        "Files that several records speak of; they count once",
        tuple(_overlaps(report)),
        "",
        _FEW,
    )
    yield Listing(
        "Records in force of which a part was not found",
        tuple(_records(report)),
        "“onrecord check FILE” says, part by part, what would help",
        _FEW,
    )


def why_asked(pull: Pull) -> str:
    """Return what asked, in words."""
    said = {
        "author": "the author states a decision",
        "label": "the label {}",
        "path": "the path {}",
        "code-owner": "files of {}",
        "scope": "the scope of {}",
    }
    return ", ".join(said[by].format(what) for by, what in pull.asked_by)


def _pull(pull: Pull) -> Missing:
    said = why_asked(pull) if pull.asked_by[0][0] == "author" else f"asked by {why_asked(pull)}"
    lacks = pull.waived if pull.state == "unconfirmed" else pull.lacks
    return Missing(f"#{pull.number}", pull.merged_at, pull.title, f"{said}; {lacks}", _own_step(pull))


def _own_step(pull: Pull) -> str:
    """Return what would help with this one alone, empty where it is the same for all."""
    if waiting := next((link for link in pull.links if link.is_open), None):
        return f"accept or reject {waiting.record}"
    return f"complete {pull.links[0].record}" if pull.links else ""


def _write_down(report: Report) -> str:
    if not report.folder:
        return "“onrecord init” prepares a folder for records; a line “implemented-by: ['#NUMBER']” in one ties it to these"
    name = f"{report.folder}/{report.number + '-' if report.number else ''}….md"
    return f"three sentences in {name} with “implemented-by: ['#NUMBER']”, or that line in the record it belongs to"


def _open_hints(report: Report, hints: int) -> list[Pull]:
    return [pull for pull in reversed(report.pulls.hinted(hints)) if pull.state not in ("covered", "waived")]


def _hint(pull: Pull) -> Missing:
    return Missing(f"#{pull.number}", pull.merged_at, pull.title, "; ".join(pull.signs), "")


def _gone(report: Report) -> list[Missing]:
    seen = {"touches": "it is not there any more", "names": "no record answers to this name"}
    steps = {"touches": "git log --diff-filter=D -- {}", "names": ""}
    return [
        Missing(f"#{one.number}", "", one.path, seen[one.way], steps[one.way].format(quote(one.path)))
        for one in reversed(report.pulls.gone)
    ]


def _hubs(report: Report) -> list[Missing]:
    """Return the records that many pull requests lean on, the widest first."""
    fans = sorted(report.pulls.fan_out().items(), key=lambda row: (-len(row[1]), row[0]))
    return [Missing(name, "", "", f"covers {_some(len(n), 'pull request')}", "") for name, n in fans if len(n) >= HUB]


def _overlaps(report: Report) -> list[Missing]:
    found = sorted(report.areas.overlaps().items(), key=lambda row: (-len(row[1]), row[0]))
    return [Missing(" and ".join(ids), "", "", _some(len(files), "file"), "") for ids, files in found]


def _areas(report: Report) -> list[Missing]:
    silent = report.areas.silent()
    return [
        Missing(
            a.name if a.name != TOP else TOP_NAME,
            "",
            "",
            f"{_some(a.commits, 'change')} in {_some(a.files, 'file')}",
            "",
        )
        for a in silent
    ]


def _records(report: Report) -> list[Missing]:
    """Return active records with gaps, the most gaps first."""
    lacks = {one.id: [FIELD_WORDS[f] for f in FIELDS if f not in one.has] for one in report.records.standings}
    names = sorted((name for name in lacks if lacks[name]), key=lambda name: (-len(lacks[name]), name))
    return [Missing(name, "", "", f"not found: {', '.join(lacks[name])}", "") for name in names]


def _some(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
