"""Decision blame: from what is known about a line, a file or a folder to the decisions behind it, the likeliest first."""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.log.links import record_named
from onrecord.log.scope import governing
from onrecord.log.sighting import citations, mentions
from onrecord.log.titles import titled
from onrecord.record.globs import literal_length

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Literal, TypeAlias

    from onrecord.log.place import Place
    from onrecord.record import DecisionRecord

    Kind: TypeAlias = Literal["cited", "linked", "added", "edited", "scope", "named", "stated"]
    Via: TypeAlias = Literal["line", "merge", "file"]

SURE = 40.0  # from here on, an answer is more than a guess by words they share
LEAST = 20.0  # below it, a record only shares a common word with the place
SECONDS = 0.3  # of the weight of every further piece of evidence
CROWD = 3  # records in one commit; among more, each explains less
MANY = 50  # files in one commit; among more, each has less to do with the others
_LINKED = {"line": 95.0, "merge": 85.0, "file": 45.0}
_ADDED = {"line": 90.0, "merge": 80.0, "file": 50.0}
_EDITED = {"line": 50.0, "merge": 42.0, "file": 25.0}
_STATED = {"line": 60.0, "merge": 55.0, "file": 20.0}
_TOLD = 0.7  # of what a decision weighs that is marked as one
_STANDING = {"rejected": 0.6, "superseded": 0.9, "deprecated": 0.9}


class Known(NamedTuple):
    """A record of the log with its text; `decision` is its decision as one line, None where that is not known yet."""

    record: DecisionRecord
    text: str
    decision: str | None = None


class Source(NamedTuple):
    """A commit behind the place, and what its message and its files say.

    `via` tells how it leads here: it wrote the line, it merged that commit, or it changed the file. `pull` is the pull
    request's number. `files` are the record files it touches, as status and path; `links` what it cites; `decision` what
    it decides in its own words (empty: nothing), `stated` tells that it is marked as a decision there.
    `size` is how many files of any kind it touches; `in_one_line` is `decision` as one, None where that is not known yet.
    """

    sha: str
    via: Via
    title: str
    author: str
    date: str
    pull: int | None = None
    files: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    decision: str = ""
    stated: bool = False
    owner: str = ""
    size: int = 0
    in_one_line: str | None = None


class Evidence(NamedTuple):
    """One way in which an answer is known, and its weight.

    `detail` is the glob, the word or the link; `line` where the code cites the record; `source` the commit; `in_title`
    tells that the word stands in the record's title.
    """

    kind: Kind
    weight: float
    detail: str = ""
    line: int = 0
    source: Source | None = None
    in_title: bool = False

    @property
    def is_faint(self) -> bool:
        """Tell whether this may well be chance: a shared word, or an edit among very many others."""
        in_bulk = self.kind == "edited" and self.source is not None and self.source.size > 2 * MANY
        return self.kind == "named" or in_bulk


class Answer(NamedTuple):
    """A decision behind the place: a record, or (None) what a commit says itself; the strongest evidence first.

    `decision` is one line. `successor` is the record that replaced this one, where the log has it.
    """

    record: DecisionRecord | None
    decision: str
    evidence: tuple[Evidence, ...]
    successor: DecisionRecord | None = None

    @property
    def is_guess(self) -> bool:
        """Tell whether nothing but shared words, or a commit to very many files, leads to the answer."""
        return self.weight < SURE and all(one.is_faint for one in self.evidence)

    @property
    def weight(self) -> float:
        """Return what ranks the answer."""
        first, *others = (evidence.weight for evidence in self.evidence)
        status = self.record.status.value if self.record and self.record.status else ""
        return (first + SECONDS * sum(others)) * _STANDING.get(status, 1.0)


def explain(
    place: Place,
    log: Sequence[Known],
    sources: Iterable[Source],
    files: Collection[str] | None = None,
    repository: str = "",
) -> list[Answer]:
    """Return the decisions behind a place, the likeliest first and guesses last; empty when nothing is known.

    `files` are all files of the repository (None: not known), by which a scope is too broad to say anything;
    `repository` is its "owner/name", for links that are addresses.
    """
    known = [one for one in log if one.record.kind == "record" and one.record.path != place.path]
    records = [one.record for one in known]
    found: dict[int, list[Evidence]] = {}
    for record, evidence in _without_commits(place, known, files):
        found.setdefault(id(record), []).append(evidence)
    answers = []
    for source in sources:
        cited = False
        for record, evidence in _from_source(source, records, repository):
            cited = True
            found.setdefault(id(record), []).append(evidence)
        if source.decision and not cited:
            weight = _STATED[source.via] * (1.0 if source.stated else _TOLD) * _bond(source)
            answers.append(Answer(None, _decided(source), (Evidence("stated", weight, source=source),)))
    answers += [_answer(one, found[id(one.record)], records) for one in known if id(one.record) in found]
    kept = [answer for answer in answers if answer.weight >= LEAST]
    return sorted(
        kept, key=lambda answer: (answer.is_guess, -answer.weight, answer.record.path if answer.record else "")
    )


