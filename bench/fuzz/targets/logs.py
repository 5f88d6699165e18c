"""Several records, an index and a template together: what verbs say of a log, what they would mend, move and rewrite."""

from __future__ import annotations

import re

from fuzz.places import door, empty, folder, write
from fuzz.targets import records

SEEDS = (
    "%% docs/adr/0001-a.md\n# 1. Use files\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use files, not Redis.\n"
    "%% docs/adr/0002-b.md\n# 2. Use Redis\n\n## Status\n\nAccepted\n\nSupersedes [ADR-1](0001-a.md)\n\n## Decision\n\nWe use Redis.\n"
    "%% docs/adr/README.md\n# Decisions\n\n<!-- onrecord:index:begin -->\n* [ADR-0001](0001-a.md) - Use files\n<!-- onrecord:index:end -->\n",
    "%% docs/adr/template.md\n# {title}\n\n## Status\n\n{proposed | accepted}\n\n## Decision\n\nWhat is decided?\n"
    "%% docs/adr/0001-a.md\n# Use Redis\n\n* Status: superseded by [ADR-0002](0002-b.md)\n* Deciders: Ann\n\n## Considered Options\n\n* Redis\n* Files\n"
    "%% docs/adr/0002-b.md\n---\nstatus: accepted\nsupersedes: [1]\nscope: [src/**]\n---\n# Use files\n\n## Decision Outcome\n\nChosen option: \"Files\".\n",
    "%% docs/decisions/index.md\n<!-- adrlog -->\n\n* [ADR-1](1.md) - x\n\n<!-- adrlogstop -->\n%% docs/decisions/1.md\n# 1. X\n\n## Status\n\nRejected\n",
    "%% adr/0001-a/README.md\n# A\n\nStatus: Proposed\n\n## Decision\n\nx\n%% adr/0001-b.md\n# 1. B\n\n## Decision\n\nUse ADR-9.\n%% src/a.py\n# see ADR-1\n",
)  # fmt: skip
WORDS = (
    *records.WORDS, "%% docs/adr/0003-c.md\n", "%% docs/adr/0001-c.md\n", "%% docs/adr/README.md\n", "%% docs/adr/template.md\n",
    "<!-- onrecord:index:begin -->\n", "<!-- onrecord:index:end -->\n", "| [1](0001-a.md) | Use files | accepted |\n", "| # | Title |\n|---|---|\n",
    "scope: [src/**]\n", "supersedes: [1]\n", "Amends ADR-1\n", "Related to ADR-2\n", "0001-a.md", "ADR-0001",
)  # fmt: skip
VERBS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--fix", "--diff"),
    ("check", "--output-format", "sarif"),
    ("index", "--diff"),
    ("list", "--sort", "date"),
    ("list", "--output-format", "markdown"),
    ("graph", "--output-format", "text"),
    ("graph",),
    ("review",),
    ("search", "redis", "use"),
    ("show", "1"),
    ("show", "docs/adr/0002-b.md"),
    ("migrate", "--to", "madr-4", "--diff"),
    ("migrate", "--to", "nygard", "--diff"),
    ("migrate", "--to", "brief", "--diff", "--accept-loss"),
    ("agenda", "docs/adr/0001-a.md"),
    ("new", "Use Redis for sessions", "--decision", "Redis", "--instead-of", "files", "--output", "-", "--no-input"),
    ("supersede", "docs/adr/0001-a.md", "--by", "docs/adr/0002-b.md", "--diff"),
    ("accept", "docs/adr/0001-a.md", "--diff"),
    ("check", "--output-format", "json"),
)
_FILE = re.compile(r"^%% ([\w/.-]{1,80})\n", re.MULTILINE)


def read(data: bytes) -> None:
    """Lay out the files of an input, and call one of the verbs that read a log."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    empty()
    first, *parts = _FILE.split(text)
    write("docs/adr/0009-first.md", first.encode())
    for name, content in list(zip(parts[::2], parts[1::2], strict=True))[:12]:
        if ".." not in name and not name.startswith("/") and not (folder() / name).is_dir():
            try:
                write(name, content.encode())
            except OSError:  # a file where a folder should be
                continue
    verb = VERBS[len(data) % len(VERBS)]
    door(*verb, is_json="sarif" in verb or "json" in verb)
