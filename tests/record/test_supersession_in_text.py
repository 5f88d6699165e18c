"""What a sentence says that a record replaces."""

import pytest

from onrecord.record.relations import supersedes_in


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("This replaces ADR-2.", ["ADR-2"]),
        ("It replaces ADR-2.", ["ADR-2"]),
        ("The old page is superseding ADR-2.", []),
    ],
)
def test_only_is_as_a_word_of_its_own_turns_it_round(sentence: str, names: list[str]) -> None:
    assert supersedes_in(sentence) == names
