"""Lines that begin with a key: which blocks become one paragraph, and where the form ends."""

from __future__ import annotations

import pytest

from onrecord.change.keyed import Keyed, closed, in_lines, opens_record, read_key
from onrecord.markdown import ListBlock, Paragraph, Table, parse_document
from onrecord.record.vocabulary import shipped

KEYS = "| Because | small |\n|---|---|\n| Decision | |\n| Owner | Ann |\n| Notes | x |\n| y |\n"
HEADS = "| Decision | Owner | Notes |\n|---|---|---|\n| Use Redis | Ann | n |\n| Use Kafka | | n |\n"

# Body, and what becomes of it: texts with their first and last line.
LINES = {
    "a form": ("Decision: a\nInstead of: b\nmore\nBecause: c\n\nOwner: Ann\nTail.\n",
               [("Decision: a\nInstead of: b\nmore\nBecause: c\nOwner: Ann", 1, 6), ("Tail.", 7, 7)]),
    "a form set apart": ("Decision: a\n\nInstead of: b\n\nOwner:\n\nAnn Example\n\nMore.\n",
                         [("Decision: a\nInstead of: b\nOwner: Ann Example", 1, 7), ("More.", 9, 9)]),
    "a form that nobody filled in": ("Decision:\nInstead of:\nBecause:\n\nCache pages.\n", [("Cache pages.", 5, 5)]),
    "a key that is answered below": ("Decision:\n\nUse Redis.\n", [("Decision:", 1, 1), ("Use Redis.", 3, 3)]),
    "a key that is not": ("Decision:\nOwner: Ann\n", [("Owner: Ann", 2, 2)]),
    "one key alone": ("Decision:\n", [("Decision:", 1, 1)]),
    "no decision is an answer, nobody is none": ("Owner: n/a\nDecision: n/a\n", [("Decision: n/a", 2, 2)]),
    "a name in a paragraph of its own": ("Owner:\n\nAnn\n\nDecision: a\n", [("Owner: Ann\nDecision: a", 1, 5)]),
    "a sentence there": ("Decision: a\n\nOwner:\n\nAnn.\n", [("Decision: a\nOwner:", 1, 3), ("Ann.", 5, 5)]),
    "many words there": ("Decision: a\n\nOwner:\n\nOne of those who know\n",
                         [("Decision: a\nOwner: One of those who know", 1, 5)]),
    "too many": ("Decision: a\n\nOwner:\n\nOne of those who know it\n",
                 [("Decision: a\nOwner:", 1, 3), ("One of those who know it", 5, 5)]),
    "too long a word": (f"Decision: a\n\nOwner:\n\n{'A' * 61}\n", [("Decision: a\nOwner:", 1, 3), ("A" * 61, 5, 5)]),
    "a waiver there": ("Decision: a\n\nOwner:\n\nNo decision: small\n",
                       [("Decision: a\nOwner:", 1, 3), ("No decision: small", 5, 5)]),
    "a waiver below": ("Decision: a\nNo decision here: small\n", [("Decision: a", 1, 1), ("No decision here: small", 2, 2)]),
    "bullets": ("- Decision: a\n- Owner: Ann\n", [("Decision: a\nOwner: Ann", 1, 2)]),
    "bullets behind another": ("- x\n- Owner: Ann\n", [("x", 1, 1), ("Owner: Ann", 2, 2)]),
    "marks": ("**Decision:** a\n**Decided-by:** Ann\n", [("Decision: a\nDecided by: Ann", 1, 2)]),
    "prose below a name": ("Owner: Ann\nand this is prose\n", [("Owner: Ann", 1, 1), ("and this is prose", 2, 2)]),
    "prose above": ("intro\nDecision: a\n", [("intro", 1, 1), ("Decision: a", 2, 2)]),
    "keys in a column": (KEYS.replace("Decision | |", "Decision | a |"), [("Because: small\nDecision: a\nOwner: Ann", 1, 6)]),
    "keys in a column, one without a value": (KEYS, [("Because: small\nOwner: Ann", 1, 6)]),
    "keys in a header": (HEADS, [("Decision: Use Redis\nOwner: Ann\nDecision: Use Kafka", 3, 4)]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), LINES.values(), ids=LINES.keys())
