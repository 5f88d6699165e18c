"""Where a link or a mention leads: to which record of this log, or to a place that counts as one."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.record import DecisionRecord

_MENTION = lazy_pattern(r"\[?ADR[-_ #]{0,3}0*(?P<number>\d{1,5})\]?", re.IGNORECASE)
_SCHEME = lazy_pattern(r"https?://", re.IGNORECASE)
_FILE_VIEWS = frozenset(("blob", "tree", "raw", "blame", "edit"))
_TALKS = frozenset(("pull", "pulls", "discussions", "issues", "commit", "compare"))
_TRUNKS = frozenset(("main", "master", "head", "trunk", "develop", "default"))
_PUBLIC = "github.com"
_FOLDER_RECORDS = ("", "/README.md", "/index.md")


class Place(NamedTuple):
    """Where links are followed from.

    `records` gives the log when it is needed; `exists` and `is_record` answer for paths relative to the repository, and
    `added` are those that the change adds.
    `repository` is its "owner/name", empty when that is not known: then no link can be said to lead nowhere.
    `allowed` are other repositories whose records count; `server` the address of the GitHub that holds them.
    """

    records: Callable[[], Sequence[DecisionRecord]]
    exists: Callable[[str], bool]
    is_record: Callable[[str], bool]
    repository: str = ""
    server: str = "https://github.com"
    allowed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def resolves(link: str, place: Place) -> bool | None:
    """Tell whether a link or a mention leads to a record; None where nobody here can tell. Nothing is fetched."""
    text = link.strip().strip("<>")
    found = _follow(text, place)
    return None if found is False and not place.repository else found


def _follow(text: str, place: Place) -> bool | None:
    if mention := _MENTION.fullmatch(text):
        return _is_numbered(mention["number"], place)
    if re.fullmatch(r"#\d+", text):
        return None
    if _SCHEME.match(text) or _host_of(text) in _hosts(place.server):
        return _address(text if _SCHEME.match(text) else f"https://{text}", place)
    return _path(text, place)


def record_named(link: str, records: Iterable[DecisionRecord], repository: str = "") -> DecisionRecord | None:
    """Return the one record of a log that a link or a mention names, None when there is none or more than one.

    An address counts only below `repository` ("owner/name"): elsewhere may be files of the same name.
    """
    text = link.strip().strip("<>")
    known = [record for record in records if record.kind == "record"]
    if mention := _MENTION.fullmatch(text):
        found = [record for record in known if has_number(record, mention["number"])]
        return found[0] if len(found) == 1 else None
    path = _plain_path(text)
    if is_address(text):
        if not repository or f"/{repository.casefold()}/" not in path.casefold():
            return None
        found = [record for record in known if _ends_with(path, record.path)]
    else:
        found = [record for record in known if _ends_with(record.path, path)]
    found = [record for record in found if record.path == path] or found
    return found[0] if len(found) == 1 else None


def is_address(link: str) -> bool:
    """Tell whether a link leads to a host, with or without "https:", and not simply to a file."""
    text = link.strip().strip("<>")
    return bool(_SCHEME.match(text)) or ("." in text.split("/", 1)[0].strip(".") and "/" in text)


def has_number(record: DecisionRecord, number: str) -> bool:
    """Tell whether a record goes by a number: its own, or the digits at the end of one with a prefix (API-012)."""
    digits = re.search(r"\d+$", record.number or "")
    return digits is not None and int(digits[0]) == int(number)


def name_of(record: DecisionRecord) -> str:
    """Return what people call a record: "ADR-12 Keep invoices in PostgreSQL", else its path."""
    if record.number is None or not record.title:
        return record.path
    number = f"ADR-{record.number}" if record.number.isdigit() else record.number
    title = " ".join(record.title.split())
    return f"{number} {title if len(title) <= 80 else title[:79].rstrip() + '…'}"


def _is_numbered(number: str, place: Place) -> bool | None:
    from onrecord.record.identity import number_in_path

    if any(number_in_path(path) == number for path in place.added):
        return True
    known = [record for record in place.records() if record.kind == "record" and record.number]
    if any(has_number(record, number) for record in known):
        return True
    return None if place.allowed or not known else False  # else the log is, or may be, in another repository


def _address(url: str, place: Place) -> bool | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if parts.netloc.casefold() not in _hosts(place.server) or len(steps) < 2:
        return None  # a published site of records, perhaps
    name = "/".join(steps[:2]).casefold()
    if name in {one.casefold() for one in place.allowed}:
        return True
    if name != place.repository.casefold():
        return False
    if len(steps) < 4 or steps[2] in _TALKS or steps[2] not in _FILE_VIEWS:
        return None
    return _in_own(steps[3:], place)


def _in_own(steps: list[str], place: Place) -> bool | None:
    """Follow branch and path of this repository; a branch may have slashes, and another branch may hold the record."""
    paths = ["/".join(steps[i:]) for i in range(1, len(steps))]
    known = [f"{path}{end}" for path in paths for end in _FOLDER_RECORDS if place.is_record(f"{path}{end}")]
    if any(_is_there(path, place) for path in known):
        return True
    return None if known and steps[0].casefold() not in _TRUNKS else False


def _path(text: str, place: Place) -> bool | None:
    path = _plain_path(text)
    if not path:
        return None
    if _is_there(path, place):
        return place.is_record(path)
    if any(_ends_with(known, path) for known in place.added if place.is_record(known)):
        return True
    return any(_ends_with(record.path, path) for record in place.records() if record.kind == "record")


def _plain_path(link: str) -> str:
    """Return the path in a link, without what leads out of its folder, its anchor and its query."""
    path = posixpath.normpath("/" + unquote(re.split(r"[#?]", link.strip(), maxsplit=1)[0]).replace("\\", "/"))
    return path.lstrip("/")


def _is_there(path: str, place: Place) -> bool:
    return path in place.added or (".." not in path.split("/") and place.exists(path))


def _ends_with(path: str, end: str) -> bool:
    return path == end or path.endswith(f"/{end}")


def _host_of(text: str) -> str:
    return text.split("/", 1)[0].casefold()


def _hosts(server: str) -> frozenset[str]:
    """Return the names a GitHub answers to. What stands on github.com is no secret to a server of a company's own."""
    own = urlsplit(server).netloc.casefold()
    return frozenset((own, f"www.{own}", _PUBLIC, f"www.{_PUBLIC}")) - {"", "www."}
