#!/usr/bin/env python3
"""Set up and run things in this checkout, with nothing but Python 3.11, pip and git.

    python3 dev.py demo    install into .venv and run the main job on examples/
    python3 dev.py test    set up and pass the tests: lint, types, tests
    python3 dev.py docs    regenerate the rule pages and the command-line reference
    python3 dev.py bench   install what bench/fuzz and bench/mutation need, and run one of them with what follows
    python3 dev.py lock    write the hash-locked requirements anew; --upgrade takes the newest releases
    python3 dev.py audit   ask whether anything that is locked has a known vulnerability
    python3 dev.py build   make dist/: the sdist and the wheel, built twice and compared, and the list of parts (SBOM)

Everything goes into .venv; the system's Python is left alone, also where pip refuses to touch it (PEP 668).
"""

from __future__ import annotations  # an older Python has to get as far as being told so

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCKED = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
DOWNLOADS = 3  # at once: what a download waits for is an answer, not a processor
TESTED, RELEASED, WEEKLY = ".ci/requirements.txt", ".ci/requirements-release.txt", ".ci/requirements-weekly.txt"
# What stands in each lock, and the locks it agrees with. The Action does without cryptography: only the keys of GitHub
# Apps need it, which the Action never holds, and it has no wheel for every machine that Actions run on.
LOCKS = {
    "action/requirements.txt": (),
    "action/requirements-github.txt": (
        "--extra",
        "github",
        "-c",
        "action/requirements.txt",
        "--no-emit-package",
        "cryptography",
    ),
    TESTED: ("--group", "test", "--group", "lint", "-c", "action/requirements-github.txt"),
    RELEASED: ("--group", "release", "-c", TESTED),
    WEEKLY: ("--group", "weekly", "-c", TESTED),
}


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


