"""What a newcomer sees on the examples, word for word.

To write the golden files anew after a wanted change, and then read the difference before committing it:

    ONRECORD_UPDATE_GOLDEN=1 python -m pytest tests/cli/test_golden.py
"""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = Path(__file__).resolve().parent / "golden"


@pytest.mark.parametrize("output_format", ["text", "markdown", "github"])
def test_the_examples_read_as_they_always_did(run, monkeypatch, output_format: str) -> None:
    monkeypatch.chdir(ROOT)
    outcome = run("check", "examples/docs/decisions", "--output-format", output_format, "--today", "2026-11-22")
    assert outcome.code == 1
    assert outcome.err == ""
    file = GOLDEN / f"check-{output_format}.txt"
    if os.environ.get("ONRECORD_UPDATE_GOLDEN"):
        file.write_text(outcome.out, "utf-8", newline="\n")
    assert outcome.out == file.read_text("utf-8")


def promised() -> list[tuple[str, str, int | None]]:
    """Return the table in examples/README.md: record, what to see there, and the line it names."""
    rows = re.findall(
        r"^\| \[\d+\]\((docs/decisions/[^)]+)\) \|[^|]*\| ([^|]+) \|$",
        (ROOT / "examples/README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    line = re.compile(r"\(line (\d+)\)")
    return [(path, what, int(m[1]) if (m := line.search(what)) else None) for path, what in rows]


def test_the_table_of_the_examples_is_complete() -> None:
    records = {path.name for path in (ROOT / "examples/docs/decisions").glob("0*.md")}
    assert {path.rsplit("/", 1)[-1] for path, _, _ in promised()} == records


@pytest.mark.parametrize(("path", "what", "line"), promised(), ids=[path[15:19] for path, _, _ in promised()])
def test_each_example_shows_what_its_table_says_and_nothing_else(
    run, monkeypatch, path: str, what: str, line: int
) -> None:
    monkeypatch.chdir(ROOT)
    out = run("check", f"examples/{path}", "--today", "2026-11-22").out
    said = [(int(m[1]), m[2]) for m in re.finditer(r"^ +(\d+)  \w+ +.*  ([a-z0-9-]+)$", out, re.MULTILINE)]
    if what == "sound":
        assert said == []
    else:
        assert len(said) == 1
        assert said[0][0] == line
