"""`onrecord list`: its door."""

import json
import re

import pytest

from onrecord.log.search_text import Card
from onrecord.render.columns import cut, pad, width_of, wrap
from onrecord.render.records import Screen, list_text

RECORD = """\
---
status: {status}
date: {date}
decision-makers: [{owner}]
tags: [{tag}]
{extra}
---

# {title}

## Considered Options

* One way
* Another way

## Decision Outcome

Chosen option: "One way", because it is short.
"""


@pytest.fixture
def log(repo):
    """Write a log of four records in two folders."""

    def write(path: str, title: str, status: str, date: str, owner: str, tag: str = "data", extra: str = "") -> None:
        files[path] = RECORD.format(title=title, status=status, date=date, owner=owner, tag=tag, extra=extra)

    files = {"docs/adr/README.md": "# Decisions\n\nAll of them.\n"}

    write(
        "docs/adr/0001-redis.md",
        "Keep sessions in Redis",
        "accepted",
        "2025-03-01",
        "Ann Example",
        "data",
        "scope: ['src/session/**']",
    )
    write("docs/adr/0002-names.md", "Name things", "proposed", "2026-03-01", "'@bo/platform'", "style")
    write("docs/adr/0010-queue.md", "Queue mails", "superseded", "2024-12-24", "Joanna Example")
    write("web/docs/adr/0001-look.md", "Look like paper", "accepted", "2026-05-01", "Bo Li", "style")
    repo.write_all(files)
    return repo


def titles(outcome) -> list[str]:
    return [record["title"] for record in json.loads(outcome.out)["records"]]


