"""Which lines of the tracked files cite a record: one `git grep` over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.git import as_name, git_command
from onrecord.log.citations import CitingLine, cited_numbers, linked_numbers

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SHAPE = "[Aa][Dd][Rr][-_ /]{0,1}#{0,1}[0-9]"
_MAX_LINE = 2_000  # characters; a longer one was generated
_MOST = 20_000


def citing_lines(root: Path, records: Collection[str]) -> tuple[CitingLine, ...]:
    """Return the lines of tracked text files that cite a record by number; those in `records` (paths) are left out.

    Nothing without git, and where no line does.
    """
    import subprocess

    try:
        command, environment = git_command("grep", "-n", "-I", "-z", "--no-color", "--full-name", "-E", "-e", _SHAPE)
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = []
    for row in done.stdout.split(b"\n")[:_MOST]:
        path, _, rest = row.partition(b"\0")
        number, _, text = rest.partition(b"\0")
        line = text.decode("utf-8", "replace")
        place = as_name(path)
        if number.isdigit() and len(line) <= _MAX_LINE and place not in records:
            if not (cited_numbers(line) or linked_numbers(line)):
                continue
            found.append(CitingLine(place, int(number), line))
    return tuple(found)
