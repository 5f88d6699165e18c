"""`onrecord index`: what it says of a list, what it writes, and what it leaves alone."""

from pathlib import Path

import pytest

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


@pytest.fixture
def log(repo):
    """Write a log of two, and return a function that writes another record."""

    def add(number: int, title: str, status: str = "Accepted", folder: str = "docs/adr") -> None:
        text = RECORD.format(title=f"{number}. {title}", status=status, date=f"2026-01-{number + 10}")
        repo.write(f"{folder}/{number:04}-record.md", text)

    add(1, "Keep CSV")
    add(2, "Keep JSON", "Proposed")
    return add


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


@pytest.mark.usefixtures("log")
def test_an_empty_list_becomes_a_table(repo, run) -> None:
    assert fixed(repo, run, "") == [
        "| # | Decision | Status | Owner | Date |",
        "|---|---|---|---|---|",
        "| 0001 | [Keep CSV](0001-record.md) | Accepted | | 2026-01-11 |",
        "| 0002 | [Keep JSON](0002-record.md) | Proposed | | 2026-01-12 |",
    ]


@pytest.mark.usefixtures("log")
def test_an_empty_list_of_adr_log_becomes_what_it_writes(repo, run) -> None:
    repo.write(README, '<!-- adrlog -- Regenerate the content by using "adr-log -i". -->\n\n<!-- adrlogstop -->\n')
    assert run("index", "--fix").code == 0
    assert Path(README).read_text("utf-8").split("\n")[2:4] == [
        "* [ADR-0001](0001-record.md) - Keep CSV",
        "* [ADR-0002](0002-record.md) - Keep JSON",
    ]


@pytest.mark.parametrize(
    ("row", "new"),
    [
        ("- [ADR-0001](0001-record.md) - Keep CSV", "- [ADR-0002](0002-record.md) - Keep JSON"),
        ("+ [1. Keep CSV](./0001-record.md)", "+ [2. Keep JSON](./0002-record.md)"),
        ("* [Keep CSV](0001-record.md) (accepted)", "* [Keep JSON](0002-record.md) (proposed)"),
        ("1. [Keep CSV](/docs/adr/0001-record)", "2. [Keep JSON](/docs/adr/0002-record)"),
        ("- **[Keep CSV](0001-record.md)** — Accepted", "- **[Keep JSON](0002-record.md)** — Proposed"),
        ("- [0001-record.md](0001-record.md)", "- [0002-record.md](0002-record.md)"),
    ],
)
@pytest.mark.usefixtures("log")
def test_a_list_keeps_its_style(repo, run, row: str, new: str) -> None:
    assert fixed(repo, run, f"\n{row}\n\n") == [row, new]


@pytest.mark.usefixtures("log")
def test_a_table_keeps_its_columns_language_and_own_text(repo, run) -> None:
    rows = (
        "| ADR      | Titel                      | Status      | Datum      | Notiz |\n"
        "| -------- | -------------------------- | ----------- | ---------- | ----- |\n"
        "| ADR-0001 | [Keep CSV](0001-record.md) | Akzeptiert  | 11.01.2026 | mine  |\n"
    )
    assert fixed(repo, run, rows)[2:] == [
        "| ADR-0001 | [Keep CSV](0001-record.md)  | Akzeptiert    | 11.01.2026 | mine  |",
        "| ADR-0002 | [Keep JSON](0002-record.md) | Vorgeschlagen | 12.01.2026 |       |",
    ]


def test_the_order_is_kept(repo, run, log) -> None:
    log(3, "Keep XML")
    rows = "- [Keep XML](0003-record.md)\n- [Keep CSV](0001-record.md)\n"
    assert fixed(repo, run, rows)[1] == "- [Keep JSON](0002-record.md)"


@pytest.mark.usefixtures("log")
def test_each_difference_has_a_line(repo, run) -> None:
    repo.write(README, f"{HEAD}- [1. Keep TSV](0001-record.md)\n- [9. Lost](0009-lost.md)\n{END}")
    before = Path(README).read_bytes()
    outcome = run("index", "docs")
    assert outcome.out.splitlines() == [
        f"{README}:4: outdated title (“Keep TSV”, now “Keep CSV”) of 0001",
        f"{README}:5: gone 0009: there is no such record",
        f"{README}:3: missing 0002 (Keep JSON)",
        "1 list of records out of date; “onrecord index --fix” rewrites what stands between the markers.",
    ]
    assert Path(README).read_bytes() == before


@pytest.mark.usefixtures("log")
def test_a_diff_writes_nothing(repo, run) -> None:
    repo.write(README, f"{HEAD}- [Keep CSV](0001-record.md)\n{END}")
    before = Path(README).read_bytes()
    outcome = run("index", "--diff", "--fix")
    assert (outcome.code, "\n+- [Keep JSON](0002-record.md)\n" in outcome.out) == (1, True)
    assert Path(README).read_bytes() == before


