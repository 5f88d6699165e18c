"""waiver-unreasoned: "no decision here", without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.markdown import Span
from onrecord.rules.model import ChangeSubject, Example, Hit, Rule, Severity, quote

WORDS = 3
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # Thai, Lao, Japanese, Chinese


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    facts = subject.facts
    reason = facts["waived"]
    if not facts["asks"] or reason is None or facts["covered"] or _count_words(reason) >= WORDS:
        return
    said = f"and the only reason is {quote(reason)}" if reason else "and gives no reason"
    yield "", Hit(Span(1, 1), f"the description says that there is no decision here, {said}")


def _count_words(text: str) -> int:
    """Count words in any language; where words are not set apart, two signs are about one."""
    return sum(max(1, len(_UNSPACED.findall(word)) // 2) for word in _WORD.findall(text))


RULE = Rule(
    id="waiver-unreasoned",
    scope="change",
    severity=Severity.WARNING,
    summary="The pull request waives the decision it was asked for, and gives no reason.",
    why="The reason is what tells a waiver from a click, and what shows a team which of its own rules ask in vain.",
    help="Complete the sentence, for example: “No decision here, because only a label changes.”",
    check_change=_check,
    good=(
        Example("Three words.", "No decision here, because only labels change.\n", labels=("decision",)),
        Example("Any language.", "No decision here: ラベルの文言だけを変更\n", labels=("decision",)),
        Example("Nobody asked.", "No decision here.\n"),
    ),
    bad=(
        Example("No reason.", "No decision here.\n", labels=("decision",)),
        Example("A reason that says nothing.", "No decision here, because trivial.\n", labels=("decision",)),
        Example("The template's dots.", "No decision here, because …\n", labels=("decision",)),
    ),
)
