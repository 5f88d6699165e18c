"""The document as parts with a meaning: headings and heading-like lines, each with its role from the vocabulary."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, Document, Item, ListBlock, Paragraph, Span, plain, visible_text
from onrecord.record.identity import is_generic, read_heading
from onrecord.record.people import may_name
from onrecord.record.vocabulary import Vocabulary

BODY_ROLES = frozenset(
    ("context", "decision", "proposal", "considered_options", "alternatives", "pros_cons", "consequences", "rationale",
     "decision_drivers", "confirmation", "follow_ups", "open_questions", "more_information", "changelog")
)  # fmt: skip
# A label in running text ("Note: …") names a part of the record only for these; a heading may name any.
LABEL_ROLES = BODY_ROLES - {"more_information", "changelog", "open_questions", "confirmation"}
PERSON_ROLES = frozenset(("owner", "decision_makers", "authors", "consulted", "informed"))
_LINE_ROLES = LABEL_ROLES | PERSON_ROLES
_IN_DECISION = PERSON_ROLES | {"decision", "considered_options", "alternatives", "consequences", "rationale"}
_OPTIONS = frozenset(("considered_options", "alternatives", "pros_cons"))
_Pieces: TypeAlias = list[tuple[str, Span, list[Block]]]  # each with its heading, and the place of that
_KEY = lazy_pattern(r"^(?:\*\*|__)?(?P<key>[^\W\d_][\w' -]{2,24}?)\s?(?:\*\*|__)?[:：](?:\*\*|__)?(?=\s|$)")
_NEXT_KEY = lazy_pattern(r"(?<=\s)(?:\*\*|__)?(?P<key>[A-ZÀ-ÞА-Я]\w+(?: \w+)?)(?:\*\*|__)?:(?:\*\*|__)?(?=\s)")
_BOLD_LINE = lazy_pattern(
    r"^(?:\*\*|__)\s*(?P<title>[^*_\n]{2,80}?)\s*:?\s*(?:\*\*|__)\s*:?[ \t]*(?P<rest>[^\n]*(?:\n(?s:.*))?)$"
)
_PLAIN_LINE = lazy_pattern(r"^(?P<title>[^\W\d_][^:：\n]{1,40}?)\s?[:：][ \t]*(?P<rest>[^\n]*(?:\n(?s:.*))?)$")
_HASH_LINE = lazy_pattern(r"^#{1,6}(?P<title>[^\W\d_][^\n]{1,60})(?P<rest>(?:\n(?s:.*))?)$")


class Part(NamedTuple):
    """A heading and what stands below it. `inline` is text that stands in the heading itself ("Status: Proposed")."""

    role: str | None
    title: str
    level: int
    span: Span
    blocks: tuple[Block, ...]
    end: int
    inline: str


class Outline(NamedTuple):
    """All parts in order of the text; `parts[0]` is what stands before the first heading."""

    parts: list[Part]
    title_index: int | None

    def subtree(self, index: int) -> list[int]:
        """Return `index` and the parts inside it."""
        found = [index]
        for i in range(index + 1, len(self.parts)):
            if self.parts[i].level <= self.parts[index].level:
                break
            found.append(i)
        return found

    def children(self, index: int) -> list[int]:
        """Return the parts directly inside `index`."""
        inside = self.subtree(index)[1:]
        top = min((self.parts[i].level for i in inside), default=0)
        return [i for i in inside if self.parts[i].level == top]

    def span(self, index: int) -> Span:
        """Return where a part's content stands; an empty part stands where its heading is."""
        part = self.parts[index]
        blocks = next((self.parts[i].blocks for i in self.subtree(index) if self.parts[i].blocks), ())
        first = blocks[0].span.start if blocks and not part.inline else part.span.start
        return Span(first, max(first, part.end))

    def with_role(self, *roles: str) -> list[int]:
        """Return the outermost parts of any of these roles, in order of the text."""
        found: list[int] = []
        skip_until = -1
        for i, part in enumerate(self.parts):
            if i <= skip_until:
                continue
            if part.role in roles:
                found.append(i)
                skip_until = self.subtree(i)[-1]
        return found

    def text(self, index: int, quotes: bool = False) -> str:
        """Return the visible text of a part with everything inside it, titles of inner parts included."""
        out = [self.parts[index].inline]
        for i in self.subtree(index):
            part = self.parts[i]
            if i != index:
                out += [plain(part.title), part.inline]
            out.append(visible_text(part.blocks, quotes))
        return "\n".join(piece for piece in out if piece)


