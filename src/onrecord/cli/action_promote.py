"""One run of the Action that makes a record of what a merged pull request decided: a file in the checkout, no commit."""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.comment import keep_comment
from onrecord.adapters.event import PULL_REQUEST_EVENTS
from onrecord.adapters.github import GitHubError, open_github
from onrecord.adapters.runner import print_bracketed, write_summary
from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, today
from onrecord.cli.main import UsageFault
from onrecord.cli.pr import with_files
from onrecord.cli.promote import write_record
from onrecord.cli.promote_record import back_link, look_up
from onrecord.cli.promote_source import from_commit, of_occasion
from onrecord.render.safe import code_span, for_markdown, for_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.github import GitHub, PullRequest
    from onrecord.adapters.runner import RunnerContext
    from onrecord.cli.action_run import Inputs
    from onrecord.cli.promote_source import Source

EVENTS = (*PULL_REQUEST_EVENTS, "push")
NOT_MERGED = "This pull request is not merged, so there is nothing to make a record of."
NO_CHECKOUT = "mode: promote writes into a checkout; is there a step with actions/checkout before this one?"
_ODD = re.compile(r"[^\w .,:()+/-]+")
MOST_LETTERS = 100  # of a title that becomes the name of a pull request


class _Done(NamedTuple):
    """What a run came to: a sentence, and the path and title of the record that it wrote (empty for none)."""

    sentence: str
    path: str = ""
    title: str = ""
    link: str = ""


def promote(occasion: Occasion, inputs: Inputs, context: RunnerContext) -> tuple[int, dict[str, str]]:
    """Write the record and show it; return the exit code and the outputs.

    No decision, a waiver and a record that is there already are sentences of the summary. Faults of GitHub are notes there
    too; those of the set-up are raised (UsageFault, ConfigFault, GitError).
    """
    if context.event_name not in EVENTS:
        raise UsageFault(f"mode: promote runs on pull_request and push, and this is {context.event_name or 'neither'}")
    if occasion.pull is not None and not occasion.pull.get("merged_at"):
        return _finish(_Done(NOT_MERGED), [], context)
    root = repository()
    if not (root / ".git").exists():
        raise UsageFault(NO_CHECKOUT)
    notes: list[str] = []
    github = _open(notes)
    pull = _fetch(github, occasion, root, notes)
    try:
        done = _write(_source(occasion, pull, root, context), root, inputs)
    except UsageFault as fault:  # words that no record can hold, or a commit of several pull requests
        done = _Done(f"Nothing became a record: {fault}.")
    if done.link and github and pull and inputs.comment != "never":
        note = keep_comment(github, pull, None, f"This decision is on record: {code_span(done.link)}").note
        notes += [note] if note else []
    return _finish(done, notes, context)


def _source(occasion: Occasion, pull: PullRequest | None, root: Path, context: RunnerContext) -> Source:
    """Return the pull request with its files, else the commit that is checked out."""
    source = of_occasion(occasion, pull)
    if source is None:
        return from_commit("HEAD", root)
    if source.change.files is None and occasion.pull is not None and context.event_path:
        source = source._replace(change=with_files(source.change, context.event_path, root))
    return source


def _open(notes: list[str]) -> GitHub | None:
    if not os.environ.get("ONRECORD_TOKEN"):
        return None
    try:
        return open_github(os.environ)
    except GitHubError as error:
        notes.append(f"GitHub was not asked: {error}.")
        return None


def _fetch(github: GitHub | None, occasion: Occasion, root: Path, notes: list[str]) -> PullRequest | None:
    """Return the pull request as it is now: of a push, the one merged pull request that its last commit is of."""
    if github is None or not occasion.repository:
        return None
    try:
        numbers = [occasion.number] if occasion.number else []
        if occasion.pull is None:
            numbers = list(github.pull_numbers_of_commit(occasion.repository, _head(root)))
        pulls = [github.pull_request(occasion.repository, number) for number in numbers[:3]]
    except GitHubError as error:
        notes.append(f"The pull request could not be fetched: {error}.")
        return None
    merged = [pull for pull in pulls if pull.state == "merged"]
    return merged[0] if len(merged) == 1 else None


def _head(root: Path) -> str:
    from onrecord.adapters.git import run_git

    return run_git(root, "rev-parse", "HEAD").decode().strip()


def _write(source: Source, root: Path, inputs: Inputs) -> _Done:
    config = load_config(root, inputs.config, root)
    day = today(argparse.Namespace(today=None))
    found = look_up(source, root, config, day)
    if found.content is None:
        return _Done(f"{found.sentence}.")
    options = argparse.Namespace(dialect=None, template=None, folder=None, output=None)
    path, number = write_record(options, found.log, found.content)
    link = back_link(path, number)
    notes = "".join(f" {note}" for note in found.notes)
    return _Done(f"{source.name} became {path}, {found.content.status}.{notes}", path, found.content.title, link)


def _finish(done: _Done, notes: list[str], context: RunnerContext) -> tuple[int, dict[str, str]]:
    """Write log and summary; return what the run gives back."""
    lines = [done.sentence, *([done.link] if done.link else []), *notes]
    print_bracketed("\n".join(for_terminal(line) for line in lines) + "\n", sys.stdout)
    shown = [for_markdown(done.sentence), *([code_span(done.link)] if done.link else []), *map(for_markdown, notes)]
    write_summary(context, "### Decision on record\n\n" + "\n\n".join(shown) + "\n")
    return 0, {
        "result": "pass" if done.path else "skipped",
        "promoted": str(bool(done.path)).lower(),
        "record-path": done.path,
        "record-title": plain_title(done.title),
    }


def plain_title(title: str) -> str:
    """Return a stranger's title as words: no markup, mention or reference, and nothing that a shell would read."""
    text = " ".join(_ODD.sub(" ", title).split())
    return text if len(text) <= MOST_LETTERS else text[: text.rfind(" ", 0, MOST_LETTERS)]
