"""A team's own schema: data, never fetched, and wrong schemas say where."""

import json
import subprocess
import sys
from typing import Any

import pytest
from text_reader import read

from onrecord.adapters.shipped import schema
from onrecord.check import ConfigFault, Finding, Policy, SchemaFault, SchemaHit, SchemaJudge, check
from onrecord.rules import Severity, load_rule

OURS = schema("decision-record")
ADDRESS = OURS["$id"]
SOUND = load_rule("decide-by-passed").good[1].text


def team_judge(*nodes: dict[str, Any], **more: Any) -> SchemaJudge:
    judge = SchemaJudge({"allOf": [{"$ref": ADDRESS}, *nodes], **more}, (OURS,))
    judge.verify()
    return judge


def findings(judge: SchemaJudge, text: str = SOUND, **team: Any) -> list[Finding]:
    return list(check([read(text)], Policy(judge, **team), "2026-06-01", lambda _: True).findings)


def named(found: list[Finding], rule: str) -> Finding:
    return next(f for f in found if f.rule == rule)


ASKS_FOR_CONFIRMATION = {
    "x-rule": "acme-confirmation",
    "x-message": "nothing says how this will be confirmed",
    "x-severity": "error",
    "required": ["confirmation"],
}


class TestTeamSchema:
    def test_its_rule_speaks_with_its_own_words_and_severity(self) -> None:
        finding = named(findings(team_judge(ASKS_FOR_CONFIRMATION)), "acme-confirmation")
        assert finding.message == "nothing says how this will be confirmed"
        assert finding.severity == Severity.ERROR
        assert finding.location.line >= 1

    def test_it_is_silent_where_its_wish_is_met(self) -> None:
        text = SOUND + "\n## Confirmation\n\nA load test in the nightly build.\n"
        assert "acme-confirmation" not in {f.rule for f in findings(team_judge(ASKS_FOR_CONFIRMATION), text)}

    def test_our_rules_still_speak_through_the_reference(self) -> None:
        text = SOUND.replace("decision-makers: [Ann Example]\n", "")
        found = findings(team_judge(ASKS_FOR_CONFIRMATION), text)
        assert named(found, "owner-missing").severity == Severity.WARNING
        assert "acme-confirmation" in {f.rule for f in found}

    def test_without_a_severity_it_is_a_warning(self) -> None:
        node = {"x-rule": "acme-scope", "properties": {"scope": {"minItems": 1}}}
        finding = named(findings(team_judge(node)), "acme-scope")
        assert finding.severity == Severity.WARNING
        assert finding.message

    def test_the_configuration_has_the_last_word_on_severity(self) -> None:
        judge = team_judge(ASKS_FOR_CONFIRMATION)
        quiet = findings(judge, severities={"acme-confirmation": Severity.NOTICE})
        assert named(quiet, "acme-confirmation").severity == Severity.NOTICE
        off = findings(judge, severities={"acme-confirmation": Severity.OFF})
        assert "acme-confirmation" not in {f.rule for f in off}

    def test_select_and_ignore_know_its_rules(self) -> None:
        judge = team_judge(ASKS_FOR_CONFIRMATION)
        assert {f.rule for f in findings(judge, select=frozenset(("acme-confirmation",)))} == {"acme-confirmation"}
        assert "acme-confirmation" not in {f.rule for f in findings(judge, ignore=frozenset(("acme-confirmation",)))}

    def test_a_finding_stands_where_the_part_stands(self) -> None:
        node = {"x-rule": "acme-title", "properties": {"title": {"maxLength": 5}}}
        line = named(findings(team_judge(node)), "acme-title").location.line
        assert SOUND.splitlines()[line - 1] == "# Keep sessions in Redis"

    def test_the_innermost_rule_is_meant(self) -> None:
        node = {
            "x-rule": "acme-outer",
            "properties": {"title": {"x-rule": "acme-inner", "maxLength": 5}, "number": {"const": "99"}},
        }
        assert {f.rule for f in findings(team_judge(node))} >= {"acme-inner", "acme-outer"}

    def test_a_stricter_word_of_the_team_on_one_of_our_rules(self) -> None:
        node = {
            "x-rule": "options-too-few",
            "x-message": "three options are the custom here",
            "x-severity": "error",
            "properties": {"considered_options": {"minItems": 3}},
        }
        finding = named(findings(team_judge(node)), "options-too-few")
        assert (finding.message, finding.severity) == ("three options are the custom here", Severity.ERROR)

    @pytest.mark.parametrize(("named", "where"), [("team.json", "team.json"), (None, "see the configuration")])
    def test_it_says_whose_wish_it_is(self, named: str | None, where: str) -> None:
        advice = next(
            f.help for f in findings(team_judge(ASKS_FOR_CONFIRMATION), own_schema=named) if f.rule[:4] == "acme"
        )
        assert advice == f"The team's own schema asks for it: {where}."

    def test_of_what_cannot_be_read_it_asks_nothing(self) -> None:
        report = check(
            [read(SOUND.replace("sessions", "\0"))], Policy(team_judge(ASKS_FOR_CONFIRMATION)), "2026-06-01", bool
        )
        assert {f.rule for f in report.findings} == {"record-unreadable"}

    def test_a_team_rule_can_be_suppressed_in_the_text(self) -> None:
        text = SOUND + "\n<!-- onrecord-disable-file acme-confirmation: nothing to confirm -->\n"
        report = check([read(text)], Policy(team_judge(ASKS_FOR_CONFIRMATION)), "2026-06-01", lambda _: True)
        assert {f.rule for f in report.findings} & {"acme-confirmation", "ignore-unused"} == set()
        assert report.hidden.suppressed == 1

    def test_a_suppressed_team_rule_that_is_silent_is_not_called_unknown(self) -> None:
        text = (
            SOUND
            + "\n## Confirmation\n\nA load test.\n\n<!-- onrecord-disable-file acme-confirmation: nothing to confirm -->\n"
        )
        said = [f.message for f in findings(team_judge(ASKS_FOR_CONFIRMATION), text) if f.rule == "ignore-unused"]
        assert [m for m in said if "no rule" in m] == []

    def test_a_reference_may_be_relative_to_an_address_beside_ours(self) -> None:
        judge = SchemaJudge(
            {"$id": ADDRESS.replace("decision-record", "acme"), "$ref": "decision-record.schema.json"}, (OURS,)
        )
        judge.verify()
        text = SOUND.replace("decision-makers: [Ann Example]\n", "")
        assert "owner-missing" in {f.rule for f in findings(judge, text)}

    def test_its_content_is_all_that_it_judges_by(self) -> None:
        judges = (
            SchemaJudge({}),
            SchemaJudge({"title": "x"}),
            SchemaJudge({}, (OURS,)),
            team_judge(ASKS_FOR_CONFIRMATION),
        )
        assert len({judge.content() for judge in judges}) == len(judges)
        assert json.loads(judges[2].content()) == [{}, OURS]

    def test_a_node_without_a_rule_gives_no_finding(self) -> None:
        assert findings(team_judge({"required": ["confirmation"]})) == findings(SchemaJudge(OURS))

    def test_hits_name_the_place_as_a_pointer(self) -> None:
        judge = SchemaJudge({"properties": {"a/b": {"items": {"x-rule": "acme-number", "type": "integer"}}}})
        assert judge.judge({"a/b": [1, "two", 3, "four"]}) == [
            SchemaHit("acme-number", "/a~1b/1", None, None),
            SchemaHit("acme-number", "/a~1b/3", None, None),
        ]


