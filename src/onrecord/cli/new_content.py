"""What `onrecord new` was told with flags, as the parts of a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.cli.common import iso_date
from onrecord.cli.main import UsageFault
from onrecord.draft.content import Choice, Content, Task
from onrecord.draft.entered import as_name, as_text
from onrecord.log.references import follow
from onrecord.record import DecisionRecord
from onrecord.record.edit.wording import mention_of
from onrecord.record.option_names import option_title
from onrecord.record.people import read_people
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from onrecord.cli.new_text import LogAround
    from onrecord.record.vocabulary import Vocabulary

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_REASON = re.compile(r"(?::|\s[-–—]|[;.])\s+\w|,\s(?:because|which|but)\b")
_SHORT = 12  # letters, as the reader of options counts them
_TASK = re.compile(r"(?:(?P<who>[^:]{1,60}):\s+)?(?P<what>.*?)(?:\s*\((?:due|until|by)\s+(?P<due>[^()]+)\))?\s*")


def content_of(options: argparse.Namespace, log: LogAround, day: str) -> Content:
    """Return what the flags say; raises UsageFault for what says nothing, or cannot be said so."""
    words = log.vocabulary
    title = as_name(options.title)
    if not any(ch.isalnum() for ch in title) or is_unfilled(title, words):
        raise UsageFault("the title says what is decided, in a few words")
    if options.instead_of and options.none_considered:
        raise UsageFault("--instead-of and --none-considered contradict each other")
    _verify(options)
    return Content(
        title,
        status=options.status,
        date=day,
        decision_makers=people("--decider", options.decider, words),
        consulted=people("--consulted", options.consulted, words),
        informed=people("--informed", options.informed, words),
        scope=tuple(dict.fromkeys(options.scope)),
        supersedes=_records("--supersedes", options.supersedes, log),
        relates_to=_records("--relates-to", options.relates_to, log),
        choices=apart([choice("--instead-of", one, words) for one in options.instead_of]),
        no_alternatives=none_considered(options.none_considered or "", words),
        tasks=tuple(task("--follow-up", one) for one in options.follow_up),
        context=text_of("--context", options.context, words),
        decision=text_of("--decision", options.decision, words),
        because=text_of("--because", options.because, words),
        consequences=text_of("--consequences", options.consequences, words),
        decide_by=_day("--decide-by", options.decide_by),
        review_by=_day("--review-by", options.review_by),
    )


def _verify(options: argparse.Namespace) -> None:
    """Refuse bytes that are no text, and characters that nobody sees and that make others read otherwise."""
    for name, value in sorted(vars(options).items()):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and _UNSEEN.search(one):
                raise UsageFault(f"{name.replace('_', '-')}: it holds a control character, or bytes that are not UTF-8")


def text_of(flag: str, typed: str | None, vocabulary: Vocabulary) -> str:
    """Return a text as Markdown; raises UsageFault for one that says nothing yet ("TBD")."""
    text = as_text(typed or "")
    if text and (is_unfilled(text, vocabulary) or fold(text) in vocabulary.absent or not any(map(str.isalnum, text))):
        raise UsageFault(f"{flag} {typed}: that says nothing yet; left out, the question stays in the text")
    return text


def choice(flag: str, typed: str, vocabulary: Vocabulary) -> Choice:
    """Return an alternative: its name in one line, apart from the reason behind it ("Redis, because of its licence")."""
    whole = as_name(text_of(flag, typed, vocabulary))
    name = option_title(whole)
    reason = whole[len(name) :]
    if not whole.startswith(name) or not _REASON.match(reason):
        return Choice(whole)
    if len(reason) > _SHORT:
        return Choice(name, behind=reason)
    return Choice(name, body=reason.lstrip(" ,:;.-–—"))  # so few letters behind a name are not read as a reason


def apart(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return alternatives under whole names where two would have the same one ("AWS: Ohio", "AWS: Paris")."""
    found = list(choices)
    names = [fold(one.title) for one in found]
    whole = [f"{one.title}{one.behind or (one.body and f': {one.body}')}" for one in found]
    return tuple(Choice(whole[i]) if names.count(names[i]) > 1 else one for i, one in enumerate(found))


def none_considered(reason: str, vocabulary: Vocabulary) -> str:
    """Return the sentence that says why there was nothing else."""
    text = text_of("--none-considered", reason, vocabulary)
    if not text or vocabulary.phrase("none_considered").search(text):
        return text
    because = "" if vocabulary.phrase("because").match(text) else "because "
    return f"None considered, {because}{text}"


def people(flag: str, typed: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return names; raises UsageFault for what names nobody, such as "the team"."""
    found: list[str] = []
    for one in typed:
        names, generic = read_people(one, vocabulary)
        if generic or not names:
            raise UsageFault(f"{flag} {one}: a name or a handle says who")
        found += names
    return tuple(dict.fromkeys(found))


def task(flag: str, typed: str) -> Task:
    """Return a follow-up such as "Ann Lee: order it (due 2026-12-05)"."""
    match = _TASK.fullmatch(" ".join(typed.split()))
    if match is None or not match["what"]:
        raise UsageFault(f"{flag} {typed}: it is written like “Ann Lee: order it (due 2026-12-05)”")
    due = iso_date(flag, match["due"].strip()) if match["due"] else ""
    return Task(as_name(match["what"]), (match["who"] or "").strip(), due)


def _day(flag: str, given: str | None) -> str:
    return iso_date(flag, given) if given else ""


def _records(flag: str, typed: Iterable[str], log: LogAround) -> tuple[str, ...]:
    """Return how the log names records: by file where one record names another so, else by number."""
    found = []
    here = DecisionRecord(path=f"{log.folder}/new.md")
    for one in typed:
        record = follow(one, here, log.log)
        if isinstance(record, str):
            by_path = [r for r in log.log.records if r.path == one.removeprefix("./") or r.path.endswith(f"/{one}")]
            if len(by_path) != 1:
                raise UsageFault(f"{flag} {one}: no such record{' in ' + log.folder if log.folder else ''}")
            record = by_path[0]
        found.append((mention_of(record) or record.path.rsplit("/", 1)[-1]) if record.number else record.path.rsplit("/", 1)[-1])  # fmt: skip
    return tuple(dict.fromkeys(found))
