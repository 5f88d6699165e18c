"""Programs that a user names: found on PATH, never in the current folder, which may be a stranger's repository."""

from __future__ import annotations

import os
import shutil


def on_path(name: str) -> str | None:
    """Return where a program is, None where there is none; a name with a folder in it is a place the user chose.

    Windows looks into the current folder first, and so does a PATH that holds “.”: what is found there is not run.
    """
    place = shutil.which(name)
    if place is None or os.path.dirname(name) or os.path.isabs(place):  # noqa: PTH117, PTH120 - words, not yet paths
        return place
    return None
