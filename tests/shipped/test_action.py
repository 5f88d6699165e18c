"""The real action.yml on real checkouts: what a workflow and an author see of it.

Each scenario is one whole run of the action, made once; the tests look at what is left of it. Those of INSTALLED install
the locked requirements themselves, those of STARTED get a copy of what these have installed. For the others the steps are
carried out without bash and without a new interpreter: all that the manifest says of inputs and outputs holds there too.
"""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import hostile
import pytest
from events import REPOSITORY, pull_request_event, push_event
from fake_github import FakeGitHub
from host_runner import ActionResult, Annotation, Shell, run_action
from in_process import instead_of_bash
from markdown_it import MarkdownIt
from markdown_it.token import Token
from repositories import (
    BAD_LINE,
    BAD_RECORD,
    CHECKOUT,
    GOOD_RECORD,
    ISOLATED_GIT,
    NOT_COMPILED,
    WARNED_LINE,
    WARNED_RECORD,
    WHEELS,
    Files,
    check_out_pull_request,
    run,
    succeed,
    write,
)
from runner_commands import REGISTERED, parse_command

from onrecord.rules import ALL_RULES

OUTPUTS = {
    *("result", "errors", "warnings", "notices", "hidden", "asks", "nudge"),
    *("comment-id", "issue-number", "report-path", "sarif-file", "promoted", "record-path", "record-title"),
}
REQUIRE = {"mode": "require"}
INSTALLED = {"requirements.txt": "planted", "requirements-github.txt": "with-token"}
STARTED = {"decided", "bad-record", "narrowed", "upkeep", "misused", "no-python", "hostile", "hostile-nudge"}
# The interpreter, but for the one command that installs. -p: bytecode counts only with the time of its source.
COPYING_PYTHON = """#!/usr/bin/env bash
set -euo pipefail
if [[ "$*" =~ ^-I\\ -m\\ pip\\ .*install\\ .*--target\\ ([^ ]+)\\ .*-r\\ action/(requirements[a-z-]*\\.txt)$ ]]; then
  exec cp -Rp "{store}/${{BASH_REMATCH[2]}}/." "${{BASH_REMATCH[1]}}"
fi
exec "{python}" "$@"
"""
CONFIG = 'pull-requests:\n  labels: [decision]\n  paths: ["services/billing/**"]\n'
GOOD, BAD, NEW_BAD = "docs/adr/0001-sessions.md", "docs/adr/0007-invoices.md", "docs/adr/0008 für die Größe.md"
BASE: Files = {
    "onrecord.yml": CONFIG,
    GOOD: GOOD_RECORD,
    BAD: BAD_RECORD,
    "services/billing/render.py": "import pdfkit\n",
}
CODE: Files = {"services/billing/render.py": "from weasyprint import HTML\n"}
ASKED = {"labels": ("decision",)}
DECIDED = (
    "## What changes 🚚\r\n\r\nInvoices are rendered by WeasyPrint.\r\n\r\n"
    "## Decision\r\n\r\nRender invoices with WeasyPrint, because wkhtmltopdf gets no security fixes. 🔒\r\n\r\n"
    "## Alternatives\r\n\r\n- Chromium without a window: it needs 400 MB a process. 🐘\r\n\r\n"
    "Owner: Mara Lindqvist\r\n\r\n## How it was tested\r\n\r\n"
)
BODY_CHARACTERS = 65_536  # GitHub takes no more
SECRET = "hunter2"  # noqa: S105 - stands for what a runner's disk may hold
PLANTED = (
    *("yaml.py", "json.py", "markdown_it.py", "pip.py", "argparse.py", "sitecustomize.py", "usercustomize.py"),
    *("onrecord/__init__.py", "onrecord/__main__.py", "jsonschema/__init__.py", "pip/__init__.py", "pip/__main__.py"),
    *("src/onrecord/__init__.py", "action/run.py"),
)
LEAVE_A_MARK = "open(__file__ + '.ran', 'w').close()\n"


