"""Upkeep rules' examples as a review sees them: the record, and what git knows of it."""

from functools import cache

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Finding, Policy, SchemaJudge
from onrecord.check.upkeep import review
from onrecord.record.vocabulary import shipped
from onrecord.rules import Example


@cache
def findings_of_upkeep(example: Example) -> tuple[Finding, ...]:
    """Return what all rules of a review say about the record of an example."""
    assert example.past is not None
    files = read_as_records(decode(example.text.encode()), example.path, example.path, shipped())
    queue = review(files, example.past, Policy(SchemaJudge(schema("decision-record"))), example.today)
    return tuple(finding for entry in queue.entries for finding in entry.findings)
