"""Who decided: persons only, as they are named in the call or in the record; nobody is guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.change.automation import is_machine
from onrecord.cli.main import UsageFault
from onrecord.record.edit.page import Refused
from onrecord.record.people import read_people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.record import DecisionRecord, Vocabulary

_HELP = 'the name of a person who can be asked later helps, for example: --by "Ann Example"'


def named_people(given: Iterable[str], words: Vocabulary) -> list[str]:
    """Return the names that were given with --by; raises UsageFault for one that is nobody's."""
    found: list[str] = []
    for text in given:
        if not text.strip() or not text.isprintable():
            raise UsageFault(f"--by: a name is needed, in one line; {_HELP}")
        names, generic = read_people(text, words)
        if generic or not names:
            raise UsageFault(f"--by {text}: that names nobody in particular; {_HELP}")
        for name in names:
            if is_machine(name):
                raise UsageFault(f"--by {name}: that is a program, and somebody stands behind it; {_HELP}")
            if any(character in name for character in "[]{}<>|*`\\#"):
                raise UsageFault(f"--by {name}: a name without Markdown or brackets is needed; {_HELP}")
        found += [name for name in names if name not in found]
    return found


def verify_somebody_decides(record: DecisionRecord, by: list[str], what: str) -> None:
    """Refuse a decision that nobody took; raises Refused."""
    if by or any(not is_machine(name) for name in record.decision_makers):
        return
    others = [f"{', '.join(names)} {role}" for role, names in (("wrote it", record.authors),) if names]
    seen = f" ({others[0]}, and that is not yet deciding)" if others else ""
    raise Refused(f"nobody is named as having decided{seen}, and {what} takes a person; {_HELP}")


def verify_whole_names(by: list[str], record: DecisionRecord) -> None:
    """Refuse a part of a name that the record has whole ("ann", and Ann Lee is there); raises Refused."""
    there = [*record.decision_makers, *record.authors, *record.consulted, *record.informed]
    for name in by:
        if any(_words(name) == _words(one) for one in there):
            continue
        if may_be := list(dict.fromkeys(one for one in there if _words(name) < _words(one))):
            raise Refused(f"“{name}” may be {' or '.join(may_be)}: write the whole name")


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))
