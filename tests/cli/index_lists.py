"""Lists of records for the tests of `onrecord index`: a log of two, and what stands between the markers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

RECORD = """# {title}

Date: {date}

## Status

{status}

## Context

Invoices.

## Decision

We keep them.
"""
OPEN, CLOSE = "<!-- onrecord:index -->", "<!-- /onrecord:index -->"
HEAD = f"# Decisions\n\n{OPEN}\n"
END = f"{CLOSE}\n\nMore.\n"
README = "docs/adr/README.md"


def add_record(repo, number: int, title: str, status: str = "Accepted", folder: str = "docs/adr") -> None:
    """Write a record of a log, dated by its number."""
    text = RECORD.format(title=f"{number}. {title}", status=status, date=f"2026-01-{number + 10}")
    repo.write(f"{folder}/{number:04}-record.md", text)


def begin_log(repo) -> Callable[..., None]:
    """Write a log of two, and return a function that writes another record."""
    add_record(repo, 1, "Keep CSV")
    add_record(repo, 2, "Keep JSON", "Proposed")
    return partial(add_record, repo)


def between(path: str = README) -> list[str]:
    lines = Path(path).read_text("utf-8").split("\n")
    opening = next(i for i, line in enumerate(lines) if line in (OPEN, "<!-- adrlog -->"))
    closing = next(i for i, line in enumerate(lines) if line in (CLOSE, "<!-- adrlogstop -->"))
    return [line for line in lines[opening + 1 : closing] if line]


def fixed(repo, run, rows: str) -> list[str]:
    """Return the list after one fix, once it is sure that a second one finds nothing to do."""
    repo.write(README, f"{HEAD}{rows}{END}")
    assert run("index").code == 1
    assert run("index", "--fix").code == 0
    once = Path(README).read_bytes()
    assert run("index").code == 0
    assert run("index", "--fix").code == 0
    assert Path(README).read_bytes() == once
    return between()
