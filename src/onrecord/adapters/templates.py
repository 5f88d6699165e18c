"""The repository's own record templates: what stands in them untouched is not content."""

from __future__ import annotations

from pathlib import Path

from onrecord.adapters.files import MARKDOWN, Unreadable, decode, read_bytes
from onrecord.markdown import parse_document
from onrecord.record import Vocabulary, read_record
from onrecord.record.placeholders import template_lines
from onrecord.record.recognize import is_template_name

FOLDERS = (".", "templates", "template", "../templates")


class Templates:
    """Finds the templates beside a record, once for each folder."""

    def __init__(self, vocabulary: Vocabulary, root: Path) -> None:
        """Start from a vocabulary without templates."""
        self.vocabulary, self.root = vocabulary, root
        self._by_folder: dict[Path, Vocabulary] = {}

    def for_file(self, path: Path) -> Vocabulary:
        """Return the vocabulary that knows the templates around `path`."""
        folder = path.parent
        if folder not in self._by_folder:
            lines: frozenset[str] = frozenset()
            for name in _templates_in(folder):
                lines |= self._lines(name)
            self._by_folder[folder] = self.vocabulary.with_template(lines) if lines else self.vocabulary
        return self._by_folder[folder]

    def _lines(self, path: Path) -> frozenset[str]:
        try:
            document = parse_document(decode(read_bytes(path, self.root)).text)
        except Unreadable:
            return frozenset()
        record = read_record(document, path.name, self.vocabulary)
        if record.date or record.decision_makers:  # an example that is filled in, not a form to fill
            return frozenset()
        return template_lines(document)


def templates_beside(path: Path) -> list[Path]:
    """Return the templates that a record at `path` would be written from; the folder need not be there yet."""
    return _templates_in(path.parent) or _templates_in(path.parent.parent)


def _templates_in(folder: Path) -> list[Path]:
    found = []
    for name in FOLDERS:
        place = folder / name
        if place.is_dir():
            found += [p for p in sorted(place.iterdir()) if p.suffix.lower() in MARKDOWN and is_template_name(p.name)]
    return found
