"""How much is enough, and how much is too much: each limit from both of its sides."""

from __future__ import annotations

import pytest

from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, parse_record, record_facts
from onrecord.record.because import DEEP, REACH
from onrecord.record.body import read_decision
from onrecord.record.choice import MAX_READ, choosing_sentences, same_option
from onrecord.record.dates import read_date
from onrecord.record.edit.date import set_date
from onrecord.record.option_names import MAX_TITLE
from onrecord.record.options import MOST_WORDS
from onrecord.record.people import MAX_LENGTH, may_name, read_people
from onrecord.record.placeholders import MAX_INSTRUCTION, MIN_INSTRUCTION, fingerprint, is_instruction
from onrecord.record.prose import MAX_LISTED
from onrecord.record.read.metadata import MOST_WORDS as WORDS_OF_A_STATUS
from onrecord.record.read.options import SHORT_DECISION
from onrecord.record.relations import read_references
from onrecord.record.status import MAX_WORDS, first_status
from onrecord.record.vocabulary import shipped

PATH = "docs/adr/0007-keep.md"
TOP = "# 7. Keep it\n\n## Status\n\nAccepted\n\n"
REDIS = "## Decision\n\nWe will use Redis.\n"


def read(text: str, path: str = PATH) -> DecisionRecord:
    return parse_record(text, path)


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


def options(body: str) -> list[tuple[str, bool]]:
    return [(one.title, one.argued) for one in read(f"{TOP}{body}\n").considered_options]


class TestBody:
    @pytest.mark.parametrize(("count", "context"), [(4, None), (5, words(5))])
    def test_text_at_the_top(self, count: int, context: str | None) -> None:
        assert read(f"# 7. Keep it\n\n{words(count)}\n\n{REDIS}").context == context

    @pytest.mark.parametrize(
        ("title", "text"), [("Of it", "We will use Redis."), ("Of it all", "We will use Redis.\nOf it all")]
    )
    def test_a_heading_with_nothing_below_it(self, title: str, text: str) -> None:
        decision = read(f"{TOP}{REDIS}\n### {title}\n").decision
        assert decision is not None
        assert decision.text == text

    @pytest.mark.parametrize(
        ("reason", "taken"),
        [("short", None), ("no go", "no go"), ("speedy", "speedy"), ("{speed}", None), ("{speed", "{speed")],
    )
    def test_a_reason(self, reason: str, taken: str | None) -> None:
        assert read_decision(f"Because {reason}", shipped()).justification == taken

    def test_far_behind_its_beginning_a_text_gives_reasons_for_its_details(self) -> None:
        near = "x" * (DEEP - len(" because it is")) + " because it is late"
        assert read_decision(near, shipped()).justification == "it is late"
        assert read_decision("x" * 20 + near, shipped()).justification is None

    def test_a_sentence_that_decides_is_not_looked_for_far_before_its_reason(self) -> None:
        for far, reason in ((REACH - 20, "it is late"), (REACH, None)):
            text = f"a. b. c. We decided {'x' * far} because it is late"
            assert read_decision(text, shipped()).justification == reason


class TestChoice:
    def test_a_verb_of_choice_counts_in_the_first_sentences(self) -> None:
        found = [list(choosing_sentences(f"{'Fine. ' * count}Use Redis.", shipped())) for count in (0, 2, 3)]
        assert found == [["Use Redis."], ["Use Redis."], []]

    def test_a_sentence_that_decides_counts_as_far_as_is_read(self) -> None:
        says = "We decided to use Redis."
        for count, found in ((MAX_READ - len(says) - 1, [says]), (MAX_READ, [])):
            assert list(choosing_sentences(f"{'x' * (count - 1)}. {says}", shipped())) == found

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            ("alpha beta gamma delta", "beta gamma delta omega", True),
            ("alpha beta gamma delta", "gamma delta omega sigma", False),
            ("alpha beta gamma", "beta gamma omega", False),
            ("alpha beta", "beta alpha and omega", True),
        ],
    )
    def test_three_quarters_of_the_words(self, first: str, second: str, same: bool) -> None:
        assert same_option(first, second) is same is same_option(second, first)

    def test_what_a_long_decision_merely_resembles_is_not_chosen(self) -> None:
        says = "The rows that we keep stay here "
        for length, outcome in ((SHORT_DECISION, "chosen"), (SHORT_DECISION + 1, "undecided")):
            text = f"{says}{'x' * (length - len(says))}"
            record = read(f"{TOP}## Considered Options\n\n- Keep rows here\n- Disk\n\n## Decision\n\n{text}\n")
            assert record.considered_options[0].outcome == outcome


