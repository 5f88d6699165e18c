"""What came out of a meeting goes into the empty parts of the proposal, in its own form, and nowhere else."""

import pytest

from onrecord.draft.content import Choice, Content, Task
from onrecord.draft.outcome import fill
from onrecord.record.edit.page import Page
from onrecord.record.vocabulary import shipped

SAID = Content(
    "Keep sessions in Redis",
    decision="We keep sessions in Redis",
    because="they outlive a restart",
    decision_makers=("Ann Lee",),
    choices=(Choice("Valkey"), Choice("Files")),
    review_by="2027-01-31",
    tasks=(Task("order it", "Bob Ray", "2026-12-01"),),
)
MATTER = "---\nstatus: proposed\ndate: 2026-05-01\n---\n\n# Keep sessions in Redis\n\n## Context\n\nSessions are lost at every restart.\n"
NEW_MATTER = MATTER.replace("05-01\n", "05-01\nreview-by: 2027-01-31\ndecision-makers: Ann Lee\n")
TASKS = "\n## Follow-ups\n\n* [ ] Bob Ray: order it (due 2026-12-01)\n"
ASKED = "\n## Decision\n\n<!-- What is decided, in one sentence? -->\n\n## Instead of\n\n<!-- One line each. -->\n\n## Because\n"
TOLD = "\n## Decision\n\nWe keep sessions in Redis\n\n## Instead of\n\n<!-- One line each. -->\n\n* Valkey\n* Files\n\n## Because\n\nthey outlive a restart\n"
JOINED = "\n## Decision\n\nWe keep sessions in Redis, because they outlive a restart.\n"
RIVALS = "\n## Alternatives Considered\n\n* Valkey\n* Files\n"
LISTED = "\n## Considered Options\n\n* Redis\n* Valkey\n* Files\n\n## Decision Outcome\n\n{}\n"
CHOSEN = "Chosen option: “Redis”, because they outlive a restart.\n\nWe keep sessions in Redis."


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (ASKED, TOLD + TASKS),
        ("\n## Decision\n\nTBD\n", JOINED + RIVALS + TASKS),
        (LISTED.format("<!-- Which one? -->"), LISTED.format(f"<!-- Which one? -->\n\n{CHOSEN}") + TASKS),
        (
            "\n## Decision\n\n## Follow-ups\n\n* [ ] Ann Lee: tell all\n",
            JOINED + TASKS.replace("* [", "* [ ] Ann Lee: tell all\n* [") + RIVALS,
        ),
    ],
)
def test_empty_parts_are_filled(body: str, wanted: str) -> None:
    filled = fill(Page("docs/adr/0001-a.md", MATTER + body, shipped()), SAID)
    assert filled.page.text == NEW_MATTER + wanted
    assert filled.left == ()
    assert fill(filled.page, SAID) == (filled.page, (), ())


def test_a_decision_without_a_reason_is_written_once() -> None:
    said = SAID._replace(because="")
    filled = fill(Page("docs/adr/0001-a.md", MATTER + ASKED, shipped()), said)
    assert "\n## Decision\n\nWe keep sessions in Redis\n\n## Instead of\n" in filled.page.text
    assert fill(filled.page, said) == (filled.page, (), ())


def test_a_reason_without_a_decision_is_told() -> None:
    said = SAID._replace(decision="", choices=(), decision_makers=(), review_by="")
    filled = fill(Page("docs/adr/0001-a.md", MATTER + ASKED, shipped()), said)
    assert filled.page.text == MATTER + ASKED + TASKS
    assert [one.partition("was said: ")[2] for one in filled.left] == ["because they outlive a restart"]


def test_filled_parts_stay_and_that_is_said() -> None:
    head = NEW_MATTER.replace("Ann Lee", "Bob Ray").replace("2027-01-31", "2026-08-01")
    text = f"{head}\n## Decision\n\nWe keep sessions in files.\n\n## Alternatives\n\n* A cookie\n"
    said = SAID._replace(decision="We keep sessions in Redis.")
    filled = fill(Page("docs/adr/0001-a.md", text, shipped()), said)
    assert filled.page.text == text + TASKS
    assert [one.split(":")[0] for one in filled.left] == ["decision", "alternatives", "deciders", "review"]
    assert filled.left[0].endswith("it was said: We keep sessions in Redis, because they outlive a restart")