class TestFilters:
    @pytest.mark.parametrize(
        ("arguments", "found"),
        [
            ((), ["Keep sessions in Redis", "Name things", "Queue mails", "Look like paper"]),
            (("--status", "accepted"), ["Keep sessions in Redis", "Look like paper"]),
            (("--status", "proposed,superseded"), ["Name things", "Queue mails"]),
            (
                ("--status", "proposed", "--status", "angenommen"),
                ["Keep sessions in Redis", "Name things", "Look like paper"],
            ),
            (("--owner", "ann"), ["Keep sessions in Redis"]),
            (("--owner", "@bo"), ["Name things", "Look like paper"]),
            (("--tag", "Style"), ["Name things", "Look like paper"]),
            (("--since", "2026"), ["Name things", "Look like paper"]),
            (("--since", "2025-03-01", "--until", "2026-03-01"), ["Keep sessions in Redis", "Name things"]),
            (("--until", "2024"), ["Queue mails"]),
            (("--scope", "src/session/new/file.py"), ["Keep sessions in Redis"]),
            (("--scope", "src/other.py"), []),
            (("web",), ["Look like paper"]),
            (("web", "docs/adr/0002-names.md"), ["Name things", "Look like paper"]),
            (("--sort", "date"), ["Look like paper", "Name things", "Keep sessions in Redis", "Queue mails"]),
            (("--sort", "number"), ["Keep sessions in Redis", "Look like paper", "Name things", "Queue mails"]),
            (("--sort", "title"), ["Keep sessions in Redis", "Look like paper", "Name things", "Queue mails"]),
            (("--sort", "owner"), ["Keep sessions in Redis", "Look like paper", "Name things", "Queue mails"]),
            (("--sort", "status"), ["Name things", "Keep sessions in Redis", "Look like paper", "Queue mails"]),
        ],
    )
    @pytest.mark.usefixtures("log")
    def test_who_is_listed(self, run, arguments: tuple[str, ...], found: list[str]) -> None:
        outcome = run("list", *arguments, "--output-format", "json")
        assert (outcome.code, titles(outcome)) == (0, found)

    def test_the_whole_log_from_any_folder(self, log, run, monkeypatch) -> None:
        monkeypatch.chdir(log.folder / "web")
        assert len(titles(run("list", "--output-format", "json"))) == 4
        assert titles(run("list", ".", "--output-format", "json")) == ["Look like paper"]

    @pytest.mark.usefixtures("log")
    def test_none_that_fits_is_an_answer(self, run) -> None:
        outcome = run("list", "--owner", "Zoe")
        assert (outcome.code, outcome.out) == (0, "")
        assert "none of 4 records" in outcome.err

    def test_a_month_may_hold_the_day(self, log, run) -> None:
        log.write(
            "docs/adr/0011-x.md", "# Use x\n\nDate: April 2026\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use x.\n"
        )
        found = titles(run("list", "--since", "2026-04-15", "--output-format", "json"))
        assert found == ["Use x", "Look like paper"]

    def test_records_without_a_date_are_left_out_aloud(self, log, run) -> None:
        log.write("docs/adr/0011-x.md", "# Use x\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use x.\n")
        assert "1 record without a date left out" in run("list", "--since", "2020").err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--status", "acepted"), "did you mean “accepted”?"),
            (("--since", "yesterday"), "--since yesterday: a date is written like"),
            (("--until", "2026-13"), "--until 2026-13"),
            (("nowhere",), "nowhere: no such file or folder"),
        ],
    )
    @pytest.mark.usefixtures("log")
    def test_what_cannot_be_meant_is_said(self, run, arguments: tuple[str, ...], said: str) -> None:
        outcome = run("list", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err

    def test_an_empty_repository_is_told_how_to_begin(self, repo, run) -> None:
        repo.write("docs/adr/0001-new.md", add=False)
        outcome = run("list")
        assert outcome.code == 4
        assert "git does not track docs/adr/0001-new.md yet" in outcome.err
        repo.git("add", ".")
        assert run("list").code == 0
        repo.git("rm", "-qf", "docs/adr/0001-new.md")
        assert "onrecord init" in run("list").err


class TestFaces:
    @pytest.mark.usefixtures("log")
    def test_a_pipe_gets_a_line_for_each_with_its_path(self, run) -> None:
        lines = run("list").out.splitlines()
        assert re.split(" {2,}", lines[0]) == [
            "1",
            "accepted",
            "2025-03-01",
            "Keep sessions in Redis",
            "Ann Example",
            "docs/adr/0001-redis.md",
        ]
        assert [line.split()[-1] for line in lines][-1] == "web/docs/adr/0001-look.md"
        assert len(lines) == 4
        assert "\t" not in "".join(lines)
        assert "\x1b" not in "".join(lines)

    def test_markdown_cannot_be_broken(self, log, run) -> None:
        log.write(
            "docs/adr/0003-a b.md",
            RECORD.format(
                title="A | `<img>` #1", status="accepted", date="2026-01-01", owner="'@all'", tag="x", extra=""
            ),
        )
        out = run("list", "docs/adr/0003-a b.md", "--output-format", "markdown").out
        assert (
            out.splitlines()[2]
            == "| 3 | accepted | 2026-01-01 | [A \\| &lt;img&gt; #\u200b1](docs/adr/0003-a%20b.md) | @\u200ball |"
        )


CARDS = [
    Card(
        "docs/adr/0001-a.md",
        1,
        "1",
        "Keep sessions in Redis, in three zones, for ever and ever",
        "accepted",
        "2026-03-01",
        ("Ann Example",),
    ),
    Card("docs/adr/0002-b.md", 1, "2", "セッションをレディスに保存する", "proposed", None, ("Bo",)),
    Card("docs/adr/0012-c.md", 1, "12", None, None, "2026-04", ("A" * 80,)),
]


class TestScreen:
    @pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
    def test_no_line_is_wider_than_the_screen(self, columns: int) -> None:
        lines = list_text(CARDS, Screen(columns), grouped=True).splitlines()
        assert all(width_of(line) <= columns for line in lines[:3])

    def test_columns_stand_below_each_other(self) -> None:
        lines = list_text(CARDS, Screen(100), grouped=True).splitlines()
        starts = {width_of(line[: line.index(text)]) for line, text in zip(lines, ("Ann", "Bo", "AAA"), strict=False)}
        assert len(starts) == 1

    def test_what_matters_least_makes_room_first(self) -> None:
        wide, middle, narrow = (list_text(CARDS, Screen(n), grouped=True) for n in (100, 60, 45))
        assert "2026-03-01" in wide
        assert "Ann" in wide
        assert "2026-03-01" in middle
        assert "Ann" not in middle
        assert "2026-03-01" not in narrow
        assert "Keep sessions in" in narrow

    @pytest.mark.parametrize(
        ("columns", "shown"),
        [(110, "Ann Example, Bo and 3 more"), (80, "Ann Example and 4 more"), (76, "Ann Exa… and 4 more")],
    )
    def test_of_many_owners_two_and_how_many_more(self, columns: int, shown: str) -> None:
        title = "Keep sessions in Redis for ever"
        card = Card("a/0001-x.md", 1, "1", title, "accepted", "2026-03-01", ("Ann Example", "Bo", *"CDE"))
        line = list_text([card], Screen(columns), grouped=True).splitlines()[0]
        assert line.endswith(f"  {shown}")
        assert width_of(line) <= columns
        assert "Ann Example, Bo, C, D, E" in list_text([card], Screen(None), grouped=True)

    def test_the_end_counts(self) -> None:
        assert list_text(CARDS, Screen(80), grouped=True).endswith(
            "\n3 records: 1 accepted, 1 proposed, 1 without status.\n"
        )

    def test_folders_have_a_heading_where_there_are_several(self) -> None:
        cards = [Card(f"{folder}/000{n}-x.md", 1, str(n), "X") for folder in ("a", "b") for n in range(1, 5)]
        assert [line for line in list_text(cards, Screen(80), grouped=True).splitlines() if line in ("a", "b")] == [
            "a",
            "b",
        ]
        assert "\na\n" not in "\n" + list_text(cards, Screen(80), grouped=False)

    def test_a_title_cannot_move_the_cursor(self) -> None:
        shown = list_text([Card("a/0001-x.md", 1, "1", "Use \x1b[2J\u202e it")], Screen(80, color=False), grouped=True)
        assert "\x1b" not in shown
        assert "\u202e" not in shown

    def test_color_only_where_it_is_wanted(self) -> None:
        assert "\x1b[32maccepted\x1b[0m" in list_text(CARDS, Screen(80, color=True), grouped=True)


class TestColumns:
    @pytest.mark.parametrize(("text", "width"), [("abc", 3), ("保存", 4), ("e\u0301", 1), ("", 0), ("a\u200bb", 2)])
    def test_width(self, text: str, width: int) -> None:
        assert width_of(text) == width
        assert width_of(pad(text, 9)) == 9

    @pytest.mark.parametrize(
        ("text", "columns", "left"),
        [("保存する", 8, "保存する"), ("保存する", 7, "保存す…"), ("保存する", 6, "保存…"), ("ab cd", 4, "ab…")],
    )
    def test_cut(self, text: str, columns: int, left: str) -> None:
        assert cut(text, columns) == left

    def test_wrap_breaks_long_words_only(self) -> None:
        assert wrap("ab cd efghijkl 保存する", 5) == ["ab cd", "efghi", "jkl", "保存", "する"]
        assert wrap("see docs/adr/0001-a.md there", 5) == ["see", "docs/adr/0001-a.md", "there"]
        assert {len(line) for line in wrap("a/" * 500, 50)} == {50}  # no path
