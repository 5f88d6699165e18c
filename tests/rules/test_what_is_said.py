"""What every rule says of its examples, word for word and with its place: nothing here changes unseen.

After a change that is meant: `python tests/rules/test_what_is_said.py`, and read the difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # when it is run by itself

from test_rule_contract import speaks

from onrecord.rules import ALL_RULES, Example, load_rule

SAID = Path(__file__).with_name("said.json")


def said_of(rule: str, example: Example) -> list[str]:
    """Return each finding on an example: place, severity, rule and message."""
    return [
        f"{f.location.path or 'description'}:{f.location.line}-{f.location.end_line} {f.severity.word} {f.rule}: {f.message}"
        for f in speaks(rule, example)
    ]


def said_by(rule: str) -> dict[str, list[str]]:
    loaded = load_rule(rule)
    examples = [("good", one) for one in loaded.good] + [("bad", one) for one in loaded.bad]
    return {f"{kind}: {example.note}": said for kind, example in examples if (said := said_of(rule, example))}


@pytest.mark.parametrize("rule", ALL_RULES)
def test_it_is_what_was_said_before(rule: str) -> None:
    assert said_by(rule) == json.loads(SAID.read_text("utf-8"))[rule]


if __name__ == "__main__":
    text = json.dumps({rule: said_by(rule) for rule in ALL_RULES}, ensure_ascii=False, indent=1)
    SAID.write_text(f"{text}\n", "utf-8")
