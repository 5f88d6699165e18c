"""The list of records in an index file: where it stands, and what it should say.

Only what stands between markers is ours: `<!-- onrecord:index -->` … `<!-- /onrecord:index -->`, or those of adr-log,
`<!-- adrlog -->` … `<!-- adrlogstop -->` (github.com/adr/adr-log, which also writes a sentence behind the word).
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.log.index.entry import find_links
from onrecord.log.index.here import Here
from onrecord.log.index.listing import Fault, read_listing
from onrecord.log.index.names import is_folder_record
from onrecord.log.index.rows import differs, revise
from onrecord.log.references import log_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.log.index.match import Change
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord, Vocabulary

OPEN, CLOSE = "<!-- onrecord:index -->", "<!-- /onrecord:index -->"
_OPEN = re.compile(r"\s*(?:(?P<own>onrecord:index)|(?P<adrlog>adrlog)(?:\s+--.*)?)\s*", re.DOTALL)
_CLOSE = re.compile(r"\s*(?:(?P<own>/onrecord:index)|(?P<adrlog>adrlogstop))\s*")
_LOCALE = re.compile(r"\.[a-z]{2}(?:-[A-Z]{2})?(?=\.)")
_ASIDE = re.compile(r"histor|archiv|\bold\b|outdated|supersed|retired|deprecat|legacy|obsolete|rejected", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[a-z]+[-_ ]?)?\d[\d._-]*[-_ ][^\W\d_]", re.IGNORECASE)
_AROUND = re.compile(r"template|examples?$|samples?$", re.IGNORECASE)


class Region(NamedTuple):
    """A list between markers: the lines of its opening and its closing marker, 1-based, and whose markers they are."""

    start: int
    end: int
    style: Literal["own", "adrlog"]


class Revision(NamedTuple):
    """What a list should be: `lines` take the place of all between the markers; no changes: it is as it should be.

    `listed` are the records that belong into it. Without `is_written`, so many are missing that nothing was written.
    """

    region: Region
    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    listed: tuple[DecisionRecord, ...]
    is_written: bool = True


def find_regions(document: Document) -> list[Region]:
    """Return the lists of an index in order; raises Fault for a marker without its partner. Code is not looked at."""
    found: list[Region] = []
    opened: tuple[int, str] | None = None
    for comment in document.comments:
        line = comment.span.start
        begin, end = _OPEN.fullmatch(comment.text), _CLOSE.fullmatch(comment.text)
        if not (begin or end) or not _is_alone(document, comment.span.start, comment.span.end):
            continue
        if begin and opened:
            raise Fault(line, f"a list begins inside the one that begins in line {opened[0]}")
        if begin:
            opened = comment.span.end, begin.lastgroup or ""
        elif end and opened and end.lastgroup == opened[1]:
            found.append(Region(opened[0], line, "own" if opened[1] == "own" else "adrlog"))
            opened = None
        elif end:
            raise Fault(line, "a list ends here and begins nowhere")
    if opened:
        closing = CLOSE if opened[1] == "own" else "<!-- adrlogstop -->"
        raise Fault(opened[0], f"a list begins here and ends nowhere; “{closing}” on a line of its own closes it")
    return found


def _is_alone(document: Document, start: int, end: int) -> bool:
    """Tell whether a comment has its lines for itself; one inside a sentence is only talked about."""
    text = "\n".join(document.lines[start - 1 : end]).strip()
    return text.startswith("<!--") and text.endswith("-->") and text.count("<!--") == 1


def revise_index(
    path: str,
    document: Document,
    records: Sequence[DecisionRecord],
    exists: Callable[[str], bool],
    vocabulary: Vocabulary,
    most: int | None = None,
) -> list[Revision]:
    """Return what each list of the index at `path` should be, given all records around it; raises Fault.

    `exists` answers for a path relative to the repository. A list that lacks more than `most` records is not written.
    """
    here = Here(path, tuple(record for record in records if record.kind == "record"), exists, vocabulary)
    return [_revise(document, region, here, most) for region in find_regions(document)]


def _revise(document: Document, region: Region, here: Here, most: int | None) -> Revision:
    lines = document.lines[region.start : region.end - 1]
    listed = belonging("\n".join(lines), here)
    try:
        among = here.among(listed)
        revised, changes = revise(read_listing(lines), among, region.style == "adrlog", most)
        if revised and changes and differs(read_listing(revised), among, region.style == "adrlog"):
            raise Fault(1, "this list cannot be kept, because what would be written there is not read as it is meant")
    except Fault as fault:
        raise Fault(region.start + fault.line, fault.text) from None
    placed = tuple(change._replace(line=region.start + change.line) for change in changes)
    is_written = revised is not None
    return Revision(region, tuple(revised) if revised is not None and changes else lines, placed, listed, is_written)


def belonging(text: str, here: Here) -> tuple[DecisionRecord, ...]:
    """Return the records that belong into a list, by where it stands and where its links lead.

    In a folder of records these are the ones below it. Elsewhere they are those of the logs it links to; a list that
    links to none takes all below its folder. Records put aside, translations and templates count where they are linked.
    """
    folder = here.folder
    targets = [link.target for link in find_links(text)]
    linked = {one.path for target in targets if (one := here.meant_by(target))}
    logs = {log_of(path) for target in targets if (path := here.resolve(target))}
    below = [one for one in here.records if not folder or one.path.startswith(f"{folder}/")]
    if log_of(here.path) not in here.logs or not folder:
        below = [one for one in here.records if log_of(one.path) in logs] or below
    folders = {posixpath.dirname(one) for one in linked}
    is_flat = bool(linked) and all(posixpath.dirname(one) in (folder, log_of(one)) for one in linked)
    paths = {one.path for one in below}
    found = [
        one
        for one in below
        if one.path in linked
        or not (_is_put_aside(one.path, folder, paths, folders, is_flat) or _is_attached(one.path, here))
    ]
    return tuple(sorted(found, key=lambda one: (one.path, one.span)))


def _is_put_aside(path: str, folder: str, paths: set[str], folders: set[str], is_flat: bool) -> bool:
    """Tell whether a record is left out: it is a translation, or in a folder below that this kind of list leaves out.

    The list leads to files in `folders`. When it leads to no folder below its own (`is_flat`), it is one of its own
    folder; those for what is over are never taken along.
    """
    original = _LOCALE.sub("", path)
    if original != path and original in paths:
        return True
    own = posixpath.dirname(path)
    inner = own[len(folder) :].strip("/") if folder else own
    if not inner or own in folders:
        return False
    top = log_of(path)[len(folder) :].strip("/") if log_of(path).startswith(folder) else log_of(path)
    below_log = inner[len(top) :].strip("/") if inner.startswith(top) else inner
    return (is_flat and bool(below_log) and not is_folder_record(path)) or any(
        _ASIDE.search(name) or _AROUND.search(name) for name in below_log.split("/") if name
    )


def _is_attached(path: str, here: Here) -> bool:
    """Tell whether a file without a number lies beside the page of a record's own folder ("0007-queue/README.md")."""
    own, name = posixpath.split(path)
    if re.search(r"\d", name) or is_folder_record(path) or not _NUMBERED.match(posixpath.basename(own)):
        return False
    return own != here.folder and any(here.exists(f"{own}/{page}") for page in ("README.md", "index.md"))
