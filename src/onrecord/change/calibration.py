"""What a team's triggers and the hints would have done over merged pull requests: counts, examples, and what to set."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.change.judge import Judged, judge_change
from onrecord.change.model import Asked, Change, Triggers
from onrecord.change.significance import is_hint, read_signs
from onrecord.record.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.change.model import Hints
    from onrecord.record import Vocabulary

ALARM = 0.15  # share of pull requests; above it people stop reading (docs/decisions/0011)
ENOUGH = 10  # below that many pull requests a percentage says nothing
Tried = Literal["narrow", "wide"]
TRIED: tuple[Tried, ...] = ("narrow", "wide")


class Share(NamedTuple):
    """`part` of `of` pull requests."""

    part: int
    of: int

    @property
    def is_loud(self) -> bool:
        """Tell whether it is above the alarm rate; too few pull requests tell nothing."""
        return self.of >= ENOUGH and self.part > ALARM * self.of


class Sample(NamedTuple):
    """A pull request to read, and why: a path, a sentence or signs, empty for a label. All its words are the author's."""

    number: int | None
    title: str
    why: str


class Trigger(NamedTuple):
    """One thing that asks, in how many pull requests it would have, and a few of them."""

    by: str
    what: str
    share: Share
    samples: tuple[Sample, ...]


class HintTrial(NamedTuple):
    """One setting of the hints: how often one would have been shown, and how often a reason already there silenced it.

    Its share is of the pull requests whose description is known: without one, nobody can tell.
    """

    setting: Tried
    share: Share
    silenced: int
    samples: tuple[Sample, ...]


class Answers(NamedTuple):
    """How pull requests that were asked had answered already, each counted by the first that is true."""

    record: int
    link: int
    description: int
    waiver: int


class Calibration(NamedTuple):
    """All that was counted. `left` are the pull requests that nothing exempts: all shares but those of hints are of them.

    `nudges` were asked and have not answered; of `unknown` of these the description is not known, so they may have.
    `described` are those of `left` whose description is known; `hints` is the setting in use.
    """

    read: int
    exempted: tuple[tuple[str, int], ...]
    left: int
    described: int
    triggers: tuple[Trigger, ...]
    asks: Share
    answers: Answers
    nudges: Share
    unknown: int
    hints: Hints
    trials: tuple[HintTrial, ...]

    @property
    def tells_of_hints(self) -> bool:
        """Tell whether enough descriptions are known to go by: those that are known may be the shortest."""
        return self.described >= ENOUGH and 2 * self.described >= self.left


class Source(NamedTuple):
    """Where the pull requests come from: `git` or `github`, the branch or repository, how many were wanted.

    `first` and `last` are ISO dates, empty where they are not known; `direct` are commits that name no pull request.
    `notes` are sentences on what could not be read.
    """

    kind: Literal["git", "github"]
    name: str
    wanted: int
    first: str = ""
    last: str = ""
    direct: int = 0
    notes: tuple[str, ...] = ()


class Tally(NamedTuple):
    """A calibration, the judged pull requests that are left, and for each trigger the places of those that it fired in."""

    calibration: Calibration
    judged: tuple[Judged, ...]
    fired: tuple[frozenset[int], ...]


class Sampling(NamedTuple):
    """How many examples of each trigger are shown at most, and the seed that picks them."""

    most: int = 3
    seed: int = 0

    def pick(self, samples: Iterable[Sample]) -> tuple[Sample, ...]:
        """Return up to `most` samples; the same ones for the same seed, whatever the order."""
        return tuple(sorted(samples, key=self._order)[: self.most])

    def _order(self, sample: Sample) -> bytes:
        return hashlib.sha256(repr((self.seed, sample.number, sample.title)).encode("utf-8", "replace")).digest()


