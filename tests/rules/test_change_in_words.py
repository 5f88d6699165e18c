"""What the rules about a change say of small ones, where, and what they leave in peace."""

import pytest
from change_examples import findings_on_change
from log_of_texts import read, record, said

from onrecord.change import Change, ChangedFile
from onrecord.rules import ChangeSubject, Example, FileExample, load_rule
from onrecord.rules.samples import WE_WILL, madr, nygard

PATH, NEW = "docs/adr/0007-keep.md", "docs/adr/0012-new.md"
MYSQL = nygard(decision="We will use MySQL.")
RENAMED = nygard().replace("Keep invoices", "Store bills")
SCOPED = madr(status="status: accepted\nscope: [src/*.py]")
SUPERSEDED = nygard("Superseded by [0012](0012-new.md)")
CODE = FileExample("src/store.py", "ROWS = 1\n", "ROWS = 2\n")
LISTED = FileExample("billing/rate.py", "RATE = 1\n", "RATE = 2\n")
ASKED = "it touches billing/rate.py (team rule billing/**)"


def ours(before: str | None, after: str | None, path: str = PATH) -> FileExample:
    return FileExample(path, before, after)


def lines(before: int) -> FileExample:
    """Return a file in which so many lines are changed: twice as many as a diff counts."""
    return FileExample("src/x.py", "".join(f"{n}\n" for n in range(before)), "".join(f"{n}x\n" for n in range(before)))


def told(rule: str, text: str, *files: FileExample, required: bool = False, labels: tuple[str, ...] = ()) -> list[str]:
    """Return what a rule says of a pull request with this description, as "file:line message"."""
    found = findings_on_change(Example("", text, files=files, labels=labels), required)
    return [f"{one.location.path or 'text'}:{one.location.line} {one.message}" for one in found if one.rule == rule]


