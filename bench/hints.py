"""How often would a hint be given, and how often would it be right? One row for each rule, with and without the silence.

    python bench/hints.py LABELS.jsonl FOLDER

A line of LABELS is {"id": …, "needs_record": "yes" | "unclear" | "no"}, and may carry "bot" and "brings_record" (both
left out of the count) and "sample". FOLDER/<id>/ holds EVENT.json (a pull_request event) and FILES.json (the changed
files as GitHub lists them; without `patch` no dependency is seen).

Precision is counted without the unclear ones, with its 95 % Wilson interval; the alarm rate is counted over all.
"""

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from onrecord.adapters.event import read_change
from onrecord.change import Change, Triggers, judge_change
from onrecord.change.dependencies import read_dependencies
from onrecord.change.paths import is_contract, is_package
from onrecord.change.significance import REASON_WORDS, Signs, count_words, is_hint, read_signs
from onrecord.check import ConfigFault
from onrecord.record.recognize import in_records_folder
from onrecord.record.vocabulary import shipped

THRESHOLDS = range(2, 8)
# The rival that was measured beside the score: a single strong sign is enough.
RESERVE = re.compile(
    r"worth (?:the|it)|\bwe lose\b|edge case|\btemporar|\bworkaround\b|\bunblock|\buntil [^\n]{0,40}(?:support|upgrad|releas|ready|merged)"
    r"|not sure|unsure|uncertain|best way|debatable|compromise|limitation|\bknown issue|\bfuture[- ]proof|\bsource of truth"
    r"|\bunif(?:y|ied)|\bconsisten(?:t|cy) with\b|\binconsisten|\bEOL\b|end[- ]of[- ]life|\btrust\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"BREAKING|breaking change|backwards?[- ]incompat|migration guide|\bADR[- ]?\d|\bKEP[- ]?\d|\bdesign (?:doc|proposal)|/adr/"
    r"|\bRFC\b(?!\s?#?-?\d{3,5}\b(?=[^\n]{0,80}(?:IETF|HTTP|rfc-editor|header|datatracker)))|docs/(?:adr|decisions)"
    r"|\balternativ|\btrade[- ]?offs?\b|\bother options?\b|\boptions? (?:considered|here)\b|\bdrawbacks?\b|\bcaveats?\b|\bpros and cons\b"
    r"|\brejected\b[^\n]{0,30}(?:idea|option|approach|because)|\bdebatable\b|\bother approach",
    re.IGNORECASE,
)
FIX = re.compile(r"(?:\[\S{1,60}\]\s*)?(?:bug)?fix(?:es|ed)?\b|[^\n]{0,20}: ?fix\b", re.IGNORECASE)
BREAKS = re.compile(r"\w{1,40}(?:\([^)]{0,80}\))?!:")


class Case(NamedTuple):
    """One labelled pull request, judged; `free` tells that nothing exempts it, asks for a decision or answers it."""

    need: str
    change: Change
    prose: str
    signs: Signs
    free: bool


def is_strong(case: Case) -> bool:
    """Tell whether the rule of single strong signs fires; in fixes only what the author has reserves about."""
    title, files = case.change.title, case.change.files or ()
    text = f"{title}\n{case.prose}"
    if BREAKS.match(title) or RESERVE.search(text):
        return True
    if FIX.match(title):
        return False
    many = sum(file.additions + file.deletions for file in files) >= 100
    return bool(
        STRONG.search(text)
        or any(is_contract(file.path) for file in files)
        or any(file.status == "added" and is_package(file.path) for file in files)
        or (many and read_dependencies(files).added)
    )


def read_cases(labels: Path, folder: Path, sample: str) -> list[Case]:
    """Return the labelled pull requests of people that bring no record themselves."""
    cases = []
    triggers = Triggers(is_record=in_records_folder, hints="off")
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        home = folder / label["id"]
        if label.get("bot") or label.get("brings_record") or not str(label.get("sample", "")).startswith(sample):
            continue
        change = read_change(home / "EVENT.json", home / "FILES.json")
        if change is None:
            continue
        judged = judge_change(change, triggers, shipped())
        facts = judged.facts
        free = not (facts["exempt"] or facts["asks"] or facts["covered"] or facts["waived"] is not None)
        prose = judged.description.prose
        cases.append(Case(label["needs_record"], change, prose, read_signs(change, prose), free))
    return cases


def wilson(hits: int, total: int) -> str:
    """Return a share with its 95 % interval, as text."""
    if not total:
        return "-"
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{share:.2f} [{max(0, middle - half):.2f}-{min(1, middle + half):.2f}]"


def row(name: str, cases: list[Case], fires: Callable[[Case], bool]) -> str:
    """Return one row of the table."""
    hinted = Counter(case.need for case in cases if case.free and fires(case))
    needed = sum(case.need == "yes" for case in cases)
    sure = hinted["yes"] + hinted["no"]
    recall = f"{hinted['yes'] / needed:.2f}" if needed else "-"
    alarm = f"{100 * hinted.total() / max(1, len(cases)):.1f}"
    counts = f"{hinted['yes']} / {hinted['unclear']} / {hinted['no']}"
    return f"| {name} | {hinted.total()} | {counts} | {wilson(hinted['yes'], sure)} | {recall} | {alarm} |"


def table(cases: list[Case]) -> list[str]:
    """Return the table as lines of Markdown."""

    def is_short(case: Case) -> bool:
        return count_words(case.prose) < REASON_WORDS

    rules: dict[str, Callable[[Case], bool]] = {
        f"score >= {n}": lambda case, n=n: case.signs.score >= n for n in THRESHOLDS
    }
    rules["one strong sign"] = is_strong
    rows = []
    for name, fires in rules.items():
        rows.append(row(name, cases, fires))
        rows.append(row(f"{name}, silent from {REASON_WORDS} words", cases, lambda c, f=fires: is_short(c) and f(c)))
    rows += (
        row(f"`hints: {hints}`", cases, lambda c, h=hints: is_hint(c.signs, c.prose, h)) for hints in ("narrow", "wide")
    )
    head = ("| rule | hints | yes / unclear / no | precision [95 %] | recall | alarm % |", "|---|---|---|---|---|---|")
    return [*head, *rows]


def main() -> None:
    """Judge every labelled pull request and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", default="", help="only labels whose sample begins so")
    parser.add_argument("--list", type=int, metavar="SCORE", help="name every one that scores so much, with its signs")
    options = parser.parse_args()
    try:
        cases = read_cases(options.labels, options.folder, options.sample)
    except (OSError, ValueError, KeyError, ConfigFault) as error:
        parser.error(f"{options.labels}: {type(error).__name__}: {error}")
    needs = Counter(case.need for case in cases)
    print(f"{len(cases)} pull requests of people: {needs['yes']} yes, {needs['unclear']} unclear, {needs['no']} no\n")
    print("\n".join(table(cases)))
    for case in sorted(cases, key=lambda c: -c.signs.score) if options.list is not None else ():
        if case.free and case.signs.score >= options.list:
            words = count_words(case.prose)
            print(f"\n{case.signs.score} {case.need}, {words} words: {case.change.title!a}")
            print("".join(f"  {sign!a}\n" for sign in case.signs.seen), end="")


if __name__ == "__main__":
    main()
