"""Files as entries of the log's index: what is kept of each record, and a key that tells when to read a file again."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord
from onrecord.adapters.files import Unreadable, decode, read_as_records, read_bytes
from onrecord.adapters.templates import Templates
from onrecord.log.search_text import Card, SearchText, card_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.check import Config
    from onrecord.record import Vocabulary

Entry = tuple[Card, SearchText]


class EntryReader:
    """Reads files into entries, and tells by a key whether a file would be read as it was before."""

    def __init__(self, root: Path, config: Config, vocabulary: Vocabulary) -> None:
        """Read below `root`, with the team's words on top of the shipped ones."""
        words = json.dumps(config.vocabulary, default=str)
        self.root, self.templates = root, Templates(vocabulary, root)
        self._tool = f"{onrecord.__version__} {_code_state()} {words}".encode()

    def content(self, name: str) -> bytes | None:
        """Return a file's bytes, None where it cannot be opened."""
        try:
            return read_bytes(self.root / name, self.root)
        except Unreadable:
            return None

    def key(self, name: str, content: bytes) -> bytes:
        """Return what changes when the file would be read in another way: text, path, templates, words, tool."""
        lines = sorted(self.templates.for_file(self.root / name).template_lines)
        parts = (self._tool, "\n".join(lines).encode(), os.fsencode(name))
        return hashlib.blake2b(b"\0".join((*parts, content)), digest_size=20).digest()

    def read(self, name: str, content: bytes) -> Iterator[Entry]:
        """Yield the records of a file; a file without any yields nothing."""
        vocabulary = self.templates.for_file(self.root / name)
        for document, record in read_as_records(decode(content), name, name, vocabulary):
            if record.kind == "record":
                yield card_of(document, record), text_of(document, record)


def _code_state() -> int:
    """Return what changes when the reading code is edited in place, as contributors do; the version does not."""
    package = Path(onrecord.__file__).parent
    rooms = [package / room for room in ("markdown", "record", "record/read", "record/vocabulary", "log")]
    return max(
        (entry.stat().st_mtime_ns for room in rooms if room.is_dir() for entry in os.scandir(room) if entry.is_file()),
        default=0,
    )
