"""What an edit writes is read back as exactly that, in each dialect, and nothing else of the record changes."""

from typing import NamedTuple

import pytest

from onrecord.markdown import parse_document
from onrecord.record import parse_record
from onrecord.record.edit.date import set_date
from onrecord.record.edit.model import Edit, edited
from onrecord.record.edit.relation import Relation, add_relation
from onrecord.record.edit.status import set_status
from onrecord.record.edit.title import set_number_in_title
from onrecord.record.edit.wording import reference_to

PATH = "docs/adr/0007-keep.md"
BODY = "## Context\n\nBilling writes to three tables.\n\n## Decision\n\nWe will keep PostgreSQL.\n\n## Consequences\n\nOne more.\n"
MADR = '## Context and Problem Statement\n\nSlow.\n\n## Considered Options\n\n* Redis\n* Disk\n\n## Decision Outcome\n\nChosen option: "Redis", because it keeps data.\n'


class Dialect(NamedTuple):
    """A text, and the lines that replace `old` for a successor and come in for a predecessor."""

    name: str
    text: str
    old: str
    by: str
    of: str


DIALECTS = [
    Dialect(
        "nygard", f"# 7. Keep\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n\n{BODY}",
        "Accepted", "Superseded by {}", "\n\nSupersedes {}"
    ),
    Dialect(
        "nygard with a list", f"# 7. Keep\n\n## Status\n\n* Accepted\n\n{BODY}",
        "* Accepted", "* Superseded by {}", "\n* Supersedes {}"
    ),
    Dialect(
        "madr 2", f"# Keep\n\n* Status: accepted\n* Date: 2026-03-01\n\n{MADR}",
        "* Status: accepted", "* Status: superseded by {}", "\n* Supersedes: {}"
    ),
    Dialect(
        "log4brains", f"# Keep\n\n- Status: accepted\n- Tags: storage\n\n{MADR}",
        "- Status: accepted", "- Status: superseded by {}", "\n- Supersedes: {}"
    ),
    Dialect(
        "madr 4", f"---\nstatus: accepted # so far\ndecision-makers: [Ann]\n---\n\n# Keep\n\n{MADR}",
        "status: accepted # so far", "status: superseded by {} # so far", "\nsupersedes: {}"
    ),
    Dialect(
        "quoted", f'---\nstatus: "accepted"\n---\n\n# Keep\n\n{MADR}',
        'status: "accepted"', 'status: "superseded by {}"', "\nsupersedes: {}"
    ),
    Dialect(
        "lines", f"# ADR 7: Keep\n\n**Status:** Accepted  \n**Date:** 2026-03-01\n\n{BODY}",
        "**Status:** Accepted  ", "**Status:** Superseded by {}  ", "\n**Supersedes:** {}  "
    ),
    Dialect(
        "a line alone", f"# ADR 7: Keep\n\nStatus: Accepted\n\n{BODY}",
        "Status: Accepted", "Status: Superseded by {}", "\n\nSupersedes: {}"
    ),
    Dialect(
        "table", f"# ADR 7: Keep\n\n| Key | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2026-03-01 |\n\n{BODY}",
        "| Status | Accepted |", "| Status | Superseded by {} |", "\n| Supersedes | {} |"
    ),
    Dialect("in the heading", f"# ADR 7: Keep\n\n## Status: Accepted\n\n{BODY}", "Accepted", "Superseded by {}", ""),
]  # fmt: skip
REFERENCES = [("[ADR-0012](0012-use-kafka.md)", "0012-use-kafka.md"), ("ADR-0012", "ADR-0012"), ("[12. Use Kafka](./0012-use-kafka.md)", "./0012-use-kafka.md")]  # fmt: skip


def applied(text: str, edit: Edit | None) -> str:
    assert edit is not None
    assert edit.path == PATH
    return "\n".join(edited(text.split("\n"), (edit,)))


