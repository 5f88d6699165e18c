"""One list of rules: id, module, page, schema mark and examples are one thing, and the examples are the tests."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from change_examples import findings_on_change
from jsonschema import Draft7Validator, Draft202012Validator
from upkeep_examples import findings_of_upkeep

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import SCHEMAS, schema
from onrecord.check import Around, Finding, Policy, SchemaJudge, check
from onrecord.check.upkeep import CITATIONS
from onrecord.record.vocabulary import shipped
from onrecord.rules import (
    ALL_RULES,
    CHANGE_RULES,
    CHANGE_RULES_OF_LOG,
    CODE_RULES,
    HOUSE_RULES,
    LOG_RULES,
    SCHEMA_RULES,
    UPKEEP_RULES,
    Example,
    FileExample,
    Severity,
    load_rule,
)

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "src" / "onrecord" / "rules"

# These speak about bytes, about several files, or about other branches: no example can show them.
WITHOUT_BAD_EXAMPLE = {"encoding-not-utf8", "record-unreadable", "number-duplicate", "number-collision"}
WITHOUT_GOOD_EXAMPLE = {"number-duplicate", "number-collision"}

GOOD = [(rule, example) for rule in ALL_RULES for example in load_rule(rule).good]
BAD = [(rule, example) for rule in ALL_RULES for example in load_rule(rule).bad]


def name_of(value: object) -> str:
    return re.sub(r"\W+", "-", value.note).strip("-") if isinstance(value, Example) else str(value)


@cache
def findings_on(
    content: bytes, path: str, today: str, others: tuple[str, ...], log: tuple[FileExample, ...] = (), loud: str = ""
) -> tuple[Finding, ...]:
    """Check a text beside the other records of its log, with one rule switched on that is off by default."""
    files = read_as_records(decode(content), path, path, shipped())
    beside = [
        one
        for file in log
        for one in read_as_records(decode((file.after or "").encode()), file.path, file.path, shipped())
    ]
    policy = Policy(SchemaJudge(schema("decision-record")), {loud: Severity.NOTICE} if loud else {})
    present = {path, *others, *(file.path for file in log)}
    return check(
        files, policy, today, present.__contains__, around=Around(tuple(beside), ("",) if log else ())
    ).findings


def speaks(rule: str, example: Example) -> tuple[Finding, ...]:
    if rule in CHANGE_RULES:
        return findings_on_change(example, required=rule == "record-required")
    if rule in UPKEEP_RULES:
        return findings_of_upkeep(example)
    loud = "" if load_rule(rule).severity else rule
    return findings_on(example.text.encode(), example.path, example.today, example.others, example.files, loud)


def severity_of(rule: str) -> Severity:
    """Return how loud a rule is here: one that is off by default is switched on."""
    return load_rule(rule).severity or Severity.NOTICE


def marks(node: Any) -> set[str]:
    """Return every rule that a schema's nodes name."""
    if isinstance(node, list):
        return {mark for item in node for mark in marks(item)}
    if isinstance(node, dict):
        own = {node["x-rule"]} if "x-rule" in node else set()
        return own | {mark for item in node.values() for mark in marks(item)}
    return set()


class TestOneName:
    def test_the_kinds_of_rules_share_no_rule(self) -> None:
        every = [*SCHEMA_RULES, *CODE_RULES, *LOG_RULES, *CHANGE_RULES, *UPKEEP_RULES, *HOUSE_RULES]
        assert len(every) == len(set(every))
        assert sorted(every) == list(ALL_RULES)

    def test_every_module_is_a_rule_and_every_rule_a_module(self) -> None:
        modules = {path.stem.replace("_", "-") for path in RULES.glob("*.py")} - {"--init--", "model", "samples"}
        assert modules == set(ALL_RULES)

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_the_id_is_the_name_of_the_module(self, rule: str) -> None:
        assert load_rule(rule).id == rule
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule)

    def test_the_pages_are_the_rules(self) -> None:
        assert {path.stem for path in (ROOT / "docs/rules").glob("*.md")} - {"README"} == set(ALL_RULES)

    def test_the_marks_of_the_record_schema_are_the_schema_rules(self) -> None:
        assert marks(schema("decision-record")) == set(SCHEMA_RULES)

    def test_the_pull_request_schema_marks_known_rules_and_the_change_rules_that_code_does_not_see(self) -> None:
        marked = marks(schema("pull-request"))
        assert marked <= set(ALL_RULES)
        assert {rule for rule in CHANGE_RULES if load_rule(rule).check_change is None} == marked & set(CHANGE_RULES)

    @pytest.mark.parametrize("name", ["report", "config"])
    def test_the_other_schemas_mark_nothing(self, name: str) -> None:
        assert marks(schema(name)) == set()

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_a_rule_has_exactly_one_way_of_seeing(self, rule: str) -> None:
        loaded = load_rule(rule)
        upkeep = None if rule in CITATIONS else loaded.check_upkeep  # those look at what is added, and at what is there
        ways = (loaded.seen, loaded.check, loaded.check_log, loaded.check_change, upkeep)
        assert sum(way is not None for way in ways) == (rule not in HOUSE_RULES) + (rule in CHANGE_RULES_OF_LOG)
        assert (loaded.seen is not None) <= (rule in SCHEMA_RULES or rule in CHANGE_RULES)
        assert (loaded.check is not None) == (rule in CODE_RULES)
        assert (loaded.check_log is not None) == (rule in (*LOG_RULES, *CHANGE_RULES_OF_LOG))
        assert (loaded.check_upkeep is not None) == (rule in (*UPKEEP_RULES, *CITATIONS))
        kinds = {"log": LOG_RULES, "change": CHANGE_RULES, "upkeep": UPKEEP_RULES}
        expected = next((kind for kind, rules in kinds.items() if rule in rules), "record")
        assert loaded.scope == expected

    def test_an_unknown_rule_is_a_key_error(self) -> None:
        with pytest.raises(KeyError):
            load_rule("model")