class TestOptions:
    @pytest.mark.parametrize(("more", "argued"), [(12, False), (13, True)])
    def test_what_stands_behind_a_name(self, more: int, argued: bool) -> None:
        assert options(f"## Considered Options\n\n- Disk: {'x' * (more - 2)}\n- Tape\n\n{REDIS}")[0] == ("Disk", argued)

    @pytest.mark.parametrize(("count", "found"), [(1, 1), (2, 2), (6, 6), (7, 1)])
    def test_short_paragraphs(self, count: int, found: int) -> None:
        told = "\n\n".join(f"Kind {'abcdefg'[i]} is slow" for i in range(count))
        assert len(options(f"## Considered Options\n\n{told}\n\n{REDIS}")) == found

    @pytest.mark.parametrize(("count", "found"), [(40, 2), (41, 1)])
    def test_long_paragraphs(self, count: int, found: int) -> None:
        assert len(options(f"## Considered Options\n\n{words(count)}\n\nKafka is slow\n\n{REDIS}")) == found

    @pytest.mark.parametrize(("listed", "found"), [(1, ["Tape"]), (2, ["Disk 0", "Disk 1"])])
    def test_one_heading_beside_a_list(self, listed: int, found: list[str]) -> None:
        items = "\n".join(f"- Disk {i}" for i in range(listed))
        assert [
            title for title, _ in options(f"## Considered Options\n\n{items}\n\n### Tape\n\nSlow.\n\n{REDIS}")
        ] == found

    @pytest.mark.parametrize(("listed", "found"), [(0, ["Tape"]), (1, ["Disk 0"])])
    def test_one_bold_name_beside_a_list(self, listed: int, found: list[str]) -> None:
        items = "\n".join(f"- Disk {i}" for i in range(listed))
        assert [
            title for title, _ in options(f"## Considered Options\n\n**Tape** is slow\n\n{items}\n\n{REDIS}")
        ] == found

    @pytest.mark.parametrize(("count", "reason"), [(MOST_WORDS, True), (MOST_WORDS + 1, False)])
    def test_a_sentence_that_denies_others_in_a_part(self, count: int, reason: bool) -> None:
        denial = "No alternatives were considered."
        text = f"{words(count - len(denial.split()) - 1)} end. {denial}"
        record = read(f"{TOP}## Considered Options\n\n- {text}\n- x\n\n{REDIS}")
        assert (record.no_alternatives_reason is not None) == (reason and not record.considered_options)

    @pytest.mark.parametrize(("count", "found"), [(1, 0), (2, 2), (MAX_LISTED, MAX_LISTED), (MAX_LISTED + 1, 0)])
    def test_a_list_that_is_announced(self, count: int, found: int) -> None:
        items = "\n".join(f"- Kind {i}" for i in range(count))
        assert len(options(f"## Context\n\nThere are several options:\n\n{items}\n\n{REDIS}")) == found

    def test_alternatives_told_in_prose(self) -> None:
        told = "\n\n".join(f"An alternative would be kind {i}." for i in range(8))
        assert len(options(f"## Context\n\n{told}\n\n{REDIS}")) == 6

    @pytest.mark.parametrize(("length", "shown"), [(MAX_TITLE, "x" * 100), (MAX_TITLE + 1, " …")])
    def test_a_long_name_is_cut_at_a_word(self, length: int, shown: str) -> None:
        rest = length - len("An alternative is  ")
        (found,) = read(
            f"{TOP}## Context\n\nAn alternative is {'y' * 19} {'x' * (rest - 20)}.\n\n{REDIS}"
        ).considered_options
        assert len(found.title) == (length if length <= MAX_TITLE else len("An alternative is ") + 19 + 2)
        assert shown in found.title


