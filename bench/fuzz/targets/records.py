"""One record: Markdown, front matter, every dialect, reStructuredText, the schema and rules, every output format."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import json

from fuzz.places import harmless
from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Policy, SchemaJudge, check
from onrecord.record import record_facts
from onrecord.record.vocabulary import shipped
from onrecord.render.github import render_github
from onrecord.render.json_report import as_json, render_json
from onrecord.render.junit import render_junit
from onrecord.render.markdown import render_markdown
from onrecord.render.rdjson import render_rdjson
from onrecord.render.reading import render_reading
from onrecord.render.sarif import render_sarif
from onrecord.render.text import render_text

MORE = ("tests/record/fixtures/dialects", "tests/record/fixtures/traps", "tests/record/fixtures/headers")
PATHS = (
    "docs/adr/0007-x.md",
    "README.md",
    "notes/x.md",
    "ODH-ADR-Ops-0001-x.md",
    "docs/adr/0002-y.rst",
    "adr/0003-z.mdx",
)
POLICY = Policy(SchemaJudge(schema("decision-record")))
SEEDS = (
    "# 1. Use Redis\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\nSupersedes [ADR-3](0003-x.md)\n\n## Context\n\nSlow.\n\n"
    "## Decision\n\nWe will use Redis because it is quick.\n\n## Consequences\n\n* Good, because quick\n",
    "---\nstatus: accepted\ndate: 2026-01-02\ndecision-makers: [Ann Lee, Bob]\ntags:\n  - store\n---\n\n# Use Redis\n\n"
    '## Considered Options\n\n* Redis\n* Files\n\n## Decision Outcome\n\nChosen option: "Redis", because it is quick.\n\n'
    "## Pros and Cons of the Options\n\n### Files\n\n* Bad, because slow\n",
    "# Use Redis\n\n| Field | Value |\n|---|---|\n| Status | Superseded by ADR-0004 |\n| Owner | Ann |\n\n**Decision:** Redis.\n",
    "In the context of sessions, facing loss, we decided for Redis and neglected files, to achieve speed, accepting cost.\n",
    "Use Redis\n=========\n\n:Status: Accepted\n:Date: 2026-01-02\n\nDecision\n--------\n\nWe use ``Redis``. See `x <0001-x.md>`_.\n\n.. note::\n   x\n",
    "+++\nstatus = \"accepted\"\ntags = [\"a\"]\n+++\n# Use Redis\n\n## Follow-ups\n\n- [ ] Move it (Ann, due 2026-02-01)\n",
    "# Use Redis\n\n<!-- onrecord-ignore owner-missing: known -->\n\n## Decision\n\n> [!NOTE]\n> x\n\n```\ncode\n```\n{placeholder}\n",
)  # fmt: skip
WORDS = (
    "## Status\n\n", "## Decision\n\n", "## Considered Options\n\n", "## Pros and Cons of the Options\n\n", "## Consequences\n\n",
    "Chosen option: ", "Status: accepted\n", "* Deciders: Ann, Bob\n", "Superseded by ", "Supersedes [ADR-1](0001-x.md)\n", "ADR-12",
    "accepted", "proposed", "because ", "instead of ", "Good, because x\n", "---\n", "+++\n", "```\n", "~~~\n", "> ", "* ", "- [ ] ",
    "1. ", "    ", "| a | b |\n|---|---|\n", "|", "<!--", "-->", "<details>", "<table><tr><td>", "</table>", "<br>", "[x](y.md)", "[x]: y\n",
    "**", "__", "`", "~~", "&amp;", "&#x1b;", "\\", "\r\n", "\r", "\u2028", "\x85", "\ufeff", "\u202e", "\u0301", "\x1b[31m",
    "::error::x\n", "##[group]x\n", "status: [", "&a ", "*a", "<<: *a\n", "!!python/object:x ", "? ", "'", '"', ": ", "{", "}", "#",
    "2026-13-45", "0001-01-01", "9" * 30, "²", "@ann", "Ann Lee <a@b.example>", "https://x.example/a", "..\\", "../", "%00",
    ".. note::\n", "====\n", ":Status: x\n", "onrecord-ignore", "onrecord:index", "TODO", "{{x}}", "Decision: x\n", "In the context of ",
)  # fmt: skip


def read(data: bytes) -> None:
    """Read one input in every way there is."""
    path = PATHS[len(data) % len(PATHS)]
    content = decode(data)
    files = read_as_records(content, path, path, shipped())
    total = max(len(files[0].document.lines), 1)
    for file in files:
        facts = record_facts(file.record)
        for pointer, span in facts.spans.items():
            assert 1 <= span.start <= span.end <= total, (pointer, span, total)
        json.loads(as_json(facts.value))
        harmless(render_reading(facts.value), "parse --explain")
    if "\r" not in content.text and not path.endswith(".rst"):
        other = read_as_records(content._replace(text=content.text.replace("\n", "\r\n")), path, path, shipped())
        assert [record_facts(one.record).value for one in other] == [record_facts(one.record).value for one in files]
    report = check(files, POLICY, "2026-02-03", lambda name: len(name) % 2 == 0)
    harmless(render_text(report), "text")
    harmless(render_github(report), "github")
    harmless(render_markdown(report), "markdown")
    for render in (render_json, render_sarif, render_rdjson):
        json.loads(render(report))
    render_junit(report).encode()
