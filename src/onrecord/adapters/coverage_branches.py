"""Pull requests that came in through another one: merged into a branch first, and with that branch into this one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.coverage_past import merged_by
from onrecord.adapters.git import GitError, as_name, run_git
from onrecord.change.history import pull_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from onrecord.change.history import MergedChange

_HEAD = re.compile(r"Merge pull request #\d{1,9} from [^/\s]{1,100}/(?P<branch>\S{1,100})")
_OFTEN = 3  # merges of one branch, from which on it is worth a name


class Inner(NamedTuple):
    """How many pull requests came in through how many merges of the window, and the branch that most of these merged.

    `branch` is empty where none was merged often.
    """

    pulls: int
    through: int
    branch: str


def inner_pulls(root: Path, changes: Sequence[MergedChange]) -> Inner:
    """Count the commits behind the merges of a window (newest first) whose subjects look like merged pull requests."""
    ids = [one.sha for one in changes]
    if not ids:
        return Inner(0, 0, "")
    try:
        older = run_git(root, "rev-list", "--parents", "--max-count=1", ids[-1]).decode().split()[1:2]
        reach = "".join(f"{sha}\n" for sha in (*ids, *(f"^{sha}" for sha in older))).encode()
        out = run_git(
            root, "log", "-z", "--no-color", "--no-show-signature", "--format=%H %P%x00%s", "--stdin", stdin=reach
        )
    except GitError:
        return Inner(0, 0, "")
    fields = as_name(out).split("\0")
    rows = [(line.split(), subject) for line, subject in zip(fields[::2], fields[1::2], strict=False)]
    merge_of = merged_by(ids, {sha: rest for (sha, *rest), _ in rows})
    told = {one.change.number for one in changes}
    found = [
        (number, merge)
        for (sha, *_), subject in rows
        if (merge := merge_of.get(sha))
        for number in pull_numbers(subject)
        if number not in told
    ]
    through = {merge for _, merge in found}
    heads = [match["branch"] for one in changes if one.sha in through and (match := _HEAD.match(one.message))]
    branch, times = Counter(heads).most_common(1)[0] if heads else ("", 0)
    return Inner(len({number for number, _ in found}), len(through), branch if times >= _OFTEN else "")
