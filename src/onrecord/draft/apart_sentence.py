"""A record as one sentence, where it says no more than one sentence holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.draft.apart import take_apart
from onrecord.draft.apart_rows import Unmovable
from onrecord.draft.content import Choice, Content
from onrecord.draft.one_sentence import y_statement
from onrecord.markdown import ListBlock, Paragraph, plain

if TYPE_CHECKING:
    from onrecord.draft.apart import Apart, Piece
    from onrecord.record import Vocabulary

TOO_MUCH = "it says more than one sentence holds"
_CLAUSES = {"context": "context", "decision": "decision", "rationale": "because", "consequences": "consequences"}


def in_one_sentence(text: str, path: str, vocabulary: Vocabulary) -> str:
    """Return the record as a Y-statement; raises Unmovable where it has parts that no clause has a place for."""
    apart = take_apart(text, path, vocabulary)
    told: dict[str, str] = {}
    choices: tuple[Choice, ...] = ()
    for piece in apart.pieces:
        if piece.role in ("considered_options", "alternatives") and not choices:
            choices = _choices(apart, piece)
        elif piece.role in _CLAUSES and _CLAUSES[piece.role] not in told:
            told[_CLAUSES[piece.role]] = _paragraph(apart, piece)
        elif any(apart.line(n).strip() for n in piece.body if n not in apart.head.used):
            raise Unmovable(TOO_MUCH)
    if (
        len(told) < len(_CLAUSES)
        or ", facing " not in told["context"]
        or any(apart.line(n).strip() for n in apart.lead)
    ):
        raise Unmovable(TOO_MUCH if len(told) == len(_CLAUSES) else "it does not say all that a Y-statement asks for")
    rows = "\n".join(row.shown() for row in apart.head.rows)
    title = apart.reading.document.sections[1].title if apart.title else apart.head.title
    content = Content(
        title,
        choices=choices,
        context=told["context"],
        decision=told["decision"],
        because=told["because"],
        consequences=told["consequences"],
    )
    sentence = y_statement(content)
    return (f"---\n{rows}\n---\n\n" if rows else "") + sentence[sentence.index("# ") :]


def _paragraph(apart: Apart, piece: Piece) -> str:
    blocks = apart.reading.document.sections[piece.sections[0]].blocks
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph) or len(piece.sections) > 1:
        raise Unmovable(TOO_MUCH)
    return blocks[0].text


def _choices(apart: Apart, piece: Piece) -> tuple[Choice, ...]:
    blocks = apart.reading.document.sections[piece.sections[0]].blocks
    is_flat = len(blocks) == 1 and isinstance(blocks[0], ListBlock) and len(piece.sections) == 1
    names = [option for option in apart.record.considered_options if not is_flat or option.title]
    items = blocks[0].items if is_flat and isinstance(blocks[0], ListBlock) else ()
    if (
        not is_flat
        or len(items) != len(names)
        or any(plain(_text(item)) != o.title for item, o in zip(items, names, strict=True))
    ):
        raise Unmovable(TOO_MUCH)
    return tuple(Choice(_text(item), o.outcome) for item, o in zip(items, names, strict=True))


def _text(item: object) -> str:
    block = item.blocks[0] if len(getattr(item, "blocks", ())) == 1 else None  # type: ignore[attr-defined]
    return block.text if isinstance(block, Paragraph) else ""
