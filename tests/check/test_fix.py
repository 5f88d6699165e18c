"""Mending: only the named lines change, byte for byte; then nothing is left to mend, and a second time changes nothing."""

import re
from collections.abc import Mapping
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.adapters.files import Content, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Around, Policy, Report, SchemaJudge, check
from onrecord.check.fix import MAX_ROUNDS, Mended, edit_text, fix_of, mend, plan
from onrecord.markdown import Span
from onrecord.record.vocabulary import shipped
from onrecord.rules import Edit, Fix, Severity

POLICY = Policy(SchemaJudge(schema("decision-record")), {"date-not-iso": Severity.NOTICE, "file-name-irregular": Severity.NOTICE})  # fmt: skip
QUICK = settings(max_examples=15, deadline=None, database=None, derandomize=True)
A = Edit("a", Span(2, 2), ("X",))

EDITS = [
    ("one line", "a\nb\nc\n", A, "a\nX\nc\n"),
    ("Windows", "a\r\nb\r\nc\r\n", A, "a\r\nX\r\nc\r\n"),
    ("mixed", "a\nb\r\nc\rd", A, "a\nX\r\nc\rd"),
    ("last line without an end", "a\nb", A, "a\nX"),
    ("more lines", "a\r\nb\r\nc", A._replace(lines=("X", "Y")), "a\r\nX\r\nY\r\nc"),
    ("more last lines without an end", "a\r\nb", A._replace(lines=("X", "Y")), "a\r\nX\r\nY"),
    ("fewer", "a\nb\r\nc\nd", A._replace(span=Span(2, 3)), "a\nX\nd"),
    ("gone", "a\nb\r\nc\n", A._replace(lines=()), "a\nc\n"),
    ("the last one gone", "a\nb", A._replace(lines=()), "a"),
    ("put in", "a\r\nb\n", A._replace(span=Span(2, 1)), "a\r\nX\r\nb\n"),
    ("put in first", "a\r\nb\n", A._replace(span=Span(1, 0)), "X\r\na\r\nb\n"),
    ("put in at the end", "a\r\nb\r\n", A._replace(span=Span(3, 2)), "a\r\nb\r\nX\r\n"),
    ("put in behind a line without an end", "a\r\nb", A._replace(span=Span(3, 2)), "a\r\nb\r\nX"),
    ("byte order mark", "\ufeffa\nb", A._replace(span=Span(1, 1)), "\ufeffX\nb"),
    ("a character that only looks like a line end", "a\u2028z\nb\x0c\nc", A, "a\u2028z\nX\nc"),
]


