"""Many texts read and judged by several processes, before anybody asks for them one by one."""

from __future__ import annotations

import os
import sys
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import RST
from onrecord.adapters.kept import Kept
from onrecord.adapters.kept_judge import KeptJudge
from onrecord.adapters.kept_records import KeptRecords

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.adapters.files import Text
    from onrecord.adapters.templates import Templates
    from onrecord.check import Policy

FEW = 100  # texts that one process has read before another one is ready to help
MOST_PROCESSES = 8
_AT_ONCE = 5  # texts that go to a process in one piece, each with all files that hold it


class Work(NamedTuple):
    """What a text is read and judged by; all of it the same in every process."""

    templates: Templates
    policy: Policy
    today: str
    exists: Callable[[str], bool]


def work_ahead(records: KeptRecords, texts: list[Text], work: Work) -> None:
    """Put what reading and judging these texts gives where `records` will find it; what fails is left to be done later."""
    by_key: dict[bytes, list[Text]] = {}
    for one in texts:
        if one.hint.lower().endswith(RST):  # of which nothing is kept, so that nothing would be found again
            continue
        by_key.setdefault(records.key(one.content, work.templates.for_file(one.hint)), []).append(one)
    records.kept.fetch(list(by_key))
    missing = [same for key, same in by_key.items() if not records.kept.has(key)]
    processes = min(_processors(), MOST_PROCESSES, len(missing) // (FEW // 2))
    if len(missing) < FEW or processes < 2 or sys.platform != "linux":  # elsewhere each one would begin from nothing
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _work, _pieces
    _work = work
    _pieces = [[*chain(*missing[at : at + _AT_ONCE])] for at in range(0, len(missing), _AT_ONCE)]
    _warm_up(missing[0][0], work)
    try:
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            for found in pool.map(_work_on_piece, range(len(_pieces))):
                for key, value in found:
                    records.kept.put(key, value)
    except (OSError, RuntimeError):  # no more processes, or one was killed: this one can do it alone
        pass


_work: Work  # handed down by fork, as is
_pieces: list[list[Text]]


def _warm_up(text: Text, work: Work) -> None:
    """Load all code here, once: what is forked has it."""
    _work_on([text], work)


def _work_on_piece(number: int) -> list[tuple[bytes, bytes]]:
    return _work_on(_pieces[number], _work)


def _work_on(texts: list[Text], work: Work) -> list[tuple[bytes, bytes]]:
    """Return what reading and judging some texts gives, by what."""
    records = KeptRecords(Kept(None))
    judge = KeptJudge(records)
    for text in texts:
        for file in records.read(*text, work.templates.for_file(text.hint)):
            judge.of_record(file, work.policy, work.today, work.exists)
    return records.kept.news()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