@dataclass(frozen=True)
class Scenario:
    """One run: what the base holds, what the pull request changes and says, and how the workflow calls the action.

    `around` are files beside the workspace, as a runner has them. `push` sends the event of a push instead, `schedule`
    that of a schedule.
    """

    head: Files = field(default_factory=dict)
    base: Files = field(default_factory=lambda: BASE)
    event: Mapping[str, Any] = field(default_factory=dict)
    checkout: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    around: Files = field(default_factory=dict)
    push: bool = False
    schedule: bool = False
    token: str = ""


SCENARIOS = {
    "decided": Scenario(CODE, event={"body": DECIDED.ljust(BODY_CHARACTERS, "🚚"), "action": "synchronize"}),
    "undecided": Scenario(CODE, event={"body": None, "action": "edited", "changes": {"body": {"from": "Old"}}}),
    "draft": Scenario(CODE, event=ASKED | {"draft": True}),
    "bot": Scenario(CODE, event=ASKED | {"author": "bumper[bot]", "author_type": "Bot"}),
    "bad-record": Scenario(
        {
            NEW_BAD: BAD_RECORD,
            GOOD: GOOD_RECORD + "\nMore.\n",
            "docs/adr/0005-a.md": None,
            "docs/adr/0006-a.md": GOOD_RECORD,
        },
        base=dict(BASE) | {"docs/adr/0005-a.md": GOOD_RECORD},
        inputs=REQUIRE | {"report-path": "report.json", "sarif-file": "found.sarif"},
    ),
    "bad-record-nudged": Scenario({NEW_BAD: BAD_RECORD}),
    "old-fault": Scenario({BAD: BAD_RECORD + "\nMore.\n"}, inputs=REQUIRE),
    "required": Scenario(CODE, inputs=REQUIRE),
    "required-of-the-author": Scenario(
        {"README.md": "Hello.\n"}, event={"body": "Decision: render with WeasyPrint.\n"}, inputs=REQUIRE
    ),
    "never": Scenario({NEW_BAD: BAD_RECORD, "docs/adr/0001-twin.md": GOOD_RECORD}, inputs={"fail-on": "never"}),
    "shallow": Scenario({"README.md": "Hello.\n"}, checkout={"depth": 1}, inputs=REQUIRE),
    "branch": Scenario({NEW_BAD: BAD_RECORD}, checkout={"depth": 0, "at": "head", "up_to_date": True}),
    "push": Scenario(
        base=dict(BASE) | {f"apps/{n}/adr/0001-a.md": BAD_RECORD for n in range(12)}, push=True, inputs=REQUIRE
    ),
    "narrowed": Scenario(
        base=dict(BASE) | {"apps/decisions/0001-a.md": WARNED_RECORD, "ci/strict.yml": "fail-on: warning\n"},
        inputs=REQUIRE
        | {
            "config": "ci/strict.yml",
            "paths": f"{GOOD}\n\n  apps/decisions  \r\n",
            "report-path": "report.json",
        },
        push=True,
    ),
    "with-token": Scenario(CODE, event={"body": None}, token="ghs_ours"),  # noqa: S106
    "upkeep": Scenario(
        base=dict(BASE) | {GOOD: GOOD_RECORD.replace("date:", "review-by: 2026-04-01\ndate:")},
        checkout={"depth": 0},
        inputs={"mode": "upkeep"},
        schedule=True,
        token="ghs_weekly",  # noqa: S106
    ),
    "misused": Scenario(inputs={"fail-on": "sometimes"}),
    "no-python": Scenario(inputs={"python-path": "/nonexistent/python3"}),
    "planted": Scenario(
        dict.fromkeys(PLANTED, LEAVE_A_MARK)
        | {
            "action/requirements.txt": "not-ours==1\n",
            NEW_BAD: BAD_RECORD,
            "docs/adr/0013-linked.md": Path("../../../outside/secret.md"),
            "report.json": Path("../outside/precious.json"),
        },
        inputs=REQUIRE | {"report-path": "report.json"},
        env={"PYTHONPATH": "$GITHUB_WORKSPACE"},
        around={
            "outside/secret.md": BAD_RECORD.replace("2026-03-01", SECRET),
            "outside/precious.json": '"precious"',
        },
    ),
    "hostile": Scenario(
        dict.fromkeys(hostile.CODE_NAMES, "") | dict(hostile.RECORDS),
        event={
            "title": hostile.ANY,
            "body": hostile.DECIDED,
            "head_ref": hostile.INLINE,
            "author": hostile.INLINE,
        },
        inputs=REQUIRE,
    ),
    "hostile-nudge": Scenario(  # shallow, so that what the base holds is judged by what the pull request brings
        {"onrecord.yml": CONFIG + "schema: a.json\n", "a.json": hostile.team_schema("team-rule", hostile.ANY)},
        event={
            "title": "Invoices",
            "labels": ("decision", hostile.ANY),
            "body": hostile.UNDECIDED,
            "author": hostile.INLINE,
        },
        checkout={"depth": 1},
    ),
    "hostile-rule": Scenario(
        {"onrecord.yml": CONFIG + "schema: a.json\n", "a.json": hostile.team_schema(hostile.ANY, "no")},
        checkout={"depth": 1},
    ),
    "hostile-config": Scenario({"onrecord.yml": json.dumps({hostile.ANY: 1})}),
    "linked-config": Scenario(
        {"onrecord.yml": Path("../outside/secret.yml")}, around={"outside/secret.yml": f"{SECRET}: 1\n"}
    ),
}


