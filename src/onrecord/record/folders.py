"""How the folders of decision records are named; alone in its file, as most who ask need nothing else of the room."""

from __future__ import annotations

import re

FOLDERS = frozenset(
    ("adr", "adrs", "decisions", "decision", "decision-records", "decision_records", "decision-record",
     "architecture-decisions", "architecture_decisions", "architecture-decision-records", "architecture-decision-record",
     "architectural-decision-records", "architecture_decision_records", "design-decisions", "decision-log",
     "decisionrecords", "rfc", "rfcs", "rfd", "rfds", "kep", "keps", "arch-decisions", "adl", "madr", "ad")
)  # fmt: skip
_ADR_TOKEN = re.compile(r"(?:^|[-_. ])adrs?(?:$|[-_. ])")


def in_records_folder(path: str) -> bool:
    """Tell whether one of the folders in a path is named as decision records usually are."""
    return any(folder_name(part) in FOLDERS for part in path.split("/")[:-1])


def folder_name(part: str) -> str:
    """Return a folder's name without its number, or the one word for all that speak of ADRs."""
    name = re.sub(r"^\d+[-_. ]+", "", part.casefold())
    return "adrs" if _ADR_TOKEN.search(name) else name
