"""Is this file a decision record, and if not, what is it?"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.record.folders import TEMPLATE_WORDS, in_records_folder
from onrecord.record.identity import number_in_path
from onrecord.record.model import Kind, Reason
from onrecord.record.vocabulary import fold

_TEMPLATE = lazy_pattern(rf"(?:^|[-_. ])(?:{'|'.join(TEMPLATE_WORDS)})(?:$|[-_. ])", re.IGNORECASE)
_README = frozenset(("readme", "_readme"))
_INDEX = frozenset(
    (
        "index",
        "_index",
        "summary",
        "toc",
        "log",
        "decision-log",
        "overview",
        "adr-index",
        "list",
        "contents",
        "table-of-contents",
        "decisions",
        "sidebar",
        "_sidebar",
    )
)
_PROCESS = frozenset(
    (
        "process",
        "contributing",
        "guide",
        "guidelines",
        "howto",
        "how-to",
        "workflow",
        "governance",
        "faq",
        "about",
        "usage",
        "changelog",
        "glossary",
    )
)
MIN_WORDS = 30  # below that, a file without any body part is a stub
ENOUGH = 5  # of what speaks for a record; one less among records
BODY = frozenset(("context", "decision", "considered_options", "consequences"))


class Recognition(NamedTuple):
    """The kind of a file; `reason` says what a non-record is."""

    kind: Kind
    reason: Reason | None


def is_template_name(name: str) -> bool:
    """Tell whether a file is named as a template ("adr-template.md"), and not as a numbered record about templates."""
    return bool(_TEMPLATE.search(_stem(name))) and _is_zero(number_in_path(name))


def is_page_name(path: str) -> bool:
    """Tell by name alone whether a file among records is none: a template, an index, a readme, a page on the process."""
    stem = _stem(path.rsplit("/", 1)[-1])
    is_page = stem in _PROCESS or (stem in _README | _INDEX and not _is_record_folder(path, stem))
    return is_page or is_template_name(path.rsplit("/", 1)[-1])


def _is_zero(number: str | None) -> bool:
    """Tell whether a number is none: absent, or all zeros behind any prefix (ADR-0000)."""
    return number is None or not re.search(r"[1-9]", number)


def _stem(name: str) -> str:
    return fold(re.sub(r"\.[A-Za-z.]{2,10}$", "", name))


class Evidence(NamedTuple):
    """What a text shows of itself that becomes a record's only together with the name of its file.

    `score` weighs what speaks for a record; `is_unfilled` and `is_decided` tell a template from what was written into
    one; `is_about` and `is_list` speak for a page about records. `words` is 0 where nobody needs to count them.
    """

    is_blank: bool
    filled: tuple[str, ...]  # of the parts of a body, and the status
    score: int
    decides: bool  # it has a place for the decision, or alternatives
    is_decided: bool
    is_unfilled: bool
    is_about: bool
    is_list: bool
    words: int
    has_code: bool


def recognize(path: str, seen: Evidence) -> Recognition:
    """Decide by name first, then by content: what is filled in, and how it is labelled."""
    name = path.rsplit("/", 1)[-1]
    stem = _stem(name)
    number = number_in_path(path)
    if _TEMPLATE.search(stem) and (_is_zero(number) or not {"decision", "context"} <= {*seen.filled}):
        return Recognition("not-a-record", "template")
    if seen.is_blank:
        return Recognition("not-a-record", "stub")
    if stem in _README | _INDEX and not (_is_record_folder(path, stem) and _with_place(path, seen) >= ENOUGH - 1):
        return Recognition("not-a-record", "readme" if stem in _README and not seen.is_list else "index")
    if stem in _PROCESS:
        return Recognition("not-a-record", "process")
    # Where somebody decided under a number, it is a record, however much of a long template was left as it is.
    if seen.is_unfilled and not (seen.is_decided and not _is_zero(number)):
        return Recognition("not-a-record", "stub" if number else "template")
    return _by_content(path, seen)


def _by_content(path: str, seen: Evidence) -> Recognition:
    score, number = _with_place(path, seen), number_in_path(path)
    if score < ENOUGH - 1 and seen.is_about and number is None:
        return Recognition("not-a-record", "process")
    if seen.is_list and "decision" not in seen.filled:
        return Recognition("not-a-record", "index")
    at_home = in_records_folder(path) or number is not None
    enough = ENOUGH - (at_home or "status" in seen.filled)
    is_told = not BODY.isdisjoint(seen.filled) or seen.words >= MIN_WORDS
    if score >= enough and (at_home or seen.decides) and is_told:
        return Recognition("record", None)
    if score >= ENOUGH - 2 and seen.words >= 2 * MIN_WORDS and in_records_folder(path) and number:
        return Recognition("record", None)  # numbered among the records and written in its own way
    nothing = seen.words < MIN_WORDS and not seen.has_code
    return Recognition("not-a-record", "stub" if nothing and number else "other")


def _with_place(path: str, seen: Evidence) -> int:
    """Weigh what speaks for a record, its place included. A folder or a name alone never is enough."""
    return seen.score + 2 * in_records_folder(path) + (number_in_path(path) is not None)


def _is_record_folder(path: str, stem: str) -> bool:
    """Tell whether the folder names one decision, so that its README.md or index.md is the record."""
    parts = path.split("/")
    return (
        stem in ("readme", "index")
        and len(parts) > 1
        and bool(re.match(r"\d{4}-\d{2}-\d{2}|(?:adr|dr|rfc)?[-_]?\d{2,5}(?:[-_]|$)", parts[-2], re.IGNORECASE))
    )