@dataclass(frozen=True)
class Run:
    """What was seen of a run, and the folder that holds its workspace and what is around it."""

    result: ActionResult
    folder: Path
    comments: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()

    @property
    def annotations(self) -> list[Annotation]:
        """All annotations but the one by which the runner itself reports an exit code."""
        return [a for a in self.result.annotations if not a.message.startswith("Process completed with exit code")]

    @property
    def findings(self) -> list[tuple[str, str, str | None, str | None]]:
        """Level, title (our rules), file and line of each annotation."""
        return [
            (a.level, a.properties["title"], a.properties.get("file"), a.properties.get("line"))
            for a in self.annotations
        ]

    @property
    def counts(self) -> list[str]:
        """The outputs that count: errors, warnings, notices."""
        return [self.result.outputs[name] for name in ("errors", "warnings", "notices")]

    @property
    def visible(self) -> str:
        """Everything that somebody may read of the run."""
        seen = [f"{a.message} {a.properties}" for a in self.annotations]
        return "\n".join([self.result.log, self.result.summary, *self.result.outputs.values(), *seen])

    def report(self) -> dict[str, Any]:
        """Return the JSON report that the workflow asked for."""
        content = (self.folder / "workspace" / self.result.outputs["report-path"]).read_text("utf-8")
        loaded: dict[str, Any] = json.loads(content)
        return loaded


