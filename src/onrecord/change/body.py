"""What a pull request's description says: decision, reason, alternatives, owner, links to records, a waiver."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.change.author import Own, own_words_of, parse_body
from onrecord.change.hidden import read_hidden
from onrecord.change.links import record_links
from onrecord.change.owner import read_owner
from onrecord.change.reason import gives_reason
from onrecord.change.rivals import Rivals, read_rivals
from onrecord.change.said import read_said, without_people
from onrecord.change.template import known_lines
from onrecord.change.told import read_told
from onrecord.change.waiver import holds_decision, read_waiver, waives
from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.body import read_decision, read_slot
from onrecord.record.choice import choose
from onrecord.record.model import Decision, Option
from onrecord.record.outline import Outline, Part, read_outline
from onrecord.record.vocabulary import Vocabulary, fold

if TYPE_CHECKING:
    from collections.abc import Callable

# Headings of a record's decision that say less in a pull request: what came out, or what is proposed.
_WEAK = frozenset(
    ("outcome", "result", "results", "resolution", "solution", "conclusion", "proposal",
     "ergebnis", "lösung", "lösungsvorschlag", "vorschlag", "empfehlung", "résultat", "proposition", "choix",
     "resultado", "solución", "propuesta", "conclusión", "solução", "proposta", "conclusão",
     "esito", "risultato", "soluzione", "conclusione", "uitkomst", "resultaat", "oplossing", "voorstel", "conclusie",
     "wynik", "rozwiązanie", "propozycja", "wniosek", "wnioski", "результат", "итог", "предложение", "вывод", "выводы",
     "結論", "解決策", "提案", "结论", "解决方案", "方案", "选择", "결론", "해결책", "제안")
)  # fmt: skip
_OPEN = lazy_pattern(r"\b(?:needed|required|pending|wanted|requested|open|to make|to take|points?)\b")


class Description(NamedTuple):
    """A description, read. `prose` is what the author wrote for readers; `stated` tells that the decision is marked as one.

    `hidden_from` is the 1-based line from which the page shows nothing, because a comment or code block never ends;
    below it, alternatives, links, a waiver and a marked decision count when nothing else holds them.
    `from_title` tells that the title alone tells the decision.
    """

    prose: str
    decision: Decision | None
    stated: bool
    why: bool
    alternatives: list[Option]
    no_alternatives_reason: str | None
    owner: str | None
    record_links: list[str]
    waived: str | None
    hidden_from: int | None = None
    from_title: bool = False


class _Read(NamedTuple):
    """A document in the author's words, with the parts that a decision can be marked in."""

    own: Own
    outline: Outline
    marked: Decision | None
    ticked: bool
    rivals: Rivals
    waived: str | None


def read_description(
    title: str,
    body: str,
    vocabulary: Vocabulary,
    templates: tuple[str, ...] = (),
    is_record: Callable[[str], bool] = lambda _path: False,
) -> Description:
    """Read a description as a record is read; never raises. Lines of the team's templates are nobody's words.

    `is_record` tells whether the team keeps a record at a path: links to these count whatever they look like.
    """
    document = parse_body(body)
    known = known_lines(templates)
    shown = _read(body, vocabulary, known)
    said = read_said(shown.own.document, title, vocabulary)
    links = record_links(title, shown.own.document, is_record)
    hidden = read_hidden(document)
    below = _read(hidden.text, vocabulary, known) if hidden else None
    rivals, waived, decision = shown.rivals, shown.waived, shown.marked
    if below:
        rivals = rivals if rivals.options or rivals.none_reason else below.rivals
        waived = below.waived if waived is None else waived
        links = links or record_links("", below.own.document, is_record)
    told = None
    if waived is None and not decision:
        told = read_told(title, said.sentences, said.telling, bool(rivals.options), vocabulary)
    decision = decision or (told.decision if told else below.marked if below else None)
    options = choose(rivals.options, decision.chosen_option if decision else None, decided=True)
    return Description(
        said.prose,
        decision,
        shown.marked is not None or shown.ticked,
        gives_reason(said, shown.outline, vocabulary),
        [option for option in options if option.outcome != "chosen"],
        rivals.none_reason,
        read_owner(shown.own.document, shown.outline, vocabulary),
        links,
        waived,
        hidden.line if hidden else None,
        told is not None and told.from_title,
    )


def _read(body: str, vocabulary: Vocabulary, known: frozenset[str]) -> _Read:
    own = own_words_of(body, vocabulary, known)
    outline = read_outline(own.document, vocabulary)
    behind_box = holds_decision(own.ticked, vocabulary)
    marked = _marked(outline, vocabulary) or (read_decision(behind_box, vocabulary) if behind_box else None)
    waived = read_waiver(own.document, own.ticked, vocabulary)
    if waived == "" and not marked:  # "Decision: none", and the reason in the line for it
        reason = read_slot(outline, ("rationale",), vocabulary).text.strip(" .")
        waived = reason if fold(reason) not in vocabulary.absent else ""
    return _Read(own, outline, marked, behind_box is not None, read_rivals(outline, vocabulary), waived)


def _marks(part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a part keeps its role here.

    "Result" marks no decision, "Decision needed" asks for one, and one with "No decision here" below it says there is none.
    """
    title = fold(plain(part.title))
    return part.role != "decision" or not (title in _WEAK or _OPEN.search(title) or waives(part, vocabulary))


def _marked(outline: Outline, vocabulary: Vocabulary) -> Decision | None:
    """Return the decision of a section or line that is marked as one, with the reason that stands beside it."""
    parts = [p if _marks(p, vocabulary) else p._replace(role=None) for p in outline.parts]
    outline = outline._replace(parts=parts)
    without_reasons = outline._replace(parts=[p for p in parts if p.role != "rationale" or p.level <= 6])
    text = without_people(read_slot(without_reasons, ("decision",), vocabulary).text, vocabulary).strip(" *")
    if not text:
        return None
    decision = read_decision(text, vocabulary)
    reason = without_people(read_slot(outline, ("rationale",), vocabulary).text, vocabulary)
    return decision._replace(justification=decision.justification or reason or None)
