"""The dialects a record can be moved to, as headings in order, and how far a text is moved."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A dialect as its headings in order, each with the role that stands below it and its level.

    What of the header stands in the text is told by the rest: status in a section, date in a line, number in the title.
    """

    headings: tuple[tuple[str, str, int], ...]
    has_status_section: bool = False
    has_date_line: bool = False
    has_number: bool = False


class Way(NamedTuple):
    """How far a text is moved: each is a step back, taken when the record would read differently otherwise."""

    renames_options: bool = True
    nests: bool = True
    moves_head: bool = True
    takes_lead: bool = True
    renames: bool = True
    gathers: bool = True
    sorts: bool = True
    writes_title: bool = True


FORMS = {
    "madr-4": Form(
        (
            ("Context and Problem Statement", "context", 2),
            ("Decision Drivers", "decision_drivers", 2),
            ("Considered Options", "considered_options", 2),
            ("Decision Outcome", "decision", 2),
            ("Consequences", "consequences", 3),
            ("Confirmation", "confirmation", 3),
            ("Rationale", "rationale", 2),
            ("Pros and Cons of the Options", "pros_cons", 2),
        )
    ),
    "nygard": Form(
        (
            ("Status", "status", 2),
            ("Context", "context", 2),
            ("Decision Drivers", "decision_drivers", 2),
            ("Decision", "decision", 2),
            ("Rationale", "rationale", 2),
            ("Alternatives Considered", "alternatives", 2),
            ("Pros and Cons of the Options", "pros_cons", 2),
            ("Consequences", "consequences", 2),
            ("Confirmation", "confirmation", 2),
        ),
        has_status_section=True,
        has_date_line=True,
        has_number=True,
    ),
    "brief": Form(
        (
            ("Context", "context", 2),
            ("Decision Drivers", "decision_drivers", 2),
            ("Decision", "decision", 2),
            ("Instead of", "alternatives", 2),
            ("Because", "rationale", 2),
            ("Pros and Cons of the Options", "pros_cons", 2),
            ("Consequences", "consequences", 2),
            ("Confirmation", "confirmation", 2),
        )
    ),
    "tyree-akerman": Form(
        (
            ("Issue", "context", 2),
            ("Decision", "decision", 2),
            ("Status", "status", 2),
            ("Assumptions", "decision_drivers", 2),
            ("Positions", "considered_options", 2),
            ("Argument", "rationale", 2),
            ("Pros and Cons of the Options", "pros_cons", 2),
            ("Implications", "consequences", 2),
            ("Confirmation", "confirmation", 2),
        ),
        has_status_section=True,
    ),
}
