"""What a verb loads before it answers: what it does not need, nobody waits for."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARSERS = {"argparse", "gettext", "shutil"}
ENGINES = {"jsonschema", "referencing", "markdown_it", "yaml", "onrecord.check.engine", "onrecord.change.body"}
PROGRAMS = {"subprocess", "threading", "socket", "hashlib"}
RECORD = "examples/docs/decisions/0001-store-parcel-events-in-postgresql.md"
SCRIPT = """
import sys
from onrecord.cli.main import main
code = main(sys.argv[1:])
sys.stdout.flush()
print("", *sys.modules, sep="\\n@", file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*words: str) -> set[str]:
    command = [sys.executable, "-S", "-c", SCRIPT, *words]
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.returncode in (0, 1), done.stderr
    return {line[1:] for line in done.stderr.split("\n") if line.startswith("@")}


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (("--version",), {"typing", "pathlib", "re"} | PARSERS | ENGINES | PROGRAMS),
        (("explain", "owner-missing"), PARSERS | ENGINES | PROGRAMS),
        (("check", RECORD), PARSERS | {"subprocess", "socket"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_verb_does_not_load(words: tuple[str, ...], never: set[str]) -> None:
    assert loaded_by(*words) & never == set()
