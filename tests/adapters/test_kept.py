"""What is kept in git's directory: found again, never wrong, and never in the way."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.adapters import kept as keeping
from onrecord.adapters.kept import NAME, Kept, key_of
from onrecord.adapters.lineage import Lineage, is_whole, merges_in, packed

KEY, OTHER = key_of("test", "a"), key_of("test", "b")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where results are kept below `tmp_path`, with one that is there."""
    kept = Kept(tmp_path)
    kept.put(KEY, b"one")
    kept.save()
    return tmp_path / "onrecord" / NAME


def test_what_is_kept_is_found_again(place: Path) -> None:
    kept = Kept(place.parent.parent)
    assert (kept.get(KEY), kept.get(OTHER)) == (b"one", None)
    assert not kept.has_news
    kept.save()


def test_work_is_done_once(tmp_path: Path) -> None:
    done: list[int] = []

    def work() -> list[int]:
        done.append(1)
        return [len(done)]

    for _ in range(3):
        kept = Kept(tmp_path)
        assert kept.once(KEY, work) == [1]
        kept.save()


def test_what_json_would_change_is_not_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.once(KEY, lambda: {1: "a"}) == {1: "a"}
    assert not kept.has_news


@pytest.mark.parametrize("rubbish", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(place: Path, rubbish: bytes) -> None:
    place.write_bytes(rubbish)
    for expected in (None, b"two"):
        kept = Kept(place.parent.parent)
        assert kept.get(KEY) == expected
        kept.put(KEY, b"two")
        kept.save()


def test_a_value_that_is_not_as_it_was_written_is_none(place: Path) -> None:
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE kept SET value = CAST(replace(value, 'one', 'two') AS BLOB)")
    connection.close()
    kept = Kept(place.parent.parent)
    assert kept.get(KEY) is None
    kept.save()


def test_without_room_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "onrecord").write_text("in the way")
    kept = Kept(tmp_path)
    kept.put(KEY, b"one")
    kept.save()
    assert Kept(tmp_path).get(KEY) is None


def test_a_full_disk_loses_what_is_new_and_nothing_else(place: Path) -> None:
    kept = Kept(place.parent.parent)
    assert kept._connection is not None
    kept._connection.execute("PRAGMA max_page_count = 1")
    kept.put(OTHER, os.urandom(100_000))
    kept.save()
    kept = Kept(place.parent.parent)
    assert (kept.get(KEY), kept.get(OTHER)) == (b"one", None)
    kept.save()


def test_another_run_is_not_waited_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "WAIT_S", 0.01)
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    kept = Kept(place.parent.parent)
    assert kept.get(KEY) is None
    kept.put(OTHER, b"two")
    kept.save()
    other.close()


def test_runs_at_once_never_spoil_each_other(tmp_path: Path) -> None:
    def one_run(number: int) -> list[bytes | None]:
        kept = Kept(tmp_path)
        found = [kept.get(key_of("test", str(n))) for n in range(8)]
        kept.put(key_of("test", str(number)), b"%d" % number)
        kept.save()
        return found

    with ThreadPoolExecutor(4) as pool:
        every = [*pool.map(one_run, range(8)), *pool.map(one_run, range(8))]
    assert all(value in (None, b"%d" % n) for found in every for n, value in enumerate(found))
    assert any(value for found in every for value in found)


def test_the_oldest_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 4)
    monkeypatch.setattr(keeping, "MOST_WHOLE", 1)
    for number in range(5):
        kept = Kept(tmp_path)
        kept.put(key_of("test", str(number)), b"x")
        kept.put(key_of("whole", str(number)), b"x", is_whole=True)
        kept.save()
    kept = Kept(tmp_path)
    assert kept.get(key_of("whole", "4")) and not kept.get(key_of("whole", "3"))
    assert kept.get(key_of("test", "4")) and not kept.get(key_of("test", "0"))
    kept.save()


def test_keys_tell_all_parts_apart() -> None:
    keys = {
        key_of("a", "bc"),
        key_of("ab", "c"),
        key_of("a", "b", "c"),
        key_of("a", ["b", "c"]),
        key_of("a", ["b"], "c"),
        key_of("a", "\udcff"),
    }
    assert len(keys) == 6


def test_another_version_of_the_tool_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.__version__", "9.9")
    keeping.tool_state.cache_clear()
    try:
        assert key_of("test", "a") != KEY
    finally:
        keeping.tool_state.cache_clear()


class TestLineage:
    LISTED = b"e d t2\nt2 t1\nd c s\nt1 b s\ns a\nc b\nb a\na\n"

    def test_the_oldest_merge_counts(self) -> None:
        assert merges_in(self.LISTED) == {"s": "d", "t1": "e", "t2": "e"}

    def test_a_commit_is_found_among_many(self, tmp_path: Path) -> None:
        merges = {f"{n:040x}": f"{n * 7:040x}" for n in range(1, 200, 2)}
        kept = Kept(None)
        kept.put(key_of("merges", "head"), packed(merges))
        lineage = Lineage(tmp_path, "head", kept)
        assert [lineage.merge_of(f"{n:040x}") for n in (1, 2, 3, 199, 200)] == [
            f"{n * 7:040x}" if n % 2 else None for n in (1, 2, 3, 199, 200)
        ]

    @pytest.mark.parametrize("sign", ["shallow", "info/grafts", "refs/replace/x", "packed-refs"])
    def test_where_ids_do_not_tell_the_history_nothing_is_kept(self, tmp_path: Path, sign: str) -> None:
        (tmp_path / "packed-refs").write_text("# pack-refs\n1 refs/heads/main\n")
        assert is_whole(tmp_path)
        (tmp_path / sign).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / sign).write_text("1 refs/replace/2\n")
        assert not is_whole(tmp_path)
