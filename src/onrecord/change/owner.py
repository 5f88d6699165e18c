"""Who a description names as the one who decided."""

from __future__ import annotations

import re

from onrecord.change.waiver import is_none
from onrecord.lazily import lazy_pattern
from onrecord.markdown import Document, plain
from onrecord.record.body import read_slot
from onrecord.record.header import fields_in
from onrecord.record.outline import Outline
from onrecord.record.people import read_people
from onrecord.record.placeholders import pieces
from onrecord.record.vocabulary import Vocabulary

_ROLES = ("owner", "decision_makers")
_IN_LINE = lazy_pattern(
    r"(?:^|(?<=[.;!?,]\s))(?P<key>[^\W\d_]\w+(?: \w+)?):[ \t]*(?P<value>[^;\n]{2,120})", re.MULTILINE
)  # "… Owner: Ann"
_END = lazy_pattern(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bSt)[.!?](?:\s|$)")  # "J. R. Example" goes on


def read_owner(document: Document, outline: Outline, vocabulary: Vocabulary) -> str | None:
    """Return the first person or team named as owner or decider: in a field, a section, or within a line."""
    for section in document.sections:
        for block in section.blocks:
            for found in fields_in(block, vocabulary):
                if found.role in _ROLES and (name := _name(found.value, vocabulary)):
                    return name
    if name := _name(read_slot(outline, _ROLES, vocabulary).text, vocabulary):
        return name
    for section in document.sections:
        for text, _ in pieces(section.blocks):
            for match in _IN_LINE.finditer(plain(text)):
                if vocabulary.label(match["key"]) in _ROLES and (name := _name(match["value"], vocabulary)):
                    return name
    return None


def _name(value: object, vocabulary: Vocabulary) -> str | None:
    text = _END.split(value, maxsplit=1)[0] if isinstance(value, str) else value
    if not text or (isinstance(text, str) and is_none(text, vocabulary)):  # a waiver below an empty "Owner:"
        return None
    return next(iter(read_people(text, vocabulary)[0]), None)