def related(text: str, field: Relation, reference: str) -> Edit | None:
    return add_relation(parse_record(text, PATH), parse_document(text), field, reference)


@pytest.mark.parametrize(("reference", "name"), REFERENCES, ids=["link", "mention", "title"])
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
class TestRelations:
    def test_a_successor_takes_the_place_of_accepted(self, dialect: Dialect, reference: str, name: str) -> None:
        edit = related(dialect.text, "superseded_by", reference)
        if dialect.name == "in the heading" and "[" in reference:  # where no link is read
            assert edit is None
            return
        after = applied(dialect.text, edit)
        assert after == dialect.text.replace(dialect.old, dialect.by.format(reference), 1)
        record = parse_record(after, PATH)
        assert record.superseded_by == [name]
        assert record.status is not None
        assert record.status.value == "superseded"

    def test_a_predecessor_is_named_beside_the_status(self, dialect: Dialect, reference: str, name: str) -> None:
        edit = related(dialect.text, "supersedes", reference)
        if not dialect.of:
            assert edit is None
            return
        after = applied(dialect.text, edit)
        quoted = f'"{reference}"' if dialect.of.startswith("\nsupersedes") and "[" in reference else reference
        assert after == dialect.text.replace(dialect.old, dialect.old + dialect.of.format(quoted), 1)
        record = parse_record(after, PATH)
        assert record.supersedes == [name]
        assert record.status == parse_record(dialect.text, PATH).status


FIELDS = [
    ("empty list", "superseded-by: []", 'superseded-by: ["[A](0012-a.md)"]'),
    ("nothing", "superseded-by:", 'superseded-by: "[A](0012-a.md)"'),
    ("null", "superseded_by: null # none yet", 'superseded_by: "[A](0012-a.md)"  # none yet'),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
def test_a_field_that_waits_for_the_successor_gets_it_and_the_status_follows(before: str, after: str) -> None:
    text = f"---\nstatus: Accepted\ndate: 2026-03-01\n{before}\n---\n\n# Keep\n\n{MADR}"
    mended = applied(text, related(text, "superseded_by", "[A](0012-a.md)"))
    assert mended == text.replace("Accepted", "Superseded", 1).replace(before, after)
    assert parse_record(mended, PATH).superseded_by == ["0012-a.md"]


def test_a_status_that_says_more_is_kept_and_the_successor_stands_below() -> None:
    text = NYGARD.replace("Accepted", "Accepted on Monday")
    mended = applied(text, related(text, "superseded_by", "ADR-0012"))
    assert mended == NYGARD.replace("Accepted", "Accepted on Monday\n\nSuperseded by ADR-0012")
    assert set_status(parse_record(text, PATH), parse_document(text), "Deprecated") is None


def test_a_list_of_predecessors_grows() -> None:
    text = f"---\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n\n# Keep\n\n{MADR}"
    mended = applied(text, related(text, "supersedes", "ADR-0003"))
    assert mended == text.replace("[ADR-0001]", "[ADR-0001, ADR-0003]")


NYGARD = DIALECTS[0].text
DOUBTS = [
    ("two statuses", NYGARD.replace("Date: 2026-03-01", "Status: accepted")),
    ("none", NYGARD.replace("## Status\n\nAccepted\n\n", "")),
    ("not filled in", NYGARD.replace("Accepted", "[proposed | accepted]")),
    ("not a record", "# Notes\n\nSome words.\n"),
    ("a key twice", f"---\nstatus: accepted\nstatus: proposed\n---\n\n# Keep\n\n{BODY}"),
    ("front matter that cannot be read", f"---\nstatus: [accepted\n---\n\n{NYGARD}"),
    ("an unknown word", NYGARD.replace("Accepted", "Frobbed")),
]


@pytest.mark.parametrize("text", [text for _, text in DOUBTS], ids=[what for what, _ in DOUBTS])
def test_in_doubt_there_is_no_edit(text: str) -> None:
    assert related(text, "superseded_by", "ADR-0012") is None
    assert set_status(parse_record(text, PATH), parse_document(text), "Superseded by ADR-0012") is None


@pytest.mark.parametrize(
    "reference", ["two\nlines", "ADR-1 and ADR-2", "", "the one after the next one that we will write"]
)
def test_what_names_no_one_record_is_not_written(reference: str) -> None:
    assert related(NYGARD, "supersedes", reference) is None


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_a_status_is_set_where_it_stands(dialect: Dialect) -> None:
    edit = set_status(parse_record(dialect.text, PATH), parse_document(dialect.text), "Deprecated")
    after = applied(dialect.text, edit)
    old = "Accepted" if "Accepted" in dialect.old else "accepted"
    assert after == dialect.text.replace(old, "Deprecated", 1)
    assert parse_record(after, PATH).status == ("deprecated", "Deprecated")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# 7. Keep", "# 12. Keep"),
        ("# 0007 - Keep", "# 0012 - Keep"),
        ("# ADR-007: Keep 7 days", "# ADR-012: Keep 7 days"),
        ("7. Keep\n=======", "12. Keep\n======="),
    ],
)
def test_a_number_is_set_in_the_heading(before: str, after: str) -> None:
    text = NYGARD.replace("# 7. Keep", before)
    edit = set_number_in_title(parse_record(text, PATH), parse_document(text), 12)
    assert applied(text, edit) == text.replace(before, after)


