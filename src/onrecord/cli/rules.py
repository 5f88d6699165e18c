"""`onrecord rules`: all rules, one line each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onrecord.rules import ALL_RULES, load_rule

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--output-format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    rules = [load_rule(rule_id) for rule_id in ALL_RULES]
    if options.output_format == "json":
        rows = [
            {
                "rule": r.id,
                "severity": r.severity.word,
                "scope": r.scope,
                "summary": r.summary,
                "why": r.why,
                "help": r.help,
            }
            for r in rules
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        print(f"{rule.id:<{width}}  {rule.severity.word:<7}  {rule.scope:<6}  {rule.summary}")
    return 0
