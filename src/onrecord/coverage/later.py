"""An emergency first: a label puts the decision off by a week, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coverage.trend import days_in

if TYPE_CHECKING:
    from onrecord.coverage.model import Pull, PullCoverage

LATER = "decision-later"
DAYS = 7  # a choice, not a measurement


def put_off(found: PullCoverage, today: str) -> PullCoverage:
    """Return the same with those that carry LATER waiting until their day; after it they say that it has passed."""
    return found._replace(pulls=tuple(_put_off(pull, today) for pull in found.pulls))


def is_put_off(pull: Pull) -> bool:
    """Tell whether a pull request carries the label."""
    return any(by == "label" and what.casefold() == LATER for by, what in pull.asked_by)


def due_on(merged_at: str) -> str:
    """Return the ISO date on which a decision that was put off is due; empty when nobody knows when it was merged."""
    if not merged_at:
        return ""
    year, month, day = (int(part) for part in merged_at.split("-"))
    length = days_in(year, month)
    if day + DAYS <= length:
        return f"{year:04}-{month:02}-{day + DAYS:02}"
    return f"{year + month // 12:04}-{month % 12 + 1:02}-{day + DAYS - length:02}"


def _put_off(pull: Pull, today: str) -> Pull:
    due = due_on(pull.merged_at)
    if not due or not is_put_off(pull) or pull.state != "uncovered":
        return pull
    if today <= due:
        return pull._replace(state="later", lacks=f"put off by “{LATER}” until {due}")
    return pull._replace(lacks=f"{pull.lacks}; put off by “{LATER}” until {due}")
