"""`onrecord coverage --effect` and `--sample`: their doors."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from onrecord.adapters.shipped import schema

RECORD = (
    "---\nstatus: {}\ndecision-makers: [Ann Example]\n---\n\n# Count calls in {}\n\n## Decision Outcome\n\nWe use it.\n"
)
HOSTILE = "\x1b[31mred <b>@ann</b> | ##[debug] ::error::x - a decision? yes"


@pytest.fixture
def merge(repo: Any) -> Any:
    repo.write("onrecord.yml", "pull-requests: {paths: ['api/**']}\n")
    days = iter(range(28))

    def commit(message: str, **files: str) -> None:
        if files:
            repo.write_all(files)
        number = next(days)
        day = f"2026-{f'02-{number:02}' if number else '01-31'}T12:00:00+00:00"
        repo.git("commit", "-qm", message, GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)

    commit("Settings")
    return commit


def history(merge: Any) -> None:
    merge("Count calls in Redis (#1)", **{"docs/adr/0001-a.md": RECORD.format("proposed", "Redis")})
    merge("Accept it (#2)", **{"docs/adr/0001-a.md": RECORD.format("accepted", "Redis")})
    merge("Keep sessions (#3)", **{"docs/adr/0002-b.md": RECORD.format("proposed", "Postgres")})
    merge("Pay (#4)", **{"api/pay.py": "1\n"})
    merge(f"{HOSTILE} (#5)", **{"src/a.py": "1\n"})


class TestEffect:
    def test_what_a_lead_reads(self, run: Any, merge: Any) -> None:
        history(merge)
        outcome = run("coverage", "--effect", "--today", "2026-04-01")
        out = " ".join(outcome.out.split())
        assert (outcome.code, outcome.err) == (0, "")
        assert ", 2026-04-01: 2 records, 1 in force Proposals" in out
        assert "the oldest first (1) docs/adr/0002-b.md since 2026-02-03, 57 days" in out
        assert "no link from another record (1) docs/adr/0001-a.md" in out
        assert "nudges and answers to them not in git; --github reads them" in out
        assert (
            "first commit to accepted record fewer than half on record so far (n = 1 asked pull requests, 0 on record)"
            in out
        )
        assert (
            "proposed to accepted median 1 day, fewer than 9 of 10 accepted so far (n = 2 records that began open, 1 accepted)"
            in out
        )
        assert "stand for half of the records 1 of 1 owner" in out
        assert "new records: in the first 5 1/2" in out or "new records: in the first 5 2/2" in out
        assert "Ann" not in outcome.out

    def test_every_number_has_its_ids(self, run: Any, merge: Any) -> None:
        history(merge)
        arguments = ("coverage", "--effect", "--output-format", "json", "--today", "2026-04-01")
        text = run(*arguments).out
        found = json.loads(text)
        Draft202012Validator(schema("coverage-report")).validate(found)
        assert text == run(*arguments).out
        effect = found["effect"]
        assert effect["nudges"] is None
        assert effect["lead_time"]["waits"] == [{"id": 4, "days": 56, "ended": False}]
        assert effect["stuck"]["records"] == [{"id": "docs/adr/0002-b.md", "since": "2026-02-03", "days": 57}]
        assert effect["findability"]["new"]["of"] == [1, 3]
        assert effect["findability"]["edited"]["of"] == [2]
        assert not Draft202012Validator(schema("coverage-report")).is_valid(
            found | {"effect": effect | {"owners": effect["owners"] | {"names": ["Ann"]}}}
        )

    def test_markdown(self, run: Any, merge: Any) -> None:
        history(merge)
        text = run("coverage", "--effect", "--output-format", "markdown", "--today", "2026-04-01").out
        assert "- `docs/adr/0002-b.md` since 2026-02-03, 57 days\n" in text
        assert "| 2. Time: how long until a decision is on record? | | |\n|---|---|---|\n" in text

    def test_a_repository_without_any_record(self, run: Any, merge: Any) -> None:
        merge("Pay (#1)", **{"src/a.py": "1\n"})
        out = run("coverage", "--effect").out
        assert "n/a (no asked pull requests)" in out
        assert "0 of 0 open" in out


class TestSample:
    def fill(self, folder: Path, text: str, *answers: str) -> Path:
        """Fill in the blanks of a sheet from the top."""
        for answer in answers:
            at = min(place for blank in ("- a decision?\n", "- on record?\n") if (place := text.find(blank)) >= 0)
            end = text.index("\n", at)
            text = f"{text[:end]} {answer}{text[end:]}"
        sheet = folder / "sheet.md"
        sheet.write_text(text, "utf-8")
        return sheet

    def test_a_sheet_is_printed_filled_in_and_read_back(self, repo: Any, run: Any, merge: Any) -> None:
        history(merge)
        text = run("coverage", "--sample", "9", "--seed", "3").out
        assert [line.split()[1] for line in text.splitlines() if line.startswith("## ")] == ["#5", "#4"]
        assert "asked" not in text.split("## ")[1]
        assert "`onrecord coverage --sample 9 --seed 3 --answers FILE`" in text
        sheet = self.fill(repo.folder, text, "no", "-", "yes", "no")
        sheet.write_text(sheet.read_text("utf-8").replace("- on record? -", "- on record?"), "utf-8")
        outcome = run("coverage", "--sample", "9", "--seed", "3", "--answers", "sheet.md")
        assert (outcome.code, outcome.err) == (0, "")
        out = " ".join(outcome.out.split())
        assert "Audit by hand: 2 of 2 pull requests judged" in out
        assert "  the same said of what is on record  1 of 1\n" in outcome.out
        assert "pull requests that decide 1 (all were judged)" in out
        assert "of these on record, corrected 0 % (all were judged)" in out
        assert "decides, and asked or hinted at 100 % (all were judged)" in out
        found = json.loads(
            run("coverage", "--sample", "9", "--seed", "3", "--answers", "sheet.md", "--output-format", "json").out
        )
        assert found["strata"]["flagged"]["numbers"] == [4]
        assert found["estimates"]["coverage"] == {"value": 0, "low": 0, "high": 0}
        assert "| pull requests that decide | 1 (all were judged) |" in (
            run("coverage", "--sample", "9", "--seed", "3", "--answers", "sheet.md", "--output-format", "markdown").out
        )

    def test_json_lines(self, repo: Any, run: Any, merge: Any) -> None:
        history(merge)
        text = run("coverage", "--sample", "2", "--output-format", "json").out
        head, *rows = map(json.loads, text.splitlines())
        assert head["command"] == "onrecord coverage --sample 2 --seed 1 --answers FILE"
        filled = [json.dumps(row | {"is_decision": row["number"] == 4, "is_on_record": False}) for row in rows]
        (repo.folder / "sheet.jsonl").write_text("\n".join([json.dumps(head), *filled]), "utf-8")
        out = run("coverage", "--sample", "2", "--answers", "sheet.jsonl").out
        assert "1 of 1 judged, 1 decision\n" in out
        assert "1 of 1 judged, 0 decisions\n" in out

    def test_the_same_seed_draws_the_same(self, run: Any, merge: Any) -> None:
        for number in range(1, 21):
            merge(f"Count (#{number})", **{"src/a.py": f"{number}\n"})
        sheets = [run("coverage", "--sample", "5", "--seed", seed).out.split("## ", 1)[1] for seed in "112"]
        assert sheets[0] == sheets[1] != sheets[2]

    def test_nothing_a_stranger_wrote_breaks_out_or_answers(self, run: Any, merge: Any) -> None:
        history(merge)
        text = run("coverage", "--sample", "9").out
        assert "\x1b" not in text
        assert "<b>" not in str(MarkdownIt().render(text))
        assert "@ann" not in text
        lines = run("coverage", "--sample", "9", "--output-format", "json").out
        assert "##[" not in lines
        assert "\x1b" not in lines

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--sample", "0"), "--sample 0: a whole number from 1 on"),
            (("--sample", "few"), "--sample few: a whole number from 1 on"),
            (("--sample", "3", "--seed", "x"), "--seed x: a whole number"),
            (("--answers", "sheet.md"), "--answers: “--sample” and “--seed” tell which sheet it is"),
            (("--sample", "3", "--answers", "none.md"), "--answers none.md: No such file"),
            (("--sample", "3", "--answers", "bad.md"), "bad.md:2: “maybe” is neither yes nor no"),
            (("--sample", "3", "--answers", "latin.md"), "--answers latin.md: it is not UTF-8"),
            (("--sample", "3", "--effect"), "--effect --sample: one of them at a time"),
            (("--effect", "--output-format", "html"), "--effect: --output-format is one of text, markdown, json"),
        ],
    )
    def test_what_cannot_be_asked_for(
        self, repo: Any, run: Any, merge: Any, arguments: tuple[str, ...], told: str
    ) -> None:
        merge("Pay (#4)", **{"api/pay.py": "1\n"})
        (repo.folder / "bad.md").write_text("## #4 Pay\n- a decision? maybe\n", "utf-8")
        (repo.folder / "latin.md").write_bytes(b"## #4 Pay\n- a decision? \xff\n")
        outcome = run("coverage", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert told in outcome.err
