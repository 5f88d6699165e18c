"""One pull request: does it ask for a decision, what exempts it, what satisfies it. Knows no GitHub."""

from onrecord.lazily import TYPE_CHECKING, opener

if TYPE_CHECKING:
    from onrecord.change.judge import Judged, judge_change
    from onrecord.change.model import Asked, Change, ChangedFile, Triggers

_HOMES = {
    "Judged": "judge",
    "judge_change": "judge",
    "Asked": "model",
    "Change": "model",
    "ChangedFile": "model",
    "Triggers": "model",
}
__getattr__ = opener(__name__, _HOMES)

__all__ = ["Asked", "Change", "ChangedFile", "Judged", "Triggers", "judge_change"]
