"""Many records together: numbering, supersession, scope. Knows no git; history comes as data."""

from onrecord.log.numbering import same_number

__all__ = ["same_number"]
