"""`Document` to `DecisionRecord`: vocabulary, dialects, parts with spans, and the JSON view of it all."""

from onrecord.record.facts import Facts, record_facts
from onrecord.record.model import Decision, DecisionRecord, Option, Slot, Status
from onrecord.record.read import parse_record, read_record, read_records
from onrecord.record.vocabulary import Vocabulary

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
