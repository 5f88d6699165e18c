"""From a pull request's description, or a commit's message, to the parts of a record: the author's words and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.change.author import own_words_of
from onrecord.change.automation import is_machine
from onrecord.change.keyed import OPTIONS
from onrecord.change.template import known_lines
from onrecord.change.told import split_sentences
from onrecord.draft.content import Choice, Content
from onrecord.draft.entered import as_name, as_text
from onrecord.draft.promote_decides import decides, is_complete, is_unsure, says_in_three, says_what_it_does
from onrecord.draft.promote_rivals import choices_of
from onrecord.draft.promote_title import title_of
from onrecord.draft.promote_words import first_showing, words_of, words_of_part
from onrecord.markdown import ListBlock, plain
from onrecord.record.because import because_in
from onrecord.record.outline import read_outline
from onrecord.record.people import read_people
from onrecord.record.placeholders import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.change import Judged
    from onrecord.record.outline import Outline
    from onrecord.record.vocabulary import Vocabulary

NO_DECISION = (
    "no decision is stated here. A line such as “Decision: …, because …” in the description says it, and then it can"
    " become a record"
)
TITLE_ALONE = "only the title tells what was done" + NO_DECISION.removeprefix("no decision is stated here")
BY_TITLE = "only the title tells what was decided; the record proposes it, in these words"
_ITSELF = re.compile(
    r"(?:(?:this|it)(?: \w+)? is )?(?:an )?alternative to\b", re.IGNORECASE
)  # says what the change is itself
_REACHES = 300  # words before the first heading that are taken for the context
_FEWEST = 5  # words of them


class Happened(NamedTuple):
    """What became of a change: the day it was merged (ISO, UTC; empty when it was not), and whether names are logins."""

    merged: str = ""
    logins: bool = True


class Refusal(NamedTuple):
    """Why there is nothing to write, in words."""

    kind: Literal["no-decision", "waived"]
    sentence: str


class _Told(NamedTuple):
    """The decision in its parts; empty where it does not tell them apart.

    `is_plain` tells that it is called a decision; else a sentence only says what the change does.
    """

    decision: str
    chosen: str = ""
    because: str = ""
    is_plain: bool = True


def content_of(
    judged: Judged,
    happened: Happened,
    day: str,
    vocabulary: Vocabulary,
    templates: tuple[str, ...] = (),
    by_title: bool = False,
) -> Content | Refusal:
    """Return what a change says of its decision, or why that is nothing; `day` is today, for what is not merged.

    The change is to be one that `shown_of` gave back. Whatever was not said stays empty. `by_title` tells that a person
    says that there is a decision: then a title that alone tells it is enough, for a proposal.
    """
    change, description = judged.change, judged.description
    if description.waived is not None:
        reason = f": “{description.waived}”" if description.waived else ""
        return Refusal("waived", f"the author says that there is no decision here{reason}")
    own = own_words_of(change.body, vocabulary, known_lines(templates))
    outline = read_outline(own.document, vocabulary)
    told = _told(judged, outline, vocabulary, by_title)
    title = title_of(change.title) or (as_name(told.decision)[:80] if told else "")
    if told is None and by_title and description.from_title and title:
        told = _Told(title, is_plain=False)
    if told is None or not title:
        return Refusal("no-decision", TITLE_ALONE if description.from_title else NO_DECISION)
    deciders = _deciders(judged, happened, vocabulary)
    said = description.decision.text if description.decision else ""
    rivals = [one for one in description.alternatives if one.title != said and not _ITSELF.match(one.title)]
    choices = choices_of(rivals, outline, _prose(outline), vocabulary)
    if told.chosen and choices:
        choices = (Choice(told.chosen, "chosen"), *choices)
    is_decided = told.is_plain and bool(happened.merged) and any(_is_person(name) for name in deciders)
    return Content(
        title,
        status="accepted" if is_decided else "proposed",
        date=happened.merged or day,
        decision_makers=deciders,
        authors=_shown(change.author, happened, vocabulary),
        pulls=(f"#{change.number}",) if change.number else (),
        context=_sections(outline, ("context",), vocabulary)
        or _beside((told.decision, told.chosen, told.because, *_around(choices, deciders)), _lead(outline, vocabulary)),
        choices=choices,
        no_alternatives="" if choices else as_text(description.no_alternatives_reason or ""),
        chosen=told.chosen,
        decision=told.decision,
        because=told.because,
        consequences=_sections(outline, ("consequences",), vocabulary),
        is_reasoned=_is_reasoned(told, judged),
    )


def lighter(content: Content) -> Iterator[tuple[Content, tuple[str, ...]]]:
    """Give the content, then with less and less of what is not the decision itself, and the names of what was left out."""
    yield content, ()
    yield content._replace(consequences=""), ("consequences",)
    yield content._replace(context=""), ("context",)
    content = content._replace(context="", consequences="")
    yield content, ("context", "consequences")
    bare = tuple(choice._replace(body="", behind="") for choice in content.choices)
    yield content._replace(choices=bare), ("context", "consequences", "what was said of the alternatives")


def _told(judged: Judged, outline: Outline, vocabulary: Vocabulary, is_meant: bool) -> _Told | None:
    """Return the decision where it is marked as one, or where a sentence says that it was taken; None for a mere hint.

    Where somebody says that there is one (`is_meant`), or the team's rules ask for it and all of it is there, a hint is enough.
    """
    decision = judged.description.decision
    if decision is None or judged.description.from_title:
        return None
    if judged.description.stated and (marked := _marked(decision.text, outline, vocabulary)):
        reasons = (words_of_part(outline, at, vocabulary, frozenset()) for at in outline.with_role("rationale"))
        reason = as_text(_joined(reasons))
        return _apart(marked, decision.chosen_option, reason, vocabulary)
    is_sure = not is_unsure(decision.text)
    is_plain = is_sure and (decides(decision.text, vocabulary) or says_in_three(judged.description))
    is_answer = judged.facts["asks"] and is_complete(judged.description)
    if not (is_plain or is_answer or (is_sure and (is_meant or says_what_it_does(decision.text)))):
        return None
    sentence = _in_source(decision.text, outline)
    return _apart(sentence, None, "", vocabulary)._replace(is_plain=is_plain) if sentence else None


def _is_reasoned(told: _Told, judged: Judged) -> bool:
    """Tell whether the reason stands in the decision's own words, and nowhere else."""
    reason = judged.description.decision.justification if judged.description.decision else None
    return bool(reason) and not told.because and _is_in(reason or "", told.decision)