Runs = Callable[[str], Run]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Carry out a scenario when it is asked for first, and hand out what became of it."""
    python = usable_python()
    wheels = downloaded(CHECKOUT / "action/requirements-github.txt", python)  # holds all that the other one holds
    env = ISOLATED_GIT | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)} | NOT_COMPILED
    given = {} if python == "python3" else {"python-path": python}
    copied: dict[str, str] = {}
    done: dict[str, Run] = {}

    def done_once(name: str) -> Run:
        if name not in done:
            done[name] = carry_out(SCENARIOS[name], tmp_path_factory.mktemp(name), *means(name))
        return done[name]

    def means(name: str) -> tuple[Mapping[str, str], Mapping[str, str], Shell | None]:
        if name in INSTALLED.values():
            return given, env, None
        if name not in STARTED:
            return {}, env, instead_of_bash
        if not copied:
            installed = {lock: done_once(by) for lock, by in INSTALLED.items()}
            copied["python-path"] = str(copying_python(tmp_path_factory.mktemp("installed"), python, installed))
        return copied, env, None

    return done_once


def downloaded(lock: Path, python: str) -> Path:
    """Return a folder of the wheels of a lock, kept beside what pytest keeps: had from the index once, not once a run.

    What dev.py has installed for the tests holds them too, and they stand beside it.
    """
    version = succeed(CHECKOUT, python, "-I", "-c", "import sys; print(sys.version)")
    if WHEELS.is_dir() and version == sys.version:
        return WHEELS
    kept = CHECKOUT / f".pytest_cache/wheels-{hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()[:16]}"
    if not kept.is_dir():
        kept.parent.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=kept.parent))
        pip = (python, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes")
        succeed(folder, *pip, "--requirement", lock)
        with suppress(OSError):  # another worker was first
            folder.rename(kept)
    return kept


def usable_python() -> str:
    """Return the name that the action looks for where it will do, else an interpreter of ours that has pip."""
    probe = ("-I", "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))")
    candidates = ("python3", sys.executable, str(Path(sys.base_prefix) / "bin/python3"))
    return next(name for name in candidates if shutil.which(name) and run(CHECKOUT, name, *probe).code == 0)


def copying_python(store: Path, python: str, runs: Mapping[str, Run]) -> Path:
    """Keep in `store` what these runs have installed, by lock, and return the interpreter that copies it."""
    for lock, seen in runs.items():
        (site,) = (seen.folder / "runner").glob("onrecord.*")
        (store / lock).symlink_to(site)
    real = succeed(CHECKOUT, python, "-I", "-c", "import sys; print(sys.executable)")  # not the launcher of a manager
    path = store / "python"
    path.write_text(COPYING_PYTHON.format(store=store, python=real))
    path.chmod(0o755)
    return path


def carry_out(
    scenario: Scenario, folder: Path, given: Mapping[str, str], env: Mapping[str, str], shell: Shell | None
) -> Run:
    """Check out the scenario's pull request in `folder` and run the action there, by bash unless `shell` is given."""
    write(folder, scenario.around)
    commits = check_out_pull_request(folder, scenario.base, scenario.head, **scenario.checkout)
    name = "push" if scenario.push else "schedule" if scenario.schedule else "pull_request"
    if scenario.schedule:
        event = {"schedule": "23 5 * * 1", "repository": REPOSITORY}
    elif scenario.push:
        event = push_event(commits.base_sha, commits.merge_sha)
    else:
        event = pull_request_event(base_sha=commits.base_sha, head_sha=commits.head_sha, **scenario.event)
    with FakeGitHub() as fake:
        pull = fake.pull(event.get("number", 1), base_sha=commits.base_sha, head_sha=commits.head_sha, body=None)
        if scenario.schedule:
            fake.token(scenario.token, access="none", issues="write")
        server = fake.environment(scenario.token) if scenario.token else {}
        server.pop("GITHUB_TOKEN", None)
        result = run_action(
            CHECKOUT,
            inputs=dict(given) | dict(scenario.inputs),
            event_name=name,
            event=event,
            workspace=commits.folder,
            temp=folder / "runner",
            env=dict(env)
            | server
            | {name: value.replace("$GITHUB_WORKSPACE", str(commits.folder)) for name, value in scenario.env.items()},
            token=scenario.token,
            shell=shell,
        )
        kept = tuple(issue.body for issue in fake.repository().issues.values())
        return Run(result, folder, tuple(comment.body for comment in pull.comments), kept)


