"""JUnit XML: a test case for each record, well-formed whatever an author wrote."""

from xml.etree import ElementTree

import every_rule
import pytest
from hypothesis import given
from test_hostile_text import HOSTILE, QUICK, raw_controls, report_of, reports

from onrecord.check import Finding, Location, Report, Skipped
from onrecord.render.junit import render_junit
from onrecord.rules import Severity

KNOWN = {  # element: attributes that Ant, Jenkins and their readers share, and what may stand inside
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, ["testcase"]),
    "testcase": ({"classname", "name", "time"}, ["skipped", "failure", "system-out"]),
    "skipped": ({"message"}, []),
    "failure": ({"message", "type"}, []),
    "system-out": (set(), []),
}


def suite_of(report: Report, level: Severity | None = Severity.WARNING) -> ElementTree.Element:
    """Return the one suite of a report, after a look at the whole shape."""
    out = render_junit(report, level)
    assert out.isascii()
    assert "##[" not in out
    assert raw_controls(out) == set()
    root = ElementTree.fromstring(out)  # noqa: S314 - our own text
    for element in root.iter():
        attributes, children = KNOWN[element.tag]
        assert set(element.attrib) == attributes
        tags = [child.tag for child in element]
        assert tags == sorted(tags, key=children.index)
        assert len(set(tags)) == len(tags) or element.tag == "testsuite", "readers show only the first"
    (suite,) = root
    cases = suite.findall("testcase")
    counts = {"tests": len(cases), "failures": len(suite.findall("*/failure")), "errors": 0}
    assert {name: int(suite.get(name, "")) for name in counts} == counts
    assert {name: int(root.get(name, "")) for name in counts} == counts
    assert int(suite.get("skipped", "")) == len(suite.findall("*/skipped"))
    return suite


def found(severity: Severity, rule: str, line: int = 3, path: str = "docs/adr/0001-a.md") -> Finding:
    return Finding(rule, severity, f"seen by {rule}", f"Help of {rule}.", Location(path, line, line))


ERROR = found(Severity.ERROR, "date-impossible", 9)
WARNING = found(Severity.WARNING, "owner-missing")
NOTICE = found(Severity.NOTICE, "option-unargued", 12)


class TestCases:
    def test_a_record_without_findings_passes(self) -> None:
        (case,) = suite_of(Report((), ("docs/adr/0001-a.md",), ()))
        assert (case.get("classname"), case.get("name"), len(case)) == ("docs/adr", "0001-a.md", 0)

    def test_a_file_at_the_top_has_a_folder_too(self) -> None:
        (case,) = suite_of(Report((), ("ADR-1.md",), ()))
        assert (case.get("classname"), case.get("name")) == (".", "ADR-1.md")

    def test_a_notice_is_no_failure(self) -> None:
        (case,) = suite_of(Report((NOTICE,), ("docs/adr/0001-a.md",), ()))
        assert [child.tag for child in case] == ["system-out"]
        assert "docs/adr/0001-a.md:12: notice: seen by option-unargued [option-unargued]" in (case[0].text or "")

    def test_one_failure_names_the_worst_and_tells_all(self) -> None:
        (case,) = suite_of(Report((WARNING, ERROR, NOTICE), ("docs/adr/0001-a.md",), ()))
        failure = case[0]
        assert failure.get("message") == "seen by date-impossible (and 1 more finding)"
        assert failure.get("type") == "date-impossible"
        assert (failure.text or "").split("\n") == [
            "docs/adr/0001-a.md:3: warning: seen by owner-missing [owner-missing]",
            "  Help of owner-missing.",
            "docs/adr/0001-a.md:9: error: seen by date-impossible [date-impossible]",
            "  Help of date-impossible.",
        ]
        assert [child.tag for child in case] == ["failure", "system-out"]

    @pytest.mark.parametrize(
        ("level", "finding", "tag"),
        [
            (Severity.ERROR, ERROR, "failure"),
            (Severity.ERROR, WARNING, "system-out"),
            (Severity.WARNING, WARNING, "failure"),
            (Severity.NOTICE, NOTICE, "failure"),
            (None, ERROR, "system-out"),
        ],
    )
    def test_what_fails_the_run_is_a_failure(self, level: Severity | None, finding: Finding, tag: str) -> None:
        (case,) = suite_of(Report((finding,), ("docs/adr/0001-a.md",), ()), level)
        assert [child.tag for child in case] == [tag]

    def test_what_was_left_out_is_skipped_with_the_reason(self) -> None:
        suite = suite_of(Report((), ("docs/a.md",), (Skipped("docs/README.md", "not a record (index)"),)))
        assert [(c.get("name"), [s.get("message") for s in c]) for c in suite] == [
            ("a.md", []),
            ("README.md", ["not a record (index)"]),
        ]

    def test_each_record_once(self) -> None:
        report = every_rule.report()
        names = [f"{case.get('classname')}/{case.get('name')}" for case in suite_of(report)]
        assert sorted(names) == sorted({*report.files, *(skipped.path for skipped in report.skipped)})

    def test_every_finding_is_told(self) -> None:
        report = every_rule.report()
        said = "".join(suite_of(report).itertext())
        assert [f for f in report.findings if f"{f.severity.word}: {f.message} [{f.rule}]" not in said] == []


class TestHostileText:
    @QUICK
    @given(reports())
    def test_reports(self, report: Report) -> None:
        suite_of(report)

    @pytest.mark.parametrize("text", [*HOSTILE, "\ufffe\uffff", "]]>", "\ud800", "\x00\x0b", '"/><x a="'])
    def test_each(self, text: str) -> None:
        suite = suite_of(report_of(text))
        assert len(suite) == 3  # the record, the file of the finding, the file that was left out

    def test_what_xml_has_no_place_for_is_shown_as_an_escape(self) -> None:
        finding = ERROR._replace(message="a\x1b\ufffeb & <c> größe 決定")
        (case,) = suite_of(Report((finding,), ("docs/adr/0001-a.md",), ()))
        assert case[0].get("message") == "a\\x1b\\ufffeb & <c> größe 決定"
