"""What was not chosen: under a heading of its own, in a key, struck out, or set aside in a sentence."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from onrecord.change.keyed import OPTIONS
from onrecord.change.told import chooses_with_reason, is_for_later, says_before, says_what_is_done, split_sentences
from onrecord.lazily import lazy_pattern
from onrecord.markdown import ListBlock, Paragraph, Span, plain
from onrecord.record.because import find_because
from onrecord.record.model import Option
from onrecord.record.nothing import denies_others
from onrecord.record.option_names import names_in_line
from onrecord.record.options import read_options
from onrecord.record.outline import Outline
from onrecord.record.placeholders import pieces
from onrecord.record.prose import none_considered
from onrecord.record.vocabulary import Vocabulary, fold


def _words(pattern: str) -> re.Pattern[str]:
    return lazy_pattern(pattern, re.IGNORECASE)


# Words that set an option aside in a record, and speak of requests, values or mistakes in a pull request.
_NOT_HERE = _words(
    r"neglect|reject|eschew|discard|(?<!alternatives )considered|considering|not chosen|ruled out|decided|could also|looked at"
)
_NOUN = _words(
    r"\balternatives?(?:\s*[,.:;)]|$|\s+(?:to|is|was|are|were|would|could|have|has|had|being|of|here|we|i|considered|that|for|and|"
    r"include|like|approach(?:es)?|solutions?|options?|ways?|fix(?:es)?|implementations?|designs?|proposals?|ideas?)\b)"
)
_OF_A_PROGRAM = _words(
    r"\b(?:adds?|added|adding|introduc\w{1,3}|exposes?|new|extra|removes?|supports?|documents?|pass(?:es)?|for|with|all|any)\s+"
    r"(?:an?\s+|the\s+)?(?:\w+\s+)?(?:another|other|more)\s+(?:\w+\s+)?options?\b|\balternative-\w|"
    r"\balternative (?:name|text|spelling|syntax|registr|format)|"
    r"^\W*(?:implement|add|creat|introduc|provid|offer|build|writ)\w*\s+(?:\w+\s+){0,4}alternatives?\s+(?:to|for)\b"
)
_WEIGHED = _words(
    r"\b(?:we|i)(?:['’]ve|['’]d| have| had| did)? (?:\w{2,12} ){0,2}(?:considered|thought about|thought of|contemplated|debated|weighed)\b|"
    r"\b(?:we|i)(?:['’]ve| have| had)? (?:decided|chose|chosen|opted) (?:not to|against)\b|\bdecided against\b|"
    r"\b(?:we|i|one) could (?:also|instead|alternatively|have)\b|\bit would (?:also )?(?:be|have been) possible\b|"
    r"\balternative to (?:#\d|https?:)|\blightweight alternative\b|\bbetter alternative\b"
)
_TRIED = _words(
    r"\b(?:we|i)(?:['’]ve| have| had)? (?:\w{2,12} )?(?:tried|explored|experimented with)\b[^\n]{0,300}\b(?:but|however)\b"
)
_GIVEN_UP = _words(  # what this change was before it became what it is
    r"\b(?:earlier|previous|first|initial|original) (?:version|iteration|revision|draft)s? of (?:this|my) "
    r"(?:pr|pull request|change|patch|branch|commit)\b|"
    r"\b(?:(?:my|our) (?:initial|earlier|first|original)|(?:an?|the) (?:initial|earlier)) (?:[\w-]+ ){0,3}"
    r"(?:design|approach|attempt|idea|plan|prototype|solution)\b[^\n]{0,200}"
    r"\b(?:but|however|hung|failed|broke|turned out|(?:did|does|was|would)(?:n['’]t| not))\b|"
    r"\b(?:we|i) (?:initially|originally|first|at first) (?:considered|thought (?:about|of)|planned|intended|attempted|implemented|went with)\b"
    r"[^\n]{0,300}\b(?:but|however)\b|"
    r"\b(?:we|i|one) (?:can|could)\b[^\n]{3,160}\bbut (?:it|that|this)(?:['’]s| is| was| felt| feels| seems| seemed| would be) "
    r"(?:\w+ ){0,3}(?:cleaner|clearer|easier|simpler|better|safer|harder|riskier|slower|overkill)\b|"
    r"\bconsidered,? (?:and|but|then) (?:\w+ ){0,2}(?:reject|discard|dismiss|drop|abandon|rule|decided)\w{0,3}\b|"
    r"\b(?:we|i)(?: did not|['’]ve not| have not| didn['’]t) (?:use|choose|pick|go (?:with|for)|opt for)\b[^\n]{0,200}\b(?:because|since)\b"
)
_NOT_MADE = _words(
    r"\b(?:instead of|rather than)\s+(?P<rival>(?:adding|introducing|implementing|building|maintaining|forking|pulling in|vendoring|"
    r"hand-?rolling)\s+(?:yet )?(?:an?|another|our own|my own|new|extra|additional|more)\s[^.,;:()]{3,160})"
)
_AND_SO = _words(r"\s*,\s*(?:we|i|this|it now|let)\b")
_CHOOSES = _words(
    r"\b(?:we|i)(?:['’]ve| have| had)? (?:\w+ly )?(?:decided|chose|opted|picked|went|settled|preferr?e?d?)\b"
)
_COMPARED = _words(
    r"\b(?:than|over|instead of|rather than)\s+(?!(?:time|the (?:next|last|past))\b)(?P<rival>[^.;:()]{3,200})"
)
_INSTEAD = _words(r"\b(?:instead of|rather than|in place of|as opposed to)\s+(?P<rival>[^.;:()]{3,200})")
_ANNOUNCES = _words(
    r"\b(?:(?:other|two|three|several|different|possible|alternative|considered|discarded) (?:\w+ )?(?:options|approaches|solutions|"
    r"possibilities|ideas)|alternatives(?: considered)?|options considered)\b[^.]{0,60}:?$"
)
_TOOK = _words(  # one of those that were listed
    r"\b(?:went|going|opted|chose|decided|picked|settled) (?:with |for |on )?(?:the )?(?:option |approach |number )?[#(]?"
    r"(?:(?P<number>\d{1,2})\b(?![.]\d|[ \t]+\w)|(?:first|second|third|former|latter|last)(?: (?:one|option|approach))?[,.;)])"
)
_ADVERB = _words(r"(?:just|only|simply|always|merely|blindly|directly)\s+")
_GERUND = _words(r"\w+ing\b")
_NAME_ENDS = _words(r"[,;.:()]|\s(?:because|since|as|which|so|and|but|to)\s")
_CLAUSE = _words(
    r",\s+(?=(?:which|who|whose|where|because|since|as|so|but|although|though|while|when|if|weil|da|denn|parce que|car|porque|perché|omdat)\b)"
)
_REASON = _words(r"\s*,\s*(?:which|as|so|but|while|and|to)\s|[\s,]+(?:as it|so that|due to)\s")
_STRUCK = lazy_pattern(r"~~(?!\s)(?P<text>[^~\n]{3,300}?)(?<!\s)~~")
_PRONOUNS = frozenset(("it", "this", "that", "them", "these", "those", "there", "here", "now", "before"))
_AMBIGUOUS = frozenset(("options", "option", "available options", "choices", "positions", "position", "candidates"))
MAX_TITLE, MAX_LISTED, MAX_TOLD = 160, 10, 6


class Rivals(NamedTuple):
    """The options other than the chosen one, as far as it is known; and why there was none, when that is said."""

    options: list[Option]
    none_reason: str | None


def read_rivals(outline: Outline, vocabulary: Vocabulary) -> Rivals:
    """Return the alternatives: those under their own heading first, then those told in passing."""
    outline = _without_options_of_a_program(outline)
    found = read_options(outline, vocabulary)
    if found.options or found.no_alternatives_reason:
        return Rivals(_with_taken(_with_clauses(found.options, outline), outline), found.no_alternatives_reason)
    told = _introduced(outline) or _told(outline, vocabulary) or _struck(outline)
    none = None if told else none_considered(outline, vocabulary)
    return Rivals(told, none and (none.plainly or none.in_passing))


def _with_clauses(options: list[Option], outline: Outline) -> list[Option]:
    """Return the options with what a line says about them: "Instead of: Redis, which nobody runs" names one option."""
    for i in outline.with_role(*OPTIONS):
        part = outline.parts[i]
        blocks = [block for k in outline.subtree(i) for block in outline.parts[k].blocks]
        block = blocks[0] if len(blocks) == 1 else None
        text = (
            " ".join(plain(block.text).split()) if isinstance(block, Paragraph) else part.inline if not blocks else ""
        )
        span = block.span if block else part.span
        clause = _CLAUSE.search(text)
        at = [k for k, option in enumerate(options) if option.span == span]
        if not clause or not at or len(text) > MAX_TITLE or len(split_sentences(text)) > 1:
            continue
        names = names_in_line(text[: clause.start()]) or [text[: clause.start()]]
        names[-1] = f"{names[-1]}, {text[clause.end() :].rstrip(' .')}"
        read = [options[at[0]]._replace(title=name, argued=True) for name in names]
        options = [*options[: at[0]], *read, *(o for k, o in enumerate(options) if k > at[-1])]
    return options


def _with_taken(options: list[Option], outline: Outline) -> list[Option]:
    """Return the options with the one that was taken by its number: "Went with 1)"."""
    took = _took(outline)
    number = int(took["number"] or 0) if took else 0
    if not 1 <= number <= len(options) or any(option.outcome != "undecided" for option in options):
        return options
    return [o._replace(outcome="chosen" if k == number else "rejected") for k, o in enumerate(options, 1)]


def _took(outline: Outline) -> re.Match[str] | None:
    texts = (plain(text) for part in outline.parts for text, _ in pieces(part.blocks))
    return next((match for text in texts if (match := _TOOK.search(text))), None)


def _without_options_of_a_program(outline: Outline) -> Outline:
    """Take the role of a heading "Options" away where none of them is taken: there it lists what a program accepts."""
    if any(part.role in ("decision", "alternatives") for part in outline.parts) or _took(outline):
        return outline
    parts = [p._replace(role=None) if fold(plain(p.title)) in _AMBIGUOUS else p for p in outline.parts]
    return outline._replace(parts=parts)


def _introduced(outline: Outline) -> list[Option]:
    """Return the items of a list that a paragraph announces: "There are two other options:"."""
    for part in outline.parts:
        for before, block in pairwise(part.blocks):
            if not (isinstance(before, Paragraph) and isinstance(block, ListBlock)):
                continue
            said = split_sentences(plain(before.text))[-1:]
            if said and _ANNOUNCES.search(said[0]) and not _OF_A_PROGRAM.search(said[0]):
                items = [pieces(item.blocks)[:1] for item in block.items]
                return [_rejected(plain(text), span) for first in items for text, span in first][:MAX_LISTED]
    return []


def _told(outline: Outline, vocabulary: Vocabulary) -> list[Option]:
    """Return what sentences set aside, the first of each paragraph."""
    found: list[Option] = []
    told: dict[str, str | None] = {}  # a list may say the same over and over
    for part in outline.parts:
        for text, span in pieces(part.blocks):
            if text not in told:
                names = (_set_aside(sentence, vocabulary) for sentence in split_sentences(plain(text)))
                told[text] = next((name for name in names if name), None)
            if name := told[text]:
                found.append(_rejected(name, span))
                if len(found) == MAX_TOLD:
                    return found
    return found


def _set_aside(sentence: str, vocabulary: Vocabulary) -> str | None:
    """Return the option that a sentence sets aside: its name where it can be told, else the sentence."""
    if sentence.endswith("?") or denies_others(sentence, vocabulary):
        return None
    if name := _named(sentence, vocabulary):
        return name
    if _OF_A_PROGRAM.search(sentence):
        return None
    if _GIVEN_UP.search(sentence):
        return sentence
    match = vocabulary.phrase("alternative").search(sentence)
    is_rival = match is not None and not _NOT_HERE.search(match[0])
    if is_rival and match and match[0].lower().endswith(("alternative", "alternatives")):
        is_rival = bool(_NOUN.search(sentence))  # "the alternative debug format" is no rival
    return sentence if is_rival or _WEIGHED.search(sentence) or _TRIED.search(sentence) else None


def _named(sentence: str, vocabulary: Vocabulary) -> str | None:
    """Return what a choice was preferred to: "Instead of Redis, …", "I decided on A, which is simpler than B"."""
    if sentence[:1].isupper() and (opening := vocabulary.phrase("instead_of").match(sentence)):
        name = _NAME_ENDS.split(sentence[opening.end() :].strip(), maxsplit=1)[0].strip()
        return name if _is_thing(name) else _not_made(sentence)
    strong = _CHOOSES.search(sentence)
    chooses = strong or vocabulary.phrase("decided").search(sentence)
    if chooses and not strong and is_for_later(sentence):
        return None
    if chooses:
        compared = _COMPARED.search(sentence, chooses.end())
    else:
        if made := _not_made(sentence):
            return made
        is_told = chooses_with_reason(sentence, vocabulary)
        compared = _INSTEAD.search(sentence) if is_told else None
    name = _without_reason(compared["rival"], vocabulary) if compared else ""
    if not name or fold(name) in _PRONOUNS:
        return None
    return name if strong or _is_thing(name) else _not_made(sentence)


def _not_made(sentence: str) -> str | None:
    """Return what a change does not add: "We reuse A rather than adding another B"; what is not there was no way so far."""
    match = _NOT_MADE.search(sentence)
    if not match or says_before(sentence[: match.start()]):
        return None
    acts = _AND_SO.match(sentence, match.end()) if not match.start() else says_what_is_done(sentence)
    return match["rival"].strip() if acts else None


def _without_reason(rival: str, vocabulary: Vocabulary) -> str:
    """Return a rival's name without the reason behind it: "Redis, because …"."""
    ends = [match.start() for match in (find_because(rival, vocabulary), _REASON.search(rival)) if match]
    return rival[: min(ends, default=len(rival))].rstrip(" ,")


def _is_thing(name: str) -> bool:
    """Tell whether words name a thing; "instead of checking …" tells what was done so far."""
    return len(name) >= 2 and fold(name) not in _PRONOUNS and not _GERUND.match(_ADVERB.sub("", name.strip()))


def _struck(outline: Outline) -> list[Option]:
    """Return what is struck out inside a decision: the design that was given up."""
    for i in outline.with_role("decision"):
        for text, span in pieces(outline.parts[i].blocks):
            if match := _STRUCK.search(text):
                return [_rejected(plain(match["text"]), span, argued=False)]
    return []


def _rejected(text: str, span: Span, argued: bool = True) -> Option:
    name = text if len(text) <= MAX_TITLE else text[: text.rfind(" ", 0, MAX_TITLE)] + " …"
    return Option(name, "rejected", argued, span)