class TestReferences:
    """Whether they can be compiled or not, the rule of the node that fails is named, and where."""

    @pytest.mark.parametrize("more", [{}, {"maxProperties": 9}], ids=["compiled", "by jsonschema"])
    @pytest.mark.parametrize(
        ("schema", "value", "expected"),
        [
            ({"x-rule": "one", "properties": {"x": {"$ref": "#"}}, "required": ["q"]}, {"x": {"q": 1}, "q": 1}, []),
            ({"x-rule": "one", "properties": {"x": {"$ref": "#"}}, "required": ["q"]}, {"x": {"x": {}, "q": 1}, "q": 1}, [("one", "/x/x")]),
            ({"$ref": "#/$defs/a", "properties": {"b": {}}, "$defs": {"a": {"properties": {"a": {"x-rule": "two", "type": "string"}}}}}, {"a": 1}, [("two", "/a")]),
            ({"$ref": "#/$defs/a", "allOf": [{"x-rule": "one", "type": "object"}], "$defs": {"a": {"allOf": [True, {"x-rule": "two", "required": ["q"]}]}}}, {}, [("two", "")]),
            ({"x-rule": "one", "not": {"x-rule": "two"}}, {}, [("one", "")]),
        ],
    )  # fmt: skip
    def test_beside_other_words(self, schema: dict[str, Any], value: Any, expected: Any, more: dict[str, Any]) -> None:
        judge = SchemaJudge({**schema, **more})
        judge.verify()
        assert [(hit.rule, hit.pointer) for hit in judge.judge(value)] == expected

    def test_dynamic_ones(self) -> None:
        inner = {"b": {"x-rule": "two", "type": "string"}}
        judge = SchemaJudge({"$dynamicAnchor": "any", "properties": {"a": {"$dynamicRef": "#any"}, **inner}})
        judge.verify()
        assert [(hit.rule, hit.pointer) for hit in judge.judge({"a": {"a": {"b": 1}}})] == [("two", "/a/a/b")]

    def test_a_dynamic_one_may_lead_to_a_plain_anchor(self) -> None:
        part = {"$anchor": "part", "x-rule": "two", "type": "string"}
        judge = SchemaJudge({"$defs": {"part": part}, "properties": {"a": {"$dynamicRef": "#part"}}})
        judge.verify()
        assert [(hit.rule, hit.pointer) for hit in judge.judge({"a": 1})] == [("two", "/a")]

    def test_within_a_part_that_has_an_address_of_its_own(self) -> None:
        short = {"$id": "parts/short.json", "x-rule": "two", "maxLength": 3}
        title = {"$id": "parts/title.json", "$ref": "short.json"}
        judge = SchemaJudge({"$id": "https://schemas.example/", "$defs": {"s": short, "t": title}, "properties": {"title": {"$ref": "parts/title.json"}}})  # fmt: skip
        judge.verify()
        assert [(hit.rule, hit.pointer) for hit in judge.judge({"title": "long"})] == [("two", "/title")]


