"""The known name that was meant, and none for what was never a name."""

import pytest

from onrecord.rules.model import LONGEST_NAME, near_to, nearest

KNOWN = ("accepted", "rejected", "superseded")


@pytest.mark.parametrize(
    ("name", "closeness", "near"),
    [("acepted", 0.8, "accepted"), ("achieved", 0.8, ""), ("planned", 0.5, ""), ("", 0.5, "")],
)
def test_it_is_as_near_as_asked(name: str, closeness: float, near: str) -> None:
    assert near_to(name, KNOWN, closeness) == near
    assert nearest(name, KNOWN, closeness) == (f"; did you mean “{near}”?" if near else "")


def test_of_a_hostile_word_the_beginning_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A status may be one word of a megabyte."""
    monkeypatch.setattr("difflib.get_close_matches", lambda word, *_: [str(len(word))])
    assert near_to("acepted" * 100_000, KNOWN, 0.8) == str(LONGEST_NAME)
