"""owner-gone: none of a record's owners has been seen for a year."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past, days_between
from onrecord.log.upkeep.owners import Person, Seen
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, place_of, quote
from onrecord.rules.samples import madr

_DAYS = 365
MOSTLY_RECORDS = 4  # files for each record; with fewer, little else than decisions is kept here
_FILES = ("docs/adr/0007-example.md", *(f"src/shop/part_{n}.py" for n in range(9)))


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    if not subject.last or days_between(subject.last, subject.today) > _DAYS:
        return  # nobody has worked here for a year: that says nothing of the owners
    if MOSTLY_RECORDS * len(subject.records) > subject.size:
        return  # their work is in other repositories
    seen = _seen_in_records(subject)
    for one in subject.standings:
        is_open = one.record.status is not None and one.record.status.value in ("proposed", "draft")
        if (
            one.owners
            and not is_open
            and all(_is_gone(owner, subject.today, seen.get(owner.name, "")) for owner in one.owners)
        ):
            yield one.record.path, Hit(place_of(one.record, "decision_makers", "authors"), _told(one.owners))


def _seen_in_records(subject: UpkeepSubject) -> dict[str, str]:
    """Return the day of the newest record that names each owner."""
    seen: dict[str, str] = {}
    for one in subject.standings:
        for owner in one.owners:
            seen[owner.name] = max(seen.get(owner.name, ""), one.first or "", one.record.date or "")
    return seen


def _is_gone(owner: Seen, today: str, named: str) -> bool:
    """Tell whether an owner is known to be away; who cannot be found is not.

    Who is named by a record after their last commit goes by another name in git, too.
    """
    if owner.listed or (named and days_between(named, today) <= _DAYS):
        return False
    if owner.last is None:
        return owner.listed is False
    return named <= owner.last and days_between(owner.last, today) > _DAYS


def _told(owners: tuple[Seen, ...]) -> str:
    parts = [
        f"{quote(owner.name, 30)} {f'last committed on {owner.last}' if owner.last else 'is not in CODEOWNERS'}"
        for owner in owners[:2]
    ]
    others = len(owners) - 2
    more = f", and {others} more {'has' if others == 1 else 'have'} been quiet as long" if others > 0 else ""
    return f"{', '.join(parts)}{more}"


def _people(*last: str) -> Past:
    people = (Person("Ann Example", "ann@example.com", last[0]), Person("Bo Li", "bo@example.com", last[1]))
    return Past(files=_FILES, people=people, last=max(last))


def _old(owner: str = "[Ann Example]") -> str:
    return madr(owner=owner).replace("date: 2026-03-01", "date: 2024-04-01")


RULE = Rule(
    id="owner-gone",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="No owner of the record has been seen for a year.",
    why="Whoever has a question about the decision finds nobody to ask.",
    help="Name somebody who answers for it today beside those who decided (“owner: …”), or re-affirm it.",
    check_upkeep=_check,
    good=(
        Example("They are still here.", _old(), past=_people("2026-05-01", "2026-05-02")),
        Example(
            "Little else than decisions is kept here.",
            _old(),
            past=_people("2024-05-01", "2026-05-02")._replace(files=_FILES[:3]),
        ),
        Example("No commit is known as theirs.", _old("[Joanna]"), past=_people("2024-05-01", "2026-05-02")),
    ),
    bad=(
        Example("The last commit is two years old.", _old(), past=_people("2024-05-01", "2026-05-02")),
        Example(
            "They are not among the code owners.",
            _old("['@joanna']"),
            past=_people("2026-05-01", "2026-05-02")._replace(owners=("@ann", "@bo")),
        ),
    ),
)
