"""No text, however odd, takes long: every pattern of the reader meets input that backtracking patterns fear."""

import subprocess
import sys

import pytest

SECONDS = 10  # for one text of at most 60,000 characters; a sound pattern needs a fraction of it even on a slow machine

TEXTS = {
    "y-statement never finished": "'in the context of x facing y we decided for ' * 1300",
    "y-statement facing again and again": "'## Decision\\n\\nin the context of a, ' + 'facing b, ' * 5000",
    "y-statement with every clause doubled": "'in the context of a, facing b, we decided for c and neglected d, to achieve ' * 700",
    "people in open brackets": "'* Deciders: ' + 'a (b ' * 11000",
    "people in open links": "'* Deciders: ' + '[a](b ' * 9000",
    "names without end": "'## Considered Options\\n\\n' + 'a, b ' * 11000",
    "quotes without end": "'## Decision\\n\\nChosen option: ' + chr(34) * 59000",
    "superseded by superseded by": "'# x\\n\\n## Status\\n\\n' + 'superseded by ' * 4000",
    "digits": "'## Date\\n\\n' + '1 ' * 29000",
    "months": "'## Date\\n\\n' + 'may ' * 14000",
    "statuses": "'## Status\\n\\n' + 'accepted or ' * 4900",
    "stars": "'## Status\\n\\n' + '*' * 59000",
    "braces": "'## Decision\\n\\n' + '{a ' * 19000",
    "nested braces": "'## Decision\\n\\n' + '{a{b}' * 11000",
    "brackets": "'[' * 59000",
    "angles": "'# x\\n\\n' + '<a ' * 19000",
    "backticks": "'`' * 59000 + '<!-- x -->'",
    "comment openers": "'<!-- ' * 11000",
    "colons": "'# x\\n\\n' + 'Status: ' * 7000",
    "bold keys": "'# x\\n\\n' + '**Status:** a | ' * 3700",
    "spaces in a header line": "'# x\\n\\nStatus:' + ' ' * 58000 + 'x'",
    "words in a heading": "'# ' + 'ADR-' * 14000",
    "numbers in a heading": "'# ' + '1.' * 29000",
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_in_time(name: str) -> None:
    code = (
        "from onrecord.record import parse_record, record_facts\n"
        f"text = {TEXTS[name]}\n"
        "assert len(text) <= 60_100, len(text)\n"
        "record_facts(parse_record(text, 'docs/adr/0001-x.md'))\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"not read after {SECONDS} seconds")
    assert (done.returncode, done.stderr) == (0, "")
