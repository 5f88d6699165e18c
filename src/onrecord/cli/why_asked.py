"""What `onrecord why` asks git at the very beginning: it takes its time while the rest is loaded."""

from __future__ import annotations

from pathlib import Path

from onrecord.adapters.blame import Blaming, ask_here, read_here
from onrecord.adapters.files import find_root
from onrecord.adapters.git import LIST_INDEX, GitError, Running
from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.adapters.blame import Here, Origin


class Asked:
    """Three questions that git is at work on: where a line comes from, where we are, and which files there are.

    `root` is the repository's; what takes longest is asked first.
    """

    def __init__(self, name: str, line: int) -> None:
        """Ask about a file or folder, or a line (1-based, 0: none) of the file."""
        self._folder = Path.cwd()
        self.root = find_root(self._folder)
        self._blaming = Blaming(self._folder, name, line, self.root) if line else None
        self._where = ask_here(self._folder)
        self.index = Running(self.root, *LIST_INDEX)
        self._fault: GitError | None = None

    def here(self) -> Here | None:
        """Wait and return what git says of where we are, None where it cannot tell."""
        try:
            return read_here(self._folder, self._where)
        except GitError as error:
            self._fault = error
            return None

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
        self._where.stop()
        self.index.stop()
        if self._blaming:
            self._blaming.stop()
