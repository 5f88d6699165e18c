"""`onrecord survey`: its door, over clones made here. What needs processes of its own is marked thorough."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import SETTINGS, Repository
from onrecord.adapters.shipped import schema

DAY = "2026-01-02T12:00:00+00:00"
CONFIG = "pull-requests: {paths: ['api/**']}\n"
BODY = "Counted in one place so that a shop with several processes is held to its limit, as the contract says it is."


def git(folder: Path, *arguments: str) -> None:
    """Run git with a fixed identity and day, so that the commit has the same id everywhere."""
    environment = os.environ | {"GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY}
    command = ["git", *SETTINGS, *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=30)


def clone(name: str, remote: str | None = None, config: str = CONFIG) -> Path:
    """Make a clone with one pull request that is asked for a decision."""
    folder = Path(name)
    Repository(folder).write_all({"onrecord.yml": config, "api/calls.py": "1\n" * 60})
    git(folder, "commit", "-qm", f"Count calls of {name} (#1)\n\n{BODY}")
    if remote:
        git(folder, "remote", "add", "origin", f"https://github.com/{remote}.git")
    return folder


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def three() -> list[Path]:
    return [clone("api", "acme/api"), clone("web", "acme/web"), clone("tools")]


def survey(run: Any, *arguments: Any) -> dict[str, Any]:
    outcome = run("survey", "--output-format", "json", *arguments)
    found = json.loads(outcome.out)
    Draft202012Validator(schema("coverage-combined")).validate(found)
    return dict(found)


def test_each_has_a_row_and_the_others_of_one_that_fails_as_well(run, tmp_path: Path) -> None:
    bare = clone("broken", config="pull-requests: {paths: 7}\n")
    outcome = run("survey", *three(), bare, "gone", "--output-format", "json")
    found = json.loads(outcome.out)
    assert outcome.code == 3
    assert [row["repository"] for row in found["repositories"]] == ["acme/api", "acme/web", "tools"]
    assert found["totals"]["pull_requests"]["decision_coverage"]["n"] == 3
    assert [one["repository"] for one in found["failed"]] == ["broken", "gone"]
    assert "onrecord: gone: there is no such folder\n" in outcome.err
    assert str(tmp_path) not in outcome.out


def test_what_a_clone_lacks_is_said_with_what_helps(run) -> None:
    damaged = clone("damaged", "acme/damaged")
    (damaged / ".git" / "index").write_bytes(b"x")
    assert "acme/damaged: " in (told := run("survey", damaged).err)
    assert "a part of this clone is missing or damaged, and a fresh one would help" in told


def test_clones_with_edits_are_named(run) -> None:
    clones = three()
    (clones[1] / "api/calls.py").write_text("2\n")
    told = run("survey", *clones).err
    assert (
        told
        == "onrecord: acme/web: Files that git tracks differ from the last commit; records were read as they are now.\n"
    )


def test_it_is_what_coverage_and_combine_would_say(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clones = three()
    whole = run("survey", *clones, "--output-format", "json", "--output", "reports")
    assert (whole.code, whole.err) == (0, "")
    assert sorted(path.name for path in Path("reports").iterdir()) == ["acme+api.json", "acme+web.json", "tools.json"]
    for folder, name in zip(clones, ("acme+api", "acme+web", "tools"), strict=True):
        monkeypatch.chdir(tmp_path / folder)
        alone = run("coverage", "--output-format", "json").out
        assert alone == (tmp_path / "reports" / f"{name}.json").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("coverage", "combine", "--output-format", "json", *sorted(Path("reports").iterdir())).out == whole.out


def test_a_list_may_be_a_file_and_a_clone_in_it_twice_counts_once(run) -> None:
    three()
    Path("list.txt").write_text("# ours\napi\n\n  web  \n./api/\napi/api\n", "utf-8")
    assert survey(run, "--list", "list.txt")["totals"]["repositories"] == 2


def test_the_day_the_window_and_the_configuration_reach_each(run, tmp_path: Path) -> None:
    clones = three()
    Path("org.yml").write_text("pull-requests: {paths: ['docs/**']}\n")
    call = ("--today", "2026-02-03", "--since", "2026-01-01", "--config", tmp_path / "org.yml")
    for row in survey(run, *clones, *call)["repositories"]:
        assert (row["as_of"]["today"], row["window"]["since"]) == ("2026-02-03", "2026-01-01")
        assert (row["config"]["path"], row["pull_requests"]["asked"]) == ("org.yml", 0)


class TestGoingOn:
    def kept(self, run: Any, *arguments: Any) -> str:
        outcome = run("survey", "api", "web", "--output", "reports", *arguments)
        assert outcome.code == 0
        return str(outcome.err)

    @pytest.fixture(autouse=True)
    def first_run(self, run) -> None:
        three()
        assert self.kept(run) == ""

    def test_what_was_finished_is_not_read_again(self, run) -> None:
        path = Path("reports/acme+api.json")
        report = json.loads(path.read_text("utf-8"))
        report["pull_requests"]["hinted"] = [9] * 5  # so that reading it again would be seen
        path.write_text(json.dumps(report), "utf-8")
        again = survey(run, "api", "web", "--output", "reports")
        assert [row["pull_requests"]["hinted"] for row in again["repositories"]] == [5, 0]
        assert self.kept(run) == "onrecord: 2 of 2 reports were finished before and are kept\n"

    def test_a_half_written_report_is_made_again(self, run) -> None:
        path = Path("reports/acme+api.json")
        whole = path.read_bytes()
        path.write_bytes(whole[:-9])
        assert "1 of 2 reports" in self.kept(run)
        assert path.read_bytes() == whole
        assert len(list(Path("reports").iterdir())) == 2

    def test_another_commit_is_read(self, run) -> None:
        git(Path("api"), "commit", "-qm", "More", "--allow-empty")
        assert "1 of 2 reports" in self.kept(run)

    def test_another_configuration_is_read(self, run) -> None:
        Path("org.yml").write_text(CONFIG)
        assert self.kept(run, "--config", "org.yml") == ""
        assert "2 of 2 reports" in self.kept(run, "--config", "org.yml")

    @pytest.mark.parametrize("flag", [("--last", "9"), ("--since", "2026-01-01"), ("--today", "2026-03-01")])
    def test_another_window_or_day_is_read(self, run, flag: tuple[str, str]) -> None:
        assert self.kept(run, *flag) == ""

    def test_a_clone_with_edits_is_read_each_time(self, run) -> None:
        Path("api/api/calls.py").write_text("2\n")
        assert "1 of 2 reports" in self.kept(run)
        git(Path("api"), "checkout", "-q", ".")
        assert "1 of 2 reports" in self.kept(run)
        assert "2 of 2 reports" in self.kept(run)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ((), "name the clones to read"),
        (("--list", "gone.txt"), "--list gone.txt: it cannot be read"),
        (("api", "--workers", "-1"), "--workers is a number from 0 on"),
        (("api", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "goes without --scheduler"),
        (("api", "--since", "2026-02-01", "--until", "2026-01-01"), "the first day comes after the last"),
        (("api", "--config", "gone.yml"), "gone.yml: no such configuration file"),
        (("api", "other/api"), "are both called api; a remote “origin” would tell them apart"),
        (("api", "--output", "file"), "--output file: "),
    ],
)
def test_what_cannot_be_carried_out_is_said_first(run, call: tuple[str, ...], told: str) -> None:
    Path("file").touch()
    outcome = run("survey", *call)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_a_cluster_without_its_package_says_what_installs_it(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onrecord.adapters.cluster", None)
    outcome = run("survey", "api", "--workers", "2")
    assert outcome.code == 2
    assert outcome.err.endswith("this installs it: pip install 'onrecord[cluster]'\n")


def called(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "onrecord", "survey", "--output-format", "json", *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, timeout=240, check=False)


@pytest.mark.thorough
def test_processes_give_the_same_bytes_whatever_zone_and_language_they_have() -> None:
    pytest.importorskip("distributed")
    names = [*map(str, three()), "gone"]
    serial = called(*names, "--output", "one", TZ="UTC", LC_ALL="C")
    cluster = called(*names, "--output", "two", "--workers", "2", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8")
    assert (cluster.returncode, cluster.stderr) == (3, b"onrecord: gone: there is no such folder\n")
    assert cluster.stdout == serial.stdout
    reports = [{path.name: path.read_bytes() for path in Path(folder).iterdir()} for folder in ("one", "two")]
    assert reports[0] == reports[1]
    assert len(reports[0]) == 3


@pytest.mark.thorough
def test_a_scheduler_that_does_not_answer_is_said() -> None:
    pytest.importorskip("distributed")
    done = called(str(clone("api")), "--scheduler", "tcp://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"onrecord: no scheduler answers at tcp://127.0.0.1:9\n"


@pytest.mark.thorough
def test_processes_that_cannot_start_are_said() -> None:
    pytest.importorskip("distributed")
    script = Path("unguarded.py")  # each process that it starts would run it again
    script.write_text("import sys\nfrom onrecord.cli.main import main\nsys.exit(main())\n")
    command = [sys.executable, str(script), "survey", str(clone("api")), "--workers", "1"]
    done = subprocess.run(command, capture_output=True, timeout=240, check=False)
    assert done.returncode == 3
    assert b"no processes could be started to read with" in done.stderr
    assert b"internal error" not in done.stderr
