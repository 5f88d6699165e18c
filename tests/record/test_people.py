"""Names of people and teams, from whatever an author wrote."""

from typing import Any

import pytest

from onrecord.record import parse_record
from onrecord.record.people import may_name, read_people
from onrecord.record.vocabulary import shipped


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ines Roth", ["Ines Roth"]),
        ("Ines Roth, Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth; Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth and Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth & Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth / Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth, Tom Adler, and Kim Lee", ["Ines Roth", "Tom Adler", "Kim Lee"]),
        ("Ines Roth und Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Léa Morin et Karim Benali", ["Léa Morin", "Karim Benali"]),
        ("Rui Costa e Ana Prado", ["Rui Costa", "Ana Prado"]),
        ("佐藤、田中", ["佐藤", "田中"]),
        ("Ines Roth<br>Tom Adler", ["Ines Roth", "Tom Adler"]),
        ("Ines Roth\nTom Adler", ["Ines Roth", "Tom Adler"]),
        ("@iroth, @tadler", ["@iroth", "@tadler"]),
        ("@acme/payments", ["@acme/payments"]),
        ("[@iroth](https://example.org/iroth)", ["@iroth"]),
        ("[Ines Roth](@iroth)", ["Ines Roth"]),
        ("[Ines Roth](mailto:ines@example.org), [Tom Adler](mailto:tom@example.org)", ["Ines Roth", "Tom Adler"]),
        ("**Ines Roth**", ["Ines Roth"]),
        ("Platform team", ["Platform team"]),
        ("Team Apps", ["Team Apps"]),
        ("Ines Roth, Ines Roth", ["Ines Roth"]),
        (["Ines Roth", "Tom Adler"], ["Ines Roth", "Tom Adler"]),
        (["Ines Roth, Tom Adler"], ["Ines Roth", "Tom Adler"]),
        ([{"name": "Ines Roth", "role": "architect"}], ["Ines Roth"]),
        ([{"github": "iroth"}], ["iroth"]),
        ({"name": "Ines Roth"}, ["Ines Roth"]),
        ({"Payments": ["Ines Roth", "Tom Adler"]}, ["Ines Roth", "Tom Adler"]),
        ({"Ines Roth": None, "Tom Adler": None}, ["Ines Roth", "Tom Adler"]),
        ("{ Tao Example }", ["Tao Example"]),
        ("{Eva van Valken, Ben Li}", ["Eva van Valken", "Ben Li"]),
        ("{ Ludwig van der Roth }", ["Ludwig van der Roth"]),
        ("{ann, bob}", ["ann", "bob"]),
        ("{ moonbase3, @tadler, Ines Roth }", ["moonbase3", "@tadler", "Ines Roth"]),
        ("{@tadler}", ["@tadler"]),
        ("Edward Ives", ["Edward Ives"]),
        ("Andy Land", ["Andy Land"]),
        ("Anne-Marie O'Neill", ["Anne-Marie O'Neill"]),
    ],
)
def test_names_are_read(value: Any, names: list[str]) -> None:
    assert read_people(value, shipped()) == (names, [])


@pytest.mark.parametrize(
    "value", ["Ines Roth (architect, billing)", "Ines Roth (architect and lead)", "Ines Roth <ines@example.org>"]
)
def test_what_stands_in_brackets_is_no_second_person(value: str) -> None:
    names, generic = read_people(value, shipped())
    assert len(names) == 1
    assert names[0].startswith("Ines Roth")
    assert generic == []


@pytest.mark.parametrize(
    "value", ["", None, [], {}, "n/a", "N/A", "None", "_n/a_", "-", "keine", "aucun", "нет", "なし", [None, ""], True]
)
def test_nobody_is_nobody(value: Any) -> None:
    assert read_people(value, shipped()) == ([], [])


