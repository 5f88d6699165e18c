"""`onrecord calibrate`: how often each trigger would have fired over the last merged pull requests."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.settings import load_config
from onrecord.change import Asked, Change
from onrecord.change.calibration import Sampling, Source, calibrate
from onrecord.change.suggestion import suggest
from onrecord.cli.common import repository, say, vocabulary_of, wants_color, write_out
from onrecord.cli.main import NOTHING, OUTSIDE, UsageFault
from onrecord.cli.pull_request import triggers_of
from onrecord.render import calibration as faces
from onrecord.render.words import counted

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.change.history import MergedChange
    from onrecord.check import Config


class _Read(NamedTuple):
    """Merged pull requests, each with whether its description is known, and where they come from."""

    changes: list[tuple[Change, bool]]
    source: Source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "--last", type=int, default=200, metavar="N", help="how many merged pull requests (default: 200)"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file to try (default: the repository's)")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument(
        "--samples", type=int, default=3, metavar="K", help="pull requests to read for each trigger (default: 3)"
    )
    parser.add_argument("--seed", type=int, default=0, help="picks other samples (default: 0)")
    parser.add_argument(
        "--github",
        metavar="OWNER/REPO",
        help="read them from GitHub with GITHUB_TOKEN, labels and descriptions included (needs onrecord[github])",
    )


def run(options: argparse.Namespace) -> int:
    """Read, count and print; return the exit code. What is above the alarm rate is a warning, never a failure."""
    if options.last < 1:
        raise UsageFault(f"--last {options.last}: at least one pull request has to be read")
    if options.samples < 0:
        raise UsageFault(f"--samples {options.samples}: a number from 0 on")
    root = repository()
    config = load_config(root, options.config)
    if options.github:
        from onrecord.adapters.github import GitHubError

        try:
            read = _from_github(options.github, options.last)
        except GitHubError as error:
            say([str(error)])
            return OUTSIDE
    else:
        read = _from_git(root, options.last, config)
    if not read.changes:
        say([f"no merged pull request was found in {read.source.name}", *read.source.notes])
        return NOTHING
    tally = calibrate(
        read.changes,
        triggers_of(config, root),
        _configured(config, with_labels=bool(options.github)),
        vocabulary_of(config),
        Sampling(options.samples, options.seed),
    )
    found, suggestion = tally.calibration, suggest(tally)
    source = read.source
    if config.pull_requests.since:
        source = source._replace(notes=(*source.notes, "The setting “since” was set aside: all of these are older."))
    if options.output_format == "json":
        write_out(faces.render_json(source, found, suggestion), None)
    elif options.output_format == "markdown":
        write_out(faces.render_markdown(source, found, suggestion, config.path), None)
    else:
        write_out(faces.render_text(source, found, suggestion, config.path, wants_color(None)), None)
    return 0


def _configured(config: Config, with_labels: bool) -> list[Asked]:
    """Return what may ask here, in the order in which it is told; labels only where they are known."""
    pulls = config.pull_requests
    return [
        Asked("author", "decision"),
        *(Asked("label", label) for label in pulls.labels if with_labels),
        *(Asked("path", glob) for glob in pulls.paths),
        *(Asked("code-owner", owner) for owner in pulls.code_owners),
    ]


def _from_git(root: Path, last: int, config: Config) -> _Read:
    from onrecord.adapters.history import read_merged

    merged = read_merged(root, last)
    habit = _writes_descriptions(merged.changes)
    changes = [
        (one.change, one.body_from == "description" or (habit and one.body_from == "none")) for one in merged.changes
    ]
    dates = sorted(one.merged_at for one in merged.changes if one.merged_at)
    told = sum(is_known for _, is_known in changes)
    notes = [merged.note] if merged.note else []
    if merged.repeated:
        notes.append(f"Left out: {counted(len(merged.repeated), 'further commit')} with the number of one of them.")
    if told < len(changes):
        notes.append(
            f"Git holds the description of {told} of them, of the others a title or a list of commits; “--github OWNER/REPO” reads all."
        )
    notes.append("Labels and drafts are not in git, so what they ask for or exempt could not be tried.")
    if config.pull_requests.skip_authors:
        notes.append("Git knows a login only where the mail address tells it, so “skip-authors” may count too few.")
    first, final = (dates[0], dates[-1]) if dates else ("", "")
    return _Read(changes, Source("git", merged.source, last, first, final, len(merged.direct), tuple(notes)))


def _writes_descriptions(changes: tuple[MergedChange, ...]) -> bool:
    """Tell whether merging puts descriptions into this history, so that an empty message means an empty description."""
    described = sum(one.body_from == "description" for one in changes)
    listed = sum(one.body_from == "commits" for one in changes)
    return 2 * described >= len(changes) and 20 * listed <= len(changes)


def _from_github(name: str, last: int) -> _Read:
    from onrecord.adapters.github import open_github

    with closing(open_github(os.environ)) as github:
        changes = [(change, True) for change in github.merged(name, last)]
    note = "GitHub lists no patches here, so a new dependency was no sign for a hint."
    return _Read(changes, Source("github", name, last, notes=(note,)))
