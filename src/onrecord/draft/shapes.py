"""The shape of each dialect we write, as sections in order. The words are those their readers know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.draft.matter import front_matter
from onrecord.draft.one_sentence import y_statement
from onrecord.draft.questions import asked
from onrecord.draft.sections import Section, argued, options, rest, rivals, statement, text_of, titled, with_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.draft.content import Content


def write(content: Content, dialect: str, careful: bool = False) -> str:
    """Return the text of a new record; raises KeyError for a dialect that is not in SHAPES.

    What its words could be mistaken for is said more plainly if `careful`: which option was taken, which number it has.
    """
    return SHAPES[dialect](content, careful)


def madr(content: Content, careful: bool = False) -> str:
    """MADR 4 (https://adr.github.io/madr): status and people in front matter, options before the outcome."""
    sections: list[Section] = [("Context and Problem Statement", content.context or asked("context"))]
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections += [("Considered Options", options(content, careful)), ("Decision Outcome", _outcome(content))]
    if content.consequences:
        sections.append(("### Consequences", content.consequences))
    if content.confirmation:
        sections.append(("### Confirmation", content.confirmation))
    if _is_apart(content):
        sections.append((_reason("Rationale", careful), content.because))
    if any(choice.body for choice in content.choices):
        sections.append(("Pros and Cons of the Options", ""))
        sections += [(f"### {c.title}", c.body) for c in content.choices if c.body]
    return front_matter(content) + text_of(titled(content, careful), (*sections, *rest(content)))


def nygard(content: Content, careful: bool = False) -> str:
    """Michael Nygard's form of 2011, with the number in the title and status and date in the text."""
    sections: list[Section] = [
        ("Status", content.status.capitalize()),
        ("Context", content.context or asked("context")),
    ]
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections.append(("Decision", statement(content) or asked("decision")))
    if content.because:
        sections.append((_reason("Rationale", careful), content.because))
    if content.choices or content.no_alternatives:
        sections.append(("Alternatives Considered", rivals(content, careful)))
    sections.append(("Consequences", content.consequences or asked("consequences")))
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    matter = front_matter(content._replace(date=""), status=False)
    date = f"Date: {content.date}" if content.date else ""
    return matter + text_of(titled(content, with_number=True), (*sections, *rest(content)), date)


def brief(content: Content, careful: bool = False) -> str:
    """Three sentences: what was decided, instead of what, and why. For what needs no more."""
    sections: list[Section] = [("Context", content.context)] if content.context else []
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections += [
        ("Decision", statement(content) or asked("decision")),
        ("Instead of", rivals(content, careful)),
        *_because("Because", content),
    ]
    if content.consequences:
        sections.append(("Consequences", content.consequences))
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    return front_matter(content) + text_of(titled(content, careful), (*sections, *rest(content)))


def tyree_akerman(content: Content, careful: bool = False) -> str:
    """Jeff Tyree's and Art Akerman's form of 2005 ("Architecture Decisions: Demystifying Architecture"), as headings.

    Its related decisions stand in the front matter, where every reader of ours finds them.
    """
    sections: list[Section] = [
        ("Issue", content.context or asked("context")),
        ("Decision", statement(content) or asked("decision")),
        ("Status", content.status.capitalize()),
        ("Assumptions", content.drivers or asked("assumptions")),
        ("Constraints", asked("constraints")),
        ("Positions", argued(content.choices, careful) or content.no_alternatives or asked("choices")),
        *_because(_reason("Argument", careful), content),
        ("Implications", content.consequences or asked("consequences")),
    ]
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    return front_matter(content, status=False) + text_of(titled(content, careful), (*sections, *rest(content)))


SHAPES: dict[str, Callable[[Content, bool], str]] = {
    "brief": brief,
    "madr-4": madr,
    "nygard": nygard,
    "y-statement": y_statement,
    "tyree-akerman": tyree_akerman,
}


def _reason(heading: str, careful: bool) -> str:
    """Return the heading of the reason: below "Because", no other sentence is taken for it."""
    return "Because" if careful else heading


def _because(heading: str, content: Content) -> list[Section]:
    """Return the section of the reason, with the question for it; none where the decision's own words give it."""
    return [] if content.is_reasoned and not content.because else [(heading, content.because or asked("because"))]


def _outcome(content: Content) -> str:
    because = "" if _is_apart(content) else content.because
    if not content.chosen:
        return content.decision or asked("decision")
    reason = "." if _is_apart(content) else f", because {with_stop(because) or asked('because')}"
    name = content.chosen if '"' in content.chosen else f'"{content.chosen}"'
    return "\n\n".join(filter(None, (f"Chosen option: {name}{reason}", content.decision)))


def _is_apart(content: Content) -> bool:
    """Tell whether the reason does not fit behind "because": it has several lines, or there is no option to stand behind."""
    return bool(content.because) and ("\n" in content.because.strip() or not content.chosen)
