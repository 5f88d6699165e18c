"""What a pull request's author reads: terminal, JSON, annotations, Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.check.model import finding_json
from onrecord.render.json_report import as_json
from onrecord.render.safe import for_markdown, for_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.check import Finding

_MERIT = "This looks at whether the decision is written down, not at its merit."


def state_of(facts: Mapping[str, Any]) -> str:
    """Return one sentence: is a decision asked for, and is it there."""
    if facts["exempt"]:
        return f"Nothing is asked: {facts['exempt']}."
    if facts["waived"] is not None:
        reason = facts["waived"]
        return (
            f"No decision here, says the author: {reason}."
            if reason
            else "No decision here, says the author, without a reason."
        )
    if facts["records_added"]:
        return f"The change brings a decision record: {', '.join(facts['records_added'][:3])}."
    if facts["record_links"] and facts["asks"]:
        return f"A decision record is linked: {facts['record_links'][0]}."
    if not facts["asks"]:
        return "No decision is asked for."
    return (
        "A decision is asked for, and it is stated."
        if facts["decision"]
        else "A decision is asked for, and none is written down yet."
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
    return "\n".join(f"{name}: {for_terminal(text.split(chr(10))[0])[:200]}".rstrip() for name, text in found(facts))


def said_by(facts: Mapping[str, Any], name: str) -> str:
    """Return a note on who stands in where nobody is named: the author, or the approving reviewer."""
    owner = facts["owner"]
    return (
        f" (nobody is named; the {owner['source']} stands in)"
        if name == "Owner" and owner and owner["source"] != "explicit"
        else ""
    )


def render_json(facts: Mapping[str, Any], findings: Sequence[Finding]) -> str:
    """Return the pull request and its findings as JSON."""
    rows = [{k: v for k, v in finding_json(f).items() if k not in ("path", "line", "end_line")} for f in findings]
    return as_json({**facts, "findings": rows})


def render_text(facts: Mapping[str, Any], findings: Sequence[Finding], title: str, color: bool = False) -> str:
    """Return what the description says and what is missing, for a terminal."""
    bold, end = ("\x1b[1m", "\x1b[0m") if color else ("", "")
    lines = [f"{bold}{for_terminal(title)}{end}", for_terminal(state_of(facts))]
    lines += [f"  Why it is asked: {for_terminal(reason)}" for reason in facts["reasons"]]
    lines.append("")
    if facts["asks"]:
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
    lines += [f"- {for_markdown(reason)}" for reason in facts["reasons"]]
    if facts["asks"]:
        lines += ["", "| Part | In the description |", "|---|---|"]
        lines += [
            f"| {name} | {for_markdown(' '.join(text.split())[:300]) or '*not found*'}{said_by(facts, name)} |"
            for name, text in found(facts)
        ]
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
            "```text",
            paste_block(facts).replace("```", "'''"),
            "```",
            "",
            "Or, if there is none: “No decision here, because …”.",
        ]
    return "\n".join([*lines, "", _MERIT]) + "\n"
