"""A whole log from the texts of its files, checked as a run checks it: what one rule says, where, and what it would mend."""

from collections.abc import Collection, Mapping
from typing import Any

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Around, Finding, Policy, ReadFile, SchemaJudge, check
from onrecord.record.vocabulary import shipped
from onrecord.rules import Severity
from onrecord.rules.samples import nygard

JUDGE = SchemaJudge(schema("decision-record"))


def findings(rule: str, texts: Mapping[str, str], checked: Collection[str] = (), **around: Any) -> list[Finding]:
    """Return what a rule says of these files, of which those that are named are checked; all, when none is."""
    files = {path: read(path, text) for path, text in texts.items()}
    mine = [one for path, read_ones in files.items() for one in read_ones if path in checked or not checked]
    beside = [one for path, read_ones in files.items() for one in read_ones if checked and path not in checked]
    policy = Policy(JUDGE, {rule: Severity.NOTICE}, select=frozenset((rule,)))
    around = {"folders": ("",), "others": tuple(beside), **around}
    return list(check(mine, policy, "2026-06-01", texts.__contains__, around=Around(**around)).findings)


def said(rule: str, texts: Mapping[str, str], checked: Collection[str] = (), **around: Any) -> list[str]:
    """Return the findings as "file:line message", the folder docs/adr/ left out."""
    found = findings(rule, texts, checked, **around)
    return [f"{one.location.path.removeprefix('docs/adr/')}:{one.location.line} {one.message}" for one in found]


def moves(rule: str, texts: Mapping[str, str], checked: Collection[str] = (), **around: Any) -> list[str | None]:
    """Return for each finding "from > to" of the move that mends it, None where nothing certain does."""
    found = findings(rule, texts, checked, **around)
    return [
        one.fix and ", ".join(f"{move.path} > {move.to}".replace("docs/adr/", "") for move in one.fix.moves)
        for one in found
    ]


def read(path: str, text: str) -> list[ReadFile]:
    return read_as_records(decode(text.encode()), path, path, shipped())


def record(number: int, status: str = "Accepted", notes: str = "", name: str = "") -> dict[str, str]:
    """Return a sound record as path and text: its status stands in line 7, below it what else belongs there."""
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", f"# {number}. Keep {number}")
    return {f"docs/adr/{name or f'{number:04}-keep.md'}": text + (f"\n## Notes\n\n{notes}\n" if notes else "")}