def read_outline(document: Document, vocabulary: Vocabulary) -> Outline:
    """Give every section its role; bold lines and `Decision:` lines that name a body part count as headings."""
    parts: list[Part] = []
    for section in document.sections:
        role, title, inline = _role_of_heading(section.title, vocabulary)
        pieces = _split_blocks(section.blocks, vocabulary, role)
        own = pieces[0][2]
        parts.append(Part(role, title, section.level, section.span, tuple(own), section.end, inline))
        for (heading, span, blocks), following in zip(pieces[1:], [*pieces[2:], None], strict=False):
            end = following[1].start - 1 if following else (blocks[-1].span.end if blocks else span.end)
            parts.append(
                Part(
                    vocabulary.role(heading),
                    heading,
                    section.level + 7,
                    span,
                    tuple(blocks),
                    max(end, span.end),
                    "",
                )
            )
    top = _title_index(parts)
    if (
        top is not None
        and parts[top].role != "title"
        and (not parts[top].inline or any(p.role == parts[top].role for p in parts[top + 1 :]))
    ):
        parts[top] = parts[top]._replace(role=None)  # "Decision on tooling" is a title, and no section holds the rest
    return Outline(parts, top)


def _role_of_heading(source: str, vocabulary: Vocabulary) -> tuple[str | None, str, str]:
    """Return role, heading and inline text; "Status: Proposed" is a status heading with its value in it."""
    role = vocabulary.role(source) if source else None
    if role or not source:
        return role, source, ""
    text = plain(source)
    before, mark, behind = text.partition(":") if ":" in text else text.partition("：")
    if mark and len(before) <= 40 and (role := vocabulary.role(before)) and role not in ("number", "title"):
        return role, before, behind.strip()
    return None, source, ""


def _split_blocks(blocks: tuple[Block, ...], vocabulary: Vocabulary, enclosing: str | None) -> _Pieces:
    """Split blocks at heading-like lines; the first piece has no heading.

    Inside a part of the record (`enclosing`) labels belong to that part; only a decision may hold labelled parts of
    its own, and there a label with text behind it covers its own paragraph only.
    """
    enclosed = enclosing in BODY_ROLES
    if enclosed and enclosing not in ("decision", "proposal"):
        return _without_alternatives(blocks, vocabulary, enclosing)
    pieces: _Pieces = [("", Span(1, 1), [])]
    current = pieces[0][2]
    unnamed: list[Block] | None = None
    for block in blocks:
        named, unnamed = unnamed, None
        if named is not None and _names(block):
            named.append(block)
        elif isinstance(block, Paragraph):
            for paragraph, roles in _keyed_paragraphs(block, vocabulary):
                found = _heading_line(paragraph, vocabulary, roles & _IN_DECISION if enclosed else roles)
                if found is None:
                    current.append(paragraph)
                    continue
                rest: list[Block] = [Paragraph(found[1], paragraph.span)] if found[1].strip() else []
                pieces.append((found[0], paragraph.span, rest))
                is_person = vocabulary.label(found[0]) in PERSON_ROLES
                unnamed = rest if is_person and not rest else None
                current = pieces[0][2] if is_person or (enclosed and rest) else rest
        elif len(pieces) == 1 and _is_keyed_list(block, vocabulary):
            opening, *labelled = _list_pieces(block, vocabulary)  # type: ignore[arg-type]
            pieces[0][2].extend(opening[2])
            pieces += labelled
            current = pieces[-1][2]
        else:
            current.append(block)
    return pieces


def _without_alternatives(blocks: tuple[Block, ...], vocabulary: Vocabulary, enclosing: str | None) -> _Pieces:
    """Split off what stands below "**Alternatives considered**" in another part: the one block behind that line."""
    pieces: _Pieces = [("", Span(1, 1), [])]
    opened: list[Block] | None = None
    for block in blocks:
        target, opened = opened if opened is not None else pieces[0][2], None
        may_open = isinstance(block, Paragraph) and enclosing not in _OPTIONS and block.text.startswith(("**", "__"))
        label = _BOLD_LINE.match(block.text) if may_open else None  # type: ignore[union-attr]
        if label is None or vocabulary.label(label["title"]) != "alternatives":
            target.append(block)
            continue
        rest: list[Block] = [Paragraph(label["rest"], block.span)] if label["rest"].strip() else []
        pieces.append((label["title"], block.span, rest))
        opened = None if rest else rest
    return pieces


def _names(block: Block) -> bool:
    """Tell whether a block below an empty `Owner:` may be who that is: a short line, or a list of them."""
    if isinstance(block, ListBlock):
        firsts = [item.blocks[0] if item.blocks else None for item in block.items]
        return all(isinstance(first, Paragraph) and may_name(first.text) for first in firsts)
    return isinstance(block, Paragraph) and may_name(block.text)


