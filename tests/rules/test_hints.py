"""Who follows a hint to the letter is done: the rule is silent, and no other speaks up louder than a notice."""

from typing import NamedTuple

import pytest

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Finding, Policy, SchemaJudge, check
from onrecord.record.draft_hash import seal
from onrecord.record.vocabulary import shipped
from onrecord.rules import ALL_RULES, CHANGE_RULES, LOG_RULES, UPKEEP_RULES, Severity

PATH = "docs/adr/0007-example.md"
FILES = {PATH, "docs/adr/0012-use-kafka.md"}
NYGARD = """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will use PostgreSQL, because billing needs transactions.
"""
MADR = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached: loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
"""
DECISION = "We will use PostgreSQL, because billing needs transactions."
SUCCESSOR = "Superseded by [0012](0012-use-kafka.md)"
TEMPLATE = "# {short title}\n\n## Context\n\n{describe the context}\n\n## Decision\n\n{describe the decision}\n"

PROPOSED = seal(MADR.replace("status: accepted", "status: proposed"))
DRAFT = PROPOSED.replace("status: proposed", "status: accepted")


class Hint(NamedTuple):
    """A text that a rule speaks about, as a piece of a sound record and what stands in its place; then what its help says."""

    rule: str
    record: str
    piece: str
    faulty: str
    mended: str


HINTS = [
    Hint("date-ambiguous", NYGARD, "2026-03-01", "03/04/2026", "2026-11-22"),
    Hint("date-impossible", NYGARD, "2026-03-01", "2026-02-30", "2026-11-22"),
    Hint("decide-by-passed", MADR, "status: accepted", "status: proposed\ndecide-by: 2026-01-31", "status: accepted\ndecide-by: 2026-01-31"),
    Hint("decide-by-passed", MADR, "status: accepted", "status: proposed\ndecide-by: 2026-01-31", "status: proposed\ndecide-by: 2027-01-31"),
    Hint("decision-empty", NYGARD, DECISION, "", DECISION),
    Hint("decision-missing", NYGARD, f"## Decision\n\n{DECISION}\n", "", f"## Decision\n\n{DECISION}\n"),
    Hint("decision-placeholder", NYGARD, DECISION, "TBD", DECISION),
    Hint("decision-placeholder", NYGARD, f"Accepted\n\n## Context\n\nBilling writes to three tables at once and lost two invoices last month.\n\n## Decision\n\n{DECISION}", "Accepted\n\n## Context\n\nBilling writes to three tables at once.\n\n## Decision\n\nTBD", "Proposed\n\n## Context\n\nBilling writes to three tables at once.\n\n## Decision\n\n"),
    Hint("draft-accepted", MADR, MADR, DRAFT, PROPOSED),
    Hint("draft-accepted", MADR, MADR, DRAFT, DRAFT.replace("keeps data", "keeps the data")),
    Hint("front-matter-invalid", MADR, "status: accepted", "title: ADR-1: Use Redis\nstatus: accepted", 'title: "ADR-1: Use Redis"\nstatus: accepted'),
    Hint("front-matter-key-repeated", MADR, "status: accepted", "status: accepted\nstatus: proposed", "status: accepted"),
    Hint("ignore-unreasoned", NYGARD, DECISION, f"{DECISION}\n\n<!-- onrecord-disable-file owner-missing -->", f"{DECISION}\n\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->"),
    Hint("ignore-unused", NYGARD, DECISION, f"{DECISION}\n\n<!-- onrecord-disable-file link-broken: x y -->", DECISION),
    Hint("ignore-unused", NYGARD, DECISION, f"{DECISION}\n\n<!-- onrecord-disable-file ownr-missing: a wiki -->", f"{DECISION}\n\n<!-- onrecord-disable-file owner-missing: a wiki -->"),
    Hint("link-broken", NYGARD, DECISION, f"{DECISION} See [Kafka](0012-kafka.md).", f"{DECISION} See [Kafka](0012-use-kafka.md)."),
    Hint("markup-unclosed", NYGARD, "## Decision", "<!-- a note\n\n## Decision", "<!-- a note -->\n\n## Decision"),
    Hint("markup-unclosed", NYGARD, "## Decision", "<!-- a note\n\n## Decision", "a note\n\n## Decision"),
    Hint("number-mismatch", NYGARD, "# 7. Keep", "# 6. Keep", "# 7. Keep"),
    Hint("option-straw-man", MADR, '* Memcached: loses everything at a restart\n\n## Decision Outcome\n\nChosen option: "Redis", because it keeps data across restarts.', '* Do nothing\n\n## Decision Outcome\n\nChosen option: "Redis".', '* Do nothing\n* Memcached: loses everything at a restart\n\n## Decision Outcome\n\nChosen option: "Redis".'),
    Hint("option-straw-man", MADR, '* Memcached: loses everything at a restart\n\n## Decision Outcome\n\nChosen option: "Redis", because it keeps data across restarts.', '* Do nothing\n\n## Decision Outcome\n\nChosen option: "Redis".', '* Do nothing: sessions are lost at each deploy\n\n## Decision Outcome\n\nChosen option: "Redis".'),
    Hint("option-unargued", MADR, "* Memcached: loses everything at a restart", "* Memcached", "* Memcached: loses everything at a restart"),
    Hint("options-missing", NYGARD, DECISION, DECISION, f"{DECISION} Instead of Memcached, which loses data at a restart."),
    Hint("options-too-few", MADR, "* Memcached: loses everything at a restart\n", "", "* Memcached\n"),
    Hint("options-too-few", MADR, "* Memcached: loses everything at a restart\n", "", "\nNo other option, because the host runs nothing else.\n"),
    Hint("owner-missing", MADR, "decision-makers: [Ann Example]\n", "", "decision-makers: [Ann Example]\n"),
    Hint("owner-missing", NYGARD, "Date: 2026-03-01", "Date: 2026-03-01", "Date: 2026-03-01\n\nDeciders: Ann Example"),
    Hint("owner-missing", NYGARD, "Date: 2026-03-01", "Date: 2026-03-01", "Date: 2026-03-01\nDeciders: Ann Example"),
    Hint("owner-placeholder", MADR, "[Ann Example]", "TBD", "Ann Example"),
    Hint("owner-placeholder", MADR, "[Ann Example]", "TBD", '"@acme/payments"'),
    Hint("placeholder-left", NYGARD, DECISION, f"{DECISION}\n\n{{describe what changes}}", f"{DECISION}\n\nOne more database."),
    Hint("placeholder-left", NYGARD, DECISION, f"{DECISION}\n\n{{describe what changes}}", DECISION),
    *(Hint("status-unknown", NYGARD, "Accepted", "Blessed", word) for word in ("proposed", "accepted", "rejected", "deprecated")),
    Hint("successor-missing", NYGARD, "Accepted", "Superseded", SUCCESSOR),
    Hint("supersedes-self", NYGARD, "Accepted", "Superseded by [0007](0007-example.md)", SUCCESSOR),
    Hint("template-unfilled", TEMPLATE, TEMPLATE, TEMPLATE, "# Keep invoices in PostgreSQL\n\nWe will keep invoices in PostgreSQL, because billing needs transactions. We considered MySQL, but it costs more here. Decided by Ann Example.\n"),
]  # fmt: skip
# Bytes and several files are no single text, a rule that is off says nothing; hints on changes are followed in test_change_hints.py.
NOT_IN_ONE_TEXT = {"date-not-iso", "encoding-not-utf8", "record-unreadable", *LOG_RULES, *CHANGE_RULES, *UPKEEP_RULES}


def findings(text: str) -> tuple[Finding, ...]:
    files = read_as_records(decode(text.encode()), PATH, PATH, shipped())
    policy = Policy(SchemaJudge(schema("decision-record")))
    return check(files, policy, "2026-12-01", FILES.__contains__).findings


def test_every_hint_is_followed() -> None:
    assert {hint.rule for hint in HINTS} | NOT_IN_ONE_TEXT == set(ALL_RULES)


@pytest.mark.parametrize("record", [NYGARD, MADR], ids=["Nygard", "MADR"])
def test_the_records_are_sound(record: str) -> None:
    assert [f for f in findings(record) if f.severity > Severity.NOTICE] == []


@pytest.mark.parametrize("hint", HINTS, ids=[f"{n}-{hint.rule}" for n, hint in enumerate(HINTS)])
def test_the_rule_is_silent_afterwards_and_no_other_is_loud(hint: Hint) -> None:
    assert hint.piece in hint.record
    assert hint.rule in {f.rule for f in findings(hint.record.replace(hint.piece, hint.faulty))}
    after = findings(hint.record.replace(hint.piece, hint.mended))
    assert hint.rule not in {f.rule for f in after}
    assert [(f.rule, f.message) for f in after if f.severity > Severity.NOTICE] == []
