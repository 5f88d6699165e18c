#!/usr/bin/env python3
"""Set up and run things in this checkout, with nothing but Python 3.11, pip and git.

    python3 dev.py demo    install into .venv and run the main job on examples/
    python3 dev.py test    set up and pass the tests: lint, types, tests
    python3 dev.py docs    regenerate the rule pages and the command-line reference

Everything goes into .venv; the system's Python is left alone, also where pip refuses to touch it (PEP 668).
"""

from __future__ import annotations  # an older Python has to get as far as being told so

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def run(*command: str | Path, check: bool = True) -> int:
    """Show a command, run it in the checkout, and stop when it fails."""
    words = [str(part) for part in command]
    print(
        "$", " ".join(os.path.relpath(word, ROOT) if word.startswith(str(BIN)) else word for word in words), flush=True
    )
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    if check and code:
        sys.exit(code)
    return code


def environment(*groups: str) -> None:
    """Make .venv and install the package and the dependency groups into it; skip what is there already."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything else has checked
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    import tomllib

    project = (ROOT / "pyproject.toml").read_bytes()
    mark = VENV / f"installed-{'-'.join(('base', *groups))}-{hashlib.sha256(project).hexdigest()[:16]}"
    if mark.exists():
        return
    python = BIN / "python"
    if (
        not python.exists()
        and subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False).returncode
    ):
        run(
            sys.executable, "-m", "venv", "--clear", "--without-pip", VENV
        )  # Debian without python3-venv: use the system's pip
    pip = [python, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    needed = [need for group in groups for need in tomllib.loads(project.decode())["dependency-groups"][group]]
    run(*pip, "install", "--quiet", "--disable-pip-version-check", "--editable", ".", *needed)
    mark.touch()


def demo() -> int:
    """Show the main job on the examples: records, then the two saved pull requests."""
    environment()
    onrecord = BIN / "onrecord"
    code = run(onrecord, "check", "examples/docs/decisions", check=False)
    for name in ("undecided", "decided"):
        print()
        event = f"examples/pull-requests/{name}"
        run(
            onrecord,
            "pr",
            "--event",
            f"{event}.event.json",
            "--files",
            f"{event}.files.json",
            "--config",
            "examples/onrecord.yml",
        )
    return 0 if code == 1 else code or 1  # the examples hold faulty records: exit code 1 is the right answer


def test(*arguments: str) -> int:
    """Run everything that must pass before a change lands."""
    environment("test", "lint")
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "mypy")
    run(BIN / "zizmor", "--offline", "--persona", "pedantic", "--quiet", "action.yml", ".github")
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    for workflow in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow)
    run(BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    run(BIN / "onrecord", "check", "--fail-on", "warning")  # our own decisions, by our own tool
    run(BIN / "onrecord", "index")
    if os.name != "nt":
        run(BIN / "pre-commit", "run", "onrecord", "--all-files")  # and by our own hook
    # Whole files to two workers: what a file sets up once (a hook environment, a wheel) is not set up twice.
    return run(BIN / "python", "-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments, check=False)


def docs() -> int:
    """Regenerate what is generated under docs/."""
    environment("test")
    return run(BIN / "python", "docs/generate.py", check=False)


def main() -> int:
    """Run the task that was named."""
    tasks = {"demo": demo, "test": test, "docs": docs}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in tasks:
        print(__doc__)
        return 2
    return tasks[name](*sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
