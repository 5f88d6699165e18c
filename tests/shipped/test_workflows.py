"""Every workflow that the documentation shows passes the linters that security-minded maintainers run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PAGES = ("docs/action.md", "README.md")


def tool(name: str) -> str:
    """Return a linter beside this Python; skip where the lint group is not installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def workflows(page: str) -> list[str]:
    """Return the workflows that a page shows, with a commit where the page leaves it open."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    return [block.replace("<commit>", COMMIT) for block in blocks if "\njobs:" in block]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that holds all of them."""
    place = tmp_path_factory.mktemp("repository")
    (place / ".github/workflows").mkdir(parents=True)
    for page in PAGES:
        for number, text in enumerate(workflows(page)):
            name = f"{Path(page).stem}-{number}.yml".lower()
            (place / ".github/workflows" / name).write_text(text, "utf-8")
    return place


def test_all_layouts_are_shown() -> None:
    triggers = [set(yaml.load(text, yaml.BaseLoader)["on"]) for text in workflows("docs/action.md")]  # noqa: S506
    assert triggers == [
        {"pull_request", "merge_group"},
        {"pull_request_target"},
        {"workflow_run"},
        {"schedule", "workflow_dispatch"},
        {"pull_request"},
    ]


def test_those_with_a_strangers_trigger_check_nothing_out() -> None:
    for text in workflows("docs/action.md")[1:3]:
        assert "checkout@" not in text
        assert not re.search(r"^\s*(- )?run:", text, re.MULTILINE)


def test_they_pass_zizmor(folder: Path) -> None:
    command = [tool("zizmor"), "--offline", "--persona", "pedantic", str(folder / ".github/workflows")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_are_workflows_to_github(folder: Path) -> None:
    files = [str(path) for path in sorted((folder / ".github/workflows").iterdir())]
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_use_only_inputs_that_the_action_has() -> None:
    known = set(yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"])
    for page in PAGES:
        for text in workflows(page):
            for job in yaml.safe_load(text)["jobs"].values():
                for step in job["steps"]:
                    if step.get("uses", "").startswith("onrecord/"):
                        assert set(step.get("with", {})) <= known