@pytest.mark.parametrize("name", sorted(SCENARIOS.keys() - {"no-python"}))
def test_every_output_is_written_on_every_path(runs: Runs, name: str) -> None:
    outputs = runs(name).result.outputs
    assert outputs.keys() == OUTPUTS
    assert outputs["result"] in ("pass", "warn", "fail", "skipped")
    assert outputs["asks"] in ("true", "false")


@pytest.mark.parametrize(
    ("name", "code", "result", "asks"),
    [
        ("decided", 0, "pass", "true"),
        ("undecided", 0, "warn", "true"),
        ("draft", 0, "skipped", "false"),
        ("bot", 0, "skipped", "false"),
        ("bad-record", 1, "fail", "false"),
        ("bad-record-nudged", 0, "warn", "false"),
        ("old-fault", 0, "warn", "false"),
        ("required", 1, "fail", "true"),
        ("required-of-the-author", 0, "warn", "true"),
        ("never", 0, "warn", "false"),
        ("shallow", 1, "fail", "false"),
        ("push", 1, "fail", "false"),
        ("narrowed", 1, "fail", "false"),
        ("upkeep", 0, "pass", "false"),
        ("misused", 2, "fail", "false"),
        ("planted", 1, "fail", "false"),
        ("hostile", 1, "fail", "true"),
        ("hostile-nudge", 0, "warn", "true"),
    ],
)
def test_exit_code_result_and_question(runs: Runs, name: str, code: int, result: str, asks: str) -> None:
    seen = runs(name).result
    assert (seen.exit_code, seen.outputs["result"], seen.outputs["asks"]) == (code, result, asks), seen.log


def test_a_decision_in_a_long_description_with_windows_line_ends_and_emoji_is_read(runs: Runs) -> None:
    decided = runs("decided")
    assert decided.annotations == []
    assert decided.counts == ["0", "0", "0"]
    rows = table_rows(decided.result.summary)
    assert rows["Decision"].startswith(
        "Render invoices with WeasyPrint, because wkhtmltopdf gets no security fixes. 🔒"
    )
    assert rows["Instead of"].startswith("Chromium without a window")
    assert rows["Because"].startswith("wkhtmltopdf gets no security fixes")
    assert rows["Owner"] == "Mara Lindqvist"


def test_a_bad_record_that_the_pull_request_leaves_alone_is_not_its_business(runs: Runs) -> None:
    for name in ("decided", "undecided", "bad-record"):
        assert BAD not in runs(name).visible


def test_a_missing_decision_is_a_notice_without_a_file_and_a_block_to_paste(runs: Runs) -> None:
    """Also when the description is empty, which GitHub sends as null."""
    seen = runs("undecided")
    assert [(level, file) for level, _, file, _ in seen.findings] == [("notice", None)] * len(seen.findings)
    assert "it touches services/billing/render.py" in seen.result.summary
    assert seen.counts == ["0", "0", "1"]
    (block,) = [token.content for token in flat(seen.result.summary) if token.type == "fence"]
    assert [line.partition(":")[0] for line in block.splitlines()] == ["Decision", "Instead of", "Because", "Owner"]


def test_a_label_asks_too(runs: Runs) -> None:
    assert "the label “decision” asks for a decision" in runs("hostile-nudge").result.summary


@pytest.mark.parametrize(("name", "why"), [("draft", "a draft"), ("bot", "opened by an automation")])
def test_who_is_not_asked_is_told_why_and_not_nudged(runs: Runs, name: str, why: str) -> None:
    seen = runs(name)
    assert seen.annotations == []
    assert f"Nothing is asked: {why}." in seen.result.summary
    assert "Ready to paste" not in seen.visible


def test_a_bad_record_of_the_pull_request_is_an_error_at_its_line(runs: Runs) -> None:
    seen = runs("bad-record")
    assert seen.findings[0] == ("error", "decision-empty", NEW_BAD, str(BAD_LINE))
    assert [rule for _, rule, _, _ in seen.findings[1:]] == ["accepted-edited"], "the sound one has a new last line"
    assert seen.counts == ["1", "0", "1"]
    assert f"`{NEW_BAD}:{BAD_LINE}`" in seen.result.summary


