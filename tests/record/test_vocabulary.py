"""The word lists: every language complete, no word with two meanings, each lookup by whole term."""

from typing import Any

import pytest

from onrecord.record.data import load
from onrecord.record.vocabulary import LANGUAGES, Vocabulary, fold, shipped

FILES: dict[str, dict[str, Any]] = {name: load(f"vocabulary/{name}.json") for name in LANGUAGES}


def shape(file: dict[str, Any]) -> dict[str, list[str]]:
    return {key: sorted(value) if isinstance(value, dict) else [] for key, value in file.items()}


def words(file: dict[str, Any]) -> list[str]:
    groups = [*file["terms"].values(), *file["statuses"].values(), *file["months"], *file["phrases"].values()]
    groups += [file["placeholders"], file["absent"], file["generic_people"]]
    return [word for group in groups for word in group]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_itself(language: str) -> None:
    assert FILES[language]["language"] == language
    assert FILES[language]["name"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    expected = shape(FILES["en"])
    found = shape(FILES[language])
    assert set(found) == set(expected)
    assert found["statuses"] == expected["statuses"]
    assert found["phrases"] == expected["phrases"]
    # English also names what other languages fold into `decision`
    assert set(expected["terms"]) - set(found["terms"]) <= {"proposal"}
    assert set(found["terms"]) <= set(expected["terms"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_words(language: str) -> None:
    file = FILES[language]
    empty = [role for part in ("terms", "statuses", "phrases") for role, found in file[part].items() if not found]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["terms", "statuses"])
def test_no_word_has_two_meanings_in_one_language(language: str, part: str) -> None:
    meanings: dict[str, set[str]] = {}
    for role, found in FILES[language][part].items():
        for word in found:
            meanings.setdefault(fold(word), set()).add(role)
    assert {word: roles for word, roles in meanings.items() if len(roles) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice_in_a_list(language: str) -> None:
    lists = {**FILES[language]["terms"], **FILES[language]["statuses"], **FILES[language]["phrases"]}
    assert {key: found for key, found in lists.items() if len(set(found)) != len(found)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_are_lower_case(language: str) -> None:
    assert [word for word in words(FILES[language]) if word != word.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_twelve_months_or_numbers_only(language: str) -> None:
    months = FILES[language]["months"]
    assert len(months) == 12
    assert all(months) or not any(months)
    names = [name for group in months for name in group]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_term_keeps_its_meaning_beside_the_other_languages(language: str) -> None:
    """The body parts of one language are not taken away by a word of another one."""
    lost = {
        word: shipped().role(word)
        for role in ("context", "decision", "consequences", "considered_options", "status")
        for word in FILES[language]["terms"][role][:1]
        if shipped().role(word) != role
    }
    assert lost == {}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Decision", "decision"),
        ("decision:", "decision"),
        ("**Decision**", "decision"),
        ("2. Decision", "decision"),
        ("2.1 Decision", "decision"),
        ("IV. Decision", "decision"),
        ("✅ Decision", "decision"),
        ("Decision (final)", "decision"),
        ("Decision {#decision}", "decision"),
        ("背景 / Context", "context"),
        ("Kontext (Context)", "context"),
        ("Décision :", "decision"),
        ("決定：", "decision"),
        ("STATUS", "status"),
        ("Decision\u200b", "decision"),
        ("Plus d’informations", "more_information"),
        ("Risico’s", "consequences"),
        ("Rational", "rationale"),
        ("Accreditation status", None),
        ("Decision makers we met", None),
        ("Indecision", None),
        ("", None),
    ],
)
def test_a_heading_has_its_role(title: str, role: str | None) -> None:
    assert shipped().role(title) == role


def test_a_team_adds_words_and_overrules_ours() -> None:
    own = Vocabulary({"terms": {"decision": ["ruling"]}, "statuses": {"accepted": ["cromulent", "proposed"]}})
    assert own.role("Ruling") == "decision"
    assert own.role("Decision") == "decision"
    assert own.statuses["cromulent"] == "accepted"
    assert own.statuses["proposed"] == "accepted"
    assert shipped().role("Ruling") is None
    assert "cromulent" not in shipped().statuses


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("because", "Redis, because it keeps data", True),
        ("because", "weil es hält", True),
        ("because", "存储，因为便宜", True),
        ("because", "the becauseness of it", False),
        ("none_considered", "None considered, since the law names it", True),
        ("none_considered", "Redis and Memcached", False),
        ("do_nothing", "do nothing", True),
        ("unheard of", "anything", False),
    ],
)
def test_phrases_are_found_as_whole_words(kind: str, text: str, found: bool) -> None:
    assert bool(shipped().phrase(kind).search(text)) is found
