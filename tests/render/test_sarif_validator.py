"""SARIF in the eyes of the published schema and of Microsoft's validator, when it is there."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import every_rule
import pytest
from jsonschema import Draft202012Validator
from test_hostile_text import HOSTILE, report_of
from test_sarif import LARGE

from onrecord.check import Report
from onrecord.render.sarif import render_sarif

FOLDER = os.environ.get("ONRECORD_SARIF_MULTITOOL", "")


@pytest.mark.multitool
@pytest.mark.skipif(not FOLDER, reason="ONRECORD_SARIF_MULTITOOL does not name the folder of Microsoft's validator")
class TestMicrosoftsValidator:
    """`npm install @microsoft/sarif-multitool`, then ONRECORD_SARIF_MULTITOOL=…/@microsoft/sarif-multitool-linux.

    Its exit code is 0 whatever it finds, and of a file that its own schema refuses it says nothing: hence both checks.
    """

    def complaints(self, value: dict[str, Any], folder: Path) -> set[str]:
        published = json.loads((Path(FOLDER) / "sarif-2.1.0.json").read_text("utf-8-sig"))
        errors = {f"schema: {error.json_path}" for error in Draft202012Validator(published).iter_errors(value)}
        source, log = folder / "in.sarif", folder / "out.sarif"
        source.write_text(json.dumps(value), "utf-8")
        tool = [str(Path(FOLDER) / "Sarif.Multitool"), "validate", str(source)]
        options = [
            "--rule-kind",
            "Sarif;Gh",
            "--level",
            "Error;Warning",
            "--output",
            str(log),
            "--log",
            "ForceOverwrite",
        ]
        subprocess.run([*tool, *options], check=True, capture_output=True, timeout=120)
        return errors | {result["ruleId"] for result in json.loads(log.read_text("utf-8-sig"))["runs"][0]["results"]}

    def test_it_has_nothing_to_say_about_findings_of_every_rule(self, tmp_path: Path) -> None:
        value = json.loads(render_sarif(every_rule.report(), every_rule.texts()))
        assert self.complaints(value, tmp_path) == set()

    def test_nor_about_hostile_text_and_what_did_not_fit(self, tmp_path: Path) -> None:
        hostile = [finding for text in HOSTILE for finding in report_of(text).findings]
        value = json.loads(render_sarif(Report((*hostile, *LARGE), (), ())))
        assert self.complaints(value, tmp_path) == set()

    @pytest.mark.parametrize(
        ("spoil", "complaint"),
        [
            (lambda run: run["results"][0].update(locations=[]), "GH1015"),
            (lambda run: run["results"][0].update(message={"id": "x"}), "GH1015"),
            (lambda run: run["tool"]["driver"]["rules"][0].pop("fullDescription"), "GH2012"),
            (lambda run: run["results"][0].update(level="fatal"), "schema: $.runs[0].results[0].level"),
        ],
        ids=["no location", "no text", "no description", "no such level"],
    )
    def test_it_sees_what_is_wrong(self, spoil: Any, complaint: str, tmp_path: Path) -> None:
        value = json.loads(render_sarif(every_rule.report()))
        spoil(value["runs"][0])
        assert complaint in self.complaints(value, tmp_path)
