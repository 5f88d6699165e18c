"""How one record would name another, when the other one names it so."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.markdown import Document
    from onrecord.record.model import DecisionRecord

_LINK = re.compile(r"\[(?P<label>[^\[\]\n]+)\]\((?P<target>[^()\s]+)\)")
_NUMBERED = re.compile(r"(?P<head>\D{0,24}?)(?P<number>\d{1,5})(?:(?P<joint>\s*[-–—.:]?\s+)(?P<title>\S.*))?")
_UNSAFE = re.compile(r"[\[\](){}<>|*_`\\]")


def reference_to(record: DecisionRecord, like: str, document: Document, model: DecisionRecord) -> str | None:
    """Return how `model` would write a reference to `record`, as `record` itself does to `model` with `like`.

    `like` is the name as read from `document`, which is the text of `record`. A link gets the path from `model`
    to `record`. None when the form cannot be turned round.
    """
    return reference_as(like, document, model, model, record)


def reference_as(
    like: str, document: Document, named: DecisionRecord, source: DecisionRecord, target: DecisionRecord
) -> str | None:
    """Return how `source` would name `target`, in the form in which `document` names `named` as `like`.

    A link gets the path from `source` to `target`. None when the form cannot be carried over.
    """
    link = next((m for line in document.lines for m in _LINK.finditer(line) if m["target"] == like), None)
    if link is None:
        if like.casefold().endswith((".md", ".mdx")):
            return _file_reference(target, like, named, source)
        return _numbered(like, named, target)
    path = _target(link["target"], named, source, target)
    label = _label(link["label"], named, target)
    return f"[{label}]({path})" if path and label else None


def path_from(record: DecisionRecord, to: DecisionRecord) -> str:
    """Return the relative path of a link from one record to another, as written in Markdown."""
    return quote(posixpath.relpath(to.path, posixpath.dirname(record.path) or "."), safe="/-_.~+,@()!")


def _target(target: str, named: DecisionRecord, source: DecisionRecord, new: DecisionRecord) -> str | None:
    name = unquote(target)
    if re.match(r"[a-z][a-z0-9+.-]*:|//|#|/", name, re.IGNORECASE) or "#" in name or "(" in new.path:
        return None  # an address of a site, or a path from its root: how the other one's would be is not known
    if posixpath.basename(name) != posixpath.basename(named.path):
        return None
    return ("./" if target.startswith("./") else "") + path_from(source, new)


def _file_reference(target: DecisionRecord, like: str, named: DecisionRecord, source: DecisionRecord) -> str | None:
    """Return the file's name, or its path where the other one wrote a path."""
    if posixpath.basename(like) != posixpath.basename(named.path) or like.startswith("/"):
        return None
    if like == named.path and posixpath.dirname(target.path):
        return target.path
    return path_from(source, target)


def _label(label: str, old: DecisionRecord, new: DecisionRecord) -> str | None:
    """Return what stands for `new` where `label` stands for `old`: its file, its number, its title, or both."""
    for form in (_same, posixpath.basename, _stem):
        if label == form(old.path):
            return form(new.path)
    if numbered := _numbered(label, old, new):
        return numbered
    if new.title and not _UNSAFE.search(new.title):
        return " ".join(new.title.split())
    return None


def _numbered(label: str, old: DecisionRecord, new: DecisionRecord) -> str | None:
    match = _NUMBERED.fullmatch(label)
    of_old, of_new = _digits(old.number), _digits(new.number)
    if match is None or of_old is None or of_new is None or int(match["number"]) != int(of_old):
        return None
    if old.number and new.number and old.number.rstrip("0123456789") != new.number.rstrip("0123456789"):
        return None  # another series
    if match["number"] == _in_name(old.path) and int(_in_name(new.path) or -1) == int(of_new):
        shown = _in_name(new.path)
    else:
        shown = str(int(of_new)).zfill(len(match["number"]) if match["number"].startswith("0") else 1)
    number = f"{match['head']}{shown}"
    if not match["title"]:
        return number
    if fold(match["title"]) != fold(old.title or "") or not new.title or _UNSAFE.search(new.title):
        return number if new.title else None
    return f"{number}{match['joint']}{' '.join(new.title.split())}"


def _digits(number: str | None) -> str | None:
    found = re.search(r"\d+$", number or "")
    return found[0] if found else None


def mention_of(record: DecisionRecord) -> str | None:
    """Return what people call a record by its number, with the digits of its file name ("ADR-013"); None without one."""
    digits = _digits(record.number)
    if digits is None or record.number is None or not record.number.isdigit():
        return record.number
    name = _in_name(record.path)
    return f"ADR-{name if name and int(name) == int(digits) else digits.zfill(4)}"


def _in_name(path: str) -> str:
    """Return the first digits in a file's name, with their zeros; empty without any."""
    found = re.search(r"\d+", posixpath.basename(path))
    return found[0] if found else ""


def _same(path: str) -> str:
    return path


def _stem(path: str) -> str:
    return posixpath.basename(path).rsplit(".", 1)[0]
