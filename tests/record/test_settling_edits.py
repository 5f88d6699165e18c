"""Where a date, a reason and people are written, and in which words an edit is refused."""

from __future__ import annotations

import difflib

import pytest

from onrecord.record import parse_record
from onrecord.record.edit.day import write_date
from onrecord.record.edit.legal import why_not
from onrecord.record.edit.page import Page, Refused
from onrecord.record.edit.people import add_people
from onrecord.record.edit.reason import gives_reason, write_reason
from onrecord.record.edit.state import words_for, write_status
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import madr, nygard

PATH, DAY = "docs/adr/0007-keep.md", "2026-11-22"


def page_of(text: str) -> Page:
    return Page(PATH, text, shipped())


def changes(before: str, after: Page | None) -> list[str] | None:
    """Return the lines that went ("- ") and came ("+ "), None where nothing was written."""
    if after is None:
        return None
    return [line.rstrip() for line in difflib.ndiff(before.split("\n"), after.text.split("\n")) if line[0] in "+-"]


NEVER_HELD = "and never held; “onrecord {}"
SETTLE = NEVER_HELD.format("accept” or “onrecord reject” settles it first")
SAY_NO = NEVER_HELD.format("reject” says no to it")
AGAIN = "to ask the question again, set its status to proposed first"
HELD = "a decision that held is superseded by a new record, or deprecated"
WHY_NOT = [
    ("Proposed", "accepted", ""),
    ("Proposed", "rejected", ""),
    ("Proposed", "deprecated", f"it is proposed {SAY_NO}"),
    ("Draft", "superseded", f"it is draft {SETTLE}"),
    ("Accepted", "accepted", f"it is accepted; {AGAIN}"),
    ("Accepted", "rejected", f"it is accepted; {HELD}"),
    ("Accepted", "deprecated", ""),
    ("Accepted", "superseded", ""),
    ("Rejected", "accepted", f"it is rejected; {AGAIN}"),
    ("Rejected", "deprecated", "it is rejected; it never held, so there is nothing to retire"),
    ("Rejected", "superseded", "it is rejected; it never held, so there is nothing to replace; “onrecord link” ties the two"),
    ("Deprecated", "accepted", "it is deprecated; what was retired comes back in a new record"),
    ("Deprecated", "rejected", f"it is deprecated; {HELD}"),
    ("Deprecated", "deprecated", f"it is deprecated; {AGAIN}"),
    ("Deprecated", "superseded", ""),
    ("Superseded", "accepted", "it is superseded; what was replaced comes back in a new record"),
    ("Superseded", "rejected", f"it is superseded; {HELD}"),
    ("Superseded", "deprecated", "it is superseded; it is out of force already"),
    ("Frobbed", "accepted", "its status, “Frobbed”, is no word that is known here; the configuration (vocabulary:) can teach it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "to", "why"), WHY_NOT)
def test_why_a_status_may_not_follow_another(old: str, to: str, why: str) -> None:
    assert why_not(parse_record(nygard(old), PATH), to) == why  # type: ignore[arg-type]


def test_without_a_status_it_can_only_be_settled() -> None:
    record = parse_record(nygard("x").replace("## Status\n\nx\n\n", ""), PATH)
    assert (why_not(record, "accepted"), why_not(record, "rejected")) == ("", "")
    said = (
        "it has no status, so nobody can tell whether it held; “onrecord accept” or “onrecord reject” settles it first"
    )
    assert (why_not(record, "deprecated"), why_not(record, "superseded")) == (said, said)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# Notes\n\nwords\n", "it is not a record (stub)"),
        (f"---\nstatus: [accepted\n---\n\n{nygard()}", "its front matter cannot be read for certain; “onrecord check” shows the place"),
        (f"{nygard()}\n{nygard().replace('# 7', '# 8')}", "it holds 2 records, and which of them is meant cannot be told by its name"),
    ],
)  # fmt: skip
def test_why_a_page_cannot_be_edited(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        page_of(text).draft()
    assert str(refused.value) == why


DATES = [
    ("Date: 2026-03-01", ["- Date: 2026-03-01", f"+ Date: {DAY}"]),
    ("Date: 1 March 2026", ["- Date: 1 March 2026", f"+ Date: {DAY}"]),
    (f"Date: {DAY}", []),
    ("", ["+", f"+ Decided On: {DAY}"]),
    ("Created: 2026-03-01", ["+", f"+ Decided On: {DAY}"]),  # a day of creation stays
    ("Last updated: 2026-03-01", ["+", f"+ Decided On: {DAY}"]),
    ("| Key | Value |\n|---|---|\n| Date | 1 March 2026   |", ["- | Date | 1 March 2026   |", f"+ | Date | {DAY}     |"]),
    ("| Key | Value |\n|---|---|\n| Date | 1 March 2026 |", ["- | Date | 1 March 2026 |", f"+ | Date | {DAY} |"]),
    ("Date: 2026-03-01 and 2026-04-02", None),
    ("Date: when Ann and Bo agreed on 2026", None),
    ("Date: 2026-03-01 2026-03-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("header", "lines"), DATES)
def test_where_a_date_goes(header: str, lines: list[str] | None) -> None:
    text = nygard(header=header)
    assert changes(text, write_date(page_of(text), DAY, "Decided On" if "Date" not in header else "Date")) == lines


@pytest.mark.parametrize(
    ("matter", "lines"),
    [
        ("date: 2026-03-01", ["- date: 2026-03-01", f"+ date: {DAY}"]),
        ("date:", ["- date:", f"+ date: {DAY}"]),
        ("created: 2026-03-01", [f"+ decided-on: {DAY}"]),
    ],
)
def test_where_a_date_goes_in_front_matter(matter: str, lines: list[str]) -> None:
    text = madr().replace("date: 2026-03-01", matter)
    key = "Decided On" if "created" in matter else "Date"
    assert changes(text, write_date(page_of(text), DAY, key)) == lines


def test_a_date_in_the_line_of_the_status_is_left() -> None:
    assert write_date(page_of(nygard("2026-03-01 Accepted", header="")), DAY) is None


MORE = "\n## More Information\n\nx\n"


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        (nygard("Rejected"), "It was too slow", "Rejected"),
        (nygard("Rejected\n\nOn a Monday"), "It was too slow", "On a Monday"),
        (madr() + MORE, "Rejected because It was too slow", "x"),
        (nygard(header="") + MORE.replace("x", "x\n\n### Sub\n\ny"), "It was too slow", "Accepted"),
    ],
)
def test_where_a_reason_goes(text: str, line: str, after: str) -> None:
    page = write_reason(page_of(text), "It was too slow", "Rejected because")
    assert sorted(changes(text, page) or ()) == ["+", f"+ {line}"]
    assert page is not None
    lines = page.text.split("\n")
    assert lines[lines.index(line) - 2] == after


def test_a_reason_without_a_place_gets_a_heading_of_its_own() -> None:
    page = write_reason(page_of(madr()), "It was too slow", "Rejected because")
    assert page is not None
    assert page.text == f"{madr()}\n## More Information\n\nRejected because It was too slow\n"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (nygard(), False),
        (nygard("Rejected\n\nIt was slow"), True),
        (nygard() + "\nrejected Because it is.\n", True),
        (madr(), False),
    ],
)
def test_whether_a_reason_is_there(text: str, given: bool) -> None:
    assert gives_reason(page_of(text), "Rejected because") is given


