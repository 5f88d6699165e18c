"""What the board is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from onrecord.check.upkeep import Queue
    from onrecord.coverage.report import Report
    from onrecord.log.graph import Graph


class Board(NamedTuple):
    """A coverage report, how its records hang together, and which of them need a look.

    `name` is what the repository is called; `address` where GitHub shows it ("https://github.com/owner/name"), empty
    when it lives elsewhere: then nothing is linked.
    """

    report: Report
    graph: Graph
    queue: Queue
    name: str
    address: str = ""
