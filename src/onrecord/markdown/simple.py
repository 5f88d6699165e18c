"""Inline Markdown with one kind of markup (code spans, plain links, emphasis), which is most of it: read without a parser.

What is not surely so simple is not answered here; `plain` and the links then come from markdown-it. A test holds the
two against each other.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[*`\[]|<[A-Za-z/!?]|&[#\w]|~~|\\[^\w\s]|\\\n|(?<!\w)_|_(?!\w)")
_NOT_CODE = re.compile(r"[*\[]|<[A-Za-z/!?]|&[#\w]|~~|\\|(?<!\w)_|_(?!\w)")
_NOT_LINKS = re.compile(r"[*`]|<[A-Za-z/!?]|&[#\w]|~~|\\|(?<!\w)_|_(?!\w)")
_NOT_EMPHASIS = re.compile(r"[`\[]|<[A-Za-z/!?]|&[#\w]|~~|\\|(?<!\w)_|_(?!\w)")
# Between spaces, so that no mark may both open and close; or with a letter before the end and punctuation behind it.
_EMPHASIS = re.compile(r"(?<![^ \n])(\*\*?)(?![\s*])([^*]*(?:[^\s*](?=\1(?![^ \n]))|\w(?=\1[.,;:!?)])))\1")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\((?!(?:javascript|vbscript|file|data):)([\w./#:?=+,;@~-]*)\)", re.ASCII | re.IGNORECASE
)
_MOST_CODE = 200  # marks; of more, each may look for its end through all of the text


def simple_text(source: str) -> str | None:
    """Return a text without its markup, None when that takes a parser."""
    if not _MARKUP.search(source):
        return source
    if "[" in source:
        found = simple_links(source)
        return None if found is None else _LINK.sub(r"\1", source)
    if "*" in source:
        rest = None if _NOT_EMPHASIS.search(source) else _EMPHASIS.sub(r"\2", source)
        return None if rest is None or "*" in rest else rest
    if "`" in source and not _NOT_CODE.search(source) and source.count("`") <= _MOST_CODE:
        return _CODE.sub(r"\2", source)
    return None


def simple_links(source: str) -> list[tuple[str, int]] | None:
    """Return the target of each link, and the line breaks before it; None when that takes a parser."""
    if _NOT_LINKS.search(source):
        return None
    rest = _LINK.sub("", source)
    if "[" in rest and ("](" in rest or ("](" in source and _is_nested(source))):
        return None
    links: list[tuple[str, int]] = []
    breaks = last = 0
    for match in _LINK.finditer(source):
        breaks, last = breaks + source.count("\n", last, match.start()), match.start()
        if match[0][0] == "[":
            links.append((match[2], breaks))
    return links


def _is_nested(source: str) -> bool:
    """Tell whether a bracket stands open where a link begins: links inside of links are none."""
    depth = 0
    for match in re.finditer(r"[\[\]]", source):
        depth += 1 if match[0] == "[" else -1
        if depth not in (0, 1):
            return True
    return depth != 0
