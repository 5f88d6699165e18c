"""Does a description give a reason?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.change.said import Said, count_words
from onrecord.lazily import lazy_pattern
from onrecord.record.body import read_slot

if TYPE_CHECKING:
    from onrecord.record.outline import Outline
    from onrecord.record.vocabulary import Vocabulary

# Length tells a reason better than any cue word does; a short text needs one. F1 .88 on 99 pull requests (readers: .93).
ENOUGH, WITH_CUE, BELOW_HEADING = 25, 6, 4  # words
_CUE = lazy_pattern(
    r"\b(?:because|since|as (?:it|they|this|that|these|those|the|we|i|there|you|of)|due to|so|in order to|"
    r"to (?:allow|avoid|enable|ensure|prevent|make|support|reduce|improve|help|let|keep|fix|get)|which|reason|otherwise|"
    r"fail\w{0,4}|bug|error|issue|problem|currently|previously|no longer|unused|not needed|instead|would|should|need(?:s|ed)?|"
    r"want|allows?|enables?|makes?|means|helps?|without|easier|better|intended|useful|clarity|avoids?|saves?|prevents?|"
    r"fixes (?:an?|the)|worth|regressions?|incorrect\w{0,2}|accidental\w{0,2}|mistaken\w{0,2}|wrong\w{0,2}|broken|"
    r"temporar(?:y|ily)|unnecessary|redundant|simpler|cleaner|faster|confus\w{1,4}|(?:does|do|is|was|are|were)(?:n['’]t| not))\b",
    re.IGNORECASE,
)


def gives_reason(said: Said, outline: Outline, vocabulary: Vocabulary) -> bool:
    """Tell whether the author says why, outside sections on tests and screenshots."""
    if said.telling >= ENOUGH:
        return True
    text = "\n".join(said.sentences)
    if said.telling >= WITH_CUE and (_CUE.search(text) or vocabulary.phrase("because").search(text)):
        return True
    return count_words(read_slot(outline, ("rationale",), vocabulary).text) >= BELOW_HEADING
