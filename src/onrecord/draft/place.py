"""Where a new record goes, and what it is called: as its neighbours are."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.homes import home_of
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.record import DecisionRecord

DEFAULT_FOLDER = "docs/decisions"
MOST_LETTERS = 60  # of a file name's words
MOST_AHEAD = 500  # a number further from the records' own is a year, a port, or an issue
_PAGE = re.compile(r"(?:readme|index)\.mdx?\Z", re.IGNORECASE)
_NO_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)  # of a file on Windows, whatever it ends with
_DAY = re.compile(r"(?P<day>\d{4}(?P<joint>[-_.]?)\d{2}(?P=joint)\d{2}(?!\d))(?P<behind>[-_. ]*)")


class Form(NamedTuple):
    """How files are named: what stands before the number and behind it, how many digits it has (0: none), the day's form.

    `joint` is what stands between words; `page` the file in a folder of its own ("README.md"), empty where there is none.
    """

    before: str = ""
    behind: str = "-"
    width: int = 4
    day: str = ""
    joint: str = "-"
    capital: bool = False
    ending: str = ".md"
    page: str = ""


def folder_of(records: Sequence[DecisionRecord], globs: Iterable[str] = ()) -> str:
    """Return the folder of most records; without any, the one that the configuration names, else `docs/decisions`."""
    paths = [_entry(record.path) for record in records if record.kind == "record"]
    folders = Counter(posixpath.dirname(path) for path in paths)
    homes = Counter(home_of(record.path) for record in records if record.kind == "record")
    if folders:
        home = min(homes, key=lambda one: (-homes[one], one))
        inside = {one: n for one, n in folders.items() if one == home or one.startswith(f"{home}/") or not home}
        return min(inside or folders, key=lambda one: (-folders[one], one))
    named = (re.split(r"[*?\[{]", glob, maxsplit=1)[0].rpartition("/")[0] for glob in globs)
    return next((name for name in named if name), DEFAULT_FOLDER)


def form_of(folder: str, records: Iterable[DecisionRecord]) -> Form:
    """Return the form of most names in a folder; without any, `0001-in-lower-case.md`."""
    paths = [record.path for record in records if record.kind == "record"]
    forms = [_form(path) for path in paths if posixpath.dirname(_entry(path)) == folder]
    found = [form for form in forms if form is not None]
    if not found:
        return Form()
    kind = Counter((bool(one.width), bool(one.day)) for one in found).most_common(1)[0][0]
    alike = [one for one in found if (bool(one.width), bool(one.day)) == kind]
    parts = {name: Counter(getattr(one, name) for one in alike).most_common(1)[0][0] for name in Form._fields}
    return Form(**parts)


def next_number(form: Form, records: Iterable[DecisionRecord], others: Iterable[str]) -> int:
    """Return the next number of a log; `others` are paths of files that are no records, or are on other branches.

    Those of records in other folders of the same log count, as records are moved when they are outdated.
    """
    own = [n for record in records if record.kind == "record" and (n := _number(record.path, form)) is not None]
    highest = max(own, default=0)
    taken = (n for path in others if (n := _number(path, form)) is not None)
    return max([highest, *(n for n in taken if n <= highest + MOST_AHEAD)]) + 1


def path_for(folder: str, form: Form, number: int, title: str, day: str) -> str:
    """Return the path of a new record."""
    words = slug(title, form.joint, form.capital) if form.behind or not form.width else ""
    name = f"{form.before}{str(number).zfill(form.width) if form.width else ''}{form.behind if words else ''}{words}"
    if form.day:
        name = day.replace("-", form.day.strip("d")) + name
    if _NO_NAME.fullmatch(name):
        name += f"{form.joint}decision"
    return posixpath.join(folder, name, form.page) if form.page else posixpath.join(folder, name + form.ending)


def slug(title: str, joint: str = "-", capital: bool = False) -> str:
    """Return a title as words for a file name: letters and digits of any script, in lower case."""
    text = unicodedata.normalize("NFKC", title).replace("'", "").replace("’", "")
    words = re.findall(r"[^\W_]+", text if capital else text.casefold())
    kept: list[str] = []
    for word in words:
        if kept and len(joint.join([*kept, word])) > MOST_LETTERS:
            break
        kept.append(word[:MOST_LETTERS])
    return joint.join(kept) or "decision"


def _form(path: str) -> Form | None:
    page = posixpath.basename(path) if _PAGE.search(path) else ""
    stem, ending = _split(path)
    day = _DAY.match(stem)
    lead = day["behind"] if day else ""
    rest = stem[day.end() :] if day else stem
    before, number, behind, words = _numbered(path, rest)
    if not number and not words:
        return None
    marks = Counter(re.findall(r"[-_ ]", words))
    return Form(
        lead + before,
        behind,
        len(number) if number.startswith("0") else min(len(number), 1),
        f"d{day['joint']}d" if day else "",
        marks.most_common(1)[0][0] if marks else "-",
        bool(re.match(r"[A-Z][a-z]", words)),
        ending,
        page,
    )


def _numbered(path: str, name: str) -> tuple[str, str, str, str]:
    """Split a name around its number: what stands before it, the number, what stands behind, and the words."""
    digits = re.search(r"\d+\Z", number_in_path(path) or "")
    match = re.match(rf"(\D*?)(0*{digits[0]})(?!\d)([-_. ]*)(.*)\Z", name) if digits else None
    return (match[1], match[2], match[3], match[4]) if match else ("", "", "", name)


def _split(path: str) -> tuple[str, str]:
    name = posixpath.basename(_entry(path))
    stem, dot, ending = name.rpartition(".")
    return (name, "") if _PAGE.search(path) or not dot else (stem, dot + ending)


def _number(path: str, form: Form) -> int | None:
    found = _form(path)
    stem = _split(path)[0]
    day = _DAY.match(stem)
    number = _numbered(path, stem[day.end() :] if day else stem)[1]
    return int(number) if found and number and found.before.casefold() == form.before.casefold() else None


def _entry(path: str) -> str:
    """Return the path of a record's file, or of its folder where it has one of its own."""
    return posixpath.dirname(path) if _PAGE.search(path) else path
