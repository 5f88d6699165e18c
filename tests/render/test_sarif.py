"""SARIF: what code scanning accepts, within its limits, and nothing that an author could put there."""

import json
import re
from functools import cache
from typing import Any

import every_rule
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from test_hostile_text import HOSTILE, QUICK, raw_controls, report_of, reports

from onrecord.check import Finding, Location, Report
from onrecord.render.sarif import MAX_BYTES, MAX_DESCRIPTION, MAX_RESULTS, render_sarif
from onrecord.rules import ALL_RULES, Severity, load_rule

HASH = "primaryLocationLineHash"
TEXT = "\ufeff# Größe 🎉\r\n\r\n- a\t b\r- a b\n\n\n"
HASHES = [  # by github/codeql-action, src/fingerprints.ts
    "a534f33819fdfe2d:1",
    "c4f977fe5ab82ce9:1",
    "7fee31bd1d7deb43:1",
    "9d374b1211c36cad:1",
    "5b5d4caf73a13177:1",
    "3c5bef55b72b93c9:1",
    "c129715d7a2bc9a3:1",
]
URI = {"type": "string", "pattern": r"^[A-Za-z0-9_.~/%-]+(:///[A-Za-z0-9_.~/%-]*)?$"}


def exactly(optional: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with these properties and no other."""
    required = [name.replace("__", ".") for name in properties if name not in optional]
    named = {name.replace("__", "."): value for name, value in properties.items()}
    return {"type": "object", "properties": named, "required": required, "additionalProperties": False}


def text(limit: int) -> dict[str, Any]:
    return exactly(text={"type": "string", "minLength": 1, "maxLength": limit})


def one_of(*words: str) -> dict[str, Any]:
    return {"enum": list(words)}


def many(items: dict[str, Any], most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most, "minItems": least}


WORD = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}
RULE = exactly(
    ("helpUri",),
    id=WORD,
    name={"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$", "maxLength": 255},
    shortDescription=text(1024),
    fullDescription=text(1024),
    helpUri={"type": "string", "pattern": "^https://"},
    help=exactly(text=WORD, markdown=WORD),
    defaultConfiguration=exactly(level=one_of("error", "warning", "note")),
    properties=exactly(
        precision=one_of("very-high", "high", "medium", "low"),
        problem__severity=one_of("error", "warning", "recommendation"),
        tags=many(WORD, 20, 1),
    ),
)
ACCEPTED_RULE = Draft202012Validator(RULE)
RESULT = exactly(
    ("partialFingerprints",),
    ruleId=WORD,
    ruleIndex={"type": "integer", "minimum": 0},
    level=one_of("error", "warning", "note"),
    kind=one_of("fail"),
    message=text(1024),
    locations=many(
        exactly(
            physicalLocation=exactly(
                artifactLocation=exactly(("uriBaseId",), uri=URI, uriBaseId=one_of("%SRCROOT%")),
                region=exactly(startLine=LINE, endLine=LINE),
            )
        ),
        1,
        1,
    ),
    partialFingerprints=exactly(**{HASH: {"type": "string", "pattern": "^[0-9a-f]{1,16}:[1-9][0-9]*$"}}),
)
ACCEPTED = Draft202012Validator(  # what GitHub was seen to accept, as a closed set
    exactly(
        **{
            "$schema": WORD,
            "version": one_of("2.1.0"),
            "runs": many(
                exactly(
                    ("invocations",),
                    tool=exactly(
                        driver=exactly(name=WORD, semanticVersion=WORD, informationUri=WORD, rules=many(RULE, 25_000))
                    ),
                    automationDetails=exactly(id=one_of("onrecord/records/")),
                    columnKind=one_of("utf16CodeUnits"),
                    originalUriBaseIds=exactly(**{"%SRCROOT%": exactly(description=text(100))}),
                    results=many(RESULT, 25_000),
                    invocations={"type": "array"},
                ),
                1,
                1,
            ),
        }
    )
)


@cache
def is_rule(text: str) -> bool:
    """Tell whether JSON text is a rule of the accepted shape; most runs describe the same ones."""
    return ACCEPTED_RULE.is_valid(json.loads(text))


def faults(value: dict[str, Any]) -> list[str]:
    """Return the places where a file is not of the accepted shape."""
    (run,) = value["runs"]
    driver = run["tool"]["driver"]
    places = [f"$.rules[{n}]" for n, rule in enumerate(driver["rules"]) if not is_rule(json.dumps(rule))]
    rest = value | {"runs": [run | {"tool": run["tool"] | {"driver": driver | {"rules": []}}}]}
    return places + sorted(error.json_path for error in ACCEPTED.iter_errors(rest))


def run_of(report: Report, texts: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the one run of a report, which is always of the accepted shape."""
    out = render_sarif(report, texts)
    value = json.loads(out)
    assert faults(value) == []
    assert out.isascii()
    assert "##[" not in out
    assert raw_controls(out) == set()
    return dict(value["runs"][0])


def result_of(finding: Finding, texts: dict[str, str] | None = None) -> dict[str, Any]:
    (result,) = run_of(Report((finding,), (finding.location.path,), ()), texts)["results"]
    return dict(result)


def found(path: str = "docs/adr/0001-a.md", line: int = 1, rule: str = "owner-missing", **more: Any) -> Finding:
    severity = more.get("severity", Severity.WARNING)
    return Finding(rule, severity, more.get("message", "nobody is named"), "Name one.", Location(path, line, line + 1))


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    """The rules as each file describes them."""
    return list(run_of(Report((), (), ()))["tool"]["driver"]["rules"])


class TestShape:
    def test_findings_of_every_rule(self) -> None:
        report = every_rule.report()
        run = run_of(report, every_rule.texts())
        assert [r["ruleId"] for r in run["results"]] == [f.rule for f in report.findings]
        rules = run["tool"]["driver"]["rules"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
        assert all(HASH in result["partialFingerprints"] for result in run["results"])

    def test_nothing_found_is_an_empty_list_which_closes_old_alerts(self) -> None:
        run = run_of(Report((), ("a.md",), ()))
        assert run["results"] == []
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(ALL_RULES)

    def test_the_same_report_is_the_same_text(self) -> None:
        assert render_sarif(every_rule.report()) == render_sarif(every_rule.report())

    @pytest.mark.parametrize("rule_id", ALL_RULES)
    def test_a_rule_is_described_in_its_own_words(self, rules: list[dict[str, Any]], rule_id: str) -> None:
        (shown,) = (rule for rule in rules if rule["id"] == rule_id)
        rule = load_rule(rule_id)
        assert shown["shortDescription"]["text"] == rule.summary
        assert rule.why in shown["help"]["text"]
        assert rule.help in shown["help"]["text"]
        assert shown["helpUri"].endswith(f"/rules/{rule_id}")

    def test_a_team_s_own_rule_is_described_too_and_has_no_page(self) -> None:
        rules = run_of(Report((every_rule.OWN,), ("a.md",), ()))["tool"]["driver"]["rules"]
        (own,) = (rule for rule in rules if rule["id"] == "acme-confirmation")
        assert "helpUri" not in own
        assert own["help"]["text"] == every_rule.OWN.help
        assert own["name"] == "AcmeConfirmation"

    @pytest.mark.parametrize(
        ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTICE, "note")]
    )
    def test_levels(self, severity: Severity, level: str) -> None:
        assert result_of(found(severity=severity))["level"] == level

    def test_a_message_is_sentences_of_what_was_seen_and_what_helps(self) -> None:
        assert result_of(found())["message"]["text"] == "Nobody is named. Name one."

    def test_without_a_file_there_is_no_result(self) -> None:
        assert run_of(Report((found(path=""),), (), ()))["results"] == []


