"""What the name of a file adds to what its text says: the number, a title without it, and the kind."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from onrecord.record.identity import number_in_path
from onrecord.record.model import Slot
from onrecord.record.recognize import Evidence, recognize

if TYPE_CHECKING:
    from onrecord.record.model import DecisionRecord, Kind, Reason


_BY_NAME = Slot("filled", None, "file name")


class Unnamed(NamedTuple):
    """A record as its text alone gives it; files with the same text share it, whatever they are called.

    `is_numbered` tells that its heading has a number; without `evidence`, its number and kind are known already.
    """

    record: DecisionRecord
    is_numbered: bool
    evidence: Evidence | None

    def named(self, path: str, shown: str = "") -> DecisionRecord:
        """Return the record of a file at `path`, relative to the repository, which people know as `shown`."""
        record = copy(self.record)
        record.path = shown or path
        if self.evidence:
            record.number, record.kind, record.reason = by_name(path, record.number, self.evidence)
        name_parts(record, path, self.is_numbered, self.evidence is not None)
        return record


def by_name(path: str, number: str | None, evidence: Evidence) -> tuple[str | None, Kind, Reason | None]:
    """Return the number, the kind, and what a text is that is no record; `number` is what the text says."""
    return number_in_path(path) or number, *recognize(path, evidence)


def name_parts(record: DecisionRecord, path: str, is_numbered: bool, is_open: bool) -> None:
    """Change in a record what its file's name does to the title, and (`is_open`) to where the number is from."""
    in_path = number_in_path(path)
    if record.title:
        record.title = _without_series(record.title, path)
        if in_path and not is_numbered:
            record.title = _without_number(record.title, in_path)
    if in_path and is_open:
        title = {name: slot for name, slot in record.slots.items() if name == "title"}
        record.slots = title | {"number": _BY_NAME} | record.slots | {"number": _BY_NAME}


def _without_series(title: str, path: str) -> str:
    """Drop a series' full name in front of a title ("Open Parcel Hub - …") where the file has its initials (OPH-ADR-…)."""
    match = re.match(r"((?:\w+ ){1,4}\w+)\s+[-–—]\s+(\S.*)", title)
    prefix = re.match(r"([A-Za-z]{2,6})[-_]", path.rsplit("/", 1)[-1])
    if match and prefix and "".join(word[0] for word in match[1].split()).casefold() == prefix[1].casefold():
        return match[2]
    return title


def _without_number(title: str, number: str) -> str:
    """Drop the file's own number in front of a title ("6 Retry" in 0006-retry.md)."""
    first, *rest = title.split(maxsplit=1)
    is_own = first.endswith(number) and not first.removesuffix(number).strip("0")
    return rest[0] if rest and is_own else title
