"""An option's name and outcome, as they stand in a heading, a list item, a cell or a line."""

from __future__ import annotations

import re

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Span, plain
from onrecord.record.choice import LABEL, SHORT_LABEL
from onrecord.record.model import Option, Outcome
from onrecord.record.vocabulary import strip_symbols

_TITLE_END = lazy_pattern(
    r":\s|\s[-–—]\s|(?<!e\.g)(?<!i\.e)(?<!z\.B)(?<!etc)(?<!vs)\.\s|\s\(|\n|;\s|:$|,\s(?:because|which|but)\b"
)
BOLD_LEAD = lazy_pattern(r"^(?:\*\*|__)(?P<title>[^*_]{1,160})(?:\*\*|__)")
_OUTCOME_MARK = lazy_pattern(
    r"[(\[]\s*(?P<word>chosen|selected|accepted|recommended|preferred|winner|our choice|rejected|discarded|not chosen|not selected|gewählt|verworfen|retenue?|rejetée?|elegida|escolhida|scelta)\b[^)\]]*[)\]]|(?P<tick>✅|✔|☑|🏆)|(?P<cross>❌|✗|✘|🚫)",
    re.IGNORECASE,
)
_REJECTING = lazy_pattern(
    r"reject|discard|not |no\b|verworfen|abgelehnt|rejet|descart|scart|отклон|却下|拒绝|기각|❌|✗|✘", re.IGNORECASE
)
_CHOOSING = lazy_pattern(
    r"chosen|select|accept|adopt|winner|yes\b|gewählt|reten|elegid|escolhid|scelt|выбран|採用|采用|채택|✅|✔",
    re.IGNORECASE,
)
_COUNT_IN_LINE = lazy_pattern(r"(?:^|(?<=[\s.;,]))\(?\d{1,2}[.)]\s+")
MAX_TITLE = 160


def option_title(source: str, whole: bool = False) -> str:
    """Return an option's name: the bold lead or the words before the first colon, dash or full stop."""
    lead = BOLD_LEAD.match(source.strip())
    text = plain(lead["title"] if lead and not whole else source)
    text = _OUTCOME_MARK.sub("", strip_symbols(text)).strip(" .:-–—*")
    label = LABEL.match(text) or SHORT_LABEL.match(text)
    head, rest = (text[: label.end()], text[label.end() :]) if label else ("", text)
    if not whole and not lead and (end := _TITLE_END.search(rest)) and end.start() > 1:
        rest = rest[: end.start()]
    return (head + rest).strip(" .:-–—")[:MAX_TITLE]


def outcome_in(source: str) -> Outcome | None:
    """Return the outcome that a mark in the text gives: "(chosen)", "(rejected)", a tick, a cross."""
    match = _OUTCOME_MARK.search(source)
    if not match:
        return None
    if match["tick"]:
        return "chosen"
    if match["cross"]:
        return "rejected"
    return outcome_word(match["word"])


def outcome_word(text: str) -> Outcome | None:
    """Return the outcome a word of a verdict column means."""
    if _REJECTING.search(text):
        return "rejected"
    return "chosen" if _CHOOSING.search(text) else None


def names_in_line(text: str) -> list[str]:
    """Split "Redis, Memcached and Hazelcast": only short names, never a sentence."""
    if ":" in text or text.rstrip().endswith("?"):
        return []
    names = [
        n.strip(" .")
        for n in re.split(r"\s*[,;、，；]\s*|\s+(?:and|or|vs\.?|und|oder|et|ou|y|o|e)\s+", text)
        if n.strip(" .")
    ]
    return names if len(names) >= 2 and all(len(n.split()) <= 6 for n in names) else []


def names_in_cell(text: str, span: Span) -> list[Option]:
    """Return the options named in one table cell, as in a Tyree-Akerman table's Positions: "A, B" or "1. A. 2. B."."""
    shown = plain(text.replace("<br>", ", "))
    counted = [part.strip(" .;,") for part in _COUNT_IN_LINE.split(shown) if part.strip(" .;,")]
    names = counted if len(counted) >= 2 and _COUNT_IN_LINE.match(shown) else names_in_line(shown) or [shown]
    return [Option(option_title(name, whole=True), "undecided", False, span) for name in names if name]
