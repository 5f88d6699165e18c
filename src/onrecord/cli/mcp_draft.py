"""A record that is not saved yet: the findings of the team's policy, and the records it resembles."""

from __future__ import annotations

import argparse
import json
import posixpath
import re
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from onrecord.adapters.files import MARKDOWN, decode, read_as_records
from onrecord.adapters.settings import load_config
from onrecord.adapters.templates import Templates
from onrecord.cli import list as listing
from onrecord.cli.common import vocabulary_of
from onrecord.cli.judging import make_report
from onrecord.cli.main import UsageFault
from onrecord.cli.selection import Selection, select_files
from onrecord.log.search_text import text_of
from onrecord.log.similar import Vectors, related_to
from onrecord.render.json_report import as_json, render_json
from onrecord.render.records import card_json, heading
from onrecord.render.safe import for_terminal
from onrecord.render.text import render_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.check import ReadFile
    from onrecord.log.search_text import Card
    from onrecord.log.similar import Likeness
    from onrecord.record import Vocabulary

FOLDER, NAME = "docs/decisions", "draft.md"  # where nothing tells where the record goes
_PLAIN = argparse.Namespace(select=None, ignore=None, today=None)


def check_draft(text: str, path: str, root: Path) -> tuple[str, dict[str, Any]]:
    """Return findings and likeness in words, and as JSON: the report of `onrecord check`, with `related` beside it.

    `path` is where the record goes, empty: among the others. What stands there now is set aside.
    """
    config = load_config(root, None)
    vocabulary = vocabulary_of(config)
    with closing(listing.read(root, config, vocabulary)) as log:
        cards, texts = log.cards(), log.texts()
    path = path or _usual_place(cards, text, vocabulary)
    if not path.lower().endswith(MARKDOWN):
        raise UsageFault(f"{path}: a record is a Markdown file")
    draft = read_as_records(decode(text.encode()), path, path, Templates(vocabulary, root).for_file(root / path))
    there = select_files([], root, config)
    others = tuple(file for file in there.files if file.record.path != path)
    selection = Selection(draft, [], [], others, there.folders, there.unread)
    report = make_report(selection, config, _PLAIN, root, root)
    if not report.files:
        raise UsageFault(f"{path}: this does not read like a decision record ({draft[0].record.reason})")
    others_at = [i for i, card in enumerate(cards) if card.path != path]
    near = _near(draft, [cards[i] for i in others_at], [texts[i] for i in others_at])
    value = json.loads(render_json(report))
    related = [card_json(card) | {"score": round(one.score, 4), "twin": twin} for card, one, twin in near]
    value["related"] = json.loads(as_json(related))
    return "\n".join([render_text(report).rstrip("\n"), *_in_words(near), ""]), value


def _usual_place(cards: Sequence[Card], text: str, vocabulary: Vocabulary) -> str:
    """Return a path among the other records; where one of them has the draft's number, the path has it as well."""
    homes = (posixpath.split(card.path) for card in cards)
    own_folder = ("readme.", "index.")  # a record that is a folder of its own, beside the others
    folders = Counter(
        posixpath.dirname(home) if name.casefold().startswith(own_folder) else home for home, name in homes
    ).most_common(1)
    folder = folders[0][0] if folders else FOLDER
    place = posixpath.join(folder, NAME)
    number = read_as_records(decode(text.encode()), place, place, vocabulary)[0].record.number
    taken = [card.path for card in cards if number and card.number == number and posixpath.dirname(card.path) == folder]
    written = re.match(r"[A-Za-z_ -]*\d+", posixpath.basename(taken[0])) if taken else None
    return posixpath.join(folder, f"{written[0]}-{NAME}") if written else place


def _near(draft: Iterable[ReadFile], cards: Sequence[Card], texts: Sequence[str]) -> list[tuple[Card, Likeness, bool]]:
    """Return the records that read like the draft, each with whether it may be the same decision."""
    own = [text_of(document, record) for document, record in draft if record.kind == "record"]
    likeness = related_to(len(texts), Vectors([*texts, "\n".join(f"{one.title}\n{one.body}" for one in own)]))
    return [
        (cards[one.place], one, group is likeness.twins)
        for group in (likeness.twins, likeness.related)
        for one in group
    ]


def _in_words(near: Iterable[tuple[Card, Likeness, bool]]) -> Iterable[str]:
    for card, one, twin in near:
        word = "Perhaps the same decision" if twin else "Reads alike"
        yield f"{word} ({one.score:.2f}): {heading(card)}, {card.status or 'no status'}, {for_terminal(card.path)}"
