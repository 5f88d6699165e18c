"""What git adds to the ground that merged pull requests are judged on: equal patches, trailers of branches, renames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.coverage_past import equal_patches, side_trailers
from onrecord.adapters.coverage_renames import renamed_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from onrecord.change.history import MergedChange
    from onrecord.coverage.pulls import Ground


def with_history(
    root: Path, ground: Ground, changes: Sequence[MergedChange], in_git: Sequence[MergedChange] | None = None
) -> Ground:
    """Return a ground that knows what git says of these changes; those `in_git` have their commits here (None: all)."""
    here = changes if in_git is None else in_git
    gone = {
        file.path
        for one in changes
        for file in one.change.files or ()
        if file.status != "removed" and file.path not in ground.files and ground.triggers.is_record(file.path)
    }
    return ground._replace(
        patches=equal_patches(root, here),
        sides=side_trailers(root, here),
        renamed=renamed_to(root, gone, (known.record.path for known in ground.known)),
    )
