"""The configuration as a user writes it: where it stands, what each setting does, and what is said when it is wrong."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from onrecord.adapters.shipped import schema
from onrecord.cli.main import main


def rules(outcome: Any) -> set[str]:
    return {f["rule"] for f in json.loads(outcome.out)["findings"]}


def files(outcome: Any) -> list[str]:
    return list(json.loads(outcome.out)["files"])


JSON = ("check", "--output-format", "json")


@pytest.fixture
def warning(sound: str) -> str:
    return sound.replace("decision-makers: [Ann Example]\n", "")


class TestPlaces:
    OFF = "rules: {owner-missing: off}\n"
    LOUD = "rules: {owner-missing: error}\n"

    @pytest.mark.parametrize("name", [".github/onrecord.yml", ".github/onrecord.yaml", "onrecord.yml", "onrecord.yaml"])
    def test_each_file_is_read(self, repo, run, warning: str, name: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write(name, self.LOUD)
        assert run("check").code == 1

    @pytest.mark.parametrize(
        "text",
        [
            '[tool.onrecord]\nfail-on = "warning"\n',
            '[tool.onrecord.rules]\nowner-missing = "error"\n',
            '[tool]\nonrecord = { fail-on = "warning" }\n',
            '[tool]\nonrecord.fail-on = "warning"\n',
        ],
    )
    def test_pyproject(self, repo, run, warning: str, text: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("pyproject.toml", '[project]\nname = "shop"\n\n' + text)
        assert run("check").code == 1

    def test_a_pyproject_of_others_says_nothing(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("pyproject.toml", '[project]\nname = "shop"\n[tool.ruff]\nfail-on = 3\n')
        assert run("check").code == 0

    def test_the_folder_github_comes_before_the_top_and_the_top_before_pyproject(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("pyproject.toml", '[tool.onrecord]\nfail-on = "notice"\n')
        assert run("check").code == 1
        repo.write("onrecord.yml", "fail-on: never\n")
        assert run("check").code == 0
        repo.write(".github/onrecord.yml", "fail-on: warning\n")
        assert run("check").code == 1

    def test_files_are_never_merged(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", self.LOUD)
        repo.write(".github/onrecord.yml", "exclude: ['x/**']\n")
        assert run("check").code == 0

    def test_it_is_found_from_a_folder_below(self, repo, run, warning: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", self.LOUD)
        monkeypatch.chdir(repo.folder / "docs")
        assert run("check").code == 1

    def test_a_toml_file_by_name(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("team.toml", 'fail-on = "warning"\n')
        assert run("check", "--config", "team.toml").code == 1

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
    def test_an_empty_file_means_the_defaults(self, repo, run, warning: str, text: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", text)
        assert run("check").code == 0


class TestSettings:
    def test_records_are_the_only_ones(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("rulings/sessions.md")
        repo.write("onrecord.yml", "records: ['rulings/*.md']\n")
        assert files(run(*JSON)) == ["rulings/sessions.md"]

    @pytest.mark.parametrize(
        "glob", ["docs/old/**", "docs/old", "docs/old/", "**/old/*.md", "./docs/old/*", "docs/*/0002-?.md"]
    )
    def test_exclude(self, repo, run, glob: str) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("docs/old/adr-0002.md" if "0002-?" not in glob else "docs/old/0002-b.md")
        repo.write("onrecord.yml", f"exclude: ['{glob}']\n")
        assert files(run(*JSON)) == ["docs/adr/0001-a.md"]

    def test_a_star_does_not_cross_folders(self, repo, run) -> None:
        repo.write("docs/adr/deep/0001-a.md")
        repo.write("onrecord.yml", "exclude: ['docs/*.md']\n")
        assert files(run(*JSON)) == ["docs/adr/deep/0001-a.md"]

    def test_fail_on(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        for word, code in (("error", 0), ("warning", 1), ("notice", 1), ("never", 0)):
            repo.write("onrecord.yml", f"fail-on: {word}\n")
            assert run("check").code == code

    @pytest.mark.parametrize("word", ["off", "'off'", '"off"', "OFF"])
    def test_off_is_a_word_and_not_a_truth_value(self, repo, run, warning: str, word: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", f"rules:\n  owner-missing: {word}\n")
        if word == "OFF":
            assert run("check").code == 2
        else:
            assert rules(run(*JSON)) == set()

    def test_a_rule_may_be_louder(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", "rules: {owner-missing: error}\n")
        assert run("check").code == 1

    def test_the_team_s_own_words(self, repo, run, sound: str) -> None:
        text = (
            sound.replace("accepted", "blessed")
            .replace("## Decision Outcome", "## Ruling")
            .replace("Sessions are lost at each deploy.", "Soonish.")
        )
        repo.write("docs/adr/0001-a.md", text)
        before = rules(run(*JSON))
        assert {"status-unknown"} <= before
        assert "placeholder-left" not in before
        repo.write(
            "onrecord.yml",
            "vocabulary:\n  terms: {decision: [ruling]}\n  statuses: {accepted: [blessed]}\n  placeholders: [soonish.]\n",
        )
        assert rules(run(*JSON)) == {"placeholder-left"}

    def test_own_words_reach_parse(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound.replace("accepted", "blessed"))
        repo.write("onrecord.yml", "vocabulary: {statuses: {accepted: [blessed]}}\n")
        row = json.loads(run("parse", "docs/adr/0001-a.md").out)[0]
        assert row["status"] == {"value": "accepted", "text": "blessed"}


class TestTeamSchema:
    SCHEMA: ClassVar[dict[str, Any]] = {
        "allOf": [
            {"$ref": schema("decision-record")["$id"]},
            {
                "x-rule": "acme-confirmation",
                "x-message": "nothing says how this will be confirmed",
                "x-severity": "error",
                "required": ["confirmation"],
            },
        ]
    }

    def test_it_speaks_beside_our_rules(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write(".github/team.schema.json", json.dumps(self.SCHEMA))
        repo.write(".github/onrecord.yml", "schema: .github/team.schema.json\n")
        outcome = run(*JSON)
        assert outcome.err == ""
        assert rules(outcome) == {"acme-confirmation", "owner-missing"}
        assert outcome.code == 1
        for output_format in ("text", "github", "markdown"):
            assert "nothing says how this will be confirmed" in run("check", "--output-format", output_format).out

    @pytest.mark.parametrize("flags", [(), ("--fix",)])
    def test_a_rule_that_can_never_speak_is_told(self, repo, run, sound: str, flags: tuple[str, ...]) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("team.schema.json", '{"anyOf": [{"x-rule": "mine", "required": ["confirmation"]}]}')
        repo.write("onrecord.yml", "schema: team.schema.json\n")
        told = "onrecord: team.schema.json: /anyOf/0/x-rule: the rule “mine” never speaks inside of “anyOf”; "
        assert run("check", *flags).err.startswith(told)

    def test_its_rules_can_be_set_and_chosen(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("team.schema.json", json.dumps(self.SCHEMA))
        repo.write("onrecord.yml", "schema: team.schema.json\nrules: {acme-confirmation: notice}\n")
        assert run(*JSON).code == 0
        assert rules(run(*JSON, "--select", "acme-confirmation")) == {"acme-confirmation"}
        assert rules(run(*JSON, "--ignore", "acme-confirmation")) == set()

    def test_a_misspelt_name_is_usage_beside_the_team_s_own(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("team.schema.json", json.dumps(self.SCHEMA))
        repo.write("onrecord.yml", "schema: team.schema.json\n")
        outcome = run("check", "--select", "acme-confirmatio")
        assert outcome.code == 2
        assert "“acme-confirmation”" in outcome.err

    def test_a_misspelt_rule_is_still_said(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("team.schema.json", json.dumps(self.SCHEMA))
        repo.write("onrecord.yml", "schema: team.schema.json\nrules: {ownr-missing: off}\n")
        outcome = run("check")
        assert outcome.code == 2
        assert "ownr-missing" in outcome.err
        assert "owner-missing" in outcome.err

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('{"type": "strng"}', ["team.schema.json: /type", "strng"]),
            ('{"allOf": [{"$ref": "https://schemas.example/x.json"}]}', ["team.schema.json: /allOf/0/$ref"]),
            ('{"type": ', ["team.schema.json:1", "not valid JSON"]),
            ('{"allOf": [' * 5000, ["team.schema.json", "nested too deeply"]),
            ('{"$ref": "#"}', ["team.schema.json: /$ref", "without end"]),
            ("[]", ["team.schema.json", "object"]),
            (f'{{"minLength": {"9" * 5000}}}', ["team.schema.json", "integer"]),
            ('{"$id": 5}', ["team.schema.json: /$id", "not of type"]),
            ('{"$ref": "http://[::"}', ["team.schema.json", "cannot be used"]),
            (None, ["team.schema.json", "no such file"]),
        ],
    )
    def test_a_wrong_one_is_said_with_its_place(self, repo, run, text: str | None, words: list[str]) -> None:
        repo.write("docs/adr/0001-a.md")
        if text is not None:
            repo.write("team.schema.json", text)
        repo.write("onrecord.yml", "schema: team.schema.json\n")
        outcome = run("check")
        assert outcome.code == 2
        for word in words:
            assert word in outcome.err

    @pytest.mark.parametrize(
        "name", ["\x1b[31mred", "::error::x", "a|<script>x</script>", "a](https://evil.example) @octocat", "a\nb"]
    )
    def test_a_rule_s_name_cannot_break_out_of_any_output(self, repo, run, sound: str, name: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("team.schema.json", json.dumps({"allOf": [{"x-rule": name, "required": ["confirmation"]}]}))
        repo.write("onrecord.yml", "schema: team.schema.json\n")
        for output_format in ("text", "github", "markdown"):
            outcome = run("check", "--output-format", output_format)
            assert outcome.code in (0, 2)
            assert "\x1b" not in outcome.out + outcome.err
            assert "<script" not in outcome.out
            assert "evil.example)" not in outcome.out
            assert not [line for line in outcome.out.splitlines() if line.startswith(("b", "::error::x"))]


class TestFaults:
    @pytest.mark.parametrize(
        ("name", "text", "words"),
        [
            ("onrecord.yml", "fail_on: error\n", ["onrecord.yml", "fail_on", "fail-on"]),
            ("onrecord.yml", "rules: {ownr-missing: off}\n", ["onrecord.yml: rules", "owner-missing"]),
            ("onrecord.yml", "rules: {owner-missing: loud}\n", ["rules: owner-missing", "loud", "warning"]),
            ("onrecord.yml", "records: docs\n", ["records", "docs"]),
            ("onrecord.yml", "records: [a\nrules: x\n", ["onrecord.yml:"]),
            ("onrecord.yml", "- records\n", ["onrecord.yml"]),
            ("onrecord.yml", "fail-on: error\nfail-on: notice\n", ["onrecord.yml:2", "fail-on"]),
            (".github/onrecord.yml", "baselin: x\n", [".github/onrecord.yml", "baseline"]),
            ("pyproject.toml", '[tool.onrecord]\nfail-on = "fatal"\n', ["pyproject.toml: fail-on", "fatal"]),
            ("pyproject.toml", "[tool.onrecord]\nfail-on = \n", ["pyproject.toml", "line 2"]),
            ("onrecord.yml", b"\xff\xfe\x00", ["onrecord.yml"]),
            ("pyproject.toml", f"[tool.onrecord]\na = {'[' * 5000}", ["pyproject.toml", "nested too deeply"]),
            ("pyproject.toml", f"[tool.onrecord]\na = {'9' * 5000}", ["pyproject.toml", "integer"]),
            ("pyproject.toml", f"[tool.onrecord.rules]\n{'a.' * 3000}a = 1", ["pyproject.toml", "nested too deeply"]),
        ],
    )
    def test_a_wrong_configuration_is_usage_and_says_where(
        self, repo, run, name: str, text: str, words: list[str]
    ) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write(name, text)
        for verb in (("check",), ("parse",), ("baseline",)):
            outcome = run(*verb)
            assert outcome.code == 2, verb
            assert "internal error" not in outcome.err
            for word in words:
                assert word in outcome.err

    def test_a_project_without_tables_of_tools_has_no_settings(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound)
        repo.write("pyproject.toml", "tool = 3\n")
        assert run("check").code == 0

    def test_a_wrong_line_is_named(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("onrecord.yml", "fail-on: error\nrules:\n  owner-missing: [\n")
        assert "onrecord.yml:" in run("check").err

    def test_a_file_that_is_too_long_is_said_and_not_cut(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("onrecord.yml", "# long\n" * 150_000)
        outcome = run("check")
        assert outcome.code == 2
        assert "onrecord.yml: it is larger than 1 MB" in outcome.err


class TestBaseline:
    def test_write_then_check(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        made = run("baseline")
        assert made.code == 0
        assert "1 finding" in made.out
        assert json.loads((repo.folder / ".github/onrecord-baseline.json").read_text("utf-8"))["version"] == 1
        outcome = run(*JSON, "--fail-on", "notice")
        assert (outcome.code, rules(outcome)) == (0, set())
        assert json.loads(outcome.out)["hidden"] == {"suppressed": 0, "baselined": 1}
        assert "Not shown: 1 finding known from the baseline." in run("check").out

    def test_new_findings_are_shown(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        run("baseline")
        repo.write("docs/adr/0001-a.md", warning.replace("2026-03-01", "2026-02-30"))
        outcome = run(*JSON)
        assert (outcome.code, rules(outcome)) == (1, {"date-impossible"})

    def test_text_above_may_move(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound + "\nSee [the plan](plan.md).\n")
        run("baseline")
        text = sound.replace("Sessions are lost", "It was a Friday.\n\nSessions are lost")
        repo.write("docs/adr/0001-a.md", text + "\nSee [the plan](plan.md).\n")
        assert rules(run(*JSON)) == set()

    def test_what_was_fixed_leaves_it(self, repo, run, warning: str, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        run("baseline")
        repo.write("docs/adr/0001-a.md", sound)
        run("baseline")
        repo.write("docs/adr/0001-a.md", warning)
        assert rules(run(*JSON)) == {"owner-missing"}

    def test_a_second_run_does_not_hide_behind_the_first(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        first = run("baseline").out
        assert run("baseline").out == first

    def test_it_holds_wherever_the_check_runs(self, repo, run, warning: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        run("baseline")
        monkeypatch.chdir(repo.folder / "docs")
        assert rules(run(*JSON)) == set()
        assert rules(run(*JSON, "adr/0001-a.md")) == set()
        monkeypatch.chdir(repo.folder)
        assert rules(run(*JSON, "./docs/adr/0001-a.md")) == set()

    def test_its_place_can_be_configured(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("config/onrecord.yml", "baseline: known/findings.json\n")
        assert run("baseline", "--config", "config/onrecord.yml").code == 0
        assert (repo.folder / "known/findings.json").is_file(), "relative to the root, not to the configuration"
        assert rules(run(*JSON, "--config", "config/onrecord.yml")) == set()

    def test_a_long_one_is_read_whole(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        run("baseline")
        written = repo.folder / ".github/onrecord-baseline.json"
        written.write_text(" " * 1_000_000 + written.read_text("utf-8"), "utf-8")
        outcome = run(*JSON)
        assert (outcome.code, rules(outcome)) == (0, set())

    def test_a_configured_one_that_is_not_there_is_said(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write("onrecord.yml", "baseline: known.json\n")
        outcome = run("check")
        assert outcome.code == 2
        assert "known.json" in outcome.err
        assert "onrecord baseline" in outcome.err

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", '{"version": 2, "findings": []}', b"\xff", '{"version": 1}']
    )
    def test_a_broken_one_is_usage(self, repo, run, text: str | bytes) -> None:
        repo.write("docs/adr/0001-a.md")
        repo.write(".github/onrecord-baseline.json", text)
        outcome = run("check")
        assert outcome.code == 2
        assert "onrecord-baseline.json" in outcome.err
        assert "baseline" in outcome.err

    def test_a_baseline_that_cannot_be_written_is_said(self, repo, run, warning: str) -> None:
        repo.write("docs/adr/0001-a.md", warning)
        repo.write(".github", "a file\n")
        assert run("baseline").code == 2

    @pytest.mark.parametrize(
        "place", ["../kept", "{outside}/kept", "link/kept", "link.json", ".git/config", ".GIT/hooks/pre-commit"]
    )
    def test_it_is_written_into_the_repository_and_nowhere_else(
        self, repo, run, warning: str, tmp_path: Path, place: str
    ) -> None:
        (tmp_path / "kept").write_text("kept")
        before = (repo.folder / ".git/config").read_text("utf-8")
        (repo.folder / "link").symlink_to(tmp_path)
        (repo.folder / "link.json").symlink_to(tmp_path / "kept")
        repo.write("docs/adr/0001-a.md", warning)
        repo.write("onrecord.yml", f"baseline: {place.format(outside=tmp_path)}\n")
        outcome = run("baseline")
        assert (outcome.code, outcome.out) == (2, "")
        assert "leads out of the repository" in outcome.err
        assert (tmp_path / "kept").read_text("utf-8") == "kept"
        assert (repo.folder / ".git/config").read_text("utf-8") == before
        assert not (repo.folder / ".GIT").exists() or (repo.folder / ".git").samefile(repo.folder / ".GIT")

    def test_no_link_beside_it_is_written_through(self, repo, run, warning: str, tmp_path: Path) -> None:
        (tmp_path / "kept").write_text("kept")
        repo.write("docs/adr/0001-a.md", warning)
        (repo.folder / ".github").mkdir()
        (repo.folder / ".github/onrecord-baseline.json.new").symlink_to(tmp_path / "kept")
        assert run("baseline").code == 0
        assert (tmp_path / "kept").read_text("utf-8") == "kept"

    def test_nothing_to_know_is_code_4(self, repo, run) -> None:
        outcome = run("baseline")
        assert outcome.code == 4
        assert not (repo.folder / ".github/onrecord-baseline.json").exists()


@pytest.mark.parametrize("setting", ["schema", "baseline"])
def test_a_file_outside_the_repository_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (tmp_path / "outside.json").write_text('{"x-severity": "hunter2"}')
    (repository / "onrecord.yml").write_text(f"{setting}: ../outside.json\n")
    (repository / "0001-x.md").write_text("# 1. X\n\n## Decision\n\nWe will.\n")
    monkeypatch.chdir(repository)
    assert main(["check", "0001-x.md"]) == 2
    said = capsys.readouterr().err
    assert "leads out of the repository" in said
    assert "hunter2" not in said
