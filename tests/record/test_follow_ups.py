"""What is left to do: who, until when, and whether it is done."""

import pytest

from onrecord.record import parse_record


def follow_ups(text: str, heading: str = "Next steps"):
    whole = f"# 7. Keep invoices\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep them.\n\n## {heading}\n\n{text}\n"
    return parse_record(whole, "docs/adr/0007-keep.md").follow_ups


@pytest.mark.parametrize(
    ("line", "who", "due"),
    [
        ("- [ ] Move the rows (@ann, 2026-09-01)", "@ann", "2026-09-01"),
        ("- Ann Example: move the rows until 2026-09-01", "Ann Example", "2026-09-01"),
        ("- Move the rows (Ann Example, 2026-09-01)", "Ann Example", "2026-09-01"),
        ("- Move the rows — Ann Example", "Ann Example", None),
        ("- Move the rows, owner: Ann", "Ann", None),
        ("- Move the rows to the `@scope/package`", None, None),
        ("- Move the rows", None, None),
        ("- Move the rows that we counted on 2026-04-01 to the new table", None, None),
        ("- Move the rows by 1 September 2026, all of them", None, "2026-09-01"),
        ("- Move the rows, 2026-09-01", None, "2026-09-01"),
        ("- Move the rows\n  - who does it: ann@example.com", "ann@example.com", None),
    ],
)
def test_who_and_when(line: str, who: str | None, due: str | None) -> None:
    (one,) = follow_ups(line)
    assert (one.who, one.due, one.done) == (who, due, False)


@pytest.mark.parametrize(
    "line",
    [
        "- [x] Move",
        "- ~~Move the rows~~",
        "- ✅ Move",
        "- [~] Move",
        "- Done. It is moved",
        "- ~~Move~~ **Done.** It is moved",
    ],
)
def test_what_is_done(line: str) -> None:
    assert [one for one in follow_ups(line) if not one.done] == []
    assert follow_ups("- [ ] Move") != []


@pytest.mark.parametrize("line", ["- Move, see #812", "- Move ([it](https://x.org/a/b/issues/8))", "- Move (ABC-12)"])
def test_an_issue_tracks_it(line: str) -> None:
    assert [one.tracked for one in follow_ups(line)] == [True]


def test_a_table_has_one_for_each_row() -> None:
    table = "| Task | Owner | Due | Status |\n|---|---|---|---|\n| Move the rows | Ann | 2026-09-01 | open |\n| Tell all | | | Done |"
    found = follow_ups(table)
    assert [(one.what, one.who, one.due, one.done) for one in found] == [
        ("Move the rows", "Ann", "2026-09-01", False),
        ("Tell all", None, None, True),
    ]
    assert [one.line for one in found] == [15, 16]


def test_actions_of_a_store_are_none() -> None:
    assert follow_ups("- Like mutations, with side effects", "Actions") == []


def test_a_paragraph_is_one_when_it_says_who_or_when() -> None:
    assert follow_ups("We can then move the rows.") == []
    assert [one.due for one in follow_ups("We move the rows until 2026-09-01.")] == ["2026-09-01"]


def test_a_sentence_before_a_list_is_none() -> None:
    assert [one.what for one in follow_ups("These are left:\n\n- Move the rows")] == ["Move the rows"]


def test_in_a_quote_and_in_the_words_of_a_row() -> None:
    assert [(one.who, one.what) for one in follow_ups("> - @ann: move the rows\n")] == [("@ann", "@ann: move the rows")]
    table = "| Who | What | Due |\n|---|---|---|\n| <who> | Move the rows | |\n| | @kim tells all by 2026-06-01 | |\n| Ann |\n"
    assert [(one.who, one.what, one.due) for one in follow_ups(table)] == [
        (None, "Move the rows", None),
        ("@kim", "@kim tells all by 2026-06-01", "2026-06-01"),
    ]
