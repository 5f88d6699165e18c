"""The words and dates a list of records is written with, learned from those that stand in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from onrecord.markdown import plain
from onrecord.record.data import load
from onrecord.record.dates import read_date
from onrecord.record.vocabulary import LANGUAGES, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.log.index.here import Here

_DATES = (
    "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}", "{d:02}/{m:02}/{y}", "{m:02}/{d:02}/{y}", "{y}/{m:02}/{d:02}",
    "{y}.{m:02}.{d:02}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d}/{m}/{y}", "{m}/{d}/{y}", "{name} {d}, {y}",
    "{d} {name} {y}", "{short} {d}, {y}", "{d} {short} {y}",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date_form(texts: Iterable[str], here: Here) -> str:
    """Return how most of these dates are written, ISO where there are none."""
    fits = Counter(
        form for text in texts if (read := read_date(plain(text), here.vocabulary).value)
        for form in _DATES if written_date(read, form) == plain(text)
    )  # fmt: skip
    return max(_DATES, key=lambda form: fits[form])


def written_date(date: str | None, form: str) -> str | None:
    """Return an ISO date in a form; one without a day stays as it is."""
    if date is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        return date
    year, month, day = (int(part) for part in date.split("-"))
    if not 1 <= month <= 12:
        return date
    return form.format(y=year, m=month, d=day, name=_MONTHS[month - 1], short=_MONTHS[month - 1][:3])


def words_of(texts: Sequence[str], here: Here) -> dict[str, str]:
    """Return the word for each status: the list's own where it has one, else of its language, in its case."""
    known: dict[str, Counter[str]] = {}
    for text in texts:
        if value := here.vocabulary.statuses.get(fold(re.sub(r"^[^\w]+|[^\w]+$", "", plain(text)))):
            known.setdefault(value, Counter())[text] += 1
    own = [fold(text) for counter in known.values() for text in counter.elements()]
    files = {language: load(f"vocabulary/{language}.json")["statuses"] for language in LANGUAGES}
    fits = {name: sum(fold(w) in own for words in file.values() for w in words) for name, file in files.items()}
    language = max(LANGUAGES, key=fits.__getitem__)
    letters = [re.sub(r"[\W\d_]", "", text) for counter in known.values() for text in counter.elements()]
    cases = Counter(
        str.upper if one.isupper() and len(one) > 1 else str.lower if one.islower() else _capital
        for one in letters
        if one
    )
    case = cases.most_common(1)[0][0] if cases else _capital
    base = {value: case(words[0]) for value, words in (files["en"] | files[language]).items() if words}
    return base | {value: counter.most_common(1)[0][0] for value, counter in known.items()}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
