"""One record at a glance: the decision first, then what it was chosen over, why, by whom, and what it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.log.search_text import prose
from onrecord.render.columns import painter, width_of, wrap
from onrecord.render.json_report import as_json
from onrecord.render.records import STATUS_COLORS, card_json, heading
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.log.search_text import Card
    from onrecord.record import DecisionRecord
    from onrecord.render.records import Screen

_LABEL = 14  # columns
_MOST = 600  # characters of one part; the file has the rest
_SENTENCE = 4  # words
_LEAST, _WIDEST = 24, 84  # columns of running text
_STATES = {"empty": "nothing is written below its heading", "placeholder": "not filled in yet"}
RELATION_WORDS = {
    "supersedes": ("Supersedes", "Superseded by"),
    "superseded_by": ("Superseded by", "Supersedes"),
    "amends": ("Amends", "Amended by"),
    "relates_to": ("Relates to", "Related from"),
}  # as the record says it, and as the other one is told of it


class Tie(NamedTuple):
    """A relation to another record: its word, what stands in the text, and the record that is meant, if it was found."""

    word: str
    text: str
    card: Card | None


class Near(NamedTuple):
    """A record that reads alike, with the cosine of both texts; `twin` tells that it may be the same decision."""

    card: Card
    score: float
    twin: bool


class Shown(NamedTuple):
    """A record with what the log knows of it."""

    card: Card
    record: DecisionRecord
    ties: tuple[Tie, ...]
    near: tuple[Near, ...]


def record_json(shown: Shown, facts: Mapping[str, Any]) -> str:
    """Return a record as JSON: its facts as `onrecord parse` prints them, relations both ways, and what reads alike."""
    ties = [
        {"relation": tie.word.lower().replace(" ", "_"), "text": tie.text, "path": tie.card.path if tie.card else None}
        for tie in shown.ties
    ]
    near = [card_json(one.card) | {"score": round(one.score, 4), "twin": one.twin} for one in shown.near]
    return as_json({"version": 1, "record": dict(facts), "relations": ties, "related": near})


def record_text(shown: Shown, screen: Screen) -> str:
    """Return a record for a terminal or a pipe."""
    paint = painter(screen.color)
    columns = max(_LEAST, min((screen.columns or 1000) - _LABEL, _WIDEST if screen.columns else 1000))
    record, card = shown.record, shown.card
    lines = [paint(line, "1") for line in wrap(heading(card), columns + _LABEL)]
    where = f"{card.path}:{card.line}" if card.line > 1 else card.path
    lines += [paint(for_terminal(where), "2"), ""]
    for label, text in _parts(record):
        lines += _rows(label, text, columns, screen)
    lines += _people(record, columns, screen)
    for tie in shown.ties:
        name = _named(tie.card) if tie.card else f"{tie.text} (no such record was found)"
        lines += _rows(tie.word, name, columns, screen)
    for i, near in enumerate(shown.near):
        word = "Same again?" if near.twin else "Reads alike" if not i or shown.near[i - 1].twin else ""
        lines += _rows(word, f"{near.score:.2f}  {_named(near.card)}", columns, screen)
    return "\n".join(lines) + "\n"


def _parts(record: DecisionRecord) -> Iterator[tuple[str, str]]:
    """Yield what the record says, the decision first."""
    decision = record.decision
    state = record.slots["decision"].state if "decision" in record.slots else "absent"
    text = prose(decision.text) if decision else ""
    yield "Decision", text or f"({_STATES.get(state, 'none was found in the text')})"
    rivals = [option.title for option in record.considered_options if option.outcome != "chosen"]
    chosen = any(option.outcome == "chosen" for option in record.considered_options)
    yield "Instead of" if chosen else "Considered", "\n".join(rivals)
    if not rivals and record.no_alternatives_reason:
        yield "No rivals", record.no_alternatives_reason
    because = prose(decision.justification or "") if decision else ""
    if " ".join(because.split()) not in " ".join(text.split()):  # else it was just read
        yield "Because", because
    context, after = prose(record.context or ""), prose(record.consequences or "")
    if not _was_read(context, (text, because)):
        yield "Context", context
    if not _was_read(after, (text, because, context)):
        yield "Consequences", after


def _was_read(part: str, above: tuple[str, ...]) -> bool:
    """Tell whether a text repeats what stands above; a word or two may be there by chance."""
    words = " ".join(part.split())
    texts = [" ".join(text.split()) for text in above]
    return words in texts or (words.count(" ") >= _SENTENCE - 1 and any(words in text for text in texts))


def _people(record: DecisionRecord, columns: int, screen: Screen) -> Iterator[str]:
    """Yield who decided, when, where it stands, what it governs and what is still to do."""
    who = ", ".join(record.decision_makers) or ("" if record.authors else "(nobody is named as having decided)")
    yield from _rows("Decided by", who, columns, screen)
    if record.authors != record.decision_makers:
        yield from _rows("Written by", ", ".join(record.authors), columns, screen)
    yield from _rows("Consulted", ", ".join(record.consulted), columns, screen)
    yield from _rows("Date", record.date or record.date_text or "", columns, screen)
    status = record.status
    said = f" (“{status.text}”)" if status and status.text.casefold() != status.value else ""
    color = STATUS_COLORS.get(status.value, "2") if status else "2"
    yield from _rows("Status", f"{status.value}{said}" if status else "(none)", columns, screen, color)
    yield from _rows("Decide by", record.decide_by or "", columns, screen)
    yield from _rows("Review by", record.review_by or "", columns, screen)
    yield from _rows("Governs", "\n".join(record.scope), columns, screen)
    for i, one in enumerate(record.follow_ups):
        yield from _rows("" if i else "Follow-up", one.what, columns, screen)


def _rows(label: str, text: str, columns: int, screen: Screen, color: str = "") -> list[str]:
    """Return a label with its text beside it, cut at a length that can be taken in; nothing when there is no text."""
    paint = painter(screen.color)
    text = text if len(text) <= _MOST else text[: _MOST - 2].rsplit(" ", 1)[0] + " …"
    lines = [line for part in text.split("\n") for line in wrap(for_terminal(part), columns)]
    lead = paint(label, "2") + " " * (_LABEL - width_of(label))
    return [f"{' ' * _LABEL if i else lead}{paint(line, color)}" for i, line in enumerate(lines)]


def _named(card: Card) -> str:
    return f"{heading(card)} ({', '.join((card.status or 'no status', card.path))})"


def choices(cards: Sequence[Card], most: int = 10) -> list[str]:
    """Return records to choose from, a line each."""
    lines = [f"  {heading(card)}  {card.path}" for card in cards[:most]]
    return [*lines, f"  and {len(cards) - most} more"] if len(cards) > most else lines
