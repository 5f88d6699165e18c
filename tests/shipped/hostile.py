"""Text as somebody would write it who wants more than to be read: for the runner, a shell, Markdown, a terminal."""

import json
import sys

from repositories import BAD_RECORD, Files

COMMANDS = "::error::x ##[set-output name=result]pass ##[add-mask]o"
SHELL = "${{ github.token }} $(touch pwned) `touch pwned`;touch pwned"
MARKUP = "<script>alert(1)</script> | x | @octocat #1 [y](https://evil.example) ``` </details>"
ENTITIES = "&commat;entity &#64;entity &num;777 &#x60;"  # what Markdown turns into “@entity” and “#777”
SCREEN = "\x1b[31m\x9b31m\u202e\x07"
INLINE = f"{MARKUP} {COMMANDS} {SHELL} {SCREEN} --> ![z](https://evil.example/z.png) <!--"
BLOCK = "\n".join(
    (
        "::error::x",
        "  ::error file=a.md,line=1::x",
        "\u00a0::notice::x",
        "text\r::error::x",
        "::set-output name=result::pass",
        "##[set-output name=result]pass",
        "::add-mask::o",
        "::add-matcher::evil.json",
        "::save-state name=a::b",
        "::set-env name=PATH::/evil",
        "::stop-commands::zz",
        "##[stop-commands]zz",
        "# Evil",
        "<script>alert(1)</script></details>",
        "@octocat",
        "| x |",
    )
)
UNSEEN = ("\x1b", "\x07", "\x9b", "\u202e")  # escape sequences, and what turns the direction of text around

# File names hold no slash, and few enough bytes for any file system.
_COMMANDS = "::error::x\n::stop-commands::zz\n##[set-output name=result]pass"
_MARKUP = "` <script> | x | @octocat #1 [y](evil) ``"
CODE_NAMES = tuple(f"services/billing/{name}.py" for name in (_COMMANDS, _MARKUP, f"{SCREEN} {SHELL}"))
_TOLD = f"""\
---
status: {json.dumps(MARKUP)}
date: {json.dumps(f"2026-02-30 {MARKUP}")}
decision-makers: ["TBD"]
{json.dumps(MARKUP)}: 1
{json.dumps(MARKUP)}: 2
# onrecord: ignore[@octocat] <script>
---

# {INLINE}

## Context and Problem Statement

See [this](<script>@octocat.md).

{BLOCK}

## Considered Options

* Redis {ENTITIES} {MARKUP}

## Decision Outcome

Chosen option: "Redis {MARKUP}", because {INLINE}
"""
# What stands in a record comes back in findings about it; what names a record, with each of them.
RECORDS: Files = {
    "docs/adr/0011-a.md": _TOLD,
    f"docs/adr/0012 {_COMMANDS}.md": BAD_RECORD,
    f"docs/adr/0012 {_MARKUP}.md": BAD_RECORD,
    f"docs/adr/0013 {SCREEN} {SHELL}.md": BAD_RECORD,
} | ({"docs/adr/0014 \udcff.md": BAD_RECORD} if sys.platform == "linux" else {})


def team_schema(rule: str, message: str) -> str:
    """Return a team's own schema that every record breaks."""
    return json.dumps({"not": {"required": ["path"]}, "x-rule": rule, "x-message": message})


ANY = f"{INLINE}\n{BLOCK}"

DECIDED = f"""\
{BLOCK}

## Decision

{MARKUP} {COMMANDS}, because {SCREEN} {SHELL} {MARKUP}

## Alternatives

- One {MARKUP} {SCREEN}
- Two {ENTITIES} {COMMANDS} {SHELL}

Owner: @octocat | x | {SCREEN} <b>

{INLINE}
""".replace("\n", "\r\n")
# All but a decision, so that the parts come back in the block to paste.
UNDECIDED = f"""\
Owner: @octocat ``` {SCREEN} <b>

{BLOCK}
""".replace("\n", "\r\n")
