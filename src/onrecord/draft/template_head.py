"""The head of a template: its title, the fields in and below it, and what is added to its front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.matter import front_matter, listed, quoted
from onrecord.markdown import Span, parse_document, plain
from onrecord.record.edit.model import Edit
from onrecord.record.identity import is_generic
from onrecord.record.placeholders import find_placeholder
from onrecord.record.read.context import Reading

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from onrecord.draft.content import Content
    from onrecord.record.header import Field
    from onrecord.record.vocabulary import Vocabulary

_FIELDS = {
    "status": "status",
    "date": "date",
    "title": "title",
    "decide_by": "decide_by",
    "review_by": "review_by",
    "decision_makers": "decision_makers",
    "owner": "decision_makers",
    "authors": "authors",
    "consulted": "consulted",
    "informed": "informed",
    "date_other": "date",
}
_LABELS = {
    "decision_makers": "Deciders",
    "authors": "Authors",
    "consulted": "Consulted",
    "informed": "Informed",
    "decide_by": "Decide by",
    "review_by": "Review by",
    "supersedes": "Supersedes",
    "relates_to": "Related to",
    "pulls": "Implemented by",
}
_NUMBER = re.compile(
    r"(?P<head>(?:ADR|AD|DR|RFC)?[-\s#]*)\\?[\[{<]*(?:(?:ADR|RFC)[-_ ])?(?:number|numéro|nummer|n{1,5}|x{1,5}|0{2,5}|\d{1,4}(?=[.:]))\\?[\]}>]*"
    r"(?P<joint>\s*[.:–—-]\s+|\s+)(?=\S)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\[{<]|\btitle\b|\btitel\b|\btitre\b|\btítulo\b|\btitolo\b", re.IGNORECASE)
_ENTRY = re.compile(r"[ \t]+\S|-\s|\s*#|\s*\Z")


class Style(NamedTuple):
    """How the log around writes: its titles ("ADR 12: {}", empty: as the template has them), its word for the status.

    `has_matter` tells whether any record has front matter.
    """

    heading: str = ""
    status: str = ""
    has_matter: bool = True


def status_word(reading: Reading, content: Content, style: Style) -> str:
    """Return the word for the status as the log has it, else as the template does among its choices."""
    if style.status:
        return style.status
    text = "\n".join(reading.document.lines)
    for pattern in (
        rf"(?<=[|{{\[])\s*({content.status})\b|\b({content.status})(?=\s*[|}}\]])",
        rf"\b({content.status})\b",
    ):
        if named := re.search(pattern, text, re.IGNORECASE):
            return next(word for word in named.groups() if word)
    return content.status.capitalize()


def read_template(template: str, vocabulary: Vocabulary, written: Container[str] = ()) -> Reading:
    """Read a template without what it says about itself above the title it gives to a record.

    That is headings with what is below them, and lines that no record has: `written` are those of the records beside it,
    stripped; without any, nobody knows.
    """
    reading = Reading(parse_document(template), vocabulary)
    at, heads = _title(reading), [i for i, part in enumerate(reading.outline.parts) if 1 <= part.level <= 6]
    if at is None or reading.outline.parts[at].level != 1:
        return reading
    lines, matter, start = reading.document.lines, reading.document.front_matter, reading.outline.parts[at].span.start
    above = lines[matter.span.end if matter else 0 : start - 1]
    if at == heads[0] and (not written or not _is_introduction(above, reading, start, written)):
        return reading
    kept = [*lines[: matter.span.end], ""] if matter else []
    rest = "\n".join([*kept, *lines[start - 1 :]])
    return Reading(parse_document(rest), vocabulary)


def _is_introduction(above: Iterable[str], reading: Reading, start: int, written: Container[str]) -> bool:
    """Tell whether what stands above the title is none of the lines that records have there, and holds no field."""
    said = [line.strip() for line in above if line.strip()]
    fields = [field for role in _FIELDS for field in reading.values(role)]
    has_field = any(field.span.end < start and not _is_in_matter(field.span, reading) for field in fields)
    return bool(said) and not has_field and not any(line in written for line in said)


def _is_in_matter(span: Span, reading: Reading) -> bool:
    matter = reading.document.front_matter
    return matter is not None and span.end <= matter.span.end


def title_edits(reading: Reading, content: Content, style: Style) -> list[Edit]:
    """Return the edit of the title's line."""
    at = _title(reading)
    if at is None:
        return []
    part = reading.outline.parts[at]
    if style.heading:
        title = style.heading.replace("{}", content.title)
    elif content.number and (match := _NUMBER.match(part.title)):
        title = f"{match['head']}{content.number}{match['joint']}{content.title}"
    else:
        title = content.title
    return [Edit("", part.span, (f"{'#' * part.level} {title}",))]


def _title(reading: Reading) -> int | None:
    """Return the part whose heading is a blank for the title, else the one that a reader takes for it."""
    parts, top = reading.outline.parts, reading.outline.title_index
    heads = [i for i, part in enumerate(parts) if part.level in (1, 2) and part.title]
    blank = (i for i in heads if _is_blank(reading, parts[i].title) and (parts[i].level == 1 or i == top))
    return next(blank, top)


