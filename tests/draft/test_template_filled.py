"""A team's own form is filled in place: answers go where they are asked for, and every other line stays."""

import sys
from types import FrameType

import pytest

from onrecord.draft.content import Choice, Content, Task
from onrecord.draft.given_back import given, lost
from onrecord.draft.template import fill
from onrecord.draft.template_head import Style, read_template
from onrecord.markdown import parse_document
from onrecord.record.vocabulary import shipped

PATH = "docs/adr/0012-use-redis.md"
CONTENT = Content(
    "Use Redis",
    number="12",
    date="2026-11-22",
    decision_makers=("Ann Lee", "@bob"),
    review_by="2027-06-01",
    context="Sessions are lost.",
    choices=(Choice("Redis", "chosen"), Choice("Memcached")),
    chosen="Redis",
    because="it survives a restart.",
    consequences="One more server.",
    tasks=(Task("order it", "Ann Lee", "2026-12-05"),),
)
MADR = """\
---
# optional
status: {proposed | accepted}
contact: {who to ask}
date: {YYYY-MM-DD when it was decided}
deciders: {list everyone involved in the decision}
---

# {short title}

## Context and Problem Statement

{Describe the context and problem statement.}

<!-- This is an optional element. Feel free to remove. -->
## Decision Drivers

- {driver 1, e.g., a force}

## Considered Options

- {title of option 1}
- {title of option 2}

## Decision Outcome

Chosen option: "{title of option 1}", because {justification}.

### Consequences

- Good, because {positive consequence}

## More Information

{Links and so on.}
"""
NYGARD = """\
# How to use this form

Copy it and write.

# NUMBER. TITLE

Date: DATE

## Status

Proposed / Accepted

## Context

What is the issue that we are seeing here?

## Decision

What is the change that we are proposing?

## Consequences

What becomes easier?

### Positive

## Notes

Kept as it is.
"""
GERMAN = """\
# Titel

* Status: {vorgeschlagen | akzeptiert}
* Entscheider: {alle, die entscheiden}
* Datum: {JJJJ-MM-TT}

## Kontext

{Was ist das Problem?}

## Betrachtete Optionen

* {Option 1}

## Entscheidung

Gewählte Option: "{Option 1}", weil {Begründung}.

## Konsequenzen

{Was wird leichter?}
"""


def filled(template: str, content: Content, style: Style | None = None) -> str:
    return fill(read_template(template, shipped()), content, style)


@pytest.mark.parametrize("template", [MADR, NYGARD, GERMAN], ids=["madr", "nygard", "german"])
def test_everything_finds_a_place(template: str) -> None:
    text = filled(template, CONTENT)
    assert given(CONTENT, lost(CONTENT, text, PATH)) == [], text


def test_only_what_was_answered_changes() -> None:
    text = filled(MADR, CONTENT)
    for kept in (
        "# optional",
        "contact: {who to ask}",
        "- {driver 1, e.g., a force}",
        "{Links and so on.}",
        "<!-- This is an optional",
    ):
        assert kept in text
    assert text.startswith(
        '---\n# optional\nstatus: proposed\ncontact: {who to ask}\ndate: 2026-11-22\ndeciders: [Ann Lee, "@bob"]\n'
    )
    assert (
        '\n- Redis\n- Memcached\n\n## Decision Outcome\n\nChosen option: "Redis", because it survives a restart.\n\n###'
        in text
    )
    assert "\n- [ ] Ann Lee: order it (due 2026-12-05)\n\n## More Information\n" in text


def test_a_form_with_an_introduction_of_its_own() -> None:
    text = filled(NYGARD, CONTENT, Style("ADR 12: {}", "🤔 Proposed"))
    assert text.startswith(
        "# ADR 12: Use Redis\n\nDate: 2026-11-22\n\nDeciders: Ann Lee, @bob\n\nReview by: 2027-06-01\n\n## Status\n\n🤔 Proposed\n"
    )
    assert (
        text.index("## Decision\n")
        < text.index("## Rationale\n")
        < text.index("## Alternatives Considered\n\n* Memcached\n")
        < text.index("## Consequences\n")
    )
    assert text.index("### Positive") < text.index("## Follow-ups") < text.index("## Notes\n\nKept as it is.\n")
    assert filled(NYGARD, CONTENT).startswith("# 12. Use Redis\n")


def test_a_remark_on_what_comes_next_stays_above_it() -> None:
    remark = "<!-- This is an optional element. Feel free to remove. -->\n"
    text = filled(MADR.replace("### Consequences", f"{remark}### Consequences"), CONTENT._replace(drivers="Cost."))
    assert f"\n\n{remark}## Decision Drivers\n\nCost.\n\n" in text
    assert f"restart.\n\n{remark}### Consequences\n" in text
    behind = filled(NYGARD.replace("## Consequences", f"{remark}## Consequences"), CONTENT)
    assert f"* Memcached\n\n{remark}## Consequences\n" in behind


def test_what_has_no_heading_is_not_read_to_get_one() -> None:
    read: list[int] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is parse_document.__code__:
            read.append(len(frame.f_locals["text"]))

    long = "a long story\n" * 500
    reading = read_template(NYGARD, shipped())
    sys.setprofile(note)
    try:
        text = fill(reading, CONTENT._replace(because=long))
    finally:
        sys.setprofile(None)
    assert long in text
    assert max(read) < len(long)


def test_another_language_keeps_its_words() -> None:
    text = filled(GERMAN, CONTENT._replace(status="draft"))
    assert 'Gewählte Option: "Redis", weil it survives a restart.' in text
    assert "* Entscheider: Ann Lee, @bob\n* Datum: 2026-11-22\n" in text
    assert "Follow-ups" not in text


def test_what_was_not_said_stays_as_the_form_asks_for_it() -> None:
    bare = Content("Use Redis", date="2026-11-22")
    changed = [line for line in filled(NYGARD, bare).split("\n") if line not in NYGARD.split("\n")]
    assert changed == ["# TITLE".replace("TITLE", "Use Redis"), "Date: 2026-11-22", "Proposed"]
