"""What in a text speaks for a decision record, and what for a template or a page about records."""

from __future__ import annotations

import re

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Code, Document, ListBlock, Table, plain, visible_text
from onrecord.record.identity import read_heading
from onrecord.record.model import Slot
from onrecord.record.outline import Outline
from onrecord.record.placeholders import find_placeholder, pieces
from onrecord.record.recognize import BODY, ENOUGH, Evidence
from onrecord.record.vocabulary import Vocabulary, fold

_PROCESS_WORDS = lazy_pattern(
    r"\b(?:process|guide|guidelines|how to|contributing|workflow|procedure|life ?cycle|instructions)\b", re.IGNORECASE
)
_ABOUT_RECORDS = lazy_pattern(  # the title of a page that explains what a record is
    r"(?:what (?:is|are) )?(?:an? |the |our )?(?:architectur(?:e|al) )?decision (?:records?|logs?)(?: \(?adrs?\)?)?",
    re.IGNORECASE,
)
_LINK = lazy_pattern(r"\]\([^)]*\)")
MOSTLY = 0.6  # of the pieces: then nothing was filled in yet


def weigh(document: Document, outline: Outline, slots: dict[str, Slot], vocabulary: Vocabulary) -> Evidence:
    """Return what a text shows of itself, whatever its file is called; `slots` as the reading steps left them."""
    filled = tuple(key for key, slot in slots.items() if slot.state == "filled")
    source = outline.parts[outline.title_index].title if outline.title_index is not None else ""
    title = plain(source)
    is_decided = "decision" in filled and not (source and find_placeholder(source, vocabulary))
    score = _score(source, slots, filled)
    decides = slots["decision"].state != "absent" or "considered_options" in filled
    is_clear = score >= ENOUGH and decides and not BODY.isdisjoint(filled)
    return Evidence(
        is_blank=not any(line.strip() for line in document.lines),
        filled=tuple(key for key in filled if key in BODY or key == "status"),
        score=score,
        decides=decides,
        is_decided=is_decided,
        is_unfilled=_is_unfilled_template(outline, slots, filled, vocabulary),
        is_about=bool(_PROCESS_WORDS.search(title) or _ABOUT_RECORDS.fullmatch(fold(title))),
        is_list=_is_mostly_links(document),
        words=0 if is_clear else sum(len(visible_text(section.blocks).split()) for section in document.sections),
        has_code=any(isinstance(block, Code) for section in document.sections for block in section.blocks),
    )


def _score(heading: str, slots: dict[str, Slot], filled: tuple[str, ...]) -> int:
    score = 2 * ("decision" in filled) + ("context" in filled) + ("consequences" in filled)
    listed = "considered_options" in filled and slots["considered_options"].how.startswith("heading")
    score += listed + 2 * ("status" in filled) + ("date" in filled)
    score += "decision" in slots and slots["decision"].state in ("empty", "placeholder")
    title = plain(heading)
    names_kind = re.match(r"\s*\[?(?:adr|decision record|architecture decision)", title, re.IGNORECASE)
    score += 2 * bool(names_kind and not _ABOUT_RECORDS.fullmatch(fold(title)))
    return score + (read_heading(heading).number is not None)


def _is_unfilled_template(
    outline: Outline, slots: dict[str, Slot], filled: tuple[str, ...], vocabulary: Vocabulary
) -> bool:
    """Tell whether what stands there is still the template: parts hold placeholders, and no decision was written."""
    body = [slots[key].state for key in ("context", "decision", "considered_options", "consequences") if key in slots]
    top = outline.title_index
    is_untitled = top is not None and find_placeholder(outline.parts[top].title, vocabulary) is not None
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
