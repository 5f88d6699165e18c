"""Run a composite action on this machine, with bash, the way GitHub's runner would.

The runner's own words and order of events follow actions/runner at 258d6c8 (`CompositeActionHandler.cs`,
`ActionRunner.cs`, `ScriptHandler.cs`). What it does not model raises; it never guesses.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any
from uuid import uuid4

import yaml
from runner_commands import Annotation, CommandError, Journal, StepOutput, decoded, parse_pairs
from runner_expressions import CaseSensitive, Closed, interpolate, is_met

__all__ = ["ActionResult", "Annotation", "UnsupportedActionError", "run_action"]

STEP_KEYS = {"id", "name", "if", "run", "shell", "env", "working-directory", "continue-on-error"}
# Runs a script in a folder with an environment, hands on each line of its output, and returns its exit code.
Shell = Callable[[Path, Path, dict[str, str], Callable[[str], None]], int]
STEP_SECONDS = 300
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
# How pip finds its index: a runner's image would bring these settings along.
NETWORK_VARIABLES = {
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "XDG_CONFIG_HOME"),
}


class UnsupportedActionError(ValueError):
    """The action uses something this runner does not reproduce, such as a nested `uses:`."""


@dataclass(frozen=True)
class ActionResult:
    """What a workflow and a person see of the action.

    `exit_code` is that of the first step that failed, 1 if it failed without its process failing, else 0.
    `annotations_dropped` counts those over ten of a level, and blank ones. `commands` names, in order, the workflow
    commands that took effect. `log` is what the steps printed, without the headers GitHub adds.
    """

    exit_code: int
    conclusion: str
    outputs: dict[str, str]
    annotations: list[Annotation]
    annotations_dropped: int
    summary: str
    log: str
    commands: list[str]
    masks: list[str]


def run_action(
    action_dir: Path,
    *,
    inputs: dict[str, str],
    event_name: str,
    event: dict[str, Any],
    workspace: Path,
    temp: Path,
    env: dict[str, str] | None = None,
    token: str = "",
    shell: Shell | None = None,
) -> ActionResult:
    """Run every step of `action_dir`/action.yml in `workspace` and report what became visible.

    `token` is what `github.token` holds; GitHub puts it into no variable. `env` is the environment of the job; its
    GITHUB_* and RUNNER_* entries replace what the runner would say itself, as another server or repository would.
    `temp` becomes RUNNER_TEMP. `shell` runs the scripts in place of bash.
    """
    manifest = _load(action_dir / "action.yml")
    temp.mkdir(parents=True, exist_ok=True)
    event_path = temp / "event.json"
    event_path.write_text(json.dumps(event), encoding="utf-8")
    job_env = dict(env or {})
    variables = _runner_variables(event_name, event) | {
        "GITHUB_ACTION_PATH": str(action_dir),
        "GITHUB_EVENT_PATH": str(event_path),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temp),
    }
    for name in [name for name in job_env if name.startswith(("GITHUB_", "RUNNER_"))]:
        variables[name] = job_env.pop(name)
    run = _CompositeRun(manifest, inputs, event, variables, job_env, token, shell or _run_bash)
    for step in manifest["runs"]["steps"]:
        run.step(step)
    return run.result()


def _load(path: Path) -> dict[str, Any]:
    """Read an action file with every scalar as text, as GitHub's templates see it, and refuse what is not modelled."""
    manifest: dict[str, Any] = yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()
    runs = manifest["runs"]
    if runs["using"] != "composite":
        raise UnsupportedActionError(f"using: {runs['using']}")
    for step in runs["steps"]:
        if unknown := step.keys() - STEP_KEYS:
            raise UnsupportedActionError(f"step with {', '.join(sorted(unknown))}")
        if step.get("shell") != "bash":
            raise UnsupportedActionError(f"shell: {step.get('shell')}")
    return manifest


