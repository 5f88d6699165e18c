"""What a record goes by in a list: the words and the date of its file's or folder's name, and a title worth writing."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from onrecord.log.similar import words
from onrecord.markdown import plain
from onrecord.record.identity import is_generic, number_in_path, read_heading
from onrecord.record.placeholders import find_placeholder
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.record import DecisionRecord, Vocabulary

_EXTENSION = re.compile(r"\.(?:mdx?|markdown|mdown|rst|html?)$", re.IGNORECASE)
_STAMP = re.compile(
    r"(?P<date>\d{4}([-./])\d{2}\2\d{2}|\d{2}\.\d{2}\.\d{4})(?!\d)[\s:.,–—_*-]+(?=.*[^\W\d_])", re.DOTALL
)
_LEAD = re.compile(r"(?:(?:adr|rfc|rfd|dr|pdr|tdr|edr|kep|ad)(?=[-_ .]*\d)|\d+(?![^\W_])|[\W_]+)+", re.IGNORECASE)
_DATE_IN_NAME = re.compile(
    r"(?:[a-z]{2,8}[-_ .]?|(?:[a-z]{2,8}[-_ ])?\d{1,5}[-_ ])?((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"(?:(?:short|the|your|adr|decision|record|new|insert)\s+)*(?:title|titel|titre|título|titolo)"
    r"(?:\s+(?:here|goes here|(?:of|for|de|du|der|des|del)\s+(?:the|this|your|solved|an?|decision|adr|la|el|da)\b.*))?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:readme|index)\.", re.IGNORECASE)
_LAST_DIGITS = re.compile(r"\d+$")
_DIGITS = re.compile(r"\d+")
_JOINTS = re.compile(r"[-_.]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_LEAST_PART = 4  # letters of a word that is found inside others: "DispatcherRegistry", "Dispatcher registries"


class Lead(NamedTuple):
    """A date in front of a title, and where the title begins."""

    date: str
    end: int


def stem(path: str) -> str:
    """Return the name of a file without its folder and extension."""
    return _EXTENSION.sub("", path.rsplit("/", 1)[-1])


@lru_cache(maxsize=16_384)  # asked about every row, by many
def is_folder_record(path: str) -> bool:
    """Tell whether a record is the page of a folder of its own, so that a link may lead to the folder."""
    return "/" in path and _PAGE.match(path.rsplit("/", 1)[-1]) is not None


@lru_cache(maxsize=16_384)
def file_or_folder(path: str) -> str:
    """Return the name that a record goes by: of its file, or of its folder where each record has one."""
    return posixpath.basename(posixpath.dirname(path) if is_folder_record(path) else path)


def date_before(text: str) -> Lead | None:
    """Return the date that a title begins with ("2026-01-31 Keep invoices")."""
    match = _STAMP.match(text)
    return Lead(match["date"], match.end()) if match else None


def date_in_name(path: str) -> str | None:
    """Return the date (ISO) that the name of a file or folder begins with, behind its number if it has one."""
    match = _DATE_IN_NAME.match(file_or_folder(path))
    if match is None:
        return None
    year, month, day = match[1], match[3], match[4]
    return f"{year}-{month}-{day}" if "01" <= month <= "12" and "01" <= day <= "31" else None


def value_of(record: DecisionRecord) -> int | None:
    """Return the digits of a record's number, behind any prefix."""
    digits = _LAST_DIGITS.search(record.number or "")
    return int(digits[0]) if digits else None


def digits_of(name: str) -> str:
    """Return the number in a name or a path without zeros in front, else the name, folded."""
    found = _DIGITS.search(number_in_path(unquote(name).rsplit("/", 1)[-1]) or name)
    return str(int(found[0])) if found else fold(name)


@lru_cache(maxsize=16_384)
def file_number(path: str) -> str:
    """Return the number in the name of a record's file or folder as it is written there, else the name."""
    digits = _LAST_DIGITS.search(number_in_path(path) or "")
    name = file_or_folder(path)
    if digits is None:
        return name
    number = digits[0].lstrip("0") or "0"
    for run in _DIGITS.findall(name):
        if run.endswith(number):
            return str(run[len(run[: -len(number)].rstrip("0")) :])
    return name


@lru_cache(maxsize=16_384)
def words_of_name(path: str) -> str:
    """Return the words of a file's or folder's name as a title; empty where it is a number or a date only."""
    name = stem(file_or_folder(path))
    name = " ".join(_JOINTS.sub(" ", name[_edge(name) :]).split())
    return name[:1].upper() + name[1:]


def says_title(text: str, record: DecisionRecord) -> bool:
    """Tell whether a title in a list may stand for a record, in whatever words.

    It may when at least half of its telling words stand in the record's title or in its file's or folder's name.
    """
    return _is_like(text, record.title or "") or _is_like(text, words_of_name(record.path))


def title_of(record: DecisionRecord, is_own: bool, vocabulary: Vocabulary) -> str:
    """Return the title for a record that is not listed yet: its own, else the words of its file's or folder's name.

    `is_own` tells that somebody gave its title to it alone.
    """
    if is_own and record.title:
        return record.title
    named = words_of_name(record.path)
    if not record.title or is_template_title(record.title, vocabulary):
        return named or stem(record.path)
    return record.title if not named or _is_like(named, record.title) else named


@lru_cache(maxsize=16_384)
def is_template_title(title: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a title is a template's, or says only what kind of text this is."""
    is_text = _TEMPLATE.fullmatch(title.strip(" .:[]<>{}")) is not None
    return is_text or is_generic(title) or find_placeholder(title, vocabulary) is not None


@lru_cache(maxsize=4_096)
def _is_like(text: str, other: str) -> bool:
    title = plain(text)
    lead = date_before(title)
    title = title[lead.end :] if lead else title
    title = read_heading(title).title or title
    own = set(words(title)) or set(title.casefold().split())
    return _share(own, other) * 2 >= len(own)


def _share(own: set[str], other: str) -> int:
    """Return how many of these words another text has, also as a part of a longer one or written as two."""
    there = set(words(other)) | set(other.casefold().split())
    joined = _NO_LETTERS.sub("", other.casefold())
    return sum(word in there or (len(word) >= _LEAST_PART and word in joined) for word in own)


def _edge(text: str) -> int:
    match = _LEAD.match(text)
    return match.end() if match else 0
