"""The text of a new record and its place: by flag, by the repository's template, by its neighbours, else our own."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import Unreadable, decode, in_repository, read_bytes
from onrecord.adapters.new_file import names_elsewhere, names_here
from onrecord.adapters.templates import Templates, templates_beside
from onrecord.cli.common import file_exists
from onrecord.cli.main import UsageFault
from onrecord.draft.content import Choice
from onrecord.draft.entered import as_name
from onrecord.draft.given_back import given, lost, written
from onrecord.draft.neighbors import LATEST, Neighbor, below_header, in_common, is_brief, shape_of, style_of
from onrecord.draft.place import folder_of, form_of, next_number, path_for
from onrecord.draft.template import fill
from onrecord.draft.template_head import read_template
from onrecord.log.references import log_of, make_log
from onrecord.record.because import find_because
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config
    from onrecord.cli.selection import Selection
    from onrecord.draft.content import Content
    from onrecord.log.references import Log
    from onrecord.record.vocabulary import Vocabulary

_ONE_LINE = 100  # letters of a decision that reads well as the name of an option


class LogAround(NamedTuple):
    """The records that are there; `folder` is where most of them are."""

    root: Path
    files: tuple[Neighbor, ...]
    folder: str
    log: Log
    vocabulary: Vocabulary


class Form(NamedTuple):
    """Where the record goes, its number as the file has it (empty for none), and the records beside it, latest last."""

    path: str
    number: str
    beside: tuple[Neighbor, ...]


class Made(NamedTuple):
    """The text, what a reader of it would not get back, and lines for people."""

    text: str
    lost: list[str]
    notes: list[str]


def look_at_log(selection: Selection, root: Path, config: Config, vocabulary: Vocabulary) -> LogAround:
    """Return the log as it is."""
    files = tuple(Neighbor(file.record, file.document) for file in selection.files if file.record.kind == "record")
    records = [one.record for one in files]
    log = make_log(records, file_exists(root), [""], selection.unread)
    return LogAround(root, files, folder_of(records, config.records), log, vocabulary)


def place_of(options: argparse.Namespace, around: LogAround, content: Content, day: str) -> Form:
    """Return where the record goes; looked up anew each time, as others write records too."""
    folder = around.folder
    if options.folder:
        folder = in_repository(Path(options.folder), around.root)
        folder = "" if folder == "." else folder
    if options.output and options.output != "-":
        folder = posixpath.dirname(in_repository(Path(options.output), around.root))
    records = [one.record for one in around.files]
    naming = form_of(folder, records)
    home = log_of(f"{folder}/x.md") if folder else ""
    mine = [record for record in records if log_of(record.path) == home or posixpath.dirname(record.path) == folder]
    number = 0
    if naming.width:
        names = (*names_here(around.root, home or folder), *names_elsewhere(around.root, home or folder))
        number = next_number(naming, mine, names)
    path = path_for(folder, naming, number, content.title, day)
    if options.output and options.output != "-":
        path = in_repository(Path(options.output), around.root)
    inside = [one for one in around.files if posixpath.dirname(one.record.path) == folder]
    if naming.page:
        inside = [one for one in around.files if posixpath.dirname(posixpath.dirname(one.record.path)) == folder]
    inside.sort(key=lambda one: (int(re.sub(r"\D", "", one.record.number or "") or 0), one.record.path))
    return Form(path, str(number).zfill(naming.width) if number else "", tuple(inside[-LATEST:]))


def text_for(options: argparse.Namespace, around: LogAround, content: Content, form: Form) -> Made:
    """Write the record in the form that is wanted; where that would lose something, in the nearest of ours."""
    content = content._replace(number=form.number.lstrip("0"))
    words = Templates(around.vocabulary, around.root).for_file(around.root / form.path)
    if options.dialect:
        return Made(*written(_for(options.dialect, content), options.dialect, form.path, words), [])
    inside = [one.record for one in form.beside] or [one.record for one in around.files]
    nearest = "brief" if is_brief(form.beside) else shape_of(inside)
    template, name = _template(options, around, form)
    notes = []
    if source := template or _of_neighbors(form, nearest, words):
        made = _filled(source, _for("" if name else nearest, content), form, words)
        if not made.lost:
            return made
        parts = ", ".join(made.lost).replace("_", " ")
        notes = [
            f"in the form of {name or 'the records here'}, what was said as {parts} would not be read back as it was"
            f" entered, so the form is {nearest}"
        ]
    return Made(*written(_for(nearest, content), nearest, form.path, words), notes)


def _of_neighbors(form: Form, nearest: str, words: Vocabulary) -> str:
    """Return a form to fill that is made of the records beside the new one; empty where they have too little in common."""
    stem = posixpath.basename(posixpath.dirname(form.path) if form.path.endswith("/README.md") else form.path)
    common = in_common(form.beside, words, stem.rpartition(".")[0] or stem)
    return common or below_header(form.beside, words, nearest)


def _filled(source: str, content: Content, form: Form, words: Vocabulary) -> Made:
    """Fill a form in the plainest way that gives everything back."""
    if words.phrase("chosen_option").search(source):
        content = _for("madr-4", content)
    style = style_of(form.beside, form.number, content.status)
    reading = read_template(source, words, {line.strip() for one in form.beside for line in one.document.lines})
    made = Made("", [], [])
    for careful in (False, True):
        text = fill(reading, content._replace(number=form.number), style, careful)
        if text != made.text:
            made = Made(text, given(content, lost(content, text, form.path, words)), [])
        if not made.lost or "title" in made.lost:  # a title has no place, however plainly the rest is said
            break
    return made


def _template(options: argparse.Namespace, around: LogAround, form: Form) -> tuple[str, str]:
    """Return the text and the name of the template, both empty where there is none."""
    if options.template:
        try:
            return decode(read_bytes(Path(options.template), around.root)).text, options.template
        except Unreadable as error:
            raise UsageFault(f"--template {options.template}: {error}") from error
    found = templates_beside(around.root / form.path)
    for path in sorted(found, key=lambda one: (len(one.name), one.name)):
        try:
            return decode(read_bytes(path, around.root)).text, in_repository(path, around.root)
        except Unreadable:
            continue
    return "", ""


def _for(dialect: str, content: Content) -> Content:
    """Return the same content as a dialect says it: where all options are listed, the one that was chosen is among them."""
    said = content.decision
    is_listed = dialect in ("madr-4", "tyree-akerman") and content.choices and not content.chosen
    if not is_listed or not said or "\n" in said or len(said) > _ONE_LINE:
        return content
    if content.is_reasoned:  # it stays whole; what stands before its reason names the option
        because = find_because(said, shipped())
        head = as_name(said[: because.start()]).rstrip(" ,;:.–—-") if because else ""
        is_name = head and ". " not in head
        return content._replace(choices=(Choice(head, "chosen"), *content.choices)) if is_name else content
    name = said.rstrip(". ")
    return content._replace(choices=(Choice(name, "chosen"), *content.choices), chosen=name, decision="")
