"""Is this file a decision record, and if not, what is it?"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Code, Document, ListBlock, Table, plain, visible_text
from onrecord.record.folders import TEMPLATE_WORDS
from onrecord.record.folders import in_records_folder as in_records_folder
from onrecord.record.identity import number_in_path, read_heading
from onrecord.record.model import Kind, Reason, Slot
from onrecord.record.outline import Outline
from onrecord.record.placeholders import find_placeholder, pieces
from onrecord.record.vocabulary import Vocabulary, fold

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
_PROCESS_WORDS = lazy_pattern(
    r"\b(?:process|guide|guidelines|how to|contributing|workflow|procedure|life ?cycle|instructions)\b", re.IGNORECASE
)
_ABOUT_RECORDS = lazy_pattern(  # the title of a page that explains what a record is
    r"(?:what (?:is|are) )?(?:an? |the |our )?(?:architectur(?:e|al) )?decision (?:records?|logs?)(?: \(?adrs?\)?)?",
    re.IGNORECASE,
)
_LINK = lazy_pattern(r"\]\([^)]*\)")


MOSTLY = 0.6  # of the pieces: then nothing was filled in yet
MIN_WORDS = 30  # below that, a file without any body part is a stub


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


def recognize(
    path: str, document: Document, outline: Outline, slots: dict[str, Slot], vocabulary: Vocabulary
) -> Recognition:
    """Decide by name first, then by content: what is filled in, and how it is labelled."""
    name = path.rsplit("/", 1)[-1]
    stem = _stem(name)
    filled = {key for key, slot in slots.items() if slot.state == "filled"}
    number = number_in_path(path)
    if _TEMPLATE.search(stem) and (_is_zero(number) or not {"decision", "context"} <= filled):
        return Recognition("not-a-record", "template")
    if not any(line.strip() for line in document.lines):
        return Recognition("not-a-record", "stub")
    if stem in _README | _INDEX and not (
        _is_record_folder(path, stem) and _evidence(path, outline, slots, filled) >= 4
    ):
        return Recognition("not-a-record", "readme" if stem in _README and not _is_mostly_links(document) else "index")
    if stem in _PROCESS:
        return Recognition("not-a-record", "process")
    if _is_unfilled_template(outline, slots, filled, vocabulary, not _is_zero(number)):
        return Recognition("not-a-record", "stub" if number else "template")
    return _by_content(path, document, outline, slots, filled)


def _by_content(
    path: str, document: Document, outline: Outline, slots: dict[str, Slot], filled: set[str]
) -> Recognition:
    evidence = _evidence(path, outline, slots, filled)
    title = plain(outline.parts[outline.title_index].title) if outline.title_index is not None else ""
    is_about = _PROCESS_WORDS.search(title) or _ABOUT_RECORDS.fullmatch(fold(title))
    if evidence < 4 and is_about and number_in_path(path) is None:
        return Recognition("not-a-record", "process")
    if _is_mostly_links(document) and "decision" not in filled:
        return Recognition("not-a-record", "index")
    body = filled & {"context", "decision", "considered_options", "consequences"}
    enough = 4 if in_records_folder(path) or number_in_path(path) or "status" in filled else 5
    at_home = in_records_folder(path) or number_in_path(path) is not None
    decides = slots["decision"].state != "absent" or "considered_options" in filled
    if evidence >= enough and (at_home or decides) and (body or _word_count(document) >= MIN_WORDS):
        return Recognition("record", None)
    words = _word_count(document)
    if evidence >= 3 and words >= 2 * MIN_WORDS and in_records_folder(path) and number_in_path(path):
        return Recognition("record", None)  # numbered among the records and written in its own way
    has_code = any(isinstance(block, Code) for section in document.sections for block in section.blocks)
    nothing = words < MIN_WORDS and not has_code
    return Recognition("not-a-record", "stub" if nothing and number_in_path(path) else "other")


def _word_count(document: Document) -> int:
    return sum(len(visible_text(section.blocks).split()) for section in document.sections)


def _evidence(path: str, outline: Outline, slots: dict[str, Slot], filled: set[str]) -> int:
    """Weigh what speaks for a record; 4 is enough. A folder or a name alone never is."""
    score = 2 * in_records_folder(path) + (number_in_path(path) is not None)
    score += 2 * ("decision" in filled) + ("context" in filled) + ("consequences" in filled)
    listed = "considered_options" in filled and slots["considered_options"].how.startswith("heading")
    score += listed + 2 * ("status" in filled) + ("date" in filled)
    score += "decision" in slots and slots["decision"].state in ("empty", "placeholder")
    if outline.title_index is not None:
        source = outline.parts[outline.title_index].title
        title = plain(source)
        names_kind = re.match(r"\s*\[?(?:adr|decision record|architecture decision)", title, re.IGNORECASE)
        score += 2 * bool(names_kind and not _ABOUT_RECORDS.fullmatch(fold(title)))
        score += read_heading(source).number is not None
    return score


def _is_record_folder(path: str, stem: str) -> bool:
    """Tell whether the folder names one decision, so that its README.md or index.md is the record."""
    parts = path.split("/")
    return (
        stem in ("readme", "index")
        and len(parts) > 1
        and bool(re.match(r"\d{4}-\d{2}-\d{2}|(?:adr|dr|rfc)?[-_]?\d{2,5}(?:[-_]|$)", parts[-2], re.IGNORECASE))
    )


def _is_unfilled_template(
    outline: Outline, slots: dict[str, Slot], filled: set[str], vocabulary: Vocabulary, is_numbered: bool
) -> bool:
    """Tell whether what stands there is still the template: parts hold placeholders, and no decision was written."""
    body = [slots[key].state for key in ("context", "decision", "considered_options", "consequences") if key in slots]
    top = outline.title_index
    is_untitled = top is not None and find_placeholder(outline.parts[top].title, vocabulary) is not None
    if "decision" in filled and is_numbered and not is_untitled:
        return False  # somebody decided here, however much of a long template was left as it is
    unfilled = sum(state == "placeholder" for state in body) + is_untitled
    there = sum(state != "absent" for state in body)
    if _unfilled_share(outline, vocabulary) >= MOSTLY:
        return True
    if "decision" in filled:
        return False
    if there and there == sum(state in ("placeholder", "empty") for state in body) and (unfilled or there >= 2):
        return True
    return unfilled >= 2 and "context" not in filled


def _unfilled_share(outline: Outline, vocabulary: Vocabulary) -> float:
    """Return the share of paragraphs, list items and cells that are still the template's; 0 where there are few."""
    told = [text for part in outline.parts for text, _ in pieces(part.blocks)]
    unfilled = sum(find_placeholder(text, vocabulary) is not None for text in told)
    return unfilled / len(told) if unfilled >= 4 else 0.0


def _is_mostly_links(document: Document) -> bool:
    """Tell whether most list items and table rows are links: an index."""
    entries = linked = 0
    for section in document.sections:
        for block in section.blocks:
            sources: list[str] = []
            if isinstance(block, ListBlock):
                sources = ["\n".join(getattr(b, "text", "") for b in item.blocks) for item in block.items]
            elif isinstance(block, Table):
                sources = [" ".join(row) for row in block.rows]
            entries += len(sources)
            linked += sum(bool(_LINK.search(source)) for source in sources)
    return entries >= 5 and linked / entries > 0.7