WHO = [
    ("## Deciders\n\n## X\n\ny", ["+", "+ Ann, Jo"]),
    ("## Deciders\n## X\n\ny", ["+", "+ Ann, Jo", "+"]),
    ("## Deciders\n\nBo Li", ["- Bo Li", "+ Bo Li, Ann, Jo"]),
    ("## Deciders\n\nTBD", ["- TBD", "+ Ann, Jo"]),
    ("## Deciders\n\n- TBD", ["- - TBD", "+ - Ann", "+ - Jo"]),
    ("## Deciders\n\n* {name}\n* {name}", ["- * {name}", "- * {name}", "+ * Ann", "+ * Jo"]),
    ("## Deciders\n\nBo Li\n\nand more", None),
    ("Deciders: Bo Li  ", ["- Deciders: Bo Li", "+ Deciders: Bo Li, Ann, Jo"]),
    ("| Deciders | Date |\n|---|---|\n| Bo Li | x |", ["- | Bo Li | x |", "+ | Bo Li, Ann, Jo | x |"]),
    ("| Deciders | Bo Li |\n|---|---|\n| Owner | Bo Li |", ["- | Deciders | Bo Li |", "+ | Deciders | Bo Li, Ann, Jo |"]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "lines"), WHO)
def test_where_people_go(header: str, lines: list[str] | None) -> None:
    text = nygard(header=header)
    assert changes(text, add_people(page_of(text), ["Ann", "Jo"])) == lines


