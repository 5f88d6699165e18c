"""The wheel, built from this checkout and installed into an empty environment: what `pip install` gives people."""

import json
import re
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from repositories import (
    BAD_LINE,
    BAD_RECORD,
    CHECKOUT,
    GOOD_RECORD,
    Shown,
    commit,
    copy_checkout,
    environment,
    run,
    succeed,
)

from onrecord.adapters.shipped import SCHEMAS

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "zh")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left behind in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = copy_checkout(folder / "source")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    succeed(source, *build, env=environment())
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with what it depends on into an empty environment; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("installed")
    succeed(folder, sys.executable, "-m", "virtualenv", "--quiet", "empty")  # venv has no pip everywhere (Debian)
    programs = folder / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    succeed(folder, *pip, wheel)
    return programs


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A small repository, far from the checkout."""
    succeed(tmp_path, "git", "init", "--quiet")
    commit(tmp_path, {"docs/adr/0001-sessions.md": GOOD_RECORD, "docs/adr/0007-invoices.md": BAD_RECORD})
    return tmp_path


def onrecord(programs: Path, folder: Path, *arguments: str) -> Shown:
    return run(folder, programs / "onrecord", *arguments)


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    schemas = {name for name in names if name.startswith("onrecord/schemas/")}
    assert schemas == {f"onrecord/schemas/{name}.schema.json" for name in SCHEMAS}
    assert len(schemas) == 13
    vocabulary = {name for name in names if "/vocabulary/" in name}
    assert vocabulary == {f"onrecord/record/vocabulary/{language}.json" for language in LANGUAGES}
    assert {"onrecord/py.typed", "onrecord/record/template_lines.json"} <= names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"onrecord"}
    assert [name for name in names if "tests/" in name or "test_" in name or "__pycache__" in name] == []


def test_the_wheel_brings_its_license_and_asks_for_three_packages(wheel: Path) -> None:
    said = metadata(wheel)
    assert said["License-Expression"] == "MIT"
    assert said["License-File"] == "LICENSE"
    assert said["Requires-Python"] == ">=3.11"
    needed = {
        re.match(r"[A-Za-z-]+", requirement)[0].lower()
        for requirement in said.get_all("Requires-Dist", [])
        if "extra ==" not in requirement
    }
    assert needed == {"jsonschema", "markdown-it-py", "pyyaml"}


def test_the_version_is_that_of_the_wheel(wheel: Path, programs: Path, tmp_path: Path) -> None:
    shown = onrecord(programs, tmp_path, "--version")
    assert (shown.code, shown.text) == (0, f"onrecord {metadata(wheel)['Version']}\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_that_are_printed_are_those_that_are_published(programs: Path, tmp_path: Path, name: str) -> None:
    shown = onrecord(programs, tmp_path, "schema", name)
    published = json.loads((CHECKOUT / f"schemas/{name}.schema.json").read_text("utf-8"))
    assert shown.code == 0
    assert json.loads(shown.text) | {"$defs": {}} == published | {"$defs": {}}  # $defs also holds what it leans on


def test_a_rule_is_explained(programs: Path, tmp_path: Path) -> None:
    shown = onrecord(programs, tmp_path, "explain", "owner-missing")
    assert shown.code == 0
    assert "Nobody is named as having decided." in shown.text


def test_a_repository_is_checked(programs: Path, elsewhere: Path) -> None:
    shown = onrecord(programs, elsewhere, "check")
    assert shown.code == 1
    lines = shown.text.splitlines()
    assert "docs/adr/0007-invoices.md" in lines
    assert any(line.startswith(f"    {BAD_LINE}  error ") and line.endswith("  decision-empty") for line in lines)
    assert lines[-1] == "2 records checked: 1 error."
    assert onrecord(programs, elsewhere, "check", "docs/adr/0001-sessions.md").code == 0
    assert onrecord(programs, elsewhere, "check", "--select", "owner-missing").code == 0
