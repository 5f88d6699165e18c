"""What would change in files, as git shows it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLOR = {"+": "32", "-": "31", "@": "36"}
_ODD = re.compile(r'[\x00-\x1f\x7f"\\]')


class FileChange(NamedTuple):
    """A file's text before and after, and the path it had and gets; `is_new` tells that there was none."""

    path: str
    to: str
    before: str
    after: str
    is_new: bool = False


def render_diff(changes: Iterable[FileChange], color: bool = False, safe: bool = False) -> str:
    """Return a unified diff that `git apply` takes. With `safe`, what could steer a terminal is shown as escapes."""
    lines = [line for change in changes for line in _file(change)]
    if safe:
        lines = [for_terminal(line.removesuffix("\r")) for line in lines]
    if color:
        lines = [_paint(line) for line in lines]
    return "".join(f"{line}\n" for line in lines)


def _file(change: FileChange) -> Iterator[str]:
    old, new = _quoted(f"a/{change.path}"), _quoted(f"b/{change.to}")
    yield f"diff --git {old} {new}"
    if change.path != change.to:
        yield f"rename from {_quoted(change.path)}"
        yield f"rename to {_quoted(change.to)}"
    if change.is_new:
        yield "new file mode 100644"
        old = "/dev/null"
    before, after = (_lines(text) for text in (change.before, change.after))
    for i, line in enumerate(difflib.unified_diff(before, after, old, new, lineterm="")):
        if i > 1 and line[:1] != "@" and not line.endswith("\n"):
            yield line
            yield "\\ No newline at end of file"
        else:
            yield line.removesuffix("\n")


def _lines(text: str) -> list[str]:
    """Return lines as git counts them: only a line feed ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _quoted(path: str) -> str:
    """Return a path as git writes it: in quotes with escapes where it holds anything odd."""
    if not _ODD.search(path):
        return path
    return '"' + _ODD.sub(lambda m: f"\\{m[0]}" if m[0] in '"\\' else f"\\{ord(m[0]):03o}", path) + '"'


def _paint(line: str) -> str:
    code = "1" if line.startswith(("diff ", "rename ", "--- ", "+++ ")) else _COLOR.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line