def test_the_report_is_where_the_output_says_and_holds_what_was_found(runs: Runs) -> None:
    seen = runs("bad-record")
    assert seen.result.outputs["report-path"] == "report.json"
    found = [(f["rule"], f["path"], f["line"]) for f in seen.report()["findings"] if f["severity"] == "error"]
    assert found == [("decision-empty", NEW_BAD, BAD_LINE)]


def test_the_report_holds_the_pull_request_too(runs: Runs) -> None:
    pull = runs("bad-record").report()["pull_request"]
    assert (pull["asks"], pull["exempt"], pull["records_added"]) == (False, None, [GOOD, "docs/adr/0006-a.md", NEW_BAD])


def test_the_findings_on_records_are_there_for_code_scanning(runs: Runs) -> None:
    seen = runs("bad-record")
    sarif = json.loads((seen.folder / "workspace" / seen.result.outputs["sarif-file"]).read_text("utf-8"))
    assert "decision-empty" in {result["ruleId"] for result in sarif["runs"][0]["results"]}


def test_a_fault_on_a_line_that_the_change_leaves_alone_is_shown_and_does_not_fail(runs: Runs) -> None:
    assert runs("old-fault").findings == [("error", "decision-empty", BAD, str(BAD_LINE))]


def test_with_a_token_it_leaves_a_comment_by_the_dependencies_of_the_lock_alone(runs: Runs) -> None:
    seen = runs("with-token")
    assert [comment.split("\n")[0] for comment in seen.comments] == ["<!-- onrecord:comment:v1 -->"]
    assert seen.result.outputs["comment-id"].isdigit()
    assert (seen.result.exit_code, seen.result.outputs["result"]) == (0, "warn")
    assert "ghs_ours" not in seen.visible


def test_on_a_schedule_it_keeps_the_one_issue(runs: Runs) -> None:
    seen = runs("upkeep")
    (issue,) = seen.issues
    assert issue.startswith("<!-- onrecord:upkeep:v1 known=")
    assert "it was to be reviewed by 2026-04-01" in issue
    assert seen.result.outputs["issue-number"].isdigit()
    assert (seen.counts, seen.comments, seen.annotations) == (["0", "0", "1"], (), [])
    assert "The upkeep issue was opened" in seen.result.summary
    assert "ghs_weekly" not in seen.visible


def test_without_a_token_it_says_where_the_description_is_from(runs: Runs) -> None:
    assert "No token was given" in runs("decided").result.summary
    assert "token" not in runs("push").result.summary


def test_fail_on_never_shows_the_error_and_lets_it_pass(runs: Runs) -> None:
    seen = runs("never")
    assert ("error", "decision-empty", NEW_BAD, str(BAD_LINE)) in seen.findings
    assert seen.result.conclusion == "success"


def test_a_number_that_an_untouched_record_has_already_is_an_error_on_the_new_one(runs: Runs) -> None:
    """Two pull requests that take the same next number are how it happens; the second one has to hear of it."""
    found = [finding for finding in runs("never").findings if finding[1] == "number-duplicate"]
    assert [(level, file) for level, _, file, _ in found] == [("error", "docs/adr/0001-twin.md")]


def test_a_shallow_checkout_has_all_records_checked_and_says_so(runs: Runs) -> None:
    seen = runs("shallow")
    assert seen.findings == [("error", "decision-empty", BAD, str(BAD_LINE))]
    for text in (seen.result.summary, seen.result.log):
        assert "too shallow" in text
        assert "all records were checked" in text
        assert "“fetch-depth: 2”" in text
    assert "shallow" not in runs("bad-record").visible


