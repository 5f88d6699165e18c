"""Say in a record which other one it replaces or is replaced by, the way its dialect does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from onrecord.markdown import ListBlock, Paragraph, Span, Table
from onrecord.record.edit.model import Edit, edited
from onrecord.record.edit.status import BY_STATUS, cased_like, is_bare, status_edit
from onrecord.record.edit.verify import draft_of
from onrecord.record.relations import amends_in, read_references, superseded_by_in, supersedes_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.markdown import Block, Document
    from onrecord.record.edit.verify import Draft
    from onrecord.record.header import Field
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

Relation: TypeAlias = Literal["supersedes", "superseded_by", "amends"]
WORDS: dict[Relation, str] = {"supersedes": "Supersedes", "superseded_by": "Superseded by", "amends": "Amends"}
_REPLACEABLE = ("accepted", "superseded")  # by "Superseded by …": any other status says something that is still true
_ONLY_IN_YAML = r"([\w\"'-]+[ \t]*:[ \t]*+\[?[ \t]*+)[\"']?{}[\"']?([ \t]*+\]?[ \t]*+(?:#.*)?)"
_PLAIN_YAML = re.compile(r"[\w./#-]*[A-Za-z/][\w./-]*")


def add_relation(
    record: DecisionRecord,
    document: Document,
    field: Relation,
    text: str,
    vocabulary: Vocabulary | None = None,
    words: str = "",
) -> Edit | None:
    """Return the edit after which the record names `text` ("[ADR-0012](0012-use-kafka.md)", "ADR-12") under `field`.

    `words` are what stands before it where the record has no field for it ("Replaced by"); default: as in `WORDS`.

    What is written is read back by the parser as exactly that. Where the status alone is "Accepted", a successor takes
    its place. None when it is not certain where to write it.
    """
    draft = draft_of(record, document, vocabulary)
    if draft is None or "\n" in text or len(names := read_references(text, draft.vocabulary)) != 1:
        return None
    wanted = list(dict.fromkeys((*getattr(draft.record, field), *names)))
    may_change = BY_STATUS - (set() if field == "superseded_by" else {"status"})
    for edit, after in draft.try_edits(_candidates(draft, field, text, words or WORDS[field]), may_change):
        others = (name for name in WORDS if name != field)
        if (
            getattr(after, field) == wanted
            and all(getattr(after, name) == getattr(draft.record, name) for name in others)
            and after.partly == draft.record.partly
            and _is_consistent(after, draft.record, field)
        ):
            return edit
    return None


def is_stated(record: DecisionRecord, document: Document, field: Relation, name: str) -> bool:
    """Tell whether the record names `name` in its status or in a field of its own, not in a note or a sentence."""
    draft = draft_of(record, document)
    if draft is None:
        return False
    fields = [name for f in draft.reading.values(field) for name in read_references(f.value, draft.vocabulary)]
    lines = [*draft.reading.status_lines(), *(str(f.value) for f in draft.reading.values("status"))]
    read = {"supersedes": supersedes_in, "superseded_by": superseded_by_in, "amends": amends_in}[field]
    return name in fields or name in read("\n".join(lines))


def _is_consistent(after: DecisionRecord, before: DecisionRecord, field: Relation) -> bool:
    """Tell whether the status fits: what names its successor is not simply accepted."""
    if field != "superseded_by" or after.status is None:
        return True
    return after.status.value == "superseded" or (after.status == before.status and after.status.value != "accepted")


def _candidates(draft: Draft, field: Relation, text: str, words: str) -> Iterator[Edit | None]:
    fields = [f for f in draft.reading.values(field) if f.how in ("front matter", "line", "bullet")]
    status = draft.record.status
    if fields:
        for edit in into_field(draft, fields[0], text):
            yield _with_status(draft, edit) if field == "superseded_by" else edit
        return
    if field == "superseded_by" and status and is_bare(draft) and status.value in _REPLACEABLE:
        yield status_edit(draft, f"{cased_like(words, status.text)} {text}")
        return
    sections = [i for i in draft.reading.outline.with_role("status") if not draft.reading.outline.parts[i].inline]
    beside = [f for f in draft.reading.values("status") if str(f.value or "").strip()]
    if len(sections) + len(beside) > 1 or (field == "superseded_by" and (not status or status.value == "unknown")):
        return
    if sections:
        yield below_status(draft, sections[0], f"{words} {text}")
    elif beside:
        yield from beside_status(draft, beside[0], words, text)


def into_field(draft: Draft, field: Field, text: str) -> Iterator[Edit]:
    """Fill the field that is there for it, or lengthen its list."""
    at = field.span.end
    line = draft.document.lines[at - 1]
    span = Span(at, at)
    none = _none_in(field, draft)
    if field.how == "front matter":
        shown = _in_yaml(text)
        if found := re.fullmatch(r"([\w\"'-]+[ \t]*:)[ \t]*+(?:null|~|\"\"|''|\[[ \t]*\])?[ \t]*+(#.*)?", line):
            inside = f"[{shown}]" if "[" in line else shown
            yield Edit(draft.record.path, span, (f"{found[1]} {inside}{'  ' + found[2] if found[2] else ''}",))
        elif none and (found := re.fullmatch(_ONLY_IN_YAML.format(re.escape(none)), line)):
            yield Edit(draft.record.path, span, (f"{found[1]}{shown}{found[2]}",))
        elif found := re.fullmatch(r"([\w\"'-]+[ \t]*:[ \t]*\[.*[^\s\[,])([ \t]*\][ \t]*)", line):
            yield Edit(draft.record.path, span, (f"{found[1]}, {shown}{found[2]}",))
        elif whole := _lengthened(line, shown):
            yield Edit(draft.record.path, span, (whole,))
        elif items := _items_from(draft.document.lines, at):
            if none:
                yield Edit(draft.record.path, span, (f"{items[0]}{shown}",))
            end = at - 1 + len(items)
            yield Edit(draft.record.path, Span(end + 1, end), (f"{items[-1]}{shown}",))
    elif none and (at_none := line.rfind(none)) >= 0:
        yield Edit(draft.record.path, span, (f"{line[:at_none]}{text}{line[at_none + len(none) :]}",))
    elif isinstance(field.value, str):
        joint = ", " if field.value.strip() else " "
        yield Edit(draft.record.path, span, (_before_end(line, f"{joint}{text}"),))


def _none_in(field: Field, draft: Draft) -> str:
    """Return what a field holds that names no record ("none", "N/A", "—"), as it is written; empty where it names one."""
    values = field.value if isinstance(field.value, list) else [field.value]
    said = str(values[0]).strip() if len(values) == 1 and values[0] is not None else ""
    return "" if read_references(said, draft.vocabulary) else said


def _lengthened(line: str, shown: str) -> str:
    """Return a line of YAML with one value as a list of two, or with one more between commas; empty where it has none."""
    found = re.fullmatch(
        r"(?P<key>[\w\"'-]+[ \t]*:)[ \t]+(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s\[\]{}|>&*!%@`\"'#-][^ \t\[\]{}#]*+(?:[ \t]++[^ \t\[\]{}#]++)*+)(?P<note>[ \t]+#.*)?[ \t]*",
        line,
    )
    if not found:
        return ""
    value, note = found["value"], found["note"] or ""
    if "," in value and value[0] not in "\"'" and shown[0] != '"':
        return f"{found['key']} {value}, {shown}{note}"
    return f"{found['key']} [{value}, {shown}]{note}"


def _items_from(lines: Sequence[str], at: int) -> list[str]:
    """Return what the items of a YAML list begin with, of which the first stands in a line."""
    found = []
    while at <= len(lines) and (item := re.match(r"[ \t]*-[ \t]+", lines[at - 1])):
        found.append(item[0])
        at += 1
    return found


def _with_status(draft: Draft, edit: Edit) -> Edit | None:
    """Return an edit of a field that also sets the status "Accepted" to "Superseded": all lines from one to the other."""
    status = draft.record.status
    if status is None or status.value != "accepted":
        return edit
    other = status_edit(draft, cased_like("Superseded", status.text))
    if other is None:
        return None
    span = Span(min(edit.span.start, other.span.start), max(edit.span.end, other.span.end))
    return edit._replace(span=span, lines=tuple(edited(draft.document.lines, (edit, other))[span.start - 1 : span.end]))


def below_status(draft: Draft, index: int, text: str) -> Edit | None:
    """Write a line of its own below the last one of a status section; in a list, one more item."""
    blocks: tuple[Block, ...] = draft.reading.outline.parts[index].blocks
    if not blocks or len(draft.reading.outline.subtree(index)) > 1:
        return None
    last, lines = blocks[-1], draft.document.lines
    end = last.span.end
    while end > last.span.start and not lines[end - 1].strip():
        end -= 1
    if isinstance(last, Paragraph):
        return Edit(draft.record.path, Span(end + 1, end), ("", text))
    if isinstance(last, ListBlock) and not last.ordered:
        marker = re.match(r"\s*[-*+]\s+", lines[last.items[-1].span.start - 1])
        return Edit(draft.record.path, Span(end + 1, end), (marker[0] + text,)) if marker else None
    return None


def beside_status(draft: Draft, status: Field, words: str, text: str) -> Iterator[Edit]:
    """Write a field like the status and next to it: a key, a bullet, a line, or a row of a table."""
    at, path = status.span.end, draft.record.path
    line = draft.document.lines[at - 1]
    words = cased_like(words, status.key)
    below = Span(at + 1, at)
    if status.how == "front matter":
        key = words.lower().replace(" ", "-")
        if draft.document.front_matter and draft.document.front_matter.kind == "yaml":
            yield Edit(path, below, (f"{key}: {_in_yaml(text)}",))
        return
    head, found, rest = line.partition(status.key)
    if not found:
        return
    mark = re.match(r"[*_]*[ \t]*[:：][*_]*[ \t]*|[*_]+[ \t]+", rest)
    if status.how in ("bullet", "line") and mark:
        end = re.search(r"(?: {2,}|\\)?$", line)
        new = f"{head}{words}{mark[0].rstrip()} {text}{end[0] if end else ''}"
        alone = status.how == "line" and _is_alone(draft, at) and not (end and end[0])
        yield Edit(path, below, ("", new) if alone else (new,))
    elif status.how == "table" and line.strip().startswith("|") and line.count("|") == 3:
        yield Edit(path, below, (f"{line[: len(line) - len(line.lstrip())]}| {words} | {text} |",))


def _is_alone(draft: Draft, line: int) -> bool:
    """Tell whether a line is a paragraph of its own: another one right below it would be joined to it."""
    blocks = [block for part in draft.reading.outline.parts for block in part.blocks]
    return any(block.span == Span(line, line) for block in blocks if not isinstance(block, Table))


def _before_end(line: str, text: str) -> str:
    """Return a line with a text at its end, before the blanks or the backslash that break it."""
    found = re.search(r"[ \t]*\\?$", line)
    cut = found.start() if found else len(line)
    return f"{line[:cut]}{text}{line[cut:]}" if line[cut:] != " " else f"{line[:cut]}{text}"


def _in_yaml(text: str) -> str:
    return text if _PLAIN_YAML.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