def test_a_heading_without_a_number_gets_none() -> None:
    text = NYGARD.replace("# 7. Keep", "# Keep")
    assert set_number_in_title(parse_record(text, PATH), parse_document(text), 12) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("27/06/2026", "2026-06-27"),
        ("06/27/2026", "2026-06-27"),
        ("1 March 2026", "2026-03-01"),
        ("March 1st, 2026", "2026-03-01"),
        ("2026/03/01", "2026-03-01"),
        ("05.05.2026", "2026-05-05"),
        ("March 2026", "2026-03"),
        ("03/04/2026", None),
        ("03.04.2026", None),
        ("27/06/26", None),
        ("2026-03-01", None),
        ("27 June 2026, after the talk with Ann", None),
        ("31/02/2026", None),
    ],
)
def test_a_date_is_rewritten_only_when_it_can_mean_one_day(before: str, after: str | None) -> None:
    text = NYGARD.replace("2026-03-01", before)
    edit = set_date(parse_record(text, PATH), parse_document(text))
    if after is None:
        assert edit is None
    else:
        assert applied(text, edit) == text.replace(before, after)


@pytest.mark.parametrize(
    ("statement", "name", "expected"),
    [
        ("[ADR-0003](0003-csv.md)", "0003-csv.md", "[ADR-0007](0007-keep.md)"),
        ("[3. Keep CSV](./0003-csv.md)", "./0003-csv.md", "[7. Keep](./0007-keep.md)"),
        ("[0003-csv](0003-csv.md)", "0003-csv.md", "[0007-keep](0007-keep.md)"),
        ("[the old way](0003-csv.md)", "0003-csv.md", "[Keep](0007-keep.md)"),
        ("ADR 3", "ADR 3", "ADR 7"),
        ("ADR-0003", "ADR-0003", "ADR-0007"),
        ("0003-csv.md", "0003-csv.md", "0007-keep.md"),
        ("[ADR-3](/adr/3)", "/adr/3", None),
        ("[ADR-3](https://example.org/0003-csv.md)", "https://example.org/0003-csv.md", None),
    ],
)
def test_the_answer_has_the_form_of_the_statement(statement: str, name: str, expected: str | None) -> None:
    text = NYGARD.replace("Accepted", f"Accepted\n\nSupersedes {statement}")
    record = parse_record(text, PATH)
    other = parse_record(NYGARD.replace("# 7. Keep", "# 3. Keep CSV"), "docs/adr/0003-csv.md")
    assert record.supersedes == [name]
    assert reference_to(record, name, parse_document(text), other) == expected
