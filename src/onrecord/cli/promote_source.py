"""Where the words come from that become a record: an event file, GitHub, or a commit."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.event import change_of, load_json, read_change
from onrecord.change import Change
from onrecord.cli.main import UsageFault
from onrecord.draft.promote import Happened

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.adapters.event import Occasion
    from onrecord.adapters.github import PullRequest


class Source(NamedTuple):
    """A pull request or commit, what became of it, the repository it is of ("owner/name" where known), and its name."""

    change: Change
    happened: Happened
    repository: str
    name: str


def read_source(options: argparse.Namespace, root: Path) -> Source | None:
    """Return what the call names; None for an event that holds no pull request."""
    if sum(map(bool, (options.event, options.pull_request, options.commit))) != 1:
        raise UsageFault("name one thing to promote: OWNER/REPO#N, --event FILE, or --commit REV")
    if options.files and not options.event:
        raise UsageFault("--files goes with --event")
    if options.event:
        return from_event_file(options.event, options.files, root)
    return from_commit(options.commit, root) if options.commit else _from_github(options.pull_request)


def from_event_file(event: str, files: str | None, root: Path) -> Source | None:
    """Return the pull request of an event file, with its files where the clone holds both of its ends."""
    from onrecord.cli.pr import with_files

    change = read_change(event, files)
    if change is None:
        return None
    change = with_files(change, event, root) if change.files is None else change
    payload = load_json(event)
    place = payload.get("repository")
    name = place.get("full_name") if isinstance(place, dict) else ""
    return of_pull(payload["pull_request"], change, name if isinstance(name, str) else "")


def of_pull(pull: dict[str, Any], change: Change | None, repository: str) -> Source:
    """Return the pull request that an event holds."""
    change = change or change_of(pull, None)
    return Source(change, Happened(day_of(pull.get("merged_at"))), repository, _named(change))


def of_occasion(occasion: Occasion, pull: PullRequest | None) -> Source | None:
    """Return the pull request of a run of the Action: as it is now where GitHub told that, else as the event has it."""
    if pull is not None:
        return _of_fetched(pull)
    return of_pull(occasion.pull, None, occasion.repository) if occasion.pull else None


def from_commit(name: str, root: Path) -> Source:
    """Return what a commit brought in: the pull request that its message names, else the commit itself."""
    from onrecord.adapters.history import commit_at
    from onrecord.change.history import login_of, read_commit
    from onrecord.change.message import read_message

    commit, files = commit_at(root, name)
    found = read_commit(commit, files)
    if len(found) > 1:
        raise UsageFault(
            f"--commit {name}: it brought in {len(found)} pull requests; each has a description of its own"
        )
    if found:
        change = found[0].change
    else:
        message = read_message(commit.message, None)
        change = Change(message.title, message.body, login_of(commit.author, commit.email), files=files)
    return Source(change, Happened(commit.merged_at, logins=False), "", _named(change) or commit.sha[:12])


def _from_github(name: str) -> Source:
    from onrecord.adapters.github import open_github
    from onrecord.cli.pr import PULL_REQUEST

    named = PULL_REQUEST.match(name)
    if named is None:
        raise UsageFault(f"{name}: a pull request is named like OWNER/REPO#12, or by its address")
    return _of_fetched(open_github(os.environ).pull_request(named["repository"], int(named["number"])))


def _of_fetched(pull: PullRequest) -> Source:
    merged = day_of(pull.merged_at) if pull.state == "merged" else ""
    return Source(pull.change, Happened(merged), pull.repository, _named(pull.change))


def day_of(moment: Any) -> str:
    """Return the day of a time as GitHub writes it, in UTC; empty for what is none."""
    try:
        return datetime.fromisoformat(moment).astimezone(UTC).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""


def _named(change: Change) -> str:
    return f"#{change.number}" if change.number else ""
