"""`parse`, `explain`, `rules`, `schema`, `baseline`: their doors."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onrecord import __version__
from onrecord.adapters.shipped import SCHEMAS
from onrecord.rules import ALL_RULES, load_rule

ROOT = Path(__file__).resolve().parent.parent.parent


def shape(node: Any) -> Any:
    """Return a schema without the nodes that are rules: what is left is the shape of a row."""
    if isinstance(node, list):
        return [shape(item) for item in node if not (isinstance(item, dict) and "x-rule" in item)]
    if isinstance(node, dict):
        rule = {"x-rule", "properties"} if "x-rule" in node else set()
        return {key: shape(value) for key, value in node.items() if key not in rule}
    return copy.copy(node)


SHAPE = Draft202012Validator(shape(json.loads((ROOT / "schemas/decision-record.schema.json").read_text("utf-8"))))


class TestParse:
    def test_rows_have_the_published_shape_in_the_order_of_the_arguments(self, run, monkeypatch) -> None:
        monkeypatch.chdir(ROOT / "examples")
        names = sorted((p.as_posix() for p in Path("docs/decisions").glob("*.md")), reverse=True)
        outcome = run("parse", *names)
        rows = json.loads(outcome.out)
        assert outcome.code == 0
        assert [row["path"] for row in rows] == names
        for row in rows:
            SHAPE.validate(row)

    def test_every_example_of_every_rule_has_the_published_shape(self, repo, run) -> None:
        number = 0
        for rule in map(load_rule, ALL_RULES):
            for example in (*rule.good, *rule.bad):
                number += 1
                repo.write(f"docs/adr/{number:04}-{rule.id}.md", example.text, add=False)
        rows = json.loads(run("parse", *sorted(Path("docs/adr").glob("*.md"))).out)
        assert len(rows) == number
        for row in rows:
            SHAPE.validate(row)

    def test_the_shape_is_a_shape(self) -> None:
        assert not SHAPE.is_valid({"path": "x", "kind": "record"})
        assert not SHAPE.is_valid({"path": "x", "kind": "not-a-record"})
        assert not SHAPE.is_valid({"path": "x", "kind": "not-a-record", "reason": "mood"})
        assert SHAPE.is_valid({"path": "x", "kind": "not-a-record", "reason": "stub"})

    def test_json_lines(self, repo, run) -> None:
        repo.write("docs/adr/0001-größe.md")
        repo.write("docs/adr/0002-b.md")
        outcome = run("parse", "--output-format", "jsonl", "docs")
        rows = [json.loads(line) for line in outcome.out.splitlines()]
        assert [row["path"] for row in rows] == ["docs/adr/0001-größe.md", "docs/adr/0002-b.md"]

    def test_what_is_read(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        row = json.loads(run("parse", "docs/adr/0001-a.md").out)[0]
        assert row["kind"] == "record"
        assert row["number"] == "1"
        assert row["title"] == "Keep sessions in Redis"
        assert row["status"] == {"value": "accepted", "text": "accepted"}
        assert row["date"] == "2026-03-01"
        assert row["decision_makers"] == ["Ann Example"]
        assert row["decision"]["chosen_option"] == "Redis"
        assert [o["outcome"] for o in row["considered_options"]] == ["chosen", "rejected"]

    def test_a_named_file_is_always_read(self, repo, run) -> None:
        repo.write("onrecord.yml", "exclude: ['notes/**']\n")
        repo.write("notes/hello.txt", "Hello.\n")
        row = json.loads(run("parse", "notes/hello.txt").out)[0]
        assert (row["path"], row["kind"]) == ("notes/hello.txt", "not-a-record")

    def test_what_cannot_be_read_is_a_row_too(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md", b"\0\1\2")
        repo.write("docs/adr/0002-b.md")
        rows = json.loads(run("parse", "docs/adr/0001-a.md", "docs/adr/0002-b.md").out)
        assert [(row["path"], row["kind"]) for row in rows] == [
            ("docs/adr/0001-a.md", "not-a-record"),
            ("docs/adr/0002-b.md", "record"),
        ]

    def test_codes(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        missing = run("parse", "docs/adr/0001-a.md", "none.md")
        assert missing.code == 2
        assert len(json.loads(missing.out)) == 1
        assert "none.md" in missing.err
        assert run("parse", "--output-format", "yaml").code == 2
        (repo.folder / "empty").mkdir()
        assert run("parse", "empty").code == 4

    def test_output(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        shown = run("parse", "docs").out
        assert run("parse", "docs", "--output", "rows.json").out == ""
        assert (repo.folder / "rows.json").read_text("utf-8") == shown

    def test_any_text_can_be_printed_anywhere(self, repo) -> None:
        repo.write("docs/adr/0001-größe-決定.md")
        for encoding in ("ascii", "latin-1", "utf-8"):
            done = subprocess.run(
                [sys.executable, "-m", "onrecord", "parse", "docs"],
                capture_output=True,
                env={"PYTHONIOENCODING": encoding, "PATH": "/usr/bin:/bin"},
                timeout=60,
            )
            assert done.returncode == 0, done.stderr
            json.loads(done.stdout.decode(encoding))


class TestExplain:
    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_it_prints_the_page(self, run, rule: str) -> None:
        outcome = run("explain", rule)
        assert outcome.code == 0
        assert outcome.out == (ROOT / f"docs/rules/{rule}.md").read_text("utf-8")

    def test_an_unknown_rule_names_near_ones(self, run) -> None:
        outcome = run("explain", "ownr-missing")
        assert outcome.code == 2
        assert outcome.out == ""
        assert "owner-missing" in outcome.err
        assert "onrecord rules" in outcome.err

    def test_a_rule_that_cannot_be_hushed_shows_no_way_to(self, run) -> None:
        assert "onrecord-disable-file" not in run("explain", "record-unreadable").out
        assert "onrecord-disable-file owner-missing" in run("explain", "owner-missing").out

    def test_without_a_rule(self, run) -> None:
        assert run("explain").code == 2


class TestRules:
    def test_text_is_one_line_a_rule(self, run) -> None:
        outcome = run("rules")
        assert outcome.code == 0
        assert [line.split()[0] for line in outcome.out.splitlines()] == list(ALL_RULES)

    def test_json(self, run) -> None:
        rows = json.loads(run("rules", "--output-format", "json").out)
        assert [row["rule"] for row in rows] == list(ALL_RULES)
        assert all(row["severity"] in ("off", "notice", "warning", "error") for row in rows)
        assert all(row["summary"] and row["why"] and row["help"] for row in rows)


class TestSchema:
    LEANING = ("pull-request", "show")  # on the schema of a record

    @pytest.mark.parametrize("name", sorted(set(SCHEMAS) - set(LEANING)))
    def test_it_is_printed_as_it_is_published(self, run, name: str) -> None:
        outcome = run("schema", name)
        assert outcome.code == 0
        assert outcome.out == (ROOT / f"schemas/{name}.schema.json").read_text("utf-8")

    @pytest.mark.parametrize("name", LEANING)
    def test_what_it_leans_on_comes_along(self, run, name: str) -> None:
        whole = json.loads(run("schema", name).out)
        faults = list(Draft202012Validator(whole).iter_errors({"version": 1, "record": {"path": 7}, "decision": 7}))
        assert any(list(fault.absolute_path) in (["record", "path"], ["decision"]) for fault in faults)

    def test_an_unknown_name(self, run) -> None:
        outcome = run("schema", "recrod")
        assert outcome.code == 2
        assert "decision-record" in outcome.err

    def test_the_file_names_are_the_list(self) -> None:
        assert {p.name.removesuffix(".schema.json") for p in (ROOT / "schemas").glob("*.json")} == set(SCHEMAS)


class TestMain:
    def test_version(self, run) -> None:
        outcome = run("--version")
        assert (outcome.code, outcome.out) == (0, f"onrecord {__version__}\n")

    @pytest.mark.parametrize("verb", ["check", "parse", "pr", "explain", "rules", "schema", "baseline", "action"])
    def test_every_verb_has_help_and_is_in_the_reference(self, run, verb: str) -> None:
        outcome = run(verb, "--help")
        assert outcome.code == 0
        assert f"usage: onrecord {verb}" in outcome.out
        assert f"## onrecord {verb}\n" in (ROOT / "docs/cli.md").read_text("utf-8")

    @pytest.mark.parametrize("argument", ["--\x1b]0;x\x07", "-\x9b31m", "--\u202egnp.exe"])
    def test_a_flag_that_nobody_knows_is_shown_as_text(self, run, argument: str) -> None:
        outcome = run("check", argument)
        assert outcome.code == 2
        assert "unrecognized arguments: -" in outcome.err
        assert not set("\x1b\x07\x9b\u202e") & set(outcome.err)

    def test_a_misspelled_flag_is_met_with_the_nearest(self, run) -> None:
        outcome = run("check", "--stagd", "docs")
        assert outcome.code == 2
        assert "usage: onrecord check " in outcome.err
        assert outcome.err.endswith("unrecognized arguments: --stagd; did you mean “--staged”?\n")
        assert run("check", "--", "--stagd").err == "onrecord: --stagd: no such file or folder\n"

    def test_words_behind_two_dashes_are_no_flag(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md", "# 1. Keep it\n\n## Decision\n\nThe hook takes --staged alone.\n")
        assert "0001-a.md" in run("search", "--staged alone").out
        assert run("check", "--my notes.md").err == "onrecord: --my notes.md: no such file or folder\n"
        assert "did you mean “--today”" in run("check", "--todai=2 May").err

    def test_a_file_that_is_named_like_a_flag_is_a_file(self, repo, run) -> None:
        repo.write("notes-adr/README.md", "kept")
        repo.write("--output=notes-adr/README.md", "# 1. X\n")
        repo.write("notes-adr/0001-a.md")
        outcome = run("check", "--output=notes-adr/README.md", "notes-adr/0001-a.md")
        assert (outcome.code, "1 record checked" in outcome.out) == (0, True)
        assert (repo.folder / "notes-adr/README.md").read_text("utf-8") == "kept"

    def test_no_output_goes_through_a_link_out_of_the_repository(self, repo, run, tmp_path) -> None:
        (tmp_path / "kept").write_text("kept")
        repo.write("docs/adr/0001-a.md")
        (repo.folder / "report.json").symlink_to(tmp_path / "kept")
        (repo.folder / "reports").symlink_to(tmp_path)
        for name in ("report.json", "reports/kept", "reports/new"):
            outcome = run("check", "--output", name)
            assert (outcome.code, "symlink" in outcome.err) == (2, True)
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kept"]
        assert (tmp_path / "kept").read_text("utf-8") == "kept"
        assert run("check", "--output", tmp_path / "kept").code == 0  # named by its own name it is the user's choice

    def test_an_internal_error_is_a_sentence_and_code_3(self, repo, run, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md")
        monkeypatch.setattr("onrecord.cli.check.make_report", lambda *_, **__: 1 / 0)
        outcome = run("check")
        assert outcome.code == 3
        assert "internal error, please report it: ZeroDivisionError" in outcome.err
        assert "Traceback" not in outcome.err
        monkeypatch.setenv("ONRECORD_DEBUG", "1")
        with pytest.raises(ZeroDivisionError):
            run("check")


@pytest.mark.parametrize(
    ("word", "said"), [("chek", "; did you mean “check”? “onrecord --help” lists all"), ("\x1b[2J", "; “onrecord")]
)
def test_a_word_that_is_no_verb(run, word: str, said: str) -> None:
    outcome = run(word)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"is no verb{said}" in outcome.err
    assert "\x1b" not in outcome.err


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ("owner-missing, proposal-stuck", "findings of upkeep come with time"),
        ("owner-missing proposal-stuck", "findings of upkeep come with time"),
        ("record-deleted", "and this verb does not"),
    ],
)
def test_a_baseline_of_what_no_check_finds_is_not_written(repo, run, sound: str, chosen: str, why: str) -> None:
    repo.write("docs/adr/0001-keep.md", sound)
    outcome = run("baseline", "--select", chosen)
    assert (outcome.code, outcome.out) == (2, "")
    assert why in outcome.err
    assert not (repo.folder / ".github").exists()


def test_a_baseline_of_a_part_keeps_the_rest(repo, run, sound: str) -> None:
    """What a run does not look at stays known; what it looks at and does not find any more goes."""
    for name in ("docs/adr/0001-a.md", "web/adr/0001-b.md"):
        repo.write(name, sound.replace("[Ann Example]", "[]") + "\nSee [it](gone.md).\n")

    def known() -> list[tuple[str, str]]:
        entries = json.loads((repo.folder / ".github/onrecord-baseline.json").read_text("utf-8"))["findings"]
        return [(one["rule"], one["path"][:3]) for one in entries]

    assert run("baseline").code == 0
    every = [("link-broken", "doc"), ("link-broken", "web"), ("owner-missing", "doc"), ("owner-missing", "web")]
    assert known() == every
    assert run("baseline", "--select", "link-broken").out.startswith(
        "Known from now on: 2 findings in 2 records, and 2 others as before, written to "
    )
    assert run("baseline", "web/adr/0001-b.md").code == 0
    assert known() == every
    repo.write("docs/adr/0001-a.md", sound)
    assert run("baseline", "docs").code == 0
    assert known() == every[1::2]
    repo.git("rm", "--quiet", "--force", "web/adr/0001-b.md")
    assert run("baseline", "nowhere").code == 2
    assert run("baseline").code == 0
    assert known() == []
