"""Links to decision records in a description."""

from __future__ import annotations

import re

_RECORD_LINK = re.compile(
    r"(?:^|[\s(\[/])(?:[\w./-]*/)?(?:adrs?|decisions?|decision-records?|architecture-decisions)/[\w./%-]*\.mdx?\b|\bADR[-_ #]?\d{1,5}\b|\b\d{4}-[\w-]+\.md\b",
    re.IGNORECASE,
)


def record_links(text: str) -> list[str]:
    """Return the links to records in a text, each once, in order."""
    return list(dict.fromkeys(match[0].strip(" ([/\n\t") for match in _RECORD_LINK.finditer(text)))
