"""A record moved to another dialect and read again: what it is now, and what reads differently."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.draft.apart_labels import FORM_WORDS, with_headings
from onrecord.draft.apart_rows import FRAMES, Unmovable
from onrecord.draft.apart_sentence import in_one_sentence
from onrecord.draft.moved import Moved, move
from onrecord.draft.moved_forms import FORMS, Way
from onrecord.markdown import parse_document
from onrecord.record import read_record, record_facts
from onrecord.record.read.context import Reading
from onrecord.record.read.several import split_records
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord, Vocabulary

DIALECTS = (*FORMS, "y-statement")
_PLACES = ("path", "dialect", "lines", "reading")
MOST_LEVELS = 6  # of headings; other parts are lines in a text
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_WORD = re.compile(r"\w+")
# The further down, the less of the other dialect's form.
WAYS = tuple(
    Way(renames_options, nests, moves_head, takes_lead, renames, gathers, sorts, writes_title)
    for renames, sorts, moves_head, takes_lead, gathers, nests, renames_options, writes_title in product(
        (True, False), repeat=8
    )
    if sorts or (gathers and nests)  # in its own order, no section is put inside of another
)


class Difference(NamedTuple):
    """A field of the normalised record, as it was read before and after."""

    field: str
    before: Any
    after: Any


class Migrated(NamedTuple):
    """`text` is the record in the other dialect, equal to the former where there was nothing to do.

    `kept` are the headings of what is kept under More Information, `differences` the fields that read otherwise,
    `lost_words` those of the text that stand nowhere; `refused` says why nothing could be done.
    """

    text: str
    kept: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    lost_words: tuple[str, ...] = ()
    refused: str = ""
    is_no_record: bool = False
    way: Way | None = None

    @property
    def outcome(self) -> str:
        """Return `refused`, `lossy` or `equal`."""
        return "refused" if self.refused else "lossy" if self.differences or self.lost_words else "equal"


def migrate(text: str, path: str, dialect: str, vocabulary: Vocabulary) -> Migrated:
    """Move a text to a dialect in the first way in which it reads the same, else in the one that loses least."""
    document = parse_document(text)
    record = read_record(document, path, vocabulary)
    if record.kind != "record":
        return Migrated(text, refused=f"it is no record ({record.reason})", is_no_record=True)
    if why := _held(document, vocabulary):
        return Migrated(text, refused=why)
    if is_in(dialect, Reading(document, vocabulary), record):
        return Migrated(text)
    try:
        return _best(_tried(record, text, dialect, vocabulary))
    except Unmovable as error:
        return Migrated(text, refused=str(error))


def _best(tries: Iterator[Migrated]) -> Migrated:
    best = next(tries)
    while best.outcome != "equal" and (found := next(tries, None)):
        best = min(best, found, key=lambda one: 100 * len(one.differences) + len(one.lost_words))
    return best


def _tried(record: DecisionRecord, text: str, dialect: str, vocabulary: Vocabulary) -> Iterator[Migrated]:
    """Give the text moved in one way after the other, judged by reading it again."""
    seen: set[str] = set()
    for source in dict.fromkeys((with_headings(text, vocabulary), text)):
        for way in WAYS:
            moved = _moved(source, record.path, dialect, vocabulary, way)
            if moved.text not in seen:
                seen.add(moved.text)
                found = _judged(record, text, moved, vocabulary, way)
                yield _without_form(found, record, dialect, is_headed=source != text)


def _without_form(found: Migrated, record: DecisionRecord, dialect: str, is_headed: bool) -> Migrated:
    """Return the result without what only the former or the new form says, where it is a table or one sentence."""
    is_sentence = "y-statement" in (dialect, "y-statement" if record.slots["decision"].how == "Y-statement" else "")
    if not is_headed and not is_sentence:
        return found
    left = tuple(difference for difference in found.differences if not _is_of_form(difference, is_sentence))
    words = tuple(word for word in found.lost_words if not is_headed or word not in FRAMES)
    return found._replace(differences=left, lost_words=words)


def _moved(text: str, path: str, dialect: str, vocabulary: Vocabulary, way: Way) -> Moved:
    if dialect == "y-statement":
        return Moved(in_one_sentence(text, path, vocabulary), ())
    return move(text, path, dialect, vocabulary, way)


def is_in(dialect: str, reading: Reading, record: DecisionRecord) -> bool:
    """Tell whether a record is in the dialect already: what its form has in front matter or in sections stands there."""
    parts = [part for part in reading.outline.parts if 1 <= part.level <= MOST_LEVELS]
    heads = {fold(part.title) for part in parts}
    in_text = {field.role for field in reading.fields if field.how != "front matter"}
    matter = reading.document.front_matter
    keys = set(matter.data) if matter else set()
    has_section = any(part.role == "status" and not part.inline for part in parts)
    if dialect == "madr-4":
        is_header_moved = not (in_text & {"status", "date", "decision_makers"} or has_section)
        return (
            "decision outcome" in heads
            and record.dialect in ("madr-4", "madr-3")
            and is_header_moved
            and "deciders" not in keys
        )
    if dialect == "nygard":
        own = {"context", "decision", "consequences"} <= heads
        return record.dialect == "nygard" and own and has_section
    if dialect == "brief":
        own = "decision" in heads and bool(heads & {"instead of", "because"})
        return own and not has_section and not in_text & {"status", "date", "decision_makers"}
    return record.dialect == dialect and not reading.values("decision")


def differences(before: DecisionRecord, after: DecisionRecord) -> tuple[Difference, ...]:
    """Return the fields that read differently, but for the places where they stand and the case of a bare status."""
    old, new = _comparable(before), _comparable(after)
    return tuple(
        Difference(name, old.get(name), new.get(name)) for name in sorted(old | new) if old.get(name) != new.get(name)
    )


def _is_of_form(difference: Difference, is_sentence: bool) -> bool:
    """Tell whether the former form did not let a reader see more: cells of a table, or what a sentence neglects."""
    field, before, after = difference
    if field in ("decision_drivers", "confirmation"):
        return before is None
    if field == "considered_options" and is_sentence:
        return [(one["title"], one["outcome"]) for one in before] == [(one["title"], one["outcome"]) for one in after]
    return False


def _held(document: Document, vocabulary: Vocabulary) -> str:
    if split_records(document, vocabulary):
        return "it holds several records"
    if any(not comment.closed for comment in document.comments):
        return "a comment in it is never closed"
    return ""


def _judged(record: DecisionRecord, text: str, moved: Moved, vocabulary: Vocabulary, way: Way) -> Migrated:
    again = read_record(parse_document(moved.text), record.path, vocabulary)
    if _filled(text) == _filled(moved.text):
        return Migrated(text, way=way)
    found = differences(record, again)
    return Migrated(moved.text, moved.kept, found, lost_words(text, moved.text, record, vocabulary), way=way)


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not _RULE.fullmatch(line)]


def lost_words(before: str, after: str, record: DecisionRecord, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of a text that another has fewer times.

    Not counted are those of headings and keys that name a part, and of a status that stood in two places.
    """
    old, new = (_counted(text, vocabulary) for text in (before, after))
    missing = old - new
    for word in FORM_WORDS.split() if record.slots["decision"].how == "Y-statement" else ():
        missing[word] = 0
    told = [
        option.title for option in record.considered_options if option.outcome == "chosen"
    ]  # named once in a sentence
    for word in _WORD.findall(" ".join(told).casefold()):
        missing[word] -= bool(new[word])
    once = Counter(_WORD.findall(record.status.text.casefold())) if record.status else Counter()
    for word in once:
        if new[word]:
            missing[word] -= once[word]
    return tuple(sorted(missing.elements()))


@lru_cache(maxsize=4)  # the former text is compared with several
def _counted(text: str, vocabulary: Vocabulary) -> Counter[str]:
    reading = Reading(parse_document(text), vocabulary)
    found = Counter(word for line in reading.document.lines for word in _WORD.findall(line.casefold()))
    names = [part.title for part in reading.outline.parts if part.role]
    names += [field.key for field in reading.fields if field.how != "heading"]
    return found - Counter(word for name in names for word in _WORD.findall(name.casefold()))


def _comparable(record: DecisionRecord) -> dict[str, Any]:
    value = {key: _spaced(one) for key, one in record_facts(record).value.items() if key not in _PLACES}
    status = value.get("status")
    if isinstance(status, dict) and str(status["text"]).isalpha():
        status["text"] = fold(str(status["text"]))
    return value


def _spaced(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_spaced(one) for one in value]
    if isinstance(value, dict):
        return {key: _spaced(one) for key, one in value.items()}
    return value
