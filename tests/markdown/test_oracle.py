"""An independent parser, pulldown-cmark, agrees on where sections begin; the two places where it does not are explained here."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyromark
import pytest

from onrecord.markdown import parse_document

FIXTURES = Path(__file__).parents[1] / "record" / "fixtures"
# More texts to compare, for instance a corpus that is not part of the repository.
MORE = os.environ.get("ONRECORD_ORACLE_FOLDER")


def texts() -> list[Path]:
    found = sorted(FIXTURES.rglob("*.md"))
    if MORE:
        found += sorted(p for p in Path(MORE).rglob("*") if p.suffix.lower() in (".md", ".mdx", ".markdown"))
    return found


def by_oracle(body: str, offset: int) -> list[tuple[int, int]]:
    """Return level and line of the top-level headings, as pulldown-cmark sees them."""
    found = []
    depth = 0
    data = body.encode()
    for event, at in pyromark.events_with_range(body, options=pyromark.Options.ENABLE_TABLES):
        if isinstance(event, dict) and "Start" in event:
            tag = event["Start"]
            if isinstance(tag, dict) and "Heading" in tag and depth == 0:
                level = int(str(tag["Heading"]["level"])[1:])
                found.append((level, data.count(b"\n", 0, at["start"]) + 1 + offset))
            depth += 1
        elif isinstance(event, dict) and "End" in event:
            depth -= 1
    return found


def is_prose_over_a_rule(lines: tuple[str, ...], line: int) -> bool:
    """Tell whether a level-2 setext heading is what this reader takes for a paragraph with a rule below it."""
    title = []
    for text in lines[line - 1 :]:
        if not text.strip() or text.lstrip().startswith("#"):
            return False
        if set(text.strip()) == {"-"}:
            words = " ".join(title)
            return len(words.split()) > 12 or words.rstrip().endswith(".")
        title.append(text)
    return False


def numbered_title(lines: tuple[str, ...], offset: int) -> list[tuple[int, int]]:
    """Return the underlined title "3. Use Redis": CommonMark sees a list item there, authors mean a title."""
    first = next((i for i, text in enumerate(lines) if i >= offset and text.strip()), 0)
    numbered = (
        re.match(r"\d{1,5}[.)] ", lines[first])
        and first + 1 < len(lines)
        and re.fullmatch(r"={3,}\s*", lines[first + 1])
    )
    return [(1, first + 1)] if numbered else []


@pytest.mark.parametrize("path", texts(), ids=lambda p: p.stem)
def test_sections_begin_where_pulldown_cmark_sees_headings(path: Path) -> None:
    document = parse_document(path.read_bytes().decode("utf-8", "replace"))
    offset = document.front_matter.span.end if document.front_matter else 0
    ours = [(s.level, s.span.start) for s in document.sections[1:]]
    theirs = by_oracle("\n".join(document.lines[offset:]), offset)
    theirs = [head for head in theirs if not (head[0] == 2 and is_prose_over_a_rule(document.lines, head[1]))]
    theirs += numbered_title(document.lines, offset)
    assert ours == sorted(theirs, key=lambda head: head[1])
