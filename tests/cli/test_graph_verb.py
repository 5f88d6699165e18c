"""`onrecord graph`: the relations of a log in three formats, harmless whatever a title says."""

import re
from pathlib import Path

import pytest

RECORD = "# {title}\n\n## Status\n\n{status}\n\n## Context\n\nInvoices.\n\n## Decision\n\nWe keep them.\n"


@pytest.fixture
def log(repo) -> None:
    """Write a log of three: one replaced, one in force, one that amends."""
    for path, title, status in (
        ("docs/adr/0001-keep-csv.md", "1. Keep CSV", "Superseded by ADR-0002"),
        ("docs/adr/0002-keep-json.md", "2. Keep JSON", "Accepted"),
        ("docs/adr/0003-compress.md", "3. Compress", "Proposed\n\nAmends ADR-0002"),
        ("docs/adr/0004-alone.md", "4. Alone", "Accepted"),
    ):
        repo.write(path, RECORD.format(title=title, status=status))


@pytest.mark.usefixtures("log")
def test_mermaid(run) -> None:
    outcome = run("graph")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "flowchart LR",
        '    r1["ADR-1 Keep CSV"]:::retired',
        '    r2["ADR-2 Keep JSON"]',
        '    r3["ADR-3 Compress"]',
        "    r2 -->|supersedes| r1",
        "    r3 -.->|amends| r2",
        "    classDef retired stroke-dasharray: 4,color:#666",
    ]


@pytest.mark.usefixtures("log")
def test_dot(run) -> None:
    assert run("graph", "--output-format", "dot").out.splitlines() == [
        "digraph decisions {",
        "    rankdir=LR;",
        "    node [shape=box];",
        '    r1 [label="ADR-1 Keep CSV", style=dashed];',
        '    r2 [label="ADR-2 Keep JSON"];',
        '    r3 [label="ADR-3 Compress"];',
        '    r2 -> r1 [label="supersedes"];',
        '    r3 -> r2 [label="amends", style=dashed];',
        "}",
    ]


@pytest.mark.usefixtures("log")
def test_text(run, repo) -> None:
    repo.write("docs/adr/0005-lost.md", RECORD.format(title="5. Lost", status="Superseded by ADR-0019"))
    assert run("graph", "--output-format", "text").out.splitlines() == [
        "ADR-2 Keep JSON (accepted)",
        "  supersedes ADR-1 Keep CSV (superseded)",
        "",
        "ADR-3 Compress (proposed)",
        "  amends ADR-2 Keep JSON (accepted)",
        "",
        "Named and not found:",
        "  docs/adr/0005-lost.md: ADR-0019 (no such number)",
        "",
        "2 relations between 3 records.",
    ]


@pytest.mark.usefixtures("log")
def test_a_file(run) -> None:
    outcome = run("graph", "--output", "graph.mmd")
    assert (outcome.code, outcome.out) == (0, "")
    assert Path("graph.mmd").read_text("utf-8") == run("graph").out


HOSTILE = [
    '"]; click r1 "https://evil.example" --> x["',
    "<script>alert(1)</script> %%{init}%% `x` | y",
    'a" ]; b -> c; "',
    "back\\slash \\N \\\\",
    "escape \x1b[31m red \u202e turned",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_a_label(repo, run, title: str) -> None:
    repo.write("docs/adr/0001-a.md", RECORD.format(title=f"1. {title}", status="Superseded by ADR-0002"))
    repo.write("docs/adr/0002-b.md", RECORD.format(title="2. Plain", status="Accepted"))
    mermaid, dot, text = (run("graph", "--output-format", one).out for one in ("mermaid", "dot", "text"))
    assert re.fullmatch(r'    r1\["[\w \-.,/#;]*"\]:::retired', mermaid.splitlines()[1])
    assert re.fullmatch(r'    r1 \[label="(?:[^"\\]|\\["\\])*", style=dashed\];', dot.splitlines()[3])
    assert (len(mermaid.splitlines()), len(dot.splitlines())) == (5, 7)
    for out in (mermaid, dot, text):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", out)


def test_without_records_there_is_nothing_to_draw(repo, run) -> None:
    repo.write("README.md", "# Hello\n")
    outcome = run("graph")
    assert (outcome.code, outcome.out) == (4, "")
    assert "no decision record" in outcome.err


def test_a_wrong_format_is_named(run) -> None:
    outcome = run("graph", "--output-format", "svg")
    assert outcome.code == 2
    assert "svg" in outcome.err


def test_records_without_relations(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-a.md", sound)
    outcome = run("graph", "--output-format", "text")
    assert outcome.out == "0 relations between 0 records.\n"
    assert outcome.err.startswith("onrecord: no relation is written in 1 record; “onrecord link” ")


class TestCheckOfALog:
    """`onrecord check` says that a number is missing only when it read all files that could have it."""

    @pytest.fixture(autouse=True)
    def records(self, repo) -> None:
        repo.write("docs/adr/0001-a.md", RECORD.format(title="1. A", status="Superseded by ADR-0003"))
        repo.write("docs/adr/0002-b.md", RECORD.format(title="2. B", status="Accepted"))

    @pytest.mark.parametrize("paths", [(), ("docs",), ("docs/adr",), (".",)])
    def test_the_whole_log(self, run, paths: tuple[str, ...]) -> None:
        outcome = run("check", "--select", "supersedes-dangling", *paths)
        assert outcome.code == 1
        assert "ADR-0003" in outcome.out

    def test_files_as_a_hook_names_them(self, run) -> None:
        assert run("check", "--select", "supersedes-dangling", "docs/adr/0001-a.md", "docs/adr/0002-b.md").code == 0

    def test_a_file_that_was_left_out_has_its_number(self, repo, run) -> None:
        repo.write("docs/adr/0003-c.adoc", "= 3. C\n")
        assert run("check", "--select", "supersedes-dangling").code == 0