class TestSchemas:
    @pytest.mark.parametrize("name", SCHEMAS)
    def test_it_is_a_valid_schema_at_its_own_address(self, name: str) -> None:
        (Draft7Validator if name == "config" else Draft202012Validator).check_schema(schema(name))
        assert schema(name)["$id"].endswith(f"/{name}.schema.json")

    @pytest.mark.parametrize("name", SCHEMAS)
    def test_its_patterns_mean_the_same_in_every_engine(self, name: str) -> None:
        patterns = re.findall(r'"pattern(?:Properties)?":\s*"((?:[^"\\]|\\.)*)"', json.dumps(schema(name)))
        assert [p for p in patterns if re.search(r"\\\\[dwspDWSP]", p)] == []


class TestExamples:
    def test_every_rule_shows_what_it_means(self) -> None:
        assert {rule for rule in ALL_RULES if not load_rule(rule).bad} == WITHOUT_BAD_EXAMPLE
        assert {rule for rule in ALL_RULES if not load_rule(rule).good} == WITHOUT_GOOD_EXAMPLE

    @pytest.mark.parametrize(("rule", "example"), GOOD, ids=name_of)
    def test_good_examples_are_left_in_peace(self, rule: str, example: Example) -> None:
        findings = speaks(rule, example)
        assert [f for f in findings if f.rule == rule] == []
        assert [f for f in findings if f.severity == Severity.ERROR] == []

    @pytest.mark.parametrize(("rule", "example"), GOOD, ids=name_of)
    def test_good_examples_are_sound(self, rule: str, example: Example) -> None:
        loud = {f.rule for f in speaks(rule, example) if f.severity >= Severity.WARNING}
        assert loud <= ({"placeholder-left"} if "unfilled template" in example.note else set())

    @pytest.mark.parametrize(("rule", "example"), BAD, ids=name_of)
    def test_bad_examples_are_spoken_about(self, rule: str, example: Example) -> None:
        mine = [f for f in speaks(rule, example) if f.rule == rule]
        assert mine
        quieter = {min(severity_of(rule), Severity.NOTICE)} if load_rule(rule).slot else set()
        assert {f.severity for f in mine} <= {severity_of(rule)} | quieter

    @pytest.mark.parametrize("rule", sorted(set(ALL_RULES) - WITHOUT_BAD_EXAMPLE))
    def test_one_bad_example_has_the_full_severity_unless_its_dialects_lack_the_part(self, rule: str) -> None:
        loaded = load_rule(rule)
        loudest = max(f.severity for example in loaded.bad for f in speaks(rule, example) if f.rule == rule)
        assert (
            loudest == severity_of(rule) or rule == "owner-missing"
        )  # both of its examples are Nygard's: no place for it

    @pytest.mark.parametrize(("rule", "example"), BAD, ids=name_of)
    def test_the_place_lies_inside_the_text(self, rule: str, example: Example) -> None:
        texts = {"": example.text} if rule in CHANGE_RULES else {example.path: example.text}
        texts |= {file.path: file.after or "" for file in example.files}
        for finding in speaks(rule, example):
            lines = texts[finding.location.path].count("\n") + 1
            assert 1 <= finding.location.line <= finding.location.end_line <= lines

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_notes_tell_examples_apart(self, rule: str) -> None:
        loaded = load_rule(rule)
        for group in (loaded.good, loaded.bad):
            assert len({example.note for example in group}) == len(group)
            assert len({example[1:] for example in group}) == len(group)


