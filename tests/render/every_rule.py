"""A real report with findings of every rule that speaks about a record, and the texts they stand in."""

from functools import cache

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Finding, Location, Policy, Report, SchemaJudge, Skipped, check
from onrecord.record.vocabulary import shipped
from onrecord.rules import ALL_RULES, Severity, load_rule

SOUND = load_rule("record-unreadable").good[0].text
SHOWN = [
    rule for rule in ALL_RULES if load_rule(rule).scope == "record" and load_rule(rule).bad and load_rule(rule).severity
]
OWN = Finding(
    "acme-confirmation",
    Severity.WARNING,
    "say how the decision will be confirmed",
    "The team's own schema asks for it: docs/team.schema.json.",
    Location("docs/adr/0100-example.md", 1, 1),
)


@cache
def contents() -> dict[str, bytes]:
    """Return the bad examples of all rules as files, and what no single text can show."""
    texts = [example.text for rule in SHOWN for example in load_rule(rule).bad]
    files = {f"docs/adr/{number:04}-example.md": text.encode() for number, text in enumerate(texts, 100)}
    itself = load_rule("supersedes-self").bad[0]
    return files | {
        itself.path: itself.text.encode(),
        "docs/adr/0007-b.md": SOUND.encode(),
        "docs/größe & 50%/0008 a:b#c.md": SOUND.replace("needs", "schätzt").encode("latin-1"),
        "docs/adr/0009-binary.md": b"\0",
    }


@cache
def report() -> Report:
    """Check them all in one run, beside a finding of a team's own rule."""
    files = [f for path, content in contents().items() for f in read_as_records(decode(content), path, path, shipped())]
    policy = Policy(SchemaJudge(schema("decision-record")))
    skipped = [Skipped("docs/adr/README.md", "not a record (index)")]
    done = check(files, policy, "2026-06-01", lambda _: False, skipped)
    assert {finding.rule for finding in done.findings} >= {*SHOWN, "number-duplicate", "encoding-not-utf8"}
    return done._replace(findings=(OWN, *done.findings))


@cache
def texts() -> dict[str, str]:
    """Return the same files as text."""
    return {path: content.decode("utf-8", "replace") for path, content in contents().items()}
