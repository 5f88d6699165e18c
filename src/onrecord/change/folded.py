"""What a reader sees without unfolding anything: text inside `<details>` is a log, a prompt, a quotation."""

from __future__ import annotations

import html
import re

from onrecord.lazily import lazy_pattern

_DETAILS = lazy_pattern(r"<(/?)details(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_CODE_SPAN = lazy_pattern(r"(?<!`)(`{1,3})(?!`)[^`\n]{0,300}\1(?!`)")
_LINK = lazy_pattern(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>\s]{1,2000})[\"'][^<>]{0,200}>([^<>]{0,300})</a>", re.IGNORECASE
)
_BREAK = lazy_pattern(r"<(?:br|/p|/li|/tr|/h[1-6]|/summary)\b[^<>]{0,100}>", re.IGNORECASE)
_TAG = lazy_pattern(r"</?[A-Za-z][^<>]{0,1000}>")


def outside_details(text: str, folded: int, is_html: bool = True) -> tuple[str, int]:
    """Return the text outside `<details>`, and how many are open behind it; in Markdown, code spans are no tags."""
    if "<" not in text:
        return ("" if folded else text), folded
    code = [] if is_html else [match.span() for match in _CODE_SPAN.finditer(text)]
    out: list[str] = []
    last = at = 0
    for tag in _DETAILS.finditer(text):
        while at < len(code) and code[at][1] <= tag.start():
            at += 1
        if at < len(code) and code[at][0] < tag.start():
            continue
        if not folded:
            out.append(text[last : tag.start()])
        folded = max(0, folded - 1) if tag[1] else folded + 1
        last = tag.end()
    if not folded:
        out.append(text[last:])
    return "".join(out), folded


def html_words(source: str) -> str:
    """Return what a reader sees of raw HTML, as Markdown: links stay links, a line for each paragraph or item."""
    text = _LINK.sub(r"[\2](\1)", source)
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
