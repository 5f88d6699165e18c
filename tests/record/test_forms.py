"""Which form a record has, what names it, tables in HTML, unfilled words, and edits of bare texts."""

from __future__ import annotations

import pytest

from onrecord.markdown import Html, Span
from onrecord.record import parse_record
from onrecord.record.edit.model import Edit
from onrecord.record.edit.text import edit_text
from onrecord.record.html_table import read_html_tables
from onrecord.record.placeholders import find_placeholder, is_unfilled
from onrecord.record.vocabulary import shipped

PATH = "docs/adr/0007-keep.md"
CONTEXT, DECISION = "## Context\n\nc\n\n", "## Decision\n\nWe will use Redis.\n\n"
BODY = CONTEXT + DECISION
MADR = "## Context and Problem Statement\n\nc\n\n## Considered Options\n\n* Redis\n* Kafka\n\n## Decision Outcome\n\nChosen option: Redis\n\n"
ISSUE = "## Issue\n\nx\n\n## Positions\n\n* a\n\n## Decision\n\nWe do.\n\n## Argument\n\nx\n\n"
DIALECTS = [
    ("", MADR, "madr-3"),
    ("* Status: accepted\n\n", MADR, "madr-2"),
    ("* Status: accepted\n* Tags: a\n\n", MADR, "log4brains"),
    ("* Status: accepted\n* **Tags**: a\n\n", MADR, "log4brains"),
    ("---\nstatus: accepted\n---\n\n", MADR, "madr-3"),
    ("---\nstatus: accepted\n---\n\n* Date: 2026-03-01\n\n", MADR, "madr-3"),
    ("---\ndeciders: Ann\n---\n\n* Date: 2026-03-01\n\n", MADR, "madr-3"),
    ("---\nx: y\n---\n\n* Date: 2026-03-01\n\n", MADR, "madr-2"),
    ("---\ndecision-makers: Ann\n---\n\n", MADR, "madr-4"),
    ("", f"{MADR}### Confirmation\n\nx\n", "madr-4"),
    ("---\ntype: adr\nproject: y\n---\n\n", MADR, "structured-madr"),
    ("---\ncategory: adr\ndescription: y\n---\n\n", MADR, "structured-madr"),
    ("---\ntype: adr\n---\n\n", MADR, "madr-3"),
    ("", BODY, "nygard"),
    ("", f"{DECISION}## Consequences\n\nx\n", "nygard"),
    ("", f"{BODY}## Rationale\n\nx\n", "nygard"),
    ("", DECISION, "custom"),
    ("", f"{DECISION}## Rationale\n\nx\n", "edc"),
    ("", f"{BODY}## Changelog\n\n- x\n", "cosmos"),
    ("", f"{DECISION}## Changelog\n\n- x\n", "custom"),
    ("", f"{CONTEXT}## Decision Drivers\n\n* x\n\n## Options\n\n* a\n* b\n\n{DECISION}", "madr-3"),
    ("", f"{ISSUE}## Assumptions\n\nx\n", "tyree-akerman"),
    ("", ISSUE, "nygard"),
    ("| Issue | x |\n|---|---|\n| Decision | We use it |\n| Rationale | y |\n", "", "tyree-akerman"),
    ("In the context of x, facing y, we decided for z and neglected w, to achieve q, accepting r.\n", "", "y-statement"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "dialect"), DIALECTS)
def test_the_form_of_a_record(head: str, body: str, dialect: str) -> None:
    text = f"{head}# 7. K\n\n{body}" if head.startswith("---\n") and "*" not in head else f"# 7. K\n\n{head}{body}"
    if head.startswith("---\n") and "*" in head:
        matter, _, rest = head.partition("---\n\n")
        text = f"{matter}---\n\n# 7. K\n\n{rest}{body}"
    assert parse_record(text, PATH).dialect == dialect


NAMED = [
    ("---\nslug: 0012\n---\n\n# K\n\n", "docs/adr/k.md", "12", "K", "front matter `slug`"),
    ("---\nslug: x\n---\n\n# K\n\n", "docs/adr/k.md", None, "K", None),
    ("---\nnumber: 0012\n---\n\n# K\n\n", "docs/adr/k.md", "12", "K", "front matter `number`"),
    ("---\nnumber: 0\n---\n\n# K\n\n", "docs/adr/k.md", "0", "K", "front matter `number`"),
    ("---\nnumber: 12345\n---\n\n# K\n\n", "docs/adr/k.md", "12345", "K", "front matter `number`"),
    ("---\nnumber: 123456\n---\n\n# K\n\n", "docs/adr/k.md", None, "K", None),
    ("# 7. K\n\nNumber: 8\n\n", "docs/adr/k.md", "7", "K", "first heading"),
    ("# Open Parcel Hub - Use it\n\n", "docs/adr/OPH-ADR-0001-x.md", "OPH-ADR-0001", "Use it", "file name"),
    ("# Open Parcel Hub - Use it\n\n", "docs/adr/oph-0001-x.md", "OPH-0001", "Use it", "file name"),
    ("# Open Parcel Hub - Use it\n\n", "docs/adr/0001-x.md", "1", "Open Parcel Hub - Use it", "file name"),
    ("# K\n\n", "readme.md", None, "K", None),
]


