"""A record as one sentence (Zimmermann et al., "Y-Statements", 2012), with what does not fit into it below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.matter import front_matter
from onrecord.draft.questions import asked
from onrecord.draft.sections import Section, rest, rivals, statement, text_of, titled, without_stop

if TYPE_CHECKING:
    from onrecord.draft.content import Choice, Content

_JOINT = re.compile(r"[,;.]|\b(?:and|or|to (?:achieve|have|get)|because|accepting)\b", re.IGNORECASE)


def y_statement(content: Content, careful: bool = False) -> str:
    """Return the record; its concern is the context, what it achieves the reason, what it accepts the consequences."""
    fits = not careful and all(
        not choice.body and not choice.behind and not _JOINT.search(choice.title) for choice in content.rivals()
    )
    neglected = _neglected(content.rivals()) if fits and not content.no_alternatives else ""
    clauses = [
        *_around(content),
        f"we decided for {without_stop(statement(content)) or asked('decision')}{neglected}",
        f"to achieve {without_stop(content.because) or asked('because')}",
        f"accepting that {without_stop(content.consequences) or asked('consequences')}",
    ]
    sections: list[Section] = [("Decision Drivers", content.drivers)] if content.drivers else []
    if not fits or content.no_alternatives:
        sections.append(("Alternatives", rivals(content, careful)))
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    sentence = ",\n".join(clauses) + "."
    return front_matter(content) + text_of(titled(content, careful), (*sections, *rest(content)), sentence)


def _around(content: Content) -> list[str]:
    context, _, concern = without_stop(content.context).rpartition(", facing ")
    return [f"In the context of {context or asked('whole')}", f"facing {concern or asked('context')}"]


def _neglected(choices: tuple[Choice, ...]) -> str:
    names = [choice.title for choice in choices]
    if not names:
        return f"\n{asked('neglected')}"
    return f"\nand neglected {', '.join(names[:-1])}{' and ' if names[1:] else ''}{names[-1]}"
