"""A text that is parsed when somebody looks inside: who needs its lines alone does not wait for Markdown."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from onrecord.markdown.model import Document


def document_later(text: str) -> Document:
    """Return what `parse_document` returns; it is parsed as soon as more than its lines are asked for."""
    made: Any = _Later(text)
    return made  # type: ignore[no-any-return]


class _Later:
    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        """Answer for a part that is not there yet."""
        from onrecord.markdown.parse import lines_of, parse_document

        if name == "lines":
            self.lines = lines_of(self._text)
            return self.lines
        document = parse_document(self._text)
        self.__dict__ |= document._asdict()
        return getattr(document, name)

    def mentions(self, word: str) -> bool:
        """Tell whether a word stands anywhere in the text."""
        return word in self._text
