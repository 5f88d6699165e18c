"""An author's own words out of a description, as Markdown: kept as they stand, without what no reader of theirs sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.change.author import parse_body
from onrecord.change.folded import html_words
from onrecord.change.hidden import read_hidden
from onrecord.change.said import without_people
from onrecord.draft.unseen import UNSEEN
from onrecord.markdown import Code, Html, ListBlock, Paragraph, Table, plain
from onrecord.record.body import OTHER_ROLES
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import Vocabulary, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.change import Change
    from onrecord.markdown import Block
    from onrecord.record.outline import Outline

# Joiners stay between letters that need them, and one selector of a letter's form behind each.
_UNSEEN = re.compile(
    f"[{UNSEEN}]"
    "|(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])"
    "|(?<=[\x00-\x22\x24-\x29\x2b-\x2f\x3a-\x7f\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)|<(?:img|br)\b[^<>]{0,2000}>", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)", re.DOTALL)
_MAY_HOLD_PICTURE = re.compile(r"!\[|<")
_WORDS_ALONE = re.compile(r"[^\W_](?:[^\W_]| )*")
_MAY_CLOSE = re.compile(r"[#-]|://")
_CLOSES = re.compile(
    r"^[ \t]*(?:[-*+]\s+)?(?:(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|implements|addresses|part of|refs?|see|relate[sd] to|"
    r"(?:fixes / )?work for|follow[- ]?up (?:to|of))\b:?\s*)?(?:issues?\s+)?(?:(?:[\w.-]+/[\w.-]+)?#\d+|https?://\S+|[A-Z]{2,10}-\d+)[ \t.,]*$",
    re.IGNORECASE | re.MULTILINE,
)


def without_unseen(text: str) -> str:
    """Return a text without characters that nobody sees; line ends are those of Unix."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def shown_of(change: Change) -> Change:
    """Return the change with what its page shows: nothing of what an open comment or code block hides."""
    body = without_unseen(change.body)
    if hidden := read_hidden(parse_body(body)):
        lines = body.split("\n")
        body = "\n".join([*lines[: hidden.line - 1], lines[hidden.line - 1].partition("<!--")[0]])
        body = re.sub(r"\n[ \t]*(?:`{3,}|~{3,})[^\n]*\Z", "", f"\n{body}").lstrip("\n")
    author, *approvers = (" ".join(without_unseen(name).split()) for name in (change.author, *change.approvers))
    return change._replace(title=without_unseen(change.title), body=body, author=author, approvers=tuple(approvers))


def words_of_part(outline: Outline, index: int, vocabulary: Vocabulary, keep: frozenset[str]) -> str:
    """Return a part as its Markdown stands (see `as_text`), with what stands inside of it but for parts of another role than those in `keep`."""
    out: list[str] = []
    skipped_to = -1
    for at in outline.subtree(index):
        part = outline.parts[at]
        if at <= skipped_to:
            continue
        if at != index and part.role in OTHER_ROLES - keep:
            skipped_to = outline.subtree(at)[-1]
            continue
        own = [part.inline] if part.inline else []
        own += words_of(part.blocks, vocabulary)
        if at != index and own and part.title.strip() and not is_unfilled(part.title, vocabulary):
            own.insert(0, f"**{plain(part.title)}**")
        out += own
    return "\n\n".join(out)


def words_of(blocks: Iterable[Block], vocabulary: Vocabulary) -> list[str]:
    """Return blocks as Markdown, without what a template left there, pictures, and lines that only close an issue."""
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            _end(out)
        if any(map(str.isalnum, shown := _words_of(block, vocabulary))):
            out.append(shown)
    _end(out)
    return out


def _end(out: list[str]) -> None:
    """Take away what only announces something that is not there, such as a picture or a log: "For example:"."""
    if out and out[-1].endswith(":") and not out[-1].startswith(("- ", "1. ", "|")):
        text = out.pop()
        ends = [match.end() for match in re.finditer(r"[.!?](?=\s)|\n", text)]
        out += [text[: ends[-1]].rstrip()] if ends else []


def _words_of(block: Block, vocabulary: Vocabulary) -> str:
    if isinstance(block, Paragraph):
        return cleaned(block.text, vocabulary)
    if isinstance(block, ListBlock):
        items = _items(block, vocabulary)
        marks = (f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1))
        return "\n".join(_indented(mark, item) for mark, item in zip(marks, items, strict=True) if item)
    if isinstance(block, Table):
        rows = (block.header, tuple("---" for _ in block.header), *block.rows)
        return "\n".join(f"| {' | '.join(' '.join(cell.split()) for cell in row)} |" for row in rows)
    if isinstance(block, Html):
        return cleaned(html_words(block.text), vocabulary)
    if isinstance(block, Code):
        longest = max((len(run) for run in re.findall(r"`+", block.text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}{block.info}\n{block.text.rstrip()}\n{fence}"
    return ""


def _items(block: ListBlock, vocabulary: Vocabulary) -> Iterator[str]:
    known: dict[str, str] = {}  # a long list may say the same over and over
    for item in block.items:
        text = item.blocks[0].text if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph) else None
        if text is None:
            yield "\n\n".join(words_of(item.blocks, vocabulary))
            continue
        if text not in known:
            known[text] = "\n\n".join(words_of(item.blocks, vocabulary))
        yield known[text]


def cleaned(text: str, vocabulary: Vocabulary) -> str:
    """Return a paragraph without pictures, names of people in lines of their own; empty for a template's."""
    if is_unfilled(text, vocabulary) or fold(plain(text)).strip(" .") in vocabulary.absent:
        return ""
    text = without_people(_outside_code(text), vocabulary)
    lines = (_CLOSES.sub("", text) if _MAY_CLOSE.search(text) else text).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip()).strip()


def _outside_code(text: str) -> str:
    """Return the text without pictures; what stands in code spans stays. Comments are no part of a paragraph."""
    if not _MAY_HOLD_PICTURE.search(text):
        return text
    out, at = [], 0
    for span in _CODE.finditer(text):
        out += [_stripped(text[at : span.start()]), span[0]]
        at = span.end()
    return "".join([*out, _stripped(text[at:])])


def _stripped(text: str) -> str:
    return _PICTURE.sub(lambda match: " " if match[0][:3].lower() == "<br" else "", text)


def _indented(mark: str, text: str) -> str:
    if "\n" not in text:
        return f"{mark}{text}"
    first, *others = text.split("\n")
    return "\n".join([f"{mark}{first}", *(f"{' ' * len(mark)}{line}".rstrip() for line in others)])


def same_words(one: str, other: str) -> bool:
    """Tell whether two Markdown texts say the same to a reader."""
    return _words_in(one) == _words_in(other) or _shown_in(one) == _shown_in(other)


def first_showing(sources: Iterable[str], text: str) -> str:
    """Return the first of some pieces of Markdown of which a reader sees a text; empty where there is none."""
    said = _words_in(text)
    for source in filter(None, sources):
        words = _words_in(source)
        if words == said or (len(words) >= len(said) and _shown_in(source) == said):  # a reader sees no more words
            return source
    return ""


def _words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _shown_in(text: str) -> list[str]:
    """Return the words that a reader sees of some Markdown."""
    if _WORDS_ALONE.fullmatch(text):
        return _words_in(text)
    from onrecord.markdown import parse_document
    from onrecord.record.placeholders import pieces

    shown = (plain(piece) for section in parse_document(text).sections for piece, _ in pieces(section.blocks))
    return _words_in(" ".join(shown))
