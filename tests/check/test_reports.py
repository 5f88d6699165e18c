"""What a finding and a report hold: their JSON, the lines they point at, and no suggestion that nobody would read."""

from hashlib import sha256

import pytest
from text_reader import read

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import (
    Around,
    Finding,
    Policy,
    Report,
    SchemaFault,
    SchemaJudge,
    Skipped,
    check,
    make_baseline,
    report_json,
)
from onrecord.check.model import Hidden, Location
from onrecord.markdown import Span
from onrecord.record.vocabulary import shipped
from onrecord.rules import Severity, Suggestion
from onrecord.rules.samples import madr, nygard

JUDGE = SchemaJudge(schema("decision-record"))
PLACE = Location("docs/adr/0007-a.md", 3, 4)
FINDING = Finding("front-matter-invalid", Severity.ERROR, "it is not valid", "Mend it.", PLACE)
QUOTED = FINDING._replace(suggestion=Suggestion(Span(3, 4), ('status: "a"', "date: b")))


QUOTES_MISSING = madr(owner="[@ann]", more="\n<!-- onrecord-disable-file link-broken: they will come -->\n")


def report_on(text: str) -> Report:
    return check([read(text)], Policy(JUDGE), "2026-06-01", lambda _: True)


def test_the_json_of_a_report() -> None:
    said = {
        "rule": "front-matter-invalid",
        "severity": "error",
        "message": "it is not valid",
        "help": "Mend it.",
        "path": PLACE.path,
        "line": 3,
        "end_line": 4,
        "help_url": "https://onrecord.github.io/onrecord/rules/front-matter-invalid",
    }
    mended = {"line": 3, "end_line": 4, "replacement": ['status: "a"', "date: b"]}
    report = Report((FINDING, QUOTED), (PLACE.path,), (Skipped("x.md", "not a record"),), Hidden(2, 1))
    assert report_json(report) == {
        "version": 1,
        "findings": [said, said | {"suggestion": mended}],
        "files": [PLACE.path],
        "skipped": [{"path": "x.md", "reason": "not a record"}],
        "hidden": {"suppressed": 2, "baselined": 1},
        "counts": {"error": 2, "warning": 0, "notice": 0},
    }


def test_the_worst_of_a_report() -> None:
    quiet = FINDING._replace(severity=Severity.NOTICE)
    assert Report((quiet, FINDING), (), ()).worst() == Severity.ERROR
    assert Report((), (), ()).worst() == Severity.OFF


@pytest.mark.parametrize(("options", "end"), [(3, 18), (40, 55), (41, 15)])
def test_of_a_long_part_only_the_first_line_is_pointed_at(options: int, end: int) -> None:
    text = madr(options="\n".join(["* Redis", *(f"* Memcached {n}" for n in range(options - 1))]))
    (place,) = (f.location for f in report_on(text).findings if f.rule == "option-unargued")
    assert (place.line, place.end_line) == (15, end)


@pytest.mark.parametrize(("letters", "is_suggested"), [(1_900, True), (2_000, False)])
def test_more_than_anybody_reads_is_not_suggested(letters: int, is_suggested: bool) -> None:
    text = madr(status=f"status: accepted\ntitle: ADR-7: {'R' * letters}")
    (finding,) = (f for f in report_on(text).findings if f.rule == "front-matter-invalid")
    assert (finding.suggestion is not None) == is_suggested


@pytest.mark.parametrize(
    ("path", "content", "is_suggested"),
    [
        ("docs/adr/0007-a.md", QUOTES_MISSING.encode(), True),
        ("docs/adr/0007-a.rst", QUOTES_MISSING.encode(), False),
        ("docs/adr/0007-a.RST", QUOTES_MISSING.encode(), False),
        ("docs/adr/0007-a.md", QUOTES_MISSING.replace("each deploy", "größer").encode("latin-1"), False),
    ],
)
def test_what_was_not_read_as_it_stands_is_not_mended(path: str, content: bytes, is_suggested: bool) -> None:
    files = read_as_records(decode(content), path, path, shipped())
    found = check(files, Policy(JUDGE), "2026-06-01", lambda _: True).findings
    assert any(finding.suggestion for finding in found) == is_suggested
    assert any(finding.rule in ("front-matter-invalid", "ignore-unused") for finding in found)