@pytest.mark.parametrize(("head", "path", "number", "title", "how"), NAMED)
def test_number_and_title(head: str, path: str, number: str | None, title: str, how: str | None) -> None:
    record = parse_record(head + BODY, path)
    slot = record.slots.get("number")
    assert (record.number, record.title, slot.how if slot else None) == (number, title, how)


@pytest.mark.parametrize(
    ("head", "title", "how", "line"),
    [
        ("---\ntitle: K it\n---\n\n# Abstract\n\nx\n\n", "K it", "front matter `title`", 2),
        ("# Title\n\nKeep it 2026-01-01\n\n", "Keep it", 'heading "Title"', 1),
        ("title: Keep\n\n", "Keep", "line `title`", 1),
        ("# Architecture Decision Record\n\n", "Architecture Decision Record", "first heading", 1),
        ("---\ntitle: n/a\n---\n\n", None, "", None),
        ("", None, "", None),
    ],
)
def test_where_the_title_stands(head: str, title: str | None, how: str, line: int | None) -> None:
    record = parse_record(head + BODY, PATH)
    slot = record.slots["title"]
    assert (record.title, slot.how, slot.span.start if slot.span else None) == (title, how, line)


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("<table><tr><th>A</th><td>b<br>c</td></tr><tr><td>d<td>e</table>", [[("A", "b, c"), ("d", "e")]]),
        ("<table><tr><td><ul><li>x<li>y</ul><p>z</table>", [[("x, y, z",)]]),
        ("<table><tr><td>a &lt; b < c</td></tr></table><table><tr><td>2</td></tr></table>", [[("a < b < c",)], [("2",)]]),
        ("<table><tr><td>a</td></tr>text<tr><td> b   c </td></tr></table>", [[("a",), ("b c",)]]),
        ("<p>x</p>", []),
        ("<table></table>", []),
        ("<td>x</td>", []),
    ],
)  # fmt: skip
def test_tables_in_html(source: str, rows: list[list[tuple[str, ...]]]) -> None:
    tables = read_html_tables(Html(source, Span(3, 5)))
    assert [[table.header, *table.rows] for table in tables] == rows
    assert all(table.spans == (Span(3, 5),) * (1 + len(table.rows)) for table in tables)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<say it>", "<say it>"),
        ("**TBD**", "TBD"),
        ("TODO", "TODO"),
        ("{describe it here}", "{describe it here}"),
        ("[e.g. Redis]", "[e.g. Redis]"),
        ("[Redis]", None),
        ("`{describe it here}` y", None),
        ("{x}", None),
        ("{{ title }}", None),
        ("<br>", None),
        ("Chosen option: <a>", None),
        ("", None),
    ],
)
def test_words_that_nobody_filled_in(text: str, found: str | None) -> None:
    assert find_placeholder(text, shipped()) == found
    assert is_unfilled(text, shipped()) is (found is not None)


@pytest.mark.parametrize(
    ("text", "span", "lines", "after"),
    [
        ("a\nb", (3, 2), ("c",), "a\nb\nc"),
        ("a\nb\n", (3, 2), ("c",), "a\nb\nc\n"),
        ("a\nb", (2, 2), (), "a"),
        ("a\nb\nc", (2, 3), (), "a"),
        ("a\nb", (2, 2), ("c", "d"), "a\nc\nd"),
        ("a\r\nb\n", (1, 1), ("c", "d"), "c\r\nd\r\nb\n"),
        ("a\nb\r\nc", (3, 3), ("d", "e"), "a\nb\r\nd\r\ne"),
        ("\ufeffa\n", (1, 1), ("b",), "\ufeffb\n"),
        ("a", (1, 0), ("b",), "b\na"),
        ("a\n", (1, 1), (), ""),
    ],
)
def test_lines_take_the_place_of_lines(text: str, span: tuple[int, int], lines: tuple[str, ...], after: str) -> None:
    assert edit_text(text, [Edit(PATH, Span(*span), lines)]) == after
