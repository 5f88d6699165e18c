"""The repository's own record templates: what stands in them untouched is not content."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import MARKDOWN, Unreadable, decode, read_bytes
from onrecord.adapters.kept import Kept, key_of
from onrecord.record.folders import may_be_template

if TYPE_CHECKING:
    from onrecord.record import Vocabulary

FOLDERS = (".", "templates", "template", "../templates")


class Templates:
    """Finds the templates beside a record, once for each folder."""

    def __init__(self, vocabulary: Vocabulary, root: Path, kept: Kept | None = None) -> None:
        """Start from a vocabulary without templates; `kept` gives what was read before."""
        self.vocabulary, self.root, self._kept = vocabulary, root, kept or Kept(None)
        self._by_folder: dict[str, Vocabulary] = {}

    def for_file(self, path: str | Path) -> Vocabulary:
        """Return the vocabulary that knows the templates around `path`, which is absolute or relative to the repository."""
        folder = os.path.dirname(path)  # noqa: PTH120 - quicker, and there may be thousands
        if folder not in self._by_folder:
            lines: frozenset[str] = frozenset()
            for name in _templates_in(self.root / folder):
                lines |= self._lines(name)
            self._by_folder[folder] = self.vocabulary.with_template(lines) if lines else self.vocabulary
        return self._by_folder[folder]

    def _lines(self, path: Path) -> frozenset[str]:
        try:
            text = decode(read_bytes(path, self.root)).text
        except Unreadable:
            return frozenset()
        key = key_of("lines of a template", path.name, text, self.vocabulary.told())
        return frozenset(self._kept.once(key, lambda: sorted(_read_lines(text, path.name, self.vocabulary))))


def _read_lines(text: str, name: str, vocabulary: Vocabulary) -> frozenset[str]:
    from onrecord.markdown import parse_document
    from onrecord.record import read_record
    from onrecord.record.placeholders import template_lines

    document = parse_document(text)
    record = read_record(document, name, vocabulary)
    is_filled_in = record.date or record.decision_makers  # an example, not a form to fill
    return frozenset() if is_filled_in else template_lines(document)


def templates_beside(path: Path) -> list[Path]:
    """Return the templates that a record at `path` would be written from; the folder need not be there yet."""
    return _templates_in(path.parent) or _templates_in(path.parent.parent)


def _templates_in(folder: Path) -> list[Path]:
    found = []
    for name in FOLDERS:
        place = folder / name
        with suppress(OSError):  # it is not there, or cannot be looked into
            names = os.listdir(place)  # noqa: PTH208 - thousands of names
            found += sorted(
                place / one for one in names if may_be_template(one) and Path(one).suffix.lower() in MARKDOWN
            )
    if not found:
        return []
    from onrecord.record.recognize import is_template_name

    return [path for path in found if is_template_name(path.name)]
