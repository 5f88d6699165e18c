"""What a pull request's author reads: terminal, JSON, annotations, Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.check.model import finding_json
from onrecord.render.json_report import as_json
from onrecord.render.safe import for_markdown, for_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.check import Finding

MERIT = "This looks at whether the decision is written down, not at its merit."
PART_CHARACTERS = 300


def state_of(facts: Mapping[str, Any]) -> str:
    """Return one sentence: is a decision asked for, and is it there."""
    if facts["exempt"]:
        return f"Nothing is asked: {facts['exempt']}."
    if facts["waived"] is not None:
        said = facts["waived"]
        return (
            f"No decision here, says the author: {said}."
            if said
            else "No decision here, says the author, without a reason."
        )
    if facts["records_added"]:
        return f"The change brings a decision record: {', '.join(facts['records_added'][:3])}."
    resolved = [link for link in facts["record_links"] if link not in facts["unresolved_links"]]
    if resolved and facts["asks"]:
        return f"A decision record is linked: {resolved[0]}."
    if facts["hint"]:
        return "Nobody asked, but this may hold a decision worth three sentences."
    if not facts["asks"]:
        return "No decision is asked for."
    return _answer(facts)


def _answer(facts: Mapping[str, Any]) -> str:
    if facts["covered"]:
        return "A decision is asked for, and it is stated."
    if facts["decision"]:
        return "A decision is asked for, and it is stated; what it was chosen over is not written down yet."
    if facts["record_links"]:
        return f"A decision is asked for, and the record that is linked was not found: {facts['record_links'][0]}."
    return "A decision is asked for, and none is written down yet."


def hidden_line(facts: Mapping[str, Any]) -> str:
    """Return a sentence about text that nobody sees, empty where there is none."""
    line = facts["hidden_from"]
    return (
        f"From line {line} of the description on, a comment or code block that is not closed hides the text."
        if line
        else ""
    )


def found(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the parts of a decision and what the description says of each, empty where nothing was found."""
    decision = facts["decision"] or {}
    owner = facts["owner"]
    return [
        ("Decision", decision.get("text", "")),
        ("Instead of", "; ".join(o["title"] for o in facts["alternatives"]) or facts.get("no_alternatives_reason", "")),
        ("Because", decision.get("justification", "")),
        ("Owner", owner["name"] if owner else ""),
    ]


def paste_block(facts: Mapping[str, Any]) -> str:
    """Return a block for the description, filled with the author's own sentences where they were found."""
    parts = dict(found(facts))
    if parts["Because"] and parts["Because"] in parts["Decision"]:
        del parts["Because"]  # the decision's own sentence gives it already
    return "\n".join(
        f"{name}: {for_terminal(' '.join(text.split()))[:PART_CHARACTERS]}".rstrip() for name, text in parts.items()
    )


def said_by(facts: Mapping[str, Any], name: str) -> str:
    """Return a note on who stands in where nobody is named, and on a decision that only the title tells."""
    owner = facts["owner"]
    if name == "Owner" and owner and owner["source"] != "explicit":
        return f" (nobody is named; the {owner['source']} stands in)"
    return " (from the title)" if name == "Decision" and facts.get("decision_from_title") else ""


def render_json(facts: Mapping[str, Any], findings: Sequence[Finding]) -> str:
    """Return the pull request and its findings as JSON text."""
    return as_json(pull_request_json(facts, findings))


def pull_request_json(facts: Mapping[str, Any], findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the pull request and its findings; those on the description have no place, those on a file do."""
    rows = [finding_json(f) for f in findings]
    return {
        **facts,
        "findings": [
            row if row["path"] else {k: v for k, v in row.items() if k not in ("path", "line", "end_line")}
            for row in rows
        ],
    }


def render_text(facts: Mapping[str, Any], findings: Sequence[Finding], title: str, color: bool = False) -> str:
    """Return what the description says and what is missing, for a terminal."""
    bold, end = ("\x1b[1m", "\x1b[0m") if color else ("", "")
    lines = [f"{bold}{for_terminal(title)}{end}", for_terminal(state_of(facts))]
    lines += [f"  Why it is asked: {for_terminal(reason)}" for reason in _reasons(facts)]
    lines += [f"  What was seen: {for_terminal(sign)}" for sign in facts["signs"]]
    lines += [f"  {line}" for line in (hidden_line(facts),) if line]
    lines.append("")
    if _shows_parts(facts):
        for name, text in found(facts):
            first = for_terminal(" ".join(text.split()))
            short = first[:99] + "…" if len(first) > 100 else first or "not found"
            lines.append(f"  {name + ':':<12}{short}{said_by(facts, name)}")
        lines.append("")
    for finding in findings:
        lines += [
            f"  {finding.severity.word:<8}{for_terminal(finding.message)}  {for_terminal(finding.rule)}",
            f"          → {for_terminal(finding.help)}",
        ]
    if facts["nudge"]:
        lines += [
            "",
            "Ready to paste into the description:",
            "",
            *(f"    {line}" for line in paste_block(facts).split("\n")),
            "",
            "Or, if there is none: “No decision here, because …”.",
        ]
    return "\n".join(lines).rstrip() + "\n"


def render_markdown(facts: Mapping[str, Any], findings: Sequence[Finding]) -> str:
    """Return the same as GitHub Markdown, for a job summary."""
    lines = ["### The decision in this pull request", "", for_markdown(state_of(facts)), ""]
    lines += [f"- {for_markdown(reason)}" for reason in (*_reasons(facts), *facts["signs"])]
    if line := hidden_line(facts):
        lines += ["", line]
    if _shows_parts(facts):
        lines += ["", *parts_table(facts)]
    if findings:
        lines += [
            "",
            *(
                f"- **{f.severity.word}** {for_markdown(f.message)}. {for_markdown(f.help)} ([{f.rule}]({f.help_url}))"
                for f in findings
            ),
        ]
    if facts["nudge"]:
        lines += [
            "",
            "Ready to paste into the description:",
            "",
            *fenced(paste_block(facts)),
            "",
            "Or, if there is none: “No decision here, because …”.",
        ]
    return "\n".join([*lines, "", MERIT]) + "\n"


def _reasons(facts: Mapping[str, Any]) -> Sequence[str]:
    """Return why it is asked; nothing where nothing is."""
    return () if facts["exempt"] else facts["reasons"]


def _shows_parts(facts: Mapping[str, Any]) -> bool:
    """Tell whether what the description says of each part matters: not where a record or a waiver answers instead."""
    return bool(facts["asks"] and (facts["nudge"] or facts["decision"]) and not facts["waived"])


def parts_table(facts: Mapping[str, Any]) -> list[str]:
    """Return the parts of a decision as a Markdown table, one row each."""
    rows = [
        f"| **{name}** | {for_markdown(' '.join(text.split())[:PART_CHARACTERS]) or '*not found*'}{said_by(facts, name)} |"
        for name, text in found(facts)
    ]
    return ["| | What the description says |", "|---|---|", *rows]


def fenced(text: str) -> list[str]:
    """Return text as a fenced block that it cannot leave."""
    return ["```text", text.replace("```", "'''"), "```"]
