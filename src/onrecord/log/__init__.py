"""Many records together: numbering, scope, links and citations. Knows no git; history comes as data."""

from onrecord.log.numbering import next_number, same_number
from onrecord.log.scope import Governed, governing

__all__ = ["Governed", "governing", "next_number", "same_number"]
