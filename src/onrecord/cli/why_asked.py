"""What `onrecord why` asks git at the very beginning: it takes its time while the rest is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.blame import Blaming, ask_here, read_here
from onrecord.adapters.files import find_root
from onrecord.adapters.git import LIST_TRACKED, GitError, Running

if TYPE_CHECKING:
    from onrecord.adapters.blame import Here, Origin


class Asked:
    """Three questions that git is at work on: where we are, where a line comes from, and which files there are.

    `root` is the repository's; `here` what git says of it, None where git cannot tell.
    """

    def __init__(self, name: str, line: int) -> None:
        """Ask about a file or folder, or a line (1-based, 0: none) of the file."""
        folder = Path.cwd()
        self.root = find_root(folder)
        where = ask_here(folder)
        self.tracked = Running(self.root, *LIST_TRACKED)
        self.here: Here | None = None
        self._blaming: Blaming | None = None
        self._fault: GitError | None = None
        try:
            self.here = read_here(folder, where)
            self._blaming = Blaming(folder, name, line, self.here) if line else None
        except GitError as error:
            self._fault = error

    def is_at_work(self) -> bool:
        """Tell whether the line's answer would have to be waited for."""
        return self._blaming is not None and not self._blaming.done()

    def origin(self) -> Origin | None:
        """Wait and return where the line comes from, as `blame_line` does, None without a line; raises GitError when git cannot tell."""
        if self._fault:
            raise self._fault
        return self._blaming.result() if self._blaming else None

    def stop(self) -> None:
        """End what is still going on."""
        self.tracked.stop()
        if self._blaming:
            self._blaming.stop()
