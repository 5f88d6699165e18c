"""One pull request: does it ask for a decision, what exempts it, what satisfies it. Knows no GitHub."""

from onrecord.change.judge import Judged, judge_change
from onrecord.change.model import Asked, Change, ChangedFile, Triggers

__all__ = ["Asked", "Change", "ChangedFile", "Judged", "Triggers", "judge_change"]
