"""How the folders of decision records are named; alone in its file, as most who ask need nothing else of the room."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lazily import lazy_pattern

FOLDERS = frozenset(
    ("adr", "adrs", "decisions", "decision", "decision-records", "decision_records", "decision-record",
     "architecture-decisions", "architecture_decisions", "architecture-decision-records", "architecture-decision-record",
     "architectural-decision-records", "architecture_decision_records", "design-decisions", "decision-log",
     "decisionrecords", "rfc", "rfcs", "rfd", "rfds", "kep", "keps", "arch-decisions", "adl", "madr", "ad")
)  # fmt: skip
TEMPLATE_WORDS = (
    *("template", "templates", "vorlage", "modele", "modèle", "plantilla", "modelo", "szablon", "шаблон", "sjabloon"),
    *("skeleton", "boilerplate"),
)
_ADR_TOKEN = lazy_pattern(r"(?:^|[-_. ])adrs?(?:$|[-_. ])")


def in_records_folder(path: str) -> bool:
    """Tell whether one of the folders in a path is named as decision records usually are."""
    return _is_of_records(path.rpartition("/")[0])


@lru_cache(maxsize=256)  # the files of a log are asked about one after the other
def _is_of_records(folder: str) -> bool:
    return any(folder_name(part) in FOLDERS for part in folder.split("/"))


def may_be_template(name: str) -> bool:
    """Tell whether a file's name has a word for a template in it; whether it is one, `is_template_name` tells."""
    folded = name.casefold()
    return any(word in folded for word in TEMPLATE_WORDS)


def folder_name(part: str) -> str:
    """Return a folder's name without its number, or the one word for all that speak of ADRs."""
    name = re.sub(r"^\d+[-_. ]+", "", part.casefold())
    return "adrs" if _ADR_TOKEN.search(name) else name