SPEAKS = [
    ("accepted-edited", "", (ours(nygard(), MYSQL),), f"{PATH}:15 the record was accepted, and its decision is rewritten"),
    ("accepted-edited", "", (ours(nygard(), f"{MYSQL}\nUpdated the database.\n"),), f"{PATH}:15 the record was accepted, and its decision is rewritten"),
    ("accepted-edited", "", (ours(*(f"{one}\nAmended on 2026-05-01.\n" for one in (nygard(), MYSQL))),), f"{PATH}:15 the record was accepted, and its decision is rewritten"),
    ("accepted-edited", "", (ours(madr(), madr(options="* Redis\n* Kafka")),), f"{PATH}:15 the record was accepted, and its options are rewritten"),
    ("record-deleted", "", (ours(nygard(), None),), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard("Superseded by ADR-9"), None),), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard("Proposed"), None, "docs/adr/0001-a.md"), ours(nygard(), None)), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard(), None), ours(None, MYSQL.replace("Keep invoices", "Store bills"), NEW)), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard(), None), ours(nygard("Proposed"), nygard(), NEW)), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard(decision=None), None), ours(None, RENAMED, NEW)), f"{PATH}:1 the record “Keep invoices in PostgreSQL” is deleted"),
    ("record-deleted", "", (ours(nygard().partition("\n")[2], None),), f"{PATH}:1 the record “0007-keep.md” is deleted"),
    ("transition-illegal", "", (ours(nygard(), nygard("Rejected")),), f"{PATH}:7 the status goes from accepted to rejected"),
    ("transition-illegal", "", (ours(nygard("Deprecated"), nygard("Draft")),), f"{PATH}:7 the status goes from deprecated to draft"),
    ("transition-illegal", "", (ours(None, nygard(), NEW), ours(nygard("Superseded by ADR-9"), nygard("Rejected"))), f"{PATH}:7 the status goes from superseded to rejected"),
    ("transition-illegal", "", (ours(*(madr(status=f"status: {one}\nsuperseded-by: 0012-new.md") for one in ("superseded", "accepted"))),), f"{PATH}:2 the status goes from superseded back to accepted, and a successor is still named"),
    ("scope-touched", "", (CODE, ours(SCOPED, SCOPED)), "text:1 ADR-7 Keep sessions in Redis is about “src/*.py”, and “src/store.py” is touched"),
    ("citation-dangling", "", (ours(nygard(), nygard()), FileExample("src/a.py", "", "x\n# see ADR-9\n")), "src/a.py:2 ADR-9 is cited, and no record has this number"),
    ("citation-outdated", "", (ours(SUPERSEDED, SUPERSEDED), FileExample("src/a.py", "", "x\n# see ADR-7\n")), "src/a.py:2 ADR-7 Keep invoices in PostgreSQL is superseded by “0012-new.md”, and is cited"),
    ("proposal-implemented", "See ADR-7.", (CODE, ours(nygard("Draft"), nygard("Draft"))), "text:1 ADR-7 Keep invoices in PostgreSQL is linked, and its status is draft"),
    ("proposal-implemented", "See ADR-12 and ADR-7.", (CODE, ours(nygard(), nygard(), NEW), ours(nygard("Proposed"), nygard("Proposed"))), "text:1 ADR-7 Keep invoices in PostgreSQL is linked, and its status is proposed"),
    ("record-required", "Why.", (LISTED,), f"text:1 {ASKED}, and there is neither a decision, nor a record, nor a reason why none is needed"),
    ("record-required", "Decision: keep it because it is paid for.", (LISTED,), f"text:1 {ASKED}, and the description does not say what its decision was chosen over"),
    ("waiver-unreasoned", "No decision here.", (LISTED,), "text:1 the description says that there is no decision here, and gives no reason"),
    ("waiver-unreasoned", "No decision here, because two words", (LISTED,), "text:1 the description says that there is no decision here, and the only reason is “two words”"),
    ("waiver-unreasoned", "No decision here: 标签", (LISTED,), "text:1 the description says that there is no decision here, and the only reason is “标签”"),
    ("description-empty", "<!-- -->\n---\n", (lines(6),), "text:1 the description is empty"),
    ("description-empty", "<!-- x -->\n" * 400, (lines(20),), "text:1 the description is empty"),
    ("description-empty", "", (), "text:1 the description is empty"),
]  # fmt: skip
SILENT = [
    ("accepted-edited", "", (ours(nygard("Proposed"), MYSQL),)),
    ("accepted-edited", "", (ours(nygard(), nygard("Proposed", "We will use MySQL.")),)),
    ("accepted-edited", "", (ours(nygard(), nygard("Superseded by ADR-9", "We will use MySQL.")),)),
    ("accepted-edited", "", (ours(nygard(decision=""), MYSQL),)),
    ("accepted-edited", "", (ours(madr(options=""), madr()),)),
    *(("accepted-edited", "", (ours(nygard(), f"{MYSQL}\n{line}\n"),)) for line in (
        "Amended on 2026-05-01: MySQL.", "Changelog: MySQL", "2026-05-01: updated the database",
        "Updated the database in 2026", "Erratum: MySQL", "An addendum",
    )),
    ("record-deleted", "", (ours(nygard("Proposed"), None),)),
    ("record-deleted", "", (ours(nygard("Draft"), None),)),
    ("record-deleted", "", (ours(nygard(), None), ours(None, MYSQL, NEW))),
    ("record-deleted", "", (ours(nygard(), None), ours(None, RENAMED, NEW))),
    *(("transition-illegal", "", (ours(nygard(old), nygard(new)),)) for old, new in (
        ("Accepted", "Proposed"), ("Accepted", "Deprecated"), ("Deprecated", "Accepted"),
        ("Rejected", "Accepted"), ("Draft", "Rejected"), ("Superseded by ADR-9", "Accepted"),
    )),
    ("scope-touched", "See ADR-7.", (CODE, ours(SCOPED, SCOPED))),
    *(("citation-outdated", "", (ours(SUPERSEDED, SUPERSEDED), CODE, FileExample(path, "", "# see ADR-7\n"))) for path in (
        "tests/test_a.py", "web/migrate.py", "src/history.py", "package-lock.json", "docs/adr/notes.md",
    )),
    ("citation-outdated", "", (ours(SUPERSEDED, SUPERSEDED), FileExample("src/a.py", "# see ADR-7\n", "# see ADR-7 too\n"))),
    ("citation-outdated", "", (ours(SUPERSEDED, SUPERSEDED), FileExample("src/a.py", "", "# until ADR-7\n"))),
    ("citation-outdated", "", (ours(nygard("Deprecated"), nygard("Deprecated")), FileExample("src/a.py", "", "# see ADR-7\n"))),
    *(("citation-dangling", "", (ours(nygard(), nygard()), CODE, FileExample(path, "", "# see ADR-9\n"))) for path in (
        "tests/test_a.py", "web/generated/a.ts", "package-lock.json", "docs/adr/template.md",
    )),
    ("citation-dangling", "", (ours(nygard(), nygard()), FileExample("src/a.py", "# see ADR-9\n", "# see ADR-9 too\n"))),
    ("waiver-unreasoned", "No decision here, because only labels change.", (LISTED,)),
    ("waiver-unreasoned", "No decision here: 仅修改标签文字", (LISTED,)),
    ("waiver-unreasoned", "No decision here.", (CODE,)),
    *(("description-empty", text, (lines(20),)) for text in ("<br>", "## Why", "![](a.png)", "<!-- x -->\n" * 400 + "Why")),
    ("description-empty", "", (lines(5),)),
    ("description-empty", "", (lines(20), ours(None, nygard(), NEW))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "files", "expected"), SPEAKS)
