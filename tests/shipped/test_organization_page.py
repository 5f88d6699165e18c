"""The workflow for an organization passes the linters, and its commands are the command line's."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_workflows import tool, workflows

from onrecord import __version__
from onrecord.cli.main import main

PAGE = "docs/organization.md"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workflow as a file of a repository."""
    path = tmp_path_factory.mktemp("repository") / ".github/workflows/coverage.yml"
    path.parent.mkdir(parents=True)
    (text,) = workflows(PAGE)
    path.write_text(text, "utf-8")
    return path


def jobs() -> dict[str, Any]:
    (text,) = workflows(PAGE)
    return dict(yaml.safe_load(text)["jobs"])


def commands() -> list[list[str]]:
    """Return the calls of `onrecord` that the page shows, without what the shell does with them."""
    page = (Path(__file__).resolve().parents[2] / PAGE).read_text("utf-8")
    lines = [line.strip().removeprefix("- run: ") for line in page.splitlines()]
    calls = [shlex.split(line.partition(" >> ")[0]) for line in lines if line.startswith("onrecord ")]
    return [call for call in calls if "…" not in call]


def test_it_passes_zizmor(file: Path) -> None:
    command = [tool("zizmor"), "--offline", "--persona", "pedantic", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_is_a_workflow_to_github(file: Path) -> None:
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_job_hands_on_what_the_last_one_reads() -> None:
    each, last = jobs()["report"], jobs()["combine"]
    checkout, *_, upload = each["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    assert (each["strategy"]["fail-fast"], last["needs"]) == (False, "report")
    fetch = next(step for step in last["steps"] if "download-artifact" in step.get("uses", ""))
    assert re.fullmatch(fetch["with"]["pattern"].replace("*", ".*"), upload["with"]["name"])
    assert "report-$INDEX.json" in each["steps"][-2]["run"]
    assert upload["with"]["path"].endswith("report-${{ strategy.job-index }}.json")


def test_it_installs_this_version() -> None:
    steps = [step["run"] for job in jobs().values() for step in job["steps"] if "pip" in step.get("run", "")]
    assert steps == [f'pip install "onrecord=={__version__}"'] * 2


def test_its_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    found = commands()
    assert len(found) == 7
    for _, *call in found:
        place = 2 if call[1] == "combine" else 1
        assert main([*call[:place], "--help"]) == 0
        told = capsys.readouterr().out
        assert [flag for flag in call if flag.startswith("--") and flag not in told] == []
