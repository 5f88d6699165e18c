"""Workflows: those the documentation shows, and our own, pass the linters that security-minded maintainers run."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_no_script_of_the_action_holds_what_others_wrote() -> None:
    scripts = [step["run"] for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script] == []


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


OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
class TestOurOwn:
    """What runs with rights in this repository."""

    def test_every_action_is_named_by_its_commit(self, path: Path) -> None:
        uses = re.findall(r"\buses: *(.*)", path.read_text("utf-8"))
        assert uses
        for one in uses:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) or one.split(" ")[0] == "./", one

    def test_every_right_is_given_to_one_job_and_for_a_reason(self, path: Path) -> None:
        text = path.read_text("utf-8")
        whole = yaml.safe_load(text)
        assert whole["permissions"] == {}
        for job in whole["jobs"].values():
            assert job["permissions"]
            assert 0 < job["timeout-minutes"] <= 120
        for line in re.findall(r"^ *[\w-]+: (?:read|write)\b.*", text, re.MULTILINE):
            assert re.search(r": (?:read|write) # to \w+", line) or "for the Action" in line, line

    def test_no_text_of_a_stranger_reaches_a_shell(self, path: Path) -> None:
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", "")
                assert step.get("with", {}).get("persist-credentials", "checkout" in step.get("uses", "")) is False

    def test_what_pip_installs_here_is_locked(self, path: Path) -> None:
        commands = [line for line in path.read_text("utf-8").splitlines() if re.search(r"\bpip install\b", line)]
        for command in commands:
            assert "--require-hashes" in command or "built from source" in command, command


def test_what_publishes_runs_nothing_of_this_repository() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    with_rights = {name for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert with_rights == {"attest", "publish", "announce"}
    for name in with_rights:
        assert not any("checkout" in step.get("uses", "") for step in jobs[name]["steps"])
    assert [jobs[name]["needs"] for name in ("build", "attest", "publish", "announce")] == [
        "test",
        "build",
        "attest",
        "publish",
    ]
    assert jobs["publish"]["environment"] == "release"
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text("utf-8")


@pytest.mark.parametrize("path", sorted([*ROOT.glob("action/*.txt"), *ROOT.glob(".ci/*.txt")]), ids=lambda p: p.name)
def test_a_lock_names_each_part_by_hash_and_no_index(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.findall(r"(?m)^\w.*(?:\n    .*)*", text)
    assert len(entries) > 5
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+(?: ; [^\n]+)? \\\n    --hash=sha256:[0-9a-f]{64}", entry), entry


def test_locks_agree_with_one_another() -> None:
    pins: dict[str, set[str]] = {}
    for path in [*ROOT.glob("action/*.txt"), *ROOT.glob(".ci/*.txt")]:
        for name, version in re.findall(r"(?m)^([a-z0-9-]+)==([\w.]+)", path.read_text("utf-8")):
            pins.setdefault(name, set()).add(version)
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("action/requirements.txt", ()),
        ("action/requirements-github.txt", ("github",)),
        (".ci/requirements.txt", ("test", "lint")),
        (".ci/requirements-release.txt", ("release",)),
        (".ci/requirements-weekly.txt", ("weekly",)),
    ],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = project["project"]["optional-dependencies"] | project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *(need for group in groups for need in named[group])]
    locked = dict(re.findall(r"(?m)^([a-z0-9-]+)==([\w.]+)", (ROOT / lock).read_text("utf-8")))
    for need in map(Requirement, wanted):
        version = locked.get(canonicalize_name(need.name))
        assert version and version in need.specifier, f"{need}, and {version} is locked: python3 dev.py lock"