def environment(*locks: str) -> None:
    """Make .venv and install what the locks name and the package into it; skip what is there already."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything else has checked
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    wanted = [ROOT / "pyproject.toml", *(ROOT / lock for lock in locks)]
    mark = VENV / f"installed-{hashlib.sha256(b''.join(path.read_bytes() for path in wanted)).hexdigest()[:16]}"
    if mark.exists():
        return
    if (
        not PYTHON.exists()
        and subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False).returncode
    ):
        run(
            sys.executable, "-m", "venv", "--clear", "--without-pip", VENV
        )  # Debian without python3-venv: use the system's pip
    pip = [str(PYTHON), "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    for lock in locks:
        install(pip, lock)
    from_lock = ("--no-deps", "--no-build-isolation") if locks else ()  # also what builds the package
    run(*pip, "install", "--quiet", "--disable-pip-version-check", *from_lock, "--editable", ".")
    mark.touch()


def install(pip: list[str], lock: str) -> None:
    """Install what a lock names: each by its hash, as a wheel, nothing beside it, and a few downloads at once."""
    entries = re.findall(r"(?m)^\w.*(?:\n    .*)*", (ROOT / lock).read_text("utf-8"))
    quiet = ("--quiet", "--disable-pip-version-check")
    folder = VENV / "wheels" / Path(lock).stem  # they stay, for the tests that install what is shipped
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as parts:
        downloads = []
        for number in range(DOWNLOADS):
            part = Path(parts) / f"part-{number}.txt"
            part.write_text("\n".join(entries[number::DOWNLOADS]) + "\n", "utf-8")
            command = [*pip, "download", *quiet, *LOCKED, "--dest", folder, "--requirement", part]
            downloads.append(subprocess.Popen(command, cwd=ROOT))
        codes = [download.wait() for download in downloads]
    if any(codes):
        sys.exit(f"Not everything in {lock} could be had.")
    options = ("--no-compile", "--no-index", "--find-links", folder)
    run(*pip, "install", *quiet, *options, *LOCKED, "--requirement", lock)


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
    environment(TESTED)
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
    if not WINDOWS:
        run(BIN / "pre-commit", "run", "onrecord", "--all-files")  # and by our own hook
    # Whole files to two workers: what a file sets up once (a hook environment, a wheel) is not set up twice.
    return run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments, check=False)


def docs() -> int:
    """Regenerate what is generated under docs/."""
    environment(TESTED)
    return run(PYTHON, "docs/generate.py", check=False)


def bench(name: str = "", *options: str) -> int:
    """Run one of the measurements of bench/ that need more than the tests do."""
    if not (ROOT / "bench" / name / "__main__.py").is_file():
        sys.exit("Name one of: " + ", ".join(sorted(path.parent.name for path in ROOT.glob("bench/*/__main__.py"))))
    environment(TESTED, WEEKLY)
    return run(PYTHON, f"bench/{name}", *options, check=False)


def lock(*options: str) -> int:
    """Write every lock anew. Without --upgrade, what is locked stays as far as pyproject.toml allows."""
    environment(RELEASED)
    for path, contents in LOCKS.items():
        how = ("--universal", "--generate-hashes", "--no-annotate", "--quiet", "--python-version", "3.11")
        header = ("--custom-compile-command", "python3 dev.py lock")
        run(BIN / "uv", "pip", "compile", *how, *header, *options, *contents, "--output-file", path, "pyproject.toml")
    return 0


def audit(*options: str) -> int:
    """Ask the advisory database about every release that a lock names."""
    environment(RELEASED)
    locks = [word for path in LOCKS for word in ("-r", path)]
    return run(BIN / "pip-audit", "--disable-pip", "--require-hashes", "--strict", *options, *locks, check=False)


def build(*tags: str) -> int:
    """Make dist/ from the commit that is checked out; a tag has to name its version, and the change log too."""
    environment(RELEASED)
    version = re.findall(r'__version__ = "(.+)"', (ROOT / "src/onrecord/__init__.py").read_text("utf-8"))[0]
    if tags and tags != (f"v{version}",):
        sys.exit(f"This is version {version}, and the tag says {' '.join(tags)}.")
    if tags and f"## [{version}]" not in (ROOT / "CHANGELOG.md").read_text("utf-8"):
        sys.exit(f"CHANGELOG.md has no section “## [{version}]”.")
    seconds = subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True).strip()
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        first, second = (built(Path(folder) / name, seconds, zone) for name, zone in (("a", "UTC0"), ("bc", "XXX-13")))
        if sums(first) != sums(second):
            sys.exit(f"Two builds of the same commit differ:\n{sums(first)}{sums(second)}")
        shutil.copytree(first, dist)
    sbom(dist / f"onrecord-{version}.cdx.json", version, seconds)
    lines = sums(dist)
    (dist / "SHA256SUMS").write_text(lines, "utf-8")
    print(lines, end="")
    return 0


def built(folder: Path, seconds: str, zone: str) -> Path:
    """Build the sdist, and the wheel from it, from a fresh clone below `folder`; return where they are."""
    env = os.environ | {"SOURCE_DATE_EPOCH": seconds, "TZ": zone}
    subprocess.run(["git", "-c", "advice.detachedHead=false", "clone", "--quiet", ROOT, folder / "source"], check=True)
    command = [PYTHON, "-m", "build", "--no-isolation", "--outdir", folder / "dist", folder / "source"]
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return folder / "dist"


def sums(folder: Path) -> str:
    """Return the lines of `sha256sum` for the files in a folder."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())
    )


def sbom(path: Path, version: str, seconds: str) -> None:
    """Write which parts, by hash, the Action installs, as CycloneDX JSON."""
    kind = ("--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible", "--of", "JSON")
    command = [BIN / "cyclonedx-py", "requirements", "action/requirements-github.txt", *kind]
    env = os.environ | {"SOURCE_DATE_EPOCH": seconds, "PYTHONWARNINGS": "ignore"}
    parts = json.loads(subprocess.check_output(command, cwd=ROOT, env=env))
    whole = parts["metadata"]["component"]
    whole |= {"version": version, "purl": f"pkg:pypi/onrecord@{version}"}
    links = [link for link in parts["dependencies"] if link["ref"] != whole["bom-ref"]]
    every = [part["bom-ref"] for part in parts["components"]]
    parts["dependencies"] = [*links, {"ref": whole["bom-ref"], "dependsOn": every}]
    path.write_text(json.dumps(parts, indent=2, sort_keys=True) + "\n", "utf-8")


def main() -> int:
    """Run the task that was named."""
    tasks = {task.__name__: task for task in (demo, test, docs, bench, lock, audit, build)}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in tasks:
        print(__doc__)
        return 2
    if sys.dont_write_bytecode:  # a task starts Python many times, and each of them would compile all of it again
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(VENV / "bytecode")
    return tasks[name](*sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