def _keyed_paragraphs(block: Paragraph, vocabulary: Vocabulary) -> list[tuple[Paragraph, frozenset[str]]]:
    """Split a paragraph such as "Decision: … / Instead of: … / Owner: …" at its keys, on lines of their own or in one.

    Each piece comes with the roles that its key may have; a paragraph without such keys comes back whole.
    """
    keyed = _split_at_keys(block, vocabulary)
    if len(keyed) < 2 or not any(_heading_line(paragraph, vocabulary, LABEL_ROLES) for paragraph in keyed):
        return [(block, LABEL_ROLES)]
    return [(paragraph, LABEL_ROLES | PERSON_ROLES) for paragraph in keyed]


def _split_at_keys(block: Paragraph, vocabulary: Vocabulary) -> list[Paragraph]:
    """Split at lines that begin with a key; in such a line also before further keys with a capital letter."""
    out: list[Paragraph] = []
    for offset, line in enumerate(block.text.split("\n")):
        at = min(block.span.start + offset, block.span.end)
        opening = _KEY.match(line)
        if out and (opening is None or vocabulary.label(opening["key"]) not in _LINE_ROLES):
            out[-1] = Paragraph(f"{out[-1].text}\n{line}", Span(out[-1].span.start, at))
            continue
        starts = [0]
        if opening:
            starts += [
                m.start()
                for m in _NEXT_KEY.finditer(line)
                if m.start() >= opening.end() and vocabulary.label(m["key"]) in _LINE_ROLES
            ]
        ends = [*starts[1:], len(line)]
        out += [Paragraph(line[a:b].strip(), Span(at, at)) for a, b in zip(starts, ends, strict=True)]
    return [paragraph for paragraph in out if paragraph.text.strip()]


def _heading_line(
    block: Paragraph, vocabulary: Vocabulary, roles: frozenset[str] = LABEL_ROLES
) -> tuple[str, str] | None:
    for pattern in (_BOLD_LINE, _PLAIN_LINE, _HASH_LINE):
        match = pattern.match(block.text)
        if match and (role := vocabulary.label(match["title"])) and (role in roles or pattern is _HASH_LINE):
            return match["title"], match["rest"]
    return None


def _is_keyed_list(block: Block, vocabulary: Vocabulary) -> bool:
    """Tell whether a list is a whole record in bullets: `- **Context**: …`, `- **Decision**: …`."""
    if not isinstance(block, ListBlock):
        return False
    roles = {
        vocabulary.role(found[0])
        for item in block.items
        if item.blocks
        and isinstance(item.blocks[0], Paragraph)
        and (found := _heading_line(item.blocks[0], vocabulary))
    }
    return "decision" in roles and len(roles) >= 2


def _list_pieces(block: ListBlock, vocabulary: Vocabulary) -> _Pieces:
    """Return the labelled items as pieces; items before them, and other metadata between them, stay a list."""
    plain_items: list[Item] = []
    pieces: _Pieces = [("", block.span, [])]
    for item in block.items:
        first = item.blocks[0] if item.blocks else None
        found = _heading_line(first, vocabulary, _LINE_ROLES) if isinstance(first, Paragraph) else None
        if found and isinstance(first, Paragraph):
            rest: list[Block] = [Paragraph(found[1], first.span)] if found[1].strip() else []
            pieces.append((found[0], item.span, [*rest, *item.blocks[1:]]))
        elif (
            isinstance(first, Paragraph)
            and (key := _PLAIN_LINE.match(plain(first.text)))
            and vocabulary.label(key["title"])
        ):
            plain_items.append(item)
        elif len(pieces) > 1:
            pieces[-1][2].extend(item.blocks)
        else:
            plain_items.append(item)
    if plain_items:
        pieces[0][2].append(ListBlock(tuple(plain_items), block.ordered, block.span))
    return pieces


def _title_index(parts: list[Part]) -> int | None:
    """Return the part whose heading is the record's title: the first H1 that is no known part, else a numbered heading."""
    headings = [i for i, part in enumerate(parts) if 1 <= part.level <= 6]
    tops = [i for i in headings if parts[i].level == 1]
    if tops:
        first = tops[0]
        alone = len(tops) == 1 and first == headings[0]
        if parts[first].role is None and (first == headings[0] or len(tops) == 1):
            return first
        if alone and (len(headings) > 1 or parts[first].inline or is_generic(parts[first].title)):
            return first  # the only H1 opens the file: a title, even if its word is also a section's name
    if headings and parts[headings[0]].role is None:
        first = headings[0]
        if read_heading(parts[first].title).number or not parts[0].blocks:
            return first  # numbered, or the very first thing in the text
    return None
