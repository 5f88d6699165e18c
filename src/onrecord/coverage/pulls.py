"""Which merged pull requests were asked for a decision, and whether each is on record today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.change.automation import is_automated
from onrecord.change.exempt import exemption
from onrecord.change.judge import judge_change
from onrecord.change.paths import is_documentation, is_generated, is_lock_file, is_test
from onrecord.coverage.areas import by_folder
from onrecord.coverage.model import LATE_DAYS, Gone, Link, Pull, PullCoverage
from onrecord.coverage.records import Paths
from onrecord.coverage.score import is_code, score
from onrecord.log.links import record_named
from onrecord.log.upkeep.facts import days_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from onrecord.change import Triggers
    from onrecord.change.history import Merged, MergedChange
    from onrecord.coverage.areas import AreasOf
    from onrecord.coverage.model import State, Way
    from onrecord.coverage.records import Known
    from onrecord.record import DecisionRecord, Vocabulary

ONLY_RECORDS = "only decision records"
REVERT = "a revert of a pull request in the window"
SAME_PATCH = "the same patch as another pull request"
BAD_WAIVER = "“no decision” is stated; no approval by somebody else was found"
NOTHING = "nothing is on record"
_REVERT = re.compile(r"revert(?:\s+|:\s*)[\"“'](?P<title>.+)[\"”']|revert\b.*", re.IGNORECASE)
_REVERTED = re.compile(r"\breverts?\s+(?:commit\s+)?(?:[\w.-]+/[\w.-]+)?(?:#(?P<number>\d{1,9})|(?P<sha>[0-9a-f]{7,40})\b)",
                       re.IGNORECASE)  # fmt: skip
_NUMBER = re.compile(r"(?<!\s)\s*\(#(?P<number>\d{1,9})\)\s*$")
_TRAILER = re.compile(r"^[ \t]*decision:[ \t]*(?P<value>\S.{0,300})$", re.IGNORECASE | re.MULTILINE)
_EXPLICIT = ("author", "label")


class Ground(NamedTuple):
    """What merged pull requests are judged by: the records as of today, and the files that are there.

    `patches` gives for commits of which several look alike what git calls the patch's id; `repository` is "owner/name".
    `sides` are, by the id of a merge, the lines "Decision: …" of the commits it brought in; `listed` tells by path and
    number on which day a record first listed a pull request (empty: when it came); `areas_of` where a file belongs;
    `renamed` by a path that is gone what git says it is called now.
    """

    known: Sequence[Known]
    files: Set[str]
    triggers: Triggers
    vocabulary: Vocabulary
    patches: Mapping[str, str]
    repository: str = ""
    sides: Mapping[str, str] = {}
    listed: Mapping[tuple[str, int], str] = {}
    areas_of: AreasOf = by_folder
    renamed: Mapping[str, str] = {}


def cover(merged: Merged, ground: Ground) -> PullCoverage:
    """Judge all pull requests of a window. The date of adoption has cut it already; git does not tell when one opened."""
    reader = _Reader(merged.changes, ground)
    pulls = tuple(reader.read(one) for one in merged.changes)
    return PullCoverage(pulls, tuple(dict.fromkeys(reader.gone)), merged.direct, merged.repeated)


class _Reader:
    """Judges one pull request after the other."""

    def __init__(self, changes: Sequence[MergedChange], ground: Ground) -> None:
        self.ground = ground
        self.triggers = ground.triggers
        self.paths = Paths(ground.known, ground.renamed)
        self.by_record = {id(one.record): one for one in ground.known}
        self.records: list[DecisionRecord] = [one.record for one in ground.known]
        self.numbers = {one.change.number for one in changes}
        self.titles = {one.change.title for one in changes}
        self.shas = tuple(one.sha for one in changes)
        self.first: dict[str, str] = {}
        for one in reversed(changes):  # the oldest of those with one patch is the change itself
            if patch := ground.patches.get(one.sha):
                self.first.setdefault(patch, one.sha)
        self.gone: list[Gone] = []

    def read(self, one: MergedChange) -> Pull:
        """Return a pull request with all that is known of it."""
        if is_automated(one.change) and not self._is_labelled(one):  # whatever it says, nobody can be asked
            return _automated(one, exemption(one.change, self.triggers, asked=False, brings_record=False) or "")
        judged = judge_change(one.change, self.triggers, self.ground.vocabulary)
        facts, points = judged.facts, score(one.change)
        links = self._links(one, facts, judged.description.prose)
        excluded = self._excluded(one, facts)
        if not excluded and facts["asked_by"]:
            self.gone += [Gone(one.change.number or 0, link, "names") for link in facts["unresolved_links"]]
        confirmed = any(name.casefold() != one.change.author.casefold() for name in one.change.approvers)
        state, lacks = _state(links, facts["waived"] or "", confirmed)
        return Pull(
            one.change.number or 0,
            one.sha,
            one.merged_at,
            one.change.title,
            excluded,
            tuple((asked["by"], asked["what"]) for asked in facts["asked_by"]) if not excluded else (),
            points.points,
            points.seen,
            one.body_from == "description",
            state,
            links,
            lacks,
            facts["waived"] or "",
            self._owner_source(links, facts, one.change.approvers) if state == "covered" else "",
            self._areas(one),
        )

    def _is_labelled(self, one: MergedChange) -> bool:
        """Tell whether somebody put a label that asks, be it on what an automation opened."""
        return any(label.casefold() in self.triggers.labels for label in one.change.labels)

    def _areas(self, one: MergedChange) -> tuple[str, ...]:
        code = (file.path for file in one.change.files or () if is_code(file.path))
        return tuple(sorted({area for path in code for area in self.ground.areas_of(path)}))

    def _excluded(self, one: MergedChange, facts: Mapping[str, Any]) -> str:
        """Return why nothing is asked. A person who asks outweighs it all; a path does not make a revert new."""
        if facts["exempt"] and not (self._is_labelled(one) and is_automated(one.change)):
            return str(facts["exempt"])
        if any(asked["by"] in _EXPLICIT for asked in facts["asked_by"]):
            return ""
        if self._reverts(one):
            return REVERT
        patch = self.ground.patches.get(one.sha)
        if patch and self.first[patch] != one.sha:
            return SAME_PATCH
        paths = [file.path for file in one.change.files or ()]
        brings_nothing_else = all(self._is_record(path) or _is_beside(path) for path in paths)
        is_log_work = brings_nothing_else and any(map(self._is_record, paths))
        return ONLY_RECORDS if is_log_work and not facts["asked_by"] else ""

    def _is_record(self, path: str) -> bool:
        return path in self.paths.by_path or self.triggers.is_record(path)

    def _reverts(self, one: MergedChange) -> bool:
        title = _REVERT.fullmatch(one.change.title.strip()[:400])
        if not title:
            return False
        said = (title["title"] or "").strip()
        number = _NUMBER.search(said)
        if number and int(number["number"]) in self.numbers:
            return True
        if said and _NUMBER.sub("", said) in self.titles:
            return True
        for found in _REVERTED.finditer(one.message):
            if found["number"] and int(found["number"]) in self.numbers:
                return True
            if found["sha"] and any(sha.startswith(found["sha"].lower()) for sha in self.shas):
                return True
        return False

    def _links(self, one: MergedChange, facts: Mapping[str, Any], prose: str) -> tuple[Link, ...]:
        found: dict[tuple[str, str], Link] = {}
        if facts["decision"] and (facts["alternatives"] or facts.get("no_alternatives_reason")) and facts["owner"]:
            found["description", ""] = Link("description", "", "")
        for way, known in self._tied(one, facts, prose):
            found.setdefault((way, known.id), self._link(way, known, one))
        return tuple(found.values())

    def _tied(self, one: MergedChange, facts: Mapping[str, Any], prose: str) -> Iterator[tuple[Way, Known]]:
        """Yield the records that a pull request touches, names, or is listed by; note those that are gone."""
        for file in one.change.files or ():
            if file.status != "removed":
                here = self.paths.at(file.path)
                yield from (("touches", known) for known in here)
                if not here and file.path not in self.ground.files and self.triggers.is_record(file.path):
                    self.gone.append(Gone(one.change.number or 0, file.path))
        trailers = _in_trailers(f"{one.message}\n{self.ground.sides.get(one.sha, '')}")
        for link in dict.fromkeys([*facts["record_links"], *trailers]):
            record = record_named(link, self.records, self.ground.repository)
            if record is not None:
                yield "names", self.by_record[id(record)]
        yield from (("names", known) for known in self.paths.named_in(prose))
        yield from (("listed", known) for known in self.ground.known if one.change.number in known.names)

    def _link(self, way: Way, known: Known, one: MergedChange) -> Link:
        day = known.added.day if known.added else ""
        if way == "listed":  # an old record may be made to list it years later
            day = max(day, self.ground.listed.get((known.record.path, one.change.number or 0), ""))
        late = way != "touches" and bool(day and one.merged_at) and days_between(one.merged_at, day) > LATE_DAYS
        return Link(way, known.id, known.lacks, known.is_open, late)

    def _owner_source(self, links: tuple[Link, ...], facts: Mapping[str, Any], approvers: tuple[str, ...]) -> str:
        """Return who stands for the decision: whoever the record names, else who approved, else the author."""
        ids = {link.record for link in links if not link.lacks and link.record}
        if any(k.record.decision_makers or k.record.authors for k in self.ground.known if k.id in ids):
            return "explicit"
        if not ids and (facts["owner"] or {}).get("source") == "explicit":
            return "explicit"
        return "approver" if approvers else "author"


def _automated(one: MergedChange, reason: str) -> Pull:
    described = one.body_from == "description"
    head = (one.change.number or 0, one.sha, one.merged_at, one.change.title, reason)
    return Pull(*head, (), 0, (), described, "uncovered", (), NOTHING, "", "")


def _state(links: tuple[Link, ...], waived: str, confirmed: bool) -> tuple[State, str]:
    """Return how a pull request is answered, and what is missing; what two people say to be no decision is none."""
    if waived and confirmed:
        return "waived", ""
    if any(not link.lacks for link in links):
        return "covered", ""
    waiting = next((link for link in links if link.is_open), None)
    if waiting:
        return "pending", f"{waiting.record}: {waiting.lacks}"
    if links:
        return "uncovered", f"{links[0].record}: {links[0].lacks}"
    return ("unconfirmed", BAD_WAIVER) if waived else ("uncovered", NOTHING)


def _in_trailers(message: str) -> list[str]:
    """Return what lines "Decision: ADR-12" of a commit's message name."""
    words = [word for match in _TRAILER.finditer(message) for word in re.split(r"[\s,;]+", match["value"])]
    return [word.strip("()[]<>.") for word in words if re.search(r"\d", word)]


def _is_beside(path: str) -> bool:
    return is_test(path) or is_documentation(path) or is_lock_file(path) or is_generated(path)