@pytest.mark.usefixtures("log")
def test_line_ends_and_byte_order_mark_stay(repo, run) -> None:
    text = f"{HEAD}- [Keep CSV](0001-record.md)\n{END}".replace("\n", "\r\n").encode()
    repo.write(README, b"\xef\xbb\xbf" + text)
    assert run("index", "--fix").code == 0
    new = text.replace(b"0001-record.md)\r\n", b"0001-record.md)\r\n- [Keep JSON](0002-record.md)\r\n")
    assert Path(README).read_bytes() == b"\xef\xbb\xbf" + new


HOSTILE = ("a | b ](x) <script>", "<!-- /onrecord:index -->", "[x](https://evil.example) `y", "back\\")


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("rows", ["", "- [ADR-0001](0001-record.md) - Keep CSV\n"])
def test_a_title_stays_a_title(repo, run, log, title: str, rows: str) -> None:
    log(3, title)
    lines = fixed(repo, run, rows)
    assert len([line for line in lines if "-record.md" in line]) == 3
    assert not any("<" in line or "](https" in line for line in lines)


def test_each_folder_of_a_monorepo_has_its_own_list(repo, run, log) -> None:
    log(1, "Paint it", folder="packages/ui/docs/adr")
    repo.write(README, HEAD + END)
    repo.write("packages/ui/docs/adr/README.md", HEAD + END)
    repo.write("packages/ui/README.md", f"{HEAD}- [Paint](docs/adr/0001-record.md)\n{END}")
    outcome = run("index", "--fix")
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "3 lists of records rewritten.")
    assert len(between()) == 4
    assert len(between("packages/ui/docs/adr/README.md")) == 3
    assert between("packages/ui/README.md") == ["- [Paint it](docs/adr/0001-record.md)"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{OPEN}\n- [a](b.md)\n", "1: a list begins here and ends nowhere"),
        (f"x\n\n{CLOSE}\n", "3: a list ends here and begins nowhere"),
        (f"{OPEN}\n\n{OPEN}\n\n{CLOSE}\n", "3: a list begins inside the one that begins in line 1"),
        (f"{OPEN}\n- a\n\nText.\n\n- b\n{CLOSE}\n", "6: a second list"),
        (f"{OPEN}\n| a | b |\n{CLOSE}\n", "2: a row of a table"),
        (f"{OPEN}\n```\n- a\n```\n{CLOSE}\n", "2: code"),
    ],
)
@pytest.mark.usefixtures("log")
def test_markers_that_cannot_be_followed_are_named_and_nothing_is_written(repo, run, text: str, place: str) -> None:
    repo.write(README, text)
    repo.write("docs/README.md", HEAD + END)
    before = Path("docs/README.md").read_bytes()
    outcome = run("index", "--fix")
    assert (outcome.code, f"{README}:{place}" in outcome.err) == (2, True)
    assert Path("docs/README.md").read_bytes() == before


@pytest.mark.usefixtures("log")
def test_without_markers_it_says_how_to_begin(repo, run) -> None:
    repo.write(README, f"- [Keep CSV](0001-record.md)\n\n```\n{OPEN}\n{CLOSE}\n```\n")
    outcome = run("index", "--fix")
    assert (outcome.code, OPEN in outcome.err, CLOSE in outcome.err) == (4, True, True)
    assert run("index", README).code == 4


def test_without_records_there_is_nothing_to_list(repo, run) -> None:
    repo.write(README, HEAD + END)
    assert run("index").code == 4


@pytest.mark.usefixtures("log")
def test_what_cannot_be_an_index_is_refused(repo, run) -> None:
    assert run("index", "lost.md").code == 2
    repo.write(README, (HEAD + END).encode() + b"\xe9\n")
    outcome = run("index", "--fix")
    assert (outcome.code, "UTF-8" in outcome.err) == (2, True)


class TestCheck:
    """`onrecord check` says it too, where all records of the list were read."""

    @pytest.fixture(autouse=True)
    def stale(self, repo, log) -> None:
        log(2, "Keep JSON", "Proposed")
        repo.write(README, f"{HEAD}- [Keep CSV](0001-record.md)\n{END}")

    def test_of_the_repository(self, run) -> None:
        out = run("check", "--select", "index-stale").out
        assert "the list differs from the records: missing 0002" in out

    def test_of_one_file_it_is_silent(self, run) -> None:
        assert "index-stale" not in run("check", README, "--select", "index-stale").out
        assert "index-stale" not in run("check", "docs/adr/0002-record.md", "--select", "index-stale").out

    def test_a_list_that_is_right_is_no_finding(self, run) -> None:
        assert run("index", "--fix").code == 0
        assert "index-stale" not in run("check", "--select", "index-stale").out

    def test_a_fix_of_the_check_is_the_same(self, run) -> None:
        stale = Path(README).read_bytes()
        assert run("index", "--fix").code == 0
        fixed = Path(README).read_bytes()
        Path(README).write_bytes(stale)
        run("check", "--fix", "--select", "index-stale")
        assert Path(README).read_bytes() == fixed
