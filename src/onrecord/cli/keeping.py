"""What one run takes over from earlier ones, and leaves to later ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.kept import Kept, kept_beside
from onrecord.adapters.kept_judge import KeptJudge
from onrecord.adapters.kept_records import KeptRecords
from onrecord.cli.common import file_exists, today

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.adapters.files import Text
    from onrecord.adapters.templates import Templates
    from onrecord.check import Policy


class Keeping(NamedTuple):
    """The records that were read and judged before, and by what new ones will be."""

    records: KeptRecords
    judge: KeptJudge
    root: Path
    policy: Policy
    today: str

    def prepare(self, texts: list[Text], templates: Templates) -> None:
        """Read and judge many texts at once, where several processes can share the work."""
        from onrecord.adapters.ahead import FEW, Work, work_ahead

        if len(texts) >= FEW:
            work_ahead(self.records, texts, Work(templates, self.policy, self.today, file_exists(self.root)))

    def save(self) -> None:
        """Leave what is new to later runs."""
        self.records.kept.save()


def keeping_for(root: Path, policy: Policy, options: argparse.Namespace) -> Keeping:
    """Return what this run takes over; nothing from outside of it with `--no-cache`, or where git keeps nothing."""
    folder = None if options.no_cache else kept_beside(root)
    records = KeptRecords(Kept(folder))
    return Keeping(records, KeptJudge(records), root, policy, today(options))