class TestPlaces:
    @pytest.mark.parametrize(
        ("path", "uri"),
        [
            ("docs/adr/0001-a.md", "docs/adr/0001-a.md"),
            ("a b/ä.md", "a%20b/%C3%A4.md"),
            ("50%/a:b#c?.md", "50%25/a%3Ab%23c%3F.md"),
            ("a\udce4.md", "a%E4.md"),
            ("決定/[1].md", "%E6%B1%BA%E5%AE%9A/%5B1%5D.md"),
        ],
    )
    def test_relative_and_percent_encoded(self, path: str, uri: str) -> None:
        place = result_of(found(path))["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}

    def test_outside_of_the_repository_it_is_an_address_of_its_own(self) -> None:
        place = result_of(found("/srv/notes/a b.md"))["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "file:///srv/notes/a%20b.md"}

    def test_lines_without_columns(self) -> None:
        place = result_of(found(line=4))["locations"][0]["physicalLocation"]
        assert place["region"] == {"startLine": 4, "endLine": 5}


class TestHashes:
    def hashes(self, text: str, *lines: int) -> list[str]:
        findings = tuple(found("a.md", line) for line in lines)
        return [r["partialFingerprints"][HASH] for r in run_of(Report(findings, (), ()), {"a.md": text})["results"]]

    def test_as_the_upload_action_computes_them(self) -> None:
        assert self.hashes(TEXT, 1, 2, 3, 4, 5, 6, 7) == HASHES

    def test_they_move_with_their_line(self) -> None:
        text = "# Title\n\nStatus: Accepted\n\n" + "More.\n" * 30
        assert self.hashes(text, 3) == self.hashes("One more.\n\n" + text, 5)
        assert self.hashes(text, 3) != self.hashes(text.replace("Accepted", "Proposed"), 3)

    def test_equal_lines_are_counted(self) -> None:
        first, second = self.hashes("Same.\n" * 60, 1, 2)
        assert (first.split(":")[0], first[-2:], second[-2:]) == (second.split(":")[0], ":1", ":2")

    def test_a_line_that_is_not_there_and_a_text_that_is_not_known_have_none(self) -> None:
        assert "partialFingerprints" not in result_of(found("a.md", 9), {"a.md": "One line."})
        assert "partialFingerprints" not in result_of(found("a.md", 1), {"b.md": "One line."})
        assert "partialFingerprints" not in result_of(found("a.md", 1))


LARGE = tuple(found("ü" * 1000, n, message="決" * 1100) for n in range(1, 2000))


class TestLimits:
    def test_of_too_many_results_the_worst_are_kept_in_their_order(self) -> None:
        quiet = [found(line=n, severity=Severity.NOTICE) for n in range(1, MAX_RESULTS + 2)]
        loud = [found("z.md", 1, severity=Severity.ERROR), found("z.md", 2)]
        run = json.loads(render_sarif(Report((*quiet, *loud), (), ())))["runs"][0]
        kept = [(r["level"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in run["results"]]
        assert len(kept) <= MAX_RESULTS
        assert kept[-2:] == [("error", 1), ("warning", 2)]
        assert kept[:-2] == [("note", n) for n in range(1, len(kept) - 1)]
        told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        assert told.startswith(f"{len(quiet) + 2 - len(kept)} findings did not fit")

    def test_no_text_makes_the_file_too_large(self) -> None:
        out = render_sarif(Report(LARGE, (), ()))
        assert MAX_BYTES - 20_000 < len(out) <= MAX_BYTES
        assert "did not fit" in out

    def test_without_reason_nothing_is_told(self) -> None:
        assert "invocations" not in run_of(every_rule.report())

    def test_long_texts_are_cut(self) -> None:
        assert len(result_of(found(message="x" * 9000))["message"]["text"]) == MAX_DESCRIPTION


class TestHostileText:
    @QUICK
    @given(reports())
    def test_the_shape_holds(self, report: Report) -> None:
        assert len(run_of(report)["results"]) == sum(bool(f.location.path) for f in report.findings)

    @pytest.mark.parametrize("text", [*HOSTILE, "[click](https://evil.example)", "{0} {1}", "[a](1)"])
    def test_each(self, text: str) -> None:
        for result in run_of(report_of(text))["results"]:
            seen = result["message"]["text"].removesuffix(report_of(text).findings[0].help)
            assert raw_controls(seen) == set()
            assert "](" not in seen, "a viewer would make it a link"
            assert not re.search(r"\{\d+\}", seen), "a viewer would put an argument there"