class TestWrongSchemas:
    def fault(self, value: dict[str, Any]) -> SchemaFault:
        with pytest.raises(SchemaFault) as caught:
            SchemaJudge(value, (OURS,)).verify()
        return caught.value

    def test_a_misspelt_type(self) -> None:
        fault = self.fault({"properties": {"date": {"type": "strng"}}})
        assert fault.pointer == "/properties/date/type"
        assert "strng" in fault.message

    @pytest.mark.parametrize("word", ["$id", "$schema", "$ref", "$dynamicRef"])
    def test_a_number_where_an_address_belongs(self, word: str) -> None:
        assert self.fault({word: 3}).pointer == f"/{word}"

    def test_a_number_where_a_list_belongs(self) -> None:
        assert self.fault({"allOf": [{"$ref": ADDRESS}, {"required": 3}]}).pointer == "/allOf/1/required"

    @pytest.mark.parametrize(
        "reference",
        ["https://schemas.example/none.json", "#/$defs/none", "none.schema.json", f"{ADDRESS}#/$defs/none"],
    )
    def test_a_reference_that_leads_nowhere(self, reference: str) -> None:
        fault = self.fault({"allOf": [{"$ref": ADDRESS}, {"$ref": reference}]})
        assert fault.pointer == "/allOf/1/$ref"
        assert reference in fault.message

    @pytest.mark.parametrize(
        ("schema", "place"),
        [
            ({"$ref": "#"}, "/$ref"),
            ({"x-rule": "one", "not": {"$ref": "#"}}, "/not/$ref"),
            ({"if": {"$ref": "#"}, "unevaluatedProperties": False}, "/if/$ref"),
            ({"properties": {"title": {"dependentSchemas": {"a": {"$ref": "#/properties/title"}}}}}, "/properties/title/dependentSchemas/a/$ref"),
            ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [True, {"$ref": "#/$defs/a"}]}}}, "/$defs/b/anyOf/1/$ref"),
            ({"$dynamicAnchor": "any", "allOf": [{"$dynamicRef": "#any"}]}, "/allOf/0/$dynamicRef"),
            ({"$ref": "#/$defs/a/not", "$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}, "/$defs/a/not/$ref"),
            ({"$id": "https://schemas.example/", "$dynamicAnchor": "any", "$ref": "part", "$defs": {"p": {"$id": "part", "not": {"$dynamicRef": "#any"}, "$defs": {"leaf": {"$dynamicAnchor": "any"}}}}}, "/$defs/p/not/$dynamicRef"),
        ],
        ids=str,
    )  # fmt: skip
    def test_a_reference_that_never_ends(self, schema: dict[str, Any], place: str) -> None:
        fault = self.fault(schema)
        assert fault.pointer == place
        assert "without end" in fault.message

    @pytest.mark.parametrize("reference", ["https://schemas.example/none.json#a", "#none"])
    def test_a_dynamic_reference_that_leads_nowhere(self, reference: str) -> None:
        fault = self.fault({"properties": {"title": {"$dynamicRef": reference}}})
        assert fault.pointer == "/properties/title/$dynamicRef"
        assert reference in fault.message

    def test_a_reference_of_an_older_draft(self) -> None:
        fault = self.fault({"items": {"$recursiveRef": "#"}})
        assert fault.pointer == "/items/$recursiveRef"
        assert "$dynamicRef" in fault.message

    def test_one_that_is_too_deep_to_judge_by(self) -> None:
        chain = {str(i): {"$ref": f"#/$defs/{i + 1}"} for i in range(600)}
        deep = {"maxProperties": 9, "$ref": "#/$defs/0", "$defs": {**chain, "600": {"x-rule": "one", "type": "string"}}}
        with pytest.raises(ConfigFault, match="too deep"):
            SchemaJudge(deep).judge({"title": "x"})

    def test_the_place_is_a_valid_pointer_for_any_key(self) -> None:
        fault = self.fault({"$defs": {"a/b~c": {"$ref": "urn:none"}}})
        assert fault.pointer == "/$defs/a~1b~0c/$ref"

    def test_every_wrong_reference_is_found_behind_a_right_one(self) -> None:
        fault = self.fault({"$ref": ADDRESS, "properties": {"title": {"anyOf": [True, {"$ref": "urn:none"}]}}})
        assert fault.pointer == "/properties/title/anyOf/1/$ref"


class TestNothingIsFetched:
    SCRIPT = """
import json, sys
from onrecord.check import SchemaFault, SchemaJudge
asked = []
def watch(event, args):
    if event.split(".")[0] in ("socket", "urllib", "ftplib", "http"):
        asked.append(event)
        raise ConnectionRefusedError(event)
own = json.loads(sys.argv[1])
sys.addaudithook(watch)
said = []
judge = SchemaJudge(own)
try:
    judge.verify()
    said.append("verified")
except SchemaFault as fault:
    said.append(fault.pointer)
try:
    judge.judge({"path": "x", "kind": "record"})
    said.append("judged")
except Exception as error:
    said.append(type(error).__name__)
print(json.dumps([said, asked]))
"""

    @pytest.mark.parametrize(
        "reference",
        [
            "https://json.schemastore.org/package.json",
            "http://127.0.0.1:9/x.json",
            "file:///etc/hostname",
            "https://onrecord.github.io/onrecord/schemas/decision-record.schema.json",
        ],
    )
    def test_a_remote_reference_opens_no_socket(self, reference: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", self.SCRIPT, json.dumps({"$ref": reference})],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        (first, second), asked = json.loads(done.stdout)
        assert asked == []
        assert first == "/$ref"
        assert second != "judged"
