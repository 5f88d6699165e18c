"""number-gap: a number that no record has, between two that are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from onrecord.record import DecisionRecord
from onrecord.record.identity import number_in_path
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard

_Taken: TypeAlias = dict[tuple[str, str], dict[int, DecisionRecord | None]]  # log and series: number to record
_LAST_DIGITS = re.compile(r"\d+$")
_PAGE = re.compile(r"(?:readme|index)\.", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
DENSE = 0.5  # of the numbers between the first and the last: fewer taken ones are numbers of issues, or of years


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    from onrecord.log.references import is_whole

    by_series: _Taken = {}
    by_folder: dict[str, set[int]] = {}
    for record in sorted((*subject.records, *subject.others), key=lambda one: one.path):
        _take(by_series, record.path, record if record.kind == "record" else None)
    for path in subject.unread:
        _take(by_series, path, None)
    for (folder, _), taken in by_series.items():
        by_folder.setdefault(folder, set()).update(taken)
    for (folder, _), taken in by_series.items():
        numbers, around = sorted(taken), by_folder[folder]
        if not is_whole(folder, subject.folders) or len(numbers) < DENSE * (numbers[-1] - numbers[0] + 1):
            continue
        for before, number in pairwise(numbers):
            after = taken[number]
            missing = [one for one in range(before + 1, number) if one not in around]  # not those with another prefix
            if missing and after is not None and subject.checks(after):
                left = str(missing[0]) if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
                yield after.path, Hit(place_of(after), f"no record before this one has number {left}")


def _take(by_series: _Taken, path: str, record: DecisionRecord | None) -> None:
    from onrecord.log.references import log_of

    digits = _LAST_DIGITS.search(number_in_path(path) or "")
    if digits:
        *folders, name = path.split("/")
        if _PAGE.match(name):  # one folder for each record
            name = folders[-1]
        series = _DIGIT.split(name, maxsplit=1)[0].casefold()
        taken = by_series.setdefault((log_of(path), series), {})
        taken[int(digits[0])] = taken.get(int(digits[0])) or record


def _file(number: int) -> FileExample:
    text = nygard().replace("# 7. Keep invoices", f"# {number}. Keep them")
    return FileExample(f"docs/adr/{number:04}-keep-them.md", text, text)


RULE = Rule(
    id="number-gap",
    scope="log",
    severity=Severity.OFF,
    summary="A number is taken by no record, and later ones are.",
    why="A reader cannot tell whether a record was withdrawn or was never merged.",
    help="Nothing, if the record was withdrawn. Otherwise give the next new record that number.",
    check_log=_check_log,
    good=(Example("One after the other.", nygard(), files=(_file(5), _file(6))),),
    bad=(Example("Number 6 is missing.", nygard(), files=(_file(4), _file(5))),),
)
