"""Tables written as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from onrecord.markdown import Html, Table

_NO_TAG = re.compile(r"<(?![A-Za-z/][^<>]{0,1000}>)")  # the parser would look for the end of each in all that follows


def read_html_tables(block: Html) -> list[Table]:
    """Return the tables in an HTML block, cells as text; every row carries the block's span."""
    parser = _Tables()
    parser.feed(_NO_TAG.sub("&lt;", block.text))
    parser.close()
    return [Table(rows[0], tuple(rows[1:]), block.span, (block.span,) * len(rows)) for rows in parser.tables if rows]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[str, ...]]] = []
        self.row: list[str] = []
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self.cell = []
        elif tag in ("br", "li", "p") and self.cell is not None:
            self.cell.append(", " if self.cell else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is not None:
            self.row.append(" ".join("".join(self.cell).split()))
            self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row and self.tables:
            self.tables[-1].append(tuple(self.row))
        self.row = []
