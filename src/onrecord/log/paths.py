"""All files of a repository, asked about words and folders again and again."""

from __future__ import annotations

from functools import cached_property

from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_END = "\0"  # stands in no path


class Paths(list[str]):
    """The paths of files; as one text, which is searched far more quickly than each of them."""

    @cached_property
    def _whole(self) -> str:
        return f"{_END}{_END.join(self)}{_END}"

    @cached_property
    def _folded(self) -> str:
        return self._whole.casefold()

    def below(self, folder: str) -> int:
        """Return how many files lie in a folder, at whatever depth."""
        return self._whole.count(f"{_END}{folder}/")

    def holding(self, text: str) -> Iterator[str]:
        """Yield the paths that hold a text."""
        return _holding(self._whole, text)

    def folded_holding(self, text: str) -> Iterator[str]:
        """Yield the folded paths that hold a folded text."""
        return _holding(self._folded, text)


def paths_of(files: Collection[str] | None) -> Paths:
    """Return files as `Paths`: themselves, when they are that already."""
    return files if isinstance(files, Paths) else Paths(files or ())


def _holding(whole: str, text: str) -> Iterator[str]:
    at = whole.find(text)
    while at >= 0:
        start, end = whole.rfind(_END, 0, at + 1) + 1, whole.find(_END, at)
        yield whole[start:end]
        at = whole.find(text, end)
