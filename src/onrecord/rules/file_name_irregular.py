"""file-name-irregular: a file that is not named as the others beside it are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Fix
from onrecord.record.identity import number_in_path
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of, quote
from onrecord.rules.samples import nygard

FEWEST = 4  # records that are named alike: fewer are no habit
MOST = 0.7  # of the records of a folder
_DATE = re.compile(r"\d{4}([-_.]?)\d{2}\1\d{2}(?!\d)([-_ ]?)")
_NUMBER = re.compile(r"([A-Za-z][A-Za-z_ -]*?)?([-_ ]?)(\d+)([-_ ]*)")
_WORDS = "words"


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    by_folder: dict[str, list[DecisionRecord]] = {}
    for record in (*subject.records, *subject.others):
        folder, _, name = record.path.rpartition("/")
        if record.kind == "record" and not name.casefold().startswith(("readme.", "index.")):
            by_folder.setdefault(folder, []).append(record)
    taken = _taken(subject) if subject.added else Counter()
    for group in by_folder.values():
        width = _width(_name(record) for record in group)
        shapes = [_shape(_name(record), width) for record in group]
        usual, count = min(Counter(shapes).items(), key=lambda item: (-item[1], item[0]))
        if usual == _WORDS or count < FEWEST or count < MOST * len(group):
            continue
        model = min(_name(record) for record, shape in zip(group, shapes, strict=True) if shape == usual)
        for record, shape in zip(group, shapes, strict=True):
            if shape != usual and subject.checks(record):
                seen = f"the file is named {quote(_name(record))}, and most beside it are named like {quote(model)}"
                yield record.path, Hit(place_of(record), seen, fix=_fix(record, model, width, subject, taken))


def _fix(
    record: DecisionRecord, model: str, width: int, subject: LogSubject, taken: Counter[tuple[str, str | None]]
) -> Fix | None:
    """Return the move to a name that begins like the model's; none where the number, or the rest, would be a guess.

    Without what git knows of the file, nothing is moved: then nobody has looked who else names it. `taken` counts the
    files of each folder by their number.
    """
    from onrecord.record.edit.move import move_record

    folder, _, name = record.path.rpartition("/")
    own, usual = _numbered(name), _numbered(model)
    if record.path not in subject.added or own is None or usual is None or own[3].lstrip("0") == "":
        return None
    rest = name[own.end() :]
    joint = own[4] or usual[4]
    if not rest or rest.startswith(".") or (joint != usual[4] and joint and joint in rest):
        return None
    number = own[3].lstrip("0").zfill(width)
    to = f"{folder}/" if folder else ""
    to += f"{usual[1] or ''}{usual[2]}{number}{usual[4]}{rest}"
    number_there = number_in_path(to)
    is_taken = taken[folder, number_there] > (number_there == number_in_path(record.path))
    if is_taken or number_there != number_in_path(record.path) or to in subject.documents or to in subject.unread:
        return None
    return move_record(record, to, subject.texts)


def _taken(subject: LogSubject) -> Counter[tuple[str, str | None]]:
    """Return how many files of each folder have each number."""
    every = {*subject.documents, *subject.unread}
    return Counter((path.rpartition("/")[0], number_in_path(path)) for path in every)


def _name(record: DecisionRecord) -> str:
    return record.path.rsplit("/", 1)[-1]


def _width(names: Iterable[str]) -> int:
    """Return how many digits most numbers with a leading zero have, 0 when none has one."""
    padded = Counter(len(match[3]) for name in names if (match := _numbered(name)) and match[3].startswith("0"))
    return min(padded, key=lambda width: (-padded[width], width)) if padded else 0


def _shape(name: str, width: int) -> str:
    """Return how a name begins: with a date or a number of that width, and what is around it."""
    if date := _DATE.match(name):
        return f"date{date[1]}{date[2]}"
    if number := _numbered(name):
        digits = number[3]
        fits = not width or len(digits) == width or (len(digits) > width and digits[0] != "0")
        return f"{number[1] or ''}{number[2]}{'n' if fits else len(digits)}{number[4]}"
    return _WORDS


def _numbered(name: str) -> re.Match[str] | None:
    return _NUMBER.match(name) if number_in_path(name) else None


def _file(number: int, name: str = "") -> FileExample:
    text = nygard().replace("# 7. Keep invoices", f"# {number}. Keep them")
    return FileExample(f"docs/adr/{name or f'{number:04}-keep-them.md'}", text, text)


_FOUR = (_file(3), _file(4), _file(5), _file(6))

RULE = Rule(
    id="file-name-irregular",
    scope="log",
    severity=Severity.OFF,
    summary="The file is not named as most records beside it are.",
    why="A list of the folder is the first index of a log, and this record stands apart in it.",
    help="Rename the file like the others, and mend the links to it. Any one style is fine.",
    check_log=_check_log,
    good=(
        Example("All have four digits.", nygard(), files=_FOUR),
        Example("A few files are no habit.", nygard(), path="docs/adr/keep-invoices.md", files=_FOUR[:2]),
    ),
    bad=(Example("No number among numbered ones.", nygard(), path="docs/adr/keep-invoices.md", files=_FOUR),),
)
