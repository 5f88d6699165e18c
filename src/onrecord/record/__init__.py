"""`Document` to `DecisionRecord`: vocabulary, dialects, parts with spans, and the JSON view of it all."""

from onrecord.lazily import TYPE_CHECKING, opener

if TYPE_CHECKING:
    from onrecord.record.facts import Facts, record_facts
    from onrecord.record.model import Decision, DecisionRecord, Option, Slot, Status
    from onrecord.record.read import parse_record, read_record, read_records
    from onrecord.record.vocabulary import Vocabulary

_HOMES = {
    "Facts": "facts",
    "record_facts": "facts",
    "Decision": "model",
    "DecisionRecord": "model",
    "Option": "model",
    "Slot": "model",
    "Status": "model",
    "parse_record": "read",
    "read_record": "read",
    "read_records": "read",
    "Vocabulary": "vocabulary",
}
__getattr__ = opener(__name__, _HOMES)

__all__ = [
    "Decision",
    "DecisionRecord",
    "Facts",
    "Option",
    "Slot",
    "Status",
    "Vocabulary",
    "parse_record",
    "read_record",
    "read_records",
    "record_facts",
]
