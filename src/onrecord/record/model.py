"""The normalised decision record: one shape for every dialect, and for a pull request that states a decision.

Source of the field names: MADR 4 (decision-makers, consulted, informed), Nygard (status, context, decision,
consequences), Tyree and Akerman (positions, implications). The JSON view is `facts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from onrecord.markdown import Problem, Span

StatusValue = Literal["proposed", "accepted", "rejected", "deprecated", "superseded", "draft", "unknown"]
Outcome = Literal["chosen", "rejected", "undecided"]
SlotState = Literal["absent", "empty", "placeholder", "filled"]
Kind = Literal["record", "not-a-record"]
Reason = Literal["index", "readme", "template", "process", "stub", "other"]

SLOTS = (
    "title",
    "status",
    "date",
    "decision_makers",
    "context",
    "decision",
    "considered_options",
    "consequences",
)


class Status(NamedTuple):
    """`value` is one of the known words; `text` is what the author wrote."""

    value: StatusValue
    text: str


class Option(NamedTuple):
    """One considered option; `argued` tells whether the record says anything for or against it."""

    title: str
    outcome: Outcome
    argued: bool
    span: Span


class Decision(NamedTuple):
    """The decision as written; `chosen_option` and `justification` only where the text tells them apart."""

    text: str
    chosen_option: str | None = None
    justification: str | None = None


class FollowUp(NamedTuple):
    """Who does what until when; `tracked` tells that it names an issue, `line` is where it stands."""

    who: str | None
    what: str
    due: str | None
    done: bool = False
    tracked: bool = False
    line: int = 1


class Review(NamedTuple):
    """When somebody last said that the record is still true (ISO date), and who; empty when it does not say who."""

    date: str
    by: str


class Slot(NamedTuple):
    """Where a part of the record stands, whether it is filled, and how it was recognised."""

    state: SlotState
    span: Span | None
    how: str


class Mark(NamedTuple):
    """A piece of text worth a word, with its place."""

    text: str
    span: Span


@dataclass(slots=True)
class DecisionRecord:
    """One record, or the finding that a file is none (`kind`, `reason`).

    `partly` are those of `supersedes` and `superseded_by` of which the text says that only a part is replaced.
    """

    path: str
    kind: Kind = "record"
    reason: Reason | None = None
    dialect: str = "custom"
    number: str | None = None
    title: str | None = None
    status: Status | None = None
    date: str | None = None
    date_text: str | None = None
    date_state: Literal["ok", "impossible", "ambiguous", "unread"] | None = None
    decision_makers: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    consulted: list[str] = field(default_factory=list)
    informed: list[str] = field(default_factory=list)
    context: str | None = None
    decision: Decision | None = None
    considered_options: list[Option] = field(default_factory=list)
    no_alternatives_reason: str | None = None
    one_sided: bool = False
    consequences: str | None = None
    decision_drivers: str | None = None
    confirmation: str | None = None
    supersedes: list[str] = field(default_factory=list)
    superseded_by: list[str] = field(default_factory=list)
    amends: list[str] = field(default_factory=list)
    relates_to: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)
    scope: list[str] = field(default_factory=list)
    decide_by: str | None = None
    review_by: str | None = None
    last_reviewed: Review | None = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    slots: dict[str, Slot] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()
    placeholders: list[Mark] = field(default_factory=list)
    generic_owners: list[Mark] = field(default_factory=list)
    links: list[Mark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    span: Span = field(default_factory=lambda: Span(1, 1))
