"""One line on the terminal that says how far a long look is."""

from __future__ import annotations

import sys


class StatusLine:
    """A line on standard error, written over each time; nothing where nobody watches."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Write a text over what stands there, cut where the terminal ends."""
        if self.is_watched:
            import shutil

            from onrecord.render.columns import cut
            from onrecord.render.safe import for_terminal

            self._write(cut(for_terminal(text), shutil.get_terminal_size().columns - 1))

    def end(self) -> None:
        """Leave the line empty."""
        if self.is_watched:
            self._write("")

    def _write(self, text: str) -> None:
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