def test_a_checked_out_branch_that_ends_in_a_merge_is_compared_with_its_base(runs: Runs) -> None:
    """With `ref: …head.sha` the last commit may be the author's merge of the base, whose first parent is the branch."""
    assert runs("branch").findings == [("error", "decision-empty", NEW_BAD, str(BAD_LINE))]


def test_a_push_has_all_records_checked(runs: Runs) -> None:
    seen = runs("push")
    assert seen.counts == ["13", "0", "0"]
    assert "14 records checked" in seen.result.summary
    assert "pull request" not in seen.result.summary


def test_more_errors_than_github_shows_are_counted_and_all_in_the_summary(runs: Runs) -> None:
    seen = runs("push")
    errors = [annotation for annotation in seen.annotations if annotation.level == "error"]
    assert len(errors) == 10
    assert {a.properties["title"] for a in errors[:9]} == {"decision-empty"}
    assert errors[9].message == "and 4 more errors; the summary lists all"
    assert seen.result.summary.count("| 🔴 error |") == 13


def test_config_and_paths_are_followed(runs: Runs) -> None:
    """One path a line, blanks and blank lines aside; the named file's `fail-on: warning` stands in for onrecord.yml."""
    seen = runs("narrowed")
    path = "apps/decisions/0001-a.md"
    assert seen.findings == [("warning", "owner-placeholder", path, str(WARNED_LINE))]
    assert seen.report()["files"] == [path, GOOD]


def test_a_bad_input_is_named(runs: Runs) -> None:
    seen = runs("misused")
    assert "fail-on: “sometimes” is none of error, warning, notice, never" in seen.result.log
    assert "“sometimes” is none of error, warning, notice, never" in seen.result.summary
    assert [(a.level, a.properties) for a in seen.annotations if a.properties] == [("error", {"title": "OnRecord"})]


def test_without_a_new_enough_python_an_error_says_what_to_do(runs: Runs) -> None:
    seen = runs("no-python")
    assert seen.result.exit_code == 2
    assert [(a.level, a.properties) for a in seen.annotations] == [("error", {"title": "OnRecord"})]
    assert "setup-python" in seen.annotations[0].message


def test_nothing_planted_in_the_workspace_runs(runs: Runs) -> None:
    seen = runs("planted")
    assert [path.name for path in seen.folder.rglob("*.ran")] == []
    assert ("error", "decision-empty", NEW_BAD, str(BAD_LINE)) in seen.findings


def test_a_record_is_not_read_through_a_link_out_of_the_repository(runs: Runs) -> None:
    seen = runs("planted")
    assert "a symlink that leads out of the repository is not followed" in seen.result.summary
    assert SECRET not in seen.visible


def test_a_report_is_not_written_through_a_link_out_of_the_repository(runs: Runs) -> None:
    seen = runs("planted")
    assert (seen.folder / "outside/precious.json").read_text("utf-8") == '"precious"'


def test_a_configuration_is_not_read_through_a_link_out_of_the_repository(runs: Runs) -> None:
    """The sentence about what is wrong in it would show it."""
    seen = runs("linked-config")
    assert SECRET not in seen.visible
    assert seen.result.exit_code == 2


