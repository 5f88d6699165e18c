"""A record that is edited several times is parsed once for each text that it has on the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from onrecord.record.edit.day import write_date
from onrecord.record.edit.page import Page
from onrecord.record.edit.people import add_people
from onrecord.record.edit.state import write_status
from onrecord.record.read import read_record
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    from types import FrameType

TEXT = "# 2. Keep carts in a cache\n\n## Status\n\nProposed\n\n## Decision\n\nWe will keep carts in a cache.\n"


def test_each_text_is_read_once() -> None:
    seen: list[str] = []

    def see(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call":
            seen.append(frame.f_code.co_name)

    sys.setprofile(see)
    try:
        page: Page | None = Page("docs/adr/0002-carts.md", TEXT, shipped())
        page = page and write_status(page, "accepted", ["Accepted"], "2026-01-02")
        page = page and write_date(page, "2026-01-02")
        page = page and add_people(page, ["Ann Lee"])
    finally:
        sys.setprofile(None)
    assert page is not None
    texts = 4  # as it was, and with its status, its day, its people
    assert seen.count("parse_document") <= texts
    assert seen.count(read_record.__name__) <= texts


def test_what_was_read_before_is_what_is_read_now() -> None:
    page = Page("docs/adr/0002-carts.md", TEXT, shipped())
    first = page.record()
    other = page._replace(text=TEXT.replace("Proposed", "Accepted"))
    assert (page.record(), page.draft().record) == (first, first)
    assert other.record().status != first.status
    assert page._replace(path="docs/adr/0003-carts.md").record().path == "docs/adr/0003-carts.md"
