"""An option's name and outcome, as they stand in a heading, a list item, a cell or a line."""

from __future__ import annotations

import re

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Span, plain
from onrecord.record.choice import LABEL, SHORT_LABEL
from onrecord.record.model import Option, Outcome
from onrecord.record.vocabulary import fold, strip_symbols

_TITLE_END = lazy_pattern(
    r":\s|\s[-–—]\s|(?<!e\.g)(?<!i\.e)(?<!z\.B)(?<!etc)(?<!vs)\.\s|\s\(|\n|;\s|:$|,\s(?:because|which|but)\b"
)
BOLD_LEAD = lazy_pattern(r"^(?:\*\*|__)(?P<title>[^*_]{1,160})(?:\*\*|__)")
_OUTCOME_MARK = lazy_pattern(
    r"[(\[（［]\s*(?P<word>chosen|selected|accepted|recommended|preferred|winner|our choice|rejected|discarded|not chosen|not selected|gewählt|verworfen|retenue?|rejetée?|elegida|escolhida|scelta|不?採用|却下|不?采用|已采纳|채택|기각)\b[^)\]）］]*[)\]）］]|(?P<tick>✅|✔|☑|🏆)|(?P<cross>❌|✗|✘|🚫)",
    re.IGNORECASE,
)
_REJECTING = lazy_pattern(
    r"reject|discard|not |no\b|verworfen|abgelehnt|rejet|descart|scart|отклон|却下|不採用|不采用|拒绝|기각|❌|✗|✘",
    re.IGNORECASE,
)
_CHOOSING = lazy_pattern(
    r"chosen|select|accept|adopt|winner|yes\b|gewählt|reten|elegid|escolhid|scelt|выбран|採用|采用|채택|✅|✔",
    re.IGNORECASE,
)
_TOLD = lazy_pattern(
    r"(?:(?:this|it|that)(?: (?:option|alternative|approach|idea|solution|one))?\s+(?:(?:is|was|has been|got)\s+)?(?:therefore |also )?)?"
    r"(?:(?P<rejected>rejected|discarded|dismissed|ruled out|not (?:chosen|selected|taken|adopted|accepted))|(?P<chosen>accepted|chosen|selected|adopted))"
    r"(?=\s*[.:,;–—-]|\s+(?:as|because|since|due|in|for|by|on|with|and|but)\b|\s*$)",
    re.IGNORECASE,
)
_TOLD_WORD = lazy_pattern(r"reject|discard|dismiss|ruled out|not |accepted|chosen|selected|adopted", re.IGNORECASE)
_CLAUSE = lazy_pattern(
    r"(?:because|since|as|so|but|which|who|whose|that|where|when|while|if|although|though|weil|da|denn|aber|parce|car|puisque|mais|"
    r"porque|pois|pero|mas|perché|poiché|ma|omdat|want|maar|ponieważ|ale|потому|так как|но)\b|qu['’]"
)
_COUNT_IN_LINE = lazy_pattern(r"(?:^|(?<=[\s.;,]))\(?\d{1,2}[.)]\s+")
# Headings and bold lines among options that weigh them, and are none themselves.
_WEIGHS = lazy_pattern(
    r"(?:pros?|cons?|pros?\s*(?:and|&|/|e|y|et|und)\s*cons?|(?:dis)?advantages?|benefits|drawbacks|vorteile?|nachteile?|"
    r"avantages?|inconvénients?|ventajas?|desventajas?|vantage(?:m|ns)|desvantage(?:m|ns)|contras?|prós|vantaggi|svantaggi|"
    r"voordelen|nadelen|zalety|wady|плюсы|минусы|преимущества|недостатки|メリット|デメリット|利点|欠点|优点|缺点|장점|단점|"
    r"(?:summary|comparison|comparativ[ao]|comparación|comparação|comparaison|vergleich|confronto|сравнение|比較|比较)\b.*|"
    r".*\b(?:comparison|matrix|matriz))",
    re.IGNORECASE,
)
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


def weighs_options(title: str) -> bool:
    """Tell whether a heading speaks of options without naming one: "Pros", "Comparison of costs", "Decision matrix"."""
    return _WEIGHS.fullmatch(fold(strip_symbols(plain(title)))) is not None


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


def outcome_told(text: str) -> Outcome | None:
    """Return the outcome that a text about one option begins with: "Rejected: …", "This was accepted, as …"."""
    line = text.strip().split("\n", 1)[0]
    match = _TOLD.match(plain(line).lstrip(" .:-–—*_")) if _TOLD_WORD.search(line[:80]) else None
    if not match:
        return None
    return "rejected" if match["rejected"] else "chosen"


def is_clause(text: str) -> bool:
    """Tell whether a text goes on with what a name is said to be or do: "because …", "which …"."""
    return _CLAUSE.match(text) is not None


def names_in_line(text: str) -> list[str]:
    """Split "Redis, Memcached and Hazelcast": only short names, never a sentence."""
    if ":" in text or text.rstrip().endswith("?"):
        return []
    names = [
        n.strip(" .")
        for n in re.split(r"\s*[,;、，；]\s*|\s+(?:and|or|vs\.?|und|oder|et|ou|y|o|e)\s+", text)
        if n.strip(" .")
    ]
    if any(is_clause(name) for name in names):
        return []
    return names if len(names) >= 2 and all(len(n.split()) <= 6 for n in names) else []


def names_in_cell(text: str, span: Span) -> list[Option]:
    """Return the options named in one table cell, as in a Tyree-Akerman table's Positions: "A, B" or "1. A. 2. B."."""
    shown = plain(text.replace("<br>", ", "))
    counted = [part.strip(" .;,") for part in _COUNT_IN_LINE.split(shown) if part.strip(" .;,")]
    names = counted if len(counted) >= 2 and _COUNT_IN_LINE.match(shown) else names_in_line(shown) or [shown]
    return [Option(option_title(name, whole=True), "undecided", False, span) for name in names if name]
