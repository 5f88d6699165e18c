"""“No decision here, because …”: the author says that there is nothing to write down, or ticks that there is."""

from __future__ import annotations

from onrecord.change.keyed import read_key
from onrecord.change.told import split_sentences
from onrecord.lazily import lazy_pattern
from onrecord.markdown import Document, plain
from onrecord.record.nothing import EDGES, MARK, behind_absent, ends_or_explains, without_because
from onrecord.record.outline import Part
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import Vocabulary, fold

_LEAD = lazy_pattern(r"\W{0,6}")
_LEFT_OPEN = lazy_pattern(r"[<\[{(][^<>\[\]{}()]*[>\]})]")
_DOTS = lazy_pattern(r"…|\.\.\.")
WRAPPED = 60  # columns; a shorter line was not broken by a machine


def read_waiver(document: Document, ticked: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    """Return the reason of a waiver, empty when it gives none; None when there is no waiver.

    It may be a line, a bullet, a ticked box, a heading with the reason below it, or `Decision: none, because …`.
    """
    read = (_reason_in(text, vocabulary) for text in _candidates(document, ticked, vocabulary))
    reasons = [reason for reason in read if reason is not None]
    return next((reason for reason in reasons if reason), "" if reasons else None)


def holds_decision(ticked: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    """Return what stands behind a ticked "This PR contains a decision", empty when nothing does; None: no such box."""
    for text in ticked:
        shown = _from_first_word(plain(text))
        if match := vocabulary.phrase("holds_decision").match(shown):
            rest = shown[match.end() :]
            return rest.strip(EDGES) if MARK.match(rest) else ""
    return None


def is_none(decision: str, vocabulary: Vocabulary) -> bool:
    """Tell whether what stands as the decision says that there is none ("none, because …", "no decision here: …")."""
    return _behind_none(_from_first_word(decision), vocabulary) is not None


def waives(part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether what stands in a part marked as the decision says that there is none: at its start, or in a sentence."""
    texts = [part.inline, *(plain(text) for text, _ in pieces(part.blocks))]
    first, *others = [sentence for text in texts for sentence in split_sentences(text)] or [""]
    return is_none(first, vocabulary) or any(_says_none(one, vocabulary) for one in others)


def _candidates(document: Document, ticked: tuple[str, ...], vocabulary: Vocabulary) -> list[str]:
    out: list[str] = []
    for section in document.sections:
        texts = [text for text, _ in pieces(section.blocks)]
        if section.title:
            out.append(f"{section.title}: {texts[0] if texts else ''}")
        out += texts
        for text in texts:  # "It is a repair. No decision here, because …"
            keyed = read_key(text, vocabulary)
            if (keyed.role if keyed else vocabulary.role(section.title)) == "decision":
                out += split_sentences(plain(text))[1:]
    return list(dict.fromkeys((*out, *(" ".join(text.split()) for text in ticked))))  # many may say the same


def _reason_in(text: str, vocabulary: Vocabulary) -> str | None:
    """Read the lines of one paragraph; a reason may go on in the lines below."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        behind = _behind_waiver(_from_first_word(plain(line)), vocabulary)
        if behind is None:
            continue
        below = lines[i + 1] if i + 1 < len(lines) else ""
        wrapped = (len(line) >= WRAPPED or below[:1].islower()) and not line.rstrip().endswith(".")
        opened = behind.rstrip().endswith((":", "：")) or without_because(behind, vocabulary) == ""
        if wrapped or (opened and not _DOTS.search(behind)):
            behind = " ".join([behind, *map(plain, lines[i + 1 :])])
        return _reason(behind, vocabulary)
    return None


def _behind_waiver(line: str, vocabulary: Vocabulary) -> str | None:
    """Return what stands behind "No decision here", with its comma or "because"; None when a sentence goes on."""
    if vocabulary.phrase("no_decision").match(line):
        return _behind_waiver_words(line, vocabulary)
    keyed = read_key(line, vocabulary)
    if keyed is None or keyed.role != "decision":
        return None
    return _behind_none(_from_first_word(keyed.value), vocabulary)


def _behind_none(value: str, vocabulary: Vocabulary) -> str | None:
    """Return what stands behind "none" or "no decision here" in what is marked as the decision."""
    behind = _behind_waiver_words(value, vocabulary)
    return behind_absent(value, vocabulary) if behind is None else behind


def _behind_waiver_words(text: str, vocabulary: Vocabulary) -> str | None:
    match = vocabulary.phrase("no_decision").match(text)
    return text[match.end() :] if match and ends_or_explains(text[match.end() :], vocabulary) else None


def _says_none(sentence: str, vocabulary: Vocabulary) -> bool:
    return _behind_waiver(_from_first_word(sentence), vocabulary) is not None


def _reason(behind: str, vocabulary: Vocabulary) -> str:
    text = MARK.sub("", behind, count=1) if MARK.match(behind) else behind
    explained = without_because(text, vocabulary)
    text = (text if explained is None else explained).strip(EDGES)
    unsaid = is_unfilled(text, vocabulary) or fold(text) in vocabulary.absent or _LEFT_OPEN.fullmatch(text)
    return "" if unsaid else text


def _from_first_word(shown: str) -> str:
    if not shown[:1].isalnum() and (lead := _LEAD.match(shown)):
        shown = shown[lead.end() :]
    return shown.replace("’", "'")
