"""A pull request or commit as plain data, and what a team asks of it."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal, TypeAlias

    Hints: TypeAlias = Literal["narrow", "wide", "off"]


class ChangedFile(NamedTuple):
    """A file of the change; `status` is GitHub's word (added, modified, removed, renamed …).

    `previous` is the path before a rename; `patch` the unified diff without its head, None where it is not known.
    """

    path: str
    status: str = "modified"
    additions: int = 0
    deletions: int = 0
    previous: str | None = None
    patch: str | None = None


class Change(NamedTuple):
    """What the author wrote, and what they changed. `files` is None when it is not known; `created` an ISO date or empty."""

    title: str
    body: str
    author: str
    is_bot: bool = False
    draft: bool = False
    labels: tuple[str, ...] = ()
    files: tuple[ChangedFile, ...] | None = None
    number: int | None = None
    created: str = ""
    approvers: tuple[str, ...] = ()


class Asked(NamedTuple):
    """Why a decision is asked for: who or what asks, by which name, and the path it was seen on (empty: none)."""

    by: Literal["author", "label", "path", "code-owner", "scope"]
    what: str
    path: str = ""


class Triggers(NamedTuple):
    """When a team asks for a decision, and what it leaves alone.

    `asked_by_path` tells what asks when a path is touched. `since` is an ISO date: older pull requests are not asked.
    `resolves` tells whether a link to a record leads anywhere; None: nobody here can tell, and the link counts.
    """

    labels: frozenset[str] = frozenset()
    skip_labels: frozenset[str] = frozenset()
    skip_authors: frozenset[str] = frozenset()
    asked_by_path: Callable[[str], Asked | None] = lambda _path: None
    is_record: Callable[[str], bool] = lambda _path: False
    templates: tuple[str, ...] = ()
    hints: Hints = "narrow"
    since: str = ""
    resolves: Callable[[str], bool | None] = lambda _link: None
