"""Numbers of records within their series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.record import DecisionRecord

_VARIANT = re.compile(r"(?:[-_.](?:new|old|draft|v\d+|[a-z]{2}(?:-[A-Z]{2})?))+$")


def same_number(records: Iterable[DecisionRecord]) -> list[list[DecisionRecord]]:
    """Return the groups of records that share folder, series and written number, in order of their paths.

    Translations (`0001-x.de.md`), variants of one name (`0001-x-new.md`) and other paddings are other series.
    """
    groups: dict[tuple[str, str], dict[str, DecisionRecord]] = {}
    for record in sorted(records, key=lambda r: r.path):
        folder, _, name = record.path.rpartition("/")
        written = re.match(r"[A-Za-z_ -]*\d+", name)
        if record.kind != "record" or record.number is None or written is None:
            continue
        stem = _VARIANT.sub("", name.rsplit(".", 1)[0])
        groups.setdefault((folder, written[0].casefold()), {}).setdefault(stem.casefold(), record)
    return [list(group.values()) for group in groups.values() if len(group) > 1]