@pytest.mark.parametrize(("before", "edit", "after"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_an_edit_keeps_all_other_bytes(before: str, edit: Edit, after: str) -> None:
    assert edit_text(before, (edit,)) == after


def test_edits_of_one_text_do_not_disturb_each_other() -> None:
    edits = (Edit("a", Span(1, 1), ("1", "1")), Edit("a", Span(3, 2), ("in",)), Edit("a", Span(4, 4), ()))
    assert edit_text("a\nb\nc\nd\ne\n", edits) == "1\n1\nb\nin\nc\ne\n"


BODY = (
    "## Context\n\nBilling writes to three tables.\n\n## Decision\n\nWe will keep it.\n\n## Consequences\n\nOne more.\n"
)
MADR = '## Context and Problem Statement\n\nSlow.\n\n## Considered Options\n\n* Redis\n* Disk\n\n## Decision Outcome\n\nChosen option: "Redis", because it keeps data.\n'
SHAPES = [
    "# {n}. Keep {n}\n\nDate: {date}\n\n## Status\n\n{status}{more}\n\n" + BODY,
    "# Keep {n}\n\n* Status: {status}{bullet}\n* Date: {date}\n\n" + MADR,
    "---\nstatus: {status}\ndate: {date}{key}\n---\n\n# Keep {n}\n\n" + MADR,
    "# ADR-{n:04}: Keep {n}\n\n**Status:** {status}  {line}\n**Date:** {date}\n\n" + BODY,
]
DATES = ["2026-03-01", "27/06/2025", "March 3, 2025", "03/04/2025"]
STATUSES = ["Accepted", "accepted", "Accepted, after a long talk", "Proposed", "Superseded"]


@st.composite
def logs(draw: st.DrawFn) -> dict[str, str]:
    """Return a log of a few records of several dialects, of which some replace others and only one side says so."""
    texts: dict[str, str] = {}
    count = draw(st.integers(2, 5))
    names = [f"{n:04}-keep-{n}.md" for n in range(1, count + 1)]
    for n, name in enumerate(names, 1):
        shape, other = draw(st.sampled_from(SHAPES)), draw(st.integers(1, count))
        says = draw(st.sampled_from(["", "", "Supersedes", "Superseded by"])) if other != n else ""
        reference = draw(st.sampled_from([f"[{other}. Keep {other}]({names[other - 1]})", f"ADR-{other:04}"]))
        key = says.lower().replace(" ", "-")
        text = shape.format(
            n=n, date=draw(st.sampled_from(DATES)), status=draw(st.sampled_from(STATUSES)),
            more=says and f"\n\n{says} {reference}", bullet=says and f"\n* {says}: {reference}",
            key=says and f'\n{key}: "{reference}"', line=says and f"\n**{says}:** {reference}  ",
        )  # fmt: skip
        if draw(st.booleans()):
            text += "\n<!-- onrecord-disable-file link-broken: they will come -->\n"
        if draw(st.booleans()):
            text = text.replace("\n", "\r\n")
        if draw(st.booleans()):
            text = text.rstrip("\r\n")
        if draw(st.booleans()):
            text = f"\ufeff{text}"
        texts[f"docs/adr/{name}"] = text
    return texts


def report_on(texts: Mapping[str, str], added: Mapping[str, int] | None = None) -> Report:
    files = [f for path, text in texts.items() for f in read_as_records(Content(text.removeprefix("\ufeff"), ()), path, path, shipped())]  # fmt: skip
    return check(files, POLICY, "2026-06-01", texts.__contains__, around=Around(folders=("",), added=added or {}))


def mended(texts: Mapping[str, str], added: Mapping[str, int] | None = None) -> Mended:
    return mend(texts, lambda now: report_on(now, added))


LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@given(logs())
@QUICK
def test_then_nothing_is_left_to_mend_and_a_second_time_changes_nothing(texts: dict[str, str]) -> None:
    first = mended(texts)
    after = {**texts, **first.texts}
    assert [finding for finding in report_on(after).findings if fix_of(finding)] == []
    again = mended(after)
    assert (again.texts, again.moves, again.fixed) == ({}, (), ())


@given(logs())
@QUICK
def test_only_the_lines_that_the_edits_name_change(texts: dict[str, str]) -> None:
    """In each round: what stands between the edits of a file stands there afterwards too, byte for byte."""
    now, done = dict(texts), set[Fix]()
    while (step := plan(report_on(now).findings, now, done)).findings:
        done.update(fix for finding in step.findings if (fix := fix_of(finding)))
        for path, edits in step.edits.items():
            before, now[path] = now[path], edit_text(now[path], edits)
            lines = LINES.findall(before.removeprefix("\ufeff"))
            kept, at = ["\ufeff" if before.startswith("\ufeff") else ""], 0
            for edit in sorted(edits, key=lambda one: one.span):
                kept[-1] += "".join(lines[at : edit.span.start - 1])
                kept.append("")
                at = max(edit.span.end, edit.span.start - 1)
            kept[-1] += "".join(lines[at:])
            if at >= len(lines) and not LINES.findall(before)[-1].endswith("\n"):
                kept[-2] = kept[-2].rstrip("\r\n")  # the last line goes, and the text still has no line end there
            assert re.fullmatch("(?s:.*?)".join(map(re.escape, kept)), now[path])
            assert before.endswith("\n") == now[path].endswith("\n")
            assert ("\n" in now[path].replace("\r\n", "")) <= ("\n" in before.replace("\r\n", "") or "\n" not in before)


def nygard(number: int, more: str = "", title: str = "Keep") -> str:
    return SHAPES[0].format(n=number, date="2026-03-01", status="Accepted", more=more).replace("Keep", title, 1)


class TestNumbers:
    """Two records with one number: the newer one gets the next free one, where everything around is certain."""

    LOG: ClassVar = {
        "docs/adr/0001-a.md": nygard(1, "\n\nSee [7. B](0007-b.md) and `docs/adr/0007-b.md`."),
        "docs/adr/0007-b.md": nygard(7, title="B"),
        "docs/adr/0007-c.md": nygard(7, title="C"),
        "docs/adr/0012-d.md": nygard(12),
        "docs/adr/README.md": "# Decisions\n\n* [7. B](0007-b.md)\n* [7. C](./0007-c.md#status)\n",
    }
    AGES: ClassVar = {
        "docs/adr/0001-a.md": 1,
        "docs/adr/0007-c.md": 2,
        "docs/adr/0012-d.md": 3,
        "docs/adr/0007-b.md": 4,
    }

    def test_the_newer_one_moves_with_its_heading_and_its_links(self) -> None:
        result = mended(self.LOG, self.AGES)
        assert [tuple(move) for move in result.moves] == [("docs/adr/0007-b.md", "docs/adr/0013-b.md")]
        assert result.texts == {
            "docs/adr/0001-a.md": self.LOG["docs/adr/0001-a.md"]
            .replace("[7. B](0007-b.md)", "[13. B](0013-b.md)")
            .replace("adr/0007-b.md", "adr/0013-b.md"),
            "docs/adr/0007-b.md": self.LOG["docs/adr/0007-b.md"].replace("# 7. B", "# 13. B"),
            "docs/adr/README.md": "# Decisions\n\n* [13. B](0013-b.md)\n* [7. C](./0007-c.md#status)\n",
        }
        assert not [f for f in result.left.findings if f.rule in ("number-duplicate", "number-mismatch", "link-broken")]

    def test_a_move_that_something_outside_forbids_is_left(self) -> None:
        result = mend(self.LOG, lambda now: report_on(now, self.AGES), may_move=lambda _: False)
        assert (result.texts, result.moves) == ({}, ())
        assert [f.rule for f in result.left.findings if f.fix] == ["number-duplicate"]

    @pytest.mark.parametrize("ages", [{}, {**AGES, "docs/adr/0007-b.md": 2}], ids=["unknown", "one commit"])
    def test_without_an_order_nobody_moves(self, ages: dict[str, int]) -> None:
        result = mended(self.LOG, ages)
        assert (result.texts, result.moves) == ({}, ())
        assert [f.fix for f in result.left.findings if f.rule == "number-duplicate"] == [None]

    @pytest.mark.parametrize(
        "text",
        [
            nygard(1, "\n\nAs ADR-7 says."),
            nygard(1, "\n\nAs ADR 0007 says."),
            nygard(1, "\n\nSee [[0007-b]]."),
            nygard(1, "\n\nSee https://example.org/docs/adr/0007-b.md."),
            nygard(1, "\n\n| 7 | [B](0007-b.md) |"),
        ],
        ids=["mention", "padded", "wiki", "address", "column"],
    )
    def test_where_a_text_could_mean_either_nobody_moves(self, text: str) -> None:
        result = mended({**self.LOG, "docs/adr/0001-a.md": text}, self.AGES)
        assert (result.texts, result.moves) == ({}, ())

    def test_three_with_one_number(self) -> None:
        texts = {**self.LOG, "docs/adr/0007-e.md": nygard(7, title="E")}
        result = mended(texts, {**self.AGES, "docs/adr/0007-e.md": 5})
        assert [tuple(move) for move in result.moves] == [
            ("docs/adr/0007-b.md", "docs/adr/0013-b.md"),
            ("docs/adr/0007-e.md", "docs/adr/0014-e.md"),
        ]


def test_a_file_that_is_named_unlike_the_others_is_renamed_with_its_links() -> None:
    texts = {f"docs/adr/000{n}-keep.md": nygard(n) for n in range(1, 6)}
    texts["docs/adr/6-other.md"] = nygard(6, "\n\nSupersedes [ADR-0001](0001-keep.md)")
    texts["docs/adr/0001-keep.md"] = nygard(1).replace("Accepted", "Superseded by [ADR-0006](6-other.md)")
    result = mended(texts, dict.fromkeys(texts, 1))
    assert [tuple(move) for move in result.moves] == [("docs/adr/6-other.md", "docs/adr/0006-other.md")]
    assert "(0006-other.md)" in result.texts["docs/adr/0001-keep.md"]
    assert mended(texts).moves == (), "without git, nobody looks who else names it"


def test_what_does_not_go_away_is_not_tried_for_ever() -> None:
    texts = {"docs/adr/0001-keep.md": nygard(1).replace("2026-03-01", "27/06/2025")}
    report = report_on(texts)
    calls = []

    def look(now: Mapping[str, str]) -> Report:
        calls.append(now)
        return report

    mend(texts, look)
    assert len(calls) == 2 < MAX_ROUNDS


class TestSupersessions:
    """What one side states clearly, the other side says too; what is only mentioned, or contested, stays as it is."""

    OLD, NEW = "docs/adr/0003-keep.md", "docs/adr/0007-keep.md"

    def after(self, old: str, new: str, **others: str) -> dict[str, str]:
        return mended({self.OLD: old, self.NEW: new, **others}).texts

    def test_a_note_makes_the_status_follow(self) -> None:
        old = nygard(3).replace(
            "We will keep it.", "We will keep it.\n\n**Note: this is superseded by [ADR-7](0007-keep.md).**"
        )
        assert self.after(old, nygard(7))[self.OLD] == old.replace("Accepted", "Superseded by [ADR-0007](0007-keep.md)")

    def test_then_the_new_one_answers(self) -> None:
        old = nygard(3).replace("Accepted", "Superseded by ADR-0007")
        assert self.after(old, nygard(7)) == {self.NEW: nygard(7, "\n\nSupersedes ADR-0003")}

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (nygard(3), nygard(7).replace("We will keep it.", "This supersedes [ADR-3](0003-keep.md).")),
            (nygard(3), nygard(7, "\n\nSupersedes parts of ADR-0003")),
            (nygard(3).replace("Accepted", "Superseded by ADR-0001"), nygard(7, "\n\nSupersedes ADR-0003")),
            (nygard(3, "\n\nSupersedes ADR-0007"), nygard(7, "\n\nSupersedes ADR-0003")),
            (nygard(3), nygard(7, "\n\nSupersedes ADR-0003").replace("Accepted", "Proposed")),
            (nygard(3), nygard(7, "\n\nSupersedes [it](https://example.org/docs/adr/0003-keep.md)")),
            (nygard(3), nygard(7, "\n\nSupersedes ADR-0004")),
        ],
        ids=["in a sentence", "a part", "contested", "a circle", "only proposed", "address", "dangling"],
    )
    def test_in_doubt_nothing_changes(self, old: str, new: str) -> None:
        assert self.after(old, new) == {}

    def test_the_policy_rules_what_is_mended(self) -> None:
        ignored = (
            nygard(7, "\n\nSupersedes ADR-0003") + "\n<!-- onrecord-disable-file supersedes-one-sided: on purpose -->\n"
        )
        assert self.after(nygard(3), ignored) == {}
