"""The law of the house (ARCHITECTURE.md): arrows point down, and what judges never touches the street."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onrecord"
PURE_ROOMS = ("markdown", "record", "change", "log", "rules", "check", "coverage", "draft", "render")

# All a pure room may import. Nothing here opens a file, reads the clock, or knows the machine it runs on.
PURE_LIBRARIES = frozenset(
    (
        "__future__",
        "base64",
        "bisect",
        "collections",
        "collections.abc",
        "copy",
        "dataclasses",
        "difflib",
        "enum",
        "fnmatch",
        "functools",
        "hashlib",
        "html",
        "html.parser",
        "importlib",
        "itertools",
        "json",
        "math",
        "operator",
        "posixpath",
        "shlex",
        "re",
        "statistics",
        "string",
        "textwrap",
        "tomllib",
        "types",
        "typing",
        "unicodedata",
        "urllib.parse",
        "jsonschema",
        "jsonschema.exceptions",
        "jsonschema.validators",
        "markdown_it",
        "markdown_it.ruler",
        "markdown_it.rules_block",
        "markdown_it.rules_inline",
        "markdown_it.token",
        "referencing",
        "referencing.exceptions",
        "referencing.jsonschema",
        "yaml",
        "yaml.nodes",
    )
)
ALLOWED_IN = {  # what one file may use besides, because it is that file's whole purpose
    "pkgutil": ("record/data.py", "render/board/data.py"),  # what travels inside the package: vocabulary, a page
    "importlib": ("rules/__init__.py",),  # a rule is loaded by its id
    "random": ("coverage/audit.py",),  # a bootstrap, always from the same seed
}
IMPURE_CALLS = frozenset(("open", "print", "input", "exec", "eval", "__import__", "breakpoint"))


def impurities(source: str, shown: str) -> Iterator[str]:
    """Yield what in a file's source a pure room has no business with."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.level == 0 else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield f"{shown}:{node.lineno} calls {node.func.id}"
        for name in names:
            if name.split(".")[0] == "onrecord":
                continue
            allowed = shown in ALLOWED_IN[name] if name in ALLOWED_IN else name in PURE_LIBRARIES
            if not allowed:
                yield f"{shown}:{node.lineno} imports {name}"


def test_the_layers_are_kept() -> None:
    assert [c["type"] for c in read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]] == ["layers"]
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_room_has_a_layer() -> None:
    layers = " ".join(read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"][0]["layers"])
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert rooms == {word.removeprefix("onrecord.") for word in layers.split() if word != "|"}


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_pure_rooms_have_no_door_to_the_street(room: str) -> None:
    files = sorted((SOURCE / room).rglob("*.py"))
    assert files
    found = [each for f in files for each in impurities(f.read_text("utf-8"), f.relative_to(SOURCE).as_posix())]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "from pathlib import Path",
        "import urllib.request",
        "from urllib import request",
        "import time as t",
        "from datetime import date",
        "from io import open",
        "def f():\n    import socket",
        "if TYPE_CHECKING:\n    from tempfile import TemporaryDirectory",
        "open('x')",
        "from pkgutil import get_data",
        "import random, re",
    ],
)
def test_the_scan_sees_what_it_looks_for(line: str) -> None:
    assert list(impurities(line, "rules/some_rule.py"))


_CODE = re.compile(r"\b(?:pickle|marshal|shelve|runpy|eval|exec|system|popen|load|unsafe_load|shell)\b")


def runs_code(source: str) -> Iterator[str]:
    """Yield what would make code of a text: an interpreter, a shell, or a format that holds objects."""
    for node in ast.walk(ast.parse(source)) if _CODE.search(source) else ():
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (name for name in names if name in ("pickle", "marshal", "shelve", "runpy"))
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            of = getattr(getattr(node.func, "value", None), "id", "")
            if called in ("eval", "exec", "system", "popen", "unsafe_load") or (of, called) == ("yaml", "load"):
                yield called
            yield from (f"{called}(shell=)" for keyword in node.keywords if keyword.arg == "shell")


def test_no_text_becomes_code() -> None:
    found = {path.name: list(runs_code(path.read_text("utf-8"))) for path in SOURCE.rglob("*.py")}
    assert [(name, what) for name, what in found.items() if what] == []


@pytest.mark.parametrize(
    "line",
    ["import pickle", "eval(x)", "os.system(x)", "yaml.load(x)", "run(x, shell=True)", "from marshal import loads"],
)
def test_the_scan_for_code_sees_what_it_looks_for(line: str) -> None:
    assert list(runs_code(line))


def test_the_core_needs_exactly_three_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = sorted(need.split(">")[0].split("=")[0].strip() for need in project["dependencies"])
    assert names == ["PyYAML", "jsonschema", "markdown-it-py"]
    assert project["requires-python"] == ">=3.11"


def loaded_by(*argv: str) -> set[str]:
    """Return the modules that one call of the command line loads, in a fresh interpreter."""
    script = (
        "import contextlib, io, json, sys\n"
        "from onrecord.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    code = main(sys.argv[1:])\n"
        "print(json.dumps([code, sorted(sys.modules)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *argv], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    code, modules = json.loads(done.stdout)
    assert code in (0, 1), done.stderr
    return set(modules)


NEVER = {"github", "requests", "urllib3", "http.client", "socket", "asyncio", "tomllib", "hypothesis"}


def test_checking_one_file_loads_only_what_it_needs() -> None:
    loaded = loaded_by("check", "examples/docs/decisions/0001-store-parcel-events-in-postgresql.md")
    assert "onrecord.check.engine" in loaded
    assert loaded & (NEVER | {"jsonschema", "referencing"}) == set()
    assert not [name for name in loaded if name.startswith(("onrecord.log.index.", "onrecord.log.upkeep"))]
    assert loaded & {"onrecord.check.fix", "onrecord.record.edit.move", "onrecord.cli.changing"} == set()
    assert "onrecord.render.github" not in loaded
    assert "onrecord.render.markdown" not in loaded


def test_checking_one_named_file_does_not_start_git() -> None:
    loaded = loaded_by("check", "examples/docs/decisions/0001-store-parcel-events-in-postgresql.md")
    assert "subprocess" not in loaded


@pytest.mark.parametrize("argv", [("explain", "owner-missing"), ("rules",), ("--help",), ("--version",), ()])
def test_what_only_prints_loads_no_parser_and_no_judge(argv: tuple[str, ...]) -> None:
    loaded = loaded_by(*argv)
    assert loaded & (NEVER | {"jsonschema", "referencing", "markdown_it", "yaml", "subprocess"}) == set()
