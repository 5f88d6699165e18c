"""`onrecord explain RULE`: what a rule asks for and why, with its examples."""

from __future__ import annotations

from onrecord.cli.main import UsageFault
from onrecord.lazily import TYPE_CHECKING
from onrecord.rules import ALL_RULES, Example, FileExample, Rule, load_rule

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
    if rule.scope == "upkeep":
        lines += [
            "Only `onrecord review` looks for this: it needs the history, and informs about what is there already.",
            "",
        ]
    lines += ["## Why it matters", "", rule.why, "", "## What helps", "", rule.help, ""]
    if rule.can_ignore:
        lines += _hushing(rule)
    for heading, examples in (("Says nothing about", rule.good), ("Speaks about", rule.bad)):
        for example in examples:
            lines += [f"## {heading}: {_lower(example.note)}", ""]
            lines += _change(example) if rule.scope == "change" else _record(example)
    return "\n".join(lines)


def _hushing(rule: Rule) -> list[str]:
    """Say how a rule is switched off; what is said of a whole change has no record to stand in."""
    lines = ["## How to hush it", ""]
    if rule.scope != "change":
        lines += ["In the record, with a reason:", ""]
        lines += ["```markdown", f"<!-- onrecord-disable-file {rule.id}: your reason -->", "```", ""]
    everywhere = "In the configuration:" if rule.scope == "change" else "For all records, in the configuration:"
    return [*lines, everywhere, "", "```yaml", "rules:", f"  {rule.id}: off", "```", ""]


def _record(example: Example) -> list[str]:
    """Show a record, and those beside it."""
    lines = _block(example.text)
    if example.files:
        lines = [f"`{example.path}`:", "", *lines]
    for file in example.files:
        lines += [f"`{file.path}`, beside it:", "", *_block(file.after or "")]
    return lines


def _change(example: Example) -> list[str]:
    """Show a pull request: its labels, its description, and the files around it."""
    lines = [f"Labels: {', '.join(example.labels)}.", ""] if example.labels else []
    lines += ["The description:", "", *_block(example.text)] if example.text else ["The description is empty.", ""]
    for file in example.files:
        lines += _file(file)
    return lines


def _file(file: FileExample) -> list[str]:
    if file.after is None:
        return [f"`{file.path}` is deleted.", ""]
    if file.before is None:
        return [f"`{file.path}` is new:", "", *_block(file.after)]
    if file.before == file.after:
        return [f"`{file.path}` stays as it is:", "", *_block(file.after)]
    from difflib import ndiff

    changed = [line.rstrip() for line in ndiff(file.before.splitlines(), file.after.splitlines()) if line[0] in "+-"]
    return [f"`{file.path}` changes:", "", "````diff", *changed, "````", ""]


def _block(text: str) -> list[str]:
    return ["````markdown", text.rstrip("\n"), "````", ""]


def _lower(note: str) -> str:
    note = note.rstrip(".")
    return note if note[:2].isupper() else note[:1].lower() + note[1:]
