"""Who follows the hint of a change rule to the letter is done: the rule is silent, and no other takes its place."""

from typing import NamedTuple

import pytest
from change_examples import findings_on_change

from onrecord.rules import CHANGE_RULES, Example, FileExample, Severity, load_rule
from onrecord.rules.samples import madr, nygard

RECORD = "docs/adr/0007-keep-invoices.md"
CODE = FileExample("src/store.py", "ROWS = 1\n", "ROWS = 2\n")
LISTED = FileExample("billing/rate.py", "RATE = 1\n", "RATE = 2\n")
COMPLETE = "Decision: keep the queue because it is paid for. Instead of: Kafka. Owner: Ann Example."
LINK = "See [the record](docs/adr/0012-use-kafka.md)."
WAIVER = "No decision here, because only a label changes."
TEMPLATE = "## What changes\n\nOne or two sentences.\n\n## Why\n\nWhat happens without it?\n"
SUPERSEDED = nygard("Superseded by [0012](0012-use-kafka.md)")
SCOPED = madr(status="status: accepted\nscope: [src/*.py]")


class Hint(NamedTuple):
    """A description with files that a rule speaks about, and both after its help was followed."""

    rule: str
    text: str
    files: tuple[FileExample, ...]
    mended_text: str
    mended_files: tuple[FileExample, ...]


def new(text: str, path: str = "src/why.py") -> FileExample:
    return FileExample(path, None, text)


def record(before: str | None, after: str | None, path: str = RECORD) -> FileExample:
    return FileExample(path, before, after)


def answers(rule: str, text: str) -> list[Hint]:
    return [Hint(rule, text, (LISTED,), answer, (LISTED,)) for answer in (COMPLETE, LINK, WAIVER)]


HINTS = [
    Hint("accepted-edited", "Why.", (record(nygard(), nygard(decision="We will use MySQL.")),), "Why.", (record(nygard(), SUPERSEDED), record(None, nygard(decision="We will use MySQL."), "docs/adr/0012-use-kafka.md"))),
    Hint("answer-contradictory", f"{COMPLETE}\n\n{WAIVER}", (CODE,), COMPLETE, (CODE,)),
    Hint("answer-contradictory", f"{COMPLETE}\n\n{WAIVER}", (CODE,), WAIVER, (CODE,)),
    Hint("citation-dangling", "Why.", (record(nygard(), nygard()), new("# see ADR-17\n")), "Why.", (record(nygard(), nygard()), new("# see ADR-7\n"))),
    Hint("citation-dangling", "Why.", (record(nygard(), nygard()), new("# see ADR-17\n")), "Why.", (record(nygard(), nygard()), new("# see Envoy ADR-17\n"))),
    Hint("citation-outdated", "Why.", (record(SUPERSEDED, SUPERSEDED), record(nygard(), nygard(), "docs/adr/0012-use-kafka.md"), new("# see ADR-7\n")), "Why.", (record(SUPERSEDED, SUPERSEDED), record(nygard(), nygard(), "docs/adr/0012-use-kafka.md"), new("# see ADR-12\n"))),
    Hint("citation-outdated", "Why.", (record(SUPERSEDED, SUPERSEDED), new("# see ADR-7\n")), "Why.", (record(SUPERSEDED, SUPERSEDED), new("# This was so until 2026, see ADR-7\n"))),
    *answers("decision-unanswered", "Why."),
    Hint("description-empty", "", (), "The old queue lost jobs.", ()),
    Hint("proposal-implemented", "See ADR-7.", (CODE, record(nygard("Proposed"), nygard("Proposed"))), "See ADR-7.", (CODE, record(nygard("Proposed"), nygard()))),
    Hint("record-deleted", "Why.", (record(nygard(), None),), "Why.", (record(nygard(), nygard("Deprecated")),)),
    *answers("record-required", "Why."),
    Hint("scope-touched", "Why.", (CODE, record(SCOPED, SCOPED)), "See ADR-7.", (CODE, record(SCOPED, SCOPED))),
    Hint("scope-touched", "Why.", (CODE, record(SCOPED, SCOPED)), "Why.", (CODE, record(SCOPED, SCOPED.replace("status: accepted", "status: superseded\nsuperseded-by: 0012-use-kafka.md")))),
    Hint("template-untouched", TEMPLATE, (), "## What changes\n\nJobs wait in PostgreSQL, which is there already.\n", ()),
    Hint("transition-illegal", "Why.", (record(nygard(), nygard("Rejected")),), "Why.", (record(nygard(), nygard("Deprecated")),)),
    Hint("transition-illegal", "Why.", (record(nygard(), nygard("Rejected")),), "Why.", (record(nygard(), nygard("Proposed")),)),
    Hint("waiver-unreasoned", "No decision here.", (LISTED,), WAIVER, (LISTED,)),
]  # fmt: skip


def found(rule: str, text: str, files: tuple[FileExample, ...]) -> set[str]:
    shown = findings_on_change(Example("", text, files=files), required=rule == "record-required")
    return {f.rule for f in shown if f.rule == rule or f.severity > Severity.NOTICE or not f.location.path}


def test_every_hint_is_followed() -> None:
    assert {hint.rule for hint in HINTS} | {"number-collision"} == set(CHANGE_RULES)


@pytest.mark.parametrize("hint", HINTS, ids=[f"{n}-{hint.rule}" for n, hint in enumerate(HINTS)])
def test_nothing_is_said_afterwards(hint: Hint) -> None:
    assert hint.rule in found(hint.rule, hint.text, hint.files)
    assert found(hint.rule, hint.mended_text, hint.mended_files) == set(), load_rule(hint.rule).help