def _marked(text: str, outline: Outline, vocabulary: Vocabulary) -> str:
    """Return the Markdown of the part or parts that a marked decision was read from; empty where it is not marked."""
    parts = outline.with_role("decision")
    found = [words_of_part(outline, at, vocabulary, frozenset(("decision",))) for at in parts]
    found = [one for one in found if one]
    whole = _joined(found)
    exact = first_showing((whole, *found), text)
    return as_text(exact or (text if found and _is_in(text, whole) else ""))


def _joined(texts: Iterable[str]) -> str:
    """Return several texts as one: a list where each is a line, such as the cells of a column."""
    found = [text for text in texts if text]
    is_list = len(found) > 1 and all("\n" not in text for text in found)
    return "\n".join(f"- {text}" for text in found) if is_list else "\n\n".join(found)


def _is_in(text: str, whole: str) -> bool:
    """Tell whether all words of a text stand in another one in this order, one behind the other."""
    wanted, there = (" ".join(re.findall(r"\w+", plain(one).casefold())) for one in (text, whole))
    return bool(wanted) and wanted in there


def _in_source(sentence: str, outline: Outline) -> str:
    """Return a sentence with its Markdown, as it stands in the description; empty where it is not there as it is shown."""
    for part in outline.parts:
        for text, _ in pieces(part.blocks):
            for one in split_sentences(" ".join(text.split())):
                if plain(one) == sentence:
                    return as_text(one)
            if sentence in split_sentences(plain(text)):
                return as_text(sentence)
    return ""


