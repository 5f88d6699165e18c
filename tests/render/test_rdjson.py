"""rdjson: what reviewdog reads, with suggestions of whole lines, and messages that are no Markdown."""

import html
import json
import re
from typing import Any

import every_rule
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from test_hostile_text import HOSTILE, MARKDOWN, QUICK, raw_controls, report_of, reports

from onrecord.check import Finding, Location, Report
from onrecord.markdown import Span
from onrecord.render.rdjson import render_rdjson
from onrecord.rules import Severity, Suggestion


def exactly(optional: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with these properties and no other."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


WORD = {"type": "string"}
LINE = exactly(line={"type": "integer", "minimum": 1})
RANGE = exactly(start=LINE, end=LINE)  # without columns: whole lines, both included
DIAGNOSTIC = exactly(
    ("suggestions",),
    message=WORD,
    location=exactly(path=WORD, range=RANGE),
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    code=exactly(("url",), value=WORD, url=WORD),
    suggestions={"type": "array", "minItems": 1, "items": exactly(range=RANGE, text=WORD)},
)
RESULT = Draft202012Validator(
    exactly(source=exactly(name=WORD, url=WORD), diagnostics={"type": "array", "items": DIAGNOSTIC})
)


def diagnostics(report: Report) -> list[dict[str, Any]]:
    """Return the diagnostics of a report, after a look at the whole shape."""
    out = render_rdjson(report)
    assert out.isascii()
    assert "##[" not in out
    value = json.loads(out)
    RESULT.validate(value)
    assert all(raw_controls(each["message"]) == set() for each in value["diagnostics"])
    return list(value["diagnostics"])


def diagnostic(finding: Finding) -> dict[str, Any]:
    (one,) = diagnostics(Report((finding,), ("a.md",), ()))
    return one


FOUND = Finding("owner-missing", Severity.WARNING, "nobody is named", "Name one.", Location("docs/ä b.md", 3, 4))


class TestDiagnostics:
    def test_findings_of_every_rule(self) -> None:
        report = every_rule.report()
        said = [(d["code"]["value"], d["location"]["path"]) for d in diagnostics(report)]
        assert said == [(f.rule, f.location.path) for f in report.findings]

    def test_one(self) -> None:
        assert diagnostic(FOUND) == {
            "message": "nobody is named. Name one.",
            "location": {"path": "docs/ä b.md", "range": {"start": {"line": 3}, "end": {"line": 4}}},
            "severity": "WARNING",
            "code": {"value": "owner-missing", "url": "https://onrecord.github.io/onrecord/rules/owner-missing"},
        }

    @pytest.mark.parametrize(
        ("severity", "word"), [(Severity.ERROR, "ERROR"), (Severity.WARNING, "WARNING"), (Severity.NOTICE, "INFO")]
    )
    def test_severities(self, severity: Severity, word: str) -> None:
        assert diagnostic(FOUND._replace(severity=severity))["severity"] == word

    def test_a_team_s_own_rule_has_no_page(self) -> None:
        assert diagnostic(every_rule.OWN)["code"] == {"value": "acme-confirmation"}


class TestSuggestions:
    @pytest.mark.parametrize(("lines", "text"), [(("a: b",), "a: b"), (("a: b", "", "c: d"), "a: b\n\nc: d"), ((), "")])
    def test_whole_lines_without_the_last_line_end(self, lines: tuple[str, ...], text: str) -> None:
        shown = diagnostic(FOUND._replace(suggestion=Suggestion(Span(2, 5), lines)))["suggestions"]
        assert shown == [{"range": {"start": {"line": 2}, "end": {"line": 5}}, "text": text}]

    def test_without_a_certain_fix_there_is_none(self) -> None:
        assert "suggestions" not in diagnostic(FOUND)


def seen_by_a_reader(message: str) -> str:
    """Return what a comment shows, which begins with a line of reviewdog's own."""
    return html.unescape(re.sub(r"<[^>]*>", "", MARKDOWN.renderInline(f"reported<br>{message}"))).removeprefix(
        "reported"
    )


class TestHostileText:
    @QUICK
    @given(reports())
    def test_reports(self, report: Report) -> None:
        for each in diagnostics(report):
            self.harmless(each["message"])

    @pytest.mark.parametrize(
        "text",
        [*HOSTILE, "[a [b] c](https://evil.example)", "\\[x](https://evil.example)", "[x]: https://evil.example"],
    )
    def test_each(self, text: str) -> None:
        for each in diagnostics(report_of(text)):
            self.harmless(each["message"])

    def harmless(self, message: str) -> None:
        rendered = MARKDOWN.renderInline(f"reported<br>{message}")
        assert set(re.findall(r"</?([A-Za-z][\w-]*)", rendered)) <= {"br", "code", "em", "strong", "s"}
        assert not re.search(r"@[A-Za-z0-9]|#\d", seen_by_a_reader(message))

    @pytest.mark.parametrize(
        "text", ["<!-- onrecord-disable-file x: y -->", "[0012](0012-use-kafka.md)", "@acme/payments", "a\\b & c"]
    )
    def test_a_reader_sees_what_was_written(self, text: str) -> None:
        message = diagnostic(FOUND._replace(message=text))["message"]
        assert seen_by_a_reader(message).replace("\u200b", "") == f"{text}. Name one."
