"""Clocks that are wrong, of the machine, of files, of commits: nothing is ever taken for older or newer by its time alone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from disks import DAY, Outcome, git, write

Run = Callable[..., Outcome]
LONG_AGO, FAR_OFF = 60.0, 4_070_908_800.0  # in 1970, in 2099
ASKED = (("search", "queue"), ("why", "src/cart.py:1"), ("check", "--today", DAY))
TIMES = [pytest.param(LONG_AGO, marks=pytest.mark.thorough), FAR_OFF]


def asked(run: Run) -> list[Outcome]:
    return [run(*call) for call in ASKED]


@pytest.mark.parametrize("time", TIMES)
def test_what_is_kept_is_as_good_whatever_its_time(shop: Path, run: Run, time: float) -> None:
    usual = asked(run)
    kept = [path for path in (shop / ".git/onrecord").iterdir() if path.is_file()]
    assert len(kept) >= 2
    for path in kept:
        os.utime(path, (time, time))
    assert asked(run) == usual


@pytest.mark.parametrize("time", TIMES)
def test_a_record_that_changed_is_read_again_whatever_its_time(shop: Path, run: Run, time: float) -> None:
    record = shop / "docs/adr/0005-mail.md"
    os.utime(record, (time, time))
    before = asked(run)
    content = record.read_bytes()
    record.write_bytes(content.replace(b"a queue", b"a zebra").replace(b"Accepted", b"Rejected"))
    os.utime(record, (time, time))
    assert record.stat().st_size == len(content)
    after = asked(run)
    assert "zebra" in run("search", "zebra").out
    assert "rejected" in run("list").out
    assert after[0].out != before[0].out


@pytest.mark.thorough
@pytest.mark.parametrize("day", ["1000-01-01", "1970-01-01", "9999-12-31"])
def test_any_day_may_be_today(run: Run, day: str) -> None:
    for call in (["check"], ["review"], ["new", "X", "--no-input", "--output", "-"], ["coverage"], ["baseline"]):
        outcome = run(*call, "--today", day)
        assert "internal error" not in outcome.err, call
        assert outcome.code in (0, 1), call
    assert run("touch", "docs/adr/0005-mail.md", "--by", "Ann", "--today", day).code in (0, 2)


@pytest.mark.thorough
@pytest.mark.parametrize("day", ["1970-01-02T00:00:00Z", "2099-12-31T23:59:59+1400"])
def test_commits_may_be_of_any_day(shop: Path, run: Run, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(shop, {"src/cart.py": "import redis  # again\n"})
    git(shop, "add", "src")
    git(shop, "commit", "--quiet", "-m", "Ask again (#13)", "--date", day)
    monkeypatch.setenv("GIT_COMMITTER_DATE", day)
    git(shop, "-c", "user.name=Ann", "commit", "--quiet", "--amend", "--no-edit", "--date", day)
    for call in (["coverage"], ["review", "--today", DAY], ["why", "src/cart.py:1"], ["calibrate"], ["check"]):
        outcome = run(*call)
        assert "internal error" not in outcome.err, call
        assert outcome.code in (0, 1), call
    assert "#13" in run("why", "src/cart.py:1").out


@pytest.mark.thorough
def test_the_same_bytes_whatever_the_build_s_date(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = run("coverage", "--output-format", "json"), run("check", "--output-format", "sarif", "--today", DAY)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert (
        run("coverage", "--output-format", "json"),
        run("check", "--output-format", "sarif", "--today", DAY),
    ) == usual
