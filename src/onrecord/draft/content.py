"""What a record is written from: the parts of a decision, whatever dialect they end up in.

Texts are Markdown. An empty part was not said: writers put the question in its place, as a comment that no reader takes
for an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from onrecord.record.model import Outcome, StatusValue


class Choice(NamedTuple):
    """An option: its name in one line, what became of it, and what was said for or against it (Markdown).

    `behind` follows the name in the same line (", because of its licence", ": slow").
    """

    title: str
    outcome: Outcome = "rejected"
    body: str = ""
    behind: str = ""


class Task(NamedTuple):
    """Who does what until when (ISO date); empty where it was not said."""

    what: str
    who: str = ""
    due: str = ""
    done: bool = False


class Extra(NamedTuple):
    """A part that a dialect has no place for, kept under its own heading."""

    heading: str
    body: str


class Content(NamedTuple):
    """All that a record may say. Dates are ISO; references are written as they stand here ("0003", a link).

    `chosen` is the name of the option that was taken and `because` the reason; `decision` is what was decided where that is
    more than the option's name; `is_reasoned` tells that it gives the reason itself, and nobody is asked for one. `pulls` are pull requests that carry the decision out ("#12").
    """

    title: str
    number: str = ""
    status: StatusValue = "proposed"
    date: str = ""
    decision_makers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    decide_by: str = ""
    review_by: str = ""
    last_reviewed: str = ""
    scope: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    relates_to: tuple[str, ...] = ()
    pulls: tuple[str, ...] = ()
    context: str = ""
    drivers: str = ""
    choices: tuple[Choice, ...] = ()
    no_alternatives: str = ""
    chosen: str = ""
    decision: str = ""
    because: str = ""
    consequences: str = ""
    confirmation: str = ""
    tasks: tuple[Task, ...] = ()
    more: tuple[Extra, ...] = ()
    is_reasoned: bool = False

    def rivals(self) -> tuple[Choice, ...]:
        """Return the options that were not taken."""
        return tuple(choice for choice in self.choices if choice.outcome != "chosen")
