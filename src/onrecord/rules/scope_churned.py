"""scope-churned: most of what a record governs has changed since somebody last looked at the record."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past, Work
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, place_of
from onrecord.rules.samples import madr

_LEAST = 3  # commits: fewer are no churn, however few files there are
_MANY = 30  # commits: so many are, however many files there are
_PLACE = "docs/adr/0007-example.md"
_SCOPED = madr(status="status: accepted\nscope: [src/session/**]")


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for one in subject.standings:
        churn, reviewed = one.churn, one.reviewed
        if not churn or not reviewed or churn.commits < _LEAST:
            continue
        if 2 * churn.changed >= churn.files or churn.commits >= _MANY:
            files = f"{churn.changed} of the {churn.files} files" if churn.files > 1 else "the file"
            seen = f"{churn.commits} commits changed {files} it governs since {reviewed.day} ({reviewed.by})"
            yield one.record.path, Hit(place_of(one.record, "status"), seen)


def _after(day: str, *names: str) -> Past:
    files = (_PLACE, *(f"src/session/{name}.py" for name in ("cache", "cookie", "login", "store")))
    works = tuple(Work(day, (f"src/session/{name}.py",)) for name in names)
    return Past(files=files, since=works, recent=works, last=day)


RULE = Rule(
    id="scope-churned",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="Most of what the record governs has changed since it was last looked at.",
    why="A decision holds for the code it was made for; that code is another one by now.",
    help="Compare it with the code: re-affirm it with “onrecord touch”, amend it, or replace it.",
    check_upkeep=_check,
    good=(
        Example("One file of four has changed.", _SCOPED, past=_after("2026-05-01", "cache", "cache", "cache")),
        Example("It all changed before.", _SCOPED, past=_after("2026-02-01", "cache", "cookie", "login", "store")),
        Example(
            "Somebody looked at it since.",
            _SCOPED.replace("date:", "last-reviewed: 2026-05-02 by Bo Li\ndate:"),
            past=_after("2026-05-01", "cache", "cookie", "login"),
        ),
    ),
    bad=(Example("Three files of four have changed.", _SCOPED, past=_after("2026-05-01", "cache", "cookie", "login")),),
)