def _runner_variables(event_name: str, event: Mapping[str, Any]) -> dict[str, str]:
    pull = event.get("pull_request") or {}
    group = event.get("merge_group") or {}
    base_ref = str((pull.get("base") or {}).get("ref", ""))
    ref = str(group.get("head_ref") or event.get("ref") or "refs/heads/main")
    if event_name == "pull_request":
        ref = f"refs/pull/{pull.get('number')}/merge"
    elif event_name == "pull_request_target":
        ref = f"refs/heads/{base_ref}"
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTOR": str((event.get("sender") or {}).get("login", "octocat")),
        "GITHUB_API_URL": "https://api.github.com",
        "GITHUB_BASE_REF": base_ref,
        "GITHUB_EVENT_NAME": event_name,
        "GITHUB_GRAPHQL_URL": "https://api.github.com/graphql",
        "GITHUB_HEAD_REF": str((pull.get("head") or {}).get("ref", "")),
        "GITHUB_JOB": "check",
        "GITHUB_REF": ref,
        "GITHUB_REPOSITORY": str((event.get("repository") or {}).get("full_name", "octocat/hello-world")),
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": "1",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_SHA": str(pull.get("merge_commit_sha") or group.get("head_sha") or "0" * 40),
        "GITHUB_WORKFLOW": "Check",
        "RUNNER_OS": "macOS" if sys.platform == "darwin" else "Linux",
    }


class _CompositeRun:
    """The state of one run: what steps left behind, and what became visible."""

    def __init__(
        self,
        manifest: dict[str, Any],
        inputs: dict[str, str],
        event: dict[str, Any],
        variables: dict[str, str],
        job_env: dict[str, str],
        token: str,
        shell: Shell,
    ) -> None:
        self.manifest, self.shell = manifest, shell
        self.journal = Journal()
        self.status, self.exit_code = "success", 0
        self.variables, self.global_env = variables, job_env
        self.extra_path: list[str] = []
        self.workspace, self.temp = Path(variables["GITHUB_WORKSPACE"]), Path(variables["RUNNER_TEMP"])
        self.contexts: dict[str, Any] = {
            "github": Closed(_context("GITHUB_", variables), event=event, token=token),
            "runner": Closed(_context("RUNNER_", variables)),
        }
        self.contexts["inputs"] = self._inputs(inputs)
        self.contexts["steps"] = Closed({step["id"]: None for step in manifest["runs"]["steps"] if "id" in step})

    def _inputs(self, given: Mapping[str, str]) -> Closed:
        declared = self.manifest.get("inputs") or {}
        given = {name.lower(): value for name, value in given.items()}
        values = Closed()
        for name, definition in declared.items():
            if name.lower() in given and "deprecationMessage" in definition:
                message = definition["deprecationMessage"]
                self.journal.annotate("warning", f"Input '{name}' has been deprecated with message: {message}")
            default = interpolate(definition.get("default", ""), self.contexts)
            values[name] = given.pop(name.lower(), default)
        if given:
            unexpected, valid = "', '".join(given), "', '".join(declared)
            self.journal.annotate("warning", f"Unexpected input(s) '{unexpected}', valid inputs are ['{valid}']")
        return values

    def step(self, step: Mapping[str, Any]) -> None:
        """Run one step if its condition holds, and take over what it leaves behind."""
        contexts = self.contexts | {"env": CaseSensitive(self.global_env)}
        step_env = {name: interpolate(value, contexts, self.status) for name, value in (step.get("env") or {}).items()}
        contexts["env"] = CaseSensitive(self.global_env | step_env)
        outputs: dict[str, str] = {}
        outcome = conclusion = "skipped"
        if is_met(step.get("if", ""), contexts, self.status):
            exit_code = self._execute(step, contexts, step_env, outputs)
            outcome = conclusion = "failure" if exit_code else "success"
            if exit_code and self._continues(step, contexts):
                conclusion = "success"
            elif exit_code:
                self.status, self.exit_code = "failure", self.exit_code or exit_code
        if "id" in step:
            self.contexts["steps"][step["id"]] = Closed(outputs=outputs, outcome=outcome, conclusion=conclusion)

    def _continues(self, step: Mapping[str, Any], contexts: Mapping[str, Any]) -> bool:
        answer = interpolate(step.get("continue-on-error", "false"), contexts, self.status)
        if answer not in ("true", "false"):
            raise UnsupportedActionError(f"continue-on-error: {answer!r}")
        return answer == "true"

    def _execute(
        self, step: Mapping[str, Any], contexts: Mapping[str, Any], step_env: dict[str, str], outputs: dict[str, str]
    ) -> int:
        """Run the script and read back its output and files; return its exit code, or 1 if the runner objects."""
        script = self.temp / f"{uuid4()}.sh"
        script.write_text(interpolate(step["run"], contexts, self.status), encoding="utf-8")
        folder = self.workspace / interpolate(step.get("working-directory", ""), contexts, self.status)
        files = _command_files(self.temp)
        environment = _base_environment() | self.global_env | step_env
        environment["PATH"] = os.pathsep.join([*reversed(self.extra_path), environment["PATH"]])
        environment |= self.variables | {name: str(path) for name, path in files.items()}
        output = StepOutput(self.journal, self.workspace, lambda name, value: outputs.update({name.lower(): value}))
        exit_code = self.shell(script, folder, environment, output.feed)
        if exit_code:
            self.journal.annotate("error", f"Process completed with exit code {exit_code}.")
        accepted = [self._read_file(name, path, outputs) for name, path in files.items()]
        return exit_code or int(output.failed or not all(accepted))

    def _read_file(self, name: str, path: Path, outputs: dict[str, str]) -> bool:
        """Obey one command file; a malformed one fails the step, after what stood before the fault took effect."""
        content = path.read_bytes() if path.exists() else b""
        try:
            if name == "GITHUB_PATH":
                self._add_paths(decoded(content).replace("\r", "\n").split("\n"))
            elif name == "GITHUB_STEP_SUMMARY":
                self.journal.add_summary(content)
            else:
                for key, value in parse_pairs(decoded(content)):
                    self._set(name, key, value, outputs)
        except CommandError as error:
            command = name.removeprefix("GITHUB_").lower()
            self.journal.annotate("error", f"Unable to process file command '{command}' successfully.")
            self.journal.annotate("error", str(error))
            return False
        return True

    def _add_paths(self, paths: list[str]) -> None:
        for path in filter(None, paths):
            self.extra_path = [*(known for known in self.extra_path if known != path), path]

    def _set(self, file: str, key: str, value: str, outputs: dict[str, str]) -> None:
        if file == "GITHUB_OUTPUT":
            outputs[key.lower()] = value
        elif file == "GITHUB_ENV" and key.upper() == "NODE_OPTIONS":
            self.journal.annotate("error", f"Can't store {key.upper()} output parameter using '$GITHUB_ENV' command.")
        elif file == "GITHUB_ENV":
            self.global_env[key] = value

    def result(self) -> ActionResult:
        """Evaluate the action's outputs, which GitHub does after a failure too."""
        contexts = self.contexts | {"env": CaseSensitive(self.global_env)}
        declared = self.manifest.get("outputs") or {}
        return ActionResult(
            exit_code=self.exit_code,
            conclusion=self.status,
            outputs={name: interpolate(output["value"], contexts, self.status) for name, output in declared.items()},
            annotations=self.journal.annotations,
            annotations_dropped=self.journal.dropped,
            summary=self.journal.summary,
            log="".join(f"{line}\n" for line in self.journal.lines),
            commands=self.journal.commands,
            masks=self.journal.masks,
        )


