"""The Actions runner: its environment, its output file, its summary, and its habit of reading our output as commands."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMARY_BYTES = 1_000_000  # GitHub drops a step's summary above 1 MiB whole


class RunnerContext(NamedTuple):
    """What the runner tells a step. Paths are None where the runner gave none."""

    event_name: str
    event_path: Path | None
    workspace: Path
    output: Path | None
    summary: Path | None


def read_context(environment: Mapping[str, str]) -> RunnerContext:
    """Return the context from the runner's variables."""

    def path(name: str) -> Path | None:
        return Path(environment[name]) if environment.get(name) else None

    return RunnerContext(
        environment.get("GITHUB_EVENT_NAME", ""),
        path("GITHUB_EVENT_PATH"),
        path("GITHUB_WORKSPACE") or Path.cwd(),
        path("GITHUB_OUTPUT"),
        path("GITHUB_STEP_SUMMARY"),
    )


def read_input(environment: Mapping[str, str], name: str) -> str | None:
    """Return an input of the action; one that was left out arrives as the empty string and counts as not set."""
    return environment.get(f"ONRECORD_{name}", "").strip() or None


def write_outputs(context: RunnerContext, values: Mapping[str, str]) -> None:
    """Append step outputs, always in the form that a line break in a value cannot leave."""
    if context.output is None:
        return
    delimiter = f"ghadelimiter_{uuid.uuid4()}"
    blocks = []
    for name, value in values.items():
        if delimiter in name or delimiter in value:
            raise ValueError("an output holds its own delimiter")
        blocks.append(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")
    with context.output.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as handle:
        handle.write("".join(blocks))


def write_summary(context: RunnerContext, markdown: str) -> None:
    """Append to the job summary, cut at a line when it would be dropped for its size."""
    if context.summary is None:
        return
    content = markdown.encode("utf-8", "backslashreplace")
    if len(content) > SUMMARY_BYTES:
        content = content[: content.rfind(b"\n", 0, SUMMARY_BYTES) + 1] + b"\nThe rest did not fit here.\n"
    with context.summary.open("ab") as handle:
        handle.write(content)


def print_bracketed(text: str, stream: TextIO) -> None:
    """Print text that may hold other people's words, with the runner's command reading switched off around it.

    The runner reads commands in both streams, at a line's start (`::cmd::`) and anywhere in it (`##[cmd]`).
    """
    token = secrets.token_hex(16)
    stream.write(f"::stop-commands::{token}\n{harmless(text)}\n::{token}::\n")
    stream.flush()


def harmless(text: str) -> str:
    """Prefix every line and break `##[`, so that nothing is a command even where the bracket does not hold."""
    lines = text.replace("\r", "\n").replace("##[", "##\u200b[").split("\n")
    return "\n".join(f"| {line}" if line else "|" for line in lines)
