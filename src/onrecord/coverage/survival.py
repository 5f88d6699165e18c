"""How long something takes when some of it has not happened yet: the estimate of Kaplan and Meier.

Leaving out what is still open would make every habit look faster than it is. Source: Kaplan and Meier 1958
(10.1080/01621459.1958.10501452); among equal days, what ended comes before what was only watched until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Wait(NamedTuple):
    """A pull request (its number) or a record (its id): how many days it took, or, not `ended`, for how many it was watched."""

    id: int | str
    days: int
    ended: bool


class Step(NamedTuple):
    """A day on which some waits ended: how many were watched until then, how many ended, and the share left after it."""

    day: int
    watched: int
    ended: int
    left: float


def kaplan_meier(waits: Iterable[Wait]) -> tuple[Step, ...]:
    """Return a step for each day on which a wait ended, the earliest first; none without any."""
    every = list(waits)
    left, steps = 1.0, []
    for day in sorted({wait.days for wait in every if wait.ended}):
        watched = sum(wait.days >= day for wait in every)
        ended = sum(wait.ended and wait.days == day for wait in every)
        left *= 1 - ended / watched
        steps.append(Step(day, watched, ended, left))
    return tuple(steps)


def days_until(steps: Sequence[Step], share: float) -> int | None:
    """Return the first day by which that share (0 to 1) of the waits has ended, None when that was not seen."""
    return next((step.day for step in steps if step.left <= 1 - share + 1e-12), None)