class TestKinds:
    @pytest.mark.parametrize(("count", "kind"), [(29, "not-a-record"), (30, "record")])
    def test_words_of_a_record_without_parts(self, count: int, kind: str) -> None:
        assert read(f"# ADR-7: Keep it\n\nStatus: accepted\n\n## Thing\n\n{words(count - 2)}\n").kind == kind

    @pytest.mark.parametrize(("count", "kind"), [(59, "not-a-record"), (60, "record")])
    def test_words_of_a_numbered_text_among_records(self, count: int, kind: str) -> None:
        assert read(f"# Keep it\n\n## Thing\n\n{words(count)}\n").kind == kind

    @pytest.mark.parametrize(("count", "kind"), [(3, "record"), (4, "not-a-record")])
    def test_pieces_that_nobody_wrote(self, count: int, kind: str) -> None:
        left = "\n\n".join(["TBD"] * count)
        assert read(f"{TOP}## Thing\n\n{left}\n\n## Context\n\nSessions are lost at every deployment.\n").kind == kind

    @pytest.mark.parametrize(("title", "kind"), [("Keep it", "record"), ("{short title}", "not-a-record")])
    def test_a_numbered_decision_counts_however_much_of_its_template_is_left(self, title: str, kind: str) -> None:
        left = "\n\n".join(["TBD"] * 9)
        assert read(f"# {title}\n\n## Thing\n\n{left}\n\n{REDIS}").kind == kind

    @pytest.mark.parametrize(("linked", "reason"), [(7, "stub"), (8, "index")])
    def test_most_of_a_list_are_links(self, linked: int, reason: str) -> None:
        items = [f"- [x](x{i}.md)" if i < linked else "- x" for i in range(10)]
        assert read("# All\n\n" + "\n".join(items) + "\n").reason == reason

    @pytest.mark.parametrize(("count", "reason"), [(4, "stub"), (5, "index")])
    def test_a_few_links_are_no_list(self, count: int, reason: str) -> None:
        assert read("# All\n\n" + "\n".join(f"- [x](x{i}.md)" for i in range(count)) + "\n").reason == reason


class TestHeader:
    @pytest.mark.parametrize(
        ("count", "value"), [(0, "accepted"), (WORDS_OF_A_STATUS - 1, "accepted"), (WORDS_OF_A_STATUS, "proposed")]
    )
    def test_a_word_in_a_long_text_is_less_of_a_status(self, count: int, value: str) -> None:
        assert (
            read(f"# 7. Keep it\n\nStatus: proposed\n\n## Status\n\nAccepted {words(count, 'so')}\n\n{REDIS}").status[0]
            == value
        )  # type: ignore[index]

    def test_the_first_words_of_a_text_tell_a_status(self) -> None:
        found = [first_status(f"{words(count)} accepted", shipped()) for count in (MAX_WORDS - 1, MAX_WORDS)]
        assert found == ["accepted", None]

    @pytest.mark.parametrize(("count", "date"), [(4, "2026-03-01"), (5, None)])
    def test_a_line_that_is_only_a_date(self, count: int, date: str | None) -> None:
        assert read(f"# 7. Keep it\n\n2026-03-01 {words(count - 1)}\n\n{REDIS}").date == date

    @pytest.mark.parametrize(("digits", "number"), [("12345", "12345"), ("123456", None), ("00", "0"), ("007", "7")])
    def test_digits_of_a_number(self, digits: str, number: str | None) -> None:
        assert read(f"---\nid: '{digits}'\n---\n# Keep it\n\n{REDIS}", "docs/adr/keep.md").number == number

    @pytest.mark.parametrize(("count", "names"), [(12, 1), (13, 0)])
    def test_words_that_name_a_record(self, count: int, names: int) -> None:
        assert len(read_references(words(count), shipped())) == names

    @pytest.mark.parametrize(("more", "known"), [(0, True), (2, True), (3, False)])
    def test_half_of_the_columns_of_a_table_are_known(self, more: int, known: bool) -> None:
        heads, cells = "| Status | Date |" + " x |" * more, "| accepted | 2026-03-01 |" + " y |" * more
        record = read(f"# 7. Keep it\n\n{heads}\n|{'---|' * (2 + more)}\n{cells}\n\n{REDIS}")
        assert (record.status is not None and record.status.value == "accepted") is known

    @pytest.mark.parametrize(("text", "date"), [("1/2/69", None), ("13/2/69", "2069-02-13"), ("13/2/70", "1970-02-13"), ("12/13/99", "1999-12-13"), ("12.12.2026", "2026-12-12"), ("12/12/2026", "2026-12-12"), ("2024-02-29", "2024-02-29"), ("2026-02-29", None), ("2000-02-29", "2000-02-29"), ("1900-02-29", None), ("2026-13-12", None), ("2026-13-13", None), ("2026-04-31", None)])  # fmt: skip
    def test_days_that_there_are(self, text: str, date: str | None) -> None:
        assert read_date(text, shipped()).value == date

    @pytest.mark.parametrize(
        ("said", "line"),
        [
            ("13.2.2026", "Date: 2026-02-13"),
            ("12/13/2026", "Date: 2026-12-13"),
            ("12/12/2026", "Date: 2026-12-12"),
            ("1.2.2026", None),
            ("the 3rd of March 2026", "Date: 2026-03-03"),
            ("on the 3rd of March 2026", None),
            ("3 March 2026 10:00", None),
            ("3 March '26", None),
        ],
    )
    def test_dates_that_can_be_written_anew(self, said: str, line: str | None) -> None:
        text = f"# 7. Keep it\n\nDate: {said}\n\n{REDIS}"
        edit = set_date(read(text), parse_document(text))
        assert (edit.lines if edit else None) == ((line,) if line else None)


