"""How the links of a list are written: from where on, and whether to the file or to the folder it is the page of."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from onrecord.log.index.names import is_folder_record

if TYPE_CHECKING:
    from onrecord.log.index.here import Here
    from onrecord.record import DecisionRecord

Ending: TypeAlias = Literal["file", "bare", "folder/", "folder"]  # x/README.md, x/README, x/, x

_BEHIND = re.compile(r"[#?]")
_ABSOLUTE = re.compile(r"/|https?:")
_EXTENSION = re.compile(r"\.[A-Za-z]+$")
_ROUNDABOUT = re.compile(r"^/|//|(?:^|/)\.{1,2}(?:/|$)")  # what the quick way to the relative path is not for
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f()<>\[\]\\`\"|{}%#?^*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class LinkForm(NamedTuple):
    """How links are written: `prefix` and the path without its first `skip` parts, or (skip -1) relative to the index."""

    prefix: str = ""
    skip: int = -1
    ending: Ending = "file"


def link_to(record: DecisionRecord, form: LinkForm, here: Here) -> str:
    """Return the target of a link to a record, with what would end it percent-encoded."""
    path = _ended(record.path, form.ending) or _ended(record.path, "file")
    path = _relative(path, here) if form.skip < 0 else "/".join(path.split("/")[form.skip :])
    return form.prefix + _UNSAFE.sub(_percent, path)


def form_of(target: str, record: DecisionRecord, here: Here) -> LinkForm | None:
    """Return how a link to a record is written, None when it is in none of the usual ways."""
    text = unquote(_BEHIND.split(target.strip("<>"), maxsplit=1)[0])
    endings: tuple[Ending, ...] = ("file", "bare", "folder/", "folder")
    for ending in endings:
        path = _ended(record.path, ending)
        if not path:
            continue
        for prefix in ("", "./"):
            if text == prefix + _relative(path, here):
                return LinkForm(prefix, -1, ending)
        parts = path.split("/")
        for skip in range(len(parts)):
            end = "/".join(parts[skip:])
            if end.strip("/") and text.endswith(f"/{end}") and _ABSOLUTE.match(text):
                return LinkForm(text[: -len(end)], skip, ending)
    return None


def _ended(path: str, ending: Ending) -> str:
    """Return a path as links of this form end; empty for a folder where the record is not the page of one."""
    if ending == "file":
        return path
    if ending == "bare":
        return _EXTENSION.sub("", path)
    if not is_folder_record(path) or path.rsplit("/", 1)[-1] not in ("README.md", "index.md"):
        return ""
    return posixpath.dirname(path) + ("/" if ending == "folder/" else "")


def _relative(path: str, here: Here) -> str:
    folder = here.folder
    inner = path.removeprefix(f"{folder}/") if folder else path
    if (inner != path or not folder) and inner and not _ROUNDABOUT.search(path):
        return inner
    end = "/" if path.endswith("/") else ""
    return posixpath.relpath(path, folder or ".") + end


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))
