"""Which files of a log can be an answer to `why` at all: reading a record takes time, and most have nothing to do with it."""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING, lazy_pattern
from onrecord.log.citations import cited_numbers
from onrecord.log.sighting import may_cite, mentions
from onrecord.log.titles import may_be_titled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from onrecord.log.place import Place
    from onrecord.log.why import Source

MAX_FRONT_MATTER = 20_000  # characters
BEGINNING = 1_000  # characters in which a record says its number
_FRONT_MATTER = lazy_pattern(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<keys>.*?)^(?P=fence)", re.MULTILINE | re.DOTALL
)
_KEY = lazy_pattern(r"^[\"']?(?P<key>[^\s:=\"'#-][^:=\n\"']{0,40}?)[\"']?[ \t]*[:=]", re.MULTILINE)
_MENTION = lazy_pattern(r"\W*ADRs?[-_ #]{0,3}0*(?P<number>\d{1,5})\W*", re.IGNORECASE)
_DIGITS = lazy_pattern(r"\d+")
_DATE = lazy_pattern(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")


def shortlist(
    place: Place,
    texts: Mapping[str, str],
    scoped: Collection[str],
    headings: Mapping[str, Collection[str]],
    files: Collection[str] | None = None,
) -> set[str]:
    """Return the paths of files that may hold an answer by what they and the place say; too many rather than too few.

    `scoped` are the files that may say by `scope` what they are about; `headings` are the words in the headings of each
    (see `heading_words`); `files` are all files of the repository, None when they are not known.
    """
    paths = list(texts)
    chosen = {paths[at] for at, _, _ in mentions(place, list(texts.values()), files)}
    chosen |= may_be_titled(place, headings, files)
    chosen |= set(scoped)
    lines = [line for line in place.lines if may_cite(line)]
    cited = [number for line in lines for number in cited_numbers(line)]
    stems = {path: path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in texts}
    chosen |= {path for path, stem in stems.items() if any(stem in line for line in lines)}
    return chosen | named_files(cited, texts)


def shortlist_of(sources: Iterable[Source], texts: Mapping[str, str]) -> set[str]:
    """Return the paths of files that commits touch or cite, wherever they lie today."""
    names: set[str] = set()
    links: list[str] = []
    for source in sources:
        names |= {path.rsplit("/", 1)[-1] for _, path in source.files}
        links += source.links
    return {path for path in texts if path.rsplit("/", 1)[-1] in names} | named_files(links, texts)


def named_files(names: Iterable[str], texts: Mapping[str, str]) -> set[str]:
    """Return the files that links, mentions and plain numbers may mean."""
    chosen: set[str] = set()
    for name in names:
        mention = _MENTION.fullmatch(name)
        number = mention["number"] if mention else name if name.isdecimal() else ""
        last = re.split(r"[#?]", name.strip("<> "), maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
        for path, text in texts.items():
            is_meant = _says_number(int(number), path, text) if number else last and _goes_by(last, path, text)
            if is_meant:
                chosen.add(path)
    return chosen


def keys_of(text: str) -> set[str]:
    """Return the keys of a text's front matter, found without reading it; none where there is no front matter."""
    begins = text.startswith(("---", "+++", "\ufeff"))
    block = _FRONT_MATTER.match(text[:MAX_FRONT_MATTER]) if begins else None
    return {match["key"] for match in _KEY.finditer(block["keys"])} if block else set()


def _says_number(number: int, path: str, text: str) -> bool:
    told = _DIGITS.findall(f"{path} {_DATE.sub('', text[:BEGINNING])}")
    return any(int(digits) == number for digits in told if len(digits) < 6)


def _goes_by(name: str, path: str, text: str) -> bool:
    digits = _DIGITS.search(name)
    return name in path or (digits is not None and len(digits[0]) < 6 and _says_number(int(digits[0]), path, text))