@pytest.mark.parametrize(
    ("owner", "lines"),
    [
        ("[Bo Li]", ["- decision-makers: [Bo Li]", '+ decision-makers: [Bo Li, "Jörg: Ü", Ann]']),
        ("'Bo Li'", ["- decision-makers: 'Bo Li'", "+ decision-makers: 'Bo Li, Jörg: Ü, Ann'"]),
        ("\n  - Bo Li", ['+   - "Jörg: Ü"', "+   - Ann"]),
        ('\n  - "Bo Li"', ['+   - "Jörg: Ü"', '+   - "Ann"']),
    ],
)
def test_several_people_go_into_front_matter_as_they_are_written(owner: str, lines: list[str]) -> None:
    text = madr(owner=owner)
    assert changes(text, add_people(page_of(text), ["Jörg: Ü", "Ann"])) == lines


@pytest.mark.parametrize(
    ("owner", "name", "line"),
    [
        ('["Bo: Li"]', "Ann: Roe", 'decision-makers: ["Bo: Li", "Ann: Roe"]'),
        ("[Bo Li] # x", "O'Neil", "decision-makers: [Bo Li, O'Neil] # x"),
        ("'Bo Li'", "Ann: Roe", "decision-makers: 'Bo Li, Ann: Roe'"),
        ("'Bo Li'", "O'Neil", None),
        ('"O\'N"', "O'Neil", "decision-makers: \"O'N, O'Neil\""),
        ("Bo Li # lead", "O'Neil", "decision-makers: Bo Li, O'Neil # lead"),
        ("Bo Li", "Ann: Roe", None),
        ("\n  - \"Bo Li\"\n  - 'Jo'", "Ann: Roe", '  - "Ann: Roe"'),
        ("\n  - \"Bo Li\"\n  - 'Jo'", "Ann", '  - "Ann"'),
        ("\n  - Bo Li\n  - Jo", "Ann", "  - Ann"),
    ],
)
def test_quotes_as_the_front_matter_needs_them(owner: str, name: str, line: str | None) -> None:
    text = madr(owner=owner)
    lines = changes(text, add_people(page_of(text), [name]))
    assert lines is None if line is None else lines is not None and lines[-1] == f"+ {line}"


def status_after(text: str, value: str = "accepted") -> list[str] | None:
    page = page_of(text)
    return changes(text, write_status(page, value, words_for(value, page.record(), ()), DAY))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        ("", ["+", "+ Accepted"]),
        ("{proposed | accepted}", ["- {proposed | accepted}", "+ Accepted"]),
        ("* {proposed | accepted}", ["- * {proposed | accepted}", "+ * Accepted"]),
    ],
)
def test_a_status_that_nobody_filled_in(status: str, lines: list[str]) -> None:
    assert status_after(nygard(status)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (nygard("x").replace("## Status\n\nx\n\n", ""), ["+", "+ Status: Accepted"]),
        (madr(status="x: y"), ["+ status: Accepted"]),
        (madr(status="status:"), ["- status:", "+ status: Accepted"]),
    ],
)
def test_a_status_where_there_was_none(text: str, lines: list[str]) -> None:
    assert status_after(text) == lines
