"""`onrecord index`: what it says of a list, what it writes, and what it leaves alone."""

from pathlib import Path

import pytest
from index_lists import CLOSE, END, HEAD, OPEN, README, RECORD, begin_log, between, fixed


@pytest.fixture
def log(repo):
    """Write a log of two, and return a function that writes another record."""
    return begin_log(repo)


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
    repo.write(README, f"{HEAD}- [1. Send mails](0001-record.md)\n- [9. Lost](0009-lost.md)\n{END}")
    before = Path(README).read_bytes()
    outcome = run("index", "docs")
    assert outcome.out.splitlines() == [
        f"{README}:4: outdated title (“Send mails”, now “Keep CSV”) of 0001",
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
    repo.write("packages/ui/README.md", f"{HEAD}- [Print](docs/adr/0001-record.md)\n{END}")
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


@pytest.mark.usefixtures("log")
def test_without_markers_it_names_the_page_that_has_the_list(repo, run, sound: str) -> None:
    for name in ("0004-a.md", "0005-b.md", "0006-c.md"):
        repo.write(f"docs/adr/{name}", sound)
    repo.write("docs/README.md", "- [A](adr/0004-a.md)\n")
    repo.write(README, "- [A](0004-a.md)\n- [B](./0005-b.md)\n- [C](0006-c.md) [again](0006-c.md)\n")
    assert f"{README} has links to 3 records; put these two lines around them:" in run("index").err


def test_without_records_there_is_nothing_to_list(repo, run) -> None:
    repo.write(README, HEAD + END)
    assert run("index").code == 4


@pytest.mark.usefixtures("log")
def test_what_cannot_be_an_index_is_refused(repo, run) -> None:
    assert run("index", "lost.md").code == 2
    repo.write(README, (HEAD + END).encode() + b"\xe9\n")
    outcome = run("index", "--fix")
    assert (outcome.code, "UTF-8" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "word", "last"), [((), "missing", "out of date"), (("--fix",), "added", "1 list of records rewritten.")]
)
def test_at_most_ten_differences_are_told(repo, run, log, options, word: str, last: str) -> None:
    for number in range(3, 15):
        log(number, f"Keep it {number}")
    repo.write(README, f"{HEAD}- [Keep CSV](0001-record.md)\n{END}")
    told = run("index", *options).out.splitlines()
    assert told[0] == f"{README}:3: {word} 0002 (Keep JSON)"
    assert [line.split()[1] for line in told[:10]] == [word] * 10
    assert told[10] == f"{README}: and 3 more"
    assert last in told[11]


@pytest.mark.usefixtures("log")
def test_what_was_done_is_told_as_done(repo, run) -> None:
    rows = (
        "- [Send mails](0001-record.md)\n- [Keep JSON](0002-record.md)\n- [Again](0002-record.md)\n- [9](0009-x.md)\n"
    )
    repo.write(README, HEAD + rows + END)
    assert run("index", "--fix").out.splitlines()[:3] == [
        f"{README}:4: corrected title (“Send mails”, now “Keep CSV”) of 0001",
        f"{README}:6: removed 0002, which is listed twice",
        f"{README}:7: removed 0009: there is no such record",
    ]


@pytest.mark.usefixtures("log")
def test_records_that_git_does_not_track_yet_are_named(repo, run) -> None:
    repo.write(README, f"{HEAD}- [Keep CSV](0001-record.md)\n- [Keep JSON](0002-record.md)\n{END}")
    text = RECORD.format(title="3. Keep XML", status="Accepted", date="2026-01-13")
    repo.git("add", ".")
    for name in ("docs/adr/0003-record.md", "docs/adr/template.md", "docs/adr/notes.md"):
        Path(name).write_text(text if "0003" in name else "# Notes\n", "utf-8")
    line = "onrecord: docs/adr/0003-record.md is not tracked by git yet, so it is not listed\n"
    assert run("index").err == line
    Path("docs/adr/0004-record.md").write_text(text, "utf-8")
    assert "docs/adr/0003-record.md and 1 more are not tracked by git yet" in run("index").err
    repo.git("add", ".")
    assert run("index").err == ""


class TestAllowEmpty:
    """As in the hook, `--allow-empty` is silent where what is staged has nothing to do with a list."""

    @pytest.fixture(autouse=True)
    def committed(self, repo, log) -> None:
        log(3, "Keep XML")
        repo.git("commit", "--quiet", "--message", "Begin")

    def said(self, run) -> tuple[int, str, str]:
        return run("index", "--fix", "--allow-empty")

    def test_no_list_anywhere_never_fails_and_is_said_only_where_a_record_is_staged(self, repo, run) -> None:
        assert (self.said(run)[0], OPEN in self.said(run)[2]) == (0, True)
        repo.write("docs/intro.md", "Hello.\n")
        assert tuple(self.said(run)) == (0, "", "")
        repo.git("commit", "--quiet", "--message", "Go on")
        repo.git("rm", "--quiet", "docs/intro.md")
        assert tuple(self.said(run)) == (0, "", "")
        repo.git("rm", "--quiet", "docs/adr/0003-record.md")
        assert (self.said(run)[0], OPEN in self.said(run)[2]) == (0, True)
        assert run("index").code == 4

    def test_no_record_anywhere_is_fine(self, repo, run) -> None:
        repo.git("rm", "--quiet", "-r", "docs/adr")
        assert tuple(self.said(run)) == (0, "", "")

    def test_a_list_is_not_even_read_for_other_files(self, repo, run) -> None:
        repo.write(README, f"{OPEN}\n")
        repo.git("commit", "--quiet", "--message", "Begin")
        repo.write("a.py", "1\n")
        assert tuple(self.said(run)) == (0, "", "")
        repo.write(README, f"{OPEN}\n\n")
        assert self.said(run)[0] == 2

    def test_a_list_that_is_right_is_not_told(self, repo, run) -> None:
        repo.write(README, HEAD + END)
        assert self.said(run)[0] == 0
        repo.git("add", ".")
        assert tuple(self.said(run)) == (0, "", "")


class TestCheck:
    """`onrecord check` says it too, where all records of the list were read."""

    @pytest.fixture(autouse=True)
    def stale(self, repo, log) -> None:
        log(2, "Keep JSON", "Proposed")
        repo.write(README, f"{HEAD}- [Keep CSV](0001-record.md)\n{END}")

    def test_of_the_repository(self, run) -> None:
        out = run("check", "--select", "index-stale").out
        assert "the list differs from the records: missing 0002" in out

    def test_an_index_is_not_counted_as_a_record(self, run) -> None:
        assert "2 records checked" in run("check", "--select", "index-stale").out

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


@pytest.mark.usefixtures("log")
def test_a_table_that_names_no_record_does_not_grow(repo, run) -> None:
    text = f"{HEAD}| Status |\n|---|\n| Accepted |\n{END}"
    repo.write(README, text)
    outcome = run("index", "--fix")
    assert outcome.code == 2
    assert "no column of this table names the records" in outcome.err
    assert Path(README).read_text("utf-8") == text
