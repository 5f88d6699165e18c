"""`onrecord prepare-commit-msg`: git's hook that may add comments to a message before the editor opens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.git import NO_EDITOR, git_folder, is_replaying

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments: what git gives to the hook."""
    parser.add_argument("file", metavar="FILE", help="the message file")
    parser.add_argument("source", nargs="?", metavar="SOURCE", help="where the message comes from")
    parser.add_argument("commit", nargs="?", metavar="COMMIT", help="the commit that it comes from")
    parser.set_defaults(fail_on="never", never_fails=True)  # a fault of ours, or of git's, must not stop a commit


def run(options: argparse.Namespace) -> int:
    """Add a hint where an editor opens on a message of one's own, and something is left open; always return 0."""
    source = options.source or os.environ.get("PRE_COMMIT_COMMIT_MSG_SOURCE", "")
    if source not in ("", "template") or os.environ.get("GIT_EDITOR") == NO_EDITOR:
        return 0
    if is_replaying(git_folder(Path.cwd())):
        return 0
    from onrecord.cli.commit import add_hint

    add_hint(options.file)
    return 0
