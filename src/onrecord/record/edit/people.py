"""One more decision-maker, in the list, the line or the table where the record names them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from onrecord.markdown import ListBlock, Paragraph, Span, Table
from onrecord.record.edit.model import Edit
from onrecord.record.edit.text import edit_text
from onrecord.record.people import read_people
from onrecord.record.touch import Mark, attempts
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.record.edit.page import Page
    from onrecord.record.edit.verify import Draft
    from onrecord.record.header import Field
    from onrecord.record.model import DecisionRecord

KEYS = ("Deciders", "Decision-makers", "Decision makers")
_FLOW = re.compile(r"(?P<head>[^:]+:[ \t]*\[.*?)(?P<gap>[ \t]*)(?P<close>\][ \t]*(?:#.*)?)")
_QUOTED = re.compile(r"(?P<head>[^:]+:[ \t]*)(?P<quote>[\"'])(?P<value>.*)(?P=quote)(?P<tail>[ \t]*(?:#.*)?)")
_SCALAR = re.compile(r"(?P<head>[^:]+:[ \t]+)(?P<value>[^\s\[{&*!|>\"'#].*?)(?P<tail>[ \t]+#.*|[ \t]*)")
_ITEM = re.compile(r"(?P<head>[ \t]*-[ \t]+)(?P<value>\S.*)")
_PLAIN_YAML = re.compile(r"[^\W\d_][\w .()/'’-]*")
_ASIDE = re.compile(r"\s*\([^()]*\)|^@")


def missing(names: Iterable[str], record: DecisionRecord) -> list[str]:
    """Return those of the names that do not stand in the record as decision-makers yet."""
    there = {_known_as(name) for name in record.decision_makers}
    return [name for name in dict.fromkeys(names) if _known_as(name) not in there]


def _known_as(name: str) -> str:
    return fold(_ASIDE.sub("", name))


def add_people(page: Page, names: Sequence[str], keys: Iterable[str] = ()) -> Page | None:
    """Return the page with these names behind its decision-makers; None where there is no certain place for them.

    Without a place for any, they get one of these keys, the first that is read back.
    """
    wanted = [*page.record().decision_makers, *names]

    def is_meant(after: DecisionRecord) -> bool:
        return after.decision_makers == wanted

    draft = page.draft()
    own = KEYS if draft.record.dialect != "madr-4" else KEYS[1:]
    return page.first_sound(_texts(page, draft, names, (*keys, *own)), ("decision_makers", "dialect"), is_meant)


def _texts(page: Page, draft: Draft, names: Sequence[str], keys: Iterable[str]) -> Iterator[str]:
    fields = [field for role in ("decision_makers", "owner") for field in draft.reading.values(role)]
    joined = ", ".join(names)
    for field in fields:
        for edit in _into_field(draft, field, names):
            yield edit_text(page.text, (edit,))
    for edit in _into_section(draft, joined):
        yield edit_text(page.text, (edit,))
    if any(read_people(field.value, page.vocabulary)[0] for field in fields):
        return
    for key in dict.fromkeys((*(field.key for field in fields), *keys)):
        mark = Mark("decision_makers", key.lower().replace(" ", "-"), key, joined)
        yield from attempts(page.text, page.vocabulary, mark)


def _into_field(draft: Draft, field: Field, names: Sequence[str]) -> Iterator[Edit]:
    line, at, path = draft.document.lines[field.span.end - 1], field.span.end, draft.record.path
    span, joined = Span(at, at), ", ".join(names)
    if not read_people(field.value, draft.vocabulary)[0]:
        return  # a stand-in, which goes
    if field.how == "front matter":
        yield from _into_front_matter(draft, at, names)
    elif isinstance(field.value, list):
        yield from _below_items(draft, field, names)
    elif field.how.endswith("table"):
        value = str(field.value).strip()
        if line.count(value) == 1:
            yield Edit(path, span, (line.replace(value, f"{value}, {joined}"),))
    elif found := re.search(r"[ \t]*\\?$", line):
        yield Edit(path, span, (f"{line[: found.start()]}, {joined}{line[found.start() :]}",))


def _into_front_matter(draft: Draft, at: int, names: Sequence[str]) -> Iterator[Edit]:
    lines, path = draft.document.lines, draft.record.path
    line, span, shown = lines[at - 1], Span(at, at), ", ".join(map(_in_yaml, names))
    if found := _FLOW.fullmatch(line):
        yield Edit(path, span, (f"{found['head']}, {shown}{found['gap']}{found['close']}",))
    elif found := _QUOTED.fullmatch(line):
        more = "".join(f", {name}" for name in names)
        mark = found["quote"]
        if mark not in more and "\\" not in more:
            yield Edit(path, span, (f"{found['head']}{mark}{found['value']}{more}{mark}{found['tail']}",))
    elif found := _SCALAR.fullmatch(line):
        value = f"{found['value']}, {', '.join(names)}"
        yield Edit(path, span, (f"{found['head']}{value}{found['tail']}",))
    else:
        end, item = at - bool(_ITEM.fullmatch(line)), None  # the place of a list may be that of its first item
        while end < len(lines) and (match := _ITEM.fullmatch(lines[end])):
            end, item = end + 1, match
        if item:
            begin = item["head"]
            quote = found[0] if (found := re.match(r"[\"']", item["value"])) else ""
            new = (f"{begin}{json.dumps(n, ensure_ascii=False) if quote else _in_yaml(n)}" for n in names)
            yield Edit(path, Span(end + 1, end), tuple(new))


def _in_yaml(name: str) -> str:
    return name if _PLAIN_YAML.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _below_items(draft: Draft, field: Field, names: Sequence[str]) -> Iterator[Edit]:
    """Lengthen a list that stands below its key."""
    lines, at = draft.document.lines, field.span.end
    last = str(field.value[-1]).split("\n", 1)[0]
    end = next((n for n in range(at + 1, min(at + 2 * len(field.value), len(lines)) + 1) if last in lines[n - 1]), None)
    marker = re.match(r"\s*[-*+]\s+", lines[end - 1]) if end else None
    if end and marker:
        yield Edit(draft.record.path, Span(end + 1, end), tuple(f"{marker[0]}{name}" for name in names))


def _into_section(draft: Draft, joined: str) -> Iterator[Edit]:
    """Lengthen a section of its own ("## Deciders"), or fill it."""
    lines, path = draft.document.lines, draft.record.path
    for i in draft.reading.outline.with_role("decision_makers", "owner"):
        part = draft.reading.outline.parts[i]
        if part.inline or len(part.blocks) > 1 or len(draft.reading.outline.subtree(i)) > 1:
            continue
        block = part.blocks[0] if part.blocks else None
        if block is None:
            gap = [""] if part.span.end < len(lines) and lines[part.span.end].strip() else []
            yield Edit(path, Span(part.span.end + 1, part.span.end), ("", joined, *gap))
            continue
        end = block.span.end
        while end > block.span.start and not lines[end - 1].strip():
            end -= 1
        marker = re.match(r"\s*[-*+]\s+", lines[end - 1])
        says_who = bool(read_people("\n".join(lines[block.span.start - 1 : end]), draft.vocabulary)[0])
        if isinstance(block, ListBlock) and marker:
            if says_who:
                yield Edit(path, Span(end + 1, end), tuple(marker[0] + name for name in joined.split(", ")))
            else:
                yield Edit(path, Span(block.span.start, end), tuple(marker[0] + name for name in joined.split(", ")))
        elif isinstance(block, Paragraph) and not isinstance(block, Table):
            yield (
                Edit(path, Span(end, end), (f"{lines[end - 1].rstrip()}, {joined}",))
                if says_who
                else Edit(path, Span(block.span.start, end), (joined,))
            )
