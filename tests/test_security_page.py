"""The threat model names a test for every threat, and each of them is there."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def source(path: str) -> str:
    return (ROOT / "tests" / path).read_text("utf-8")


def test_every_test_on_the_page_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 60
    assert [(path, name) for path, name in named if not re.search(rf"def {name}\(", source(path))] == []


def test_every_threat_has_a_test() -> None:
    threats = PAGE.partition("\n## Threats\n")[2].partition("\n## What is not defended")[0]
    lines = [line for line in threats.splitlines() if line.startswith("- ")]
    assert len(lines) > 50
    assert [line for line in lines if not NAMED.search(line)] == []


def test_the_two_pages_lead_to_each_other() -> None:
    assert "](../SECURITY.md)" in PAGE
    assert "](docs/security.md)" in (ROOT / "SECURITY.md").read_text("utf-8")
