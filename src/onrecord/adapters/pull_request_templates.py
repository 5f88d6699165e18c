"""Templates of pull requests: where GitHub looks for them, in a checkout or in a list of files.

Source: docs.github.com, "Creating a pull request template for your repository".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import Unreadable, decode, files_in, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PLACES = (".github", "", "docs")  # in this order
SUFFIXES = (".md", ".txt")
MAX_TEMPLATES = 20  # a team with more of them has a generator
_NAME = "pull_request_template"  # in any letter case, of a file or of a folder with several to choose from


class PullRequestTemplates(NamedTuple):
    """Paths relative to the repository, POSIX, in the order of PLACES.

    GitHub puts the first of `offered` into each description; one of `chosen` only where the address of the page names it.
    """

    offered: tuple[str, ...]
    chosen: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Return the paths of all templates, at most MAX_TEMPLATES."""
        return (*self.offered, *self.chosen)[:MAX_TEMPLATES]


def find_templates(paths: Iterable[str]) -> PullRequestTemplates:
    """Return the templates among the paths of a repository's files."""
    offered: list[tuple[int, str]] = []
    chosen: list[tuple[int, str]] = []
    for path in paths:
        if not path.lower().endswith(SUFFIXES):
            continue
        folder, _, name = path.rpartition("/")
        place, _, inner = folder.rpartition("/")
        if folder in PLACES and name.rpartition(".")[0].casefold() == _NAME:
            offered.append((PLACES.index(folder), path))
        elif place in PLACES and inner.casefold() == _NAME:
            chosen.append((PLACES.index(place), path))
    return PullRequestTemplates(*(tuple(path for _, path in sorted(found)) for found in (offered, chosen)))


def templates_below(root: Path) -> PullRequestTemplates:
    """Return the templates of the repository at `root`; nothing that a symlink leads out to."""
    return find_templates(path for folder in _folders(root) for path in files_in(root, folder))


def read_templates(root: Path) -> tuple[str, ...]:
    """Return the texts of the templates of the repository at `root`, each once."""
    texts = []
    for path in templates_below(root).all():
        try:
            texts.append(decode(read_bytes(root / path, root)).text)
        except Unreadable:
            continue
    return tuple(dict.fromkeys(texts))


def _folders(root: Path) -> list[str]:
    found = list(PLACES)
    for place in PLACES:
        try:
            names = sorted(path.name for path in (root / place).iterdir() if path.name.casefold() == _NAME)
        except OSError:
            continue
        found += [f"{place}/{name}" if place else name for name in names]
    return found
