"""What is asked about when somebody asks why."""

from __future__ import annotations

from onrecord.lazily import NamedTuple


class Place(NamedTuple):
    """What is asked about: a path of the repository ("" is all of it), and a line (1-based, 0: none).

    `lines` is the text of the file, empty for a folder; `before` the path that the file had when the line was written.
    """

    path: str
    line: int = 0
    is_folder: bool = False
    lines: tuple[str, ...] = ()
    before: str = ""
