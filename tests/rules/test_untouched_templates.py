"""An accepted record that is still a template is never let pass: one loud finding on each shape of template."""

import pytest

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Policy, SchemaJudge, check
from onrecord.markdown import parse_document
from onrecord.record import Vocabulary
from onrecord.record.placeholders import template_lines
from onrecord.record.vocabulary import shipped
from onrecord.rules import Severity
from onrecord.rules.samples import nygard

LOUD = {"template-unfilled", "decision-placeholder", "decision-empty", "placeholder-left", "decision-missing"}

NYGARD = """\
# 7. Title of the decision

Date: 2026-03-01

## Status

Accepted

## Context

The issue motivating this decision, and any context that influences or constrains it.

## Decision

The change that we're proposing or have agreed to implement.

## Consequences

What becomes easier or more difficult to do, and any risks that this change brings.
"""
NYGARD_QUESTIONS = """\
# 7. [Short title]

## Status

Accepted

## Context

What is the issue that we're seeing that is motivating this decision or change?

## Decision

What is the change that we're proposing and/or doing?

## Consequences

What becomes easier or more difficult to do because of this change?
"""
MADR_2 = """\
# [short title of solved problem and solution]

* Status: accepted
* Deciders: [list everyone involved in the decision]
* Date: 2026-03-01

## Context and Problem Statement

[Describe the context and problem statement, e.g., in free form using two to three sentences.]

## Considered Options

* [option 1]
* [option 2]

## Decision Outcome

Chosen option: "[option 1]", because [justification. e.g., only option, which meets k.o. criterion decision driver].
"""
MADR_3 = """\
---
status: accepted
date: 2026-03-01
deciders: {list everyone involved in the decision}
---

# {short title of solved problem and solution}

## Context and Problem Statement

{Describe the context and problem statement.}

<!-- This is an optional element. Feel free to remove. -->
## Decision Drivers

* {decision driver 1, e.g., a force, facing concern, …}

## Considered Options

* {title of option 1}
* {title of option 2}

## Decision Outcome

Chosen option: "{title of option 1}", because
{justification. e.g., only option, which meets k.o. criterion decision driver}.
"""
MADR_4 = """\
---
status: "accepted"
date: 2026-03-01
decision-makers: {list everyone involved in the decision}
---

# {short title, representative of solved problem and found solution}

## Context and Problem Statement

{Describe the context and problem statement, e.g., in free form using two to three sentences.}

## Considered Options

* {title of option 1}
* {title of option 2}

## Decision Outcome

Chosen option: "{title of option 1}", because {justification}.

### Consequences

* Good, because {positive consequence}
* Bad, because {negative consequence}
"""
MADR_BARE = """\
---
status: accepted
date:
decision-makers:
---

# <!-- short title -->

## Context and Problem Statement

## Considered Options

* <!-- option -->

## Decision Outcome

Chosen option: "", because

### Consequences

* Good, because
* Bad, because
"""
Y_STATEMENT = """\
# 7. Title

Status: Accepted

In the context of <use case/user story>, facing <concern>, we decided for <option> and neglected <other options>,
to achieve <quality>, accepting <downside>, because <rationale>.
"""
TYREE = """\
# 7. Title

## Issue

Describe the architectural design issue you're addressing.

## Decision

Clearly state the architecture's direction, that is, the position you've selected.

## Status

Accepted

## Assumptions

Clearly describe the underlying assumptions in the environment in which you're making the decision.

## Positions

List the positions (viable options or alternatives) you considered.

## Argument

Outline why you selected a position, including items such as implementation cost and time to market.

## Implications

A decision comes with many implications.
"""
SHAPES = {
    "Nygard": NYGARD,
    "Nygard, in questions": NYGARD_QUESTIONS,
    "MADR 2": MADR_2,
    "MADR 3": MADR_3,
    "MADR 4": MADR_4,
    "MADR 4, bare": MADR_BARE,
    "Y-statement": Y_STATEMENT,
}


def loud(text: str, vocabulary: Vocabulary) -> list[str]:
    path = "docs/adr/0007-keep-invoices.md"
    files = read_as_records(decode(text.encode()), path, path, vocabulary)
    report = check(files, Policy(SchemaJudge(schema("decision-record"))), "2026-06-01", lambda _: True)
    return [f.rule for f in report.findings if f.rule in LOUD and f.severity >= Severity.WARNING]


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_it_is_said(text: str) -> None:
    assert loud(text, shipped())


def test_a_template_of_the_repository_s_own() -> None:
    """Sentences that nobody else knows are known by the file they come from."""
    assert loud(TYREE, shipped().with_template(template_lines(parse_document(TYREE))))


@pytest.mark.parametrize(
    "decision",
    [
        "We will return Map<String, Order>, List<Order Item> and Set<Line Item> from the service.",
        "We write <b>bold</b>, <i>slanted</i> and <kbd>Ctrl x</kbd> in the help.",
        "We will take `<a b>`, `<c d>` and `<e f>` as names.",
        'Chosen option: "" (the empty string), because every client takes it.',
    ],
)
def test_a_decision_with_signs_of_its_own(decision: str) -> None:
    assert loud(nygard(decision=decision), shipped()) == []