def test_an_empty_part_is_pointed_at_where_its_heading_stands() -> None:
    (finding,) = (f for f in report_on(nygard(decision="")).findings if f.rule == "decision-empty")
    assert finding.location == ("docs/adr/0007-example.md", 13, 16)


def test_what_is_new_here_and_taken_elsewhere_reaches_the_rules() -> None:
    files = [read(nygard(), f"docs/adr/{name}.md") for name in ("0007-a", "0008-b")]
    taken = {f"docs/adr/{name}.md": "on the branch x" for name in ("0007-c", "0008-d")}
    around = Around(new=frozenset(("docs/adr/0008-b.md",)), taken=taken)
    found = check(files, Policy(JUDGE), "2026-06-01", lambda _: True, around=around).findings
    said = [(one.location.path, one.message) for one in found if one.rule == "number-collision"]
    assert said == [("docs/adr/0008-b.md", "number 8 is also taken by 0008-d.md, on the branch x")]


@pytest.mark.parametrize(
    ("node", "pointer", "told"),
    [
        (
            {"x-rule": "Acme rule"},
            "/allOf/0/x-rule",
            "x-rule “Acme rule” is no name: small letters, digits and hyphens",
        ),
        ({"x-rule": 7}, "/allOf/0/x-rule", "x-rule “7” is no name: small letters, digits and hyphens"),
        ({"x-message": 7}, "/allOf/0/x-message", "x-message “7” should be text"),
        ({"x-severity": "loud"}, "/allOf/0/x-severity", "x-severity “loud” is none of off, notice, warning, error"),
    ],
)
def test_a_mark_in_a_schema_that_no_report_could_show(node: dict[str, object], pointer: str, told: str) -> None:
    with pytest.raises(SchemaFault) as fault:
        SchemaJudge({"allOf": [node]}).verify()
    assert (fault.value.pointer, fault.value.message, str(fault.value)) == (pointer, told, told)


def test_a_mark_that_is_not_understood_is_told_in_its_line() -> None:
    text = madr(more="\n<!-- onrecord-disable-folder owner-missing:\nit is small -->\n")
    (finding,) = report_on(text).findings
    assert finding.location == ("docs/adr/0007-example.md", 22, 22)
    assert finding.message == "“onrecord-disable-folder owner-missing:” is not understood"


@pytest.mark.parametrize("line", [4, 5])
def test_a_baseline_knows_what_lies_in_no_text_too(line: int) -> None:
    lines = {PLACE.path: ("a", "b", "c", "  d  e ")}
    (entry,) = make_baseline([FINDING._replace(location=Location(PLACE.path, line, line))], lines)["findings"]
    words = "d e" if line == 4 else ""
    assert entry["line"] == sha256(words.encode()).hexdigest()[:16]
    (entry,) = make_baseline([FINDING], {})["findings"]
    assert entry["line"] == sha256(b"").hexdigest()[:16]


def test_of_what_cannot_be_read_one_reason_is_enough() -> None:
    files = read_as_records(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), PLACE.path, PLACE.path, shipped())
    found = check(files, Policy(JUDGE), "2026-06-01", lambda _: True).findings
    assert [finding.rule for finding in found] == ["record-unreadable"]


def test_several_marks_in_front_matter_are_all_followed() -> None:
    marks = "# onrecord: ignore[owner-placeholder] imported\n# onrecord: ignore[option-unargued] imported\n"
    text = madr(owner="TBD", options="* Redis\n* Disk\n* Kafka").replace("---\n", f"---\n{marks}", 1)
    report = report_on(text)
    assert ([finding.rule for finding in report.findings], report.hidden.suppressed) == ([], 2)
