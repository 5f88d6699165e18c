"""Findings and texts in, other texts and moves out. Round by round, until nothing more can be mended. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.record.edit.text import edit_text
from onrecord.rules import Edit, Fix, Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onrecord.check.model import Finding, Report

MAX_ROUNDS = 50


class Mended(NamedTuple):
    """What mending came to: the texts that changed, by their first path; moves in order; what was mended; what is left."""

    texts: dict[str, str]
    moves: tuple[Move, ...]
    fixed: tuple[Finding, ...]
    left: Report


class Round(NamedTuple):
    """What can be done at once: edits by file that do not overlap, moves after them, and the findings they mend."""

    edits: dict[str, list[Edit]]
    moves: tuple[Move, ...]
    findings: tuple[Finding, ...]


def mend(
    texts: Mapping[str, str],
    look: Callable[[Mapping[str, str]], Report],
    may_move: Callable[[Move], bool] = lambda _move: True,
) -> Mended:
    """Mend texts (as they stand in the files, by path) until `look` finds nothing more to mend, or nothing that is new.

    `look` checks the texts under the paths they would have; `may_move` can forbid a move for a reason outside of them.
    """
    now = dict(texts)
    origin = {path: path for path in texts}
    done: set[Fix] = set()
    fixed: list[Finding] = []
    moves: list[Move] = []
    report = look(now)
    for _ in range(MAX_ROUNDS):
        step = plan(report.findings, now, done, lambda move: move.to not in texts and may_move(move))
        if not step.findings:
            break
        for path, edits in step.edits.items():
            now[path] = edit_text(now[path], edits)
        for move in step.moves:
            now[move.to] = now.pop(move.path)
            origin[move.to] = origin.pop(move.path)
            moves.append(move)
        done.update(fix for finding in step.findings if (fix := fix_of(finding)))
        fixed += step.findings
        report = look(now)
    changed = {origin[path]: text for path, text in now.items() if text != texts[origin[path]]}
    return Mended(changed, tuple(moves), tuple(fixed), report)


def fix_of(finding: Finding) -> Fix | None:
    """Return what mends a finding, whether it is a suggestion or a fix of several files; None when nothing certain does."""
    if finding.fix:
        return finding.fix
    if finding.suggestion:
        return Fix((Edit(finding.location.path, *finding.suggestion),))
    return None


def plan(
    findings: Iterable[Finding],
    texts: Mapping[str, str],
    done: Iterable[Fix] = (),
    may_move: Callable[[Move], bool] = lambda _move: True,
) -> Round:
    """Return what of these findings can be mended at once; what overlaps is left for the next round.

    Moves wait until nothing else is left: their links are those of the texts as they are then.
    """
    tried = set(done)
    step = Round({}, (), ())
    waiting: list[tuple[Finding, Fix]] = []
    for finding in findings:
        fix = fix_of(finding)
        if fix is None or fix in tried or not _is_possible(fix, texts):
            continue
        if fix.moves:
            waiting.append((finding, fix))
        elif _fits(fix, step):
            step = _with(step, finding, fix)
    if step.findings:
        return step
    for finding, fix in waiting:
        if _fits(fix, step) and all(may_move(move) for move in fix.moves):
            step = _with(step, finding, fix)
    return step


def _fits(fix: Fix, step: Round) -> bool:
    """Tell whether a fix shares no line and no path with what is in the round already."""
    paths = {path for move in step.moves for path in move}
    return paths.isdisjoint(path for move in fix.moves for path in move) and not any(
        _overlap(edit, other) for edit in fix.edits for other in step.edits.get(edit.path, ())
    )


def _with(step: Round, finding: Finding, fix: Fix) -> Round:
    for edit in fix.edits:
        step.edits.setdefault(edit.path, []).append(edit)
    return Round(step.edits, (*step.moves, *fix.moves), (*step.findings, finding))


def _is_possible(fix: Fix, texts: Mapping[str, str]) -> bool:
    paths = [*(edit.path for edit in fix.edits), *(move.path for move in fix.moves)]
    return bool(paths) and all(path in texts for path in paths) and all(move.to not in texts for move in fix.moves)


def _overlap(one: Edit, other: Edit) -> bool:
    """Tell whether two edits share a line; lines that go in somewhere share the place with those that go in there too."""
    (start, end), (begin, stop) = one.span, other.span
    if end < start and stop < begin:
        return start == begin
    if end < start:
        return begin <= start <= stop
    if stop < begin:
        return start <= begin <= end
    return max(start, begin) <= min(end, stop)
