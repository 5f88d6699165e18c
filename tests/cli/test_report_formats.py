"""`onrecord check` for other programs: SARIF, JUnit and rdjson, and what each does to the exit code."""

import json
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from onrecord.adapters.files import MAX_BYTES
from onrecord.adapters.shipped import schema


@pytest.fixture
def error(sound: str) -> str:
    return sound.replace("2026-03-01", "2026-02-30")


def places(out: str) -> list[tuple[str, str]]:
    """Return rule and address of each result."""
    results = json.loads(out)["runs"][0]["results"]
    return [(r["ruleId"], r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for r in results]


class TestExitCode:
    def test_sarif_leaves_the_verdict_to_whoever_reads_it(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        outcome = run("check", "--output-format", "sarif", "--fail-on", "notice")
        assert outcome.code == 0
        assert places(outcome.out) == [("date-impossible", "docs/adr/0001-a.md")]

    def test_and_the_help_says_so(self, run) -> None:
        assert "with sarif, findings never give exit code 1" in " ".join(run("check", "--help").out.split())

    @pytest.mark.parametrize("output_format", ["junit", "rdjson"])
    def test_the_others_fail_as_ever(self, repo, run, error: str, output_format: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        assert run("check", "--output-format", output_format).code == 1
        assert run("check", "--output-format", output_format, "--fail-on", "never").code == 0

    @pytest.mark.parametrize("output_format", ["sarif", "junit", "rdjson"])
    def test_a_typo_and_an_empty_check_are_told_in_all(self, repo, run, output_format: str) -> None:
        repo.write("docs/adr/0001-a.md")
        assert run("check", "--output-format", output_format, "docs/none.md").code == 2
        repo.write("src/README.md", "# Hello\n\nHello.\n")
        assert run("check", "--output-format", output_format, "src").code == 4

    @pytest.mark.usefixtures("repo")
    @pytest.mark.parametrize("output_format", ["sarif", "junit", "rdjson"])
    def test_a_pull_request_has_no_file_to_point_at(self, run, output_format: str) -> None:
        outcome = run("pr", "--event", "event.json", "--output-format", output_format)
        assert outcome.code == 2
        assert output_format in outcome.err


class TestContents:
    def test_paths_are_those_of_the_repository_wherever_it_is_called(self, repo, run, error: str, monkeypatch) -> None:
        repo.write("docs/adr/0001-a.md", error)
        monkeypatch.chdir(repo.folder / "docs")
        assert places(run("check", "--output-format", "sarif").out) == [("date-impossible", "docs/adr/0001-a.md")]
        found = json.loads(run("check", "--output-format", "rdjson").out)["diagnostics"]
        assert [each["location"]["path"] for each in found] == ["docs/adr/0001-a.md"]
        cases = ElementTree.fromstring(run("check", "--output-format", "junit").out).iter("testcase")  # noqa: S314
        assert [(case.get("classname"), case.get("name")) for case in cases] == [("docs/adr", "0001-a.md")]

    def test_a_suggestion_travels_from_the_record_to_reviewdog_and_json(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", sound.replace("[Ann Example]", "[@ann, Bob]"))
        (found,) = json.loads(run("check", "--output-format", "rdjson").out)["diagnostics"]
        mended = 'decision-makers: ["@ann", Bob]'
        assert found["suggestions"] == [{"range": {"start": {"line": 4}, "end": {"line": 4}}, "text": mended}]
        whole = json.loads(run("check", "--output-format", "json").out)
        Draft202012Validator(schema("report")).validate(whole)
        (same,) = whole["findings"]
        assert same["suggestion"] == {"line": 4, "end_line": 4, "replacement": [mended]}
        assert f"Line 4 would be: {mended}\n" in run("check").out

    def test_output_goes_to_a_file_too(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0001-a.md", error)
        assert run("check", "--output-format", "sarif", "--output", "found.sarif").out == ""
        assert places((repo.folder / "found.sarif").read_text("utf-8")) == [("date-impossible", "docs/adr/0001-a.md")]


class TestSarifPlaces:
    def link(self, repo, name: str, target: str) -> None:
        path = repo.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        repo.git("add", "--", name)

    def test_a_symlink_s_findings_stand_in_its_file_once(self, repo, run, error: str) -> None:
        repo.write("shared/0001-a.md", error)
        self.link(repo, "docs/adr/0001-a.md", "../../shared/0001-a.md")
        expected = [("date-impossible", "shared/0001-a.md")]
        assert places(run("check", "--output-format", "sarif", "docs/adr/0001-a.md").out) == expected
        both = run("check", "--output-format", "sarif", "docs/adr/0001-a.md", "shared/0001-a.md")
        assert places(both.out) == expected

    def test_results_are_sorted_by_the_paths_that_are_shown(self, repo, run, error: str) -> None:
        repo.write("docs/adr/0002-b.md", error)
        repo.write("shared/0001-a.md", error)
        self.link(repo, "docs/adr/0001-a.md", "../../shared/0001-a.md")
        uris = [uri for _, uri in places(run("check", "--output-format", "sarif", "docs/adr").out)]
        assert uris == ["docs/adr/0002-b.md", "shared/0001-a.md"]

    def test_a_line_keeps_its_hash_when_text_above_it_grows(self, repo, run, error: str) -> None:
        def seen() -> tuple[int, str]:
            (result,) = json.loads(run("check", "--output-format", "sarif").out)["runs"][0]["results"]
            line = result["locations"][0]["physicalLocation"]["region"]["startLine"]
            return line, result["partialFingerprints"]["primaryLocationLineHash"]

        repo.write("docs/adr/0001-a.md", "\ufeff" + error)
        line, mark = seen()
        repo.write("docs/adr/0001-a.md", "\ufeff" + error.replace("---\n", "---\n# mended later\n", 1))
        assert seen() == (line + 1, mark)

    @pytest.mark.parametrize("content", [b"\0", b"x" * (MAX_BYTES + 1), b""], ids=["binary", "too large", "empty"])
    def test_what_is_no_record_at_all_has_a_place_too(self, repo, run, content: bytes) -> None:
        repo.write("docs/adr/0001-a.md", content)
        outcome = run("check", "--output-format", "sarif")
        assert outcome.code == 0
        assert [uri for _, uri in places(outcome.out)] == ["docs/adr/0001-a.md"]
