"""Reports to draw a board of: one with something in every list, and as large a one as wanted."""

from typing import Any

from onrecord.adapters.files import Content, read_as_records
from onrecord.check import Finding, Location
from onrecord.check.upkeep import Entry, Queue
from onrecord.coverage.areas import AreaCoverage, Source
from onrecord.coverage.completeness import FULL, Completeness, Standing
from onrecord.coverage.fractions import Fraction
from onrecord.coverage.model import Gone, Link, Pull, PullCoverage
from onrecord.coverage.records import know
from onrecord.coverage.report import Report, Window
from onrecord.coverage.trend import Point
from onrecord.log.graph import build_graph
from onrecord.log.upkeep.facts import Past, standings
from onrecord.log.upkeep.facts import Standing as Place
from onrecord.record.vocabulary import shipped
from onrecord.render.board import Board
from onrecord.rules import Severity

ADDRESS = "https://github.com/shop/calls"
RECORD = """\
---
status: {status}
date: 2026-01-{day:02}
decision-makers: ["{owner}"]
{more}
---

# {title}

## Decision

We will keep {title} in one place, because it is asked for often.

## Considered Options

* One place
* Two places, which nobody would keep equal
"""


def pull(number: int, state: Any = "uncovered", title: str = "", **more: Any) -> Pull:
    """Return a pull request that the path `api/**` asks about, unless told otherwise."""
    values = {
        "number": number,
        "sha": f"{number:040x}",
        "merged_at": f"2026-{1 + number // 28 % 12:02}-{1 + number % 28:02}",
        "title": title or f"Count calls of shop number {number} in the new store",
        "excluded": "",
        "asked_by": (("path", "api/**"),),
        "score": 0,
        "signs": (),
        "is_described": True,
        "state": state,
        "links": (Link("touches", "docs/adr/0001-calls.md", "", False, False),) if state == "covered" else (),
        "lacks": "" if state == "covered" else "nothing is on record",
        "waived": "",
        "owner_source": "explicit" if state == "covered" else "",
        "areas": ("src/shop",),
    }
    return Pull(**(values | more))


def pulls(count: int, title: str = "") -> PullCoverage:
    """Return so many, the newest first: of ten, four are on record, three are not, two are hints and one is left out."""
    made = []
    for number in range(count, 0, -1):
        if number % 10 < 7:
            made.append(pull(number, "covered" if number % 10 < 4 else "uncovered", title))
        elif number % 10 < 9:
            made.append(
                pull(number, title=title, asked_by=(), score=2, signs=("3 areas of code", "310 lines of code added"))
            )
        else:
            made.append(pull(number, title=title, asked_by=(), excluded="opened by an automation"))
    return PullCoverage(tuple(made), (Gone(1, f"docs/adr/0099-{title or 'gone'}.md"),), (), ())


def board(count: int = 40, records: int = 6, words: str = "", address: str = ADDRESS) -> Board:
    """Return a board; `words` are put wherever somebody else's words stand."""
    files = []
    for at in range(records):
        more = f'supersedes: ["ADR-{at}"]' if at and at % 2 else ""
        status = "superseded" if at % 2 == 0 and at + 1 < records else "accepted"
        path = f"docs/adr/{at + 1:04}-{words.replace('/', '') or 'calls'}.md"
        title, owner = words.replace("\n", " ") or f"calls {at + 1}", words.replace('"', "'").replace("\\", "")
        source = RECORD.format(status=status, day=1 + at % 28, owner=owner or "Ann Example", more=more, title=title)
        files += read_as_records(Content(source, ()), path, path, shipped())
    known = know(files, {})
    sources = tuple(
        Source(f"{name}/a.py", 80, commits, ids, (name,))
        for name, commits, ids in (("src/shop", 60, ()), ("src/pay", 30, (known[0].id,)), (words or "src/mail", 9, ()))
    )
    standing = tuple(Standing(one.id, FULL[: 1 + at % len(FULL)], True, "decider") for at, one in enumerate(known))
    report = Report(
        "1.2.3", "a" * 40, words or "main", words or "onrecord.yml", "b" * 64, "2026-06-01",
        Window(count, "", "", "", "2026-01-01", "2026-05-31"), pulls(count, words), AreaCoverage(sources, (("test", ("t.py",)),), (), (), ()),
        Completeness(standing), known, "docs/adr", "0100", (words or "Labels are not in git.",),
        trend=tuple(Point(f"2026-0{at}-28", "c" * 40, at, Fraction(tuple(range(2 * at)), tuple(range(5 * at))), Fraction((), ()), at) for at in range(1, 5)),
        breaks=("2026-03-02",),
    )  # fmt: skip
    graph = build_graph(one.record for one in known)
    documents = {file.record.path: file.document for file in files}
    places: list[Place] = list(standings([file.record for file in files], documents, Past(), "2026-06-01"))
    found = tuple(
        Entry(place, (Finding("proposal-stuck", Severity.NOTICE, words or "it has been proposed for 90 days", words or "Decide.", Location(place.record.path, 1, 1)),), 2, 2.0)
        for place in places
    )  # fmt: skip
    cited = (
        Finding("citation-dangling", Severity.NOTICE, words or "cites a record", "", Location(words or "a.py", 3, 3)),
    )
    queue = Queue(found, cited, len(known), "2026-06-01", note=words)
    return Board(report, graph, queue, words or "shop/calls", address)