HOSTILE = tuple(name for name in SCENARIOS if name.startswith("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_command_in_foreign_text_takes_effect(runs: Runs, name: str) -> None:
    seen = runs(name)
    annotating = [command for command in seen.result.commands if command != "stop-commands"]
    assert set(annotating) <= {"error", "warning", "notice"}
    assert seen.result.commands.count("stop-commands") <= 1
    assert seen.result.masks == []
    assert len(annotating) == len(seen.annotations) + seen.result.annotations_dropped
    assert [a for a in seen.annotations if a.message == "x"] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_no_foreign_line_of_the_log_would_be_a_command_even_without_the_bracket(runs: Runs, name: str) -> None:
    """Commands that are switched off around foreign text are one guard; that none is left in it is the other."""
    printed = runs(name).result.log.partition("::stop-commands::***\n")[2].partition("\n::***::\n")[0]
    assert [line for line in printed.split("\n") if parse_command(line, REGISTERED)] == []


@pytest.mark.parametrize("name", sorted(STARTED.intersection(HOSTILE)))
def test_no_shell_reads_foreign_text(runs: Runs, name: str) -> None:
    assert [path.name for path in runs(name).folder.rglob("pwned")] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_no_control_character_of_foreign_text_reaches_anybody(runs: Runs, name: str) -> None:
    assert [character for character in hostile.UNSEEN if character in runs(name).visible] == []


def test_annotations_on_hostile_records_name_our_rules_and_real_files(runs: Runs) -> None:
    seen = runs("hostile")
    shown = {re.sub(r"[^\n -~]", lambda m: ascii(m[0])[1:-1], name) for name in hostile.RECORDS}
    assert {rule for _, rule, _, _ in seen.findings} <= {*ALL_RULES, "OnRecord"}
    assert {file for _, _, file, _ in seen.findings if file} == shown
    by_level = [sum(level == word for level, *_ in seen.findings) for word in ("error", "warning", "notice")]
    assert seen.counts == [str(number) for number in by_level]


@pytest.mark.parametrize("name", HOSTILE)
def test_foreign_text_stays_text_in_the_summary(runs: Runs, name: str) -> None:
    """GitHub's Markdown is read as it will be: what is left as HTML, links and headings must be ours."""
    tokens = flat(runs(name).result.summary)
    html = [t.content.strip() for t in tokens if t.type.startswith("html_")]
    assert [
        h for h in html if not re.fullmatch(r"<details><summary>Left out: \d+ files?</summary>|</details>", h)
    ] == []
    links = [str(t.attrs["href"]) for t in tokens if t.type == "link_open"]
    assert [to for to in links if not re.fullmatch(r"https://onrecord\.github\.io/onrecord/rules/[a-z-]+", to)] == []
    assert [t.content for t in tokens if t.type == "image"] == []
    headings = [after.content for t, after in pairwise(tokens) if t.type == "heading_open"]
    assert (
        headings == ["OnRecord could not run"]
        or headings
        == [
            "The decision in this pull request",
            "Decision records",
        ][: len(headings)]
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_nobody_is_mentioned_and_no_issue_is_linked(runs: Runs, name: str) -> None:
    assert re.findall(r"@octo\w+|#1", text_of(runs(name).result.summary)) == []


def test_nobody_is_mentioned_by_an_entity_that_markdown_turns_into_a_sign(runs: Runs) -> None:
    assert re.findall(r"@entity|#777", text_of(runs("hostile").result.summary)) == []


def test_a_bar_does_not_leave_its_cell_and_a_fence_not_its_block(runs: Runs) -> None:
    rows = table_rows(runs("hostile").result.summary)
    assert [part for part in ("Decision", "Instead of", "Because") if "| x |" not in rows[part]] == []
    fences = [t.content.splitlines() for t in flat(runs("hostile-nudge").result.summary) if t.type == "fence"]
    assert [len(lines) for lines in fences] == [4]
    assert "@octocat '''" in fences[0][3]


def flat(markdown: str) -> list[Token]:
    """Return the tokens of GitHub Markdown, those inside of lines included."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [each for token in tokens for each in (token, *(token.children or ()))]


def text_of(markdown: str) -> str:
    """Return the text that GitHub searches for mentions and references: what is shown, and is no code."""
    return "\n".join(token.content for token in flat(markdown) if token.type == "text")


def table_rows(markdown: str) -> dict[str, str]:
    """Return the second cell of each table row by the first one, as text."""
    tokens = flat(markdown)
    cells = [
        "".join(t.content for t in tokens[i + 1].children or ()) for i, t in enumerate(tokens) if t.type == "td_open"
    ]
    return dict(zip(cells[::2], cells[1::2], strict=False))
