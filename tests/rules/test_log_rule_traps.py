"""What looks like a broken log and is none, and what is one in a less usual shape."""

import pytest

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Around, Policy, SchemaJudge, check
from onrecord.record.vocabulary import shipped
from onrecord.rules import Severity
from onrecord.rules.samples import WE_WILL, nygard

RULES = frozenset(
    (
        *(
            "supersedes-self",
            "supersedes-cycle",
            "supersedes-contested",
            "status-outdated",
            "link-broken",
            "number-gap",
        ),
        *("relation-outdated", "conflict-accepted", "number-duplicate"),
    )
)


def said(*files: tuple[str, str]) -> list[tuple[str, str]]:
    """Check files as a whole log; return number and rule of each finding."""
    read = [one for path, text in files for one in read_as_records(decode(text.encode()), path, path, shipped())]
    policy = Policy(SchemaJudge(schema("decision-record")), {"number-gap": Severity.NOTICE}, RULES)
    names = {path for path, _ in files}
    found = check(read, policy, "2026-06-01", lambda path: path in names, around=Around(folders=("",))).findings
    return [(one.location.path.rsplit("/", 1)[-1][:4], one.rule) for one in found]


def record(number: int, status: str = "Accepted", notes: str = "", prefix: str = "") -> tuple[str, str]:
    """Return path and text of record `number`, with a section of notes."""
    text = nygard(status).replace("# 7. Keep invoices", f"# {number}. Keep them")
    return f"docs/adr/{prefix}{number:04}-a.md", text + (f"\n## Notes\n\n{notes}\n" if notes else "")


class TestReplacingOneself:
    @pytest.mark.parametrize(
        "status", ["Superseded by ADR-0007", "Superseded by [7](./0007-a.md)", "Superseded by [7](../adr/0007-a.md)"]
    )
    def test_by_number_or_file(self, status: str) -> None:
        assert said(record(7, status)) == [("0007", "supersedes-self")]

    @pytest.mark.parametrize(
        "status",
        [
            "Superseded by [the note below](#note)",
            "Superseded, see [the note](0007-a.md#note)",
            "Superseded by RFC-7",
        ],
    )
    def test_an_anchor_or_another_series(self, status: str) -> None:
        assert said(record(7, status)) == []

    def test_a_new_version_beside_the_old_one(self) -> None:
        path, text = record(7, "Accepted\n\nSupersedes ADR-7")
        assert said(record(7), (path.replace(".md", "-v2.md"), text)) == []


class TestWhatIsNotSaid:
    @pytest.mark.parametrize(
        "note",
        [
            "It is not superseded by ADR-8",
            "This may be superseded by ADR-8 later",
            "This would be superseded by ADR-8 if that were accepted",
            "Will this be superseded by ADR-8?",
            "Superseded by ADR-8 for new services",
        ],
    )
    def test_a_successor(self, note: str) -> None:
        assert said(record(7, notes=f"**{note}**"), record(8)) == []
        assert said(record(7, f"Accepted\n\n{note}"), record(8)) == []

    def test_a_predecessor(self) -> None:
        found = said(record(7, "Accepted\n\nThis does not supersede ADR-8"), record(8, "Accepted\n\nSupersedes ADR-7"))
        assert found == []


class TestSeveralSuccessors:
    OLD = record(7, "Superseded by ADR-8")
    FIRST = record(8, "Accepted\n\nSupersedes ADR-7")

    def test_two_that_do_not_know_of_each_other(self) -> None:
        assert ("0009", "supersedes-contested") in said(self.OLD, self.FIRST, record(9, "Accepted\n\nSupersedes ADR-7"))

    def test_one_after_the_other(self) -> None:
        newest = record(9, "Accepted\n\nSupersedes ADR-7 and ADR-8")
        assert "supersedes-contested" not in {rule for _, rule in said(self.OLD, self.FIRST, newest)}


@pytest.mark.parametrize(
    "link",
    [
        "[a](v1.2)",
        "[a](@site/docs/x.md)",
        "[a](path/to/file.md)",
        "[a](xxxx-title.md)",
        "[a](0007-a.md:12)",
        "[a](0007-a.md#L3)",
        "[a](0007-a.md?plain=1)",
        "[a](0007%2Da.md)",
        "[a](/site/x.md)",
        "[a](0003-page)",
        "[[0003-page]]",
        "[a](../0003.html)",
        "`[a](no.md)`",
    ],
)
def test_a_link_that_nobody_here_can_follow_or_that_is_there(link: str) -> None:
    path, text = record(7)
    assert said((path, text.replace(WE_WILL, f"{WE_WILL} See {link}."))) == []


@pytest.mark.parametrize(
    ("link", "lacks"),
    [
        ("[a](no.md)", "no such file"),
        ("[a](no%20such.md)", "no such file"),
        ("[Ann](ann@example.com), [Bo](bo@example.com)", "without “mailto:”"),
        ("[a](www.example.com)", "without “https://”"),
        ("[a](github.com/acme/shop.git)", "without “https://”"),
    ],
)
def test_a_link_that_leads_nowhere(link: str, lacks: str) -> None:
    path, text = record(7)
    files = read_as_records(decode(text.replace(WE_WILL, f"See {link}.").encode()), path, path, shipped())
    report = check(files, Policy(SchemaJudge(schema("decision-record")), {}, RULES), "2026-06-01", lambda _: False)
    (finding,) = report.findings
    assert lacks in finding.message


class TestGaps:
    def test_a_number_that_is_missing(self) -> None:
        assert said(record(1), record(2), record(4)) == [("0004", "number-gap")]

    def test_a_number_under_another_prefix(self) -> None:
        assert said(record(1), record(2), record(4), record(3, prefix="adr-")) == []


class TestConflicts:
    def test_of_two_in_force(self) -> None:
        both = (record(7, "Accepted\n\nConflicts with ADR-8"), record(8, "Accepted\n\nConflicts with ADR-7"))
        assert said(*both) == [("0007", "conflict-accepted")]
        assert said(record(7, notes="* **Conflicts with:** [ADR-8](0008-a.md)"), record(8)) == [
            ("0007", "conflict-accepted")
        ]

    @pytest.mark.parametrize(
        "status",
        [
            "Proposed\n\nConflicts with ADR-8",
            "Accepted\n\nPartly conflicts with ADR-8",
            "Accepted\n\nConflicts with parts of ADR-8",
            "Accepted\n\nConflicts with ADR-8, resolved by ADR-9",
            "Accepted\n\nConflicts with ADR-12",
            "Accepted\n\nConflicts with ADR-7",
            "Accepted\n\nConflicts with [the tests](../tests.md)",
        ],
    )
    def test_of_which_nobody_can_be_sure(self, status: str) -> None:
        assert ("0007", "conflict-accepted") not in said(record(7, status), record(8))