def _is_blank(reading: Reading, title: str) -> bool:
    blank = find_placeholder(title, reading.vocabulary) or is_generic(plain(title))
    return bool(blank or (_BLANK.search(title) and "template" not in title.casefold()))


def field_edits(reading: Reading, content: Content, style: Style) -> list[tuple[str, Edit]]:
    """Return an edit for each field that has an answer, with the name of that part of the content."""
    found: list[tuple[str, Edit]] = []
    for role, name in _FIELDS.items():
        for field in reading.values(role):
            is_open = name not in {one for one, _ in found} or not field.value
            if getattr(content, name) and is_open and (edit := _edit(field, name, reading, content, style)):
                found.append((name, edit))
    return found


def _edit(field: Field, name: str, reading: Reading, content: Content, style: Style) -> Edit | None:
    lines, number = reading.document.lines, field.span.start
    line = lines[number - 1]
    value = getattr(content, name)
    if name == "status":
        value = status_word(reading, content, style)
    if field.how == "front matter":
        return _in_matter(field, value, reading)
    shown = ", ".join(value) if isinstance(value, tuple) else str(value)
    if field.how == "table":
        return _in_cell(field, shown, line, number)
    head = key_of(field, line)
    if not head or field.how not in ("line", "bullet", "heading"):
        return None
    gap = "" if head.endswith((" ", "\t")) else " "
    tail = "  " if line.endswith("  ") else ""
    return Edit("", Span(number, max(number, field.span.end)), (f"{head}{gap}{shown}{tail}",))


def key_of(field: Field, line: str) -> str:
    """Return what stands before the value in a line such as `- **Status**: Proposed`, empty where that cannot be told."""
    head = re.match(rf".*?{re.escape(field.key)}\s*(?:\*\*|__)?\s?[:：](?:\*\*|__)?[ \t]*", line)
    return head[0] if head else ""


def _in_matter(field: Field, value: str | tuple[str, ...], reading: Reading) -> Edit | None:
    matter, lines, number = reading.document.front_matter, reading.document.lines, field.span.start
    key = re.match(r"([^:]+):", lines[number - 1])
    if matter is None or key is None:
        return None
    end = number
    while end + 1 < matter.span.end and re.match(r"[ \t]+\S|-\s", lines[end]):
        end += 1
    if isinstance(value, tuple):
        is_list = isinstance(field.value, list) or any("," in one or quoted(one) != one for one in value)
        shown = listed(value) if is_list else ", ".join(value)
    else:
        shown = value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else quoted(value)
    return Edit("", Span(number, end), (f"{key[1]}: {shown}",))


def _in_cell(field: Field, shown: str, line: str, number: int) -> Edit | None:
    cells = line.split("|")
    at = next((i for i, cell in enumerate(cells) if plain(cell).strip(" :") == field.key.strip(" :")), None)
    if at is None or at + 1 >= len(cells) or number != field.span.start:
        return None
    cells[at + 1] = f" {shown.replace('|', chr(92) + '|')} "
    return Edit("", Span(number, number), ("|".join(cells),))


def matter_edit(reading: Reading, left: Content, style: Style, status: bool) -> list[Edit]:
    """Return the edit that adds to the front matter what has no other place; the date goes where a template asks for it.

    A log without front matter gets none where there is a header of lines to add to.
    """
    matter = reading.document.front_matter
    edits: list[Edit] = []
    if not matter and not (status and style.has_matter):
        edits, left, status = _lines_of(reading, left, status)
    rows = front_matter(left._replace(date=""), status=status).strip("\n").split("\n")[1:-1]
    if rows and matter:
        inside = range(matter.span.start + 1, matter.span.end)
        blank = {line[:-1]: at for at in inside if (line := reading.document.lines[at - 1].rstrip()).endswith(":")}
        edits += [Edit("", Span(at, at), (row,)) for row in rows if (at := blank.get(row.partition(":")[0]))]
        rows = [row for row in rows if row.partition(":")[0] not in blank]
    if rows and matter:
        edits.append(Edit("", Span(matter.span.end, matter.span.end - 1), tuple(rows)))
    elif rows:
        edits.append(Edit("", Span(1, 0), ("---", *rows, "---", "")))
    return edits


def _lines_of(reading: Reading, left: Content, status: bool) -> tuple[list[Edit], Content, bool]:
    """Return the edit that adds lines to a header which is made of such ("Date: …"), and what is left: content, and a status."""
    header = [field for field in reading.fields if field.how in ("line", "bullet") and field.role in _FIELDS]
    if not header:
        return [], left, status
    last = max(header, key=lambda field: field.span.end)
    mark = re.match(r"\s*[-*+]\s+", reading.document.lines[last.span.start - 1])
    told = {"Status": left.status.capitalize()} if status else {}
    told |= {label: value for name, label in _LABELS.items() if (value := getattr(left, name))}
    lines: list[str] = []
    for label, value in told.items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        lines += [f"{mark[0]}{label}: {shown}"] if mark else ["", f"{label}: {shown}"]
    edit = Edit("", Span(last.span.end + 1, last.span.end), tuple(lines))
    emptied = {name: type(getattr(left, name))() for name in _LABELS}
    return ([edit] if lines else []), left._replace(**emptied), False