def calibrate(
    changes: Sequence[tuple[Change, bool]],
    triggers: Triggers,
    configured: Sequence[Asked],
    vocabulary: Vocabulary,
    sampling: Sampling,
) -> Tally:
    """Judge merged pull requests, each with whether its description is known, and count.

    `configured` are triggers to list even if they never fired. The date of adoption is set aside: all of this is older.
    """
    judged = [judge_change(change, triggers._replace(since=""), vocabulary) for change, _ in changes]
    exempted = Counter(one.facts["exempt"] for one in judged if one.facts["exempt"])
    left = [one for one in judged if not one.facts["exempt"]]
    described = [
        one for one, (_, is_described) in zip(judged, changes, strict=True) if is_described and not one.facts["exempt"]
    ]
    asked = [one for one in left if one.facts["asks"]]
    nudged = [one for one in asked if one.facts["nudge"]]
    known = {id(one) for one in described}
    fired = _fired(left, configured)
    found = Calibration(
        len(changes),
        tuple(sorted(exempted.items(), key=lambda item: (-item[1], item[0]))),
        len(left),
        len(described),
        tuple(
            Trigger(one.by, one.what, Share(len(whys), len(left)), sampling.pick(_samples(left, whys)))
            for one, whys in fired.items()
        ),
        Share(len(asked), len(left)),
        _answers([one for one in asked if not one.facts["nudge"]]),
        Share(len(nudged), len(left)),
        sum(id(one) not in known for one in nudged),
        triggers.hints,
        tuple(_trial(setting, described, sampling) for setting in TRIED),
    )
    return Tally(found, tuple(left), tuple(frozenset(whys) for whys in fired.values()))


def _fired(left: list[Judged], configured: Sequence[Asked]) -> dict[Asked, dict[int, str]]:
    """Return for each trigger where it fired and why, in the order of the configuration, then as they come.

    Each glob is tried by itself: who is told of a path hears of the first that matches only.
    """
    names = {_key(one.by, one.what): Asked(one.by, one.what) for one in configured}
    fired: dict[Asked, dict[int, str]] = {one: {} for one in names.values()}
    globs = [one for one in fired if one.by == "path"]
    for i, one in enumerate(left):
        paths = [file.path for file in one.change.files or ()]
        for glob in globs:
            if path := next((path for path in paths if matches(path, (glob.what,))), None):
                fired[glob][i] = path
        for who in one.facts["asked_by"]:
            name = names.setdefault(_key(who["by"], who["what"]), Asked(who["by"], who["what"]))
            if name not in globs:
                said = (one.facts["decision"] or {}).get("text", "") if name.by == "author" else who.get("path", "")
                fired.setdefault(name, {}).setdefault(i, said)
    return fired


def _key(by: str, what: str) -> tuple[str, str]:
    return by, what.casefold() if by == "label" else what


def _samples(left: list[Judged], whys: dict[int, str]) -> list[Sample]:
    return [Sample(left[i].change.number, left[i].change.title, why) for i, why in whys.items()]


def _answers(answered: list[Judged]) -> Answers:
    counts: Counter[str] = Counter()
    for one in answered:
        facts = one.facts
        resolved = set(facts["record_links"]) - set(facts["unresolved_links"])
        counts[
            "record" if facts["records_added"]
            else "link" if resolved
            else "description" if facts["covered"]
            else "waiver"
        ] += 1  # fmt: skip
    return Answers(*(counts[name] for name in Answers._fields))


def _trial(setting: Tried, described: list[Judged], sampling: Sampling) -> HintTrial:
    samples: list[Sample] = []
    silenced = 0
    for one in described:
        if _is_open(one):
            signs, prose = read_signs(one.change, one.description.prose), one.description.prose
            if is_hint(signs, prose, setting):
                samples.append(Sample(one.change.number, one.change.title, "; ".join(signs.seen)))
            else:
                silenced += is_hint(signs, "", setting)
    return HintTrial(setting, Share(len(samples), len(described)), silenced, sampling.pick(samples))


def _is_open(one: Judged) -> bool:
    """Tell whether a hint could be shown: nobody asked, and nothing is answered (as in `judge_change`)."""
    facts = one.facts
    return not facts["asks"] and not facts["covered"] and facts["waived"] is None
