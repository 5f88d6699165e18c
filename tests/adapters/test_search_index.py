"""The index of the log: what it finds, when it reads again, and what it survives."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.adapters import entries, search_index
from onrecord.adapters.search_index import Log, has_fts5, open_log
from onrecord.check import Config
from onrecord.log.search_text import END, MARK
from onrecord.record.vocabulary import Vocabulary, shipped

RECORD = "# {title}\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n\n## Context\n\nIt was open.\n\n## Decision\n\n{decision}\n"
SQLITE = "search.sqlite"
OPENED: list[Log] = []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True, timeout=30)
    write(folder, 1, "Keep sessions in Redis", "We keep sessions in Redis.")
    write(folder, 2, "Write invoices to PostgreSQL", "We write invoices to PostgreSQL. The café pays daily.")
    write(folder, 3, "セッションを保存する", "セッションをレディスに保存する。")
    return folder


def write(root: Path, number: int, title: str, decision: str) -> Path:
    path = root / "docs" / "adr" / f"{number:04}-record.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RECORD.format(title=title, decision=decision), "utf-8")
    subprocess.run(["git", "add", "--all"], cwd=root, check=True, timeout=30)
    return path


@pytest.fixture(autouse=True)
def close_all() -> Iterator[None]:
    """Let go of every index when a test is over."""
    yield
    while OPENED:
        OPENED.pop().close()


def read(root: Path, config: Config | None = None) -> Log:
    config = config or Config()
    words = Vocabulary(config.vocabulary) if config.vocabulary else shipped()
    OPENED.append(open_log(root, config, words, lambda _line: None))
    return OPENED[-1]


def numbers(log: Log, query: str) -> list[str | None]:
    return [hit.card.number for hit in log.search(query, 10).hits]


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the names of the files that are read as records."""
    seen: list[str] = []
    real = entries.read_as_records

    def spy(content: object, shown: str, *rest: object) -> object:
        seen.append(shown)
        return real(content, shown, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(entries, "read_as_records", spy)
    return seen


class TestSearch:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("redis", ["1"]),
            ("REDIS session", ["1"]),
            ("invoic*", ["2"]),
            ('"sessions in redis"', ["1"]),
            ('"redis sessions"', []),
            ("cafe", ["2"]),
            ("保存", ["3"]),
            ("レディス", ["3"]),
            ("ADR-2", ["2"]),
            ("kubernetes", []),
        ],
    )
    def test_finds(self, root: Path, query: str, found: list[str]) -> None:
        assert numbers(read(root), query) == found

    def test_all_words_count_before_some(self, root: Path) -> None:
        both = read(root).search("sessions redis", 10)
        some = read(root).search("sessions kubernetes", 10)
        assert ([hit.card.number for hit in both.hits], both.every) == (["1"], True)
        assert ([hit.card.number for hit in some.hits], some.every) == (["1"], False)

    def test_a_word_in_the_title_weighs_more(self, root: Path) -> None:
        write(root, 4, "Name things", "Redis, Redis, and Redis is how it is named.")
        assert numbers(read(root), "redis") == ["1", "4"]

    def test_the_snippet_marks_what_matches(self, root: Path) -> None:
        (hit,) = read(root).search("redis", 10).hits
        assert f"in {MARK}Redis{END}." in hit.snippet
        assert hit.score > 0

    def test_a_pasted_text_finds_its_like(self, root: Path) -> None:
        noise = " ".join(f"word{n}" for n in range(30))
        found = read(root).search(f"{noise} invoices for PostgreSQL, paid daily in the café", 10)
        assert (found.hits[0].card.number, found.every) == ("2", False)
        assert found.hits[0].snippet.startswith("We write invoices")

    def test_the_limit_cuts_and_the_total_says_so(self, root: Path) -> None:
        found = read(root).search("open", 2)
        assert (len(found.hits), found.total) == (2, 3)

    @pytest.mark.parametrize(
        "query", ['"', '" "', "AND", "a OR", "NEAR(", "title:", "^", "*", "x*y*", "{a b}: c", "\udcff é", "x" * 9999]
    )
    def test_any_text_is_a_query(self, root: Path, query: str) -> None:
        read(root).search(query, 10)