class TestRulesWithoutBadExample:
    """What bytes, several files and pull requests show."""

    TEXT = load_rule("record-unreadable").good[0].text

    def rules_on(self, content: bytes) -> dict[str, Finding]:
        return {f.rule: f for f in findings_on(content, "docs/adr/0007-example.md", "2026-06-01", ())}

    def test_encoding(self) -> None:
        content = self.TEXT.replace("needs transactions", "schätzt transactions").encode("latin-1")
        finding = self.rules_on(content)["encoding-not-utf8"]
        assert finding.severity == Severity.WARNING
        assert finding.location.line == content[: content.index(b"\xe4")].count(b"\n") + 1
        assert "0xe4" in finding.message

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
            ("# 7. Keep invoices\n".encode("utf-16"), "UTF-16"),
            (b"x" * 1_000_001, "larger"),
        ],
        ids=["binary", "utf-16", "too large"],
    )
    def test_unreadable(self, content: bytes, word: str) -> None:
        found = self.rules_on(content)
        assert set(found) == {"record-unreadable"}, "one reason is enough"
        assert word in found["record-unreadable"].message
        assert found["record-unreadable"].severity == Severity.ERROR

    def test_a_megabyte_is_still_read(self) -> None:
        assert "record-unreadable" not in self.rules_on(self.TEXT.encode().ljust(1_000_000, b"\n"))

    def test_duplicate_number(self) -> None:
        paths = ("docs/adr/0007-b.md", "docs/adr/0007-a.md", "docs/adr/0008-c.md")
        files = [f for path in paths for f in read_as_records(decode(self.TEXT.encode()), path, path, shipped())]
        report = check(files, Policy(SchemaJudge(schema("decision-record"))), "2026-06-01", lambda _: True)
        mine = [f for f in report.findings if f.rule == "number-duplicate"]
        assert [f.location.path for f in mine] == ["docs/adr/0007-b.md"]
        assert "0007-a.md" in mine[0].message
        assert mine[0].location.line == 1
        assert mine[0].severity == Severity.ERROR

    def test_duplicate_number_of_a_record_that_is_not_checked(self) -> None:
        old, new = (
            read_as_records(decode(self.TEXT.encode()), path, path, shipped())[0]
            for path in ("docs/adr/0007-b.md", "docs/adr/0007-a.md")
        )
        policy = Policy(SchemaJudge(schema("decision-record")), select=frozenset(("number-duplicate",)))
        report = check([new], policy, "2026-06-01", lambda _: True, around=Around((old,)))
        assert [f.location.path for f in report.findings] == ["docs/adr/0007-a.md"]
        assert "0007-b.md" in report.findings[0].message


PROSE = [text for rule in ALL_RULES for text in (load_rule(rule).summary, load_rule(rule).why, load_rule(rule).help)]
ACCUSING = re.compile(r"\b(?:you|your|yours|forgot|forget|failed|fails to|must|should have|lazy|careless)\b", re.I)


def messages_on(rule: str) -> set[str]:
    """Return what all rules say of the examples of one."""
    loaded = load_rule(rule)
    messages = {f.message for example in (*loaded.good, *loaded.bad) for f in speaks(rule, example)}
    assert messages or rule in WITHOUT_BAD_EXAMPLE
    return messages


class TestWords:
    """Calm and complete: what was seen, then what would help."""

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_a_message_is_one_short_line_that_a_sentence_can_follow(self, rule: str) -> None:
        for message in messages_on(rule):
            assert message == message.strip()
            assert len(message.splitlines()) == 1
            assert len(message) <= 200
            assert not message.endswith((".", "!", "?")), "the renderers add the full stop"

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_a_message_accuses_nobody(self, rule: str) -> None:
        accusing = [message for message in messages_on(rule) if ACCUSING.search(re.sub(r"“[^”]*”", "", message))]
        assert accusing == []

    @pytest.mark.parametrize("text", PROSE)
    def test_prose_is_whole_sentences_that_accuse_nobody(self, text: str) -> None:
        assert len(text.splitlines()) == 1
        assert len(text) <= 200
        assert re.search(r"[.?!](?:[”)])?$", text)
        assert ".." not in text.replace("...", "")
        assert text[0].isupper() or text[0] in "“"
        assert not ACCUSING.search(re.sub(r"“[^”]*”", "", text))

    def test_a_reason_sends_nobody_to_a_record_that_is_not_theirs(self) -> None:
        assert [rule for rule in ALL_RULES if re.search(r"\d", load_rule(rule).why)] == []

    @pytest.mark.parametrize("rule", ALL_RULES)
    def test_the_link_leads_to_the_page(self, rule: str) -> None:
        examples = [f for shown, example in BAD for f in speaks(shown, example) if f.rule == rule]
        assert {f.help_url.rsplit("/", 1)[-1] for f in examples} <= {rule}


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