def test_what_is_said_and_where(rule: str, text: str, files: tuple[FileExample, ...], expected: str) -> None:
    assert told(rule, text, *files, required=rule == "record-required") == [expected]


@pytest.mark.parametrize(("rule", "text", "files"), SILENT)
def test_what_is_left_in_peace(rule: str, text: str, files: tuple[FileExample, ...]) -> None:
    assert told(rule, text, *files) == []


@pytest.mark.parametrize(
    "text", ["No decision here, because only a label changes.", f"See {NEW}", "Decision: keep it. Instead of: Kafka."]
)
def test_a_team_that_requires_an_answer_has_one(text: str) -> None:
    assert told("record-required", text, LISTED, required=True) == []


def test_an_answer_is_required_only_where_the_team_asks_and_says_so() -> None:
    assert told("record-required", "Why.", LISTED) == []
    assert told("record-required", "Why.", CODE, required=True) == []
    by_label = "text:1 the label “decision” asks for a decision, and there is neither a decision, nor a record, nor a reason why none is needed"  # fmt: skip
    assert told("record-required", "Why.", CODE, required=True, labels=("decision",)) == [by_label]


@pytest.mark.parametrize(
    ("old", "new", "is_rewritten"),
    [
        ("transactions", "no transactions", True),
        ("transactions", "24 transactions", True),
        ("billing needs", "Billing Team needs", True),
        ("keep invoices", "keep all of our old invoices", True),
        ("PostgreSQL", "Postgres", False),
        ("in PostgreSQL", "in the PostgreSQL", False),
        ("invoices in", "invoices, in", False),
        ("keep invoices", "keep old invoices", False),
        ("keep invoices", "keep old paid invoices", False),
        ("billing needs transactions", "transactions are what it is for", True),
        ("transactions", "transaktions", False),
    ],
)
def test_how_much_of_a_decision_may_be_mended(old: str, new: str, is_rewritten: bool) -> None:
    mended = ours(nygard(), nygard(decision=WE_WILL.replace(old, new)))
    assert bool(told("accepted-edited", "Why.", mended)) == is_rewritten


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ("We will use Redis.", "We will use Kafka.", False),
        ("We will use Redis.", "We will use Kafka.\n\nUpdated in 2026.", True),
        ("We will use Redis.\n\nUpdated in 2025.", "We will use Kafka.\n\nUpdated in 2025.", False),
    ],
)
def test_of_a_large_change_only_the_records_are_known_and_no_patch(before: str, after: str, is_told: bool) -> None:
    one, two = (read(PATH, nygard(decision=text))[0].record for text in (before, after))
    change = Change("Swap", "", "ann", files=(ChangedFile(PATH, "modified"),))
    check = load_rule("accepted-edited").check_change
    assert check is not None
    found = [path for path, _ in check(ChangeSubject(change, {}, records=(two,), before={PATH: one}))]
    assert found == ([] if is_told else [PATH])


