"""Parts of a record that stand where few records have them, and words that mean something else than they seem to."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.markdown import Span, parse_document
from onrecord.record import DecisionRecord, parse_record
from onrecord.record.body import read_decision
from onrecord.record.draft_hash import is_untouched, seal, without_notice
from onrecord.record.folders import may_be_template
from onrecord.record.identity import read_heading
from onrecord.record.model import Slot
from onrecord.record.placeholders import find_placeholder, fingerprint, is_unfilled, template_lines
from onrecord.record.recognize import is_page_name
from onrecord.record.status import first_status
from onrecord.record.vocabulary import Vocabulary, shipped

TOP = "# 7. Keep it\n\n## Status\n\nAccepted\n\n"
KEPT = "## Decision\n\nWe keep it.\n"


def read(text: str, path: str = "docs/adr/0007-keep.md") -> DecisionRecord:
    return parse_record(text, path)


def options(text: str) -> list[tuple[str, str, bool]]:
    return [(one.title, one.outcome, one.argued) for one in read(text).considered_options]


class TestParts:
    def test_a_part_within_another_one_is_not_said_twice(self) -> None:
        inner = "\n### Consequences\n\nIt costs.\n\n#### Details\n\nTen euros.\n\n### Scope\n\nAll of it.\n"
        record = read(f"{TOP}{KEPT}{inner}")
        assert record.decision is not None
        assert record.decision.text == "We keep it.\nScope: All of it."
        assert record.consequences == "It costs.\nDetails\nTen euros."

    def test_a_part_that_says_that_there_is_none_is_empty(self) -> None:
        record = read(f"{TOP}## Context\n\nNone.\n\n{KEPT}")
        assert (record.context, record.slots["context"].state) == (None, "empty")

    def test_a_title_that_is_the_word_for_a_part_is_no_part(self) -> None:
        record = read(f"# Context\n\n{KEPT}")
        assert (record.title, record.context, record.slots["context"].state) == ("Context", None, "absent")

    def test_a_sentence_that_ends_in_dots_is_not_written_yet(self) -> None:
        record = read(f"{TOP}## Decision\n\nWrite the result here...\n")
        assert (record.decision, record.slots["decision"].state) == (None, "placeholder")
        assert read(f"{TOP}## Decision\n\nWe keep it...\n\nFor now.\n").decision is not None

    def test_an_empty_box_is_no_status(self) -> None:
        record = read(f"# 7. Keep it\n\n## Status\n\n☐\n\n{KEPT}")
        assert (record.status, record.slots["status"].state) == (None, "placeholder")

    def test_list_items_without_words_do_not_hide_the_others(self) -> None:
        record = read(f"# 7. Keep it\n\n* \n* Status: accepted\n*     code\n* Date: 2026-03-01\n\n{KEPT}")
        assert record.status is not None
        assert (record.status.value, record.date) == ("accepted", "2026-03-01")

    def test_a_number_behind_the_name_of_a_series(self) -> None:
        record = read(f"# Harbor RFC 0006: Keep it\n\n{KEPT}", "docs/rfcs/keep.md")
        assert (record.number, record.title) == ("6", "Keep it")


class TestChosen:
    @pytest.mark.parametrize(
        ("said", "chosen"),
        [
            ("Chosen option: Redis, because it is fast.", "Redis"),
            ("Chosen option:\n\nRedis\n\nIt is fast.", "Redis"),
            ("Chosen option: the following, because it is fast.", None),
            ("Chosen option: as follows:\n\n* Redis", None),
        ],
    )
    def test_what_is_only_pointed_at_has_no_name(self, said: str, chosen: str | None) -> None:
        decision = read(f"{TOP}## Decision\n\n{said}\n").decision
        assert decision is not None
        assert decision.chosen_option == chosen


class TestOptions:
    def test_headings_with_arguments_are_options(self) -> None:
        text = f"{TOP}## Redis\n\n* Good, because it is fast\n* Bad, because it costs\n\n## Disk\n\n* Good, because it is simple\n\n## Notes\n\n* Nothing.\n\n{KEPT}"
        assert options(text) == [("Redis", "undecided", True), ("Disk", "undecided", True)]
        place = Slot("filled", Span(7, 7), "headings with arguments for and against")
        assert read(text).slots["considered_options"] == place
        assert options(text.replace("Good, because it is simple", "Simple")) == []

    def test_a_line_that_names_them(self) -> None:
        assert options(f"{TOP}{KEPT}\nConsidered options: Redis, Disk\n") == [
            ("Redis", "undecided", False),
            ("Disk", "undecided", False),
        ]

    @pytest.mark.parametrize("what", ["configuration", "command line", "command-line", "CLI", "setting"])
    def test_options_of_a_program_are_no_alternatives(self, what: str) -> None:
        named = "options: reads from disk, writes to disk and caches."
        assert options(f"{TOP}## Context\n\nThere are three {what} {named}\n\n{KEPT}") == []
        assert len(options(f"{TOP}## Context\n\nThere are three {named}\n\n{KEPT}")) == 3

    def test_what_is_left_for_another_way_at_the_beginning_of_a_sentence(self) -> None:
        said = "Instead of Memcached, which loses rows, it is kept."
        assert options(f"{TOP}## Context\n\n{said}\n\n{KEPT}") == [("Memcached", "rejected", True)]

    @pytest.mark.parametrize(
        ("listed", "more", "is_one_sided"),
        [
            ("- [x] Redis\n- [ ] Do nothing", "", True),
            ("- Redis\n- Do nothing", "\n## Decision\n\nChosen option: Redis\n", True),
            ("- Redis\n- Do nothing", "\n## Decision\n\nChosen option: Redis, because it is quick\n", False),
            ("- Redis\n- Do nothing\n- Disk", "\n## Decision\n\nChosen option: Redis\n", False),
            ("- Redis\n- Disk", "\n## Decision\n\nChosen option: Redis\n", False),
            ("- Redis\n- Do nothing, which is cheap and quick to do", "\n## Decision\n\nChosen option: Redis\n", False),
        ],
    )
    def test_to_do_nothing_is_a_straw_man_where_nothing_is_said_for_the_choice(
        self, listed: str, more: str, is_one_sided: bool
    ) -> None:
        assert read(f"{TOP}## Considered Options\n\n{listed}\n{more}").one_sided is is_one_sided


class TestAuthors:
    @pytest.mark.parametrize(
        ("entry", "authors"),
        [
            ("20 April 2021: first draft (@ann), thanks to @bo", ["@ann"]),
            ("20 April 2021: first draft (@ann and @bo)", ["@ann", "@bo"]),
            ("20 April 2021: first draft", []),
        ],
    )
    def test_the_first_entry_of_a_changelog_names_them(self, entry: str, authors: list[str]) -> None:
        assert read(f"{TOP}{KEPT}\n## Changelog\n\n* {entry}\n* 1 May 2021: more (@cy)\n").authors == authors


class TestLinks:
    def test_each_has_its_line_whatever_breaks_the_lines(self) -> None:
        told = "See [the\nplan](a.md)  \nand [b](b.md)\\\nand [c *d*](c.md).\n"
        assert [(one.text, one.span.start) for one in read(f"{TOP}## Decision\n\n{told}").links] == [
            ("a.md", 9),
            ("b.md", 11),
            ("c.md", 12),
        ]

    def test_a_paragraph_may_begin_with_what_it_supersedes(self) -> None:
        assert read(f"{TOP}{KEPT}\nSupersedes ADR-4.\n").supersedes == ["ADR-4"]


class TestUnfilled:
    @pytest.mark.parametrize(
        "text",
        [
            "TODO",
            "TODO: say why",
            "FIXME (later)",
            "[describe the context]",
            "[Option 1].",
            "<name of the thing>",
            "in <use case>, facing <concern>, for <goal>",
            'Chosen option: "", because',
        ],
    )
    def test_what_nobody_wrote(self, text: str) -> None:
        assert find_placeholder(f" {text}\n", shipped()) == text
        assert is_unfilled(text, shipped())

    @pytest.mark.parametrize(
        "text", ["TODOs are kept", "[a link]", "<b>bold text</b>", "in <use case>, facing <concern>", "  "]
    )
    def test_what_somebody_wrote(self, text: str) -> None:
        assert find_placeholder(text, shipped()) is None

    def test_an_instruction_with_more_than_a_few_words_around_it(self) -> None:
        assert is_unfilled("{describe the goal} of ours in four", shipped())
        assert not is_unfilled("{describe the goal} of ours in five words", shipped())

    def test_lines_of_a_template_are_known_again_but_not_its_code_and_its_words(self) -> None:
        told = "Say in a few words what it is.", "Say in one sentence why it is."
        text = f"# Title\n\n{told[0]}\n\n> {told[1]}\n\nShort one.\n\n```\nNot this one here.\n```\n"
        found = template_lines(parse_document(text))
        assert found == set(map(fingerprint, told))
        words = shipped().with_template(found)
        assert [find_placeholder(one, words) for one in (*told, "Short one.")] == [*told, None]
        assert find_placeholder(told[0], shipped()) is None


class TestNames:
    @pytest.mark.parametrize(
        ("path", "is_page"),
        [
            ("docs/adr/README.md", True),
            ("docs/adr/index.md", True),
            ("docs/adr/changelog.md", True),
            ("docs/adr/template.md", True),
            ("docs/adr/0000-template.md", True),
            ("docs/adr/0007-template.md", False),
            ("docs/adr/0007-keep/README.md", False),
            ("docs/adr/2026-01-02-keep/index.md", False),
            ("docs/adr/adr-12/readme.md", False),
            ("docs/adr/0007-keep/summary.md", True),
            ("README.md", True),
        ],
    )
    def test_pages_among_records(self, path: str, is_page: bool) -> None:
        assert is_page_name(path) == is_page

    def test_a_name_that_may_be_that_of_a_template(self) -> None:
        assert may_be_template("ADR-Template.md")
        assert not may_be_template("0001-keep.md")


@pytest.mark.parametrize(
    ("extra", "lines", "told"),
    [
        (None, (), "[{}, []]"),
        (None, ("b", "a"), '[{}, ["a", "b"]]'),
        ({"terms": {"decision": ["ruling"]}}, (), '[{"terms": {"decision": ["ruling"]}}, []]'),
        ({"months": [1, {2}]}, (), '[{"months": [1, "{2}"]}, []]'),
    ],
)
def test_words_that_read_alike_are_told_alike(extra: dict[str, Any] | None, lines: tuple[str, ...], told: str) -> None:
    assert Vocabulary(extra).with_template(frozenset(lines)).told() == told


def test_the_hash_of_a_draft_stands_in_its_front_matter() -> None:
    sealed = seal("# Keep it\n\nText.\n")
    assert is_untouched(sealed)
    (line,) = (line for line in sealed.split("\n") if line.startswith("draft-hash"))
    assert not is_untouched(f"---\nstatus: draft\n---\n\n# Keep it\n\nText.\n\n{line}\n")


def test_the_notice_of_a_draft_goes_and_nothing_else() -> None:
    notice = "> Draft from #12, not a decision yet.\n\n"
    assert without_notice(f"# Keep it\n\n{notice}{notice}Text.\n") == f"# Keep it\n\n{notice}Text.\n"


class TestTables:
    def test_a_table_of_html_is_a_header_too(self) -> None:
        cells = ("Status", "accepted"), ("Date", "2026-03-01"), ("Owner", ""), ("Authors", "</td><td>Ann Li")
        rows = "".join(f"<tr><td>{key}</td><td>{value}</td></tr>" for key, value in cells)
        record = read(f"# 7. Keep it\n\n<table>{rows}</table>\n\n{KEPT}")
        assert record.status is not None
        assert (record.status.value, record.date, record.decision_makers, record.authors) == (
            "accepted",
            "2026-03-01",
            [],
            ["Ann Li"],
        )

    def test_a_cell_is_a_name_as_a_whole(self) -> None:
        rows = "| Option | Verdict |\n|---|---|\n| Redis: the store | yes |\n| Kafka - a log | no |\n"
        found = [("Redis: the store", "chosen", True), ("Kafka - a log", "rejected", True)]
        assert options(f"{TOP}## Considered Options\n\n{rows}\n{KEPT}") == found


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "number", "title"),
        [
            ("7. [Use it]", "7", "Use it"),
            ("7. []", "7", "[]"),
            ("7. [ab", "7", "[ab"),
            ("[x] y", None, "[x] y"),
            ("ADR-7: [Use it]", "7", "Use it"),
        ],
    )
    def test_brackets_around_a_title_go(self, heading: str, number: str | None, title: str) -> None:
        assert read_heading(heading) == (number, title)

    @pytest.mark.parametrize("number", ["'0012'", '"12"', "\"'12'\""])
    def test_a_number_in_quotes(self, number: str) -> None:
        assert read(f"---\nid: {number}\n---\n# Keep it\n\n{KEPT}", "docs/adr/keep.md").number == "12"


class TestBullets:
    def test_items_without_a_label_belong_to_the_one_before(self) -> None:
        told = "- some note\n- **Context**: slow reads\n- each day\n- Owner: Ann\n- **Decision**: we keep it\n- all of it\n"
        record = read(f"# 7. Keep it\n\n{told}")
        assert record.context == "slow reads\neach day"
        assert record.decision is not None
        assert (record.decision.text, record.decision_makers) == ("we keep it\nall of it", ["Ann"])

    def test_the_longest_cell_of_a_row_says_what_is_to_be_done(self) -> None:
        rows = "| Task | Team | Who | Until |\n|---|---|---|---|\n| Move all the rows | zoo | Ann | 2026-09-01 |\n| b | Move them | | |\n"
        steps = read(f"{TOP}{KEPT}\n## Next steps\n\n{rows}").follow_ups
        assert [(one.what, one.who, one.due, one.line) for one in steps] == [
            ("Move all the rows", "Ann", "2026-09-01", 15),
            ("Move them", None, None, 16),
        ]

    def test_who_created_it_and_when(self) -> None:
        record = read(f"# 7. Keep it\n\nCreated on 2026-01-01 by Ann Example\n\n{KEPT}")
        assert (record.date, record.authors) == ("2026-01-01", ["Ann Example"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We go. It is. All wait because it is late.", "it is late"),
        ("We go. It is. So be it. All wait because it is late.", None),
        ("We go. It is. So be it. We decided to wait because it is late.", "it is late"),
    ],
)
def test_far_down_only_a_sentence_that_decides_has_the_reason(text: str, reason: str | None) -> None:
    assert read_decision(text, shipped()).justification == reason


@pytest.mark.parametrize(
    ("text", "value"), [("本案不採用です", "rejected"), ("本案採用です", "accepted"), ("本案です", None)]
)
def test_a_longer_word_without_blanks_around_it_says_more(text: str, value: str | None) -> None:
    assert first_status(text, shipped()) == value
