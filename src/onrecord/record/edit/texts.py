"""Many texts, and what is looked for in all of them: worked out once, however many files get another name."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.markdown import Document

LINK = re.compile(r"\[(?P<label>[^\[\]\n]*)\]\((?P<target>[^()\s]+)\)")
_FILE = re.compile(r"\.(?:mdx?|markdown|mdown)$", re.IGNORECASE)
_FILE_NAME = re.compile(r"(?<![\w/.-])[\w/.-]+\.mdx?\b")  # from where it begins: a line may hold a whole picture
_BEHIND = re.compile(r"[#?]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Texts:
    """Documents by their paths."""

    documents: Mapping[str, Document]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return tuple(sorted(self.documents))

    def naming(self, stem: str) -> Iterator[str]:
        """Yield the paths of texts with the name of a file in them, in whatever spelling; `stem` as `spelled_out` has it."""
        whole, starts = self._whole
        at = whole.find(stem)
        while at >= 0:
            i = bisect_right(starts, at)
            yield self.paths[i - 1]
            at = whole.find(stem, starts[i]) if i < len(starts) else -1

    def mentioning(self, number: int) -> Sequence[str]:
        """Return the paths of texts with a number in them that is no part of a link to a file."""
        return self._numbers.get(str(number), ())

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All texts in one, spelled out, and where each begins there: it takes no time to look for a name in that."""
        texts = [spelled_out("\n".join(self.documents[path].lines)) + "\0" for path in self.paths]
        return "".join(texts), [0, *accumulate(map(len, texts))][:-1]

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            text = without_files("\n".join(self.documents[path].lines))
            for digits in {run.lstrip("0") or "0" for run in _DIGITS.findall(text)}:
                found.setdefault(digits, []).append(path)
        return found


def spelled_out(text: str) -> str:
    """Return a text without the ways in which one name can be written differently: %C3%A9, &eacute;, e with an accent, É."""
    return unicodedata.normalize("NFC", html.unescape(unquote(text))).casefold()


def without_files(text: str) -> str:
    """Return a text without the names of files and the links to them; of other links, the labels."""
    around = LINK.sub(lambda m: " " if _FILE.search(_BEHIND.split(m["target"])[0]) else m["label"], text)
    return _FILE_NAME.sub(" ", around)