def _decided(source: Source) -> str:
    from onrecord.log.one_line import one_line  # loads the Markdown engine, which most answers do not need

    return one_line(source.decision) if source.in_one_line is None else source.in_one_line


def decision_of(record: DecisionRecord) -> str:
    """Return the decision of a record as one line, empty when it says none."""
    from onrecord.log.one_line import one_line

    return one_line(record.decision.text) if record.decision else ""


def _answer(known: Known, evidence: list[Evidence], records: list[DecisionRecord]) -> Answer:
    record = known.record
    strongest: dict[tuple[str, str, str], Evidence] = {}
    for one in sorted(evidence, key=lambda e: -e.weight):
        detail = f"{one.in_title} {one.detail}" if one.kind == "named" else ""
        key = (one.kind, detail, one.source.sha if one.source else "")
        strongest.setdefault(key, one)
    decision = decision_of(record) if known.decision is None else known.decision
    title = " ".join((record.title or "").split())
    return Answer(record, decision or title, tuple(strongest.values()), _successor(record, records))


def _successor(record: DecisionRecord, records: list[DecisionRecord]) -> DecisionRecord | None:
    """Follow what replaced a record, as far as the log tells; a cycle ends it."""
    seen, at = {id(record)}, record
    while following := next((f for name in at.superseded_by if (f := record_named(name, records))), None):
        if id(following) in seen:
            break
        seen.add(id(following))
        at = following
    return at if at is not record else None


def _without_commits(
    place: Place, known: list[Known], files: Collection[str] | None
) -> list[tuple[DecisionRecord, Evidence]]:
    """Return what scopes, comments in the code and the texts of the records tell."""
    records = [one.record for one in known]
    found = []
    for governed in governing(records, _governed_paths(place, files), files):
        exact = literal_length(governed.glob) / max(1, len(governed.path.replace("/", "")))
        found.append((governed.record, Evidence("scope", 70 + 20 * min(1.0, exact), governed.glob)))
    told = {id(record): record.scope for record, _ in found}
    found += [
        (record, Evidence("cited", weight, line=line))
        for record, line, weight in citations(place.lines, place.line, records)
    ]
    titles = [record.title or "" for record in records]
    found += [
        (records[at], Evidence("named", weight, words, in_title=True))
        for at, words, weight in titled(place, titles, files)
    ]
    for at, word, weight in mentions(place, [one.text for one in known], files):
        if not any(word in glob for glob in told.get(id(records[at]), ())):  # its scope has said so already
            found.append((records[at], Evidence("named", weight, word)))
    return found


def _from_source(
    source: Source, records: list[DecisionRecord], repository: str
) -> list[tuple[DecisionRecord, Evidence]]:
    linked = [(link, record_named(link, records, repository) or _moved(link, records)) for link in source.links]
    weight = _LINKED[source.via] * _bond(source)
    found = [(record, Evidence("linked", weight, link, source=source)) for link, record in linked if record]
    by_path: dict[str, list[DecisionRecord]] = {}
    for record in records:
        by_path.setdefault(record.path, []).append(record)
    touched = [(status, of) for status, path in source.files if (of := by_path.get(path) or _as_list(path, records))]
    share = min(1.0, CROWD / max(1, len(touched)))
    for status, of in touched:
        kind: Kind = "added" if status == "added" else "edited"
        whole = share * (_ADDED if kind == "added" else _EDITED)[source.via]
        least = min(LEAST, whole) if source.via != "file" else 0.0  # the line's own commit is better than nothing
        weight = max(least, whole * _bond(source, kind))
        found += [(record, Evidence(kind, weight, source=source)) for record in of]
    return found


def _bond(source: Source, kind: Kind = "linked") -> float:
    """Return how much of its weight a commit keeps that touches very many files: they have little to do with each other.

    An edit says least then; the one commit that brought the line says more than one of many to the file.
    """
    ratio = min(1.0, MANY / max(1, source.size))
    return float(ratio if kind == "edited" else ratio ** (1 / 2 if source.via == "file" else 1 / 3))


def _as_list(path: str, records: list[DecisionRecord]) -> list[DecisionRecord]:
    moved = _moved(path, records)
    return [moved] if moved else []


def _moved(path: str, records: list[DecisionRecord]) -> DecisionRecord | None:
    """Return the one record that has a file's name today, wherever it was moved to; a name without digits is too common."""
    name = file_name(path.partition("#")[0])
    if not re.search(r"\d", name) or "." not in name:
        return None
    found = [record for record in records if file_name(record.path) == name]
    return found[0] if len(found) == 1 else None


def file_name(path: str) -> str:
    """Return the name that a record's file keeps when it is moved; with its folder, where that alone tells records apart."""
    *folders, name = path.split("/")
    return f"{folders[-1]}/{name}" if folders and name.lower().startswith(("readme.", "index.")) else name


def _governed_paths(place: Place, files: Collection[str] | None) -> list[str]:
    """Return the paths whose scope counts: the file, or what lies in the folder, and the folder itself."""
    if not place.is_folder:
        return [place.path]
    inside = f"{place.path}/" if place.path else ""
    return [place.path, *(path for path in files or () if place.path and path.startswith(inside))]