class TestPeople:
    @pytest.mark.parametrize(("length", "count"), [(60, 1), (61, 0)])
    def test_a_name(self, length: int, count: int) -> None:
        assert len(read_people("x" * length, shipped())[0]) == count
        assert may_name("x" * length) is bool(count)

    def test_what_stands_in_brackets_goes_first(self) -> None:
        assert read_people(f"Ann ({'x' * 54})", shipped())[0] == [f"Ann ({'x' * 54})"]
        assert read_people(f"Ann ({'x' * 55})", shipped())[0] == ["Ann"]
        assert read_people("Ann (lead, ops and more), Bo", shipped())[0] == ["Ann (lead ops more)", "Bo"]

    @pytest.mark.parametrize(("count", "named"), [(5, True), (6, False)])
    def test_words_of_a_name(self, count: int, named: bool) -> None:
        assert may_name(words(count)) is named

    def test_of_a_very_long_value_the_beginning(self) -> None:
        names = ", ".join(f"Ann {i:05}" for i in range(MAX_LENGTH))
        assert len(read_people(names, shipped())[0]) == MAX_LENGTH // len("Ann 00000, ") + 1

    def test_people_as_front_matter_may_hold_them(self) -> None:
        told = [
            {"handle": "@ann"},
            {"github": "bo"},
            {"name": "Cy", "github": "x"},
            {"Di": None},
            {"lead": "Ed"},
            True,
            None,
        ]
        assert read_people(told, shipped())[0] == ["@ann", "bo", "Cy", "Di", "Ed"]

    @pytest.mark.parametrize("marks", [" Ann Li.", "*Ann Li*", '"Ann Li"', "– Ann Li:", "_Ann Li_", "'Ann Li'-"])
    def test_marks_around_a_name(self, marks: str) -> None:
        assert read_people(marks, shipped()) == (["Ann Li"], [])


@pytest.mark.parametrize(
    ("count", "known"),
    [(MIN_INSTRUCTION - 1, False), (MIN_INSTRUCTION, True), (MAX_INSTRUCTION, True), (MAX_INSTRUCTION + 1, False)],
)
def test_a_line_of_a_template(count: int, known: bool) -> None:
    told = words(count)
    assert is_instruction(told, shipped().with_template(frozenset((fingerprint(told),)))) is known


def test_parts_that_are_not_there_are_none_in_the_facts() -> None:
    facts = record_facts(read("# 7. Keep it\n\n## Status\n\n## Decision\n\nWe keep it.\n")).value
    assert [name for name in facts if facts[name] is None] == ["status", "date", "date_text", "context", "consequences"]
