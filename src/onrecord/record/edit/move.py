"""Another name for a record's file, with every link to it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.edit.model import Edit, Fix, Move
from onrecord.record.edit.texts import LINK, spelled_out, without_files
from onrecord.record.edit.title import number_in_title, set_number_in_title
from onrecord.record.header import read_fields
from onrecord.record.outline import read_outline
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onrecord.markdown import Document
    from onrecord.record.edit.texts import Texts
    from onrecord.record.model import DecisionRecord

_MENTION = r"\b(?:{}|ADR|DR|AD|RFC|PDR|TDR|KEP|decision|record|no\.?|nr\.?)s?[-_ #]{{0,3}}0*{}(?![\w.]*\d)"
_NUMBER = r"(?<!\d)(?<!\d[-./])0*{}(?!\d)(?![-/]\d)"  # not a part of a date
_PLAIN_NAME = re.compile(r"[\w.+-]+")


class _Doubt(Exception):
    """A line names the file, or its number, in a way that cannot be followed for certain."""


def move_record(record: DecisionRecord, to: str, texts: Texts) -> Fix | None:
    """Return the fix that moves a record's file within its folder, and rewrites each link to it in these texts.

    None where a text names the file in a way that is not certain to be followed.
    """
    documents = texts.documents
    if record.path not in documents or to in documents or not _PLAIN_NAME.fullmatch(posixpath.basename(record.path)):
        return None
    try:
        edits = tuple(_edits(texts, record.path, to, None))
    except _Doubt:
        return None
    return Fix(edits, (Move(record.path, to),))


def renumber(
    record: DecisionRecord,
    to: str,
    numbers: tuple[int, int],
    texts: Texts,
    rivals: Iterable[str],
    elsewhere: Collection[str] = (),
) -> Fix | None:
    """Return the fix that also gives the record another number (old, new), in its heading and in the links to it.

    `rivals` are the paths of records that have the old number too, `elsewhere` those of records that, when they speak of
    a number, mean one of another log. None where a text speaks of that number, and nobody
    can tell which of the records it means.
    """
    if not (fix := move_record(record, to, texts)):
        return None
    documents = texts.documents
    document = documents[record.path]
    if _is_numbered_elsewhere(record, document, numbers[0]):
        return None
    heading: tuple[Edit, ...] = ()
    if number_in_title(record, document) is not None:
        edit = set_number_in_title(record, document, numbers[1])
        if edit is None:
            return None
        heading = (edit,)
    titles = {(path, _title_line(documents[path])) for path in (record.path, *rivals) if path in documents}
    try:
        edits = _edits(texts, record.path, to, numbers, titles, elsewhere)
    except _Doubt:
        return None
    return fix._replace(edits=(*heading, *(edit for edit in edits if all(edit[:2] != one[:2] for one in heading))))


def _is_numbered_elsewhere(record: DecisionRecord, document: Document, number: int) -> bool:
    """Tell whether a field of the record holds its number too, such as `id: ADR-0007`."""
    fields = read_fields(document, read_outline(document, shipped()), shipped())
    return any(
        re.search(rf"(?<!\d)0*{number}(?!\d)", str(field.value))
        for field in fields
        if field.role in ("number", "title")
    ) or (record.slots["title"].how != "first heading" and number_in_title(record, document) is not None)


def _title_line(document: Document) -> int:
    return next((section.span.start for section in document.sections if section.level), 0)


def _edits(
    texts: Texts,
    old: str,
    new: str,
    numbers: tuple[int, int] | None,
    titles: Collection[tuple[str, int]] = (),
    elsewhere: Collection[str] = (),
) -> list[Edit]:
    stem = spelled_out(posixpath.basename(old).rsplit(".", 1)[0])
    naming = set(texts.naming(stem))
    mentioning = {path for path in texts.mentioning(numbers[0]) if path not in elsewhere} if numbers else set()
    mention = _mention_of(old, numbers[0]) if numbers else None
    out = []
    for path in sorted(naming | mentioning):
        for number, line in enumerate(texts.documents[path].lines, 1):
            is_named = path in naming and stem in spelled_out(line)
            after = _follow(line, path, old, new, numbers) if is_named else line
            if mention and path in mentioning and (path, number) not in titles:
                _verify_mentions(line, mention)
            if after != line:
                out.append(Edit(path, Span(number, number), (after,)))
    return out


def _mention_of(path: str, number: int) -> re.Pattern[str]:
    """Return how a text speaks of the record of this number."""
    series = re.match(r"[A-Za-z_ -]*", posixpath.basename(path))
    word = re.escape(series[0].strip(" -_")) if series else ""
    return re.compile(_MENTION.format(word or "ADR", number), re.IGNORECASE)


def _follow(line: str, path: str, old: str, new: str, numbers: tuple[int, int] | None) -> str:
    """Return a line with its links to the file at its new place, and their labels with its new number."""
    name, new_name = posixpath.basename(old), posixpath.basename(new)
    stem = name.rsplit(".", 1)[0]

    def rename(match: re.Match[str]) -> str:
        lead = match["lead"] or ""
        if not _leads_to(lead + name, path, old):
            raise _Doubt
        return f"{lead}{new_name}"

    if numbers:
        around = re.sub(rf"\S*{re.escape(stem)}\S*", " ", LINK.sub(" ", line))
        if re.search(_NUMBER.format(numbers[0]), around):
            raise _Doubt  # a column of an index with the number in it, or the number of a list
    token = re.compile(rf"(?P<lead>[^\s()<>\[\]\"'`|,;=]*/)?(?<![\w.+-]){re.escape(name)}(?![\w+-]|\.\w)")
    after = token.sub(rename, LINK.sub(lambda match: _relabeled(match, name, numbers), line))
    rest = token.sub(" ", after.replace(new_name, " "))
    if re.search(rf"(?<![\w.+-]){re.escape(spelled_out(stem))}(?![\w+-])", spelled_out(rest)):
        raise _Doubt  # named without its ending, as a site does, or in another spelling
    return after


def _relabeled(link: re.Match[str], name: str, numbers: tuple[int, int] | None) -> str:
    """Return a link to the file of this name with the new number in its label, with as many digits."""
    target, _, anchor = link["target"].partition("#")
    if numbers is None or posixpath.basename(target) != name:
        return link[0]
    if re.search(_NUMBER.format(numbers[0]), anchor):
        raise _Doubt  # it leads to the heading that gets another number
    if name.rsplit(".", 1)[0] in link["label"]:
        return link[0]
    label = re.sub(
        _NUMBER.format(numbers[0]),
        lambda found: str(numbers[1]).zfill(len(found[0]) if found[0].startswith("0") else 1),
        link["label"],
        count=1,
    )
    return f"[{label}]({link['target']})"


def _leads_to(target: str, path: str, old: str) -> bool:
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
        return False
    if target.startswith("/") or target == old:
        return target.lstrip("/") == old
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) == old


def _verify_mentions(line: str, mention: re.Pattern[str]) -> None:
    """Refuse a line that speaks of the number without a link to a file: nobody can tell which record it means."""
    if mention.search(without_files(line)):
        raise _Doubt