@pytest.mark.parametrize(
    "value",
    [
        "TBD",
        "the team",
        "Team",
        "everyone",
        "your name",
        "@username",
        "{list everyone involved in the decision}",
        "{List Everyone Involved}",
        "{name}",
        "{Your Name}",
        "{Name One, Name Two}",
        "{first_name, last_name}",
        "{author1, author2}",
        "{decision-makers}",
        "{Deciders, Owners}",
        "{person proposing this}",
        "{Person A, Person B}",
        "{Namen der Entscheider}",
        "{Architect}",
        "{a, b}",
        "{tbd, tba}",
        "{Tech Lead, architect}",
        "[list everyone involved in the decision]",
        "<names of the deciders>",
        "das Team",
        "tutti",
        "команда",
    ],
)
def test_a_stand_in_names_nobody_and_is_told(value: str) -> None:
    names, generic = read_people(value, shipped())
    assert names == []
    assert len(generic) == 1


@pytest.mark.parametrize(
    ("value", "consulted", "left"),
    [
        ("{ Tao Example }", ["Tao Example"], []),
        ("{ Eva van Valken, Ben Li }", ["Eva van Valken", "Ben Li"], []),
        ("{list everyone asked}", [], ["{list everyone asked}"]),
    ],
)
def test_names_in_braces_are_filled_in_and_a_templates_words_are_not(
    value: str, consulted: list[str], left: list[str]
) -> None:
    record = parse_record(
        f"---\nconsulted: {value}\n---\n# Use trains\n\n## Decision\n\nUse trains.\n", "adr/0001-a.md"
    )
    assert (record.consulted, [mark.text for mark in record.placeholders]) == (consulted, left)


def test_a_stand_in_beside_a_name_keeps_the_name() -> None:
    assert read_people("TBD, Ines Roth", shipped()) == (["Ines Roth"], ["TBD"])


def test_a_sentence_is_no_name() -> None:
    text = "The architecture group met on a Tuesday to talk about this at some length before lunch"
    assert read_people(text, shipped()) == ([], [])


def test_an_entity_of_a_page_is_no_part_of_a_name() -> None:
    assert read_people("Ines Roth, Bo Li&#x20;", shipped()) == (["Ines Roth", "Bo Li"], [])


@pytest.mark.parametrize("line", ["Ines Roth", "@ines, @bo", "Dr. I. Roth and Bo Li (operations)", "the platform team"])
def test_a_line_of_its_own_may_name_somebody(line: str) -> None:
    assert may_name(line)


@pytest.mark.parametrize(
    "line", ["", "The shed is cold.", "Ines Roth has the key to the shed, and Bo the other", "Date: Monday"]
)
def test_a_line_of_its_own_may_be_something_else(line: str) -> None:
    assert not may_name(line)


@pytest.mark.parametrize(
    ("text", "names", "context"),
    [
        ("Decision: use the shed\nOwner:\n\nThe hall is cold and we have no key.", [], True),
        ("Decision: use the shed\nOwner: Ines\n\nThe hall is cold and we have no key.", ["Ines"], True),
        ("Decision: use the shed\nOwner:\n\nInes Roth\n\nThe hall is cold and we have no key.", ["Ines Roth"], True),
        (
            "Decision: use the shed\nOwner:\n\n- Ines\n- Bo\n\nThe hall is cold and we have no key.",
            ["Ines", "Bo"],
            True,
        ),
        ("Owner:\nThe hall is cold and we have no key.\n\n## Decision\n\nUse the shed.", [], False),
        ("Owner:\nInes Roth\n\n## Decision\n\nUse the shed.", ["Ines Roth"], False),
    ],
)
def test_below_an_owner_left_open_stands_an_owner_or_nobody(text: str, names: list[str], context: bool) -> None:
    record = parse_record(f"# 7. Keep bikes dry\n\n{text}\n", "docs/adr/0007-keep-bikes-dry.md")
    assert record.decision_makers == names
    assert (record.context == "The hall is cold and we have no key.") == context
