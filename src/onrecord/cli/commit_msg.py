"""`onrecord commit-msg`: git's hook that reads a message before the commit is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.git import git_folder, is_replaying

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments: what git gives to the hook."""
    parser.add_argument("file", metavar="FILE", help="the message file")
    parser.set_defaults(fail_on="never", never_fails=True)  # a fault of ours, or of git's, must not stop a commit


def run(options: argparse.Namespace) -> int:
    """Say what the commit leaves open; return 1 only where the team requires an answer, else 0."""
    if is_replaying(git_folder(Path.cwd())):
        return 0
    from onrecord.cli.commit import nudge

    return nudge(options.file)
