"""scope-dead: a record's scope, or a path it names, leads to files that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.upkeep.facts import Past
from onrecord.log.upkeep.paths import Dead, Gone
from onrecord.markdown import Span
from onrecord.rules.model import Example, Hit, Rule, Severity, UpkeepSubject, quote
from onrecord.rules.samples import madr, nygard

_PLACE = "docs/adr/0007-example.md"


def _check(subject: UpkeepSubject) -> Iterator[tuple[str, Hit]]:
    for one in subject.standings:
        for dead in one.dead_scope:
            yield one.record.path, Hit(Span(dead.line, dead.line), f"its scope {quote(dead.name)} {_fate(dead)}")
        if dead_prose := one.dead_prose:
            others = len(dead_prose) - 1
            more = f" ({others} more such path{'s' if others > 1 else ''})" if others else ""
            first = dead_prose[0]
            yield (
                one.record.path,
                Hit(Span(first.line, first.line), f"it names {quote(first.name)}, which {_fate(first)}{more}"),
            )


def _fate(dead: Dead) -> str:
    if dead.to:
        return f"moved to {quote(dead.to)} on {dead.day}"
    return f"was deleted on {dead.day}" if dead.day else "names no file"


def _gone(*gone: Gone, files: tuple[str, ...] = ()) -> Past:
    return Past(files=(_PLACE, *files), gone=gone)


_SCOPED = madr(status="status: accepted\nscope: [src/session/**]")
_NAMED = nygard(more="\nThe tables are made by `src/store/schema.py`.\n")

RULE = Rule(
    id="scope-dead",
    scope="upkeep",
    severity=Severity.NOTICE,
    summary="The record points at files that are gone.",
    why="Whoever changes the code of today does not find the decision, and whoever reads it does not find the code.",
    help="Write the new path, take it out, or say that the decision went with the code (deprecated, superseded).",
    check_upkeep=_check,
    good=(
        Example("The files are there.", _SCOPED, past=_gone(files=("src/session/store.py",))),
        Example("A path that never was: an example, perhaps.", _NAMED, past=_gone()),
        Example(
            "The text tells of it.",
            nygard(more="\nThis replaces `src/store/schema.py`.\n"),
            past=_gone(Gone("src/store/schema.py", "2026-04-01")),
        ),
    ),
    bad=(
        Example(
            "The scope has moved.",
            _SCOPED,
            past=_gone(
                Gone("src/session/store.py", "2026-04-01", "web/session/store.py"), files=("web/session/store.py",)
            ),
        ),
        Example("A named file is gone.", _NAMED, past=_gone(Gone("src/store/schema.py", "2026-04-01"))),
    ),
)
