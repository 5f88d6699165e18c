"""Which record is this: its number and its title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.vocabulary import fold, strip_symbols

_KIND = r"(?:architectur(?:e|al)[ -])?(?:design[ -])?(?:decision[ -]records?|decisions?|adr|adl|dr|ad|rfc|rfd|pdr|tdr|edr|kep|entscheidung|décision)"
_STAMP = lazy_pattern(r"^(?:\d{14}|\d{12}|\d{8}(?!\d)|\d{4}[-_.]\d{2}[-_.]\d{2})(?:[-_. ]|$)")
_DATE = lazy_pattern(r"(?<![^\W_])(?:19|20)\d\d([-_.])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?![^\W_])[-_.]?")
_FILE = lazy_pattern(rf"^(?:{_KIND})?[-_ .#]*(\d{{1,5}})(?:\.v\d+)?(?=$|[-_. )])", re.IGNORECASE)
_FILE_PREFIXED = lazy_pattern(
    r"^(?:adr[-_ ])?([A-Za-z][A-Za-z]{0,11}(?:[-_][A-Z]{1,4})?)[-_](\d{2,5})(?=$|[-_. ])", re.IGNORECASE
)
_FILE_SERIES = lazy_pattern(
    r"(?:^|[-_])ADR[-_]([A-Za-z]{2,16})[-_](\d{2,5})(?=$|[-_. ])", re.IGNORECASE
)  # ODH-ADR-Operator-0001-…
_NOT_A_SERIES = lazy_pattern(_KIND, re.IGNORECASE)
_HEADING = lazy_pattern(
    rf"""^\s*\[?(?:
        {_KIND}\s*(?:\#|nr\.?|no\.?|№|n°)?\s*[-–:#_]?\s*\#?(?P<number>\d{{1,5}})
      | {_KIND}\s*[-–:#_]\s*(?P<series>[A-Z]{{1,10}}(?:-[A-Z]{{1,4}})?-\d{{1,5}})
      | (?P<prefixed>[A-Z]{{2,12}}-\d{{1,5}})
      | (?:nr\.?|no\.?|№|n°)\s*(?P<counted>\d{{1,5}})
      | \#?(?P<bare>\d{{1,5}})(?!\.\d)(?=\s*[.):\-–—]|\s*\|)
      | (?P<padded>0\d{{2,4}})(?=\s)
      | {_KIND}(?=\s*[:\-–—]\s)
    )\]?\s*(?:[.):|]|[-–—]+(?=\s))?\s*[-–—:]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_SERIES = lazy_pattern(r"(?:[A-Z][\w-]* ){1,2}(?:RFC|ADR)[ -]#?(\d{1,5})\s*[:–—-]\s*")  # "Harbor RFC 0006: …"
_GENERIC = lazy_pattern(
    rf"^(?:{_KIND}|architecture|title|titel|titre|título|titolo|untitled|template|y-statement|record|"
    r"architecture decision|decision log)s?(?:\s*\(?adr\)?)?$",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A heading split into its number ("4", "API-001") and the words behind it."""

    number: str | None
    title: str | None


def read_heading(source: str) -> Heading:
    """Split a heading such as "ADR-0012: Use Redis" or "4. Use Redis"."""
    text = re.sub(
        r"\s*\{#[^}]*\}\s*$|\s*\[(?:deprecated|superseded|draft|rejected|obsolete)\]\s*$",
        "",
        plain(source),
        flags=re.IGNORECASE,
    ).strip()
    text = re.sub(r"^(?:n|N|X|#|N{2,5}|X{2,5})[.:]\s+", "", text)  # the number was never filled in
    if series := _NAMED_SERIES.match(text):
        return Heading(_clean(series[1]), text[series.end() :].strip() or None)
    match = _HEADING.match(strip_symbols(text) if not text.isascii() else text)
    rest = (
        strip_symbols(text)[match.end() :] if match and not text.isascii() else text[match.end() :] if match else text
    )
    found = next((g for g in match.groups() if g), None) if match else None
    rest = rest.strip()
    if len(rest) > 2 and rest[0] == "[" and rest[-1] == "]":
        rest = rest[1:-1]
    return Heading(_clean(found), rest or None)


@lru_cache(maxsize=16_384)  # asked about every file, by many
def number_in_path(path: str) -> str | None:
    """Return the number a file (or, for README.md and index.md, its folder) is named by."""
    parts = path.rstrip("/").split("/")
    stem = re.sub(r"(\.html|\.v\d+)?\.[A-Za-z]{2,8}$", "", parts[-1])
    if fold(stem) in ("readme", "index") and len(parts) > 1:
        stem = parts[-2]
        if not re.search(r"\d", stem) or _FILE.match(stem) is None:
            return None
    stamp = _STAMP.match(stem)
    if stamp:
        stem = stem[stamp.end() :]
        if not re.match(r"\d{2,4}[-_]|" + _KIND + r"[-_]?\d", stem, re.IGNORECASE):
            return None
    if "-" in stem or "_" in stem:
        stem = _DATE.sub("", stem)  # "retry-2026-01-02" is of a day, and not number 2026
    if match := _FILE.match(stem):
        return _clean(match[1])
    if match := _FILE_SERIES.search(stem):
        return f"{match[1]}-{match[2]}"
    if (match := _FILE_PREFIXED.match(stem)) and not _NOT_A_SERIES.fullmatch(match[1]):
        return f"{match[1].upper() if match[1].islower() else match[1]}-{match[2]}"
    return None


def is_generic(title: str) -> bool:
    """Tell whether a title names the kind of document only ("Architecture Decision Record")."""
    return bool(_GENERIC.match(fold(title)))


def _clean(number: str | None) -> str | None:
    if number is None:
        return None
    return (number.lstrip("0") or "0") if number.isdigit() else number
