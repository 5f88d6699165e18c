"""Several runs at the same moment, on what is kept and on files: each answers as one alone does, and nothing is torn."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from disks import DAY, ENVIRONMENT, tree

MANY = 4


def together(folder: Path, *calls: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Run calls at once, each in a process of its own; return their codes and what they said."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "onrecord", *call],
            cwd=folder,
            env=os.environ | ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for call in calls
    ]
    said = [process.communicate(timeout=120) for process in started]
    return [(process.returncode, *words) for process, words in zip(started, said, strict=True)]


@pytest.mark.thorough
@pytest.mark.parametrize("call", [("search", "Redis"), ("why", "src/cart.py:1"), ("check", "--today", DAY)])
def test_what_is_kept_is_written_by_several(model: Path, shop: Path, tmp_path: Path, call: tuple[str, ...]) -> None:
    (usual,) = together(Path(shutil.copytree(model, tmp_path / "alone")), call)
    assert together(shop, *[call] * MANY) == [usual] * MANY
    for kept in (shop / ".git/onrecord").glob("*.sqlite"):
        with closing(sqlite3.connect(kept)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert together(shop, call) == [usual]


@pytest.mark.thorough
def test_new_records_get_numbers_of_their_own(shop: Path) -> None:
    done = together(shop, *[("new", f"Use queue {number}", "--no-input") for number in range(MANY)])
    assert [code for code, _, _ in done] == [0] * MANY
    names = [name.rpartition("/")[2] for name in tree(shop) if name.startswith("docs/adr/00")]
    assert sorted(name[:4] for name in names if "queue" in name) == ["0008", "0009", "0010", "0011"]


@pytest.mark.thorough
def test_of_several_that_change_one_record_each_one_s_work_stays(shop: Path) -> None:
    calls = [
        ("link", "5", "6"),
        ("deprecate", "3"),
        ("touch", "docs/adr/0007-redis.md", "--by", "Ann"),
        ("index", "--fix"),
    ]
    assert [code for code, _, _ in together(shop, *calls)] == [0] * MANY
    after = {name: content.decode() for name, content in tree(shop).items()}
    assert "0006" in after["docs/adr/0005-mail.md"] and "0005" in after["docs/adr/0006-carts.md"]
    assert "Deprecated" in after["docs/adr/0003-csv.md"]
    assert "by Ann" in after["docs/adr/0007-redis.md"] or "Ann" in after["docs/adr/0007-redis.md"]
    assert "[Mail at night]" in after["docs/adr/README.md"] or "Mail at night" in after["docs/adr/README.md"]
