"""accepted-edited: what an accepted record decided is rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from onrecord.change.added import added_lines
from onrecord.markdown import Span, plain
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import fold
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, LogSubject, Rule, Severity
from onrecord.rules.samples import REDIS, WE_WILL, madr, nygard

_PATH = "docs/adr/0007-example.md"
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_NOTE = re.compile(r"supersed|superced|replaced by|amend|extended by|clarified by|deprecated|see also", re.IGNORECASE)
_TOLD = re.compile(
    r"\bamend(?:ed|ment|s)?\b|\baddend(?:um|a)\b|\berrat(?:um|a)\b|\bchangelog\b"
    r"|\b(?:updated?|revised|revision|changed|edited|corrected)\b.{0,60}\b\d{4}\b|\b\d{4}-\d\d-\d\d\b.{0,60}\b(?:updat|revis|chang|edit|correct)",
    re.IGNORECASE,
)
_NOT = frozenset(("not", "no", "never", "nor", "without", "none", "only"))
LIKE = 0.7  # of the letters, in order: then it is the same word or title, mended
FEW = 2  # words put in or left out mend a sentence
LARGE_EDIT, LARGE_LIST, LONG_TITLE = 400, 30, 200  # words, options, letters: beyond that no correction is looked for


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    for file in subject.change.files or ():
        before = subject.before.get(file.previous or file.path)
        after = [record for record in subject.records if record.path == file.path]
        if before is not None and len(after) == 1 and (hit := _hit(before, after[0])):
            texts = (record.decision.text if record.decision else "" for record in (before, after[0]))
            old, new = (text.split("\n") for text in texts)  # all there is to look at where no patch is known
            added = [text for _, text in added_lines(file.patch)] if file.patch else [x for x in new if x not in old]
            if not _is_told(added):
                yield file.path, hit


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    by_path: dict[str, list[DecisionRecord]] = {}
    for record in subject.records:
        by_path.setdefault(record.path, []).append(record)
    for path, (document, before) in subject.before.items():
        after = by_path.get(path, [])
        if len(after) == 1 and (hit := _hit(before, after[0])):
            known = {line.strip() for line in document.lines}
            if not _is_told(line for line in subject.documents[path].lines if line.strip() not in known):
                yield path, hit


def _hit(before: DecisionRecord, after: DecisionRecord) -> Hit | None:
    if not (_is_accepted(before) and _is_accepted(after)):
        return None
    if _is_rewritten(_decision(before), _decision(after)):
        return Hit(_place(after, "decision"), "the record was accepted, and its decision is rewritten")
    if _has_other_options(before, after):
        return Hit(_place(after, "considered_options"), "the record was accepted, and its options are rewritten")
    return None


def _is_told(added: Iterable[str]) -> bool:
    """Tell whether one of the new lines says that the record is amended: then its reader is told."""
    return any(_TOLD.search(line) for line in added)


def _is_accepted(record: DecisionRecord) -> bool:
    return record.kind == "record" and record.status is not None and record.status.value == "accepted"


def _decision(record: DecisionRecord) -> str:
    """Return the decision without notes on other records; those may come at any time."""
    text = record.decision.text if record.decision else ""
    return "\n".join(line for line in text.split("\n") if not _NOTE.search(line))


def _has_other_options(before: DecisionRecord, after: DecisionRecord) -> bool:
    """Tell whether an option came or went; one whose words are mended, cut or added to is still the same."""
    old, new = ({fold(plain(option.title)) for option in r.considered_options} for r in (before, after))
    if not old or not new:
        return False
    gone, come = old - new, new - old
    return max(len(gone), len(come)) > LARGE_LIST or not (_has_all(gone, new) and _has_all(come, old))


def _has_all(titles: set[str], others: set[str]) -> bool:
    return all(any(_is_alike(title, other) for other in others) for title in titles)


def _is_rewritten(before: str, after: str) -> bool:
    """Tell whether two texts say something else: not when spelling, markup, links or a few small words differ."""
    old, new = _WORD.findall(plain(before)), _WORD.findall(plain(after))
    if not old or not new:
        return False
    start = _equal_words(old, new)
    end = _equal_words(old[start:][::-1], new[start:][::-1])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old), len(new)) > LARGE_EDIT:
        return True
    changed = 0
    for _, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if "".join(old[i:j]).casefold() == "".join(new[k:n]).casefold():
            continue
        pairs = list(zip(old[i:j], new[k:n], strict=False))
        apart = [word for pair in pairs if not _is_mended(*pair) for word in pair]
        apart += [*old[i + len(pairs) : j], *new[k + len(pairs) : n]]
        if any(_weighs(word) for word in apart):
            return True
        changed += len(apart)
    return changed > FEW


def _equal_words(old: list[str], new: list[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a.casefold() != b.casefold()), min(len(old), len(new)))


def _is_mended(old: str, new: str) -> bool:
    same_digits = re.sub(r"\D", "", old) == re.sub(r"\D", "", new)
    return same_digits and not {old.casefold(), new.casefold()} & _NOT and _is_alike(old.casefold(), new.casefold())


def _is_alike(old: str, new: str) -> bool:
    """Tell whether two words or titles are the same but for a few letters, or for what was added at an end."""
    if max(len(old), len(new)) > LONG_TITLE:
        return old == new
    inside = old in new or new in old
    return (inside and min(len(old), len(new)) > 3) or SequenceMatcher(None, old, new).ratio() >= LIKE


def _weighs(word: str) -> bool:
    """Tell whether one word more or less changes what is said: a number, a name, a negation."""
    return any(ch.isdigit() for ch in word) or word[:1].isupper() or word.casefold() in _NOT


def _place(record: DecisionRecord, slot: str) -> Span:
    found = record.slots.get(slot)
    start = found.span.start if found and found.span else record.span.start
    return Span(start, start)


RULE = Rule(
    id="accepted-edited",
    scope="change",
    severity=Severity.NOTICE,
    summary="The decision or the options of an accepted record are rewritten.",
    why="Whoever built on the record goes on believing what it said, and its old reasons are only in the history.",
    help="A new record that supersedes this one keeps the reasons of both; a line such as “Amended on 2026-05-01: …” tells the"
    " reader too. Corrections of spelling, links and status are fine.",
    check_log=_check_log,
    check_change=_check,
    good=(
        Example(
            "A correction.",
            "Spelling.\n",
            files=(FileExample(_PATH, nygard(decision=WE_WILL.replace("transactions", "transactoins")), nygard()),),
        ),
        Example(
            "A status and a link.",
            "Superseded.\n",
            files=(FileExample(_PATH, nygard(), nygard("Superseded by [0012](0012-use-kafka.md)")),),
        ),
        Example(
            "A note on a successor of one part.",
            "A note.\n",
            files=(
                FileExample(_PATH, nygard(), nygard(decision=f"{WE_WILL}\n\nAmended by [0012](0012-use-kafka.md).")),
            ),
        ),
        Example(
            "A note says what was amended.",
            "Another version.\n",
            files=(
                FileExample(
                    _PATH,
                    nygard(),
                    nygard(
                        decision=f"{WE_WILL.replace('PostgreSQL', 'PostgreSQL 18')}\n\nAmended on 2026-05-01: 18, not 14."
                    ),
                ),
            ),
        ),
        Example(
            "A proposal is still written.",
            "Reviewed.\n",
            files=(
                FileExample(
                    _PATH,
                    nygard("Proposed"),
                    nygard("Proposed", "We will keep invoices in MySQL, because it is there."),
                ),
            ),
        ),
    ),
    bad=(
        Example(
            "Another choice.",
            "Changed our mind.\n",
            files=(FileExample(_PATH, nygard(), nygard(decision=WE_WILL.replace("PostgreSQL", "MySQL"))),),
        ),
        Example(
            "A rival is taken out.",
            "Shorter.\n",
            files=(
                FileExample(
                    _PATH,
                    madr(options="* Redis\n* Memcached, which loses everything at a restart\n* Sticky sessions"),
                    madr(outcome=REDIS),
                ),
            ),
        ),
    ),
)
