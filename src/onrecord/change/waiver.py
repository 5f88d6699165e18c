"""“No decision here, because …”: the author says that there is nothing to write down."""

from __future__ import annotations

import re

from onrecord.markdown import Document, plain
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import Vocabulary

# Behind the opening words stands a mark, the reason's first word, or nothing: "No decision has been reached" is none.
_WAIVER = re.compile(
    r"^\W{0,3}no decision(?: (?:is )?(?:here|needed|required|necessary))?"
    r"(?:\s*[,;:.–—-]+\s*|\s+(?=(?:because|since|as)\b)|\s*$)"
    r"(?:(?:because|since|as)\b)?\s*:?\s*(?P<reason>.*)$",
    re.IGNORECASE,
)


def read_waiver(document: Document, vocabulary: Vocabulary) -> str | None:
    """Return the reason of a waiver on a line of its own, empty when it gives none; None when there is no waiver."""
    for section in document.sections:
        for text, _ in pieces(section.blocks):
            for line in text.split("\n"):
                if match := _WAIVER.match(plain(line)):
                    reason = match["reason"].strip(" .*_…")
                    return "" if is_unfilled(reason, vocabulary) else reason
    return None