def _context(prefix: str, variables: Mapping[str, str]) -> dict[str, str]:
    names = [name for name in variables if name.startswith(prefix)]
    return {name.removeprefix(prefix).lower(): variables[name] for name in names}


def _command_files(temp: Path) -> dict[str, Path]:
    """Create the files of one step; the order is that in which the runner reads them back."""
    folder = temp / "_runner_file_commands"
    folder.mkdir(exist_ok=True)
    names = ("GITHUB_PATH", "GITHUB_ENV", "GITHUB_STEP_SUMMARY", "GITHUB_STATE", "GITHUB_OUTPUT")
    files = {name: folder / f"{name.lower()}_{uuid4()}" for name in names}
    for path in files.values():
        path.touch()
    return files


def _base_environment() -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("PIP_") or name.upper() in NETWORK_VARIABLES or name in ("HOME", "PATH")
    }
    return inherited | {"CI": "true", "LANG": "C.UTF-8"}


def _run_bash(script: Path, folder: Path, environment: dict[str, str], feed: Callable[[str], None]) -> int:
    """Run a script and feed each line of both streams; a lone carriage return ends a line too, as in .NET."""
    lock = Lock()

    def drain(stream: IO[str] | None) -> None:
        for line in stream or ():
            with lock:
                feed(line.removesuffix("\n"))

    process = subprocess.Popen(
        [*BASH, str(script)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    with process, ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(drain, stream) for stream in (process.stdout, process.stderr)]
        finished, running = wait(readers, timeout=STEP_SECONDS, return_when=FIRST_EXCEPTION)
        if running:
            os.killpg(process.pid, signal.SIGKILL)
        for reader in finished:
            reader.result()
        if running:
            raise UnsupportedActionError(f"a step, or what it left running, took over {STEP_SECONDS} seconds")
    return process.returncode
