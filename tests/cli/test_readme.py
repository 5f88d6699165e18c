"""What the README shows can be pasted and works."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
FAULTY = """\
# 1. Keep sessions in Redis

Date: 2026-02-30

## Context

Sessions are lost at each deploy of the shop.

## Decision

We will keep sessions in Redis.
"""


def block(language: str, holding: str) -> str:
    """Return the only code block of the README in this language that holds these words."""
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if holding in text]
    return str(found)


@pytest.fixture
def team(repo) -> None:
    """Set up the team's schema as the README says."""
    repo.write("docs/team.schema.json", block("json", "x-rule"))
    repo.write("onrecord.yml", "schema: docs/team.schema.json\n")


class TestTeamSchema:
    @pytest.mark.usefixtures("team")
    def test_it_speaks_beside_our_rules_on_a_faulty_record(self, repo, run) -> None:
        repo.write("docs/adr/0001-a.md", FAULTY)
        outcome = run("check", "--output-format", "json")
        assert (outcome.code, outcome.err) == (1, "")
        found = {f["rule"]: f for f in json.loads(outcome.out)["findings"]}
        assert {"team-confirmation", "date-impossible"} <= set(found)
        assert found["team-confirmation"]["severity"] == "warning"
        assert found["team-confirmation"]["message"] == "say how the decision will be confirmed"

    @pytest.mark.usefixtures("team")
    def test_it_is_silent_once_the_record_says_it(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", f"{sound}\n### Confirmation\n\nA load test each quarter.\n")
        assert json.loads(run("check", "--output-format", "json").out)["findings"] == []

    @pytest.mark.usefixtures("team")
    def test_it_asks_nothing_of_an_index(self, repo, run, sound: str) -> None:
        repo.write("docs/adr/0001-a.md", f"{sound}\n### Confirmation\n\nA load test each quarter.\n")
        repo.write("docs/adr/README.md", "# Decisions\n\n* [1](0001-a.md)\n")
        found = json.loads(run("check", "--output-format", "json").out)
        assert found["findings"] == []
        assert [skipped["path"] for skipped in found["skipped"]] == ["docs/adr/README.md"]


def test_the_configuration_is_understood(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-a.md", sound)
    repo.write("docs/team.schema.json", block("json", "x-rule"))
    repo.write(".github/onrecord-baseline.json", '{"version": 1, "findings": []}')
    repo.write(".github/onrecord.yml", block("yaml", "vocabulary:"))
    outcome = run("check")
    assert (outcome.code, outcome.err) == (0, "")


def test_what_holds_until_the_first_release_is_said_until_then() -> None:
    """Where one copies what is not there yet, it says so; and no page says so any longer once there is a version."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    is_released = re.search(r"^## \[\d", changelog, re.MULTILINE) is not None
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    speaking = {page.name for page in pages if "until the first release" in page.read_text("utf-8").casefold()}
    assert {"README.md", "action.md", "releasing.md"} <= speaking or is_released
    assert not speaking or not is_released
