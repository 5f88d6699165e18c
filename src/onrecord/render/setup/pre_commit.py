"""An entry for `.pre-commit-config.yaml`: added to what stands there as text, in the style of its neighbors."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from onrecord.render.setup.yaml_list import BlockList, Part, find_list, read_parts, with_item

if TYPE_CHECKING:
    from onrecord.log.homes import Home

_OURS = re.compile(r"[/:]onrecord(?:\.git)?/?\Z")
_HOOKS = frozenset(("onrecord", "onrecord-nudge", "onrecord-commit-msg", "onrecord-prepare-commit-msg"))


class HookEntry(NamedTuple):
    """What the entry says: address of the repository, its revision, folders the hook does not know by name, second hook."""

    address: str
    revision: str
    folders: tuple[str, ...] = ()
    commit_hooks: bool = False


class _Style(NamedTuple):
    """Column of the dashes, how far keys stand behind a dash, hooks behind their key, and keys of a hook behind its dash."""

    column: int = 2
    offset: int = 2
    inner: int = 2
    inner_offset: int = 2


def unknown_folders(homes: tuple[Home, ...]) -> tuple[str, ...]:
    """Return all folders with records if the hook would not know one of them by name, else none."""
    if all(home.usual or home.by_name for home in homes):
        return ()
    return tuple(home.folder for home in homes if home.folder)


def hooks_text(entry: HookEntry) -> str:
    """Return a whole `.pre-commit-config.yaml`."""
    head = "default_install_hook_types: [pre-commit, commit-msg]\n" if entry.commit_hooks else ""
    return f"{head}repos:\n{entry_text(entry)}"


def entry_text(entry: HookEntry) -> str:
    """Return the entry as an item of the list of repositories."""
    return _entry(entry, _Style())


def has_hooks(text: str) -> bool:
    """Tell whether a configuration names us already, as a repository or by the name of a hook."""
    return any(
        (key.value == "repo" and _OURS.search(named.value)) or (key.value == "id" and named.value in _HOOKS)
        for key, named in pairwise(read_parts(text))
    )


def add_hooks(text: str, entry: HookEntry) -> str | None:
    """Return the configuration with the entry behind the last one, every other byte as it was.

    None when there is no plain list of repositories, or when the result would not be the old content and the entry.
    """
    parts = read_parts(text)
    found = find_list(text, parts, "repos")
    return with_item(text, parts, found, _entry(entry, _style(parts, found))) if found else None


def _entry(entry: HookEntry, style: _Style) -> str:
    dash, inner_dash = "-".ljust(style.offset), "-".ljust(style.inner_offset)
    outer, key = " " * style.column, " " * (style.column + style.offset)
    hook = key + " " * style.inner
    lines = [
        f"{outer}{dash}repo: {entry.address}",
        f"{key}rev: {entry.revision}",
        f"{key}hooks:",
        f"{hook}{inner_dash}id: onrecord # fails the commit on errors in its decision records",
    ]
    if entry.folders:
        lines.append(f"{hook}{' ' * style.inner_offset}files: {_pattern(entry.folders)}")
    if entry.commit_hooks:
        lines.append(f"{hook}{inner_dash}id: onrecord-commit-msg # asks for the decision where your settings do")
    return "".join(f"{line}\n" for line in lines)


def _style(parts: list[Part], found: BlockList) -> _Style:
    """Return how the last repository is indented; its hooks, if they are in brackets, as is usual."""
    item = parts[found.items[-1]]
    style = _Style(found.column, item.column - found.column)
    inside = parts[found.items[-1] : found.end]
    for key, listed, first in zip(inside, inside[1:], inside[2:], strict=False):
        if key.value == "hooks" and listed.kind == "sequence" and listed.is_block and first.is_block:
            return style._replace(inner=listed.column - key.column, inner_offset=first.column - listed.column)
    return style


def _pattern(folders: tuple[str, ...]) -> str:
    """Return the regular expression of everything in these folders, as a single-quoted YAML scalar."""
    names = ["".join(re.escape(c) if c.isprintable() else "[^/]" for c in folder) for folder in folders]
    joined = names[0] if len(names) == 1 else f"({'|'.join(names)})"
    return "'^{}/'".format(joined.replace("'", "''"))
