"""A pull request as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class ChangedFile(NamedTuple):
    """A file of the change; `status` is GitHub's word (added, modified, removed, renamed …)."""

    path: str
    status: str = "modified"
    additions: int = 0
    deletions: int = 0


class Change(NamedTuple):
    """What the author wrote, and what they changed. `files` is None when it is not known."""

    title: str
    body: str
    author: str
    is_bot: bool = False
    draft: bool = False
    labels: tuple[str, ...] = ()
    files: tuple[ChangedFile, ...] | None = None
    number: int | None = None


class Triggers(NamedTuple):
    """When a team asks for a decision. `path_rule` returns the team's glob a path matches, or None."""

    labels: frozenset[str] = frozenset()
    skip_labels: frozenset[str] = frozenset()
    skip_authors: frozenset[str] = frozenset()
    path_rule: Callable[[str], str | None] = lambda _path: None
    is_record: Callable[[str], bool] = lambda _path: False
    templates: tuple[str, ...] = ()
