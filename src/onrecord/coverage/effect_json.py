"""What the practice does, as JSON (under `effect` in schemas/coverage-report.schema.json); no person is named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.coverage.effect import FEW_WORDS, FIRST, TWIN
from onrecord.coverage.effect_lives import REVERSED_DAYS, STUCK_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.coverage.effect import Duration, Effect, Finding


def effect_json(effect: Effect, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Return every number with the ids it was counted from; `nudges` is null where GitHub was not asked."""
    nudges = None
    if effect.nudged is not None and effect.answers is not None:
        nudges = {name: share.as_json() for name, share in {"shown": effect.nudged, **effect.answers}.items()}
    return {
        "nudges": nudges,
        "lead_time": _duration(effect.lead_time),
        "acceptance": _duration(effect.acceptance),
        "born_accepted": effect.born_accepted.as_json(),
        "stuck": {
            "more_than_days": STUCK_DAYS,
            "records": [one._asdict() for one in effect.stuck],
            "open": list(effect.open),
            "median_days": effect.stuck_days(),
        },
        "minimal": effect.minimal.as_json(),
        "twins": effect.twins.as_json() | {"likeness": TWIN},
        "thin_alternatives": effect.thin.as_json() | {"fewer_than_words": FEW_WORDS},
        "orphans": effect.orphans.as_json(),
        "owners": {
            "bus_factor": effect.bus_factor,
            "owners": effect.owners,
            "single": effect.single_owner.as_json(),
            "left": effect.left.as_json(),
        },
        "stale": effect.stale.as_json() | {"rules": {rule: list(ids) for rule, ids in effect.stale_rules.items()}},
        "replacement": _duration(effect.replacement),
        "reversals": {"within_days": REVERSED_DAYS, "records": [one._asdict() for one in effect.reversals]},
        "revisit_due": effect.due.as_json(),
        "findability": {"first": FIRST, "new": _finding(effect.found_new), "edited": _finding(effect.found_edited)},
        "waived": effect.waived.as_json(),
        "late": effect.late.as_json(),
        "logs": [
            {
                "folder": one.folder,
                "active": one.active,
                "stuck": one.stuck,
                "acceptance": {"n": len(one.acceptance.waits), "median": one.acceptance.days(0.5)},
            }
            for one in effect.logs
        ],
        "notes": list(notes),
    }


def _duration(one: Duration) -> dict[str, Any]:
    return {
        "n": len(one.waits),
        "ended": one.ended(),
        "median": one.days(0.5),
        "p90": one.days(0.9),
        "waits": [wait._asdict() for wait in one.waits],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return one.found.as_json() | {"chance": None if one.chance is None else round(one.chance, 4)}
