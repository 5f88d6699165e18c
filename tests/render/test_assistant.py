"""What an assistant gets to read: all of it visible, and not more than fits."""

import json

import pytest

from onrecord.render.assistant import MOST_TEXT, MOST_VALUE, as_text, as_value, visible


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("plain, with\ttabs\nand lines", "plain, with\ttabs\nand lines"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb\ufeff\u2060", "a\\u200bb\\ufeff\\u2060"),
        ("\U000e0041\U000e0101", "\\U000e0041\\U000e0101"),
        ("\udcff.md", "\\udcff.md"),
        ("a\u200db \u200c", "a\\u200db \\u200c"),
        ("é\u200d\u200cé", "é\\u200d\\u200cé"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
    ],
)
def test_what_nobody_would_see_is_shown(written: str, seen: str) -> None:
    assert visible(written) == seen
    assert as_value({"a": [{written: written}]}) == {"a": [{seen: seen}]}


def test_a_long_text_is_cut_and_says_so() -> None:
    assert as_text("x" * MOST_TEXT) == "x" * MOST_TEXT
    cut = as_text("x" * (MOST_TEXT + 1))
    assert len(cut) == MOST_TEXT
    assert cut.endswith("x\n\n[cut at 20,000 characters; the file has the rest]")


@pytest.mark.parametrize(
    "value",
    [
        {"record": {"context": "x" * 90_000}},
        {"record": {"options": ["x" * 30] * 5_000}},
        {"answers": [{"evidence": ["x" * 300] * 100}] * 100},
    ],
)
def test_a_large_value_is_cut_until_it_fits_and_says_so(value: dict) -> None:
    cut = as_value(value | {"notes": ["Before."]})
    assert len(json.dumps(cut)) <= MOST_VALUE + 200
    assert cut["notes"][0] == "Before."
    assert cut["notes"][1].startswith("Texts are cut at ")
    assert len(cut["notes"]) == 2
    assert as_value({"a": "x" * 30_000}) == {"a": "x" * 30_000}
