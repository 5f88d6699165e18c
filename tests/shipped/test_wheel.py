"""The wheel, built from this checkout, and what pip installs from it into an empty environment."""

import json
import os
import re
import shutil
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from hooked import shared_teams
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
    build(copy_checkout(folder / "source"), folder / "dist", "--target", "wheel")
    (built,) = (folder / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the programs that pip installs from this checkout; pre-commit has it do so for our hooks."""
    return shared_teams(tmp_path_factory).programs


def build(source: Path, folder: Path, *options: str, **more: str) -> dict[str, bytes]:
    """Build wheel and sdist into a folder, and return what is in it by name; `more` is environment."""
    run_build = (sys.executable, "-m", "hatchling", "build", "--directory", folder, *options)
    succeed(source, *run_build, env=environment(SOURCE_DATE_EPOCH="1700000000", **more))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


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


@pytest.mark.thorough  # a release does it too: python3 dev.py build
def test_another_build_gives_the_same_bytes(tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "source")
    first = build(source, tmp_path / "first", TZ="UTC0")
    usual = os.umask(0o077)
    try:
        source = shutil.copytree(source, tmp_path / "in another folder", copy_function=shutil.copyfile)
        os.utime(source / "src/onrecord/__init__.py", (2e9, 2e9))
        second = build(source, tmp_path / "second", TZ="XXX-13", LC_ALL="C", PYTHONHASHSEED="7")
    finally:
        os.umask(usual)
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert first == second


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


def test_the_schemas_that_are_printed_are_those_that_are_published(programs: Path, tmp_path: Path) -> None:
    each = "import sys; from onrecord.cli.main import main; sys.exit(any([main(['schema', n]) for n in sys.argv[1:]]))"
    text = succeed(tmp_path, programs / "python", "-I", "-c", each, *SCHEMAS)
    for name in SCHEMAS:
        shown, end = json.JSONDecoder().raw_decode(text)
        published = json.loads((CHECKOUT / f"schemas/{name}.schema.json").read_text("utf-8"))
        assert shown | {"$defs": {}} == published | {"$defs": {}}, name  # $defs also holds what it leans on
        text = text[end:].lstrip()
    assert text == ""
    assert json.loads(onrecord(programs, tmp_path, "schema", SCHEMAS[0]).text)["$schema"]


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