class TestUpkeep:
    def test_only_what_changed_is_read_again(self, root: Path, read_files: list[str]) -> None:
        read(root)
        assert len(read_files) == 3
        del read_files[:]
        write(root, 2, "Write invoices to MariaDB", "We write invoices to MariaDB.")
        log = read(root)
        assert read_files == ["docs/adr/0002-record.md"]
        assert (numbers(log, "postgresql"), numbers(log, "mariadb")) == ([], ["2"])
        assert log.search("postgresql", 10).total == 0
        del read_files[:]
        assert [card.number for card in read(root).cards()] == ["1", "2", "3"]
        assert read_files == []

    def test_a_file_that_is_gone_is_not_found(self, root: Path) -> None:
        read(root)
        (root / "docs/adr/0001-record.md").unlink()
        log = read(root)
        assert numbers(log, "redis") == []
        assert len(log.texts()) == len(log.cards()) == 2

    def test_the_teams_words_are_part_of_the_reading(self, root: Path) -> None:
        path = root / "docs/adr/0001-record.md"
        path.write_text(path.read_text("utf-8").replace("Accepted", "Wrapped up"), "utf-8")
        assert read(root).cards()[0].status == "unknown"
        config = Config(vocabulary={"statuses": {"accepted": ["wrapped up"]}})
        assert read(root, config).cards()[0].status == "accepted"

    def test_it_lives_in_the_git_directory_and_git_sees_nothing(self, root: Path) -> None:
        before = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True).stdout
        read(root)
        after = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True).stdout
        assert (root / ".git" / "onrecord" / SQLITE).is_file()
        assert before == after

    def test_without_git_nothing_is_left_behind(self, tmp_path: Path) -> None:
        (tmp_path / "docs/adr").mkdir(parents=True)
        (tmp_path / "docs/adr/0001-a.md").write_text(RECORD.format(title="Use it", decision="We use it."), "utf-8")
        assert [card.title for card in read(tmp_path).cards()] == ["Use it"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["docs"]


class TestTrouble:
    @pytest.mark.parametrize("rubbish", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
    def test_a_damaged_index_is_made_anew(self, root: Path, rubbish: bytes) -> None:
        place = root / ".git" / "onrecord" / SQLITE
        place.parent.mkdir()
        place.write_bytes(rubbish)
        assert numbers(read(root), "redis") == ["1"]
        assert numbers(read(root), "redis") == ["1"]
        with sqlite3.connect(place) as connection:
            assert connection.execute("SELECT count(*) FROM card").fetchone() == (3,)
        connection.close()

    def test_pages_damaged_in_the_middle_still_give_an_answer(self, root: Path) -> None:
        read(root)
        place = root / ".git" / "onrecord" / SQLITE
        content = bytearray(place.read_bytes())
        content[8192:] = b"\xab" * (len(content) - 8192)
        place.write_bytes(content)
        assert numbers(read(root), "redis") == ["1"]

    @pytest.mark.parametrize("card", ["[1", "[]", "null"])
    def test_a_row_of_another_shape_still_gives_an_answer(self, root: Path, card: str) -> None:
        read(root)
        with sqlite3.connect(root / ".git" / "onrecord" / SQLITE) as connection:
            connection.execute("UPDATE card SET card = ?", (card,))
        connection.close()
        assert numbers(read(root), "redis") == ["1"]

    def test_another_layout_is_thrown_away(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        read(root)
        monkeypatch.setattr(search_index, "LAYOUT", 99)
        assert numbers(read(root), "redis") == ["1"]

    def test_where_nothing_can_be_written_it_is_read_into_memory(self, root: Path) -> None:
        (root / ".git" / "onrecord").write_text("in the way")
        log = read(root)
        assert numbers(log, "redis") == ["1"]
        assert log.notes == []

    def test_slowness_for_want_of_an_index_is_said(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search_index, "SLOW_S", -1)
        (root / ".git" / "onrecord" / SQLITE).mkdir(parents=True)
        assert "cannot be written" in read(root).notes[0]

    def test_why_it_cannot_be_kept_is_said_in_words(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search_index, "SLOW_S", -1)
        (root / ".git" / "onrecord").write_text("in the way")
        (note,) = read(root).notes
        assert "cannot be written (" in note
        assert not any(part in note for part in ("Err", str(root)))

    def test_an_index_that_is_locked_is_not_waited_for_for_ever(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read(root)
        write(root, 4, "Deploy at night", "We deploy at night.")
        monkeypatch.setattr(search_index, "BUSY_S", 0.05)
        other = sqlite3.connect(root / ".git" / "onrecord" / SQLITE, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert numbers(read(root), "night") == ["4"]
        other.close()

    def test_many_runs_at_once_agree(self, root: Path) -> None:
        for number in range(4, 12):
            write(root, number, f"Record {number}", f"We decided word{number}.")

        def one_run(_: int) -> list[str | None]:
            with closing(open_log(root, Config(), shipped(), lambda _line: None)) as log:
                return numbers(log, "word7")

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(one_run, range(8)))
        assert found == [["7"]] * 8
        with sqlite3.connect(root / ".git" / "onrecord" / SQLITE) as connection:
            assert connection.execute("SELECT count(*), count(DISTINCT path) FROM card").fetchone() == (11, 11)
        connection.close()

    @pytest.mark.skipif(os.name == "nt", reason="a process is killed by its number")
    def test_a_run_killed_while_writing_leaves_a_sound_index(self, root: Path) -> None:
        code = (
            "import os, sys; from pathlib import Path\n"
            "from onrecord.adapters import search_index as s\n"
            "from onrecord.check import Config; from onrecord.record.vocabulary import shipped\n"
            "real = s._insert; n = []\n"
            "s._insert = lambda *a: (real(*a), n.append(1), len(n) == 2 and os._exit(9))\n"
            "s.open_log(Path(sys.argv[1]), Config(), shipped(), print)\n"
        )
        assert subprocess.run([sys.executable, "-c", code, str(root)], timeout=60, check=False).returncode == 9
        log = read(root)
        assert [card.number for card in log.cards()] == ["1", "2", "3"]
        assert numbers(log, "redis") == ["1"]


class TestWithoutFullText:
    @pytest.fixture(autouse=True)
    def no_fts5(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(search_index, "_ENGINE", "no_such_engine")
        has_fts5.cache_clear()
        yield
        has_fts5.cache_clear()

    def test_results_are_ranked_by_likeness_and_that_is_said(self, root: Path) -> None:
        log = read(root)
        assert numbers(log, "redis sessions")[0] == "1"
        assert "FTS5" in log.notes[0]
