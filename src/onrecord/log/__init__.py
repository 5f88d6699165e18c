"""Many records together: numbering, scope, links and citations. Knows no git; history comes as data."""

from onrecord.lazily import TYPE_CHECKING, opener

if TYPE_CHECKING:
    from onrecord.log.numbering import next_number, same_number
    from onrecord.log.scope import Governed, governing

_HOMES = {"Governed": "scope", "governing": "scope", "next_number": "numbering", "same_number": "numbering"}
__getattr__ = opener(__name__, _HOMES)

__all__ = ["Governed", "governing", "next_number", "same_number"]
