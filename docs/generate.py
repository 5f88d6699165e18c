"""Write the generated pages: one for each rule, their index, and the command-line reference.

`--check` writes nothing and fails when a page is not up to date.
"""

import contextlib
import io
import os
import sys
from pathlib import Path

from onrecord.cli.explain import explain
from onrecord.cli.main import VERBS, main
from onrecord.rules import ALL_RULES, load_rule

DOCS = Path(__file__).resolve().parent


def pages() -> dict[Path, str]:
    """Return every generated page."""
    made = {DOCS / "rules" / f"{rule}.md": explain(load_rule(rule)) for rule in ALL_RULES}
    rows = [f"| [{r.id}]({r.id}.md) | {r.severity.word} | {r.scope} | {r.summary} |" for r in map(load_rule, ALL_RULES)]
    made[DOCS / "rules" / "README.md"] = "\n".join(
        ["# Rules", "", "| Rule | Severity | Looks at | What it says |", "|---|---|---|---|", *rows, ""]
    )
    parts = ["# Command line", "", "```text", help_of(), "```", ""]
    for verb in VERBS:
        parts += [f"## onrecord {verb}", "", "```text", help_of(verb), "```", ""]
    made[DOCS / "cli.md"] = "\n".join(parts)
    return made


def help_of(*verb: str) -> str:
    """Return what `onrecord VERB --help` prints, 100 columns wide."""
    os.environ["COLUMNS"] = "100"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main([*verb, "--help"])
    return out.getvalue().rstrip()


def run() -> int:
    """Write or compare; return the exit code."""
    made = pages()
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
    stale += [path for path in (DOCS / "rules").glob("*.md") if path not in made]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(DOCS.parent)} is not up to date: python3 dev.py docs")
        return int(bool(stale))
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(run())
