"""Does a sentence of a description say that something was decided, or only what the change does?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.change.told import chooses_with_reason

if TYPE_CHECKING:
    from onrecord.change import Judged
    from onrecord.change.body import Description
    from onrecord.record.vocabulary import Vocabulary

_CHOSE = re.compile(
    r"\b(?:we|i|team)(?:['’]ve| have)? (?:\w+ly )?(?:decided|chose|chosen|opted|agreed|settled on|went with|picked)\b"
    r"|\b(?:was|been) decided\b",
    re.IGNORECASE,
)
# How a sentence begins that says what the change does, and no more; "only", "also" and "just" begin a remark.
_DOES = re.compile(
    r"(?:(?:now|here),? )?(?:(?:this|the) (?:pr|pull request|change|commit|patch) (?:now |therefore )?|(?:we|i) now "
    r"|(?:instead|so|therefore|hence),? we (?:now )?)"
    r"(?!(?:is|are|was|were|am|be|can|could|would|will|should|may|might|must|do|does|did|had|have|has|got|gets?|sees?|saw|needs?|"
    r"wants?|thinks?|tried|try|tries|found|noticed|happens|fails?|crash\w*|looks?|seems?|hopes?|fix\w*|tests?|closes?|runs?|only|"
    r"just|also|merely|simply|goes|depends?|builds|follows)\b)[a-z]+(?<!ed)\b(?! (?:that|them|those|these|it|this)\b)",
    re.IGNORECASE,
)
_INTENDS = re.compile(
    r"(?:we|i)(?:['’]ll|['’]re| will| shall| should| are| need| must| can| could| use| recommend|['’]d)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|whether|unless|had|maybe|perhaps|thought|wonder\w*|suggest\w*|propos\w+|general view|not sure|unsure|until)\b|\?\s*\Z",
    re.IGNORECASE,
)
_WILL = re.compile(r"(?:(?:so|therefore|hence),? )?we(?:['’]ll| will|['’]re going to| are going to)\b", re.IGNORECASE)


def states_decision(judged: Judged, vocabulary: Vocabulary) -> bool:
    """Tell whether a change calls something its decision, beyond saying what it does."""
    description = judged.description
    if description.decision is None or description.from_title:
        return False
    return description.stated or decides(description.decision.text, vocabulary) or says_in_three(description)


def decides(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence says that a decision was taken: "We decided …", "A instead of B, because …"."""
    if _CHOSE.search(sentence) or chooses_with_reason(sentence, vocabulary):
        return True
    return bool(vocabulary.phrase("decided").match(sentence) and not _INTENDS.match(sentence))


def says_in_three(description: Description) -> bool:
    """Tell whether sentences say all that is asked for: "We will …", instead of what, and why or who owns it."""
    decision = description.decision
    if decision is None or description.from_title or not _WILL.match(decision.text) or is_unsure(decision.text):
        return False
    return is_complete(description) and bool(decision.justification or description.owner)


def is_complete(description: Description) -> bool:
    """Tell whether a decision stands there with what it was chosen over, as `onrecord pr` takes for stated."""
    return bool(description.decision and (description.alternatives or description.no_alternatives_reason))


def is_unsure(sentence: str) -> bool:
    """Tell whether a sentence asks, supposes or suggests."""
    return _UNSURE.search(sentence) is not None


def says_what_it_does(sentence: str) -> bool:
    """Tell whether a sentence begins with what the change does: "This PR replaces …"."""
    return _DOES.match(sentence) is not None
