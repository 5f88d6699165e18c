"""`onrecord explain RULE`: what a rule asks for and why, with its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.main import UsageFault
from onrecord.rules import ALL_RULES, Rule, load_rule

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("rule", metavar="RULE", help="a rule's id, such as owner-missing")


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    if options.rule not in ALL_RULES:
        from difflib import get_close_matches

        near = get_close_matches(options.rule, ALL_RULES, 3, 0.4)
        hint = f"; near: {', '.join(near)}" if near else ""
        raise UsageFault(f"there is no rule {options.rule}{hint}; “onrecord rules” lists all")
    print(explain(load_rule(options.rule)), end="")
    return 0


def explain(rule: Rule) -> str:
    """Return the page of a rule as Markdown; the pages under docs/rules are made by this."""
    lines = [
        f"# {rule.id}",
        "",
        rule.summary,
        "",
        f"**Severity:** {rule.severity.word} · **Looks at:** {rule.scope}",
        "",
    ]
    if rule.slot:
        lines += ["Where a record's dialect has no place for this part, the finding is never louder than a notice.", ""]
    lines += ["## Why it matters", "", rule.why, "", "## What helps", "", rule.help, ""]
    if rule.can_ignore:
        lines += [
            "## How to hush it",
            "",
            "In the record, with a reason:",
            "",
            "```markdown",
            f"<!-- onrecord-disable-file {rule.id}: your reason -->",
            "```",
            "",
        ]
        lines += ["For all records, in the configuration:", "", "```yaml", "rules:", f"  {rule.id}: off", "```", ""]
    for heading, examples in (("Says nothing about", rule.good), ("Speaks about", rule.bad)):
        for example in examples:
            lines += [
                f"## {heading}: {_lower(example.note)}",
                "",
                "````markdown",
                example.text.rstrip("\n"),
                "````",
                "",
            ]
    return "\n".join(lines)


def _lower(note: str) -> str:
    note = note.rstrip(".")
    return note if note[:2].isupper() else note[:1].lower() + note[1:]