def test_every_key_begins_a_line(body: str, lines: list[tuple[str, int, int]]) -> None:
    blocks = in_lines(parse_document(body).sections[0].blocks, shipped(), among_options=False)
    assert [(b.text, *b.span) for b in blocks if isinstance(b, Paragraph)] == lines
    assert len(blocks) == len(lines)


@pytest.mark.parametrize(
    ("body", "among_options", "kind"),
    [
        ("| Owner | Ann |\n|---|---|\n| Status | open |\n", False, Table),
        ("| Owner |\n|---|\n| Ann |\n", False, Table),
        ("| x |\n|---|\n| Decision |\n", False, Table),
        ("| Decision | Notes |\n|---|---|\n| a | b |\n", False, Paragraph),
        ("| Notes | Owner |\n|---|---|\n| a | b |\n", False, Table),
        ("- x\n- y\n", False, ListBlock),
        ("- Decision: a\n", True, ListBlock),
    ],
)
def test_what_is_no_record_stays_as_it_is(body: str, among_options: bool, kind: type) -> None:
    (block,) = in_lines(parse_document(body).sections[0].blocks, shipped(), among_options)
    assert isinstance(block, kind)


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("## Notes\n\nDecision: a\n\ntail\n", [("Notes", []), ("", ["Decision: a"]), ("", ["tail"])]),
        ("## Notes\n\nintro\n\nDecision: a\n\ntail\n\nmore\n", [("Notes", ["intro"]), ("", ["Decision: a"]), ("", ["tail", "more"])]),
        ("## Decision\n\none\n\ntwo\n", [("Decision", ["one", "two"])]),
        ("## Decision\n\nOwner: Ann\n\ntwo\n", [("Decision", ["Owner: Ann", "two"])]),
        ("## Decision\n\none\n\nDecision: a\n\ntwo\n", [("", ["one"]), ("", ["Decision: a"]), ("", ["two"])]),
        ("## Decision\n\none\n\nDecision: <say it>\n", [("Decision", ["one", "Decision: <say it>"])]),
        ("## Decision\n\nDecision:\n\n- a\n", [("", []), ("", ["Decision:", ""])]),
        ("## Decision\n\nDecision:\n\nOwner: Ann\n", [("Decision", ["Decision:", "Owner: Ann"])]),
        ("## Decision\n\nDecision:\na\n", [("", []), ("", ["Decision:\na"])]),
        ("## Decision\n\nDecision:\nOwner: Ann\n", [("Decision", ["Decision:\nOwner: Ann"])]),
    ],
)  # fmt: skip
def test_a_value_ends_its_section(body: str, pieces: list[tuple[str, list[str]]]) -> None:
    section = next(s for s in parse_document(body).sections if s.title)
    found = [(s.title, [getattr(b, "text", "") for b in s.blocks]) for s in closed(section, shipped())]
    assert found == pieces


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Decision: a", Keyed("decision", "Decision", "a")),
        ("**Decision**: a", Keyed("decision", "Decision", "a")),
        ("Decision: ** Approved **", Keyed("decision", "Decision", "Approved")),
        ("Decided-by: Ann", Keyed("decision_makers", "Decided by", "Ann")),
        ("Decision:a", None),
        ("Colour: red", None),
        ("Decision", None),
    ],
)
def test_a_line_with_a_key(line: str, found: Keyed | None) -> None:
    assert read_key(line, shipped()) == found
    assert opens_record(line, shipped()) is (found is not None)


def test_a_reason_opens_no_record() -> None:
    assert not opens_record("Because: it is small", shipped())
