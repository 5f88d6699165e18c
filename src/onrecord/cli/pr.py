"""`onrecord pr`: one pull request, read offline from its event file, or from GitHub."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.event import read_change, read_occasion
from onrecord.adapters.settings import load_config
from onrecord.change import Change, Judged, judge_change
from onrecord.check import Finding
from onrecord.check.config import severity_or_never
from onrecord.cli.check import add_policy_arguments
from onrecord.cli.common import FORMATS, repository, say, verify_rule_names, vocabulary_of, wants_color, write_out
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.cli.pull_request import judge_policy, refuses, taken_by_others, triggers_of

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config

PULL_REQUEST = re.compile(
    r"(?:https?://[^/\s]+/)?(?P<repository>[\w.-]+/[\w.-]+)(?:#|/pull/)(?P<number>\d{1,9})(?:/.*)?\Z", re.ASCII
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add_source_arguments(parser)
    parser.add_argument("--output-format", choices=FORMATS, default="text")
    parser.add_argument("--output", metavar="FILE", help="write to a file")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "notice", "never"),
        help="lowest severity that gives exit code 1 (default: error, or the configuration's)",
    )
    add_policy_arguments(parser)


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where a pull request is read from."""
    parser.add_argument(
        "pull_request",
        nargs="?",
        metavar="OWNER/REPO#N",
        help="a pull request on GitHub, read with GITHUB_TOKEN (needs onrecord[github])",
    )
    parser.add_argument("--event", metavar="FILE", help="read a GitHub pull_request event (JSON) instead, offline")
    parser.add_argument("--files", metavar="FILE", help="with --event: the changed files, as GitHub lists them (JSON)")


def run(options: argparse.Namespace) -> int:
    """Read, judge and print; return the exit code."""
    root = repository()
    config = load_config(root, options.config)
    verify_rule_names(options, root, config)
    change, taken = _change(options, root, config)
    if change is None:
        say([f"{options.event}: no pull request in this event"])
        return NOTHING
    pulls = config.pull_requests
    if change.files is None and (pulls.paths or pulls.code_owners or pulls.governed):
        say(["the changed files are not known, so paths, code owners and scopes were not tried; --files names them"])
    judged: Judged = judge_change(change, triggers_of(config, root), vocabulary_of(config))
    findings: list[Finding] = judge_policy(judged, config, options.select, options.ignore, taken)
    write_out(_render(judged, findings, options), options.output)
    level = severity_or_never(options.fail_on) if options.fail_on else config.fail_on
    is_refused = options.fail_on is None and pulls.mode == "require" and refuses(judged.facts)
    return int(is_refused or (level is not None and any(f.severity >= level for f in findings)))


def _change(options: argparse.Namespace, root: Path, config: Config) -> tuple[Change | None, dict[str, int]]:
    """Return the pull request of the event file, else that of GitHub; None for an event that carries none.

    Beside it: the records that other open pull requests add, as far as GitHub was asked.
    """
    if bool(options.event) == bool(options.pull_request):
        raise UsageFault("name one pull request: OWNER/REPO#N, or --event FILE")
    if options.event:
        change = read_change(options.event, options.files)
        return (with_files(change, options.event, root) if change and change.files is None else change), {}
    named = PULL_REQUEST.match(options.pull_request)
    if named is None:
        raise UsageFault(f"{options.pull_request}: a pull request is named like OWNER/REPO#12, or by its address")
    from onrecord.adapters.github import open_github

    github = open_github(os.environ)
    pull = github.pull_request(named["repository"], int(named["number"]))
    return pull.change, taken_by_others(github, pull.repository, pull.change, config)


def with_files(change: Change, event: str | Path, root: Path) -> Change:
    """Return the change with its files, where this clone holds both of its ends: an event never lists them."""
    from onrecord.adapters.checkout import between

    occasion = read_occasion("pull_request", Path(event))
    here = between(root, occasion.base_sha, occasion.head_sha)
    return change._replace(files=here.files()) if here else change


def _render(judged: Judged, findings: list[Finding], options: argparse.Namespace) -> str:
    from onrecord.render import pull_request as faces

    if options.output_format == "json":
        return faces.render_json(judged.facts, findings)
    if options.output_format == "github":
        from onrecord.render.github import annotate

        return annotate(findings)
    if options.output_format == "markdown":
        return faces.render_markdown(judged.facts, findings)
    return faces.render_text(judged.facts, findings, judged.change.title, wants_color(options.output))
