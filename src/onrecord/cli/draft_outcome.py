"""`onrecord draft AGENDA`: what came out of a meeting goes into the proposal that the page was made from."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from onrecord.adapters.git import GitError, git_folder
from onrecord.cli.common import say
from onrecord.cli.deciding import Done, carry_out
from onrecord.cli.main import NOTHING
from onrecord.draft.outcome import fill
from onrecord.record.edit.page import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.cli.deciding import Desk
    from onrecord.draft.minutes import Minutes
    from onrecord.record import DecisionRecord

_OPEN = ("proposed", "draft", "unknown")


class _Decided(Exception):
    """The record is no proposal any more; the message says so."""


def into_proposal(minutes: Minutes, options: argparse.Namespace, root: Path) -> int | None:
    """Fill the proposal and tell; return the exit code, None where the page names no record that is here, or git does not answer."""
    if not minutes.path or not (root / minutes.path).is_file():
        return None
    try:
        git_folder(root)
    except GitError:
        return None

    def work(desk: Desk, records: list[DecisionRecord]) -> Done:
        try:
            return _filled(desk, records[0], minutes)
        except Refused as error:
            raise Refused(f"{records[0].path}: {error}") from error

    try:
        return carry_out(argparse.Namespace(diff=False, config=options.config), [str(root / minutes.path)], work)
    except _Decided as decided:
        say([str(decided), "--output FILE makes a record of its own of this page"])
        return NOTHING


def _filled(desk: Desk, record: DecisionRecord, minutes: Minutes) -> Done:
    page = desk.open(record)
    status = page.draft().record.status
    if status and status.value not in _OPEN:
        raise _Decided(f"{record.path} is {status.value} already")
    filled = fill(page, minutes.content)
    told = f"filled in: {', '.join(filled.written)}" if filled.written else "nothing was written"
    if not (filled.written or filled.left):
        told = "all of it stands there already"
    by = " ".join(f"--by {shlex.quote(name)}" for name in minutes.content.decision_makers) or "--by NAME"
    name = record.number if record.number and record.number.isdigit() else shlex.quote(record.path)
    return Done(
        (filled.page,),
        (f"{record.path}: {told}", *(f"  left to you: {one}" for one in filled.left)),
        (f"Next: onrecord accept {name} {by}",),
    )
