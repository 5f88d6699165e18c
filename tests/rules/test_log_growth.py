"""The work of the rules that look at a whole log grows with the log and no faster: steps are counted, not seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from onrecord.markdown import Comment, Document, Section, Span, parse_document
from onrecord.record import DecisionRecord, Status, read_records
from onrecord.record.vocabulary import shipped
from onrecord.rules import LOG_RULES, LogSubject, load_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = "docs/adr"
SMALL = 48  # records
AT_MOST = 2.09  # times the steps for twice the records: what goes through all of them for each comes to 2.13 and more


def record(number: int, name: str = "", title: str = "", **relations: list[str]) -> DecisionRecord:
    path = f"{HERE}/{name or f'{number:04}-keep-it.md'}"
    status = Status("superseded", "Superseded") if "superseded_by" in relations else Status("accepted", "Accepted")
    return DecisionRecord(path=path, number=str(number), title=title or f"Keep it {number}", status=status, **relations)  # type: ignore[arg-type]


def line_of_successors(n: int) -> list[DecisionRecord]:
    return [record(i, superseded_by=[f"ADR-{i + 1}"], supersedes=[f"{i - 1:04}-keep-it.md"]) for i in range(1, n)]


def one_replaced_by_all(n: int) -> list[DecisionRecord]:
    return [record(i, supersedes=["ADR-1"], relates_to=["ADR-2"]) for i in range(1, n)]


def named_and_gone(n: int) -> list[DecisionRecord]:
    lost = ["ADR-9999", "0777-gone.md", "JIRA-12", "keep-it"]
    return [record(i, supersedes=[*lost, "ADR-1"], superseded_by=[f"0{i}-other.md"]) for i in range(1, n)]


def series_of_their_own(n: int) -> list[DecisionRecord]:
    return [record(i, f"{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}-{i}-keep-it.md") for i in range(1, n)]


def titles_that_are_copied(n: int) -> list[DecisionRecord]:
    return [record(i, title="Keep the invoices") for i in range(1, n)]


def rows_none(_records: list[DecisionRecord]) -> list[str]:
    return []


def rows_half_and_gone(records: list[DecisionRecord]) -> list[str]:
    rows = [f"- [{one.title} before](../{one.path.removeprefix('docs/')})" for one in records[::2]]
    return [row for i, one in enumerate(rows) for row in (one, f"- [Gone]({9000 + i}-gone.md)")]


def rows_without_links(records: list[DecisionRecord]) -> list[str]:
    return [f"- {one.number}. {one.title}" for one in records]


def table_in_its_own_order(records: list[DecisionRecord]) -> list[str]:
    head = ["| # | Decision | Status | Replaces |", "|---|---|---|---|"]
    shown = sorted(records, key=lambda one: (one.number or "")[::-1])[: len(records) * 2 // 3]
    return head + [f"| {one.number} | [{one.title}]({one.path.rsplit('/')[-1]}) | Accepted | |" for one in shown]


def index(rows: list[str]) -> Document:
    lines = ["<!-- onrecord:index -->", "", *rows, "", "<!-- /onrecord:index -->"]
    marks = [Comment(lines[i][4:-3], Span(i + 1, i + 1), True) for i in (0, -1)]
    marks[1] = marks[1]._replace(span=Span(len(lines), len(lines)))
    return Document(None, (Section(0, "", Span(1, 1), (), -1, len(lines)),), tuple(marks), (), tuple(lines))


def with_index(records: list[DecisionRecord], rows: Callable[[list[DecisionRecord]], list[str]]) -> LogSubject:
    page = DecisionRecord(path=f"{HERE}/README.md", kind="not-a-record", reason="index")
    return log([*records, page], {page.path: index(rows(records))})


def log(records: list[DecisionRecord], documents: dict[str, Document] | None = None, **more: Any) -> LogSubject:
    paths = {one.path for one in records}
    return LogSubject(tuple(records), "2026-06-01", (), paths.__contains__, ("",), documents=documents or {}, **more)


def numbers_twice(n: int) -> LogSubject:
    places = [(i, f"{HERE}/{i:04}-{name}.md") for i in range(1, n // 4 + 1) for name in ("keep", "take")]
    texts = {path: f"# {i}. {path[-7:-3]} it\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n" for i, path in places}
    documents = {path: parse_document(text) for path, text in texts.items()}
    records = [read_records(document, path, shipped())[0] for path, document in documents.items()]
    return log(records, documents, added={path: i for i, path in enumerate(texts)})


def logs() -> Iterator[tuple[str, Callable[[int], LogSubject]]]:
    for made in (line_of_successors, one_replaced_by_all, named_and_gone, series_of_their_own):
        yield made.__name__, lambda n, made=made: log(made(n))  # type: ignore[misc]
    for rows in (rows_none, rows_half_and_gone, rows_without_links, table_in_its_own_order):
        yield rows.__name__, lambda n, rows=rows: with_index(line_of_successors(n), rows)  # type: ignore[misc]
    yield "titles_that_are_copied", lambda n: with_index(titles_that_are_copied(n), rows_none)
    yield "numbers_twice", numbers_twice


LOGS = dict(logs())


def steps(subject: LogSubject) -> int:
    """Return how many lines of Python the rules take, each turn of a loop on one line included; C is not seen."""
    count = 0

    def trace(_frame: Any, _event: str, _arg: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for rule in LOG_RULES:
            list(load_rule(rule).check_log(subject))  # type: ignore[misc]
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", LOGS)
def test_steps_grow_with_the_log(name: str) -> None:
    make = LOGS[name]
    for rule in LOG_RULES:  # patterns are compiled, modules read, and texts kept, before anything is counted
        list(load_rule(rule).check_log(make(2 * SMALL)))  # type: ignore[misc]
    small, large = steps(make(SMALL)), steps(make(2 * SMALL))
    assert large <= AT_MOST * small, (
        f"{SMALL} records: {small} steps; twice as many: {large}, {large / small:.2f} times"
    )
