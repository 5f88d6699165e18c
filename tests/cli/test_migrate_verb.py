"""`onrecord migrate`: files in another dialect, written all at once, and everything that is kept or lost said."""

from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.migrate import is_kept_here

OLD = """\
# 3. Keep a copy

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once, and nobody can tell which of them is right.

## Decision

We will keep a copy in CSV, because everybody can read it.

## Timeline

In May.

## Consequences

Operations has one more file.
"""
NEW = """\
---
status: accepted
date: 2026-03-01
---

# 3. Keep a copy

## Context and Problem Statement

Billing writes to three tables at once, and nobody can tell which of them is right.

## Decision Outcome

We will keep a copy in CSV, because everybody can read it.

### Consequences

Operations has one more file.

## More Information

### Timeline

In May.
"""
HELD = """\
---
status: accepted
---

# Keep a copy

## Context

the billing, facing three tables

## Decision

Chosen option: "CSV", because everybody can read it.

## Rationale

one truth

## Consequences

one more file
"""
FILE = "docs/adr/0003-csv.md"


@pytest.fixture
def log(repo: Any) -> Path:
    """Return the folder of a log of one record in Nygard's form, with CRLF, and an index that links to it."""
    repo.write(FILE, OLD.replace("\n", "\r\n"))
    repo.write("docs/adr/README.md", "# Decisions\n\n- [3. Keep a copy](0003-csv.md)\n")
    folder: Path = repo.folder
    return folder


def test_it_moves_the_log_and_says_what_is_kept_where(log: Path, run: Any) -> None:
    outcome = run("migrate", "--to", "madr-4")
    assert (log / FILE).read_bytes().decode() == NEW.replace("\n", "\r\n")
    assert outcome.out == (
        f"{FILE}: moved\n  kept under More Information: Timeline\n1 record moved to madr-4, 0 there already, 0 left as they are\n"
    )
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("log")
def test_a_second_time_there_is_nothing_to_do(run: Any) -> None:
    run("migrate", "--to", "madr-4", FILE)
    outcome = run("migrate", "--to", "madr-4", FILE)
    assert outcome.out.startswith(f"{FILE}: nothing to do\n0 records moved to madr-4, 1 there already")


def test_diff_shows_it_and_writes_nothing(log: Path, run: Any) -> None:
    outcome = run("migrate", "--to", "madr-4", "--diff")
    assert (log / FILE).read_bytes().decode() == OLD.replace("\n", "\r\n")
    assert outcome.out.startswith(f"diff --git a/{FILE} b/{FILE}\n")
    assert "\n+## Decision Outcome\r\n" in outcome.out
    assert "1 record would be moved to madr-4" in outcome.err


def test_what_would_be_lost_is_said_and_the_file_left(repo: Any, run: Any) -> None:
    path = repo.write(FILE, HELD)
    outcome = run("migrate", "--to", "y-statement", FILE)
    assert outcome.code == 1
    assert path.read_text() == HELD
    assert "left as it is, because something would be lost (--accept-loss writes it all the same)\n  " in outcome.out
    assert '\n  decision: “Chosen option: "CSV", because everybody can read it.' in outcome.out


def test_a_loss_that_is_accepted_is_written_and_still_said(repo: Any, run: Any) -> None:
    path = repo.write(FILE, HELD)
    outcome = run("migrate", "--to", "y-statement", "--accept-loss", FILE)
    assert outcome.code == 0
    assert "In the context of the billing," in path.read_text()
    assert "\n  decision: " in outcome.out


@pytest.mark.usefixtures("log")
def test_a_named_file_that_is_no_record_is_left(run: Any) -> None:
    outcome = run("migrate", "--to", "madr-4", "docs/adr/README.md")
    assert outcome.code == 4
    assert "docs/adr/README.md: left as it is, it is no record (readme)" in outcome.out + outcome.err


def test_bytes_that_are_no_utf_8_are_left(repo: Any, run: Any) -> None:
    path = repo.write(FILE, OLD.replace("Billing", "Größe").encode("latin-1"))
    outcome = run("migrate", "--to", "madr-4", FILE)
    assert (outcome.code, path.read_bytes()) == (1, OLD.replace("Billing", "Größe").encode("latin-1"))
    assert "it is not UTF-8" in outcome.out


def test_a_missing_path_stops_it_before_anything_is_written(log: Path, run: Any) -> None:
    outcome = run("migrate", "--to", "madr-4", FILE, "docs/adr/0004-none.md")
    assert outcome.code == 2
    assert "docs/adr/0004-none.md: no such file or folder" in outcome.err
    assert (log / FILE).read_bytes().decode() == OLD.replace("\n", "\r\n")


def test_a_file_that_holds_several_records_is_left(repo: Any, run: Any) -> None:
    path = repo.write("docs/adr/all.md", OLD + "\n" + OLD.replace("# 3.", "# 4."))
    outcome = run("migrate", "--to", "madr-4")
    assert "docs/adr/all.md: left as it is, it holds several records" in outcome.out
    assert (outcome.code, path.read_text()) == (1, OLD + "\n" + OLD.replace("# 3.", "# 4."))


@pytest.mark.usefixtures("repo")
def test_an_empty_log_is_said(run: Any) -> None:
    outcome = run("migrate", "--to", "madr-4")
    assert (outcome.code, outcome.out) == (4, "")
    assert "no record was found" in outcome.err


@pytest.mark.usefixtures("repo")
def test_another_dialect_is_a_fault_of_the_call(run: Any) -> None:
    assert run("migrate", "--to", "rfc").code == 2


@pytest.mark.parametrize("place", ["docs/copies.md", "specs/0030-copy/README.md"])
def test_what_lies_in_no_folder_of_records_is_left(log: Path, repo: Any, run: Any, place: str) -> None:
    repo.write(place, OLD)
    outcome = run("migrate", "--to", "madr-4")
    assert (outcome.code, (log / place).read_text("utf-8")) == (0, OLD)
    assert f"{FILE}: moved" in outcome.out
    assert run("migrate", "--to", "madr-4", place).code == 0
    assert (log / place).read_text("utf-8") == NEW


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [("docs/adr/1.md", True), (".adr/1.md", True), (".claude/commands/adr/adr.md", False), ("docs/1.md", False)],
)
def test_the_files_of_a_tool_are_no_log(path: str, is_kept: bool) -> None:
    assert is_kept_here(path) == is_kept


def test_what_is_in_the_dialect_already_is_left_as_it_is(repo: Any, run: Any) -> None:
    text = f"---\nauthor: Ann Lee\ntags: [a]\n---\n\n{OLD}\n## References\n\n- A book\n"
    path = repo.write(FILE, text)
    assert run("migrate", "--to", "nygard").out.startswith(f"{FILE}: nothing to do\n0 records moved to nygard, 1 there")
    assert path.read_text("utf-8") == text
    run("migrate", "--to", "madr-4")
    assert path.read_text("utf-8").startswith("---\nstatus: accepted\ndate: 2026-03-01\nauthor: Ann Lee\ntags: [a]\n")