@pytest.mark.parametrize("status", ["added", "renamed", "copied", "modified"])
def test_a_record_that_comes_under_a_number_that_another_change_takes(status: str) -> None:
    change = Change("Swap", "", "ann", files=(ChangedFile(PATH, status),))
    taken = {"docs/adr/0007-other.md": 41, "docs/adr/0008-other.md": 42}
    check = load_rule("number-collision").check_change
    assert check is not None
    found = [hit.seen for _, hit in check(ChangeSubject(change, {}, taken=taken))]
    assert found == (["number 7 is also taken by 0007-other.md, in #41"] if status != "modified" else [])


def test_a_record_that_was_there_already_takes_no_number() -> None:
    records = [read(path, nygard())[0].record for path in (PATH, NEW)]
    change = Change("Swap", "", "ann", files=(ChangedFile(PATH, "modified"), ChangedFile(NEW, "added")))
    check = load_rule("number-collision").check_change
    assert check is not None
    taken = {"docs/adr/0007-other.md": 41, "docs/adr/0012-other.md": 42}
    found = [path for path, _ in check(ChangeSubject(change, {}, records=tuple(records), taken=taken))]
    assert found == [NEW]


class TestBeforeItIsProposed:
    """The same two rules where only a folder is checked: they know what lies on the branch below, and on other ones."""

    def test_a_rewritten_decision(self) -> None:
        before = {PATH: read(PATH, nygard())[0]}
        rewritten = "0007-keep.md:15 the record was accepted, and its decision is rewritten"
        assert said("accepted-edited", {PATH: MYSQL}, before=before) == [rewritten]
        assert said("accepted-edited", {PATH: f"{MYSQL}\nUpdated on 2026-05-01.\n"}, before=before) == []
        told = "\nUpdated on 2026-05-01.\n"
        known = {PATH: read(PATH, nygard() + told)[0]}
        assert said("accepted-edited", {PATH: MYSQL + told}, before=known) == [rewritten]
        assert said("accepted-edited", {PATH: nygard("Proposed")}, before=before) == []
        assert said("accepted-edited", {PATH: nygard()}, before=before) == []

    @pytest.mark.parametrize("where", ["on the branch swap-queue", "in an open pull request"])
    def test_a_number_that_another_branch_takes(self, where: str) -> None:
        log, taken = record(7) | record(8) | record(9), {"docs/adr/0008-other.md": where}
        around = {"new": frozenset(("docs/adr/0008-keep.md", "docs/adr/0009-keep.md")), "taken": taken}
        told = f"0008-keep.md:1 number 8 is also taken by 0008-other.md, {where}"
        assert said("number-collision", log, **around) == [told]
        assert said("number-collision", log, **around | {"new": frozenset()}) == []
        assert said("number-collision", log | record(8, name="0008-other.md"), **around) == []

    @pytest.mark.parametrize("path", ["web/adr/0008-other.md", "docs/adr/rfc-0008-other.md", "docs/adr/0010-other.md"])
    def test_another_folder_series_or_number_is_no_collision(self, path: str) -> None:
        new = frozenset(("docs/adr/0008-keep.md",))
        assert said("number-collision", record(7) | record(8), new=new, taken={path: "on the branch x"}) == []