def _apart(text: str, chosen: str | None, reason: str, vocabulary: Vocabulary) -> _Told:
    """Tell decision, option and reason apart, where one sentence holds them; the words stay as they are."""
    if reason or "\n" in text or len(split_sentences(text)) > 1:
        return _Told(text, "", reason)
    words = because_in(text, vocabulary)
    because = next((match for match in words if match[0].casefold() != "as it"), None)  # "it" is a part of the reason
    halves = (text[: because.start()], text[because.end() :]) if because else ("", "")
    if because is None or not all(len(half.split()) > 1 and _is_closed(half) for half in halves):
        return _Told(text)
    if (
        chosen
        and (phrase := vocabulary.phrase("chosen_option").search(text))
        and not text[: phrase.start()].strip(" *_")
    ):
        return _Told("", as_name(chosen), text[because.end() :].strip(" :,"))
    return _Told(text[: because.start()].rstrip(" ,;:–—-"), "", text[because.end() :].strip(" :,"))


def _is_closed(text: str) -> bool:
    """Tell whether no mark that opens in a text ends behind it: bold, code, a link."""
    return not (text.count("**") % 2 or text.count("`") % 2) and text.count("[") == text.count("]") and text.count("(") == text.count(")")  # fmt: skip


def _sections(outline: Outline, roles: tuple[str, ...], vocabulary: Vocabulary) -> str:
    found = (words_of_part(outline, at, vocabulary, frozenset(roles)) for at in outline.with_role(*roles))
    return as_text("\n\n".join(filter(None, found)))


def _lead(outline: Outline, vocabulary: Vocabulary) -> str:
    """Return the first paragraphs before any heading: what a description opens with is what it is about."""
    found: list[str] = []
    if all(isinstance(block, ListBlock) for block in outline.parts[0].blocks):
        return ""  # the commits that were squashed, or what was done: it says nothing of why
    for one in words_of(outline.parts[0].blocks, vocabulary):
        if sum(len(text.split()) for text in (*found, one)) > _REACHES:
            break
        found.append(one)
    text = as_text("\n\n".join(found))
    return text if len(plain(text).split()) >= _FEWEST else ""


def _beside(told: Iterable[str], text: str) -> str:
    """Return a text where it says more than what is told elsewhere."""
    said = set(re.findall(r"\w+", plain(" ".join(told)).casefold()))
    more = [word for word in re.findall(r"\w+", plain(text).casefold()) if word not in said]
    return text if len(more) >= _FEWEST else ""


def _around(choices: Iterable[Choice], deciders: Iterable[str]) -> Iterator[str]:
    """Give what the other parts of a record say, with the words that lead to it."""
    yield "because instead of owner decided by"
    yield from (f"{one.title} {one.behind}" for one in choices)
    yield from deciders


def _prose(outline: Outline) -> str:
    parts = (part for part in outline.parts if part.role not in OPTIONS)
    return "\n".join(plain(text) for part in parts for text, _ in pieces(part.blocks))


def _deciders(judged: Judged, happened: Happened, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return who decided: whoever is named, else the people who approved, else the author where that is a person."""
    change = judged.change
    if judged.description.owner:
        return tuple(read_people(judged.description.owner, vocabulary)[0][:1])
    approvers = [name for name in change.approvers if name != change.author and not is_machine(name)]
    if approvers:
        return tuple(dict.fromkeys(one for name in approvers for one in _shown(name, happened, vocabulary)))
    is_person = not (change.is_bot or judged.facts["bot"] or is_machine(change.author))
    return _shown(change.author, happened, vocabulary) if is_person else ()


def _is_person(name: str) -> bool:
    """Tell whether a name may be somebody's: no program's, and no team's handle."""
    return not is_machine(name) and not (name.startswith("@") and "/" in name)


def _shown(name: str, happened: Happened, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return a name as readers of a record take it; nothing for one that names nobody."""
    if happened.logins and re.fullmatch(r"[\w-]+(?:\[bot\])?", name):
        return (f"@{name}",)
    return tuple(read_people(name, vocabulary)[0][:1])
